//! 新建: the organ, the year, regional rows.

use crate::form::{self, AdditionIx, Form};
use crate::prose::half_width;
use crate::report::{Edit, History, Report};
use crate::ui::action::Action;
use crate::ui::theme;
use crate::ui::widgets::{complaint_ui, default_button, field, heading, select_all};
use egui::{RichText, Ui};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a new report needs.
pub struct NewReport {
    organ: String,
    year: String,
    additions: BTreeSet<AdditionIx>,
    complaint: Option<String>,
    fresh: bool,
}

impl NewReport {
    /// Asks for a new report; the year proposed is the one that is reported on in January.
    pub fn new(now: &jiff::ZonedDateTime) -> Self {
        Self {
            organ: String::new(),
            year: (now.year() - 1).to_string(),
            additions: BTreeSet::new(),
            complaint: None,
            fresh: true,
        }
    }

    fn report(&self, form: &Arc<Form>, organ: &str) -> Report {
        let year = year_of(&self.year).unwrap_or_default();
        let mut history = History::new(Report::new(form.clone(), organ, year));
        for &addition in &self.additions {
            history.apply(Edit::addition(history.report(), addition, true));
        }
        history.report().clone()
    }
}

/// Asks for it.
pub fn new_report_ui(ui: &mut Ui, new: &mut NewReport) -> Option<Action> {
    heading(ui, "新建年报");
    let organ = field(ui, "单位名称（全称）", &mut new.organ, f32::INFINITY);
    if std::mem::take(&mut new.fresh) {
        organ.request_focus();
    }
    ui.add_space(4.0);
    let year = field(ui, "报告年度", &mut new.year, 90.0);
    if year.gained_focus() {
        // Typing replaces the year that was proposed.
        select_all(ui, year.id, &new.year);
    }
    if organ.changed() || year.changed() {
        new.complaint = None;
    }
    let form = year_of(&new.year).and_then(form::by_year);
    match &form {
        Some(form) => {
            ui.label(
                RichText::new(format!("适用{}（{}）", form.name, form.doc_no)).color(theme::WEAK),
            );
            additions_ui(ui, form, &mut new.additions);
        }
        None => {
            let first = form::official().first().map_or(0, |form| form.years.from);
            ui.colored_label(theme::ERROR, format!("请填四位数的年度，{first} 年起"));
        }
    }
    complaint_ui(ui, new.complaint.as_deref());
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, "新建") {
            match (new.organ.trim(), &form) {
                ("", _) => {
                    new.complaint = Some("请填写单位名称，它会印在标题里".to_owned());
                    organ.request_focus();
                }
                (organ, Some(form)) => {
                    reply = Some(Action::Create(Box::new(new.report(form, organ))));
                }
                (_, None) => year.request_focus(),
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}

/// The year that somebody has typed.
pub(super) fn year_of(text: &str) -> Option<i32> {
    let half: String = text.trim().chars().map(half_width).collect();
    half.trim_end_matches('年')
        .parse()
        .ok()
        .filter(|year| (1000..=9999).contains(year))
}

fn additions_ui(ui: &mut Ui, form: &Arc<Form>, chosen: &mut BTreeSet<AdditionIx>) {
    for (ix, addition) in (0..).map(AdditionIx).zip(&form.additions) {
        let mut on = chosen.contains(&ix);
        if ui
            .checkbox(&mut on, &addition.name)
            .on_hover_text(&addition.source)
            .changed()
        {
            if on {
                chosen.insert(ix)
            } else {
                chosen.remove(&ix)
            };
        }
    }
}
