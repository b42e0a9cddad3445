//! Every key of the plan, pressed in the window.
//!
//! | keys | where |
//! |---|---|
//! | arrows, Tab, Shift+Tab, Enter, Shift+Enter, Home, End, Ctrl+Home, Ctrl+End, Ctrl+arrows, PgUp, PgDn | `keys_move` |
//! | Enter after a run of Tabs; F2, Esc, typing over, Delete; computed cells skipped by Tab | `window::arrows_enter_and_tab_move_as_in_a_spreadsheet` |
//! | editing in place against moving | `while_editing_in_place_the_keys_stay_in_the_text` |
//! | Shift with any of the moves, Ctrl+A | `shift_extends_whatever_moves`, `window_blocks::shift_selects_and_the_status_line_sums` |
//! | Delete on a selection, Ctrl+C, Ctrl+X, Ctrl+V, Ctrl+D, Ctrl+R | `window_blocks` |
//! | Ctrl+Enter | `ctrl_enter_fills_the_selection_with_what_is_typed` |
//! | Ctrl+Z, Ctrl+Y across tabs and texts | `window_texts::undo_crosses_tabs_and_shows_where_it_was` |
//! | Ctrl+S, Ctrl+Shift+S, Ctrl+O, Ctrl+N | `window`, `window_manners` |
//! | Ctrl+F, F1, Ctrl+wheel | `window_manners` |
//! | Ctrl+PgUp, Ctrl+PgDn | `ctrl_page_keys_change_the_tab` |
//! | F8, Shift+F8 | `f8_walks_both_ways`, `window::findings_lead_to_their_cells` |
//! | input method: preedit, commit, given up, click away, late commit | `window_texts`, `a_late_commit_goes_where_the_cursor_is_now`, `window::full_width_digits_and_an_input_method_are_no_hindrance` |

use crate::support::{Window, report};
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;

fn table3() -> (Window, tempfile::TempDir) {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    (window, folder)
}

/// The id of the active cell; a computed one takes no text and has no field.
fn active(window: &mut Window) -> String {
    let id = window.active_cell();
    id.map_or("computed".to_owned(), |id| id["t3.".len()..].to_owned())
}

#[test]
fn keys_move() {
    let (mut window, _folder) = table3();
    let down = |n: usize| vec![(NONE, Key::ArrowDown); n];
    let right = |n: usize| vec![(NONE, Key::ArrowRight); n];
    let cases: Vec<(Vec<(Modifiers, Key)>, &str)> = vec![
        (down(1), "r2.natural"),
        (down(3), "r3_2.natural"),
        (right(2), "r1.research"),
        (vec![(NONE, Key::ArrowUp)], "r1.natural"),
        (vec![(NONE, Key::ArrowLeft)], "r1.natural"),
        (vec![(NONE, Key::Enter)], "r2.natural"),
        (
            [down(2), vec![(Modifiers::SHIFT, Key::Enter)]].concat(),
            "r2.natural",
        ),
        (vec![(NONE, Key::Tab)], "r1.biz"),
        ([right(5), vec![(NONE, Key::Tab)]].concat(), "r2.natural"),
        (
            [down(1), vec![(Modifiers::SHIFT, Key::Tab)]].concat(),
            "r1.other",
        ),
        (
            vec![(NONE, Key::Tab), (NONE, Key::Tab), (NONE, Key::Enter)],
            "r2.natural",
        ),
        (vec![(NONE, Key::End)], "computed"),
        (
            vec![(NONE, Key::End), (NONE, Key::ArrowLeft), (NONE, Key::Home)],
            "r1.natural",
        ),
        (vec![(CTRL, Key::ArrowDown)], "r4.natural"),
        (
            vec![(CTRL, Key::ArrowDown), (CTRL, Key::ArrowUp)],
            "r1.natural",
        ),
        (vec![(CTRL, Key::ArrowRight)], "computed"),
        (
            vec![(CTRL, Key::ArrowRight), (CTRL, Key::ArrowLeft)],
            "r1.natural",
        ),
        (vec![(CTRL, Key::End)], "computed"),
        (vec![(CTRL, Key::End), (NONE, Key::ArrowLeft)], "r4.other"),
        (vec![(CTRL, Key::End), (CTRL, Key::Home)], "r1.natural"),
        (vec![(NONE, Key::PageDown)], "r3_3_7.natural"),
        (
            vec![(NONE, Key::PageDown), (NONE, Key::PageUp)],
            "r1.natural",
        ),
    ];
    for (keys, expected) in cases {
        window.press_with(CTRL, Key::Home);
        assert_eq!(active(&mut window), "r1.natural");
        for (modifiers, key) in &keys {
            window.press_with(*modifiers, *key);
        }
        assert_eq!(active(&mut window), expected, "{keys:?}");
    }
    assert!(!window.app().is_dirty(), "moving changes nothing");
}

