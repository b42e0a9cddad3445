//! OpenDocument, as LibreOffice and the domestic office suites write it: texts (.odt) and spreadsheets (.ods).
//!
//! The words of a cell are the shown ones: the file holds them as paragraphs beside the bare value.

use super::grid::{CellPlace, DeepCell, MAX_COLS, MAX_NESTING, Sheet, few_enough, seen, settle};
use super::xlsx::only_readable;
use super::xml::{Node, Tag, Xml};
use super::zipped::{Package, collect};
use crate::import::error::{PackageError, ReadError};
use crate::import::limits::MAX_CELLS;
use crate::import::outcome::Remark;
use crate::import::source::{Part, Source};

/// Reads an OpenDocument text or spreadsheet.
///
/// # Errors
/// A sentence if it is none, is damaged, or is larger than a report can be.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    read_package(&mut Package::open(bytes)?)
}

pub(super) fn read_package(package: &mut Package<'_>) -> Result<Source, ReadError> {
    if package
        .part("META-INF/manifest.xml")?
        .is_some_and(|text| text.contains("encryption-data"))
    {
        return Err(PackageError::Locked.into());
    }
    let Some(content) = package.part("content.xml")? else {
        return Err(PackageError::NotOdf.into());
    };
    let mut reader = OdfReader::default();
    let mut xml = Xml::new(&content);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => reader.open(&tag, &mut xml)?,
            Node::Close(tag) => reader.close(tag.name())?,
            Node::Text(text) => reader.text(&text),
        }
    }
    let mut source = Source {
        parts: reader.parts,
        remarks: reader.remarks,
        ..Source::default()
    };
    if let Some(meta) = package.part("meta.xml")? {
        collect(&meta, "title", &mut source.properties);
        collect(&meta, "user-defined", &mut source.properties);
    }
    only_readable(source)
}

/// A table that is being read.
#[derive(Default)]
struct OpenTable {
    name: String,
    row: usize,
    col: usize,
    /// How often the row stands there, and where its cells begin in `cells`.
    row_times: usize,
    row_from: usize,
    cells: Vec<DeepCell>,
    in_cell: bool,
    place: Option<CellPlace>,
    cell_times: usize,
    parts: Vec<Part>,
}

#[derive(Default)]
struct OdfReader {
    is_sheet: bool,
    parts: Vec<Part>,
    /// Paragraphs and cells so far.
    count: usize,
    remarks: Vec<Remark>,
    tables: Vec<OpenTable>,
    /// Paragraphs that are open; notes and frames stand inside of others.
    open: Vec<String>,
}

