//! The message at the bottom of the window.

use super::action::{Action, Actions};
use super::job::Kind;
use super::read_out::read_out;
use super::theme;
use super::widgets::scroll_ui;
use egui::{Frame, Panel, Ui};
use std::path::PathBuf;

/// A message that stays until it is dismissed or replaced.
#[derive(Debug)]
pub struct Notice {
    pub text: String,
    /// What is to be minded in what went well.
    pub warning: Option<String>,
    pub bad: bool,
    /// Whether only the clerk dismisses it.
    pub stays: bool,
    /// The revision that it is about; with another one it goes, if it says nothing bad.
    pub revision: Option<u64>,
    /// A file that it is about, whose folder can be opened.
    pub file: Option<PathBuf>,
}

impl Notice {
    fn new(text: String, bad: bool, stays: bool) -> Self {
        Self {
            text,
            warning: None,
            bad,
            stays,
            revision: None,
            file: None,
        }
    }

    /// Something that went well, of the report at this revision.
    pub fn told(text: String, revision: Option<u64>) -> Self {
        Self {
            revision,
            ..Self::new(text, false, false)
        }
    }

    /// Something that went wrong.
    pub fn complaint(text: String) -> Self {
        Self::new(text, true, false)
    }

    /// Something that is needed until the clerk has done with it.
    pub fn list(text: String, bad: bool) -> Self {
        Self::new(text, bad, true)
    }

    /// With what is to be minded in it, which the clerk dismisses himself.
    pub fn with_warnings(self, warnings: &[String]) -> Self {
        if warnings.is_empty() {
            return self;
        }
        Self {
            warning: Some(format!("请注意：{}", warnings.join("\n"))),
            stays: true,
            ..self
        }
    }

    /// With a file whose folder can be opened.
    pub fn with_file(self, file: Option<PathBuf>) -> Self {
        Self { file, ..self }
    }
}

/// Says what is being written, with a way to stop it if there is one.
pub fn writing_ui(ui: &mut Ui, words: &str, stops: Option<Kind>, actions: &mut Actions) {
    let frame = Frame::NONE
        .fill(theme::SELECTION)
        .inner_margin(egui::Margin::symmetric(14, 6));
    let id = format!("writing {stops:?}");
    Panel::bottom(id).frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(egui::RichText::new(words).color(theme::ACCENT));
            if let Some(kind) = stops
                && ui.button("取消").clicked()
            {
                actions.push(Action::GiveUp(kind));
            }
        });
    });
}

/// Shows a message at the bottom, so that what the clerk is pointing at does not move away under the pointer.
pub fn notice_ui(ui: &mut Ui, notice: &Notice, actions: &mut Actions) {
    let (fill, colour) = if notice.bad {
        (theme::ERROR_FILL, theme::ERROR)
    } else {
        (theme::SELECTION, theme::ACCENT)
    };
    let frame = Frame::NONE
        .fill(fill)
        .inner_margin(egui::Margin::symmetric(14, 6));
    Panel::bottom("notice").frame(frame).show(ui, |ui| {
        const BUTTON: f32 = 90.0;
        const LIST: f32 = 112.0;
        ui.horizontal_top(|ui| {
            let buttons = if notice.file.is_some() { 2.3 } else { 1.0 };
            let width = ui.available_width() - BUTTON * buttons;
            ui.allocate_ui_with_layout(
                egui::vec2(width, 0.0),
                egui::Layout::top_down(egui::Align::Min),
                |ui| {
                    ui.set_width(width);
                    // A long list scrolls; the table that it is about stays in sight.
                    let area = egui::ScrollArea::vertical()
                        .max_height(LIST)
                        .min_scrolled_height(LIST);
                    scroll_ui(ui, area, fill, |ui| {
                        let words = egui::RichText::new(&notice.text).color(colour);
                        read_out(&ui.add(egui::Label::new(words).wrap()), &notice.text);
                        if let Some(warning) = &notice.warning {
                            let words = egui::RichText::new(warning).color(theme::TEXT);
                            read_out(&ui.add(egui::Label::new(words).wrap()), warning);
                        }
                    });
                },
            );
            if let Some(folder) = notice.file.as_deref().and_then(std::path::Path::parent)
                && ui.button("打开文件夹").clicked()
            {
                actions.push(Action::OpenFolder(folder.to_owned()));
            }
            let button = ui.button("知道了").on_hover_text("也可以按 Esc");
            if button.clicked() {
                actions.push(Action::DismissNotice);
            }
        });
    });
}
