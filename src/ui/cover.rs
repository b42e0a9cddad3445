//! 封面: whose report it is, by which form, and how far it is.

use super::action::{Action, Actions};
use super::session::{Progress, Session};
use super::tab::Tab;
use super::{sheet, text, theme};
use crate::check::level_name;
use crate::export::signature;
use crate::form::{AdditionIx, Level};
use crate::report::Edit;
use egui::{Grid, RichText, TextEdit, Ui};

/// The cover.
pub fn cover_ui(
    ui: &mut Ui,
    texts: &mut text::TextState,
    session: &mut Session,
    shows_last: bool,
    actions: &mut Actions,
) {
    const WIDEST: f32 = 760.0;
    sheet::sheet_ui(ui, "cover", 420.0, |ui, width| {
        let width = width.min(WIDEST);
        ui.set_max_width(width);
        ui.vertical_centered(|ui| {
            ui.add_space(6.0);
            ui.label(RichText::new(session.report().title()).font(theme::bold(20.0)));
            ui.add_space(12.0);
        });
        facts_ui(ui, texts, session, width);
        ui.add_space(14.0);
        progress_ui(ui, session, actions);
        let form = session.form().clone();
        if let Some(preamble) = form.find_text("preamble") {
            ui.add_space(14.0);
            let name = &form.text(preamble).name;
            ui.label(RichText::new(name).font(theme::bold(theme::TEXT_SIZE)));
            let room = text::Room { width, rows: 4 };
            text::with_last_ui(ui, texts, session, preamble, shows_last, room, actions);
        }
    });
}

/// What the report is.
fn facts_ui(ui: &mut Ui, texts: &mut text::TextState, session: &mut Session, width: f32) {
    let mut edits = Vec::new();
    Grid::new("cover-facts")
        .num_columns(2)
        .spacing([16.0, 10.0])
        .show(ui, |ui| {
            organ_ui(ui, texts, session, width, &mut edits);
            year_ui(ui, session, &mut edits);
            let form = session.form();
            ui.label("适用格式");
            let words = format!("{}，{}《{}》", form.name, form.doc_no, form.doc_title);
            ui.add(egui::Label::new(words).wrap());
            ui.end_row();
            prior_ui(ui, session);
            additions_ui(ui, session, &mut edits);
            signature_ui(ui, texts, session, width, &mut edits);
        });
    for edit in edits {
        session.apply(edit);
    }
}

fn organ_ui(
    ui: &mut Ui,
    texts: &mut text::TextState,
    session: &mut Session,
    width: f32,
    edits: &mut Vec<Edit>,
) {
    const WIDEST: f32 = 560.0;
    let label = ui.label("单位名称");
    let id = egui::Id::unique("organ");
    let current = session.report().organ();
    let (response, whole) = texts.composing.field(ui, id, current, |ui, organ| {
        let field = TextEdit::singleline(organ)
            .id(id)
            .desired_width(width.min(WIDEST))
            .margin(egui::Margin::symmetric(8, 5));
        ui.add(field).labelled_by(label.id)
    });
    if let Some(organ) = whole {
        edits.push(Edit::organ(session.report(), &organ));
    }
    if response.lost_focus() {
        session.pause();
    }
    ui.end_row();
}

fn year_ui(ui: &mut Ui, session: &Session, edits: &mut Vec<Edit>) {
    ui.label("报告年度");
    ui.horizontal(|ui| {
        let (form, year) = (session.form(), session.report().year());
        for (sign, other) in [("−", year - 1), ("＋", year + 1)] {
            let fits = form.years.contains(other);
            let hint = if fits {
                format!("改为 {other} 年")
            } else {
                format!("{other} 年度不用{}，请新建一份", form.name)
            };
            if sign == "＋" {
                let words = RichText::new(format!("{year} 年"));
                ui.label(words.font(theme::bold(theme::TEXT_SIZE)));
            }
            if ui
                .add_enabled(fits, egui::Button::new(sign))
                .on_hover_text(&hint)
                .on_disabled_hover_text(&hint)
                .clicked()
            {
                edits.push(Edit::year(session.report(), other));
            }
        }
    });
    ui.end_row();
}

