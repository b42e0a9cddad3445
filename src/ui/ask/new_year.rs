//! 结转: a new year's report is ready; shall it begin so?

use super::lists::{line_ui, list_ui};
use crate::report::Report;
use crate::rollover;
use crate::ui::action::{Action, Intent};
use crate::ui::beginning::Beginning;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::{heading, main_button};
use egui::{Key, RichText, Ui};

/// Asks whether it shall begin so.
pub fn new_year_ui(
    ui: &mut Ui,
    beginning: &Beginning,
    session: Option<&Session>,
) -> Option<Action> {
    let report = &beginning.report;
    let prior = report.prior()?;
    heading(ui, "上年的年报");
    let organ = match prior.figures.organ() {
        "" => "（没有写单位）",
        organ => organ,
    };
    ui.label(format!(
        "上年：{organ} {} 年度（{}）",
        prior.figures.year(),
        prior.source
    ));
    ui.label(format!(
        "新年度：{} 年度，{}（{}）",
        report.year(),
        report.form().name,
        report.form().doc_no
    ));
    ui.add_space(4.0);
    let there = session.map(Session::report);
    let open = there.filter(|open| open.year() == report.year());
    if let (Some(there), None) = (there, open) {
        let words = format!(
            "打开着的是 {} 年度，它的上年是 {} 年度；这份是 {} 年度的，不能带入。",
            there.year(),
            there.year() - 1,
            prior.figures.year()
        );
        ui.colored_label(theme::QUERY, words);
    }
    let same_organ = open.is_none_or(|open| {
        open.organ().is_empty() || organ == open.organ() || prior.figures.organ().is_empty()
    });
    if let Some(open) = open {
        let edit = rollover::bring(open, prior.clone());
        ui.label(format!(
            "打开着的是 {} {} 年度，可以把上年数带入它：会按上年填 {} 格，自己填过的不动。",
            open.organ(),
            open.year(),
            rollover::cells_filled(&edit)
        ));
    }
    if !same_organ {
        let words = "这份上年年报的单位与打开着的不同，请看清是不是选错了文件。";
        ui.colored_label(theme::QUERY, words);
    }
    ui.add_space(4.0);
    lines_ui(ui, beginning, there.is_some());
    ui.add_space(10.0);
    answers_ui(ui, beginning, there, same_organ)
}

const BRING: &str = "把上年数带入打开着的这份";

/// The answers; the one that fits best comes first.
fn answers_ui(
    ui: &mut Ui,
    beginning: &Beginning,
    there: Option<&Report>,
    same_organ: bool,
) -> Option<Action> {
    let report = &beginning.report;
    let prior = report.prior()?;
    let open = there.filter(|open| open.year() == report.year());
    let mut reply = None;
    ui.horizontal(|ui| {
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        let begin = match there {
            Some(_) => format!("另建一份 {} 年度", report.year()),
            None => format!("开始 {} 年度", report.year()),
        };
        // Asked for from an open report, a file that does not fit is most likely the wrong one.
        let misfit = there.is_some() && (open.is_none() || !same_organ);
        if misfit && main_button(ui, "另选一份文件……").clicked() {
            reply = Some(Action::ChooseLastYear);
        }
        let begin_it = || Action::Leave(Intent::Begin(Box::new(beginning.clone())));
        let bring = || Some(Action::BringLastYear(prior.clone()));
        match open {
            Some(_) if same_organ => {
                if main_button(ui, BRING).clicked() || enter {
                    reply = bring();
                }
                if ui.button(begin).clicked() {
                    reply = Some(begin_it());
                }
            }
            _ if misfit => {
                if ui.button(begin).clicked() {
                    reply = Some(begin_it());
                }
                if open.is_some() && ui.button(BRING).clicked() {
                    reply = bring();
                }
            }
            _ => {
                if main_button(ui, &begin).clicked() || enter {
                    reply = Some(begin_it());
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
fn lines_ui(ui: &mut Ui, beginning: &Beginning, there: bool) {
    let title_ui = |ui: &mut Ui, title: &str| {
        ui.label(RichText::new(title).font(theme::bold(13.5)));
    };
    list_ui(ui, |ui| {
        let title = match there {
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
