//! Finding, menus, zoom, the sheet of keys, dropped files.

use crate::support::{Window, report};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::value::Value;

const CTRL: Modifiers = Modifiers::COMMAND;

#[test]
fn find_walks_through_tables_texts_and_findings() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.press_with(CTRL, Key::F);
    window.type_text("重复申请");
    assert!(window.says("共 7 处"));
    window.press(Key::Enter);
    assert!(window.says("第 1 处，共 7 处"));
    assert_eq!(
        window.active_cell_name(),
        "表三 （五）不予处理2.重复申请 自然人"
    );
    window.press(Key::Enter);
    assert_eq!(
        window.active_cell_name(),
        "表三 （五）不予处理2.重复申请 商业企业"
    );
    window.press_with(Modifiers::SHIFT, Key::Enter);
    assert!(window.says("第 1 处"));
    window.press_with(CTRL, Key::A);
    window.type_text("10690");
    window.press(Key::Enter);
    assert_eq!(window.active_cell_name(), "表二 行政许可 本年处理决定数量");
    window.press_with(CTRL, Key::A);
    window.type_text("还没有填写");
    assert!(window.says("共 3 处"));
    window.press_with(CTRL, Key::A);
    window.type_text("没有的东西");
    assert!(window.says("没有找到"));
    window.press(Key::Escape);
    assert!(!window.says("没有找到"));
}

#[test]
fn escape_on_a_quiet_cell_leaves_the_window_quiet() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    // Running on would mean that the window never rests again.
    window.press(Key::Escape);
    window.type_text("5");
    window.press(Key::Escape);
    window.press(Key::Escape);
    assert_eq!(
        window.cell("表三 一、本年新收政府信息公开申请数量 自然人"),
        "71"
    );
}

#[test]
fn the_sheet_of_keys_names_every_shortcut() {
    let mut window = Window::new();
    window.press(Key::F1);
    // What is pressed most comes first of two that look alike.
    let at = |keys: &str| window.0.get_by_label(keys).rect().top();
    assert!(at("Ctrl+S") < at("Ctrl+Shift+S"));
    assert!(at("Ctrl+Z") < at("Ctrl+Y"));
    for words in [
        "帮助与按键",
        "按键一览",
        "Ctrl+S",
        "Ctrl+PageDown",
        "F8",
        "F2 或双击",
        "Ctrl+D / Ctrl+R",
    ] {
        assert!(window.says(words), "{words}");
    }
    window.click("知道了");
    assert!(!window.says("按键一览"));
}

#[test]
fn the_wheel_zooms_between_75_and_200() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    let turn = |window: &mut Window, y: f32| {
        window.0.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Line,
            source: egui::MouseWheelSource::Wheel,
            delta: egui::vec2(0.0, y),
            phase: egui::TouchPhase::Move,
            modifiers: CTRL,
        });
        window.0.run_steps(3);
    };
    window.tab("三、");
    let cell = "表三 一、本年新收政府信息公开申请数量 自然人";
    for _ in 0..12 {
        turn(&mut window, 1.0);
    }
    assert!(window.says("200%"));
    assert_eq!(window.rect(cell).height(), 42.0);
    for _ in 0..12 {
        turn(&mut window, -1.0);
    }
    assert!(window.says("75%"));
    assert_eq!(window.rect(cell).height(), 16.0);
    // The command row stays as large as it is: its size is another matter.
    assert_eq!(window.0.ctx.zoom_factor(), 1.0);
    window.click("更多…");
    window.click("界面大小");
    window.click("125%");
    assert_eq!(window.0.ctx.zoom_factor(), 1.25);
}

#[test]
fn the_menu_clears_fills_and_zeroes() {
    let (mut window, _folder) = Window::with(&report("hongze_2023"));
    window.tab("三、");
    let name = "表三 （六）其他处理3.其他 自然人";
    window
        .0
        .get_by_role_and_label(Role::GridCell, name)
        .click_secondary();
    window.run();
    window.click("选中的空白填 0");
    assert_eq!(window.cell(name), "0");
    let first = "表三 一、本年新收政府信息公开申请数量 自然人";
    window
        .0
        .get_by_role_and_label(Role::GridCell, first)
        .click_secondary();
    window.run();
    window.click("清除");
    window.0.run_steps(3);
    assert_eq!(window.cell(first), "");
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.cell(first), "21");
}

