//! Imports of which something is asked: the year that a file does not say, and which of several reports is meant.

use crate::support::{Window, document, fixture, report};
use egui::Key;

#[test]
fn a_file_without_a_year_is_read_once_it_is_said() {
    let mut window = Window::new();
    window
        .app()
        .open_or_import(&fixture("cases/c14_no_year_anywhere.txt"));
    window.run();
    assert!(window.says("这是哪一年度的年报？"));
    assert!(window.app().report().is_none());
    // A year before the forms is none.
    window.type_text("1999");
    window.press(Key::Enter);
    assert!(window.app().report().is_none());
    for _ in 0..4 {
        window.press(Key::Backspace);
    }
    window.type_text("2023");
    window.press(Key::Enter);
    let read = window.report();
    assert_eq!(read.year(), 2023);
    let s1 = read.form().find_text("s1").unwrap();
    assert_eq!(read.text(s1), "我局按时发布信息。");
    assert!(window.says("没有找到单位名称"));
}

#[test]
fn another_report_of_the_same_file_can_be_read_instead() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("两年.txt");
    let mut text = String::new();
    for name in ["pingtan_2022", "pingtan_2021"] {
        let truth = report(name);
        text.push_str(&format!("{}\n一、总体情况\n平稳。\n", truth.title()));
        for table in document(&truth).tables() {
            text.push_str(&format!("{}\n", table.heading));
            for row in 0..table.rows {
                let cells = table.cells.iter().filter(|cell| cell.row == row);
                let cells: Vec<String> = cells.map(|cell| cell.text.replace('\n', "")).collect();
                text.push_str(&format!("{}\n", cells.join("\t")));
            }
        }
    }
    std::fs::write(&path, text).unwrap();
    let mut window = Window::new();
    window.app().open_or_import(&path);
    window.run();
    assert_eq!(window.report().year(), 2022);
    assert!(window.says("文件里有 2 份年报"));
    let other = report("pingtan_2021");
    window.click(&format!("改读第 2 份：{}2021 年度", other.organ()));
    assert_eq!(window.report().title(), other.title());
    window.click(&format!("改读第 1 份：{}2022 年度", other.organ()));
    assert_eq!(window.report().year(), 2022);
}
