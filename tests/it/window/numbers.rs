//! The numbers of the texts beside the tables: seen while writing, and following when the tables change.

use crate::support::{Window, report};
use egui::{Key, Modifiers};
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;

const S1: &str = "2022年工作如下。\n（一）主动公开\n全年制发行政规范性文件88件，废止55件。\n\
    （二）依申请公开\n全年新收政府信息公开申请74件，其中自然人71件；予以公开12件。共办理75件。";

fn with_text(words: &str) -> Report {
    let base = report("pingtan_2022");
    let mut history = History::new(base);
    let s1 = history.report().form().find_text("s1").unwrap();
    history.apply(Edit::text(history.report(), s1, words));
    history.report().clone()
}

fn s1(window: &mut Window) -> String {
    let report = window.report();
    report
        .text(report.form().find_text("s1").unwrap())
        .to_owned()
}

#[test]
fn the_numbers_of_a_text_are_counted_and_named_at_the_caret() {
    let (mut window, _folder) = Window::with(&with_text(S1));
    window.tab("一、");
    assert!(window.says("正文里认出 6 个数：4 个一致，1 个不符"));
    assert!(window.says("✓ 主动公开") && window.says("监督保障 还没有写到"));
    // The caret stands at the end, behind 75件; seven characters before it lies no number.
    for _ in 0..2 {
        window.press(Key::ArrowLeft);
    }
    assert!(window.says("“75件” →"));
    window.click("看这一格");
    assert!(window.says("三、收到和处理政府信息公开申请情况"));
}

#[test]
fn a_number_that_agrees_names_its_cell_in_whatever_unit() {
    let mut history = History::new(with_text("全年收取行政事业性收费5000元。"));
    let fee = history.report().form().find("t2.fee.amount").unwrap();
    let kind = history.report().form().cell(fee).kind;
    let amount = nianbao::value::parse("0.5", kind, Some("万元")).unwrap();
    history.apply(Edit::cells(history.report(), [(fee, amount)]));
    let (mut window, _folder) = Window::with(history.report());
    window.tab("一、");
    window.press(Key::ArrowLeft);
    assert!(window.says("“5000元” → 表二") && window.says("一致"));
}

#[test]
fn numbers_that_agreed_are_offered_to_follow_the_table() {
    let (mut window, _folder) = Window::with(&with_text(S1));
    window.tab("二、");
    window.click_cell("表二 行政规范性文件 本年制发件数");
    window.type_text("90");
    assert!(!window.says("改了，"), "not before the cell is left");
    window.press(Key::Enter);
    assert!(window.says("表二改了，1 处正文还没有改"));
    assert!(window.says("“88件”→“90件”"));
    assert_eq!(s1(&mut window), S1, "nothing follows by itself");
    window.click("正文跟着改");
    assert_eq!(s1(&mut window), S1.replace("88件", "90件"));
    assert!(!window.says("处正文还没有改"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(s1(&mut window), S1, "one step");
}

#[test]
fn a_slip_in_the_table_is_not_carried_into_the_text() {
    let (mut window, _folder) = Window::with(&with_text(S1));
    window.tab("三、");
    window.click_cell("表三 一、本年新收政府信息公开申请数量 自然人");
    window.type_text("17");
    window.press(Key::Enter);
    // A relation fails that held before.
    assert!(!window.says("处正文还没有改"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(!window.says("处正文还没有改"));
}

#[test]
fn what_is_left_as_it_is_is_not_offered_again() {
    let (mut window, _folder) = Window::with(&with_text(S1));
    window.tab("二、");
    window.click_cell("表二 行政规范性文件 本年废止件数");
    window.type_text("56");
    window.press(Key::Enter);
    window.click("正文不改");
    assert!(!window.says("处正文还没有改"));
    assert_eq!(s1(&mut window), S1);
    let report = window.report();
    let cell = report.form().find("t2.normdoc.repealed").unwrap();
    assert_eq!(report.value(cell), Value::Count(56));
}
