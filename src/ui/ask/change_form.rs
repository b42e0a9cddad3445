//! 换格式: the open report on the form of its year is ready; shall it take its place?

use super::lists::{line_ui, list_ui};
use crate::ui::action::{Action, Intent};
use crate::ui::beginning::Beginning;
use crate::ui::theme;
use crate::ui::widgets::{default_button, heading};
use egui::Ui;

/// The open report on the form of its year.
pub fn change_form_ui(ui: &mut Ui, beginning: &Beginning) -> Option<Action> {
    let form = &beginning.report.form().name;
    heading(ui, "换格式");
    ui.label(format!(
        "会按{form}另建一份，名称相同的格和正文都带过去；现在这份的文件不动。"
    ));
    ui.add_space(4.0);
    list_ui(ui, |ui| {
        for line in &beginning.lines {
            line_ui(ui, line, theme::TEXT);
        }
    });
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, &format!("换成{form}")) {
            reply = Some(Action::Leave(Intent::Begin(Box::new(beginning.clone()))));
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}
