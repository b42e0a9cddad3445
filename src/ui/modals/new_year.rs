//! Questions about a new year: from which report, and whether it shall begin so.

use super::{Reply, heading, main_button};
use crate::rollover;
use crate::ui::beginning::Beginning;
use crate::ui::session::Session;
use crate::ui::theme;
use egui::{Key, RichText, ScrollArea, Ui};

pub(super) fn which_ui(ui: &mut Ui, session: &Session) -> Option<Reply> {
    let report = session.report();
    heading(ui, "结转新年度");
    ui.label("上年的年报在哪里？可以是草稿，也可以是公开过的 Word、网页、Excel、PDF 文件。");
    ui.add_space(10.0);
    let mut reply = None;
    let next = report.year() + 1;
    if main_button(ui, "选择上年的文件……").clicked() {
        reply = Some(Reply::ChooseLastYear);
    }
    let open = format!("用打开着的这份（{} 年度），开始 {next} 年度", report.year());
    if ui.button(open).clicked() {
        reply = Some(Reply::RollOverOpen);
    }
    if ui.button("取消").clicked() {
        reply = Some(Reply::Cancel);
    }
    reply
}

pub(super) fn new_year_ui(
    ui: &mut Ui,
    beginning: &Beginning,
    session: Option<&Session>,
) -> Option<Reply> {
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
            reply = Some(Reply::ChooseLastYear);
        }
        let bring = || Some(Reply::BringLastYear(prior.clone()));
        match open {
            Some(_) if same_organ => {
                if main_button(ui, BRING).clicked() || enter {
                    reply = bring();
                }
                if ui.button(begin).clicked() {
                    reply = Some(Reply::Begin);
                }
            }
            _ if misfit => {
                if ui.button(begin).clicked() {
                    reply = Some(Reply::Begin);
                }
                if open.is_some() && ui.button(BRING).clicked() {
                    reply = bring();
                }
            }
            _ => {
                if main_button(ui, &begin).clicked() || enter {
                    reply = Some(Reply::Begin);
                }
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

/// The open report on the form of its year.
pub(super) fn change_form_ui(ui: &mut Ui, beginning: &Beginning) -> Option<Reply> {
    let form = &beginning.report.form().name;
    heading(ui, "换格式");
    ui.label(format!(
        "会按{form}另建一份，名称相同的格和正文都带过去；现在这份的文件不动。"
    ));
    ui.add_space(4.0);
    list_ui(ui, |ui| {
        for line in &beginning.lines {
            line_ui(ui, line, theme::TEXT);
        }
    });
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, &format!("换成{form}")).clicked() {
            reply = Some(Reply::Begin);
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

const BRING: &str = "把上年数带入打开着的这份";

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

/// A list of lines, which scrolls if it is long.
fn list_ui(ui: &mut Ui, lines: impl FnOnce(&mut Ui)) {
    const HIGHEST: f32 = 330.0;
    ScrollArea::vertical()
        .max_height(HIGHEST)
        .min_scrolled_height(HIGHEST)
        .auto_shrink([false, true])
        .show(ui, lines);
}

fn line_ui(ui: &mut Ui, line: &str, colour: egui::Color32) {
    let words = RichText::new(line).size(13.0).color(colour);
    ui.add(egui::Label::new(words).wrap());
}
