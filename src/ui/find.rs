//! 查找: in the tables, the texts and the findings.

use super::action::{Action, Actions};
use super::session::Session;
use super::theme;
use crate::form::{CellIx, TextIx, with_year};
use egui::{Key, Modifiers, RichText, TextEdit, Ui};
use std::ops::Range;

/// The search, while its bar is open.
#[derive(Default)]
pub struct Find {
    query: String,
    /// The hit that was shown last.
    at: Option<usize>,
    want_focus: bool,
}

impl Find {
    /// A search that waits for words.
    pub fn open() -> Self {
        Self {
            want_focus: true,
            ..Self::default()
        }
    }
}

/// Something found.
#[derive(Clone, Debug, PartialEq)]
enum Hit {
    Cell(CellIx),
    Text(TextIx, Range<usize>),
    Finding(usize),
}

/// Everything that holds the words, in the form's order.
fn hits(session: &Session, query: &str) -> Vec<Hit> {
    if query.is_empty() {
        return Vec::new();
    }
    let (report, form) = (session.report(), session.form());
    let mut hits = Vec::new();
    for cell in report.cells() {
        let name = || with_year(&form.full_name(cell), report.year());
        if session.shown(cell) == query || name().contains(query) {
            hits.push(Hit::Cell(cell));
        }
    }
    for (text, _) in form.indexed_texts() {
        let found = report.text(text).match_indices(query);
        hits.extend(found.map(|(at, words)| Hit::Text(text, at..at + words.len())));
    }
    for (index, finding) in session.evaluation().findings.iter().enumerate() {
        if finding.headline(report).contains(query) {
            hits.push(Hit::Finding(index));
        }
    }
    hits
}

/// The bar.
pub fn find_ui(ui: &mut Ui, find: &mut Find, session: &Session, actions: &mut Actions) {
    let mut step = 0;
    let mut closed = false;
    let mut all = Vec::new();
    ui.horizontal(|ui| {
        ui.set_height(36.0);
        let label = ui.label("查找");
        let field = TextEdit::singleline(&mut find.query)
            .id(egui::Id::unique("find"))
            .hint_text("行名、数字、正文或审核结果")
            .desired_width(260.0)
            .return_key(None)
            .event_filter(egui::EventFilter {
                escape: true,
                ..Default::default()
            })
            .margin(egui::Margin::symmetric(8, 4));
        let response = ui.add(field).labelled_by(label.id);
        if std::mem::take(&mut find.want_focus) {
            response.request_focus();
        }
        if response.changed() {
            find.at = None;
        }
        all = hits(session, find.query.trim());
        if response.has_focus() {
            // Taken out, so that the cell that is found does not see them too.
            let (enter, back, escape) = ui.input_mut(|input| {
                let back = input.consume_key(Modifiers::SHIFT, Key::Enter);
                (
                    input.consume_key(Modifiers::NONE, Key::Enter) || back,
                    back,
                    input.consume_key(Modifiers::NONE, Key::Escape),
                )
            });
            if enter {
                step = if back { -1 } else { 1 };
            }
            closed = escape;
        }
        if ui.button("上一处").clicked() {
            step = -1;
        }
        if ui.button("下一处").clicked() {
            step = 1;
        }
        let words = match (find.query.trim().is_empty(), all.len(), find.at) {
            (true, ..) => String::new(),
            (false, 0, _) => "没有找到".to_owned(),
            (false, n, Some(at)) => format!("第 {} 处，共 {n} 处", at + 1),
            (false, n, None) => format!("共 {n} 处，按回车逐处查看"),
        };
        ui.label(RichText::new(words).color(theme::WEAK));
        closed |= ui.button("关闭").clicked();
    });
    if step != 0 && !all.is_empty() {
        let len = all.len() as isize;
        let from = find
            .at
            .map_or(if step > 0 { -1 } else { len }, |at| at as isize);
        let at = (from + step).rem_euclid(len) as usize;
        find.at = Some(at);
        actions.push(match all[at].clone() {
            Hit::Cell(cell) => Action::ShowCell(cell),
            Hit::Text(text, range) => Action::ShowText(text, Some(range)),
            Hit::Finding(index) => Action::ShowFinding(index),
        });
        // The words stay under the fingers: Enter goes on to the next place.
        find.want_focus = true;
    }
    if closed {
        actions.push(Action::CloseFind);
    }
}
