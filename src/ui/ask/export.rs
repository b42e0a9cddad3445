//! Into which files a report is exported: formats, folder, what is there already, whether it is marked as a draft.

use super::documents::documents;
use super::open_points::{open_points, warning};
use crate::export;
use crate::ui::action::Action;
use crate::ui::exporting::{Existing, ExportChoice};
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::{complaint_ui, default_button, field, heading};
use egui::{RichText, Ui};
use std::path::{Path, PathBuf};

/// The folder that is proposed: the draft's own.
pub fn proposed_folder(draft: Option<&Path>) -> PathBuf {
    draft
        .and_then(Path::parent)
        .filter(|folder| !folder.as_os_str().is_empty())
        .map(Path::to_owned)
        .or_else(documents)
        .unwrap_or_default()
}

/// Asks for it.
pub fn export_ui(ui: &mut Ui, choice: &mut ExportChoice, session: &Session) -> Option<Action> {
    if !choice.there.is_empty() {
        return there_ui(ui, choice);
    }
    heading(ui, "导出年报");
    for (format, wanted) in &mut choice.formats {
        ui.checkbox(wanted, format.title());
    }
    ui.label(
        RichText::new(format!("文件名：{}", export::file_stem(session.report())))
            .size(13.0)
            .color(theme::WEAK),
    );
    ui.add_space(4.0);
    let response = field(ui, "导出到文件夹", &mut choice.folder, f32::INFINITY);
    if response.changed() {
        choice.complaint = None;
    }
    let mut reply = None;
    if ui.button("选择文件夹……").clicked() {
        reply = Some(Action::ChooseFolder(choice.folder()));
    }
    let warning = warning(session);
    if let Some(warning) = &warning {
        ui.add_space(4.0);
        ui.colored_label(theme::ERROR, format!("{warning}仍要导出吗？"));
        ui.checkbox(&mut choice.mark, "每页注明“草稿”");
    }
    if let Some(open) = open_points(session) {
        ui.add_space(4.0);
        ui.colored_label(theme::QUERY, open);
    }
    complaint_ui(ui, choice.complaint.as_deref());
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        let go = if warning.is_some() {
            "仍然导出"
        } else {
            "导出"
        };
        if default_button(ui, go) && choice.is_whole() {
            reply = Some(Action::Export(choice.clone()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}

/// Files of these names are there already.
fn there_ui(ui: &mut Ui, choice: &mut ExportChoice) -> Option<Action> {
    heading(ui, "这些文件已经有了");
    for name in &choice.there {
        ui.add(egui::Label::new(name).wrap());
    }
    ui.add_space(10.0);
    let mut decided = None;
    ui.horizontal(|ui| {
        if ui.button("替换").clicked() {
            decided = Some(Existing::Replace);
        }
        if ui
            .button("两份都留")
            .on_hover_text("新文件名后面加（2）")
            .clicked()
        {
            decided = Some(Existing::Keep);
        }
        if ui.button("返回").clicked() {
            choice.there.clear();
        }
    });
    let existing = decided?;
    Some(Action::Export(ExportChoice {
        existing,
        ..choice.clone()
    }))
}
