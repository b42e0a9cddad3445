//! Into which files a report is exported: formats, folder, what is there already, whether it is marked as a draft.

use super::documents::documents;
use super::open_points::{open_points, warning};
use crate::export::{self, Format};
use crate::report::Report;
use crate::ui::action::Action;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::unused::unused;
use crate::ui::widgets::{complaint_ui, field, heading, main_button};
use egui::{Key, RichText, Ui};
use std::path::{Path, PathBuf};

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportChoice {
    /// The formats, each with whether it is wanted.
    pub formats: [(Format, bool); Format::OFFICIAL.len()],
    /// The folder, as typed.
    pub folder: String,
    /// Whether a report that must still be corrected says so on each page.
    pub mark: bool,
    /// Said when the folder is none.
    pub complaint: Option<String>,
    /// Files that are there already, while it is asked what to do about them.
    there: Vec<String>,
    /// Whether new files get another name where one is there already.
    keep_both: bool,
}

impl ExportChoice {
    /// All formats, into the draft's folder.
    pub fn new(draft: Option<&Path>) -> Self {
        let folder = draft
            .and_then(Path::parent)
            .filter(|folder| !folder.as_os_str().is_empty())
            .map(Path::to_owned)
            .or_else(documents)
            .unwrap_or_default();
        Self {
            formats: Format::OFFICIAL.map(|format| (format, true)),
            folder: folder.to_string_lossy().into_owned(),
            mark: true,
            complaint: None,
            there: Vec::new(),
            keep_both: false,
        }
    }

    /// The files to be written.
    fn files(&self, report: &Report) -> Vec<(Format, PathBuf)> {
        let folder = Path::new(self.folder.trim());
        let wanted = self.formats.iter().filter(|(_, wanted)| *wanted);
        wanted
            .map(|(format, _)| {
                let path = folder.join(export::file_name(report, *format));
                let path = match self.keep_both {
                    true => unused(path),
                    false => path,
                };
                (*format, path)
            })
            .collect()
    }

    fn folder(&self) -> PathBuf {
        PathBuf::from(self.folder.trim())
    }

    fn answer(&self, report: &Report) -> Action {
        Action::Export {
            files: self.files(report),
            mark: self.mark,
        }
    }

    /// Back from the question about files that are there; it will be asked again.
    fn go_back(&mut self) {
        self.there.clear();
        self.keep_both = false;
    }

    /// Checks what can be checked before; asks about files that are there.
    fn settle(&mut self, report: &Report) -> bool {
        let folder = Path::new(self.folder.trim());
        let files = self.files(report);
        self.complaint = if files.is_empty() {
            Some("请至少选一种格式".to_owned())
        } else if self.folder.trim().is_empty() {
            Some("请选择或输入要导出到的文件夹".to_owned())
        } else if !folder.is_dir() {
            Some("没有这个文件夹，请重新选择，或者先新建它".to_owned())
        } else {
            None
        };
        if self.complaint.is_some() {
            return false;
        }
        let name = |path: &PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
        let there = files.iter().filter(|(_, path)| path.exists());
        self.there = there.filter_map(|(_, path)| name(path)).collect();
        self.there.is_empty()
    }
}

/// Asks for it.
pub fn export_ui(ui: &mut Ui, choice: &mut ExportChoice, session: &Session) -> Option<Action> {
    let report = session.report();
    if !choice.there.is_empty() {
        return there_ui(ui, choice, report);
    }
    heading(ui, "导出年报");
    for (format, wanted) in &mut choice.formats {
        ui.checkbox(wanted, format.title());
    }
    ui.label(
        RichText::new(format!("文件名：{}", export::file_stem(report)))
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
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        if (main_button(ui, go).clicked() || enter) && choice.settle(report) {
            reply = Some(choice.answer(report));
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}

/// Files of these names are there already.
fn there_ui(ui: &mut Ui, choice: &mut ExportChoice, report: &Report) -> Option<Action> {
    heading(ui, "这些文件已经有了");
    for name in &choice.there {
        ui.add(egui::Label::new(name).wrap());
    }
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "替换").clicked() {
            reply = Some(choice.answer(report));
        }
        if ui
            .button("两份都留")
            .on_hover_text("新文件名后面加（2）")
            .clicked()
        {
            choice.keep_both = true;
            let settled = choice.settle(report);
            if choice.complaint.is_some() {
                choice.go_back();
            }
            if settled {
                reply = Some(choice.answer(report));
            }
        }
        if ui.button("返回").clicked() {
            choice.go_back();
        }
    });
    reply
}
