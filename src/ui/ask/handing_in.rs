//! 交件: where the folder goes, and what is still missing.

use crate::handin::{self, OpenPoint};
use crate::ui::action::Action;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::{complaint_ui, default_button, field, heading, scroll_ui};
use egui::{Button, RichText, ScrollArea, Ui};
use std::path::{Path, PathBuf};

/// What was chosen.
pub struct HandinChoice {
    /// The folder in which the new one is made, as typed.
    pub folder: String,
    /// The new folder's name, as typed.
    name: String,
    /// What is missing.
    points: Vec<OpenPoint>,
    /// Said when it cannot be made so.
    pub complaint: Option<String>,
}

impl HandinChoice {
    /// A folder of the usual name inside of another.
    pub fn new(folder: &Path, session: &Session) -> Self {
        Self {
            folder: folder.to_string_lossy().into_owned(),
            name: handin::folder_name(session.report()),
            points: handin::open_points(session.report(), session.evaluation()),
            complaint: None,
        }
    }

    /// The folder to be made; or why there is none.
    fn target(&self) -> Result<PathBuf, &'static str> {
        let (folder, name) = (self.folder.trim(), self.name.trim());
        match (folder.is_empty(), name) {
            (true, _) => Err("请选择或输入放在哪个文件夹"),
            (_, "" | "." | "..") => Err("请填写交件文件夹的名字"),
            (_, name) if name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) => {
                Err("文件夹的名字里不能有 / \\ : * ? \" < > |")
            }
            (_, name) => Ok(Path::new(folder).join(name)),
        }
    }
}

/// Asks for it.
pub fn handin_ui(ui: &mut Ui, choice: &mut HandinChoice) -> Option<Action> {
    heading(ui, "交件");
    let words = "把 Word、PDF、OFD、网页、Excel、草稿和审核情况表写进一个新文件夹，每个文件写好后读回来核对。";
    ui.add(egui::Label::new(words).wrap());
    ui.add_space(6.0);
    let mut reply = points_ui(ui, choice);
    let folder = field(ui, "放在哪个文件夹", &mut choice.folder, f32::INFINITY);
    if ui.button("选择文件夹……").clicked() {
        reply = Some(Action::ChooseFolder(PathBuf::from(choice.folder.trim())));
    }
    let name = field(ui, "交件文件夹的名字", &mut choice.name, f32::INFINITY);
    if folder.changed() || name.changed() {
        choice.complaint = None;
    }
    complaint_ui(ui, choice.complaint.as_deref());
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        // With something missing, no Enter that was meant for a field hands it in.
        let goes = match choice.points.is_empty() {
            true => default_button(ui, "交件"),
            false => ui.button("仍然交件").clicked(),
        };
        if goes {
            match choice.target() {
                Ok(folder) => reply = Some(Action::HandIn(folder)),
                Err(why) => choice.complaint = Some(why.to_owned()),
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}

/// What is missing, each to be gone to.
fn points_ui(ui: &mut Ui, choice: &HandinChoice) -> Option<Action> {
    const HEIGHT: f32 = 190.0;
    if choice.points.is_empty() {
        ui.label("必改的、没有填的、没有说明原因的：都没有。");
        ui.add_space(4.0);
        return None;
    }
    let count = choice.points.len();
    let words = format!(
        "还有 {count} 处，点一下就去看；仍然交件的话，审核情况表会写明，有必改的每页注明“草稿”："
    );
    ui.add(egui::Label::new(RichText::new(words).color(theme::ERROR)).wrap());
    let mut reply = None;
    let area = ScrollArea::vertical().max_height(HEIGHT).id_salt("missing");
    scroll_ui(ui, area, theme::GROUND, |ui| {
        for point in &choice.points {
            let button = Button::new(RichText::new(&point.words).size(13.0).color(theme::ACCENT))
                .wrap()
                .frame(false);
            let response = ui.add_enabled(point.finding.is_some(), button);
            if response.clicked() {
                reply = point.finding.map(Action::ShowFinding);
            }
        }
    });
    ui.add_space(6.0);
    reply
}