#[test]
fn a_second_report_asks_before_the_first_is_closed() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("二、");
    window.type_text("9");
    window.press_with(CTRL, Key::N);
    assert!(window.says("有改动还没有保存"));
    window.click("不保存");
    assert!(window.says("新建年报"));
    window.press(Key::Escape);
    // Nothing was closed: the new report was given up.
    let cell = window.report().form().find("t2.rule.made").unwrap();
    assert_eq!(window.report().value(cell), Value::Count(9));
}

#[test]
fn a_dropped_draft_is_opened_and_dropped_json_imported() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("拖来的.ron");
    nianbao::draft::save(&report("pingtan_2022"), &path).unwrap();
    let mut window = Window::new();
    window.drop_file(path);
    assert_eq!(window.report(), report("pingtan_2022"));
    window.drop_file(crate::support::fixture("reports/hongze_2023.json"));
    assert_eq!(window.report().year(), 2023);
    assert!(window.says("有 7 格没有导入") && window.app().is_dirty());
}

#[test]
fn keys_and_a_click_that_pile_up_keep_their_order() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("四、");
    window.click_cell("表四 行政复议·结果维持");
    let press = |key| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let at = window.rect("表四 行政复议·尚未审结").center();
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    // All of it within one frame, as after a stall.
    window.0.input_mut().events.extend([
        Event::Text("4".to_owned()),
        Event::Text("7".to_owned()),
        press(Key::Tab),
        Event::Text("8".to_owned()),
        Event::PointerMoved(at),
        button(true),
        button(false),
        Event::Text("5".to_owned()),
        press(Key::Enter),
    ]);
    window.0.run_steps(12);
    assert_eq!(window.cell("表四 行政复议·结果维持"), "47");
    assert_eq!(window.cell("表四 行政复议·结果纠正"), "8");
    assert_eq!(window.cell("表四 行政复议·尚未审结"), "5");
}

#[test]
fn parts_that_cannot_be_read_keep_the_keyboard_and_parts_that_are_lost_are_told() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    let cell = "表三 一、本年新收政府信息公开申请数量 自然人";
    window.click_cell(cell);
    let pos = window.rect(cell).center();
    for pressed in [true, false] {
        window.0.event(Event::PointerButton {
            pos,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
    }
    window.run();
    window.click("分项填写……");
    window.type_text("公安局");
    window.press(Key::Tab);
    window.press_with(CTRL, Key::A);
    window.type_text("2oo");
    window.press(Key::Enter);
    assert!(window.says("第 1 项的数："));
    // What is typed goes on where it was.
    window.press_with(CTRL, Key::A);
    window.type_text("30");
    window.press(Key::Tab);
    window.type_text("城管局");
    window.press(Key::Tab);
    window.type_text("12");
    window.press(Key::Enter);
    assert_eq!(window.cell(cell), "42");
    let parts = |window: &mut Window| {
        let report = window.report();
        let cell = report.form().find("t3.r1.natural").unwrap();
        report.addends(cell).len()
    };
    assert_eq!(parts(&mut window), 2);
    window.type_text("50");
    window.press(Key::Enter);
    assert_eq!(parts(&mut window), 0);
    assert!(window.says("原来的 2 个分项没有了（Ctrl+Z 找回）"));
    window.press_with(CTRL, Key::Z);
    assert_eq!(parts(&mut window), 2);
}

#[test]
fn f8_says_what_it_leads_to_where_the_cards_are_folded_away() {
    let mut window = Window::sized(1024.0, 700.0, 1.0);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("年报.ron");
    nianbao::draft::save(&report("hongze_2024"), &path).unwrap();
    window.app().open(&path);
    window.run();
    window.press(Key::F8);
    assert!(window.says("（点“审核”看怎么改）"));
}
