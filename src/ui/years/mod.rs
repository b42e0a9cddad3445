//! Years side by side (历年比较): the tables line by line, the texts paragraph by paragraph, charts; in the place of the
//! tabs.

mod tables;
mod texts;

use super::action::{Action, Actions};
use super::chart::chart_ui;
use super::theme;
use crate::compare::{self, TableLines};
use crate::export::chart::{self, Drawing};
use crate::report::Figures;
use crate::trend::{self, Chart};
use egui::{Button, Frame, Key, Margin, RichText, ScrollArea, Ui};
use std::collections::BTreeMap;

/// A report in the comparison.
struct Entry {
    figures: Figures,
    /// Where it comes from.
    source: String,
    /// Whether it is of the open report.
    is_open: bool,
}

/// A chart with what is painted for it.
struct Drawn {
    chart: Chart,
    drawing: Drawing,
}

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    /// The table at this place.
    Table(usize),
    Texts,
    Charts,
}

impl Default for Page {
    fn default() -> Self {
        Self::Table(0)
    }
}

/// The comparison.
#[derive(Default)]
pub struct Years {
    entries: Vec<Entry>,
    /// What is open and was taken out of the comparison.
    taken_out: Vec<Entry>,
    tables: Vec<TableLines>,
    charts: Vec<Drawn>,
    /// Why there are no charts, or what to mind about them.
    about_charts: Option<String>,
    page: Page,
    /// The column that is looked at in each table; the last one, the total, at first.
    columns: Vec<usize>,
    /// The columns that were chosen, by the table's name.
    looked_at: BTreeMap<String, String>,
    only_differences: bool,
    /// The reports whose texts are compared.
    pair: (usize, usize),
    /// The chart that is about to be saved.
    pub saving: Option<usize>,
}

impl Years {
    /// Puts in what is open, each with where it comes from, in the place of what was open before.
    pub fn set_open(&mut self, reports: impl IntoIterator<Item = (Figures, String)>) {
        self.entries.retain(|entry| !entry.is_open);
        let open = reports.into_iter().map(|(figures, source)| Entry {
            figures,
            source,
            is_open: true,
        });
        // What was taken out stays out, until it is put back.
        let is_out = |entry: &Entry| self.taken_out.iter().any(|out| out.source == entry.source);
        let (out, here): (Vec<_>, Vec<_>) = open.partition(is_out);
        self.taken_out = out;
        self.entries.extend(here);
        self.refresh();
    }

    fn put_back(&mut self) {
        self.entries.append(&mut self.taken_out);
        self.refresh();
    }

    /// Takes one more report in.
    pub fn add(&mut self, figures: Figures, source: String) {
        self.entries.push(Entry {
            figures,
            source,
            is_open: false,
        });
        self.refresh();
    }

    /// Where a report comes from that says just the same.
    pub fn same_as(&self, figures: &Figures) -> Option<&str> {
        let mut same = self
            .entries
            .iter()
            .filter(|entry| entry.figures == *figures);
        same.next().map(|entry| entry.source.as_str())
    }

    /// The chart at a place, drawn.
    pub fn chart(&self, nth: usize) -> Option<&Drawing> {
        self.charts.get(nth).map(|drawn| &drawn.drawing)
    }

    /// The usual name of the file that the chart is saved in.
    pub fn chart_file(&self, nth: usize) -> Option<String> {
        let drawn = self.charts.get(nth)?;
        Some(chart::file_name(&drawn.chart, chart::Format::Png))
    }

    fn remove(&mut self, nth: usize) {
        let entry = self.entries.remove(nth);
        self.taken_out
            .extend(Some(entry).filter(|entry| entry.is_open));
        self.refresh();
    }

    fn refresh(&mut self) {
        self.entries.sort_by_key(|entry| entry.figures.year());
        let all: Vec<Figures> = self.entries.iter().map(|one| one.figures.clone()).collect();
        self.tables = compare::tables(&all);
        // The column that was looked at stays, if there still is one of its name; else it is the total.
        let columns = self.tables.iter().map(|table| {
            let last = table.columns.len().saturating_sub(1);
            let looked_at = self.looked_at.get(&table.name);
            let same = |name: &String| Some(name) == looked_at;
            table.columns.iter().position(same).unwrap_or(last)
        });
        self.columns = columns.collect();
        let newest = all.len().saturating_sub(1);
        self.pair = (newest.saturating_sub(1), newest);
        self.draw_charts(&all);
    }

    fn draw_charts(&mut self, all: &[Figures]) {
        self.charts.clear();
        let organ = all.last().map_or("", Figures::organ);
        let twice = all.windows(2).find(|two| two[0].year() == two[1].year());
        let others: Vec<String> = all
            .iter()
            .filter(|one| one.organ() != organ)
            .map(|one| format!("{} 年是“{}”", one.year(), one.organ()))
            .collect();
        if let Some(twice) = twice {
            self.about_charts = Some(format!(
                "{} 年的年报有两份，趋势图不知道用哪一份；请在上面移除一份。",
                twice[0].year()
            ));
            return;
        }
        let organs = trend::organs(all);
        self.charts = trend::charts(all)
            .into_iter()
            .map(|chart| Drawn {
                drawing: chart::draw(&chart, &organs),
                chart,
            })
            .collect();
        self.about_charts = match (self.charts.is_empty(), others.is_empty()) {
            (true, _) => Some("要有两个不同年度的年报，才画得出趋势图。".to_owned()),
            (_, false) => Some(format!(
                "最近一年的单位是“{organ}”，而{}；请确认是同一个单位。",
                others.join("，")
            )),
            _ => None,
        };
    }

