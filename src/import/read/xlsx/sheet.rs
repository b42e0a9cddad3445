//! A sheet: its cells as a person sees them.

use super::boxes::TextBox;
use super::formula::{self, Operand, SheetCells, address};
use super::rule;
use super::run::{Run, unescaped};
use super::styles::Styles;
use crate::import::error::ReadError;
use crate::import::limits::MAX_CELLS;
use crate::import::read::colour::Ground;
use crate::import::read::condition::{Area, Rule, look_under};
use crate::import::read::grid::{Sheet, UNSEEN, is_missed, is_number_alone};
use crate::import::read::numbers;
use crate::import::read::xml::{Node, Tag, Xml};
use crate::import::source::UNREAD;
use crate::prose::is_digit;
use std::rc::Rc;

/// What all sheets of a workbook share.
pub(super) struct Book {
    pub strings: Vec<String>,
    pub styles: Styles,
    /// Whether kept results of formulas say nothing.
    pub recalculates: bool,
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    row: usize,
    col: usize,
    kind: String,
    style: usize,
    value: String,
    inline: String,
    formula: Option<String>,
}

/// A sheet that is being read.
pub(super) struct SheetReader<'a> {
    book: &'a Book,
    sheet: Sheet,
    cell: Cell,
    row: usize,
    col: usize,
    inside: &'static str,
    run: Run,
    cells: Vec<Cell>,
    shows_zeros: bool,
    /// Whether only cells and conditions say what lies behind a text.
    is_plain: bool,
    /// The areas of the conditions that are being read, and all conditions.
    areas: Vec<Area>,
    rules: Vec<Rule>,
}

/// What a cell shows of its content.
enum Shows {
    /// With this format.
    Number(Rc<str>),
    /// Nothing, though a number may be in it.
    Nothing,
    Unknown,
}

impl Book {
    /// A sheet as it lies in the file, or `None` if it has too many cells.
    pub fn sheet(&self, name: &str, text: &str) -> Result<Option<SheetReader<'_>>, ReadError> {
        let mut reader = SheetReader {
            book: self,
            sheet: Sheet::new(name),
            cell: Cell::default(),
            row: 0,
            col: 0,
            inside: "",
            run: Run::default(),
            cells: Vec::new(),
            shows_zeros: true,
            is_plain: !text.contains("tablePart"),
            areas: Vec::new(),
            rules: Vec::new(),
        };
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => reader.open(&tag, &mut xml)?,
                Node::Text(text) => match reader.inside {
                    "v" => reader.cell.value.push_str(&text),
                    "t" => reader.run.add(&text, &mut reader.cell.inline),
                    _ => {}
                },
                Node::Close(tag) => reader.close(tag.name()),
            }
            if reader.cells.len() > MAX_CELLS {
                return Ok(None);
            }
        }
        Ok(Some(reader))
    }
}

