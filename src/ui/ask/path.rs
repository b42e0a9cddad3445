//! A path, where no file dialog can ask for it.

use super::documents::documents;
use crate::ui::action::Action;
use crate::ui::dialogs::Purpose;
use crate::ui::theme;
use crate::ui::widgets::{self, complaint_ui, default_button, heading, select_all};
use egui::{RichText, Ui};
use std::path::{Path, PathBuf};

/// A path that is being typed.
pub struct PathField {
    purpose: Purpose,
    text: String,
    complaint: Option<String>,
    fresh: bool,
}

impl PathField {
    /// Asks for a path, where no file dialog can. `own` is the draft's, `folder` the one that was last looked into.
    pub fn new(
        purpose: Purpose,
        own: Option<&Path>,
        folder: Option<&Path>,
        name: Option<&str>,
    ) -> Self {
        let beside = own.and_then(Path::parent);
        // Where a file was looked for last, if it is not the draft's own folder that matters.
        let near = match purpose.saves() {
            true => beside.or(folder),
            false => folder.or(beside),
        };
        let folder = near.map(Path::to_owned).or_else(documents);
        let folder = folder.unwrap_or_default();
        let text = match (purpose, own, name) {
            (Purpose::SaveDraft, Some(path), _) => path.to_owned(),
            (_, _, Some(name)) if purpose.saves() => purpose.with_ending(folder.join(name)),
            _ => folder.join(""),
        };
        Self {
            purpose,
            text: text.to_string_lossy().into_owned(),
            complaint: None,
            fresh: true,
        }
    }

    /// Asks again for a path that was no use, and says why.
    pub fn complaining(purpose: Purpose, path: &Path, why: &str) -> Self {
        Self {
            purpose,
            text: path.to_string_lossy().into_owned(),
            complaint: Some(why.to_owned()),
            fresh: true,
        }
    }
}

/// Asks for it.
pub fn path_ui(ui: &mut Ui, field: &mut PathField) -> Option<Action> {
    let purpose = field.purpose;
    heading(ui, purpose.title());
    ui.label(
        RichText::new("这台电脑没有可用的文件对话框，请直接输入完整的路径。").color(theme::WEAK),
    );
    if purpose == Purpose::SaveChart {
        let words = "文件名以 .png 结尾就存成 PNG，以 .svg 结尾就存成 SVG。";
        ui.label(RichText::new(words).color(theme::WEAK));
    }
    if purpose == Purpose::AddYear {
        let words = "几份一起添加的，用分号隔开。";
        ui.label(RichText::new(words).color(theme::WEAK));
    }
    let response = widgets::field(ui, "文件路径", &mut field.text, f32::INFINITY);
    if std::mem::take(&mut field.fresh) {
        response.request_focus();
        // Typing and pasting replace what is proposed.
        select_all(ui, response.id, &field.text);
    }
    complaint_ui(ui, field.complaint.as_deref());
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, "确定") {
            let path = purpose.with_ending(PathBuf::from(field.text.trim()));
            if field.text.trim().is_empty() {
                field.complaint = Some("请写到文件名为止".to_owned());
            } else {
                reply = Some(Action::UsePath {
                    purpose,
                    path,
                    replaces: false,
                });
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}
