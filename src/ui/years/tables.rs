//! Tables of several reports, a line for each number.

use super::paper::paper_ui;
use super::side_by_side::Years;
use crate::compare::Line;
use crate::trend;
use crate::ui::action::{Action, Actions};
use crate::ui::theme;
use crate::ui::widgets::scroll_ui;
use crate::value::Value;
use egui::{Align, Button, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};
use rust_decimal::Decimal;

const ROW: f32 = 24.0;
const NUMBER: f32 = 100.0;
const CHANGE: f32 = 190.0;
const NAME: f32 = 380.0;

pub(super) fn table_ui(ui: &mut Ui, years: &mut Years, nth: usize, actions: &mut Actions) {
    let nth = nth.min(years.tables.len().saturating_sub(1));
    if years.tables.is_empty() {
        return;
    }
    paper_ui(ui, |ui| {
        choices_ui(ui, years, nth, actions);
        ui.add_space(6.0);
        lines_ui(ui, years, nth);
    });
}

/// Which column, and whether only what differs.
fn choices_ui(ui: &mut Ui, years: &mut Years, nth: usize, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        let mut chosen = None;
        for (column, name) in years.tables[nth].columns.iter().enumerate() {
            let on = years.columns[nth] == column;
            let colour = if on { theme::ACCENT } else { theme::TEXT };
            let mut button = Button::new(RichText::new(name).size(13.0).color(colour));
            if on {
                button = button.fill(theme::SELECTION);
            }
            if ui.add(button).clicked() {
                chosen = Some(column);
            }
        }
        if let Some(column) = chosen {
            years.look_at(nth, column);
        }
        ui.checkbox(&mut years.only_differences, "只看不同的");
        if ui.button("复制这张表").clicked() {
            actions.push(Action::CopyBlock(block(years, nth)));
            actions.push(Action::Tell(
                "已复制，可以粘贴到 Word、Excel、WPS 里".to_owned(),
            ));
        }
    });
}

/// The lines that are shown of a table, for the column that is looked at.
fn shown_lines(years: &Years, nth: usize) -> Vec<&Line> {
    let column = years.columns[nth];
    let is_shown = |line: &&Line| {
        line.column.is_none_or(|own| own == column) && (!years.only_differences || line.differs())
    };
    years.tables[nth].lines.iter().filter(is_shown).collect()
}

/// What is shown, as rows for the clipboard.
fn block(years: &Years, nth: usize) -> Vec<Vec<String>> {
    let count = years.entries.len();
    let table = &years.tables[nth];
    let column = table.columns.get(years.columns[nth]);
    let name = match column.filter(|_| table.columns.len() > 1) {
        Some(column) => format!("{} · {column}", table.name),
        None => table.name.clone(),
    };
    let mut head = vec![name];
    head.extend((0..count).map(|nth| years.label(nth)));
    head.push(CHANGED.to_owned());
    let mut rows = vec![head];
    for line in shown_lines(years, nth) {
        let mut row = vec![line.name.clone()];
        let numbers = line.values.iter().map(|value| number_words(*value));
        row.extend(numbers);
        row.push(change_words(change(line, count)));
        rows.push(row);
    }
    rows
}

/// The head of the column that compares the last two.
const CHANGED: &str = "最后一份比前一份";

/// How the last report differs from the one before.
fn change(line: &Line, count: usize) -> Option<(Decimal, Option<Decimal>)> {
    match count {
        0 | 1 => None,
        n => line.change(n - 2, n - 1),
    }
}

fn lines_ui(ui: &mut Ui, years: &Years, nth: usize) {
    let table = &years.tables[nth];
    let column = years.columns[nth];
    let lines = shown_lines(years, nth);
    if lines.is_empty() {
        ui.label(RichText::new("没有不同的地方。").color(theme::FINE));
        return;
    }
    let count = years.entries.len();
    let name_width = NAME
        .min(ui.available_width() - NUMBER * count as f32 - CHANGE - 60.0)
        .max(160.0);
    scroll_ui(ui, egui::ScrollArea::horizontal(), theme::PAPER, |ui| {
        TableBuilder::new(ui)
            .id_salt(("years", nth, column))
            .striped(true)
            .auto_shrink([true, false])
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::exact(name_width).clip(true))
            .columns(Column::exact(NUMBER), count)
            .column(Column::exact(CHANGE))
            .header(ROW, |mut header| {
                header.col(|ui| {
                    ui.label(RichText::new(&table.name).font(theme::bold(13.0)));
                });
                for nth in 0..count {
                    header.col(|ui| right(ui, bold(&years.label(nth))));
                }
                header.col(|ui| right(ui, bold(CHANGED)));
            })
            .body(|body| {
                body.rows(ROW, lines.len(), |mut row| {
                    let line = lines[row.index()];
                    row.col(|ui| {
                        let words = RichText::new(&line.name).size(13.0);
                        let label = egui::Label::new(words).truncate();
                        ui.add(label).on_hover_text(&line.name);
                    });
                    for (nth, value) in line.values.iter().enumerate() {
                        row.col(|ui| right(ui, number(*value, line.differs_at(nth))));
                    }
                    let words = RichText::new(change_words(change(line, count)));
                    row.col(|ui| right(ui, words.size(13.0).color(theme::WEAK)));
                });
            });
    });
}

fn bold(words: &str) -> RichText {
    RichText::new(words).font(theme::bold(13.0))
}

fn right(ui: &mut Ui, words: RichText) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add(egui::Label::new(words).truncate());
    });
}

/// A number; heavier where it is another one than before. A form that lacks the cell has a dash there.
fn number(value: Option<Value>, differs: bool) -> RichText {
    let words = number_words(value);
    let plain = RichText::new(&words).size(13.0);
    match value {
        None | Some(Value::Blank) => plain.color(theme::ZERO),
        Some(_) if differs => bold(&words),
        Some(value) if value.same_number(Value::Count(0)) => plain.color(theme::ZERO),
        Some(_) => plain,
    }
}

fn number_words(value: Option<Value>) -> String {
    match value {
        None => "—".to_owned(),
        Some(Value::Blank) => "空白".to_owned(),
        Some(value) if value.same_number(Value::Count(0)) => "0".to_owned(),
        Some(value) => value.to_string(),
    }
}

fn change_words(change: Option<(Decimal, Option<Decimal>)>) -> String {
    match change {
        None => String::new(),
        Some((by, _)) if by.is_zero() => "相同".to_owned(),
        Some((by, share)) => {
            let share = share.map_or(String::new(), |share| format!("（{share:+}%）"));
            trend::with_minus(format!("{by:+}{share}"))
        }
    }
}
