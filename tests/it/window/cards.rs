//! Cards by keyboard, and what a card shows in the table and in the texts.

use crate::support::{Window, report, with_last};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;

const ALT: Modifiers = Modifiers::ALT;
const SLIP: &str = "表三 （一）予以公开 自然人";

fn changed(report: Report, cells: &[(&str, i64)], texts: &[(&str, &str)]) -> Report {
    let mut history = History::new(report);
    for (id, number) in cells {
        let cell = history.report().form().find(id).unwrap();
        let number = [(cell, Value::Count(*number))];
        history.apply(Edit::cells(history.report(), number));
    }
    for (id, words) in texts {
        let text = history.report().form().find_text(id).unwrap();
        history.apply(Edit::text(history.report(), text, words));
    }
    history.report().clone()
}

/// Two digits of a number stand the wrong way round, as the printed totals show.
fn with_a_slip() -> Report {
    changed(report("pingtan_2022"), &[("t3.r3_1.natural", 12)], &[])
}

fn description(window: &Window, name: &str) -> String {
    let cell = window.0.get_by_role_and_label(Role::GridCell, name);
    let words = cell.accesskit_node().data().description();
    words.unwrap_or_default().to_owned()
}

/// What has the keyboard.
fn focused(window: &Window) -> (Role, String) {
    let nodes = window.0.query_all_by(|node| node.is_focused());
    let node = nodes.last().expect("something has the keyboard");
    let label = node.accesskit_node().label().or(node.value());
    (node.accesskit_node().role(), label.unwrap_or_default())
}

#[test]
fn alt_enter_mends_what_is_looked_at_and_says_what_changed() {
    let (mut window, _folder) = Window::with(&with_a_slip());
    window.tab("三、");
    let before = window.report();
    // Nothing is changed unseen: the card is shown first.
    window.press_with(ALT, Key::Enter);
    assert_eq!(window.report(), before);
    assert!(description(&window, SLIP).contains("可能填错"), "outlined");
    window.press_with(ALT, Key::Enter);
    assert_eq!(window.cell(SLIP), "21");
    assert!(window.says("已改 1 格，Ctrl+Z 撤销"));
    assert!(description(&window, SLIP).contains("刚改过"));
    assert!(!description(&window, SLIP).contains("可能填错"));
    // The keyboard is in the table again, where the clerk was.
    assert!(focused(&window).1.starts_with("表三"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.report(), before);
    assert!(!window.says("已改 1 格"));
    // What flashed is as it was after a moment.
    window.press(Key::F8);
    window.press_with(ALT, Key::Enter);
    window.0.run_steps(20);
    assert!(!description(&window, SLIP).contains("刚改过"));
    assert!(window.says("已改 1 格，Ctrl+Z 撤销"));
}

#[test]
fn alt_enter_leads_to_the_reason_where_nothing_can_be_mended() {
    let this = changed(
        report("pingtan_2022"),
        &[("t2.normdoc.valid", 69_800)],
        &[("s1", "无。"), ("s5", "无。"), ("s6", "无。")],
    );
    let (mut window, _folder) = Window::with(&with_last(&this, &report("pingtan_2021")));
    window.tab("二、");
    window.press(Key::F8);
    let before = window.report();
    window.press_with(ALT, Key::Enter);
    assert_eq!(window.report(), before);
    let (role, label) = focused(&window);
    assert!(label.starts_with("说明原因"), "{role:?} {label}");
    window.type_text("本年开展专项整治，数量增加");
    window.press(Key::Enter);
    assert_eq!(window.report().reasons().len(), 1);
    // Typing goes on in the table.
    assert!(focused(&window).1.starts_with("表二"));
}

#[test]
fn folded_away_cards_are_shown_before_anything_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("年报.ron");
    nianbao::draft::save(&with_a_slip(), &path).unwrap();
    let mut window = Window::sized(1024.0, 700.0, 1.0);
    window.app().open(&path);
    window.run();
    window.tab("三、");
    window.press(Key::F8);
    assert!(!window.says("最可能"), "folded away");
    window.press_with(ALT, Key::Enter);
    assert_eq!(window.cell(SLIP), "12");
    assert!(window.says("改为 21"));
    window.press_with(ALT, Key::Enter);
    assert_eq!(window.cell(SLIP), "21");
}

