//! The reports that are compared, and what is worked out from them.

use crate::compare::{self, TableLines};
use crate::export::chart::{self, Drawing};
use crate::report::Figures;
use crate::trend::{self, Chart};
use std::collections::BTreeMap;

/// A report in the comparison.
pub(super) struct Entry {
    pub(super) figures: Figures,
    /// Where it comes from.
    pub(super) source: String,
    /// Whether it is of the open report.
    pub(super) is_open: bool,
}

/// A chart with what is painted for it.
pub(super) struct Drawn {
    pub(super) chart: Chart,
    pub(super) drawing: Drawing,
}

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
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
    pub(super) entries: Vec<Entry>,
    /// What is open and was taken out of the comparison.
    pub(super) taken_out: Vec<Entry>,
    pub(super) tables: Vec<TableLines>,
    pub(super) charts: Vec<Drawn>,
    /// Why there are no charts, or what to mind about them.
    pub(super) about_charts: Option<String>,
    pub(super) page: Page,
    /// The column that is looked at in each table; the last one, the total, at first.
    pub(super) columns: Vec<usize>,
    /// The columns that were chosen, by the table's name.
    pub(super) looked_at: BTreeMap<String, String>,
    pub(super) only_differences: bool,
    /// The reports whose texts are compared.
    pub(super) pair: (usize, usize),
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

    pub(super) fn put_back(&mut self) {
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

    pub(super) fn remove(&mut self, nth: usize) {
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
            (true, _) => Some("还没有年报，画不出图。".to_owned()),
            (_, false) => Some(format!(
                "最近一年的单位是“{organ}”，而{}；请确认是同一个单位。",
                others.join("，")
            )),
            _ => None,
        };
    }

    /// Looks at another column of a table.
    pub(super) fn look_at(&mut self, table: usize, column: usize) {
        let lines = &self.tables[table];
        let name = lines.columns[column].clone();
        self.looked_at.insert(lines.name.clone(), name);
        self.columns[table] = column;
    }

    /// What a report is called: its year, and its source where a year is there twice.
    pub(super) fn label(&self, nth: usize) -> String {
        let entry = &self.entries[nth];
        let year = entry.figures.year();
        let same = |other: &&Entry| other.figures.year() == year;
        match self.entries.iter().filter(same).count() {
            1 => format!("{year} 年"),
            _ => format!("{year} 年（{}）", entry.source),
        }
    }
}
