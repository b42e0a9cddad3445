//! The findings at the right: each a card that says what, how much, why, and what to do.

use super::app::App;
use super::command::Command;
use super::session::Session;
use super::text::Composing;
use super::theme;
use crate::check::{Culprit, Finding, Remedy, level_name};
use crate::form::{CellIx, Level};
use crate::report::{Edit, Reason};
use egui::{Align, Button, Color32, Frame, Key, Layout, Margin, Rect, RichText, ScrollArea, Ui};

/// What was chosen on a card.
enum Choice {
    Jump(usize),
    /// A reason was typed for the finding with this key.
    Explain(String, String),
    /// The reason is typed.
    Explained,
    Show(CellIx),
    Do(Mending),
    Command(Command),
}

/// The side panel; returns the command that a card asks for.
pub fn findings_ui(ui: &mut Ui, app: &mut App) -> Option<Command> {
    let session = app.session.as_ref()?;
    let mut choice = None;
    let typing = &mut app.reasons;
    app.hovered = None;
    app.cards.follow(session.history().revision());
    Frame::NONE
        .inner_margin(Margin {
            left: 14,
            right: 14,
            top: 14,
            bottom: 4,
        })
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new("审核").font(theme::bold(15.0)));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(
                        RichText::new("F8 下一条")
                            .size(theme::SMALL_SIZE)
                            .color(theme::WEAK),
                    );
                });
            });
        });
    ScrollArea::vertical()
        .id_salt("findings")
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::NONE
                .inner_margin(Margin::symmetric(14, 4))
                .show(ui, |ui| {
                    let findings = &session.evaluation().findings;
                    if findings.is_empty() {
                        quiet_ui(ui, session);
                    }
                    app.cards.heights.resize(findings.len(), None);
                    for index in 0..findings.len() {
                        if app.cards.is_out_of_sight(ui, index) {
                            continue;
                        }
                        let top = ui.cursor().top();
                        let chosen =
                            card_ui(ui, session, typing, index, app.selected == Some(index));
                        let card = Rect::from_min_max(
                            egui::pos2(ui.min_rect().left(), top),
                            egui::pos2(ui.min_rect().right(), ui.cursor().top()),
                        );
                        if ui.rect_contains_pointer(card) {
                            app.hovered = Some(index);
                        }
                        if chosen.is_some() {
                            choice = chosen;
                        }
                        ui.add_space(8.0);
                        app.cards.heights[index] = Some(ui.cursor().top() - top);
                    }
                });
        });
    match choice {
        Some(Choice::Jump(index)) => app.jump_to_finding(index),
        Some(Choice::Show(cell)) => app.jump_to_cell(cell),
        Some(Choice::Explain(key, text)) => {
            let session = app.session.as_mut()?;
            let (report, evaluation) = (session.report(), session.evaluation());
            let about = evaluation
                .findings
                .iter()
                .find(|finding| finding.key(report.form()) == key);
            let evidence = about.map(|finding| finding.evidence(report, evaluation));
            let reason = evidence
                .as_ref()
                .and_then(|evidence| Reason::new(&text, evidence));
            let mut edit = Edit::reason(report, &key, reason);
            // A reason for just this under another key would speak for it still.
            let others = about
                .into_iter()
                .flat_map(|about| about.reason_keys(report));
            for other in others.filter(|&other| other != key) {
                let is_for_this =
                    report.reasons().get(other).map(Reason::about) == evidence.as_deref();
                if is_for_this {
                    edit = edit.and(Edit::reason(report, other, None));
                }
            }
            session.apply(edit);
        }
        Some(Choice::Explained) => {
            if let Some(session) = &mut app.session {
                session.pause();
            }
        }
        // Only now is the edit made: what was being typed is part of the report that it changes.
        Some(Choice::Do(remedy)) if app.commit() => {
            if let Some(session) = &mut app.session {
                let edit = remedy.edit(session);
                session.do_step(edit);
            }
            app.selected = None;
        }
        Some(Choice::Command(command)) => return Some(command),
        _ => {}
    }
    None
}

fn quiet_ui(ui: &mut Ui, session: &Session) {
    let words = match session.evaluation().unchecked_count() {
        0 => "没有发现问题，勾稽关系全部平衡。".to_owned(),
        n => format!("没有发现问题；还有 {n} 条勾稽关系因为有空格没有检查。"),
    };
    ui.label(RichText::new(words).color(theme::WEAK));
}

fn colour(level: Level) -> Color32 {
    match level {
        Level::Error => theme::ERROR,
        Level::Query => theme::QUERY,
        Level::Hint => theme::HINT,
    }
}

