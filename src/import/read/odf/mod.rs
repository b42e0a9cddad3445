//! OpenDocument, as LibreOffice and the domestic office suites write it: texts (.odt) and spreadsheets (.ods).
//!
//! The words of a cell are the shown ones: the file holds them as paragraphs beside the bare value.

mod lists;
mod styles;

use super::grid::{
    CellPlace, DeepCell, MAX_COLS, MAX_NESTING, Sheet, UNSEEN, few_enough, is_missed, seen, settle,
};
use super::numbers;
use super::xlsx::only_readable;
use super::xml::{Node, Tag, Xml};
use super::zipped::{Package, collect};
use crate::import::error::{PackageError, ReadError};
use crate::import::limits::MAX_CELLS;
use crate::import::outcome::Remark;
use crate::import::source::{Part, Source, UNREAD};
use crate::prose::is_digit;
use lists::Lists;
use std::borrow::Cow;
use styles::{Style, Styles};

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
    let (mut styles, mut lists) = (Styles::default(), Lists::default());
    for part in [&package.part("styles.xml")?.unwrap_or_default(), &content] {
        styles.add(part)?;
        lists.add(part)?;
    }
    let mut reader = OdfReader {
        styles,
        lists,
        ..OdfReader::default()
    };
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
    /// Rows that nobody sees: the first, and how many; and columns, the last one included.
    hidden_rows: Vec<(usize, usize)>,
    hidden_cols: Vec<(usize, usize)>,
    cols: usize,
    row_unseen: bool,
    cell_style: Style,
    has_picture: bool,
    /// Whether a number stands in the cell that nobody sees, or that is struck out.
    has_unseen: bool,
    /// Whether nobody knows what is seen of the cell.
    is_unknown: bool,
    /// The number of the cell, and whether its format shows nothing of it.
    number: Option<f64>,
    shows_none: bool,
    /// What the cell shows if no paragraph stands in it.
    words: Option<String>,
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
    styles: Styles,
    /// Those of the paragraphs and runs that are open.
    looks: Vec<Style>,
    lists: Lists,
}

