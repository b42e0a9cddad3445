//! Reasons for what wants one: kept with the numbers that they excuse.

use crate::support::{Window, report};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::form::Level;
use nianbao::report::{Edit, History, Reason, Report};
use nianbao::value::Value;
use nianbao::{check, draft, export, import};

/// A street office that says it has made a 规章.
fn unusual() -> Report {
    let mut history = History::new(report("pingtan_2022"));
    let cell = history.report().form().find("t2.rule.made").unwrap();
    history.apply(Edit::cells(history.report(), [(cell, Value::Count(1))]));
    history.apply(Edit::organ(history.report(), "某市某区某某街道办事处"));
    history.report().clone()
}

const KEY: &str = "T2-RULE-POWER@t2.rule.made";

fn open_queries(report: &Report) -> usize {
    check::evaluate(report).count(Level::Query)
}

fn explained(report: &Report, text: &str) -> Report {
    let evaluation = check::evaluate(report);
    let finding = evaluation
        .findings
        .iter()
        .find(|finding| finding.key(report.form()) == KEY)
        .unwrap();
    let reason = Reason::new(text, finding.evidence(report, &evaluation)).unwrap();
    let mut history = History::new(report.clone());
    history.apply(Edit::reason(history.report(), KEY, Some(reason)));
    history.report().clone()
}

#[test]
fn a_reason_settles_just_these_numbers() {
    let open = open_queries(&unusual());
    let settled = explained(&unusual(), "汇总了区政府的数据");
    assert_eq!(open_queries(&settled), open - 1);
    let evaluation = check::evaluate(&settled);
    let finding = evaluation
        .findings
        .iter()
        .find(|finding| finding.key(settled.form()) == KEY)
        .unwrap();
    assert_eq!(finding.reason.as_deref(), Some("汇总了区政府的数据"));
    // With another number the question is open again, and the old words are still there.
    let mut history = History::new(settled);
    let cell = history.report().form().find("t2.rule.made").unwrap();
    history.apply(Edit::cells(history.report(), [(cell, Value::Count(2))]));
    assert_eq!(open_queries(history.report()), open);
    history.undo();
    assert_eq!(open_queries(history.report()), open - 1);
}

#[test]
fn six_characters_are_the_least() {
    assert!(Reason::new("汇总数据", "x").is_none());
    assert!(Reason::new("汇 总 数 据 了", "x").is_none());
    assert!(Reason::new("汇总了区数据", "x").is_some());
}

#[test]
fn reasons_are_kept_in_drafts_and_json() {
    let settled = explained(&unusual(), "汇总了区政府的“数据”\\\n两行");
    let text = draft::to_text(&settled);
    assert!(
        text.contains("\"T2-RULE-POWER@t2.rule.made\": (") && text.contains("about: \"表二 · 规章")
    );
    assert_eq!(draft::from_text(&text).unwrap(), settled);
    let json = export::to_json(&settled, &check::evaluate(&settled));
    assert_eq!(
        import::from_json(&json).unwrap().report.reasons(),
        settled.reasons()
    );
    let short = draft::to_text(&explained(&unusual(), "汇总了区政府的数据"))
        .replace("汇总了区政府的数据", "短");
    let refused = draft::from_text(&short).unwrap_err().to_string();
    assert!(refused.contains("至少要 6 个字"), "{refused}");
}

#[test]
fn a_reason_is_typed_on_the_card_and_undone() {
    let (mut window, _folder) = Window::with(&unusual());
    let before = open_queries(&window.report());
    assert!(window.says(&format!("需说明 {before}")));
    let name = "说明原因 表二 · 规章：县级机关没有规章，应为 0";
    window
        .0
        .get_by_role_and_label(Role::TextInput, name)
        .click();
    window.run();
    window.type_text("太短");
    window.press(Key::Enter);
    assert!(window.says("还太短") && window.says(&format!("需说明 {before}")));
    window
        .0
        .get_by_role_and_label(Role::TextInput, name)
        .click();
    window.run();
    window.type_text("，汇总了区政府的");
    window.press(Key::Enter);
    assert!(window.says(&format!("需说明 {}", before - 1)));
    assert_eq!(
        window.report().reasons()[KEY].text(),
        "太短，汇总了区政府的"
    );
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.says(&format!("需说明 {before}")) && window.report().reasons().is_empty());
}

#[test]
fn a_reason_counts_while_it_is_typed() {
    let (mut window, folder) = Window::with(&unusual());
    let path = folder.path().join("年报.ron");
    let name = "说明原因 表二 · 规章：县级机关没有规章，应为 0";
    let field = |window: &mut Window| {
        let field = window.0.get_by_role_and_label(Role::TextInput, name);
        field.click();
        window.run();
    };
    field(&mut window);
    window.type_text("汇总了区政府的");
    // The cursor still stands in the field: closing now would ask, saving now would save it.
    assert!(window.app().is_dirty());
    assert!(window.says("已说明"));
    window.press_with(Modifiers::COMMAND, Key::S);
    let saved = draft::open(&path).unwrap();
    assert_eq!(saved.reasons()[KEY].text(), "汇总了区政府的");
    window.type_text("数据");
    assert_eq!(window.report().reasons()[KEY].text(), "汇总了区政府的数据");
    assert!(window.app().is_dirty());
}

#[test]
fn the_last_word_counts_though_the_field_is_left_in_the_same_frame() {
    let (mut window, _folder) = Window::with(&unusual());
    let name = "说明原因 表二 · 规章：县级机关没有规章，应为 0";
    window
        .0
        .get_by_role_and_label(Role::TextInput, name)
        .click();
    window.run();
    window
        .0
        .event(egui::Event::Text("汇总了区政府的数据".to_owned()));
    window.0.key_press(Key::Enter);
    window.run();
    let reasons = window.report().reasons().clone();
    assert_eq!(reasons[KEY].text(), "汇总了区政府的数据");
}

#[test]
fn enter_on_a_short_reason_stays_in_its_field() {
    let (mut window, _folder) = Window::with(&unusual());
    window.tab("三、");
    let before = window.report();
    let name = "说明原因 表二 · 规章：县级机关没有规章，应为 0";
    window
        .0
        .get_by_role_and_label(Role::TextInput, name)
        .click();
    window.run();
    window.type_text("ab7");
    window.press(Key::Enter);
    window.type_text("88");
    window.press(Key::Enter);
    assert_eq!(window.report().values(), before.values());
}
