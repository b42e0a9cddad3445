//! What was keyed otherwise than it stands in the report; if nothing was, the count is taken down.

use super::state::{Differing, Recounting};
use crate::draft::recount_of;
use crate::form::with_year;
use crate::ui::action::{Action, Actions};
use crate::ui::session::Session;
use crate::ui::sheet::sheet_ui;
use crate::ui::theme;
use crate::ui::widgets::{complaint_ui, field, heading, main_button};
use egui::{Grid, Key, RichText, Ui};

/// The least width of the page.
const LEAST: f32 = 640.0;

pub fn compared_ui(
    ui: &mut Ui,
    count: &mut Recounting,
    open: &Session,
    today: String,
    actions: &mut Actions,
) {
    let differing = count.differing(open.report());
    sheet_ui(ui, "compared", LEAST, |ui, _| {
        if differing.is_empty() {
            same_ui(ui, count, open, today, actions);
        } else {
            differing_ui(ui, count, open, &differing, actions);
        }
    });
}

/// Every number is the same: who counted?
fn same_ui(
    ui: &mut Ui,
    count: &mut Recounting,
    open: &Session,
    today: String,
    actions: &mut Actions,
) {
    heading(ui, "两次打的数完全一致");
    ui.label(format!("复核日期：{today}"));
    ui.add_space(4.0);
    let name = field(ui, "复核人姓名", &mut count.name, 220.0);
    if std::mem::take(&mut count.wants_name) {
        name.request_focus();
    }
    if name.changed() {
        count.complaint = None;
    }
    complaint_ui(ui, count.complaint.as_deref());
    ui.add_space(8.0);
    let enter = name.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if main_button(ui, "记下复核结果").clicked() || enter {
        match count.name.trim() {
            "" => {
                count.complaint = Some("请填写复核人的姓名".to_owned());
                count.wants_name = true;
            }
            name => actions.push(Action::KeepRecount(recount_of(open.report(), name, today))),
        }
    }
    ui.add_space(4.0);
    let words = "复核结果写在草稿和审核情况表里，不印在年报上；以后改了任何一个数，就要重新复核。";
    ui.label(RichText::new(words).size(13.0).color(theme::WEAK));
}

fn differing_ui(
    ui: &mut Ui,
    count: &mut Recounting,
    open: &Session,
    differing: &[Differing],
    actions: &mut Actions,
) {
    let form = open.form();
    let (keyed, left): (Vec<Differing>, Vec<Differing>) =
        differing.iter().partition(|one| !one.keyed.is_blank());
    let words = match (keyed.len(), left.len()) {
        (wrong, 0) => format!("有 {wrong} 格不一样"),
        (0, left) => format!("有 {left} 格没有打"),
        (wrong, left) => format!("有 {wrong} 格不一样，{left} 格没有打"),
    };
    heading(ui, &words);
    let words = "请照原始凭据看哪一个对：复核打错了就重打，年报填错了就去改。都改好以后再比较。";
    ui.label(RichText::new(words).size(13.0).color(theme::WEAK));
    ui.add_space(6.0);
    let mut again = None;
    Grid::new("differing")
        .num_columns(4)
        .striped(true)
        .spacing([18.0, 6.0])
        .show(ui, |ui| {
            for head in ["格", "年报里", "复核", ""] {
                ui.label(RichText::new(head).font(theme::bold(13.0)));
            }
            ui.end_row();
            for one in keyed.iter().chain(&left) {
                let kind = form.cell(one.cell).kind;
                let name = with_year(&form.full_name(one.cell), open.report().year());
                ui.label(&name);
                let shown = |value: crate::value::Value| match value.is_blank() {
                    true => "空白".to_owned(),
                    false => value.printed(kind),
                };
                if one.keyed.is_blank() {
                    // What was not counted is not given away.
                    ui.label("（还没有复核）");
                    ui.label("没有打");
                } else {
                    ui.label(shown(one.report));
                    ui.label(shown(one.keyed));
                }
                ui.horizontal(|ui| {
                    if button(ui, "重打", &name) {
                        again = Some(one.cell);
                    }
                    if !one.keyed.is_blank() && button(ui, "去改年报", &name) {
                        actions.push(Action::LeaveRecountFor(one.cell));
                    }
                });
                ui.end_row();
            }
        });
    if let Some(cell) = again {
        count.go_to(cell);
    }
}

/// A button that says to a screen reader which cell it is about.
fn button(ui: &mut Ui, words: &str, about: &str) -> bool {
    let response = ui.button(words);
    let name = format!("{words} {about}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name));
    response.clicked()
}