/// Where last year's figures come from.
fn prior_ui(ui: &mut Ui, session: &Session) {
    ui.label("上年数");
    match session.report().prior() {
        Some(prior) => {
            let words = format!(
                "{} {} 年度，来自 {}",
                prior.figures.organ(),
                prior.figures.year(),
                prior.source
            );
            let hint = format!("这个文件的 SHA-256：{}", prior.sha256);
            ui.add(egui::Label::new(words).wrap()).on_hover_text(hint);
        }
        None => {
            let words = "没有带入；用上面的“上年对照”选择上年的年报";
            ui.label(RichText::new(words).color(theme::WEAK));
        }
    }
    ui.end_row();
}

/// Rows that a region adds to the form.
fn additions_ui(ui: &mut Ui, session: &Session, edits: &mut Vec<Edit>) {
    let form = session.form();
    if form.additions.is_empty() {
        return;
    }
    ui.label("地方附加行");
    ui.vertical(|ui| {
        for (ix, addition) in (0..).map(AdditionIx).zip(&form.additions) {
            let mut on = session.report().has_addition(ix);
            let response = ui.checkbox(&mut on, &addition.name);
            if response.on_hover_text(&addition.source).changed() {
                edits.push(Edit::addition(session.report(), ix, on));
            }
        }
    });
    ui.end_row();
}

/// Who signs, and when.
fn signature_ui(
    ui: &mut Ui,
    texts: &mut text::TextState,
    session: &mut Session,
    width: f32,
    edits: &mut Vec<Edit>,
) {
    const WIDEST: f32 = 560.0;
    const DATE: f32 = 170.0;
    let label = ui.label("落款");
    let old = session
        .report()
        .notes()
        .signature
        .clone()
        .unwrap_or_default();
    let mut new = old.clone();
    let width = width.min(WIDEST);
    let mut paused = false;
    ui.vertical(|ui| {
        ui.horizontal(|ui| {
            let organ = ("signature-organ", "落款单位", width - DATE - 24.0);
            let date = ("signature-date", "落款日期，如 2025年1月20日", DATE);
            for ((id, hint, width), part) in [(organ, &mut new.organ), (date, &mut new.date)] {
                let id = egui::Id::unique(id);
                let (response, whole) = texts.composing.field(ui, id, part, |ui, words| {
                    let field = TextEdit::singleline(words)
                        .id(id)
                        .hint_text(hint)
                        .desired_width(width)
                        .margin(egui::Margin::symmetric(8, 5));
                    ui.add(field).labelled_by(label.id)
                });
                if let Some(whole) = whole {
                    *part = whole;
                }
                paused |= response.lost_focus();
            }
        });
        let words = match signature::printed(session.report()) {
            Some(printed) if printed.typed.is_some() => {
                "正文末尾已经写了落款，导出时靠右印那一处，这里的不再印"
            }
            _ => "可不写；印在第六部分下面靠右",
        };
        ui.label(RichText::new(words).color(theme::WEAK));
    });
    if new != old {
        edits.push(Edit::signature(session.report(), new));
    }
    if paused {
        session.pause();
    }
    ui.end_row();
}

/// How far each section is.
fn progress_ui(ui: &mut Ui, session: &Session, actions: &mut Actions) {
    ui.label(RichText::new("填写进度").font(theme::bold(theme::TEXT_SIZE)));
    ui.spacing_mut().interact_size.y = 20.0;
    for (index, section) in session.form().sections.iter().enumerate() {
        ui.horizontal(|ui| {
            if ui.link(&section.heading).clicked() {
                actions.push(Action::GoTo(Tab::Section(index)));
            }
            for (level, colour) in [
                (Level::Error, theme::ERROR),
                (Level::Query, theme::QUERY),
                (Level::Hint, theme::HINT),
            ] {
                let open = session
                    .findings_of(index)
                    .filter(|(_, finding)| finding.level == level && finding.reason.is_none())
                    .filter(|(_, finding)| !session.is_to_come(finding));
                let count = open.count();
                if count > 0 {
                    ui.colored_label(colour, format!("{} {count}", level_name(level)));
                }
            }
            match (session.progress(index), session.progress(index).words()) {
                (Progress::Fine | Progress::AllZero, Some(words)) => {
                    ui.colored_label(theme::FINE, format!("✓ {words}"));
                }
                (_, Some(words)) => {
                    ui.colored_label(theme::WEAK, words);
                }
                (_, None) => {}
            }
        });
    }
}
