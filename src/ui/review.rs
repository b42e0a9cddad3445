//! An import held against its source (导入核对): what the source says in each cell, what was not found in it, what of it
//! was not used. Until the clerk has looked through it, it stands where the findings do.

use super::action::{Action, Actions};
use super::session::Session;
use super::theme;
use super::widgets::scroll_ui;
use crate::form::{CellIx, with_year};
use crate::import::{Imported, LostRow, Wanted};
use crate::prose::half_width;
use crate::report::Report;
use egui::{Button, Frame, Margin, RichText, ScrollArea, Ui};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What an import has to say about its source.
pub struct Review {
    /// The source's file.
    path: PathBuf,
    /// What else of it can be read in place of what was: the words for it, and what must be asked for.
    others: Vec<(String, Wanted)>,
    /// What the source says in each cell that was found in it.
    words: BTreeMap<CellIx, String>,
    /// Cells that were not found or not understood.
    lost: Vec<LostRow>,
    /// Cells that were read from more than a bare number.
    odd: Vec<CellIx>,
    remarks: Vec<String>,
    left_over: Vec<String>,
}

/// What the source has for a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// These words; none for a cell that is blank there.
    Words(&'a str),
    /// Nothing: it has no such cell, or one that could not be understood.
    Nothing,
}

impl Review {
    /// What there is to look through; nothing if every word of the source has its place as a bare number.
    pub fn of(imported: &Imported, path: &Path) -> Option<Self> {
        let report = &imported.report;
        let review = Self {
            path: path.to_owned(),
            others: others(imported),
            lost: imported.lost_rows(),
            odd: odd(report, &imported.words),
            words: imported.words.clone(),
            remarks: imported.remarks.iter().map(ToString::to_string).collect(),
            left_over: imported.left_over.iter().map(ToString::to_string).collect(),
        };
        (!review.words.is_empty() || !review.lost.is_empty() && !review.remarks.is_empty())
            .then_some(review)
    }

    /// What the source has for a cell.
    pub fn found(&self, cell: CellIx) -> Found<'_> {
        match self.words.get(&cell) {
            Some(words) if !self.is_lost(cell) => Found::Words(words),
            _ => Found::Nothing,
        }
    }

    fn is_lost(&self, cell: CellIx) -> bool {
        self.lost.iter().any(|lost| lost.cells.contains(&cell))
    }

    /// Whether the clerk must still fill a cell in by looking at the source.
    pub fn wants(&self, report: &Report, cell: CellIx) -> bool {
        self.is_lost(cell) && report.value(cell).is_blank() && !report.form().cell(cell).computed
    }

    /// What the source says in a cell that shows something else.
    pub fn differing(&self, cell: CellIx, shown: &str) -> Option<&str> {
        let words = self.words.get(&cell)?;
        (!words.is_empty() && plain(words) != plain(shown)).then_some(words)
    }

    /// The cell's words for the status line.
    pub fn status(&self, report: &Report, cell: CellIx) -> Option<String> {
        match self.found(cell) {
            Found::Words("") => Some("原件：空白".to_owned()),
            Found::Words(words) => Some(format!("原件：{words}")),
            Found::Nothing => match self.words.get(&cell) {
                Some(words) => Some(format!("原件：{words}（没有读懂）")),
                None if report.form().cell(cell).computed => None,
                None => Some("原件里没有找到".to_owned()),
            },
        }
    }
}

/// A number as it may be written, without what says nothing.
fn plain(words: &str) -> String {
    let narrow = words.chars().map(half_width);
    narrow
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '+'))
        .collect()
}

/// Cells that were read from more than a bare number.
fn odd(report: &Report, words: &BTreeMap<CellIx, String>) -> Vec<CellIx> {
    let is_odd = |(&cell, words): (&CellIx, &String)| {
        let value = report.value(cell);
        (!value.is_blank() && plain(words) != plain(&value.to_string())).then_some(cell)
    };
    words.iter().filter_map(is_odd).collect()
}

/// The panel.
pub fn review_ui(ui: &mut Ui, session: &Session, review: &Review, actions: &mut Actions) {
    Frame::NONE
        .inner_margin(Margin::symmetric(14, 12))
        .show(ui, |ui| {
            ui.label(RichText::new("导入核对").font(theme::bold(15.0)));
            let source = review.path.file_name().unwrap_or_default();
            let source = source.to_string_lossy();
            let source = RichText::new(source).size(13.0).color(theme::WEAK);
            ui.add(egui::Label::new(source).truncate());
            ui.add(egui::Label::new(RichText::new(summary(session, review)).size(13.0)).wrap());
            others_ui(ui, review, actions);
            ui.horizontal(|ui| {
                if super::widgets::main_button(ui, "核对完毕").clicked() {
                    actions.push(Action::FinishReview);
                }
                if ui.button("放弃导入").clicked() {
                    actions.push(Action::GiveUpImport);
                }
            });
        });
    let area = ScrollArea::vertical().id_salt("review").auto_shrink(false);
    scroll_ui(ui, area, theme::PAPER, |ui| {
        Frame::NONE
            .inner_margin(Margin::symmetric(14, 4))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                lists_ui(ui, session, review, actions);
            });
    });
}

