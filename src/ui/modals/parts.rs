//! A cell's number by parts.

use super::{Reply, complaint_ui, heading, main_button};
use crate::form::{self, CellIx};
use crate::report::{Addend, total};
use crate::ui::session::Session;
use crate::ui::theme;
use crate::value;
use egui::{Key, RichText, TextEdit, Ui};

pub(super) fn parts_ui(
    ui: &mut Ui,
    session: &Session,
    cell: CellIx,
    rows: &mut Vec<(String, String)>,
    complaint: &mut Option<String>,
    fresh: &mut bool,
) -> Option<Reply> {
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
    egui::ScrollArea::vertical()
        .max_height(300.0)
        .min_scrolled_height(300.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (nth, (name, number)) in rows.iter_mut().enumerate() {
                ui.horizontal(|ui| {
                    for (what, text, width) in [("名称", name, 240.0), ("数", number, 110.0)] {
                        let field = TextEdit::singleline(text)
                            .desired_width(width)
                            .hint_text(what)
                            .margin(egui::Margin::symmetric(8, 4));
                        let response = ui.add(field);
                        let label = format!("第 {} 项{what}", nth + 1);
                        ui.ctx()
                            .accesskit_node_builder(response.id, |node| node.set_label(label));
                        if nth == 0 && what == "名称" && std::mem::take(fresh) {
                            response.request_focus();
                        }
                    }
                });
            }
        });
    // There is always room for one more.
    if rows
        .last()
        .is_none_or(|(name, number)| !name.is_empty() || !number.is_empty())
    {
        rows.push(Default::default());
    }
    let filled = rows.iter().filter(|(_, number)| !number.trim().is_empty());
    let parts: Result<Vec<Addend>, _> = filled
        .map(|(name, number)| {
            Ok(Addend {
                name: name.trim().to_owned(),
                value: read(number)?,
            })
        })
        .collect::<Result<_, value::InputError>>();
    let sum = parts.as_ref().ok().and_then(|parts| total(parts));
    ui.label(match sum {
        Some(sum) => format!("合计 {sum}"),
        None => "合计 ——".to_owned(),
    });
    complaint_ui(ui, complaint.as_deref());
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "确定").clicked() || ui.input(|input| input.key_pressed(Key::Enter)) {
            match (&parts, sum) {
                (Ok(parts), Some(_)) => reply = Some(Reply::Parts(cell, parts.clone())),
                (Err(reason), _) => *complaint = Some(reason.to_string()),
                (Ok(_), None) => *complaint = Some("还没有填数，或者合起来太大".to_owned()),
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}