impl SheetReader<'_> {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        match tag.name() {
            "sheetView" => {
                let zeros = tag.attribute("showZeros");
                self.shows_zeros &= !matches!(zeros.as_deref(), Some("0" | "false"));
            }
            "col" => self.column(tag),
            "row" => {
                self.row = tag.number("r").map_or(self.row, |r| r.saturating_sub(1));
                self.col = 0;
                /// Points.
                const LEAST: f64 = 1.5;
                let [hidden, height] = tag.attributes(["hidden", "ht"]);
                let height = height.and_then(|height| height.trim().parse::<f64>().ok());
                if is_on(hidden.as_deref()) || height.is_some_and(|height| height < LEAST) {
                    self.sheet.hide_row(self.row);
                }
            }
            "c" => {
                let [place, kind, style] = tag.attributes(["r", "t", "s"]);
                if let Some((r, c)) = place.as_deref().and_then(address) {
                    (self.row, self.col) = (r, c);
                }
                self.cell = Cell {
                    row: self.row,
                    col: self.col,
                    kind: kind.unwrap_or_default().into_owned(),
                    style: style
                        .and_then(|style| style.trim().parse().ok())
                        .unwrap_or(0),
                    ..Cell::default()
                };
            }
            "v" => self.inside = "v",
            "t" => self.inside = "t",
            "r" => self.run = Run::default(),
            "rPr" => self.run = Run::read(xml)?,
            "f" => {
                let is_shared = tag.attribute("t").is_some_and(|kind| kind == "shared");
                let text = xml.inner_text()?;
                // One that stands in another cell is not looked for.
                self.cell.formula = Some(if is_shared { String::new() } else { text });
            }
            "rPh" => xml.skip()?,
            "conditionalFormatting" => self.areas = rule::areas(tag),
            "cfRule" => {
                const MOST: usize = 200;
                if self.rules.len() < MOST {
                    let differences = &self.book.styles.differences;
                    self.rules.push(rule::begun(tag, &self.areas, differences));
                }
            }
            "formula" => {
                let number = xml.inner_text()?.trim().parse().ok();
                if let Some(rule) = self.rules.last_mut() {
                    rule.condition.with.push(number);
                }
            }
            "dataBar" | "iconSet" => {
                let value = tag.attribute("showValue");
                if let Some(rule) = self.rules.last_mut() {
                    rule.change.hides_number = matches!(value.as_deref(), Some("0" | "false"));
                }
            }
            "mergeCell" => {
                if let Some((from, to)) = tag.attribute("ref").as_deref().and_then(area) {
                    self.sheet.merge(from, to);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn column(&mut self, tag: &Tag<'_>) {
        /// Of a character.
        const LEAST: f64 = 0.2;
        let [hidden, width] = tag.attributes(["hidden", "width"]);
        let width = width.and_then(|width| width.trim().parse::<f64>().ok());
        if (is_on(hidden.as_deref()) || width.is_some_and(|width| width < LEAST))
            && let (Some(from), Some(to)) = (tag.number("min"), tag.number("max"))
        {
            self.sheet
                .hide_columns(from.saturating_sub(1), to.saturating_sub(1));
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "v" | "t" => self.inside = "",
            "r" => self.run = Run::default(),
            "row" => self.row += 1,
            "c" => {
                let cell = std::mem::take(&mut self.cell);
                if cell.formula.is_some() || !cell.value.is_empty() || !cell.inline.is_empty() {
                    self.cells.push(cell);
                }
                self.col += 1;
            }
            _ => {}
        }
    }

    /// A box with nothing but a number over a blank cell: what a person sees there is not known to be the cell's.
    pub fn lay_over(&mut self, text_box: &TextBox) {
        let (row, col) = text_box.from;
        let is_here = |cell: &Cell| (cell.row, cell.col) == text_box.from;
        if is_number_alone(&text_box.words) && !self.cells.iter().any(is_here) {
            self.cells.push(Cell {
                row,
                col,
                kind: "inlineStr".to_owned(),
                inline: UNREAD.to_string(),
                ..Cell::default()
            });
        }
    }

    pub fn name(&self) -> &str {
        self.sheet.name()
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// What its cells are for formulas.
    pub fn operands(&self) -> SheetCells<'_> {
        let cells = self.cells.iter();
        cells
            .map(|cell| ((cell.row, cell.col), self.operand(cell)))
            .collect()
    }

    /// What each of its cells shows, where it is the sheet with this number.
    pub fn texts(&self, number: usize, cells: &formula::Cells<'_>) -> Vec<String> {
        let mut left = formula::MOST;
        let texts = self.cells.iter();
        texts
            .map(|cell| self.shown(cell, number, cells, &mut left))
            .collect()
    }

    /// The sheet with what its cells show, or `None` if that is too much.
    pub fn finish(mut self, texts: &[String]) -> Option<Sheet> {
        for (cell, text) in self.cells.iter().zip(texts) {
            if !self.sheet.put(cell.row, cell.col, text) {
                return None;
            }
        }
        self.sheet.fits().then_some(self.sheet)
    }

    /// Whether the result that the file keeps is what a person sees.
    fn keeps_result(&self, cell: &Cell) -> bool {
        let has_result = !cell.value.trim().is_empty() || cell.kind == "str";
        cell.formula.is_none() || (has_result && !self.book.recalculates)
    }

    /// What a cell is for the formulas of others.
    fn operand<'c>(&self, cell: &'c Cell) -> Operand<'c> {
        if !self.keeps_result(cell) {
            return Operand::Formula(cell.formula.as_deref().unwrap_or_default());
        }
        match cell.kind.as_str() {
            "s" | "inlineStr" | "str" | "e" | "d" => Operand::Text,
            "b" => Operand::Unknown,
            _ => match cell.value.trim().parse() {
                Ok(number) => Operand::Number(number),
                Err(_) => Operand::Text,
            },
        }
    }

    fn shown(
        &self,
        cell: &Cell,
        number: usize,
        cells: &formula::Cells<'_>,
        left: &mut usize,
    ) -> String {
        let format = match self.shows(cell) {
            Shows::Number(format) => format,
            Shows::Nothing => {
                let is_missed = self.words(cell).is_some_and(|words| is_missed(words));
                return is_missed.then_some(UNSEEN).into_iter().collect();
            }
            Shows::Unknown => return UNREAD.to_string(),
        };
        let format = &*format;
        if !self.keeps_result(cell) {
            let formula = cell.formula.as_deref().unwrap_or_default();
            return match formula::value(formula, number, cells, left) {
                Some(formula::Result::Number(number)) => self.number(number, format),
                Some(formula::Result::Empty | formula::Result::Blank) => String::new(),
                None => UNREAD.to_string(),
            };
        }
        match cell.kind.as_str() {
            "s" => {
                let at = cell.value.trim().parse::<usize>().ok();
                at.and_then(|at| self.book.strings.get(at))
                    .cloned()
                    .unwrap_or_default()
            }
            "inlineStr" => cell.inline.clone(),
            "str" | "e" | "d" => unescaped(&cell.value),
            "b" if cell.value.trim() == "1" => "TRUE".to_owned(),
            "b" => "FALSE".to_owned(),
            _ => match cell.value.trim().parse::<f64>() {
                Ok(number) => self.number(number, format),
                Err(_) => cell.value.clone(),
            },
        }
    }

    /// Whether and how a person sees a cell.
    fn shows(&self, cell: &Cell) -> Shows {
        let styles = &self.book.styles;
        let style = styles.cells.get(cell.style).cloned().unwrap_or_default();
        let number = cell.value.trim().parse::<f64>().ok();
        let is_text = matches!(cell.kind.as_str(), "s" | "inlineStr" | "str");
        let place = (cell.row, cell.col);
        let look = look_under(&self.rules, place, number.filter(|_| !is_text), style.look);
        let Some(look) = look else {
            return Shows::Unknown;
        };
        let has_number = || {
            self.words(cell)
                .is_some_and(|words| words.contains(is_digit))
        };
        match style.is_struck {
            true if has_number() => Shows::Unknown,
            true => Shows::Nothing,
            false if look.is_lost() && (self.is_plain || look.ground != Ground::Clear) => {
                Shows::Nothing
            }
            false => Shows::Number(look.format),
        }
    }

    /// The words of a cell, as far as they do not depend on its format.
    fn words<'c>(&'c self, cell: &'c Cell) -> Option<&'c String> {
        let at = || cell.value.trim().parse::<usize>().ok();
        match cell.kind.as_str() {
            "s" => at().and_then(|at| self.book.strings.get(at)),
            "inlineStr" => Some(&cell.inline),
            _ => Some(&cell.value),
        }
    }

    fn number(&self, number: f64, format: &str) -> String {
        match number == 0.0 && !self.shows_zeros {
            true => String::new(),
            false => numbers::shown(number, format),
        }
    }
}

fn is_on(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true"))
}

fn area(name: &str) -> Option<((usize, usize), (usize, usize))> {
    let (from, to) = name.split_once(':')?;
    Some((address(from)?, address(to)?))
}
