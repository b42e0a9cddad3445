//! What stands above a page: what belongs on it, how long it is, which numbers of the tables it speaks of.

use super::marks::{count_words, number_words};
use super::place::{AtPlace, menu_ui};
use super::state::TextState;
use super::tools::tools_ui;
use crate::check::Topic;
use crate::form::{TextIx, TextSpec};
use crate::ui::action::{Action, Actions};
use crate::ui::read_out::read_out;
use crate::ui::session::Session;
use crate::ui::theme;
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
    let numbers = count_words(session.recognised(text));
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

/// What the number at the caret is in the tables, and what can be done with it; the line is there before the caret is on
/// one, so that nothing moves.
fn number_ui(
    ui: &mut Ui,
    state: &TextState,
    session: &Session,
    text: TextIx,
    actions: &mut Actions,
) {
    let caret = state.caret.filter(|(at, _)| *at == text);
    let byte = caret.map(|(_, byte)| byte);
    let at = byte.map(|byte| AtPlace::of(session, text, byte));
    let number = at.as_ref().and_then(|at| at.number);
    const HEIGHT: f32 = 18.0;
    let size = egui::vec2(ui.available_width(), HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_max_height(HEIGHT);
        ui.spacing_mut().interact_size.y = 16.0;
        ui.spacing_mut().button_padding.y = 0.0;
        let link = |words: &str| RichText::new(words).size(13.0).color(theme::ACCENT);
        let put = ui.link(link("插入表中的数"));
        if put
            .on_hover_text("按名称找表里的数，写在光标处，从此与表格相连（Ctrl+J）")
            .clicked()
        {
            let end = session.report().text(text).len();
            actions.push(Action::AskNumber(text, byte.unwrap_or(end)));
        }
        let is_number = at.as_ref().is_some_and(AtPlace::is_number);
        if let Some(byte) = byte.filter(|_| is_number) {
            let button = egui::Button::new(link("这个数……")).frame_when_inactive(false);
            egui::containers::menu::MenuButton::from_button(button)
                .ui(ui, |ui| menu_ui(ui, session, text, byte, actions));
        }
        let meaning = number.and_then(|number| number.meanings.first());
        if let Some(&cell) = meaning.and_then(|of| of.cells.first())
            && ui.link(link("看这一格")).clicked()
        {
            actions.push(Action::ShowCell(cell));
        }
        let said = at.and_then(|at| said_of(session, text, &at));
        let words = match &said {
            Some(words) => RichText::new(words).size(13.0),
            None if session.recognised(text).is_empty() => weak(""),
            None => weak("光标放在下面有线的数上，这里说它是表里的哪个数"),
        };
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let shown = ui.add(Label::new(words).truncate());
            if let Some(said) = &said {
                read_out(&shown, said);
            }
        });
    });
}

/// What is said of the number at a place.
fn said_of(session: &Session, text: TextIx, at: &AtPlace<'_>) -> Option<String> {
    let words = |at: &std::ops::Range<usize>| {
        let text = session.report().text(text);
        text.get(at.clone()).unwrap_or_default().to_owned()
    };
    if let Some(number) = at.number {
        return Some(number_words(session, text, number));
    }
    if let Some(out) = &at.ruled_out {
        return Some(format!("“{}”：已定为不是表里的数", words(out)));
    }
    let digits = at.digits.as_ref()?;
    Some(format!("“{}”：没有认出是表里的数", words(digits)))
}
