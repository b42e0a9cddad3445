//! What other programs put on the clipboard in two ways at once.

use super::{Running, Screen, nianbao, until_saved};
use nianbao::report::Report;
use nianbao::value::Value;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::Duration;

/// Set for the process that plays the other program: the page that it offers.
const OFFERED: &str = "NIANBAO_OFFERED_FRAGMENT";
const TEXT: &str = "5\t6\n7\t8\n";

/// Numbers whose HTML holds no table, or none at all, are pasted as the text has them.
#[test]
fn what_is_not_understood_as_a_page_is_pasted_as_text() {
    if let Ok(page) = std::env::var(OFFERED) {
        let mut clipboard = arboard::Clipboard::new().unwrap();
        clipboard.set().html(page, Some(TEXT.to_owned())).unwrap();
        println!("offered");
        // Until it is killed.
        loop {
            std::thread::sleep(Duration::from_secs(1));
        }
    }
    let screen = Screen::new();
    for page in ["<p>5 6</p><p>7 8</p>", "<<<"] {
        let folder = tempfile::tempdir().unwrap();
        let draft = folder.path().join("a.ron");
        let form = nianbao::form::by_id("2021").unwrap();
        nianbao::draft::save(&Report::new(form, "某局", 2024), &draft).unwrap();
        let mut other = screen
            .command(std::env::current_exe().unwrap().to_str().unwrap())
            .args([
                "--exact",
                "pasting::what_is_not_understood_as_a_page_is_pasted_as_text",
                "--nocapture",
            ])
            .env(OFFERED, page)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(other.stdout.take().unwrap()).lines();
        let other = Running(other);
        while !lines.next().unwrap().unwrap().ends_with("offered") {}
        let mut program = screen.command(nianbao());
        program.arg("--data-dir").arg(folder.path()).arg(&draft);
        let program = Running(program.spawn().unwrap());
        screen.wait_for_title("a.ron");
        std::thread::sleep(Duration::from_millis(800));
        for _ in 0..3 {
            screen.key("ctrl+Next");
        }
        let is_pasted = |report: &Report| {
            let value = |id: &str| report.value(report.form().find(id).unwrap());
            let ids = ["t3.r1.natural", "t3.r1.biz", "t3.r2.natural", "t3.r2.biz"];
            ids.map(value) == [5, 6, 7, 8].map(Value::Count)
        };
        until_saved(&screen, &draft, is_pasted, || {
            screen.key("ctrl+v");
            std::thread::sleep(Duration::from_millis(600));
        });
        drop((program, other));
    }
}