impl OdfReader {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        match tag.name() {
            "spreadsheet" => self.is_sheet = true,
            "annotation" | "tracked-changes" | "note" | "automatic-styles" | "font-face-decls"
            | "ruby-text" | "shapes" | "dde-links" | "database-ranges" => xml.skip()?,
            "p" | "h" => self.open.push(String::new()),
            "s" => self.text(&" ".repeat(tag.number("c").unwrap_or(1).min(64))),
            "tab" => self.text(" "),
            "line-break" => self
                .open
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|text| text.push('\n')),
            "table" => {
                if self.tables.len() >= MAX_NESTING {
                    return Err(ReadError::TooDeep);
                }
                self.tables.push(OpenTable {
                    name: tag.owned("name"),
                    ..OpenTable::default()
                });
            }
            "table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    table.col = 0;
                    table.row_times = tag.number("number-rows-repeated").unwrap_or(1).max(1);
                    table.row_from = table.cells.len();
                }
            }
            "table-cell" | "covered-table-cell" => {
                if let Some(table) = self.tables.last_mut() {
                    let span = |name: &str| tag.number(name).unwrap_or(1).max(1);
                    table.cell_times = span("number-columns-repeated");
                    table.in_cell = true;
                    table.parts.clear();
                    table.place = tag.is("table-cell").then(|| CellPlace {
                        row: table.row,
                        col: table.col,
                        rows: span("number-rows-spanned").min(MAX_CELLS),
                        cols: span("number-columns-spanned").min(MAX_COLS),
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            let characters = text.chars().filter_map(seen);
            open.extend(characters.map(|c| if c == '\n' || c == '\t' { ' ' } else { c }));
        }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        if matches!(name, "p" | "h" | "table-cell") {
            self.count += 1;
            few_enough(self.count)?;
        }
        match name {
            "p" | "h" => {
                let text = self.open.pop().unwrap_or_default();
                let in_cell = self.tables.iter().any(|table| table.in_cell);
                let lines = text.split('\n').filter(|_| !in_cell);
                let whole = in_cell.then_some(text.as_str());
                for text in lines
                    .chain(whole)
                    .map(str::trim)
                    .filter(|text| !text.is_empty())
                {
                    let part = Part::Text(text.to_owned());
                    self.here().push(part);
                }
            }
            "table-cell" | "covered-table-cell" => {
                let is_sheet = self.is_sheet;
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell(is_sheet)?;
                }
            }
            "table-row" => {
                let is_sheet = self.is_sheet;
                if let Some(table) = self.tables.last_mut() {
                    table.end_row(is_sheet)?;
                }
            }
            "table" => self.end_table(),
            _ => {}
        }
        Ok(())
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else {
            return;
        };
        if !self.is_sheet {
            let parts = settle(String::new(), table.row, table.cells);
            self.here().extend(parts);
            return;
        }
        let mut sheet = Sheet::new(&table.name);
        let mut fits = true;
        for cell in table.cells {
            let CellPlace {
                row,
                col,
                rows,
                cols,
            } = cell.place;
            let words: Vec<_> = cell.parts.iter().filter_map(Part::text).collect();
            fits = fits && sheet.put(row, col, &words.join("\n"));
            if rows > 1 || cols > 1 {
                sheet.merge((row, col), (row + rows - 1, col + cols - 1));
            }
        }
        if fits && sheet.fits() {
            self.parts.extend(sheet.table().map(Part::Table));
        } else {
            self.remarks.push(Remark::SheetTooLarge(table.name));
        }
    }

    /// Where parts belong now: a cell, or the page.
    fn here(&mut self) -> &mut Vec<Part> {
        match self.tables.iter().rposition(|table| table.in_cell) {
            Some(at) => &mut self.tables[at].parts,
            None => &mut self.parts,
        }
    }
}

impl OpenTable {
    fn end_cell(&mut self, is_sheet: bool) -> Result<(), ReadError> {
        self.in_cell = false;
        let parts = std::mem::take(&mut self.parts);
        if let Some(place) = self.place.take()
            && (!is_sheet || !parts.is_empty() || place.rows * place.cols > 1)
        {
            for time in 0..self.cell_times {
                if self.cells.len() >= MAX_CELLS {
                    return Err(ReadError::TableTooLarge);
                }
                let col = place.col + time;
                self.cells.push(DeepCell {
                    place: CellPlace { col, ..place },
                    parts: parts.clone(),
                });
            }
        }
        self.col = self.col.saturating_add(self.cell_times).min(MAX_CELLS);
        Ok(())
    }

    fn end_row(&mut self, is_sheet: bool) -> Result<(), ReadError> {
        let from = self.row_from;
        let cells = self.cells.len() - from;
        let times = if is_sheet || cells > 0 {
            self.row_times
        } else {
            1
        };
        if cells > 0 {
            if cells.saturating_mul(times - 1) + self.cells.len() > MAX_CELLS {
                return Err(ReadError::TableTooLarge);
            }
            for time in 1..times {
                for at in from..from + cells {
                    let DeepCell { place, parts } = &self.cells[at];
                    let row = place.row + time;
                    let copy = DeepCell {
                        place: CellPlace { row, ..*place },
                        parts: parts.clone(),
                    };
                    self.cells.push(copy);
                }
            }
        }
        self.row = self.row.saturating_add(times).min(1 << 21);
        Ok(())
    }
}
