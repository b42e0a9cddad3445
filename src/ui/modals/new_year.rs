//! Questions about a new year: from which report, and whether it shall begin so.

use super::{Reply, heading, main_button};
use crate::report::Report;
use crate::ui::session::Session;
use crate::ui::theme;
use egui::{Key, RichText, ScrollArea, Ui};

/// A new year's report that is about to begin.
pub struct Beginning {
    /// The report, with last year's figures in it.
    pub report: Report,
    /// What became of last year's report.
    pub lines: Vec<String>,
    /// What of last year's file could not be read.
    pub remarks: Vec<String>,
    /// Whether the open report is of the same year, so that the figures can be brought into it.
    pub fits_open: bool,
}

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

pub(super) fn new_year_ui(ui: &mut Ui, beginning: &Beginning) -> Option<Reply> {
    let report = &beginning.report;
    heading(ui, "结转新年度");
    if let Some(prior) = report.prior() {
        let organ = match prior.figures.organ() {
            "" => "（没有写单位）",
            organ => organ,
        };
        ui.label(format!(
            "上年：{organ} {} 年度（{}）",
            prior.figures.year(),
            prior.source
        ));
    }
    ui.label(format!(
        "新年度：{} 年度，{}（{}）",
        report.year(),
        report.form().name,
        report.form().doc_no
    ));
    ui.add_space(4.0);
    ScrollArea::vertical()
        .max_height(260.0)
        .min_scrolled_height(260.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            if !beginning.remarks.is_empty() {
                let words = "上年的文件里有读不准的地方，请看原件核对：";
                ui.colored_label(theme::ERROR, words);
            }
            let weak = beginning.lines.iter().map(|line| (line, theme::WEAK));
            let remarks = beginning.remarks.iter().map(|line| (line, theme::ERROR));
            for (line, colour) in remarks.chain(weak) {
                let words = RichText::new(line).size(13.0).color(colour);
                ui.add(egui::Label::new(words).wrap());
            }
            let words = "上年的正文不会抄过来，会显示在本年正文旁边，供参考。";
            ui.label(RichText::new(words).size(13.0).color(theme::WEAK));
        });
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        let begin = format!("开始 {} 年度", report.year());
        if beginning.fits_open {
            if main_button(ui, "把上年数带入打开着的这份").clicked()
                || ui.input(|input| input.key_pressed(Key::Enter))
            {
                reply = report.prior().cloned().map(Reply::BringLastYear);
            }
            if ui.button(format!("另外{begin}")).clicked() {
                reply = Some(Reply::Begin);
            }
        } else if main_button(ui, &begin).clicked()
            || ui.input(|input| input.key_pressed(Key::Enter))
        {
            reply = Some(Reply::Begin);
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}
