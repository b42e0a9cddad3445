//! The bottom line: the selection's sum, the cell's full name, the verdict.

use super::app::App;
use super::session::Session;
use super::theme;
use crate::check::level_name;
use crate::form::{CellIx, Level};
use crate::report::Edit;
use egui::{Align, Layout, RichText, Ui};
use rust_decimal::Decimal;

/// The status line.
pub fn status_ui(ui: &mut Ui, app: &mut App) {
    let cell = app.active_cell();
    let selected = app.selected_cells();
    let Some(session) = &app.session else { return };
    let mut adopt = None;
    ui.horizontal(|ui| {
        ui.set_height(32.0);
        let small = |text: String| RichText::new(text).size(13.0);
        if let Some(cell) = cell {
            ui.label(small(sums(session, &selected)));
            ui.add_space(8.0);
            let name =
                crate::form::with_year(&session.form().full_name(cell), session.report().year());
            ui.label(small(name));
            if !session.last(cell).is_empty() {
                ui.label(small(format!("上年 {}", session.last(cell))).color(theme::WEAK));
            }
            let source = app
                .review
                .as_ref()
                .and_then(|review| review.status(session.report(), cell));
            if let Some(words) = source {
                ui.label(small(words).color(theme::ACCENT));
            } else if let Some(origin) = origin(session, cell) {
                ui.label(small(origin).color(theme::WEAK));
            }
            if let Some(stated) = session.report().stated(cell) {
                let computed = session.evaluation().value(cell);
                ui.colored_label(theme::ERROR, format!("原填值 {stated}，计算值 {computed}"));
                if ui.small_button("采用计算值").clicked() {
                    adopt = Some(Edit::stated(session.report(), cell, None));
                }
            } else if session.form().cell(cell).computed {
                let words = if session.evaluation().is_complete(cell) {
                    "自动计算"
                } else {
                    "自动计算，还有空格没填"
                };
                ui.label(small(words.to_owned()).color(theme::WEAK));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(small(format!("{:.0} %", ui.ctx().zoom_factor() * 100.0)).color(theme::WEAK));
            ui.add_space(8.0);
            verdict_ui(ui, app);
        });
    });
    if let (Some(edit), Some(session)) = (adopt, &mut app.session) {
        session.apply(edit);
    }
}

/// Where the number in a cell comes from, and its parts.
fn origin(session: &Session, cell: CellIx) -> Option<String> {
    let report = session.report();
    let parts: Vec<String> = report
        .addends(cell)
        .iter()
        .map(|part| format!("{} {}", part.name, part.value))
        .collect();
    match report.origin(cell) {
        Some(_) if !parts.is_empty() => Some(format!("分项：{}", parts.join(" + "))),
        Some(origin) => Some(format!("来源：{}", origin.name())),
        None if report.value(cell).is_blank() || session.form().cell(cell).computed => None,
        None => Some("来源：手填".to_owned()),
    }
}

/// What a selection comes to, as spreadsheets say it.
fn sums(session: &Session, selected: &[CellIx]) -> String {
    let numbers: Vec<Decimal> = selected
        .iter()
        .filter_map(|&cell| session.evaluation().effective(cell).decimal())
        .collect();
    let sum = numbers
        .iter()
        .copied()
        .fold(Decimal::ZERO, Decimal::saturating_add);
    let mut words = format!("求和 {sum}    计数 {}", numbers.len());
    if numbers.len() > 1 {
        let mean = (sum / Decimal::from(numbers.len())).round_dp(2).normalize();
        words.push_str(&format!("    平均 {mean}"));
    }
    words
}

/// `必改 n · 需说明 n · 提示 n · 未检查 n`
fn verdict_ui(ui: &mut Ui, app: &App) {
    let Some(session) = &app.session else { return };
    let evaluation = session.evaluation();
    let mut job = egui::text::LayoutJob::default();
    let part = |font, colour| egui::TextFormat {
        font_id: font,
        color: colour,
        ..Default::default()
    };
    for (level, colour) in [
        (Level::Error, theme::ERROR),
        (Level::Query, theme::QUERY),
        (Level::Hint, theme::HINT),
    ] {
        let n = evaluation.count(level);
        let format = if n > 0 && level == Level::Error {
            part(theme::bold(13.0), colour)
        } else {
            part(
                theme::regular(13.0),
                if n > 0 { colour } else { theme::WEAK },
            )
        };
        job.append(&format!("{} {n}", level_name(level)), 0.0, format);
        job.append(" · ", 0.0, part(theme::regular(13.0), theme::WEAK));
    }
    job.append(
        &format!("未检查 {}", evaluation.unchecked_count()),
        0.0,
        part(theme::regular(13.0), theme::WEAK),
    );
    let unchecked: Vec<_> = evaluation
        .unchecked
        .iter()
        .map(|&relation| {
            let relation = &session.form().relations[relation];
            format!("{} · {}", relation.subject, relation.left_words)
        })
        .chain(evaluation.unchecked_across.iter().map(|&across| {
            let across = &session.form().across[across];
            format!("{} · 与上年比", across.subject)
        }))
        .take(12)
        .collect();
    let response = ui.label(job);
    if !unchecked.is_empty() {
        let all = evaluation.unchecked.len() + evaluation.unchecked_across.len();
        let more = all.saturating_sub(unchecked.len());
        let rest = if more > 0 {
            format!("\n……还有 {more} 条")
        } else {
            String::new()
        };
        response.on_hover_text(format!(
            "有空格，还没有检查的勾稽关系：\n{}{rest}",
            unchecked.join("\n")
        ));
    }
}
