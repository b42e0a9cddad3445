//! The sheet with charts: what 历年比较 draws of this year, beside last year's where the draft has it. Each chart stands
//! beside the numbers that it shows, which follow the official tables.

use super::formulas::CellRefs;
use super::sheet::{PAGE_HEIGHT, PORTRAIT, set_column_width, set_up_page};
use super::{formulas, measure, style};
use crate::export::chart::{BEFORE, color};
use crate::export::document::{Document, Role};
use crate::export::palette::{ACCENT, Rgb};
use crate::form::{CHARTS_HEAD, TrendLine};
use crate::trend;
use crate::value::Value;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSeries,
    ChartSolidFill, ChartType, Color, Format, FormatAlign, Formula, ProtectionOptions, Worksheet,
    XlsxError,
};

/// The name of the sheet, which stands behind the tables.
pub const CHARTS: &str = "图表";

/// The first row of charts (from 0): those above are printed on every page.
const FIRST_ROW: u32 = 2;

/// Rows from one chart to the next; four charts fill a page where what stands above them is short.
const ROWS: u32 = 12;

/// Heights in pixels: of the row above all, of a chart's first row, and of the others.
const HEAD: u32 = 22;
const TITLE: u32 = 25;
const ROW: u32 = 18;

/// The columns' widths in pixels: what a number is, and a number.
const NAME: u32 = 128;
const NUMBER: u32 = 66;

/// A chart stands over so many columns: where another program has them wider, it grows with them.
const OVER: u32 = 6;

/// What of a chart's width its bars that lie do not fill, in pixels: the years at their left, and edges.
const BESIDE_BAR: u32 = 90;

/// The size of letters beside and in charts, in points.
const SIZE: f64 = 9.0;

/// A chart and its numbers on the sheet.
struct Block<'a> {
    row: u32,
    chart: &'a trend::Chart,
    /// The form's lines of it.
    lines: &'a [TrendLine],
    /// What must be known of it, a sentence each.
    notes: Vec<String>,
}

impl Block<'_> {
    /// Whether the numbers are counts, that can be so much more than last year's.
    fn has_change(&self) -> bool {
        self.chart.years.len() > 1 && self.chart.unit != PERCENT
    }

    /// Whether there is something to draw. A program would make up an axis where there is not.
    fn is_drawn(&self) -> bool {
        let mut values = self.chart.series.iter().flat_map(|series| &series.values);
        values.any(|value| value.decimal().is_some_and(|number| !number.is_zero()))
    }

    /// How many rows it takes.
    fn rows(&self) -> u32 {
        let notes: usize = self.notes().map(|(_, lines)| lines).sum();
        let used = 2 + self.chart.series.len() + notes + 1;
        ROWS.max(u32::try_from(used).unwrap_or(ROWS))
    }

    /// The first and the last row of its numbers.
    fn rows_of_numbers(&self) -> (u32, u32) {
        let first = self.row + 2;
        (first, first + self.chart.series.len() as u32 - 1)
    }

    /// Its notes, and how many rows each takes.
    fn notes(&self) -> impl Iterator<Item = (&str, usize)> {
        let width = f64::from(NAME + NUMBER * (chart_col(self.chart.years.len()) - 1));
        let notes = self.notes.iter();
        notes.map(move |note| (note.as_str(), measure::lines(note, width, SIZE)))
    }
}

const PERCENT: &str = "%";

/// The first column of the charts, where there are so many years: behind names, years, and the change between two.
fn chart_col(years: usize) -> u32 {
    match years {
        1 => 2,
        years => years as u32 + 2,
    }
}

/// The width of a column that the charts stand over, in pixels.
fn room(years: usize) -> u32 {
    (PORTRAIT - NAME - NUMBER * (chart_col(years) - 1)) / OVER
}

/// The width of a chart, in pixels.
fn chart_width(years: usize) -> u32 {
    room(years) * OVER - 10
}