fn card_ui(
    ui: &mut Ui,
    session: &Session,
    typing: &mut ReasonFields,
    index: usize,
    selected: bool,
) -> Option<Choice> {
    let finding = &session.evaluation().findings[index];
    let mut choice = None;
    let colour = if finding.reason.is_some() {
        theme::ZERO
    } else {
        colour(finding.level)
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
    let response = frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 5.0;
            ui.spacing_mut().interact_size.y = 20.0;
            choice = contents_ui(ui, session, typing, index, finding);
        })
        .response;
    let bar = Rect::from_min_max(
        response.rect.min,
        egui::pos2(response.rect.left() + 4.0, response.rect.bottom()),
    );
    ui.painter().rect_filled(bar, theme::ROUND, colour);
    choice
}

fn contents_ui(
    ui: &mut Ui,
    session: &Session,
    typing: &mut ReasonFields,
    index: usize,
    finding: &Finding,
) -> Option<Choice> {
    let (report, form) = (session.report(), session.form());
    let mut choice = None;
    let mut title = egui::text::LayoutJob::default();
    let part = |font, colour| egui::TextFormat {
        font_id: font,
        color: colour,
        ..Default::default()
    };
    let (word, word_colour) = match finding.reason {
        Some(_) => ("已说明", theme::WEAK),
        None => (level_name(finding.level), colour(finding.level)),
    };
    title.append(word, 0.0, part(theme::bold(theme::SMALL_SIZE), word_colour));
    title.append(
        &finding.headline(report),
        8.0,
        part(theme::bold(13.5), theme::TEXT),
    );
    ui.add(egui::Label::new(title).wrap());
    if let Some((left, right)) = finding.sides(report, session.evaluation()) {
        Frame::NONE
            .fill(theme::INSET)
            .corner_radius(theme::ROUND)
            .inner_margin(Margin::symmetric(8, 5))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                for side in [&left, &right] {
                    let mut job = egui::text::LayoutJob::default();
                    job.append(
                        &format!("{} = ", side.words),
                        0.0,
                        part(theme::regular(13.0), theme::WEAK),
                    );
                    if !side.terms.is_empty() {
                        job.append(
                            &format!("{} = ", side.terms),
                            0.0,
                            part(theme::regular(13.0), theme::TEXT),
                        );
                    }
                    job.append(
                        &side.total.to_string(),
                        0.0,
                        part(theme::bold(13.0), theme::TEXT),
                    );
                    ui.add(egui::Label::new(job).wrap());
                }
                if let Some(difference) = finding.difference() {
                    ui.label(
                        RichText::new(format!("差 {difference}"))
                            .font(theme::bold(13.0))
                            .color(colour(finding.level)),
                    );
                }
            });
    } else if let Some(readings) = finding.readings(form, session.evaluation()) {
        ui.add(egui::Label::new(RichText::new(readings).size(13.0)).wrap());
    }
    if finding.level == Level::Error {
        choice = culprits_ui(ui, session, index, finding).or(choice);
    }
    if finding.wants_reason() {
        choice = reason_ui(ui, session, typing, finding).or(choice);
    }
    let wording = finding.wording(form);
    if !wording.is_empty() {
        ui.add(egui::Label::new(RichText::new(wording).size(13.0)).wrap());
    }
    ui.horizontal(|ui| {
        let remedy = finding.remedy(session.report(), session.evaluation());
        if let Some(remedy) = remedy.clone().filter(Remedy::is_edit) {
            let words = remedy.words();
            // What is explained needs no remedy any more.
            let button = match finding.reason {
                Some(_) => Button::new(RichText::new(words).size(13.0)),
                None => Button::new(RichText::new(words).color(theme::PAPER).size(13.0))
                    .fill(theme::ACCENT),
            };
            if ui.add(button).clicked() {
                choice = Some(Choice::Do(Mending::Remedy(remedy)));
            }
        }
        let command = match &remedy {
            Some(remedy @ Remedy::ChooseLastYear) => Some((Command::NewYear, remedy.words())),
            Some(remedy @ Remedy::ChangeForm) => Some((Command::ChangeForm, remedy.words())),
            _ => None,
        };
        if let Some((command, words)) = command
            && ui.button(RichText::new(words).size(13.0)).clicked()
        {
            choice = Some(Choice::Command(command));
        }
        if ui
            .link(RichText::new("定位").size(13.0).color(theme::ACCENT))
            .clicked()
        {
            choice = Some(Choice::Jump(index));
        }
    });
    ui.add(
        egui::Label::new(
            RichText::new(format!("依据：{}", finding.source(form)))
                .size(theme::SMALL_SIZE)
                .color(theme::WEAK),
        )
        .wrap(),
    );
    choice
}

