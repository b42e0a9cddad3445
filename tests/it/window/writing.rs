//! What the program puts into the texts: paragraphs from the tables, from last year; and words found and replaced.

use crate::support::{Window, report};
use egui::{Key, Modifiers};
use nianbao::report::{Edit, Report};

const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..Modifiers::COMMAND
};

fn text_of(window: &mut Window, id: &str) -> String {
    let report = window.report();
    report.text(report.form().find_text(id).unwrap()).to_owned()
}

fn with_text(report: Report, id: &str, words: &str) -> Report {
    let text = report.form().find_text(id).unwrap();
    report.with(|report| Edit::text(report, text, words))
}

#[test]
fn a_paragraph_from_the_tables_comes_in_at_the_caret_by_keyboard_alone() {
    let words = "（一）主动公开\n一些话。\n（二）依申请公开";
    let (mut window, _folder) = Window::with(&with_text(report("pingtan_2022"), "s1", words));
    window.tab("一、");
    window.press_with(CTRL_SHIFT, Key::J);
    assert!(window.says("写一段"));
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    let text = text_of(&mut window, "s1");
    let new = text.strip_prefix(words).unwrap();
    assert!(new.starts_with("\n2022年，新收政府信息公开申请"), "{new}");
    assert!(new.ends_with("。"));
    assert!(window.says("已按表里的数写进正文"));
    assert!(!window.says("取消"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(&mut window, "s1"), words);
}

#[test]
fn blanks_and_tables_that_do_not_balance_are_told_before_a_paragraph_is_written() {
    let full = report("pingtan_2022");
    let cell = full.form().find("t3.r3_2.natural").unwrap();
    let blank = full
        .clone()
        .with(|report| Edit::cells(report, [(cell, nianbao::value::Value::Blank)]));
    let (mut window, _folder) = Window::with(&blank);
    window.tab("一、");
    window.click("写一段");
    window.press(Key::ArrowDown);
    assert!(window.says("空白的没有写：表三"));
    window.press(Key::Escape);
    assert_eq!(text_of(&mut window, "s1"), "");
    let cell = full.form().find("t3.r1.natural").unwrap();
    let slip = full.with(|report| Edit::cells(report, [(cell, nianbao::value::Value::Count(5))]));
    let (mut window, _folder) = Window::with(&slip);
    window.tab("一、");
    window.click("写一段");
    window.press(Key::ArrowDown);
    assert!(window.says("表还不平，先改平再写"));
}