/// The other reports of the file, and the other tables of the report.
fn others(imported: &Imported) -> Vec<(String, Wanted)> {
    let mut all = Vec::new();
    for (nth, name) in imported.reports.iter().enumerate() {
        // What was said of this report's tables says nothing of another's.
        let wanted = Wanted {
            report: Some(nth),
            ..Wanted::default()
        };
        if nth != imported.chosen {
            all.push((format!("改读第 {} 份：{name}", nth + 1), wanted));
        }
    }
    for several in &imported.several_tables {
        let name = &several.name;
        for (nth, known_by) in several.all.iter().enumerate() {
            let mut wanted = imported.wanted.clone();
            wanted.tables.insert(several.table, nth);
            if nth != several.chosen {
                all.push((format!("改读第 {} 张{name}（{known_by}）", nth + 1), wanted));
            }
        }
    }
    all
}

/// What can be read in place of what was.
fn others_ui(ui: &mut Ui, review: &Review, actions: &mut Actions) {
    for (words, wanted) in &review.others {
        let button = Button::new(words).wrap();
        if ui.add(button).clicked() {
            actions.push(Action::ReadOther(review.path.clone(), wanted.clone()));
        }
    }
}

/// How many cells came out how.
fn summary(session: &Session, review: &Review) -> String {
    let blank = review.words.values().filter(|words| words.is_empty());
    let blank = blank.count();
    let unread = review.words.keys().filter(|&&cell| review.is_lost(cell));
    let lost = review.lost.iter().map(|lost| lost.cells.len());
    let stated = session.evaluation().discrepancies.len();
    let totals = match stated {
        0 => String::new(),
        n => format!("；印着的总计有 {n} 处与计算值不同，已标红"),
    };
    format!(
        "读到 {} 格，原件空白 {} 格，没有读到 {} 格{totals}。点表里的格，下面会写出原件的原文。",
        review.words.len() - blank - unread.count(),
        blank,
        lost.sum::<usize>()
    )
}

fn lists_ui(ui: &mut Ui, session: &Session, review: &Review, actions: &mut Actions) {
    let report = session.report();
    ui.spacing_mut().interact_size.y = 20.0;
    if !review.lost.is_empty() {
        title_ui(ui, "没有读到，请看原件自己填写");
        for LostRow { what, cells, .. } in &review.lost {
            let open = cells.iter().filter(|&&cell| review.wants(report, cell));
            let open = open.count();
            let count = match cells.len() {
                0 | 1 => String::new(),
                n if open > 0 && open < n => format!("（{n} 格，还有 {open} 格没填）"),
                n => format!("（{n} 格）"),
            };
            let (mark, colour) = match open {
                0 if cells.is_empty() => ("", theme::QUERY),
                0 => ("✓ ", theme::FINE),
                _ => ("", theme::QUERY),
            };
            let words = format!("{mark}{what}{count}");
            line_ui(ui, &words, colour, cells.first(), actions);
        }
    }
    if !review.odd.is_empty() {
        title_ui(ui, "原文不只是一个数，读作");
        for &cell in &review.odd {
            let name = with_year(&session.form().full_name(cell), report.year());
            let words = review.words.get(&cell).map_or("", String::as_str);
            let line = format!("{name}：“{words}” → {}", session.shown(cell));
            line_ui(ui, &line, theme::TEXT, Some(&cell), actions);
        }
    }
    for (title, lines, colour) in [
        ("请注意", &review.remarks, theme::QUERY),
        ("原件里没有用到的", &review.left_over, theme::WEAK),
    ] {
        if !lines.is_empty() {
            title_ui(ui, title);
            for line in lines {
                line_ui(ui, line, colour, None, actions);
            }
        }
    }
    let nothing = review.lost.is_empty() && review.odd.is_empty() && review.remarks.is_empty();
    let has_blanks = review.words.values().any(String::is_empty);
    if nothing && !has_blanks && review.left_over.is_empty() {
        ui.label(RichText::new("每一格都读到了，请抽看几格。").color(theme::FINE));
    }
}

fn title_ui(ui: &mut Ui, title: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(title).font(theme::bold(13.5)));
}

fn line_ui(
    ui: &mut Ui,
    line: &str,
    colour: egui::Color32,
    cell: Option<&CellIx>,
    actions: &mut Actions,
) {
    let words = RichText::new(line).size(13.0).color(colour);
    ui.add(egui::Label::new(words).wrap());
    let Some(&cell) = cell else { return };
    let link = Button::new(RichText::new("看这一格").size(12.5).color(theme::ACCENT)).frame(false);
    if ui.add(link).clicked() {
        actions.push(Action::ShowCell(cell));
    }
}