/// How high the cards were when they were last drawn, so that those out of sight need not be.
#[derive(Default)]
pub struct Cards {
    heights: Vec<Option<f32>>,
    revision: u64,
}

/// Up to so many cards are all drawn, in sight or not.
const FEW: usize = 40;

impl Cards {
    /// With another list of findings nothing is known of its cards.
    fn follow(&mut self, revision: u64) {
        if self.revision != revision {
            *self = Self {
                heights: Vec::new(),
                revision,
            };
        }
    }

    /// Whether a card lies outside the panel; its room is then taken without drawing it.
    fn is_out_of_sight(&self, ui: &mut Ui, index: usize) -> bool {
        const GUESS: f32 = 120.0;
        if self.heights.len() <= FEW {
            return false;
        }
        let height = self.heights[index].unwrap_or(GUESS);
        let top = ui.cursor().top();
        let outside = top + height < ui.clip_rect().top() || top > ui.clip_rect().bottom();
        if outside {
            ui.add_space(height);
        }
        outside
    }
}

/// What is being typed as reasons until it is given.
#[derive(Default)]
pub struct ReasonFields {
    /// By the finding's key.
    texts: std::collections::BTreeMap<String, String>,
    composing: Composing,
}

/// The reason given, and a field to give one.
fn reason_ui(
    ui: &mut Ui,
    session: &Session,
    typing: &mut ReasonFields,
    finding: &Finding,
) -> Option<Choice> {
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
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_label(format!("说明原因 {}", finding.headline(session.report())))
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
        return Some(Choice::Explain(key, text));
    }
    response.lost_focus().then_some(Choice::Explained)
}

/// Which number probably is behind an error, with a button that mends it.
fn culprits_ui(ui: &mut Ui, session: &Session, index: usize, finding: &Finding) -> Option<Choice> {
    let small = |text: String| RichText::new(text).size(13.0);
    let culprits: Vec<_> = session.culprits_of(index).collect();
    let Some(best) = culprits.first() else {
        if finding.about.relation.is_some() {
            ui.label(
                small("单凭这些数字看不出是哪一格，请逐格核对。".to_owned()).color(theme::WEAK),
            );
        }
        return None;
    };
    if best.explains.iter().any(|&other| other < index) {
        ui.label(small("与上面一条是同一原因。".to_owned()).color(theme::WEAK));
        return None;
    }
    let mut choice = None;
    let in_doubt = culprits
        .get(1)
        .is_some_and(|second| !best.is_likelier_than(second));
    let lead = if in_doubt {
        "分不出是哪一格，请看原始材料；可能："
    } else {
        "最可能："
    };
    for (nth, culprit) in culprits.iter().enumerate() {
        let lead = if nth == 0 { lead } else { "也可能：" };
        let text = small(format!("{lead}{}", culprit.message(session.report())));
        ui.add(
            egui::Label::new(if nth == 0 {
                text
            } else {
                text.color(theme::WEAK)
            })
            .wrap(),
        );
        ui.horizontal(|ui| {
            let words = match culprit.changes[..] {
                [(_, _, to)] => format!("改为 {to}"),
                _ => "照此改正".to_owned(),
            };
            // Where it is a guess, no button may look like the answer.
            let button = if nth == 0 && !in_doubt {
                Button::new(RichText::new(words).color(theme::PAPER).size(13.0)).fill(theme::ACCENT)
            } else {
                Button::new(RichText::new(words).size(13.0))
            };
            if ui.add(button).clicked() {
                choice = Some(Choice::Do(Mending::Culprit((*culprit).clone())));
            }
            if ui
                .link(RichText::new("看这一格").size(13.0).color(theme::ACCENT))
                .clicked()
            {
                choice = Some(Choice::Show(culprit.changes[0].0));
            }
        });
    }
    choice
}

/// What can be done about a finding with one click.
enum Mending {
    Remedy(Remedy),
    Culprit(Culprit),
}

impl Mending {
    /// The edit for the report as it stands; nothing if its numbers are no longer those that this was for.
    fn edit(&self, session: &Session) -> Edit {
        let (report, evaluation) = (session.report(), session.evaluation());
        match self {
            Self::Remedy(remedy) => remedy.edit(report),
            Self::Culprit(culprit) if culprit.is_about(evaluation) => {
                culprit.edit(report, evaluation)
            }
            Self::Culprit(_) => Edit::default(),
        }
    }
}
