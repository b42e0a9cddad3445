//! Work off the window's thread: it can be given up, and what it answers then touches nothing.

#[cfg(target_os = "linux")]
use crate::support::endless;
use crate::support::{Window, fixture, report};
use egui::Key;
use std::time::{Duration, Instant};

/// Draws until these words stand in the window.
fn until_says(window: &mut Window, words: &str) {
    let begun = Instant::now();
    while !window.says(words) {
        assert!(begun.elapsed() < Duration::from_secs(60), "{words}");
        std::thread::sleep(Duration::from_millis(10));
        window.0.step();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_never_ends_can_be_given_up_and_blocks_edits_until_then() {
    let (mut window, folder) = Window::with(&report("pingtan_2020"));
    window.tab("三");
    let before = window.report();
    for name in ["年报.docx", "年报2.ron"] {
        let (path, lease) = endless(folder.path(), name);
        window.app().open_or_import(&path);
        let begun = Instant::now();
        window.0.run_steps(1);
        // What lasts a moment is not worth a card.
        let shown = window.says("请稍等");
        assert!(!shown || begun.elapsed() > Duration::from_millis(200));
        until_says(&mut window, &format!("正在读 {name}"));
        assert!(window.app().is_working(), "{name}");
        // Nothing reaches the report meanwhile.
        for c in ["7", "8"] {
            window.0.event(egui::Event::Text(c.to_owned()));
        }
        window.0.key_press(Key::Enter);
        window.0.key_press(Key::Delete);
        window.0.run_steps(3);
        assert!(window.report() == before, "the report was touched");
        use egui_kittest::kittest::Queryable as _;
        window.0.get_by_label("取消").click();
        window.run();
        assert!(!window.app().is_working());
        assert!(!window.says("正在读"));
        assert!(window.report() == before, "the report was touched");
        // What it answers at last is dropped.
        drop(lease);
        std::fs::write(&path, "不是年报").unwrap();
        window.run();
        assert!(window.report() == before, "the report was touched");
        assert!(window.says("已取消"));
    }
    // The clerk goes on where he was.
    window.type_text("7");
    window.press(Key::Enter);
    assert!(window.report() != before, "typing reaches the table again");
}

#[cfg(target_os = "linux")]
#[test]
fn a_year_that_is_never_read_and_last_years_file_are_given_up_by_esc() {
    let (mut window, folder) = Window::with(&report("pingtan_2020"));
    let (path, _lease) = endless(folder.path(), "去年.docx");
    for command in ["结转新年度", "历年比较"] {
        window.click("更多…");
        window.click(command);
        if command == "结转新年度" {
            window.click("选择上年的文件……");
        } else {
            window.click("添加一份年报……");
        }
        window.press_with(egui::Modifiers::COMMAND, Key::A);
        window.type_text(&path.to_string_lossy());
        window.0.key_press(Key::Enter);
        window.0.run_steps(3);
        assert!(window.app().is_working(), "{command}");
        window.0.key_press(Key::Escape);
        window.run();
        assert!(!window.app().is_working(), "{command}");
    }
}

#[test]
fn a_draft_that_is_opened_once_more_keeps_its_lock() {
    let (mut window, folder) = Window::with(&report("pingtan_2020"));
    let path = folder.path().join("年报.ron");
    window.app().open(&path);
    window.run();
    assert!(!window.says("正由"));
    // Opening what cannot be read leaves the report open, and its lock with it.
    let broken = folder.path().join("坏.ron");
    std::fs::write(&broken, "不是草稿").unwrap();
    window.app().open(&broken);
    window.run();
    assert_eq!(window.report().organ(), report("pingtan_2020").organ());
    let other = Window::open(&path);
    assert!(other.says("正由"));
}

#[test]
fn an_import_shows_what_it_read_when_it_has_read_it() {
    let mut window = Window::new();
    window
        .app()
        .open_or_import(&fixture("reports/hongze_2023.pdf"));
    assert!(window.app().is_working());
    window.run();
    assert!(window.says("导入核对"));
}

/// "不保存" is said of the report that takes the open one's place: if it does not come, the clerk is asked again.
#[test]
fn what_may_be_lost_is_asked_anew_when_nothing_took_its_place() {
    let (mut window, folder) = Window::with(&report("pingtan_2020"));
    let broken = folder.path().join("坏的.ron");
    std::fs::write(&broken, "(nianbao: 1, year:").unwrap();
    window.tab("三");
    window.type_text("7");
    window.press(Key::Enter);
    let typed = window.report();
    for _ in 0..2 {
        window.press_with(egui::Modifiers::COMMAND, Key::O);
        assert!(window.says("有改动还没有保存"));
        window.click("不保存");
        window.press_with(egui::Modifiers::COMMAND, Key::A);
        window.type_text(&broken.to_string_lossy());
        window.press(Key::Enter);
        assert!(window.says("文件没有动"));
        assert!(window.report() == typed, "what was typed is still there");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn keys_typed_while_a_file_is_read_never_reach_what_it_brings() {
    let (mut window, folder) = Window::with(&report("pingtan_2020"));
    window.tab("三");
    let (path, mut lease) = endless(folder.path(), "另一份.ron");
    let other = report("pingtan_2022");
    window.app().open_or_import(&path);
    window.0.run_steps(3);
    std::io::Write::write_all(&mut lease, nianbao::draft::to_text(&other).as_bytes()).unwrap();
    drop(lease);
    // The answer lies ready when the next frame begins, and so do the keys.
    std::thread::sleep(Duration::from_millis(500));
    assert!(window.app().is_working(), "no frame has been drawn since");
    // All in one frame, as after a stop: the first would do to let the window take the answer.
    let help = egui::Event::Key {
        key: Key::F1,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: egui::Modifiers::NONE,
    };
    let typed = [help, egui::Event::Text("7".to_owned())];
    window.0.input_mut().events.extend(typed);
    window.0.step();
    window.run();
    assert!(window.report() == other && !window.app().is_dirty());
    assert!(!window.says("按键一览"), "a command was run");
    window.tab("三");
    window.type_text("7");
    window.press(Key::Enter);
    assert!(window.report() != other, "typing reaches the table again");
}
