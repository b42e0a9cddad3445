//! 结转新年度: from which report a new year begins.

use crate::ui::action::Action;
use crate::ui::session::Session;
use crate::ui::widgets::{default_button, heading};
use egui::Ui;

/// Asks for it.
pub fn which_ui(ui: &mut Ui, session: &Session) -> Option<Action> {
    let report = session.report();
    heading(ui, "结转新年度");
    ui.label("上年的年报在哪里？可以是草稿，也可以是公开过的 Word、网页、Excel、PDF 文件。");
    ui.add_space(10.0);
    let mut reply = None;
    let next = report.year() + 1;
    // The year after the open report's is what is asked for most; a file is last year's of the open one, or of another.
    let open = format!("用打开着的这份（{} 年度），开始 {next} 年度", report.year());
    if default_button(ui, &open) {
        reply = Some(Action::RollOverOpen);
    }
    if ui.button("选择上年的文件……").clicked() {
        reply = Some(Action::ChooseLastYear);
    }
    if ui.button("取消").clicked() {
        reply = Some(Action::Cancel);
    }
    reply
}