/// What stands on the sheet besides the charts: row, column and content.
pub fn cells(document: &Document) -> Vec<(u32, u16, Shown)> {
    let charts = trend::charts(&document.years);
    let mut all = vec![
        (0, 0, Shown::Words(CHARTS_HEAD.to_owned())),
        (1, 0, Shown::Words(remark(document))),
    ];
    for block in blocks(document, &charts) {
        let Block { row, chart, .. } = &block;
        all.push((*row, 0, Shown::Words(title(chart))));
        for (col, year) in (1..).zip(&chart.years) {
            all.push((row + 1, col, Shown::Words(format!("{year}年"))));
        }
        if block.has_change() {
            all.push((row + 1, 3, Shown::Words("同比".to_owned())));
        }
        let mut at = row + 2;
        for series in &chart.series {
            all.push((at, 0, Shown::Words(series.name.clone())));
            for (col, value) in (1..).zip(&series.values) {
                all.push((at, col, Shown::Number(*value)));
            }
            if block.has_change() {
                all.push((at, 3, Shown::Change(change(&series.values))));
            }
            at += 1;
        }
        for (note, lines) in block.notes() {
            let is_of_numbers = chart.notes.iter().any(|known| known == note);
            let note = note.to_owned();
            all.push(match is_of_numbers {
                true => (at, 0, Shown::Words(note)),
                false => (at, 0, Shown::OfTheChart(note)),
            });
            at += lines as u32;
        }
    }
    all
}

/// What a cell beside a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// Words.
    Words(String),
    /// A number; nothing of a blank.
    Number(Value),
    /// How much more or less a number is than last year's, as part of that; in words where that is no part, and nothing
    /// where one of them is not known.
    Change(String),
    /// What is to be known of the chart as it was drawn; follows from the numbers.
    OfTheChart(String),
}

fn change(values: &[Value]) -> String {
    let known = |value: &Value| value.decimal();
    let [Some(before), Some(now)] = values.iter().map(known).collect::<Vec<_>>()[..] else {
        return String::new();
    };
    if before == now {
        return "0".to_owned();
    }
    let part = (now - before).checked_div(before.abs());
    part.map_or(trend::FROM_NOTHING.to_owned(), |part| part.to_string())
}

/// A name that ends with a bracket takes the unit into it.
fn title(chart: &trend::Chart) -> String {
    match chart.name.strip_suffix('）') {
        Some(name) => format!("{name}，{}）", chart.unit),
        None => format!("{}（{}）", chart.name, chart.unit),
    }
}

fn remark(document: &Document) -> String {
    let last = match document.years.len() {
        1 => "",
        _ => "上年的数是草稿里带的。",
    };
    format!(
        "单位名称：{}　　各表的数一改，图跟着变；没有的数不画，0 不写在图上。{last}",
        document.organ
    )
}

fn blocks<'a>(document: &'a Document, charts: &'a [trend::Chart]) -> Vec<Block<'a>> {
    let mut row = FIRST_ROW;
    let trends = document.form.trends.iter().zip(charts);
    let block = |(trend, chart): (&'a crate::form::Trend, &'a trend::Chart)| {
        let mut block = Block {
            row,
            chart,
            lines: &trend.lines,
            notes: chart.notes.clone(),
        };
        if !block.is_drawn() {
            block.notes.push(NOT_DRAWN.to_owned());
        } else if chart.shares {
            block.notes.extend(unwritten(chart));
        }
        row += block.rows();
        block
    };
    trends.map(block).collect()
}

/// Said in a chart's place where there is none.
const NOT_DRAWN: &str = "都是 0 或没有数，没有画图；填了数以后再导出一次。";

/// Which numbers are not written on a chart of shares.
fn unwritten(chart: &trend::Chart) -> Option<String> {
    let least = (0..).zip(&chart.years).filter_map(|(nth, year)| {
        let least = least_written(chart, nth)?;
        Some(format!("{year}年小于 {least} 的"))
    });
    let least: Vec<String> = least.collect();
    (!least.is_empty()).then(|| format!("太窄的段图上不写数：{}。", least.join("、")))
}

