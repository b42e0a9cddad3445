//! Chinese input into the texts.

use crate::support::{Window, report};
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

fn text_of(window: &mut Window, id: &str) -> String {
    let report = window.report();
    report.text(report.form().find_text(id).unwrap()).to_owned()
}

fn preedit(text: &str) -> Event {
    Event::Ime(ImeEvent::Preedit {
        text: text.to_owned(),
        active_range_chars: None,
    })
}

fn open_text(tab: &str, name: &str) -> (Window, tempfile::TempDir) {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    window.tab(tab);
    window
        .0
        .get_by_role_and_label(Role::MultilineTextInput, name)
        .click();
    window.run();
    (window, folder)
}

#[test]
fn pinyin_never_reaches_the_report() {
    let (mut window, _folder) = open_text("一、", "一、总体情况");
    for letters in ["n", "ni", "nian", "nian bao"] {
        window.0.event(preedit(letters));
        window.run();
        assert_eq!(text_of(&mut window, "s1"), "");
        assert!(!window.app().is_dirty());
    }
    window
        .0
        .event(Event::Ime(ImeEvent::Commit("年报".to_owned())));
    window.run();
    assert_eq!(text_of(&mut window, "s1"), "年报");
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(&mut window, "s1"), "");
    window.press_with(Modifiers::COMMAND, Key::Y);
    assert_eq!(text_of(&mut window, "s1"), "年报");
}

#[test]
fn leaving_in_the_middle_of_a_composition_keeps_what_was_there() {
    let (mut window, _folder) = open_text("五、", "五、存在的主要问题及改进情况");
    window.type_text("一是");
    window.0.event(preedit("xin"));
    window.run();
    window.tab("六、");
    assert_eq!(text_of(&mut window, "s5"), "一是");
    window.tab("五、");
    assert_eq!(
        window
            .0
            .get_by_role_and_label(Role::MultilineTextInput, "五、存在的主要问题及改进情况")
            .value()
            .unwrap(),
        "一是"
    );
}

#[test]
fn a_composition_that_is_given_up_leaves_nothing() {
    let (mut window, _folder) = open_text("六、", "六、其他需要报告的事项");
    window.0.event(preedit("wu"));
    window.run();
    window.0.event(preedit(""));
    window.run();
    assert_eq!(text_of(&mut window, "s6"), "");
    window.0.event(Event::Paste("第一段\n第二段".to_owned()));
    window.run();
    assert_eq!(text_of(&mut window, "s6"), "第一段\n第二段");
}

#[test]
fn undo_crosses_tabs_and_shows_where_it_was() {
    let (mut window, _folder) = open_text("六、", "六、其他需要报告的事项");
    window.type_text("无。");
    window.tab("二、");
    window.type_text("5");
    window.press(Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(&mut window, "s6"), "");
    assert!(
        window
            .0
            .query_by_role_and_label(Role::MultilineTextInput, "六、其他需要报告的事项")
            .is_some()
    );
}

#[test]
fn pinyin_never_reaches_the_organs_name_either() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window
        .0
        .get_by_role_and_label(Role::TextInput, "单位名称")
        .click();
    window.run();
    window.press(Key::End);
    window.0.event(preedit("ju"));
    window.run();
    assert_eq!(window.report().organ(), "平潭综合实验区管委会");
    window.tab("二、");
    window.tab("封面");
    assert_eq!(window.report().organ(), "平潭综合实验区管委会");
    window
        .0
        .get_by_role_and_label(Role::TextInput, "单位名称")
        .click();
    window.run();
    window.press(Key::End);
    window.0.event(preedit("ju"));
    window.run();
    window
        .0
        .event(Event::Ime(ImeEvent::Commit("局".to_owned())));
    window.run();
    assert_eq!(window.report().organ(), "平潭综合实验区管委会局");
}

#[test]
fn a_word_finished_as_the_next_begins_counts() {
    let (mut window, _folder) = open_text("一、", "一、总体情况");
    window.0.event(preedit("nianbao"));
    window.run();
    window
        .0
        .input_mut()
        .events
        .push(Event::Ime(ImeEvent::Commit("年报".to_owned())));
    window.0.input_mut().events.push(preedit("x"));
    window.run();
    assert_eq!(text_of(&mut window, "s1"), "年报");
    window.tab("二、");
    assert_eq!(text_of(&mut window, "s1"), "年报");
}

#[test]
fn what_is_pasted_is_tidied_told_and_undone_in_one_step() {
    let (mut window, _folder) = open_text("五、", "五、存在的主要问题及改进情况");
    window.type_text("前言。");
    window.0.event(Event::Paste(
        "\u{3000}\u{3000}(一) 问题\n\n\u{3000}\u{3000}一是 不够。".to_owned(),
    ));
    window.run();
    assert_eq!(text_of(&mut window, "s5"), "前言。（一）问题\n一是不够。");
    assert!(window.says("去掉段首空格 2 处，去掉空行 1 处"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(&mut window, "s5"), "前言。");
    assert!(!window.says("去掉段首空格"));
}

#[test]
fn a_break_before_what_is_pasted_begins_a_paragraph() {
    let (mut window, _folder) = open_text("五、", "五、存在的主要问题及改进情况");
    let paste = |window: &mut Window, text: &str| {
        window.0.event(Event::Paste(text.to_owned()));
        window.run();
    };
    // Where a paragraph begins anyway nothing is added.
    paste(&mut window, "\r\n第一段。");
    assert_eq!(text_of(&mut window, "s5"), "第一段。");
    paste(&mut window, "\r\n\r\n第二段。\r\n\r\n第三段。");
    assert_eq!(text_of(&mut window, "s5"), "第一段。\n第二段。\n第三段。");
    assert!(window.says("去掉空行 2 处"));
    paste(&mut window, "完。");
    assert_eq!(
        text_of(&mut window, "s5"),
        "第一段。\n第二段。\n第三段。完。"
    );
}