    /// Looks at another column of a table.
    fn look_at(&mut self, table: usize, column: usize) {
        let lines = &self.tables[table];
        let name = lines.columns[column].clone();
        self.looked_at.insert(lines.name.clone(), name);
        self.columns[table] = column;
    }

    /// What a report is called: its year, and its source where a year is there twice.
    fn label(&self, nth: usize) -> String {
        let entry = &self.entries[nth];
        let year = entry.figures.year();
        let same = |other: &&Entry| other.figures.year() == year;
        match self.entries.iter().filter(same).count() {
            1 => format!("{year} 年"),
            _ => format!("{year} 年（{}）", entry.source),
        }
    }
}

/// The comparison; while the window is `busy` with a question, keys are not for it.
pub fn years_ui(ui: &mut Ui, years: &mut Years, busy: bool, actions: &mut Actions) {
    // Esc is meant for a question or a menu that lies over the comparison.
    let covered = busy || egui::Popup::is_any_open(ui.ctx());
    Frame::NONE
        .fill(theme::PAPER)
        .inner_margin(Margin::symmetric(14, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            bar_ui(ui, years, actions);
            entries_ui(ui, years);
        });
    if !covered && ui.input(|input| input.key_pressed(Key::Escape)) {
        actions.push(Action::CloseView);
    }
    if years.entries.len() < 2 {
        return nothing_ui(ui);
    }
    match years.page {
        Page::Table(nth) => tables::table_ui(ui, years, nth),
        Page::Texts => texts::texts_ui(ui, years),
        Page::Charts => charts_ui(ui, years, actions),
    }
}

fn bar_ui(ui: &mut Ui, years: &mut Years, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        if ui.button("关闭（Esc）").clicked() {
            actions.push(Action::CloseView);
        }
        ui.label(RichText::new("历年比较").font(theme::bold(15.0)));
        ui.add_space(8.0);
        if super::widgets::main_button(ui, "添加一份年报……").clicked() {
            actions.push(Action::AddYear);
        }
        if !years.taken_out.is_empty() && ui.button("放回打开着的").clicked() {
            years.put_back();
        }
        ui.add_space(8.0);
        let tables = years.tables.iter().enumerate();
        let pages = tables
            .map(|(nth, table)| (table.name.clone(), Page::Table(nth)))
            .chain([
                ("正文".to_owned(), Page::Texts),
                ("趋势图".to_owned(), Page::Charts),
            ]);
        for (name, page) in pages.collect::<Vec<_>>() {
            let on = years.page == page;
            let colour = if on { theme::ACCENT } else { theme::TEXT };
            let mut button = Button::new(RichText::new(name).color(colour));
            if on {
                button = button.fill(theme::SELECTION);
            }
            if ui.add(button).clicked() {
                years.page = page;
            }
        }
    });
}

/// The reports that are compared, each to be taken out again.
fn entries_ui(ui: &mut Ui, years: &mut Years) {
    let mut gone = None;
    let organ = years.entries.last().map(|entry| entry.figures.organ());
    ui.horizontal_wrapped(|ui| {
        for (nth, entry) in years.entries.iter().enumerate() {
            let figures = &entry.figures;
            let mut words = format!("{} 年：{}", figures.year(), entry.source);
            let other = organ.is_some_and(|organ| organ != figures.organ());
            if other {
                words.push_str(&format!("（单位是“{}”）", figures.organ()));
            }
            let colour = if other { theme::QUERY } else { theme::WEAK };
            // One widget, so that a report and the way to take it out never stand on two lines.
            let name = format!("移除 {words}");
            let words = RichText::new(format!("{words} ×")).size(13.0).color(colour);
            let response = ui.add(Button::new(words)).on_hover_text("点一下移除");
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name)
            });
            if response.clicked() {
                gone = Some(nth);
            }
        }
    });
    if let Some(nth) = gone {
        years.remove(nth);
    }
}

/// A white sheet that fills the page.
fn paper_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    Frame::NONE
        .fill(theme::PAPER)
        .stroke(egui::Stroke::new(1.0, theme::LINE))
        .corner_radius(theme::ROUND)
        .outer_margin(Margin::same(14))
        .inner_margin(Margin::symmetric(16, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            contents(ui);
        });
}

fn nothing_ui(ui: &mut Ui) {
    ui.add_space(60.0);
    ui.vertical_centered(|ui| {
        let words = "请用“添加一份年报”选入别的年度：草稿，或 Word、网页、Excel、PDF 文件都可以。";
        ui.label(RichText::new(words).color(theme::WEAK));
    });
}

fn charts_ui(ui: &mut Ui, years: &Years, actions: &mut Actions) {
    const WIDEST: f32 = 860.0;
    ScrollArea::vertical()
        .id_salt("charts")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.add_space(10.0);
            if let Some(words) = &years.about_charts {
                ui.horizontal(|ui| {
                    ui.add_space(16.0);
                    ui.label(RichText::new(words).color(theme::QUERY));
                });
                ui.add_space(8.0);
            }
            for (nth, Drawn { chart, drawing }) in years.charts.iter().enumerate() {
                ui.horizontal(|ui| {
                    ui.add_space(16.0);
                    Frame::NONE
                        .fill(theme::PAPER)
                        .stroke(egui::Stroke::new(1.0, theme::LINE))
                        .corner_radius(theme::ROUND)
                        .inner_margin(Margin::same(12))
                        .show(ui, |ui| {
                            ui.vertical(|ui| {
                                ui.set_width((ui.available_width() - 16.0).min(WIDEST));
                                chart_ui(ui, drawing);
                                let words = format!("把“{}”存为图片……", chart.name);
                                if ui.button(words).clicked() {
                                    actions.push(Action::SaveChart(nth));
                                }
                            });
                        });
                });
                ui.add_space(12.0);
            }
        });
}