#[test]
fn shift_extends_whatever_moves() {
    let (mut window, _folder) = table3();
    for (key, modifiers, count) in [
        (Key::ArrowDown, NONE, 2),
        (Key::ArrowRight, NONE, 2),
        (Key::End, NONE, 7),
        (Key::PageDown, NONE, 11),
        (Key::ArrowDown, CTRL, 25),
        (Key::End, CTRL, 175),
    ] {
        window.press_with(CTRL, Key::Home);
        window.press_with(modifiers | Modifiers::SHIFT, key);
        assert!(
            window.says(&format!("计数 {count}")),
            "Shift+{key:?} selects {count}"
        );
        assert_eq!(active(&mut window), "r1.natural", "the active cell stays");
    }
}

#[test]
fn while_editing_in_place_the_keys_stay_in_the_text() {
    let (mut window, _folder) = table3();
    window.press(Key::F2);
    for key in [Key::Home, Key::ArrowRight, Key::ArrowLeft] {
        window.press(key);
        assert_eq!(active(&mut window), "r1.natural");
    }
    window.type_text("5");
    window.press(Key::End);
    window.press(Key::Backspace);
    window.press(Key::ArrowDown);
    // 71 became 571, then 57; the arrow down commits.
    assert_eq!(
        window.cell("表三 一、本年新收政府信息公开申请数量 自然人"),
        "57"
    );
    assert_eq!(active(&mut window), "r2.natural");
}

#[test]
fn the_caret_stands_behind_what_is_edited_in_place() {
    let (mut window, _folder) = table3();
    window.press(Key::F2);
    window.type_text("5");
    window.press(Key::Enter);
    let first = "表三 一、本年新收政府信息公开申请数量 自然人";
    assert_eq!(window.cell(first), "715");
    // In a cell that has been come to and left again too, and where the key and F2 come in one frame.
    window.press(Key::ArrowUp);
    window.0.key_press(Key::F2);
    window.0.event(egui::Event::Text("6".to_owned()));
    window.run();
    window.press(Key::Enter);
    assert_eq!(window.cell(first), "7156");
}

#[test]
fn enter_after_tabs_goes_to_the_row_below_and_never_back() {
    let (mut window, _folder) = table3();
    for _ in 0..5 {
        window.press(Key::Tab);
    }
    assert_eq!(active(&mut window), "r1.other");
    window.press(Key::Enter);
    assert_eq!(active(&mut window), "r2.natural");
    // Over the end of two rows, and on.
    for _ in 0..17 {
        window.press(Key::Tab);
    }
    assert_eq!(active(&mut window), "r3_2.other");
    window.press(Key::Enter);
    assert_eq!(active(&mut window), "r3_3_1.natural");
    // At the end of the table it stays.
    window.press_with(CTRL, Key::End);
    window.press(Key::ArrowLeft);
    assert_eq!(active(&mut window), "r4.other");
    window.press_with(Modifiers::SHIFT, Key::Tab);
    window.press(Key::Tab);
    window.press(Key::Enter);
    assert_eq!(active(&mut window), "r4.other");
}

#[test]
fn ctrl_page_keys_change_the_tab() {
    let (mut window, _folder) = table3();
    window.press_with(CTRL, Key::PageDown);
    assert!(window.says("四、政府信息公开行政复议、行政诉讼情况"));
    window.press_with(CTRL, Key::PageUp);
    window.press_with(CTRL, Key::PageUp);
    assert!(window.says("第二十条第（一）项") || window.says("二、主动公开政府信息情况"));
    // From the last to the first, as in a ring.
    for _ in 0..5 {
        window.press_with(CTRL, Key::PageDown);
    }
    assert!(window.says("填写进度"));
}

