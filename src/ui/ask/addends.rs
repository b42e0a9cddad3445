//! A cell's number by parts.

use crate::form::{self, CellIx};
use crate::report::{Addend, Edit, Report, total};
use crate::ui::action::Action;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::{complaint_ui, default_button, heading, remember_enter, scroll_ui};
use crate::value;
use egui::{RichText, TextEdit, Ui};

/// Names and numbers as typed.
pub struct Parts {
    cell: CellIx,
    rows: Vec<(String, String)>,
    complaint: Option<String>,
    fresh: bool,
}

impl Parts {
    /// Asks for the parts of a cell's number.
    pub fn new(report: &Report, cell: CellIx) -> Self {
        let parts = report
            .addends(cell)
            .iter()
            .map(|part| (part.name.clone(), part.value.to_string()));
        let mut rows: Vec<_> = parts.collect();
        if rows.is_empty() && !report.value(cell).is_blank() {
            rows.push((String::new(), report.value(cell).to_string()));
        }
        rows.push(Default::default());
        Self {
            cell,
            rows,
            complaint: None,
            fresh: true,
        }
    }
}

/// Asks for them.
pub fn parts_ui(ui: &mut Ui, parts: &mut Parts, session: &Session) -> Option<Action> {
    let cell = parts.cell;
    let (report, spec) = (session.report(), session.form().cell(cell));
    heading(ui, "分项填写");
    ui.label(form::with_year(
        &session.form().full_name(cell),
        report.year(),
    ));
    ui.label(
        RichText::new("写明每一项是谁的、有多少；这一格填它们的和，分项留在草稿里，不印出来。")
            .size(13.0)
            .color(theme::WEAK),
    );
    let read = |text: &str| value::parse(text, spec.kind, spec.unit.as_deref());
    rows_ui(ui, parts);
    let filled = (1..)
        .zip(&parts.rows)
        .filter(|(_, (_, number))| !number.trim().is_empty());
    let read: Result<Vec<Addend>, String> = filled
        .map(|(nth, (name, number))| {
            let wrong = |reason| format!("第 {nth} 项的数：{reason}");
            Ok(Addend {
                name: name.trim().to_owned(),
                value: read(number).map_err(wrong)?,
            })
        })
        .collect();
    let sum = read.as_ref().ok().and_then(|parts| total(parts));
    ui.label(match sum {
        Some(sum) => format!("合计 {sum}"),
        None => "合计 ——".to_owned(),
    });
    complaint_ui(ui, parts.complaint.as_deref());
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, "确定") {
            match (&read, sum) {
                (Ok(addends), Some(_)) => {
                    let edit = Edit::addends(report, cell, addends.clone());
                    reply = Some(Action::Step(edit));
                }
                (Err(reason), _) => parts.complaint = Some(reason.clone()),
                (Ok(_), None) => parts.complaint = Some("还没有填数，或者合起来太大".to_owned()),
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}

/// The fields, with room for one more.
fn rows_ui(ui: &mut Ui, parts: &mut Parts) {
    let area = egui::ScrollArea::vertical()
        .max_height(300.0)
        .min_scrolled_height(300.0)
        .auto_shrink([false, true]);
    scroll_ui(ui, area, theme::PAPER, |ui| {
        for (nth, (name, number)) in parts.rows.iter_mut().enumerate() {
            ui.horizontal(|ui| {
                for (what, text, width) in [("名称", name, 240.0), ("数", number, 110.0)] {
                    let field = TextEdit::singleline(text)
                        .desired_width(width)
                        .hint_text(what)
                        .margin(egui::Margin::symmetric(8, 4));
                    let response = ui.add(field);
                    remember_enter(ui, &response);
                    let label = format!("第 {} 项{what}", nth + 1);
                    ui.ctx()
                        .accesskit_node_builder(response.id, |node| node.set_label(label));
                    if nth == 0 && what == "名称" && std::mem::take(&mut parts.fresh) {
                        response.request_focus();
                    }
                }
            });
        }
    });
    // There is always room for one more.
    if parts
        .rows
        .last()
        .is_none_or(|(name, number)| !name.is_empty() || !number.is_empty())
    {
        parts.rows.push(Default::default());
    }
}
