//! Official tables were pasted: what goes where.

use crate::form::{self, CellIx};
use crate::import::Recognised;
use crate::report::Report;
use crate::ui::action::Action;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::{default_button, heading, scroll_ui};
use crate::value::Value;
use egui::{RichText, Ui};
use egui_extras::{Column, TableBuilder};

/// What a pasted table would change, and what of it has no place.
pub fn paste_ui(ui: &mut Ui, found: &Recognised, session: &Session) -> Option<Action> {
    let (report, form) = (session.report(), session.form());
    let name = |cell| form::with_year(&form.full_name(cell), report.year());
    let (totals, inputs): (Vec<_>, Vec<_>) = found
        .placed
        .iter()
        .copied()
        .partition(|&(cell, _)| form.cell(cell).computed);
    let filled: Vec<_> = inputs
        .into_iter()
        .filter(|(_, value)| !value.is_blank())
        .collect();
    let changed: Vec<_> = filled
        .iter()
        .filter(|&&(cell, value)| report.value(cell) != value)
        .collect();
    heading(ui, "粘贴官方表格");
    let counts = (0..form.tables.len()).filter_map(|table| {
        let n = filled
            .iter()
            .filter(|&&(cell, _)| form.cell(cell).table == table)
            .count();
        (n > 0).then(|| format!("{} {n} 格", form.tables[table].name))
    });
    let counts: Vec<String> = counts.collect();
    ui.label(format!(
        "按表中的行名认出了：{}。其中 {} 格与现在不同。",
        counts.join("、"),
        changed.len()
    ));
    let small = |text: String| RichText::new(text).size(13.0);
    // What needs a look comes first.
    let refused = found.refused.iter().map(|(cell, text, reason)| {
        small(format!("没有采用 {}：{text}（{reason}）", name(*cell))).color(theme::ERROR)
    });
    let missing = found
        .missing
        .iter()
        .map(|label| small(format!("没有找到这一行：{label}")).color(theme::QUERY));
    let problems: Vec<RichText> = refused.chain(missing).collect();
    if !problems.is_empty() {
        let area = egui::ScrollArea::vertical()
            .id_salt("problems")
            .max_height(120.0)
            .min_scrolled_height(120.0);
        scroll_ui(ui, area, theme::PAPER, |ui| {
            for problem in problems {
                ui.add(egui::Label::new(problem).wrap());
            }
        });
        ui.separator();
    }
    changes_ui(ui, report, &changed);
    if !totals.is_empty() {
        ui.label(
            RichText::new("总计由程序计算，粘贴的总计只用来核对。")
                .size(theme::SMALL_SIZE)
                .color(theme::WEAK),
        );
    }
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, "粘贴") {
            reply = Some(Action::Place(
                found
                    .placed
                    .iter()
                    .copied()
                    .filter(|(_, value)| !value.is_blank())
                    .collect(),
            ));
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}

/// Cells with what they hold now and what they would hold.
fn changes_ui(ui: &mut Ui, report: &Report, changed: &[&(CellIx, Value)]) {
    const ROW: f32 = 20.0;
    let cell_ui = |ui: &mut Ui, text: &str| {
        ui.add(egui::Label::new(RichText::new(text).size(13.0)).truncate());
    };
    TableBuilder::new(ui)
        .striped(true)
        .max_scroll_height(240.0)
        .column(Column::exact(300.0).clip(true))
        .column(Column::exact(64.0))
        .column(Column::remainder())
        .header(ROW, |mut header| {
            for title in ["单元格", "现在", "粘贴后"] {
                header.col(|ui| {
                    ui.label(RichText::new(title).font(theme::bold(13.0)));
                });
            }
        })
        .body(|body| {
            body.rows(ROW, changed.len(), |mut row| {
                let &(cell, value) = changed[row.index()];
                let name = form::with_year(&report.form().full_name(cell), report.year());
                let now = report.value(cell);
                let now = if now.is_blank() {
                    "空白".to_owned()
                } else {
                    now.to_string()
                };
                row.col(|ui| cell_ui(ui, &name));
                row.col(|ui| cell_ui(ui, &now));
                row.col(|ui| cell_ui(ui, &value.to_string()));
            });
        });
}
