//! Word files: paragraphs and tables in their order, spans resolved.
//!
//! What a reader of the page does not see is left out: deleted text, field codes, headers and footers. Columns are
//! counted by spans and never by `tblGrid`, which is often wrong or missing; it only tells which columns are no wider than
//! a hair.

use super::grid::{DeepCell, Flow, MAX_NESTING, few_enough, seen, settle};
use super::xml::{Node, Tag, Xml};
use super::zipped::Package;
use crate::import::error::{PackageError, ReadError};
use crate::import::source::{Part, Source};
use std::collections::HashMap;

/// Reads a Word file.
///
/// # Errors
/// A sentence if it is none, is damaged, or is larger than a report can be.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    read_package(&mut Package::open(bytes)?)
}

pub(super) fn read_package(package: &mut Package<'_>) -> Result<Source, ReadError> {
    let main = match package.has("word/document.xml") {
        true => "word/document.xml".to_owned(),
        false => main_part(package)?.ok_or(PackageError::NotWord)?,
    };
    read_parts(package, &main)
}

/// The part with the text, where a program has given it another name.
pub(super) fn main_part(package: &mut Package<'_>) -> Result<Option<String>, ReadError> {
    let Some(relations) = package.part("_rels/.rels")? else {
        return Ok(None);
    };
    let mut xml = Xml::new(&relations);
    while let Some(node) = xml.next()? {
        if let Node::Open(tag) = node
            && tag
                .attribute("Type")
                .is_some_and(|kind| kind.ends_with("/officeDocument"))
            && let Some(target) = tag.attribute("Target")
        {
            let target = target.trim_start_matches('/').to_owned();
            return Ok((target.ends_with(".xml") && package.has(&target)).then_some(target));
        }
    }
    Ok(None)
}

pub(super) fn read_parts(package: &mut Package<'_>, main: &str) -> Result<Source, ReadError> {
    let document = package.part(main)?.unwrap_or_default();
    let mut reader = WordReader::default();
    let mut xml = Xml::new(&document);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => reader.open(&tag, &mut xml)?,
            Node::Close(tag) => reader.close(tag.name())?,
            Node::Text(text) if reader.in_text => reader.push(&text),
            Node::Text(_) => {}
        }
    }
    Ok(Source {
        parts: reader.parts,
        properties: package.properties()?,
        remarks: Vec::new(),
    })
}

