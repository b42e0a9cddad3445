//! What the program cannot keep for itself is told in the window.

use crate::support::{Window, report};
use egui::{Key, Modifiers};
use nianbao::draft;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

const NOT_KEPT: &str = "不能自动留存未保存的内容";

/// A folder's place that is taken by a file: nothing can be written there, whoever asks.
fn block(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    fs::write(folder, "").unwrap();
}

fn edit(window: &mut Window, number: &str) {
    window.tab("三");
    window.type_text(number);
    window.press(Key::Enter);
}

fn says_within_two_seconds(window: &mut Window, words: &str) -> bool {
    let until = Instant::now() + Duration::from_secs(2);
    while !window.says(words) && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
        window.0.step();
    }
    window.says(words)
}

#[test]
fn without_a_folder_of_its_own_it_is_said_even_when_begun_with_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    block(&home);
    let path = folder.path().join("年报.ron");
    draft::save(&report("pingtan_2020"), &path).unwrap();
    let mut window = Window::at_home(&home);
    window.app().open_or_import(&path);
    window.run();
    assert!(window.says(NOT_KEPT));
    assert!(window.says("没有记住窗口的设置"));
    window.click("明白了");
    assert!(!window.says(NOT_KEPT));
    // Saving works all the same, and says that no earlier state was kept.
    edit(&mut window, "5");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(!window.app().is_dirty());
    assert!(window.says("没有留下以前的备份"));
}

#[test]
fn a_folder_that_becomes_unwritable_is_noticed_and_so_is_its_return() {
    let home = tempfile::tempdir().unwrap();
    let recovery = home.path().join("recovery");
    let mut window = Window::at_home(home.path());
    window.click("看一个示例");
    edit(&mut window, "5");
    std::thread::sleep(Duration::from_millis(1000));
    window.run();
    assert!(!window.says(NOT_KEPT));
    block(&recovery);
    edit(&mut window, "6");
    assert!(says_within_two_seconds(&mut window, NOT_KEPT));
    let log = fs::read_to_string(home.path().join("log.txt")).unwrap();
    assert!(log.contains(NOT_KEPT));
    fs::remove_file(&recovery).unwrap();
    fs::create_dir(&recovery).unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    window.run();
    assert!(!window.says(NOT_KEPT));
    assert_eq!(fs::read_dir(&recovery).unwrap().count(), 1);
}

#[test]
fn the_log_stays_small() {
    let folder = tempfile::tempdir().unwrap();
    let home = nianbao::disk::Home::at(folder.path());
    let line = "x".repeat(1000);
    for _ in 0..2000 {
        nianbao::disk::log::append(&home, "2026-01-01 08:00:00", &line).unwrap();
    }
    let files = fs::read_dir(folder.path()).unwrap();
    let size: u64 = files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    assert!((500_000..1_100_000).contains(&size), "{size}");
}

/// What could not be kept at the start is tried again with the next change.
#[test]
fn a_folder_that_was_not_there_at_the_start_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    block(&home);
    let mut window = Window::at_home(&home);
    assert!(window.says(NOT_KEPT));
    window.click("看一个示例");
    edit(&mut window, "5");
    fs::remove_file(&home).unwrap();
    edit(&mut window, "6");
    let typed = window.report();
    let left = || draft::leftovers(&nianbao::disk::Home::at(&home)).0;
    let until = Instant::now() + Duration::from_secs(20);
    while window.says(NOT_KEPT) && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
        window.0.step();
    }
    assert!(
        !window.says(NOT_KEPT) && left().is_empty(),
        "its program lives"
    );
    drop(window);
    assert_eq!(left()[0].report, typed);
}

#[test]
fn refused_saves_and_imports_are_noted_without_what_stands_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let drafts = folder.path().join("年报");
    fs::create_dir(&drafts).unwrap();
    let path = drafts.join("年报.ron");
    draft::save(&report("pingtan_2020"), &path).unwrap();
    let secret = "不可外传的内容";
    let broken = folder.path().join("坏的.ron");
    fs::write(&broken, format!("(nianbao: 1, {secret}: 98765)")).unwrap();
    let other = folder.path().join("别的.docx");
    fs::write(&other, format!("{secret} 98765")).unwrap();
    let mut window = Window::at_home(&home);
    for path in [&broken, &other, &path] {
        window.app().open_or_import(path);
        window.run();
    }
    edit(&mut window, "98765");
    fs::remove_dir_all(&drafts).unwrap();
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.says("没有保存成功"));
    let log = fs::read_to_string(home.join("log.txt")).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines.len(), 3, "{log}");
    for (line, name) in lines.iter().zip(["坏的.ron", "别的.docx", "年报.ron"]) {
        assert!(line.contains("没有") && line.contains(name), "{line}");
    }
    assert!(!log.contains(secret) && !log.contains("98765"), "{log}");
}

/// What a settings file may hold after an accident, or by somebody's hand.
#[test]
fn bad_settings_are_put_right() {
    for zoom in ["0.0", "-3", "NaN", "inf", "1e30", "1e-30"] {
        let home = tempfile::tempdir().unwrap();
        let settings = home.path().join("settings.ron");
        let text = format!(
            "(recent: [], size: Some((NaN, {zoom})), zoom: Some({zoom}), hides_last: false)"
        );
        fs::write(&settings, text).unwrap();
        let mut window = Window::at_home(home.path());
        window.click("看一个示例");
        edit(&mut window, "5");
        assert_eq!(window.0.ctx.zoom_factor(), 1.0, "{zoom}");
        assert!(window.says("自然人"), "{zoom}");
        assert!(window.request_close());
        window.click("不保存");
        assert!(!window.request_close());
        let kept = fs::read_to_string(&settings).unwrap();
        assert!(
            kept.contains("zoom: Some(1.0)") && !kept.contains("NaN"),
            "{kept}"
        );
    }
}
