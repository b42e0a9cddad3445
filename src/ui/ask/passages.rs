//! 写一段: a paragraph from the tables' own numbers, looked at before it goes into the text.

use crate::compose::{Composed, compose, offered};
use crate::form::{CellIx, TextIx, with_year};
use crate::ui::action::Action;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::{default_button, focus_ring, heading};
use egui::{Key, Label, RichText, Ui};

/// Which paragraph goes into a text.
pub struct Passages {
    text: TextIx,
    chosen: usize,
}

impl Passages {
    /// Asks for a paragraph for this text.
    pub fn new(text: TextIx) -> Self {
        Self { text, chosen: 0 }
    }
}

/// Shows what can be written and asks which of it.
pub fn passages_ui(ui: &mut Ui, asked: &mut Passages, session: &Session) -> Option<Action> {
    let (report, evaluation) = (session.report(), session.evaluation());
    let all: Vec<_> = offered(session.form(), asked.text).collect();
    let name = &session.form().text(asked.text).name;
    heading(ui, "写一段");
    ui.label(format!(
        "按表里的数写成一段，放在“{name}”光标所在的地方，再接着改。"
    ));
    ui.add_space(6.0);
    let pressed = |keys: [Key; 2]| ui.input(|input| keys.iter().any(|&key| input.key_pressed(key)));
    let step = isize::from(pressed([Key::ArrowDown, Key::ArrowRight]))
        - isize::from(pressed([Key::ArrowUp, Key::ArrowLeft]));
    let last = all.len().saturating_sub(1);
    asked.chosen = asked.chosen.saturating_add_signed(step).min(last);
    ui.horizontal_wrapped(|ui| {
        for (nth, passage) in all.iter().enumerate() {
            let response = ui.selectable_label(asked.chosen == nth, &passage.name);
            focus_ring(ui, &response);
            if response.clicked() {
                asked.chosen = nth;
            }
        }
    });
    ui.add_space(6.0);
    let passage = all.get(asked.chosen)?;
    let composed = compose(report, evaluation, passage);
    remarks_ui(ui, session, &composed);
    egui::Frame::NONE
        .fill(theme::INSET)
        .stroke(egui::Stroke::new(1.0, theme::LINE))
        .corner_radius(theme::ROUND)
        .inner_margin(egui::Margin::symmetric(12, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let words = match composed.words.words() {
                "" => RichText::new("表里还没有填，写不出来。").color(theme::WEAK),
                words => RichText::new(words),
            };
            ui.add(Label::new(words).wrap());
        });
    if !passage.note.is_empty() {
        let note = RichText::new(format!("{}。", passage.note));
        ui.add(Label::new(note.size(13.0).color(theme::WEAK)).wrap());
    }
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        let can = !composed.words.words().is_empty();
        let goes = ui.add_enabled_ui(can, |ui| default_button(ui, "写进正文"));
        if goes.inner {
            reply = Some(Action::Insert(asked.text, composed.words));
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}

/// What is to be known before such a paragraph is written.
fn remarks_ui(ui: &mut Ui, session: &Session, composed: &Composed) {
    const MOST: usize = 3;
    let report = session.report();
    let mut remark = |words: String| {
        ui.add(Label::new(RichText::new(words).size(13.0).color(theme::QUERY)).wrap());
    };
    if !composed.unbalanced.is_empty() {
        let findings = composed.unbalanced.iter();
        let findings = findings.filter_map(|&at| session.evaluation().findings.get(at));
        let headlines: Vec<String> = findings.take(MOST).map(|it| it.headline(report)).collect();
        let more = match composed.unbalanced.len() {
            n if n > MOST => format!("等 {n} 处"),
            _ => String::new(),
        };
        let headlines = headlines.join("；");
        remark(format!("表还不平，先改平再写：{headlines}{more}"));
    }
    if !composed.blanks.is_empty() {
        let name = |&cell: &CellIx| with_year(&session.form().full_name(cell), report.year());
        let names: Vec<String> = composed.blanks.iter().take(MOST).map(name).collect();
        let more = match composed.blanks.len() {
            n if n > MOST => format!("等 {n} 格"),
            _ => String::new(),
        };
        let names = names.join("；");
        remark(format!("空白的没有写：{names}{more}"));
    }
}