#[test]
fn f6_goes_round_and_escape_comes_back_to_the_cell() {
    let (mut window, _folder) = Window::with(&with_a_slip());
    window.tab("三、");
    let cell = "表三 二、上年结转政府信息公开申请数量 商业企业";
    window.click_cell(cell);
    window.press(Key::F6);
    assert_eq!(focused(&window), (Role::Button, "改为 21".to_owned()));
    window.press(Key::Escape);
    assert_eq!(focused(&window).1, cell);
    window.press(Key::F6);
    window.press(Key::F6);
    assert_eq!(focused(&window), (Role::Button, "新建".to_owned()));
    window.press(Key::Escape);
    assert_eq!(focused(&window).1, cell);
    // Backwards, and all the way round.
    window.press_with(Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&window).1, "新建");
    window.press(Key::F6);
    assert_eq!(focused(&window).1, cell);
    // The button in the card works by Enter, as it works by the mouse.
    window.press(Key::F6);
    window.press(Key::Enter);
    assert_eq!(window.cell(SLIP), "21");
    assert_eq!(focused(&window).1, cell);
}

#[test]
fn escape_comes_back_into_a_text_too() {
    let (mut window, _folder) = Window::with(&with_a_slip());
    window.tab("五、");
    let name = "五、存在的主要问题及改进情况";
    let field = window
        .0
        .get_by_role_and_label(Role::MultilineTextInput, name);
    field.click();
    window.run();
    window.press(Key::F6);
    assert_ne!(focused(&window).0, Role::MultilineTextInput);
    window.press(Key::Escape);
    window.type_text("一是");
    let report = window.report();
    let text = report.form().find_text("s5").unwrap();
    assert_eq!(report.text(text), "一是");
}

#[test]
fn locating_by_mouse_marks_the_number_in_the_text() {
    let words = "2022年，本机关收到政府信息公开申请9件，均已答复。";
    let this = changed(report("pingtan_2022"), &[], &[("s1", words)]);
    let (mut window, _folder) = Window::with(&this);
    window.tab("三、");
    assert!(window.says("与表格不符"));
    let evaluation = nianbao::check::evaluate(&this);
    let in_text = |finding: &nianbao::check::Finding| {
        let passage = finding.about.passage.as_ref();
        passage.is_some_and(|passage| !passage.at.is_empty())
    };
    let nth = evaluation.findings.iter().position(in_text).unwrap();
    let link = window.0.get_all_by_label("定位").nth(nth).unwrap();
    link.click();
    window.run();
    assert_eq!(
        focused(&window),
        (Role::MultilineTextInput, "一、总体情况".to_owned())
    );
    // Typing replaces just the number that is marked.
    window.type_text("7");
    let report = window.report();
    let text = report.form().find_text("s1").unwrap();
    assert!(report.text(text).contains("申请7"), "{}", report.text(text));
    assert!(report.text(text).ends_with("，均已答复。"));
}

#[test]
fn finding_in_a_text_keeps_the_keyboard_in_the_search() {
    let words = "一是人员不足。\n二是培训不够。";
    let this = changed(report("pingtan_2022"), &[], &[("s5", words)]);
    let (mut window, _folder) = Window::with(&this);
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_text("培训");
    window.press(Key::Enter);
    assert!(window.says("五、存在的主要问题及改进情况"));
    window.type_text("不够");
    let report = window.report();
    let text = report.form().find_text("s5").unwrap();
    assert_eq!(report.text(text), words, "typed into the search");
    assert!(window.says("共 1 处"));
}

#[test]
fn stale_years_are_rewritten_all_at_once() {
    let last = "2021年，本机关公开信息3件。2021年，举办培训2次。2021年，接受监督1次。";
    let last = changed(report("pingtan_2021"), &[], &[("s1", last)]);
    let copied = last.text(last.form().find_text("s1").unwrap()).to_owned();
    let this = changed(report("pingtan_2022"), &[], &[("s1", &copied)]);
    let (mut window, _folder) = Window::with(&with_last(&this, &last));
    window
        .0
        .get_by_label("这 3 处改为 2022年")
        .click_accesskit();
    window.run();
    let report = window.report();
    let text = report.form().find_text("s1").unwrap();
    assert_eq!(report.text(text), copied.replace("2021年", "2022年"));
    assert!(!window.says("照抄上年"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    let report = window.report();
    assert_eq!(report.text(text), copied, "one step");
}
