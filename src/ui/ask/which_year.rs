//! Which year a report is on that was read from a file which does not say it.

use super::new_report::year_of;
use crate::form;
use crate::import::Wanted;
use crate::ui::action::{Action, Intent};
use crate::ui::theme;
use crate::ui::widgets::{default_button, field, heading};
use egui::Ui;
use std::path::PathBuf;

/// A file that has been read but for its year.
pub struct WhichYear {
    path: PathBuf,
    /// What was already said of it.
    wanted: Wanted,
    year: String,
    fresh: bool,
}

impl WhichYear {
    /// Asks for the year of this file.
    pub fn new(path: PathBuf, wanted: Wanted) -> Self {
        Self {
            path,
            wanted,
            year: String::new(),
            fresh: true,
        }
    }
}

/// Asks for it.
pub fn which_year_ui(ui: &mut Ui, which: &mut WhichYear) -> Option<Action> {
    heading(ui, "这是哪一年度的年报？");
    let name = which.path.file_name().unwrap_or_default().to_string_lossy();
    ui.label(format!("没有在“{name}”里找到年度。请看原件填写，再读入。"));
    ui.add_space(8.0);
    let year = field(ui, "报告年度", &mut which.year, 90.0);
    if std::mem::take(&mut which.fresh) {
        year.request_focus();
    }
    let known = year_of(&which.year).filter(|year| form::by_year(*year).is_some());
    if known.is_none() && !which.year.trim().is_empty() {
        let first = form::official().first().map_or(0, |form| form.years.from);
        ui.colored_label(theme::ERROR, format!("请填四位数的年度，{first} 年起"));
    }
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, "读入") {
            match known {
                Some(year) => {
                    let wanted = Wanted {
                        year: Some(year),
                        ..which.wanted.clone()
                    };
                    let intent = Intent::ImportAs(which.path.clone(), wanted);
                    reply = Some(Action::Leave(intent));
                }
                None => year.request_focus(),
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}
