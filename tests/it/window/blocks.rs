//! Rectangles in the window: selecting, filling, clearing, copying, pasting.

use crate::support::{Window, report};
use egui::{Event, Key, Modifiers, OutputCommand};
use nianbao::value::Value;

const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;
const FIRST: &str = "表三 一、本年新收政府信息公开申请数量 自然人";

fn table3() -> (Window, tempfile::TempDir) {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    window.click_cell(FIRST);
    (window, folder)
}

fn paste(window: &mut Window, text: &str) {
    window.0.event(Event::Paste(text.to_owned()));
    window.run();
}

fn value(window: &mut Window, id: &str) -> Value {
    let report = window.report();
    report.value(report.form().find(id).unwrap())
}

/// What Ctrl+C puts on the clipboard.
fn copied(window: &mut Window, event: Event) -> String {
    window.0.event(event);
    window.0.run_steps(1);
    let commands = window.0.output().platform_output.commands.clone();
    window.run();
    let text = commands.into_iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text),
        _ => None,
    });
    text.expect("something was copied")
}

#[test]
fn shift_selects_and_the_status_line_sums() {
    let (mut window, _folder) = table3();
    assert!(window.says("求和 71    计数 1"));
    window.press_with(SHIFT, Key::ArrowRight);
    window.press_with(SHIFT, Key::ArrowDown);
    assert!(window.says("求和 75    计数 4    平均 18.75"));
    window.press_with(SHIFT | CTRL, Key::ArrowDown);
    window.press_with(SHIFT, Key::Home);
    assert!(window.says("计数 25"), "one column from top to bottom");
    window.press(Key::ArrowDown);
    assert!(window.says("计数 1"), "moving ends the selection");
    window.press_with(CTRL, Key::A);
    assert!(window.says("计数 175"));
}

#[test]
fn clicks_on_labels_and_heads_select_what_they_stand_for() {
    let (mut window, _folder) = table3();
    // The label of the first row stands left of its first number.
    let at = window.rect(FIRST);
    window.click_at(at.left_center() - egui::vec2(60.0, 0.0));
    assert!(window.says("计数 7"));
    window.click_at(at.center_top() - egui::vec2(0.0, 30.0));
    assert!(window.says("计数 25"));
}

#[test]
fn delete_clears_inputs_only_in_one_step() {
    let (mut window, _folder) = table3();
    let before = window.report();
    window.press_with(CTRL, Key::A);
    window.press(Key::Delete);
    assert!(
        value(&mut window, "t3.r1.natural").is_blank()
            && value(&mut window, "t3.r4.other").is_blank()
    );
    assert_eq!(window.cell("表三 （七）总计 总计"), "");
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.report(), before);
}

#[test]
fn filling_down_and_right() {
    let (mut window, _folder) = table3();
    window.press_with(SHIFT, Key::ArrowDown);
    window.press_with(SHIFT, Key::ArrowDown);
    window.press_with(CTRL, Key::D);
    for row in ["r1", "r2", "r3_1"] {
        assert_eq!(
            value(&mut window, &format!("t3.{row}.natural")),
            Value::Count(71)
        );
    }
    window.press_with(CTRL, Key::Z);
    window.click_cell(FIRST);
    window.press_with(SHIFT, Key::End);
    window.press_with(CTRL, Key::R);
    assert_eq!(value(&mut window, "t3.r1.other"), Value::Count(71));
    assert_eq!(
        window.cell("表三 一、本年新收政府信息公开申请数量 总计"),
        "426"
    );
}

#[test]
fn a_rectangle_is_copied_with_tabs_and_pasted_in_one_step() {
    let (mut window, _folder) = table3();
    window.press_with(SHIFT, Key::ArrowRight);
    window.press_with(SHIFT, Key::ArrowDown);
    assert_eq!(copied(&mut window, Event::Copy), "71\t3\n1\t0");
    window.click_cell("表三 （一）予以公开 科研机构");
    let before = window.report();
    // Spreadsheets end with a line break and quote what needs it.
    paste(&mut window, "71\t\"1,234\"\n1\t５件\n");
    for (id, n) in [
        ("t3.r3_1.research", 71),
        ("t3.r3_1.welfare", 1234),
        ("t3.r3_2.research", 1),
        ("t3.r3_2.welfare", 5),
    ] {
        assert_eq!(value(&mut window, id), Value::Count(n), "{id}");
    }
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.report(), before);
}

#[test]
fn cutting_empties_what_was_copied() {
    let (mut window, _folder) = table3();
    assert_eq!(copied(&mut window, Event::Cut), "71");
    assert!(value(&mut window, "t3.r1.natural").is_blank());
}

#[test]
fn one_value_fills_the_selection() {
    let (mut window, _folder) = table3();
    window.press_with(SHIFT, Key::End);
    paste(&mut window, "8");
    for column in ["natural", "biz", "research", "welfare", "legal", "other"] {
        assert_eq!(
            value(&mut window, &format!("t3.r1.{column}")),
            Value::Count(8)
        );
    }
    assert!(!window.says("以下没有粘贴"));
}

#[test]
fn pasted_totals_are_compared_and_nonsense_is_told() {
    let (mut window, _folder) = table3();
    paste(&mut window, "1\t2\t3\t4\t5\t6\t21\n7\t0\t0\t0\t0\t0\t9\n");
    assert!(window.says("总计：粘贴的是 9，计算值是 7，没有采用") && !window.says("粘贴的是 21"));
    assert_eq!(value(&mut window, "t3.r2.natural"), Value::Count(7));
    window.click_cell(FIRST);
    paste(&mut window, "甲\t2\n");
    assert!(window.says("不是一个数字"));
    assert_eq!(
        value(&mut window, "t3.r1.natural"),
        Value::Count(1),
        "what cannot be read changes nothing"
    );
    assert_eq!(value(&mut window, "t3.r1.biz"), Value::Count(2));
    window.press_with(CTRL, Key::End);
    window.press(Key::ArrowLeft);
    paste(&mut window, "1\t1\t1\n2\t2\t2\n");
    assert!(window.says("超出了表格"));
}

#[test]
fn a_text_pasted_while_typing_goes_into_the_cell() {
    let (mut window, _folder) = table3();
    window.type_text("1");
    paste(&mut window, "23");
    window.press(Key::Enter);
    assert_eq!(value(&mut window, "t3.r1.natural"), Value::Count(123));
}

#[test]
fn dragging_selects() {
    let (mut window, _folder) = table3();
    let (from, to) = (
        window.rect(FIRST).center(),
        window
            .rect("表三 （二）部分公开（区分处理的，只计这一情形，不计其他情形） 科研机构")
            .center(),
    );
    window.0.hover_at(from);
    window.run();
    window.0.drag_at(from);
    window.run();
    for step in 1..=4 {
        window.0.hover_at(from + (to - from) * (step as f32 / 4.0));
        window.run();
    }
    window.0.drop_at(to);
    window.run();
    assert!(window.says("计数 12"), "four rows, three columns");
    // Shift and a click move the corner.
    window.shift_click("表三 二、上年结转政府信息公开申请数量 商业企业");
    assert!(window.says("计数 4"));
}
