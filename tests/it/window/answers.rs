//! Questions answered by the keyboard.

use crate::support::{Window, report};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::draft;
use nianbao::export::{self, Format};

/// The Enter key goes down or up.
fn enter(pressed: bool) -> Event {
    Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

fn edit(window: &mut Window) {
    window.tab("三、");
    window.type_text("7");
    window.press(Key::Enter);
}

#[test]
fn enter_presses_the_blue_button_and_esc_cancels() {
    let (mut window, folder) = Window::with(&report("pingtan_2020"));
    edit(&mut window);
    let typed = window.report();
    window.press_with(Modifiers::COMMAND, Key::N);
    assert!(window.says("有改动还没有保存"));
    window.press(Key::Escape);
    assert!(!window.says("有改动还没有保存") && window.app().is_dirty());

    // Held down from before, it answers nothing.
    window.0.event(enter(true));
    window.press_with(Modifiers::COMMAND, Key::N);
    window.0.event(enter(true));
    window.run();
    assert!(window.says("有改动还没有保存"));
    window.0.event(enter(false));
    window.run();
    window.press(Key::Enter);
    assert_eq!(draft::open(&folder.path().join("年报.ron")).unwrap(), typed);
    assert!(
        window.says("新建年报"),
        "saved, and then what it was saved for"
    );
    window.press(Key::Escape);

    // Two relations do not hold: printed all the same.
    window.press_with(Modifiers::COMMAND, Key::P);
    window.click("打印");
    assert!(window.says("仍要打印吗"));
    window.press(Key::Escape);
    assert!(!window.says("仍要打印吗"));
    window.press(Key::F1);
    assert!(window.says("按键一览"));
    window.press(Key::Enter);
    assert!(!window.says("按键一览"));
}

#[test]
fn a_button_that_has_the_keyboard_is_the_one_that_enter_presses() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    edit(&mut window);
    window.press_with(Modifiers::COMMAND, Key::N);
    window.0.get_by_label("取消").focus();
    window.run();
    window.press(Key::Enter);
    assert!(!window.says("有改动还没有保存"));
    assert!(window.app().is_dirty(), "nothing was saved");
}

#[test]
fn what_destroys_something_is_done_by_no_enter() {
    let truth = report("pingtan_2022");
    let (mut window, folder) = Window::with(&truth);
    let other = folder.path().join("别的.ron");
    std::fs::write(&other, "我的").unwrap();
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(other.to_str().unwrap());
    window.press(Key::Enter);
    assert!(window.says("这个文件已经有了"));
    window.press(Key::Enter);
    assert!(window.says("这个文件已经有了"));
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "我的");
    window.press(Key::Escape);
    assert!(!window.says("这个文件已经有了"));

    let page = folder.path().join(export::file_name(&truth, Format::Html));
    std::fs::write(&page, "我的").unwrap();
    window.click("导出");
    window.press(Key::Enter);
    assert!(window.says("这些文件已经有了"));
    window.press(Key::Enter);
    assert!(window.says("这些文件已经有了"));
    assert_eq!(std::fs::read_to_string(&page).unwrap(), "我的");
    window.press(Key::Escape);
    assert!(!window.says("这些文件已经有了"));
}