pub(super) fn write(sheet: &mut Worksheet, refs: &CellRefs<'_>) -> Result<(), XlsxError> {
    let document = refs.document;
    let charts = trend::charts(&document.years);
    let chart_col = chart_col(document.years.len());
    let last_col = chart_col + OVER - 1;
    sheet.set_name(CHARTS)?;
    set_column_width(sheet, 0, NAME)?;
    for col in 1..chart_col {
        set_column_width(sheet, col as u16, NUMBER)?;
    }
    let room = room(document.years.len());
    for col in chart_col..=last_col {
        set_column_width(sheet, col as u16, room)?;
    }
    sheet.set_row_height_pixels(0, HEAD)?;
    let remark = remark(document);
    let lines = measure::lines(&remark, f64::from(PORTRAIT), style::TABLE);
    let remark_height = measure::height(lines, style::TABLE);
    sheet.set_row_height(1, remark_height)?;
    // Printed on every page.
    let above = measure::points(HEAD) + remark_height;
    let words = [
        (CHARTS_HEAD.to_owned(), style::heading()),
        (remark, style::remark()),
    ];
    for (row, (words, format)) in (0..).zip(words) {
        let format = style::for_text(format, &words);
        sheet.merge_range(row, 0, row, last_col as u16, &words, &format)?;
    }
    sheet.set_formula_result_default("");
    let mut last_row = 1;
    let mut used = above;
    let mut breaks = Vec::new();
    for block in blocks(document, &charts) {
        let height = measure::points(TITLE + ROW * (block.rows() - 1));
        if block.row > FIRST_ROW && used + height > PAGE_HEIGHT {
            breaks.push(block.row);
            used = above;
        }
        used += height;
        last_row = block.row + block.rows() - 1;
        sheet.set_row_height_pixels(block.row, TITLE)?;
        for row in block.row + 1..=last_row {
            sheet.set_row_height_pixels(row, ROW)?;
        }
        numbers(sheet, refs, &block)?;
        if block.is_drawn() {
            let chart = drawn(&block, document.year);
            sheet.insert_chart_with_offset(block.row, chart_col as u16, &chart, 8, 6)?;
        }
    }
    sheet.set_page_breaks(&breaks)?;
    sheet.set_repeat_rows(0, 1)?;
    sheet.set_freeze_panes(FIRST_ROW, 0)?;
    set_up_page(sheet, document, last_row, last_col as u16)?;
    // Charts are there to be copied.
    sheet.protect_with_options(&ProtectionOptions {
        edit_objects: true,
        format_cells: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

/// The numbers beside a chart.
fn numbers(sheet: &mut Worksheet, refs: &CellRefs<'_>, block: &Block<'_>) -> Result<(), XlsxError> {
    let Block {
        row, chart, lines, ..
    } = block;
    let words = style::plain().set_font_size(SIZE);
    let head = style::cell(Role::Head).set_font_size(SIZE);
    let number = style::cell(Role::Value).set_font_size(SIZE);
    let title_style = words.clone().set_bold();
    sheet.write_string_with_format(*row, 0, title(chart), &title_style)?;
    sheet.write_blank(row + 1, 0, &head)?;
    for (col, year) in (1..).zip(&chart.years) {
        sheet.write_string_with_format(row + 1, col, format!("{year}年"), &head)?;
    }
    if block.has_change() {
        sheet.write_string_with_format(row + 1, 3, "同比", &head)?;
    }
    let label = style::cell(Role::Label).set_font_size(SIZE).set_shrink();
    let mut at = row + 2;
    for (series, line) in chart.series.iter().zip(*lines) {
        sheet.write_string_with_format(at, 0, &series.name, &label.clone().set_text_wrap())?;
        for (nth, value) in series.values.iter().enumerate() {
            let col = nth as u16 + 1;
            let format = number
                .clone()
                .set_num_format(match block.chart.unit == PERCENT {
                    true => "0.0",
                    false => "0",
                });
            let formula = (nth + 1 == chart.years.len())
                .then(|| formula(refs, line))
                .flatten();
            write_number(sheet, (at, col), *value, formula, &format)?;
        }
        if block.has_change() {
            let (before, now) = (format!("B{}", at + 1), format!("C{}", at + 1));
            let formula = Formula::new(format!(
                "=IF(COUNT({before}:{now})<2,\"\",IF({now}={before},0,\
                 IF({before}=0,\"{}\",({now}-{before})/ABS({before}))))",
                trend::FROM_NOTHING
            ));
            let shown = format!("+0.0%;\"−\"0.0%;\"{}\"", trend::SAME);
            let format = number.clone().set_num_format(shown);
            let formula = formula.set_result(change(&series.values));
            sheet.write_formula_with_format(at, 3, formula, &format)?;
        }
        at += 1;
    }
    let note_style = style::remark()
        .set_font_size(SIZE)
        .set_align(FormatAlign::Top);
    let before_chart = chart_col(chart.years.len()) as u16 - 1;
    for (note, lines) in block.notes() {
        let to = at + lines as u32 - 1;
        sheet.merge_range(at, 0, to, before_chart, note, &note_style)?;
        at = to + 1;
    }
    Ok(())
}

fn write_number(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    value: Value,
    formula: Option<String>,
    format: &Format,
) -> Result<(), XlsxError> {
    match (formula, formulas::double(value)) {
        (Some(formula), _) => {
            let formula = Formula::new(formula).set_result(value.to_string());
            sheet.write_formula_with_format(row, col, formula, format)?;
        }
        (None, Some(number)) => {
            sheet.write_number_with_format(row, col, number, format)?;
        }
        (None, None) if value.is_blank() => {
            sheet.write_blank(row, col, format)?;
        }
        (None, None) => {
            sheet.write_string_with_format(row, col, value.to_string(), format)?;
        }
    }
    Ok(())
}

/// What a line shows of this year, as a formula; none where the workbook holds one of its numbers as a text.
fn formula(refs: &CellRefs<'_>, line: &TrendLine) -> Option<String> {
    let (part, counted) = refs.complete(&line.sum)?;
    let Some(of) = &line.of else {
        return Some(format!("=IF({counted},{part},\"\")"));
    };
    let (whole, all) = refs.complete(of)?;
    Some(format!(
        "=IF({counted},IF({all},IF(({whole})=0,\"\",ROUND(({part})*100/({whole}),1)),\"\"),\"\")"
    ))
}

/// The chart itself.
fn drawn(block: &Block<'_>, year: i32) -> Chart {
    let chart = block.chart;
    let years = chart.years.len();
    let mut drawn = Chart::new(match chart.shares {
        true => ChartType::BarPercentStacked,
        false => ChartType::Column,
    });
    let name = match years {
        1 => format!("{year}年{}", title(chart)),
        _ => title(chart),
    };
    drawn
        .title()
        .set_name(&name)
        .set_font(letters(10.0).set_bold());
    drawn.set_name(format!("图：{name}")).set_alt_text(&name);
    match chart.shares {
        true => shares(block, &mut drawn),
        false => columns(block, &mut drawn),
    }
    match !chart.shares && years == 1 {
        true => drawn.legend().set_hidden(),
        false => drawn
            .legend()
            .set_position(ChartLegendPosition::Bottom)
            .set_font(&letters(SIZE)),
    };
    drawn
        .set_width(chart_width(years))
        .set_height(TITLE + ROW * (ROWS - 1) - 16);
    drawn
}

/// How numbers are written on a chart. A zero takes no room, and what is not filled in is none.
const WRITTEN: &str = "General;\"−\"General;;";

/// How numbers are written at an axis: from there on in 亿 and 万, of which the steps of an axis are no small parts. The
/// program that shows the chart chooses anew whenever the numbers change.
const AT_AXIS: &str = r#"[>=100000000]0\.00,,"亿";[>=100000]0\.0,"万";General"#;

fn label(font: &ChartFont, written: &str) -> ChartDataLabel {
    let mut label = ChartDataLabel::new();
    label.show_value().set_num_format(written).set_font(font);
    label
}

/// Bars that lie, one a year, all of one length.
fn shares(block: &Block<'_>, drawn: &mut Chart) {
    let chart = block.chart;
    let (first, last) = block.rows_of_numbers();
    let years = chart.years.len() as u16;
    let mut font = letters(SIZE);
    font.set_color(Color::White);
    let label_of = |written: &str| label(&font, written);
    // Numbers of narrow parts would stand over each other. Their format leaves them out, so that they are written as soon
    // as they have grown.
    let labels: Vec<ChartDataLabel> = (0..chart.years.len())
        .map(|year| match least_written(chart, year) {
            Some(least) => label_of(&format!("[<{least}]\"\";General")).to_custom(),
            None => label_of(WRITTEN).to_custom(),
        })
        .collect();
    for (nth, row) in (first..=last).enumerate() {
        let mut series = ChartSeries::new();
        series
            .set_name((CHARTS, row, 0))
            .set_categories((CHARTS, block.row + 1, 1, block.row + 1, years))
            .set_values((CHARTS, row, 1, row, years))
            .set_format(&mut filled(color(nth)))
            .set_gap(60)
            .set_data_label(&label_of(WRITTEN))
            .set_custom_data_labels(&labels);
        drawn.push_series(&series);
    }
    // Of bars that lie, the library calls the axis of their names y.
    drawn.y_axis().set_reverse().set_font(&letters(SIZE));
    drawn.x_axis().set_hidden(true).set_major_gridlines(false);
}

/// Bars that stand, one a year for each number.
fn columns(block: &Block<'_>, drawn: &mut Chart) {
    let (first, last) = block.rows_of_numbers();
    let font = letters(SIZE);
    let colors: &[Rgb] = match block.chart.years.len() {
        1 => &[ACCENT],
        _ => &[BEFORE, ACCENT],
    };
    let label = label(&font, WRITTEN);
    for (col, color) in (1..).zip(colors) {
        let mut series = ChartSeries::new();
        series
            .set_name((CHARTS, block.row + 1, col))
            .set_categories((CHARTS, first, 0, last, 0))
            .set_values((CHARTS, first, col, last, col))
            .set_format(&mut filled(*color))
            .set_gap(80)
            .set_data_label(&label);
        drawn.push_series(&series);
    }
    let mut line = ChartLine::new();
    drawn
        .y_axis()
        .set_font(&font)
        .set_num_format(AT_AXIS)
        // A bar is as long as its number; programs that choose for themselves begin nearer to the numbers.
        .set_min(0)
        .set_major_gridlines_line(line.set_color(Color::RGB(0xE3_E6_EB)));
    drawn.x_axis().set_font(&font);
}

/// The least number from which on all parts of a year's bar have room for theirs; none if the year has no bar.
fn least_written(chart: &trend::Chart, year: usize) -> Option<u64> {
    let of = |series: &trend::Series| series.values.get(year).and_then(|value| value.decimal());
    let whole: Decimal = chart.series.iter().filter_map(of).sum();
    let whole = whole.to_f64().filter(|whole| *whole > 0.0)?;
    let bar = f64::from(chart_width(chart.years.len()).saturating_sub(BESIDE_BAR));
    // The more digits a number has, the more room it needs.
    let of_length = |digits: usize| {
        let needed = measure::width(&"0".repeat(digits), SIZE);
        (needed * whole / bar).ceil() as u64
    };
    let mut least = 1;
    for (digits, first) in (1..).zip(std::iter::successors(Some(1u64), |n| n.checked_mul(10))) {
        if first as f64 > whole {
            break;
        }
        let needed = of_length(digits);
        if needed > first {
            least = needed.min(first.saturating_mul(10));
        }
    }
    Some(least)
}

fn letters(size: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(style::SONG).set_size(size);
    font
}

fn filled(color: Rgb) -> ChartFormat {
    let mut fill = ChartSolidFill::new();
    let mut format = ChartFormat::new();
    format.set_solid_fill(fill.set_color(style::rgb(color)));
    format
}
