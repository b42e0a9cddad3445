//! Room on small and large screens: the sheet's size, last year's numbers, messages.

use crate::support::{Window, report, with_last};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;

const FIRST: &str = "表三 一、本年新收政府信息公开申请数量 自然人";
const LAST: &str = "表三 四、结转下年度继续办理 自然人";

fn opened(report: &Report, width: f32, height: f32) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("年报.ron");
    nianbao::draft::save(report, &path).unwrap();
    // The window without a screen has a margin around it.
    const AROUND: f32 = 16.0;
    let mut window = Window::sized(width + AROUND, height + AROUND, 1.0);
    window.app().open(&path);
    window.run();
    (window, folder)
}

/// The top of the bottom line, where the page ends.
fn foot(window: &Window) -> f32 {
    let verdict = window.0.get_by_label_contains(" · 未检查 ");
    verdict.rect().top()
}

#[test]
fn table_three_stands_whole_on_a_small_screen() {
    // What an office PC of 1366 × 768 leaves of the window.
    for (width, height) in [
        (1366.0, 697.0),
        (1280.0, 800.0),
        (1920.0, 1017.0),
        (1024.0, 700.0),
    ] {
        for choice in ["✓ 自动", "适合窗口"] {
            let (mut window, _folder) = opened(&report("pingtan_2022"), width, height);
            window.tab("三、");
            window.0.get_by_label_contains("自动 ").click();
            window.run();
            window.click(choice);
            let (first, last) = (window.rect(FIRST), window.rect(LAST));
            assert!(first.height() >= 17.0, "{choice} {width}: {first}");
            assert!(last.height() >= 17.0, "{choice} {width}: {last}");
            assert!(last.bottom() + 4.0 < foot(&window), "{choice} {width}");
            let total = window.rect("表三 四、结转下年度继续办理 总计");
            let side = if width > 1150.0 { 330.0 } else { 0.0 };
            assert!(total.right() < width - side, "{choice} {width}");
        }
    }
}

#[test]
fn the_sheet_fills_the_width_when_asked() {
    let (mut window, _folder) = opened(&report("pingtan_2022"), 1920.0, 1017.0);
    window.tab("三、");
    let before = window.rect(FIRST);
    window.0.get_by_label_contains("自动 ").click();
    window.run();
    window.click("适合窗口宽度");
    assert!(window.rect(FIRST).width() > 1.3 * before.width());
    let total = window.rect("表三 一、本年新收政府信息公开申请数量 总计");
    assert!((1500.0..1600.0).contains(&total.right()), "{total}");
}

#[test]
fn large_numbers_leave_room_for_last_years() {
    let with = |name: &str, number: i64| {
        let mut history = History::new(report(name));
        let cell = history.report().form().find("t3.r1.natural").unwrap();
        history.apply(Edit::cells(
            history.report(),
            [(cell, Value::Count(number))],
        ));
        history.report().clone()
    };
    let plain = opened(&with("pingtan_2022", 71), 1280.0, 860.0);
    let large = with_last(&with("pingtan_2022", 12345), &with("pingtan_2021", 54321));
    let (mut window, _folder) = opened(&large, 1280.0, 860.0);
    let (mut usual, _usual_folder) = plain;
    for window in [&mut usual, &mut window] {
        window.tab("三、");
    }
    // Five digits of 13 points and five of 10.5, with what is around them.
    assert!(window.rect(FIRST).width() >= 5.0 * 7.2 + 5.0 * 5.8 + 15.0);
    assert!(window.rect(FIRST).width() > usual.rect(FIRST).width() + 10.0);
    // The labels gave it: the table still stands whole.
    let total = window.rect("表三 四、结转下年度继续办理 总计");
    assert!(total.right() < 1280.0 - 330.0 && total.bottom() < foot(&window));
}

#[test]
fn messages_go_with_escape_and_with_undo_and_hide_no_cell() {
    let (mut window, _folder) = opened(&report("pingtan_2022"), 1280.0, 860.0);
    window.tab("三、");
    let paste = |window: &mut Window| {
        window.click_cell(LAST);
        window.0.event(egui::Event::Paste("甲\t2\n".to_owned()));
        window.run();
        assert!(window.says("不是一个数字"));
    };
    paste(&mut window);
    let message = window.0.get_by_label_contains("不是一个数字").rect();
    let cell = window.rect(LAST);
    assert!(cell.bottom() < message.top(), "{cell} {message}");
    window.press(Key::Escape);
    assert!(!window.says("不是一个数字"));
    paste(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(!window.says("不是一个数字"));
    // Escape is for what is being typed first.
    paste(&mut window);
    window.type_text("5");
    window.press(Key::Escape);
    assert!(window.says("不是一个数字"));
    assert_eq!(window.0.get_all_by_role(Role::GridCell).count(), 175);
}

/// Whatever is typed, and whichever is chosen: a tab stays where the hand has learnt it to be.
#[test]
fn tabs_keep_their_places() {
    for (width, height) in [(1366.0, 768.0), (1024.0, 700.0)] {
        let mut places: Vec<Vec<egui::Rect>> = Vec::new();
        // One with mistakes, and one that is all zeros and fine.
        for name in ["pingtan_2020", "jiutai_xinglong_2020"] {
            let (mut window, _folder) = opened(&report(name), width, height);
            for tab in ["封面", "一、", "三、"] {
                window.tab(tab);
                let tabs = window.0.get_all_by_role(Role::Tab);
                places.push(tabs.map(|tab| tab.rect()).collect());
            }
            let says = |words: &str| window.tabs().iter().any(|tab| tab.contains(words));
            match name {
                "pingtan_2020" => assert!(says("必改")),
                _ => assert!(says("全部为 0")),
            }
        }
        assert!(places[0].len() >= 7);
        for other in &places {
            assert_eq!(*other, places[0], "{width}");
        }
        let top = places[0][0].top();
        assert!(places[0].iter().all(|tab| tab.top() == top), "one row");
    }
}

/// 1024 × 700 at 150 %: beside the findings a table would have its labels alone.
#[test]
fn findings_leave_the_table_room_in_a_small_window_that_is_enlarged() {
    for (width, height, is_below) in [(1024.0, 700.0, true), (1366.0, 697.0, false)] {
        let (width, height) = (width / 1.5, height / 1.5);
        let (mut window, _folder) = opened(&report("pingtan_2020"), width, height);
        window.tab("三、");
        window.click("更多…");
        window.click("审核");
        let first = window.rect(FIRST);
        let panel = window.0.get_by_label_contains("F8 下一条").rect();
        assert_eq!(panel.top() > first.bottom(), is_below, "{width}");
        let third = "表三 一、本年新收政府信息公开申请数量 科研机构";
        if is_below {
            assert!(window.rect(third).right() < width, "three columns at least");
            assert!(first.bottom() < panel.top(), "the first row of numbers");
        }
    }
}
