//! What stands above a page: what belongs on it, how long it is, which numbers of the tables it speaks of.

use super::marks::{count_words, number_words};
use super::state::TextState;
use super::tools::tools_ui;
use crate::check::Topic;
use crate::form::{TextIx, TextSpec};
use crate::ui::action::{Action, Actions};
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::read_out;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Id, Label, Layout, RichText, Ui};

fn weak(words: &str) -> RichText {
    RichText::new(words).size(13.0).color(theme::WEAK)
}

/// What stands above the text.
pub fn head_ui(
    ui: &mut Ui,
    state: &mut TextState,
    session: &Session,
    text: TextIx,
    spec: &TextSpec,
    actions: &mut Actions,
) {
    let id = Id::unique(("text", &session.form().id, &spec.id));
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        counts_ui(ui, state, session, text, id);
        tools_ui(ui, session, text, actions);
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            ui.add(Label::new(weak(&spec.hint)).wrap());
        });
    });
    let topics = session.topics(text);
    // Once something is written, what is still missing says more than the list of all.
    if topics.is_empty() || session.report().text(text).trim().is_empty() {
        if !spec.advice.is_empty() {
            ui.label(weak(&format!("包括：{}", spec.advice.join("；"))));
        }
    } else {
        topics_ui(ui, &topics, text, actions);
    }
    number_ui(ui, state, session, text, actions);
    let revision = session.history().revision();
    let tidied = state.tidied.as_ref();
    if let Some((.., words)) = tidied.filter(|(at, then, _)| *at == text && *then == revision) {
        ui.label(weak(&format!("粘贴时已{words}；Ctrl+Z 撤销这次粘贴")));
    }
    ui.add_space(2.0);
    ui.separator();
}

/// How long the text is, and how many of its numbers are those of the tables.
fn counts_ui(ui: &mut Ui, state: &mut TextState, session: &Session, text: TextIx, id: Id) {
    let count = session.report().text(text).chars();
    let count = count.filter(|c| !c.is_whitespace()).count();
    let mut job = LayoutJob::default();
    let mut add = |words: &str, color| {
        let font_id = theme::regular(13.0);
        job.append(
            words,
            0.0,
            TextFormat {
                font_id,
                color,
                ..TextFormat::default()
            },
        );
    };
    if state.composing.is_in(id) {
        add("正在输入…… · ", theme::WEAK);
    }
    add(&format!("{count} 字"), theme::WEAK);
    let numbers = count_words(state.marks.follow(session, text));
    if !numbers.is_empty() {
        add(" · ", theme::WEAK);
    }
    for (words, colour) in numbers {
        add(&words, colour);
    }
    ui.label(job);
}

/// The topics that belong into the text, ticked as they are covered; a click shows where.
fn topics_ui(ui: &mut Ui, topics: &[Topic<'_>], text: TextIx, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 16.0;
        ui.spacing_mut().item_spacing.x = 14.0;
        for topic in topics {
            let Some(at) = topic.covered.clone() else {
                let words = format!("○ {} 还没有写到", topic.name);
                ui.label(RichText::new(words).size(13.0).color(theme::HINT));
                continue;
            };
            let words = RichText::new(format!("✓ {}", topic.name)).size(13.0);
            let label = Label::new(words.color(theme::FINE)).sense(egui::Sense::click());
            if ui.add(label).on_hover_text("看写在哪里").clicked() {
                actions.push(Action::ShowText(text, Some(at)));
            }
        }
    });
}

/// What the number at the caret is in the tables; the line is there before the caret is on one, so that nothing moves.
fn number_ui(
    ui: &mut Ui,
    state: &TextState,
    session: &Session,
    text: TextIx,
    actions: &mut Actions,
) {
    if state.marks.is_empty() {
        return;
    }
    let caret = state.caret.filter(|(at, _)| *at == text);
    let number = caret.and_then(|(_, byte)| state.marks.at(byte));
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 16.0;
        let Some(number) = number else {
            ui.label(weak("光标放在下面有线的数上，这里说它是表里的哪个数"));
            return;
        };
        let words = number_words(session, text, number);
        read_out(&ui.add(Label::new(RichText::new(words).size(13.0)).truncate()));
        if let Some(&cell) = number.meanings.first().and_then(|of| of.cells.first())
            && ui.link(RichText::new("看这一格").size(13.0)).clicked()
        {
            actions.push(Action::ShowCell(cell));
        }
    });
}
