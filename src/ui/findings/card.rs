//! One finding: what is wrong, by how much, what probably is behind it, what to do.

use super::culprits::culprits_ui;
use super::hands::Hands;
use super::reason::{ReasonFields, reason_ui};
use crate::check::{Finding, Remedy, level_name};
use crate::form::Level;
use crate::ui::action::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::mending::Mending;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::small_main_button;
use egui::{Color32, Frame, Margin, Rect, Response, RichText, Ui};

fn colour(level: Level) -> Color32 {
    match level {
        Level::Error => theme::ERROR,
        Level::Query => theme::QUERY,
        Level::Hint => theme::HINT,
    }
}

/// One finding; returns its title.
pub fn card_ui(
    ui: &mut Ui,
    session: &Session,
    typing: &mut ReasonFields,
    index: usize,
    selected: bool,
    mut hands: Hands,
    actions: &mut Actions,
) -> Response {
    let finding = &session.evaluation().findings[index];
    let colour = match finding.reason.is_some() || session.is_to_come(finding) {
        true => theme::ZERO,
        false => colour(finding.level),
    };
    let edge = if selected {
        theme::ACCENT
    } else {
        colour.gamma_multiply(0.35)
    };
    let frame = Frame::NONE
        .fill(theme::PAPER)
        .stroke(egui::Stroke::new(if selected { 1.5 } else { 1.0 }, edge))
        .corner_radius(theme::ROUND)
        .inner_margin(Margin {
            left: 14,
            right: 12,
            top: 9,
            bottom: 9,
        });
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 5.0;
        ui.spacing_mut().interact_size.y = 20.0;
        let title = title_ui(ui, session, finding);
        contents_ui(ui, session, typing, index, finding, &mut hands, actions);
        title
    });
    hands.settle(ui);
    let card = shown.response.rect;
    let bar = Rect::from_min_max(card.min, egui::pos2(card.left() + 4.0, card.bottom()));
    ui.painter().rect_filled(bar, theme::ROUND, colour);
    shown.inner
}

fn contents_ui(
    ui: &mut Ui,
    session: &Session,
    typing: &mut ReasonFields,
    index: usize,
    finding: &Finding,
    hands: &mut Hands,
    actions: &mut Actions,
) {
    let form = session.form();
    if !sides_ui(ui, session, finding)
        && let Some(readings) = finding.readings(form, session.evaluation())
    {
        ui.add(egui::Label::new(RichText::new(readings).size(13.0)).wrap());
    }
    if finding.level == Level::Error || session.culprits_of(index).next().is_some() {
        culprits_ui(ui, session, index, finding, hands, actions);
    }
    // What has not been begun wants filling in, not excusing.
    if finding.wants_reason() && !session.is_to_come(finding) {
        reason_ui(ui, session, typing, finding, hands, actions);
    }
    let wording = finding.wording(form);
    if !wording.is_empty() {
        ui.add(egui::Label::new(RichText::new(wording).size(13.0)).wrap());
    }
    buttons_ui(ui, session, index, finding, hands, actions);
    let source = RichText::new(format!("依据：{}", finding.source(form)));
    let source = source.size(theme::SMALL_SIZE).color(theme::WEAK);
    ui.add(egui::Label::new(source).wrap());
}

fn part(font: egui::FontId, colour: Color32) -> egui::TextFormat {
    egui::TextFormat {
        font_id: font,
        color: colour,
        ..Default::default()
    }
}

/// How a finding stands, in a word.
fn standing(session: &Session, finding: &Finding) -> (&'static str, Color32) {
    match finding.reason {
        Some(_) => ("已说明", theme::WEAK),
        None if session.is_to_come(finding) => ("还没有填", theme::WEAK),
        None => (level_name(finding.level), colour(finding.level)),
    }
}

/// What a card says at its top, as it is read out.
pub fn spoken_title(session: &Session, finding: &Finding) -> String {
    let (word, _) = standing(session, finding);
    let headline = finding.headline(session.report());
    let difference = finding.difference().map(|by| format!("，差 {by}"));
    format!("{word} {headline}{}", difference.unwrap_or_default())
}

fn title_ui(ui: &mut Ui, session: &Session, finding: &Finding) -> Response {
    let mut title = egui::text::LayoutJob::default();
    let (word, word_colour) = standing(session, finding);
    title.append(word, 0.0, part(theme::bold(theme::SMALL_SIZE), word_colour));
    title.append(
        &finding.headline(session.report()),
        8.0,
        part(theme::bold(13.5), theme::TEXT),
    );
    ui.add(egui::Label::new(title).wrap())
}

/// The two sides of an equation that do not agree; `false` if the finding is about none.
fn sides_ui(ui: &mut Ui, session: &Session, finding: &Finding) -> bool {
    let Some((left, right)) = finding.sides(session.report(), session.evaluation()) else {
        return false;
    };
    Frame::NONE
        .fill(theme::INSET)
        .corner_radius(theme::ROUND)
        .inner_margin(Margin::symmetric(8, 5))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            for side in [&left, &right] {
                let mut job = egui::text::LayoutJob::default();
                let mut add =
                    |words: &str, font, colour| job.append(words, 0.0, part(font, colour));
                let words = format!("{} = ", side.words);
                add(&words, theme::regular(13.0), theme::WEAK);
                if !side.terms.is_empty() {
                    let terms = format!("{} = ", side.terms);
                    add(&terms, theme::regular(13.0), theme::TEXT);
                }
                add(&side.total.to_string(), theme::bold(13.0), theme::TEXT);
                ui.add(egui::Label::new(job).wrap());
            }
            if let Some(difference) = finding.difference() {
                let words = RichText::new(format!("差 {difference}")).font(theme::bold(13.0));
                ui.label(words.color(colour(finding.level)));
            }
        });
    true
}

/// What can be done about it.
fn buttons_ui(
    ui: &mut Ui,
    session: &Session,
    index: usize,
    finding: &Finding,
    hands: &mut Hands,
    actions: &mut Actions,
) {
    let about = finding.headline(session.report());
    let remedies = finding.remedies(session.report(), session.evaluation());
    if let Some(but) = &remedies.but {
        let words = RichText::new(but).size(13.0).color(theme::WEAK);
        ui.add(egui::Label::new(words).wrap());
    }
    ui.horizontal_wrapped(|ui| {
        // What is explained needs no remedy any more.
        let is_open = finding.reason.is_none() && !session.is_to_come(finding);
        for (nth, remedy) in remedies.all.iter().enumerate() {
            let words = remedy.words();
            let command = match remedy {
                Remedy::ChooseLastYear => Some(Command::NewYear),
                Remedy::ChangeForm => Some(Command::ChangeForm),
                _ => None,
            };
            let is_blue = nth == 0 && remedies.is_plain && is_open && command.is_none();
            let pressed = if is_blue {
                hands.blue(&small_main_button(ui, &words), &about)
            } else {
                let response = ui.button(RichText::new(words).size(13.0));
                hands.other(&response, &about);
                response.clicked()
            };
            if pressed {
                actions.push(match command {
                    Some(command) => Action::Command(command),
                    None => Action::Mend(Mending::Remedy(remedy.clone())),
                });
            }
        }
        let response = ui.link(RichText::new("定位").size(13.0).color(theme::ACCENT));
        hands.other(&response, &about);
        if response.clicked() {
            actions.push(Action::ShowFinding(index));
        }
    });
}