/// A table that is being read.
#[derive(Default)]
struct OpenTable {
    flow: Flow,
    cells: Vec<DeepCell>,
    /// The widths of the columns, as the file gives them.
    widths: Vec<u32>,
    /// By its first column, the cell that a merged one below would continue.
    above: HashMap<usize, usize>,
    row_deleted: bool,
    /// Of the cell that is being read.
    cols: usize,
    merge: Merge,
    in_cell: bool,
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Merge {
    #[default]
    None,
    Restart,
    Continue,
}

#[derive(Default)]
struct WordReader {
    parts: Vec<Part>,
    /// Paragraphs and cells so far.
    count: usize,
    tables: Vec<OpenTable>,
    paragraph: String,
    /// Paragraphs around the text box that is being read.
    around: Vec<String>,
    in_text: bool,
    /// Whether the run is hidden or struck out.
    is_unseen: bool,
    /// Whether the run stands higher, as the marks of notes do.
    is_raised: bool,
}

impl WordReader {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        match tag.name() {
            // Tab stops, borders and the like have names of their own; deleted and doubled text is not to be read.
            "pPr" | "tblPr" | "tblPrEx" | "sectPr" | "sdtPr" | "sdtEndPr" | "del" | "moveFrom"
            | "instrText" | "delText" | "delInstrText" | "Fallback" | "rt" | "rubyPr" => {
                xml.skip()?;
            }
            "r" => (self.is_unseen, self.is_raised) = (false, false),
            "rPr" => self.run_properties(xml)?,
            "t" => self.in_text = true,
            "tab" | "ptab" => self.push(" "),
            "br" | "cr" => self.line(tag),
            "noBreakHyphen" => self.push("-"),
            "txbxContent" => self.around.push(std::mem::take(&mut self.paragraph)),
            "tbl" => {
                if self.tables.len() >= MAX_NESTING {
                    return Err(ReadError::TooDeep);
                }
                self.end_paragraph();
                self.tables.push(OpenTable::default());
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.flow.open_row()?;
                    table.row_deleted = false;
                }
            }
            "gridCol" => {
                if let Some(table) = self.tables.last_mut() {
                    let width = tag.number("w").and_then(|w| u32::try_from(w).ok());
                    table.widths.push(width.unwrap_or(u32::MAX));
                }
            }
            "trPr" => self.row_properties(xml)?,
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = true;
                    table.cols = 1;
                    table.merge = Merge::None;
                    table.parts.clear();
                }
            }
            "tcPr" => self.cell_properties(xml)?,
            _ => {}
        }
        if tag.is("tc") {
            self.paragraph.clear();
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "t" => self.in_text = false,
            "p" => {
                self.end_paragraph();
                self.count += 1;
                few_enough(self.count)?;
            }
            "txbxContent" => {
                self.end_paragraph();
                self.paragraph = self.around.pop().unwrap_or_default();
            }
            "tc" => {
                self.end_paragraph();
                self.count += 1;
                few_enough(self.count)?;
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell()?;
                }
            }
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    let rows = table.flow.rows;
                    let mut parts = settle(String::new(), rows, table.cells);
                    if let [Part::Table(whole)] = parts.as_mut_slice() {
                        whole.drop_slivers(&table.widths);
                    }
                    self.here().extend(parts);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn run_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    let value = tag.attribute("val");
                    let is_on = !matches!(value.as_deref(), Some("0" | "false" | "off"));
                    match tag.name() {
                        "vanish" | "strike" | "dstrike" => self.is_unseen |= is_on,
                        "vertAlign" => self.is_raised = value.as_deref() == Some("superscript"),
                        _ => {}
                    }
                    xml.skip()?;
                }
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn row_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    if let Some(table) = self.tables.last_mut() {
                        match tag.name() {
                            "gridBefore" => table.flow.skip(tag.number("val").unwrap_or(0)),
                            "del" => table.row_deleted = true,
                            _ => {}
                        }
                    }
                    xml.skip()?;
                }
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn cell_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    if let Some(table) = self.tables.last_mut() {
                        match tag.name() {
                            "gridSpan" => table.cols = tag.number("val").unwrap_or(1).max(1),
                            "vMerge" => {
                                table.merge = match tag.attribute("val").as_deref() {
                                    Some("restart") => Merge::Restart,
                                    _ => Merge::Continue,
                                }
                            }
                            _ => {}
                        }
                    }
                    xml.skip()?;
                }
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn push(&mut self, text: &str) {
        if self.is_unseen {
            return;
        }
        // The mark of a note is no digit of the number before it.
        let is_note = self.is_raised && self.tables.last().is_some_and(|table| table.in_cell);
        let (before, behind) = if is_note { ("[", "]") } else { ("", "") };
        self.paragraph.push_str(before);
        self.paragraph.extend(
            text.chars()
                .filter_map(seen)
                .map(|c| if c == '\n' || c == '\t' { ' ' } else { c }),
        );
        self.paragraph.push_str(behind);
    }

    /// A line break: in a cell a new line, elsewhere as good as a new paragraph.
    fn line(&mut self, tag: &Tag<'_>) {
        if tag
            .attribute("type")
            .is_some_and(|kind| kind != "textWrapping")
        {
            return;
        }
        if self.tables.is_empty() {
            self.end_paragraph();
        } else {
            self.paragraph.push('\n');
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.paragraph);
        let text = text.trim();
        if !text.is_empty() {
            let text = text.to_owned();
            self.here().push(Part::Text(text));
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
    fn end_cell(&mut self) -> Result<(), ReadError> {
        self.in_cell = false;
        let parts = std::mem::take(&mut self.parts);
        let place = self.flow.place(1, self.cols)?;
        if self.merge == Merge::Continue
            && let Some(above) = self.above.get(&place.col).map(|&at| &mut self.cells[at])
            && above.place.cols == place.cols
            && above.place.row + above.place.rows == place.row
        {
            above.place.rows += 1;
            return Ok(());
        }
        if self.merge != Merge::None {
            self.above.insert(place.col, self.cells.len());
        }
        if !self.row_deleted {
            self.cells.push(DeepCell { place, parts });
        }
        Ok(())
    }
}