impl OdfReader {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        match tag.name() {
            "spreadsheet" => self.is_sheet = true,
            "section" if tag.attribute("display").is_some_and(|it| it != "true") => xml.skip()?,
            "hidden-text" | "hidden-paragraph"
                if tag.attribute("is-hidden").is_some_and(|it| it == "true") =>
            {
                xml.skip()?;
            }
            // A variable that is not shown where it is set.
            "variable-set" | "variable-get" | "user-field-get" | "expression"
                if tag.attribute("display").is_some_and(|it| it == "none") =>
            {
                xml.skip()?;
            }
            "shapes" => {
                let words = xml.inner_text()?;
                self.remarks.extend(Remark::box_of(&words));
            }
            "forms" | "annotation" | "tracked-changes" | "note" | "automatic-styles"
            | "font-face-decls" | "ruby-text" | "dde-links" | "database-ranges" => xml.skip()?,
            "p" | "h" => {
                self.open.push(String::new());
                self.begin_look("paragraph", tag);
                if let Some(table) = self.tables.last_mut() {
                    table.words = None;
                }
                let list = self.looks.last().and_then(|look| look.list.clone());
                let before = self.lists.before(list.as_deref());
                self.text(&before);
                // Behind a bare number another one would go on with it.
                if before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                    self.text(" ");
                }
            }
            "span" => self.begin_look("text", tag),
            "list" => self.lists.begin(tag),
            "list-item" => self.lists.item(tag),
            "numbered-paragraph" => self.lists.begin_lone(),
            "control" => self.unread(),
            "image" | "object" => {
                if let Some(table) = self.tables.last_mut() {
                    table.has_picture = true;
                }
            }
            "s" => self.text(&" ".repeat(tag.number("c").unwrap_or(1).min(64))),
            "tab" => self.text(" "),
            "line-break" => self
                .open
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|text| text.push('\n')),
            _ => self.open_in_table(tag, xml)?,
        }
        Ok(())
    }

    fn open_in_table(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        match tag.name() {
            "table" => {
                let style = tag.attribute("style-name");
                if self.is_sheet && self.styles.of("table", style.as_deref()).is_gone() {
                    self.remarks.push(Remark::HiddenSheet(tag.owned("name")));
                    return xml.skip();
                }
                if self.tables.len() >= MAX_NESTING {
                    return Err(ReadError::TooDeep);
                }
                self.tables.push(OpenTable {
                    name: tag.owned("name"),
                    ..OpenTable::default()
                });
            }
            "table-column" => {
                let is_hidden = self.hides("table-column", tag);
                if let Some(table) = self.tables.last_mut() {
                    let times = tag.number("number-columns-repeated").unwrap_or(1).max(1);
                    let end = table.cols.saturating_add(times);
                    if is_hidden {
                        table.hidden_cols.push((table.cols, end - 1));
                    }
                    table.cols = end;
                }
            }
            "table-row" => {
                let is_hidden = self.hides("table-row", tag);
                if let Some(table) = self.tables.last_mut() {
                    table.row_unseen = is_hidden;
                    table.col = 0;
                    table.row_times = tag.number("number-rows-repeated").unwrap_or(1).max(1);
                    table.row_from = table.cells.len();
                }
            }
            "table-cell" | "covered-table-cell" => {
                let [style, formula, kind, value, words] = tag.attributes([
                    "style-name",
                    "formula",
                    "value-type",
                    "value",
                    "string-value",
                ]);
                let is_text = kind.as_deref() == Some("string");
                let words = words.filter(|_| is_text).map(Cow::into_owned);
                let is_number =
                    matches!(kind.as_deref(), Some("float" | "currency" | "percentage"));
                let number = value.filter(|_| is_number);
                let number: Option<f64> = number.and_then(|number| number.trim().parse().ok());
                let style = self.styles.of_cell(style.as_deref(), number);
                let is_unknown = style.is_none() && tag.is("table-cell");
                let style = style.unwrap_or_default();
                let shows_none = self.styles.shows_no_number(&style);
                if let Some(table) = self.tables.last_mut() {
                    table.is_unknown = is_unknown;
                    table.number = number;
                    table.words = words;
                    table.shows_none = shows_none;
                    table.has_unseen = false;
                    table.cell_style = style;
                    // A formula whose result was not kept is not nothing.
                    table.has_picture =
                        formula.is_some() && kind.is_none_or(|kind| kind != "string");
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

    /// Whether a row or column is not shown: by itself, by a filter, or for lack of room.
    fn hides(&self, family: &str, tag: &Tag<'_>) -> bool {
        let [visibility, style] = tag.attributes(["visibility", "style-name"]);
        visibility.is_some_and(|visibility| visibility != "visible")
            || self.styles.of(family, style.as_deref()).is_flat()
    }

    fn begin_look(&mut self, family: &str, tag: &Tag<'_>) {
        let style = tag.attribute("style-name");
        self.looks.push(self.styles.of(family, style.as_deref()));
    }

    fn is_unseen(&self) -> bool {
        let cell = self.tables.iter().rev().find(|table| table.in_cell);
        let cell = cell.map(|table| &table.cell_style);
        Styles::is_unseen(cell.into_iter().chain(&self.looks))
    }

    fn unread(&mut self) {
        self.text(UNREAD.encode_utf8(&mut [0; 4]));
    }

    fn text(&mut self, text: &str) {
        if self.is_unseen() {
            let styles = self.tables.last().map(|table| &table.cell_style);
            let is_struck = Styles::is_struck(styles.into_iter().chain(&self.looks));
            let is_missed = is_missed(text) || is_struck && text.contains(is_digit);
            if let Some(table) = self.tables.last_mut() {
                table.has_unseen |= is_missed && table.in_cell;
            }
            return;
        }
        let in_cell = self.tables.iter().any(|table| table.in_cell);
        // The mark of a note is no digit of the number before it.
        let is_note = in_cell && !text.trim().is_empty() && Styles::is_raised(self.looks.iter());
        let (before, behind) = if is_note { ("[", "]") } else { ("", "") };
        if let Some(open) = self.open.last_mut() {
            let characters = text.chars().filter_map(seen);
            open.push_str(before);
            open.extend(characters.map(|c| if c == '\n' || c == '\t' { ' ' } else { c }));
            open.push_str(behind);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        if matches!(name, "p" | "h" | "table-cell") {
            self.count += 1;
            few_enough(self.count)?;
        }
        match name {
            "span" => drop(self.looks.pop()),
            "list" | "numbered-paragraph" => self.lists.end(),
            "p" | "h" => {
                let mut text = self.open.pop().unwrap_or_default();
                self.looks.pop();
                let in_cell = self.tables.iter().any(|table| table.in_cell);
                // Nothing but the mark of the list's item is seen.
                if in_cell && self.lists.is_open() && text.trim().is_empty() {
                    text.push(UNREAD);
                }
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
                let words = self.tables.last_mut().and_then(|table| table.words.take());
                if let Some(words) = words {
                    self.open.push(String::new());
                    self.looks.push(Style::default());
                    self.text(&words);
                    self.close("p")?;
                }
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
        for (from, to) in table.hidden_cols {
            sheet.hide_columns(from, to);
        }
        for (from, count) in table.hidden_rows {
            (from..from.saturating_add(count))
                .take(MAX_CELLS)
                .for_each(|row| sheet.hide_row(row));
        }
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
    /// What is seen of a cell whose number is not, or not as it is.
    fn settle_number(&mut self, parts: &mut Vec<Part>) {
        let has_unseen = std::mem::take(&mut self.has_unseen);
        let number = self.number.take().filter(|number| *number != 0.0);
        let words: Vec<&str> = parts.iter().filter_map(Part::text).collect();
        let words = words.concat();
        let mark = if words.is_empty() {
            (has_unseen || number.is_some()).then_some(UNSEEN)
        } else if self.is_unknown && is_missed(&words) {
            Some(UNREAD)
        } else if self.shows_none && number.is_some() {
            Some(UNSEEN)
        } else {
            let is_other = number.is_some_and(|number| !numbers::is_shown_as(number, &words));
            is_other.then_some(UNREAD)
        };
        if let Some(mark) = mark {
            *parts = vec![Part::Text(mark.to_string())];
        }
    }

    fn end_cell(&mut self, is_sheet: bool) -> Result<(), ReadError> {
        self.in_cell = false;
        let mut parts = std::mem::take(&mut self.parts);
        if std::mem::take(&mut self.has_picture) && parts.is_empty() && self.place.is_some() {
            parts.push(Part::Text(UNREAD.to_string()));
        }
        self.settle_number(&mut parts);
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
        if self.row_unseen {
            self.hidden_rows.push((self.row, self.row_times));
            if !is_sheet {
                self.cells.truncate(self.row_from);
            }
        }
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
