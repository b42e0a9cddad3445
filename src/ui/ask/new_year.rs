//! 结转: a new year's report is ready; shall it begin so?

use super::lists::{line_ui, list_ui};
use crate::report::{Prior, Report};
use crate::rollover;
use crate::ui::action::{Action, Intent};
use crate::ui::beginning::Beginning;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::{default_button, heading};
use egui::{RichText, Ui};
use std::sync::Arc;

/// What last year's report is good for, beside the one that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// The year after it begins.
    Begin,
    /// Its figures come into the open report.
    Bring,
    /// It is of another year or another organ than the open report wants: most likely the wrong file.
    Misfit,
}

impl Use {
    fn of(prior: &Prior, there: Option<&Report>) -> Self {
        let Some(open) = there else {
            return Self::Begin;
        };
        let last = &prior.figures;
        match open.year() - last.year() {
            _ if is_of_another(last.organ(), open) => Self::Misfit,
            0 => Self::Begin,
            1 => Self::Bring,
            _ => Self::Misfit,
        }
    }
}

/// Asks whether it shall begin so.
pub fn new_year_ui(
    ui: &mut Ui,
    beginning: &Beginning,
    session: Option<&Session>,
) -> Option<Action> {
    let report = &beginning.report;
    let prior = report.prior()?;
    let there = session.map(Session::report);
    let is_for = Use::of(prior, there);
    heading(
        ui,
        &match is_for {
            Use::Begin => format!("开始 {} 年度的年报", report.year()),
            Use::Bring => format!("带入 {} 年度的上年数", prior.figures.year()),
            Use::Misfit => "这份年报与打开着的对不上".to_owned(),
        },
    );
    facts_ui(ui, report, prior);
    if let Some(open) = there {
        beside_open_ui(ui, open, prior);
    }
    ui.add_space(4.0);
    lines_ui(ui, beginning, is_for != Use::Begin);
    ui.add_space(10.0);
    answers_ui(ui, beginning, there, is_for)
}

/// Whose report it is, and which form the new year has.
fn facts_ui(ui: &mut Ui, report: &Report, prior: &Prior) {
    let organ = match prior.figures.organ() {
        "" => "（没有写单位）",
        organ => organ,
    };
    let line = |ui: &mut Ui, words: String| ui.add(egui::Label::new(words).wrap());
    line(
        ui,
        format!(
            "上年：{organ} {} 年度（{}）",
            prior.figures.year(),
            prior.source
        ),
    );
    line(
        ui,
        format!(
            "新年度：{} 年度，{}（{}）",
            report.year(),
            report.form().name,
            report.form().doc_no
        ),
    );
    ui.add_space(4.0);
}

/// How it stands to the open report.
fn beside_open_ui(ui: &mut Ui, open: &Report, prior: &Arc<Prior>) {
    let last = &prior.figures;
    match open.year() - last.year() {
        0 => {}
        1 => {
            let filled = rollover::cells_filled(&rollover::bring(open, prior.clone()));
            let words = format!(
                "打开着的是 {} {} 年度，可以把上年数带入它：会按上年填 {filled} 格，自己填过的不动。",
                open.organ(),
                open.year(),
            );
            ui.add(egui::Label::new(words).wrap());
        }
        _ => {
            let words = format!(
                "打开着的是 {} 年度，它的上年是 {} 年度；这份是 {} 年度的，不能带入。",
                open.year(),
                open.year() - 1,
                last.year()
            );
            ui.colored_label(theme::QUERY, words);
        }
    }
    if is_of_another(last.organ(), open) {
        let words = "这份上年年报的单位与打开着的不同，请看清是不是选错了文件。";
        ui.colored_label(theme::QUERY, words);
    }
}

/// Whether the open report is another organ's; a name that nobody has written says nothing.
fn is_of_another(organ: &str, open: &Report) -> bool {
    !organ.is_empty() && !open.organ().is_empty() && organ != open.organ()
}

const BRING: &str = "把上年数带入打开着的这份";

/// The answers; the one that fits best comes first, and Enter gives it if nothing is in doubt.
fn answers_ui(
    ui: &mut Ui,
    beginning: &Beginning,
    there: Option<&Report>,
    is_for: Use,
) -> Option<Action> {
    let report = &beginning.report;
    let prior = report.prior()?;
    let begin = match is_for {
        Use::Begin => format!("开始 {} 年度", report.year()),
        Use::Bring | Use::Misfit => format!("另建一份 {} 年度", report.year()),
    };
    let begin_it = || Action::Leave(Intent::Begin(Box::new(beginning.clone())));
    let bring_it = || Action::BringLastYear(prior.clone());
    // Into the open report only what its own last year says.
    let can_bring = there.is_some_and(|open| open.year() == report.year());
    let mut reply = None;
    ui.horizontal_wrapped(|ui| {
        match is_for {
            Use::Begin => {
                if default_button(ui, &begin) {
                    reply = Some(begin_it());
                }
            }
            Use::Bring => {
                if default_button(ui, BRING) {
                    reply = Some(bring_it());
                }
                if ui.button(&begin).clicked() {
                    reply = Some(begin_it());
                }
            }
            Use::Misfit => {
                if ui.button("另选一份文件……").clicked() {
                    reply = Some(Action::ChooseLastYear);
                }
                if ui.button(&begin).clicked() {
                    reply = Some(begin_it());
                }
                if can_bring && ui.button(BRING).clicked() {
                    reply = Some(bring_it());
                }
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}

/// What became of last year's report in a new one, after what could not be read of it.
fn lines_ui(ui: &mut Ui, beginning: &Beginning, is_second_choice: bool) {
    let title_ui = |ui: &mut Ui, title: &str| {
        ui.label(RichText::new(title).font(theme::bold(13.5)));
    };
    list_ui(ui, |ui| {
        let title = match is_second_choice {
            true => format!("另建一份 {} 年度时带来的", beginning.report.year()),
            false => "带来的".to_owned(),
        };
        title_ui(ui, &title);
        for line in &beginning.lines {
            line_ui(ui, line, theme::TEXT);
        }
        let words =
            "上年的数小字写在本年的旁边；上年的正文不会抄过来，显示在本年正文旁边，供参考。";
        line_ui(ui, words, theme::TEXT);
        if !beginning.remarks.is_empty() {
            ui.add_space(6.0);
            title_ui(ui, "上年的文件里没有读到、或读不准的（对照时当作没有）");
        }
        for line in &beginning.remarks {
            line_ui(ui, line, theme::QUERY);
        }
    });
}
