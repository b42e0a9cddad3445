//! The reason given for a finding, and the field to give one.

use super::hands::Hands;
use crate::check::Finding;
use crate::report::{Edit, Reason};
use crate::ui::action::{Action, Actions};
use crate::ui::session::Session;
use crate::ui::text::Composing;
use crate::ui::theme;
use egui::{Key, Margin, RichText, Ui};

/// What is being typed as reasons until it is given.
#[derive(Default)]
pub struct ReasonFields {
    /// By the finding's key.
    texts: std::collections::BTreeMap<String, String>,
    composing: Composing,
}

/// The reason given, and a field to give one.
pub fn reason_ui(
    ui: &mut Ui,
    session: &Session,
    typing: &mut ReasonFields,
    finding: &Finding,
    hands: &mut Hands,
    actions: &mut Actions,
) {
    let form = session.form();
    let key = finding.key(form);
    let given = finding.reason.clone().unwrap_or_default();
    let earlier = session.report().reasons().get(&key);
    if finding.reason.is_none() && earlier.is_some() {
        ui.label(
            RichText::new("数字变了，原来的说明要重新确认。")
                .size(13.0)
                .color(theme::QUERY),
        );
    }
    let start = || {
        if given.is_empty() {
            earlier.map_or(String::new(), |r| r.text().to_owned())
        } else {
            given.clone()
        }
    };
    let current = typing.texts.get(&key).cloned().unwrap_or_else(start);
    let id = egui::Id::unique(("reason", &key));
    let (response, whole) = typing.composing.field(ui, id, &current, |ui, text| {
        let field = egui::TextEdit::singleline(text)
            .id(id)
            .hint_text(format!("说明原因（至少 {} 个字）", Reason::LEAST))
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(8, 4))
            .font(theme::regular(13.0));
        ui.add(field)
    });
    hands.field(&response);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_label(format!("说明原因 {}", finding.headline(session.report())));
    });
    let typed = whole.is_some();
    if let Some(whole) = &whole {
        typing.texts.insert(key.clone(), whole.clone());
    }
    let text = whole.unwrap_or(current);
    let enough = Reason::new(&text, "").is_some();
    let is_short = typing.texts.contains_key(&key) && !enough && !text.trim().is_empty();
    if is_short {
        ui.label(
            RichText::new("还太短，请写清楚为什么是对的。")
                .size(theme::SMALL_SIZE)
                .color(theme::WEAK),
        );
    }
    if response.lost_focus() {
        if is_short && ui.input(|input| input.key_pressed(Key::Enter)) {
            // Else what is typed on would go into the table.
            response.request_focus();
        }
        if !is_short {
            typing.texts.remove(&key);
        }
    }
    // Every letter counts at once, so that nothing is lost if the window closes now; the last word may come in the same
    // frame as the key that leaves the field.
    if typed && (enough || earlier.is_some()) {
        actions.push(Action::Edit(explain(session, finding, &key, &text)));
    } else if response.lost_focus() {
        actions.push(Action::PauseTyping);
    }
}

/// The edit that gives a finding its reason under this key.
fn explain(session: &Session, finding: &Finding, key: &str, text: &str) -> Edit {
    let report = session.report();
    let evidence = finding.evidence(report, session.evaluation());
    let mut edit = Edit::reason(report, key, Reason::new(text, &evidence));
    // A reason for just this under another key would speak for it still.
    for other in finding.reason_keys(report) {
        let is_for_this = report.reasons().get(other).map(Reason::about) == Some(&*evidence);
        if other != key && is_for_this {
            edit = edit.and(Edit::reason(report, other, None));
        }
    }
    edit
}
