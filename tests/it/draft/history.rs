//! Edits and their inverse.

use crate::form::values::any_value;
use nianbao::form::{self, AdditionIx, CellIx, TextIx};
use nianbao::report::{Edit, History, Link, Report};
use nianbao::value::Value;
use proptest::prelude::*;

/// A random way to change a report, built against the report as it stands.
#[derive(Clone, Debug)]
enum Act {
    Cell(u16, Value),
    Zero,
    Stated(u16, Option<i64>),
    Text(u16, String),
    Organ(String),
    Year(i32),
    Addition(bool),
    Undo,
    Redo,
    Save,
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (0..199u16, any_value(nianbao::value::Kind::Count)).prop_map(|(cell, value)| Act::Cell(cell, value)),
        1 => Just(Act::Zero),
        1 => (0..199u16, proptest::option::of(0..99i64)).prop_map(|(cell, value)| Act::Stated(cell, value)),
        3 => (0..4u16, "[一二三，。a\\n]{0,12}").prop_map(|(text, new)| Act::Text(text, new)),
        1 => "[局办]{0,4}".prop_map(Act::Organ),
        1 => (2018..2022i32).prop_map(Act::Year),
        1 => any::<bool>().prop_map(Act::Addition),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => Just(Act::Save),
    ]
}

fn edit(report: &Report, act: &Act) -> Option<Edit> {
    Some(match act {
        Act::Cell(cell, value) => Edit::cells(report, [(CellIx(*cell), *value)]),
        Act::Zero => Edit::zero_blanks(report, report.cells().take(20).collect::<Vec<_>>()),
        Act::Stated(cell, value) => Edit::stated(report, CellIx(*cell), value.map(Value::Count)),
        Act::Text(text, new) => Edit::text(report, TextIx(*text), new),
        Act::Organ(name) => Edit::organ(report, name),
        Act::Year(year) => Edit::year(report, *year),
        Act::Addition(on) => Edit::addition(report, AdditionIx(0), *on),
        Act::Undo | Act::Redo | Act::Save => return None,
    })
}

proptest! {
    /// Undoing everything leads back to the start, redoing everything to the end, whatever was done in between; and
    /// "saved" is said exactly when the report is as it was saved.
    #[test]
    fn undo_and_redo_are_inverse(acts in proptest::collection::vec(any_act(), 0..40)) {
        let empty = Report::new(form::by_id("2019").unwrap(), "某局", 2020);
        let mut history = History::new(empty.clone());
        let mut saved = empty.clone();
        for act in &acts {
            match act {
                Act::Undo => drop(history.undo().cloned()),
                Act::Redo => drop(history.redo().cloned()),
                Act::Save => {
                    history.mark_saved();
                    saved = history.report().clone();
                }
                other => drop(history.apply(edit(history.report(), other).unwrap())),
            }
            prop_assert!(history.is_dirty() || *history.report() == saved, "told saved, but it differs");
        }
        let end = history.report().clone();
        let mut steps = 0;
        while history.undo().is_some() {
            steps += 1;
        }
        prop_assert_eq!(history.report(), &empty);
        for _ in 0..steps {
            history.redo();
        }
        prop_assert_eq!(history.report(), &end);
    }
}

#[test]
fn typing_is_undone_phrase_by_phrase() {
    let mut history = History::new(Report::new(form::by_id("2021").unwrap(), "某局", 2024));
    let text = history.report().form().find_text("s1").unwrap();
    let mut typed = String::new();
    for c in "今年以来，我局认真".chars() {
        typed.push(c);
        history.apply(Edit::text(history.report(), text, &typed));
    }
    history.undo();
    assert_eq!(history.report().text(text), "今年以来，");
    history.undo();
    assert_eq!(history.report().text(text), "");
    assert!(!history.can_undo());
    history.redo();
    assert_eq!(history.report().text(text), "今年以来，");
}

#[test]
fn an_edit_that_changes_nothing_leaves_no_trace() {
    let mut history = History::new(Report::new(form::by_id("2021").unwrap(), "某局", 2024));
    assert!(!history.apply(Edit::cells(history.report(), [(CellIx(0), Value::Blank)])));
    assert!(!history.apply(Edit::organ(history.report(), "某局")));
    // The year of another form, and a value for a computed cell, are no edits either.
    assert!(!history.apply(Edit::year(history.report(), 2020)));
    let total = history.report().form().find("t3.r1.total").unwrap();
    assert!(!history.apply(Edit::cells(history.report(), [(total, Value::Count(1))])));
    assert!(!history.can_undo() && !history.is_dirty());
}

#[test]
fn links_move_with_the_text_around_them_and_undo_brings_them_back() {
    let text = TextIx(1);
    let report = Report::new(form::by_id("2021").unwrap(), "某局", 2024)
        .with(|report| Edit::text(report, text, "收到97件，办结21件。"))
        .with(|report| {
            let link = |start: usize, of: &str| Link {
                at: start..start + 2,
                of: report.form().find_sum(of).unwrap(),
            };
            let links = vec![link(6, "t3.r1.total"), link(20, "t3.r3_1.total")];
            Edit::links(report, text, links)
        });
    let linked = |history: &History| -> Vec<String> {
        let report = history.report();
        let links = report.links(text).iter();
        links
            .map(|link| report.text(text)[link.at.clone()].to_owned())
            .collect()
    };
    let mut history = History::new(report);
    assert_eq!(linked(&history), ["97", "21"]);
    let type_in = |history: &mut History, words: &str| {
        history.apply(Edit::text(history.report(), text, words));
    };
    // Typed letter by letter before the first: one step, and both are still where they were.
    type_in(&mut history, "全收到97件，办结21件。");
    type_in(&mut history, "全年收到97件，办结21件。");
    assert_eq!(linked(&history), ["97", "21"]);
    // A number that is corrected stays linked; with its last digit the link goes.
    history.pause();
    type_in(&mut history, "全年收到9件，办结21件。");
    assert_eq!(linked(&history), ["9", "21"]);
    type_in(&mut history, "全年收到件，办结21件。");
    assert_eq!(linked(&history), ["21"]);
    history.undo();
    assert_eq!(linked(&history), ["97", "21"]);
    history.undo();
    assert_eq!(history.report().text(text), "收到97件，办结21件。");
    assert_eq!(linked(&history), ["97", "21"]);
    while history.redo().is_some() {}
    assert_eq!(linked(&history), ["21"]);
}

/// Caught in debug builds and refused in others; either way nothing of it is done.
#[test]
fn an_edit_made_for_another_state_changes_nothing() {
    let cell = CellIx(0);
    let report = Report::new(form::by_id("2021").unwrap(), "某局", 2024);
    let late = Edit::organ(&report, "某厅").and(Edit::cells(&report, [(cell, Value::Count(2))]));
    let report = report.with(|report| Edit::cells(report, [(cell, Value::Count(1))]));
    let mut history = History::new(report.clone());
    let applied = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| history.apply(late)));
    assert_eq!(applied.is_err(), cfg!(debug_assertions));
    assert!(!applied.unwrap_or(false));
    assert_eq!(history.report(), &report);
    assert!(!history.is_dirty() && !history.can_undo());
}