#[test]
fn f8_walks_both_ways() {
    let (mut window, _folder) = table3();
    let focused = |window: &Window, name: &str| {
        window
            .0
            .query_by_role_and_label(Role::MultilineTextInput, name)
            .is_some_and(|field| field.is_focused())
    };
    window.press(Key::F8);
    assert!(focused(&window, "一、总体情况"));
    window.press(Key::F8);
    assert!(focused(&window, "五、存在的主要问题及改进情况"));
    window.press_with(Modifiers::SHIFT, Key::F8);
    assert!(focused(&window, "一、总体情况"));
    window.press_with(Modifiers::SHIFT, Key::F8);
    assert!(focused(&window, "六、其他需要报告的事项"));
}

#[test]
fn f8_begins_on_the_page_in_sight() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("六、");
    window.press(Key::F8);
    let field = window
        .0
        .query_by_role_and_label(Role::MultilineTextInput, "六、其他需要报告的事项");
    assert!(field.is_some_and(|field| field.is_focused()));
}

#[test]
fn a_late_commit_goes_where_the_cursor_is_now() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("一、");
    let field = "一、总体情况";
    window
        .0
        .get_by_role_and_label(Role::MultilineTextInput, field)
        .click();
    window.run();
    window.0.event(Event::Ime(ImeEvent::Preedit {
        text: "nian".to_owned(),
        active_range_chars: None,
    }));
    window.run();
    // Away to a table in the middle of a word; then the input method hands the word over.
    window.tab("三、");
    window
        .0
        .event(Event::Ime(ImeEvent::Commit("年".to_owned())));
    window.run();
    window.press(Key::Escape);
    let report = window.report();
    assert_eq!(report.text(report.form().find_text("s1").unwrap()), "");
    assert_eq!(
        window.cell("表三 一、本年新收政府信息公开申请数量 自然人"),
        "71"
    );
}

#[test]
fn f8_goes_on_to_the_next_after_one_is_mended() {
    use nianbao::report::{Edit, History};
    use nianbao::value::Value;
    let mut history = History::new(report("pingtan_2022"));
    let wrong =
        ["t2.rule.made", "t2.normdoc.made"].map(|id| history.report().form().find(id).unwrap());
    history.apply(Edit::cells(
        history.report(),
        wrong.map(|cell| (cell, Value::Count(-1))),
    ));
    let (mut window, _folder) = Window::with(&history.report().clone());
    window.press(Key::F8);
    assert_eq!(window.active_cell_name(), "表二 规章 本年制发件数");
    window.type_text("1");
    window.press(Key::Enter);
    window.press(Key::F8);
    assert_eq!(
        window.active_cell_name(),
        "表二 行政规范性文件 本年制发件数"
    );
}

#[test]
fn ctrl_enter_fills_the_selection_with_what_is_typed() {
    let (mut window, _folder) = table3();
    window.click_cell("表三 （一）予以公开 自然人");
    window.press_with(Modifiers::SHIFT, Key::ArrowRight);
    window.press_with(Modifiers::SHIFT, Key::ArrowDown);
    window.type_text("6");
    window.press_with(CTRL, Key::Enter);
    for row in [
        "（一）予以公开",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    ] {
        for column in ["自然人", "商业企业"] {
            assert_eq!(window.cell(&format!("表三 {row} {column}")), "6");
        }
    }
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.cell("表三 （一）予以公开 自然人"), "21");
    assert_eq!(window.cell("表三 （一）予以公开 商业企业"), "0");
    // What is no number fills nothing and stays to be mended.
    window.type_text("x");
    window.press_with(CTRL, Key::Enter);
    assert_eq!(window.cell("表三 （一）予以公开 商业企业"), "0");
}

#[test]
fn redo_while_typing_keeps_what_was_typed() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    let name = "表三 一、本年新收政府信息公开申请数量 自然人";
    window.click_cell(name);
    window.type_text("80");
    window.press(Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.click_cell(name);
    window.type_text("72");
    window.press_with(Modifiers::COMMAND, Key::Y);
    assert_eq!(window.cell(name), "72");
}
