//! Excel's files since 2007: a table for each sheet, with merged cells and numbers as they are shown.
//!
//! Read here and not by calamine, which puts a sheet into memory as large as its farthest cells lie apart, and does not
//! know what is shown.

use super::grid::Sheet;
use super::numbers;
use super::xml::{Node, Xml};
use super::zipped::Package;
use crate::import::error::{PackageError, ReadError};
use crate::import::outcome::Remark;
use crate::import::source::{Part, Source};
use std::collections::HashMap;
use std::rc::Rc;

/// Reads an Excel file.
///
/// # Errors
/// A sentence if it is none, is damaged, or has no sheet that could be a report.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    read_package(&mut Package::open(bytes)?)
}

pub(super) fn read_package(package: &mut Package<'_>) -> Result<Source, ReadError> {
    let Some(workbook) = package.part("xl/workbook.xml")? else {
        return Err(PackageError::NotExcel.into());
    };
    let book = Book {
        strings: strings(&package.part("xl/sharedStrings.xml")?.unwrap_or_default())?,
        formats: formats(&package.part("xl/styles.xml")?.unwrap_or_default())?,
    };
    let targets = targets(
        &package
            .part("xl/_rels/workbook.xml.rels")?
            .unwrap_or_default(),
    )?;
    let mut source = Source {
        properties: package.properties()?,
        ..Source::default()
    };
    for (name, id, hidden) in sheets(&workbook)? {
        if hidden {
            source.remarks.push(Remark::HiddenSheet(name));
            continue;
        }
        let Some(target) = targets.get(&id) else {
            continue;
        };
        let path = match target.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("xl/{target}"),
        };
        let Some(text) = package.part(&path)? else {
            continue;
        };
        match book.sheet(&name, &text)? {
            Some(sheet) => source.parts.extend(sheet.table().map(Part::Table)),
            None => source.remarks.push(Remark::SheetTooLarge(name)),
        }
    }
    only_readable(source)
}

/// Nothing but remarks is an error.
pub(super) fn only_readable(source: Source) -> Result<Source, ReadError> {
    if source.parts.is_empty() && !source.remarks.is_empty() {
        return Err(ReadError::OnlyRemarks(source.remarks));
    }
    Ok(source)
}

/// Name, relation and whether it is hidden, of each sheet.
fn sheets(workbook: &str) -> Result<Vec<(String, String, bool)>, ReadError> {
    let mut sheets = Vec::new();
    let mut xml = Xml::new(workbook);
    while let Some(node) = xml.next()? {
        if let Node::Open(tag) = node
            && tag.is("sheet")
        {
            let hidden = tag
                .attribute("state")
                .is_some_and(|state| state != "visible");
            sheets.push((tag.owned("name"), tag.owned("id"), hidden));
        }
    }
    sheets.truncate(256);
    Ok(sheets)
}

fn targets(relations: &str) -> Result<HashMap<String, String>, ReadError> {
    let mut targets = HashMap::new();
    let mut xml = Xml::new(relations);
    while let Some(node) = xml.next()? {
        if let Node::Open(tag) = node
            && let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target"))
        {
            targets.insert(id.into_owned(), target.into_owned());
        }
    }
    Ok(targets)
}

fn strings(text: &str) -> Result<Vec<String>, ReadError> {
    const MOST: usize = 500_000;
    let mut strings: Vec<String> = Vec::new();
    let mut xml = Xml::new(text);
    let mut in_text = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "si" => strings.push(String::new()),
                "rPh" => xml.skip()?,
                "t" => in_text = true,
                _ => {}
            },
            Node::Text(text) if in_text => {
                if let Some(string) = strings.last_mut() {
                    string.push_str(&text);
                }
            }
            Node::Close(tag) if tag.name() == "t" => in_text = false,
            _ => {}
        }
        if strings.len() > MOST {
            return Err(ReadError::TableTooLarge);
        }
    }
    Ok(strings)
}

/// The format of each style that cells may name.
fn formats(text: &str) -> Result<Vec<Rc<str>>, ReadError> {
    /// As Excel limits it.
    const LONGEST: usize = 255;
    let mut own: HashMap<usize, Rc<str>> = HashMap::new();
    let mut formats = Vec::new();
    let mut in_cells = false;
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "numFmt" => {
                    if let (Some(id), Some(code)) =
                        (tag.number("numFmtId"), tag.attribute("formatCode"))
                    {
                        let code: String = code.chars().take(LONGEST).collect();
                        own.insert(id, code.into());
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = tag.number("numFmtId").unwrap_or(0);
                    formats.push(own.get(&id).cloned().unwrap_or_else(|| built_in(id).into()));
                }
                _ => {}
            },
            Node::Close(tag) if tag.name() == "cellXfs" => in_cells = false,
            _ => {}
        }
    }
    Ok(formats)
}

/// The formats that have a number and no text in the file.
fn built_in(id: usize) -> &'static str {
    match id {
        1 | 3 | 37 | 38 | 41 | 42 => "0",
        2 | 4 | 39 | 40 | 43 | 44 => "0.00",
        9 => "0%",
        10 => "0.00%",
        14..=22 | 27..=36 | 45..=47 | 50..=58 => "yyyy/m/d",
        _ => "General",
    }
}

struct Book {
    strings: Vec<String>,
    formats: Vec<Rc<str>>,
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
}

impl Book {
    /// A sheet, or `None` if it has too many cells.
    fn sheet(&self, name: &str, text: &str) -> Result<Option<Sheet>, ReadError> {
        let mut sheet = Sheet::new(name);
        let mut cell = Cell::default();
        let (mut row, mut col) = (0, 0);
        let mut inside = "";
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "row" => {
                        row = tag.number("r").map_or(row, |r| r.saturating_sub(1));
                        col = 0;
                    }
                    "c" => {
                        let [place, kind, style] = tag.attributes(["r", "t", "s"]);
                        if let Some((r, c)) = place.as_deref().and_then(address) {
                            (row, col) = (r, c);
                        }
                        cell = Cell {
                            row,
                            col,
                            kind: kind.unwrap_or_default().into_owned(),
                            style: style
                                .and_then(|style| style.trim().parse().ok())
                                .unwrap_or(0),
                            ..Cell::default()
                        };
                    }
                    "v" => inside = "v",
                    "t" => inside = "t",
                    "rPh" | "f" => xml.skip()?,
                    "mergeCell" => {
                        if let Some((from, to)) = tag.attribute("ref").as_deref().and_then(area) {
                            sheet.merge(from, to);
                        }
                    }
                    _ => {}
                },
                Node::Text(text) => match inside {
                    "v" => cell.value.push_str(&text),
                    "t" => cell.inline.push_str(&text),
                    _ => {}
                },
                Node::Close(tag) => match tag.name() {
                    "v" | "t" => inside = "",
                    "row" => row += 1,
                    "c" => {
                        let text = self.shown(&cell);
                        if !sheet.put(cell.row, cell.col, &text) {
                            return Ok(None);
                        }
                        col += 1;
                    }
                    _ => {}
                },
            }
        }
        Ok(sheet.fits().then_some(sheet))
    }

    fn shown(&self, cell: &Cell) -> String {
        let format = self
            .formats
            .get(cell.style)
            .map_or("General", |format| &**format);
        match cell.kind.as_str() {
            "s" => {
                let at = cell.value.trim().parse::<usize>().ok();
                at.and_then(|at| self.strings.get(at))
                    .cloned()
                    .unwrap_or_default()
            }
            "inlineStr" => cell.inline.clone(),
            "str" | "e" | "d" => cell.value.clone(),
            "b" if cell.value.trim() == "1" => "TRUE".to_owned(),
            "b" => "FALSE".to_owned(),
            _ => match cell.value.trim().parse::<f64>() {
                Ok(number) => numbers::shown(number, format),
                Err(_) => cell.value.clone(),
            },
        }
    }
}

/// Row and column of a name such as `B12`, from 0.
fn address(name: &str) -> Option<(usize, usize)> {
    let letters = name.trim_matches('$').find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at_checked(letters)?;
    let mut col = 0usize;
    for letter in letters.bytes().filter(|&b| b != b'$') {
        if !letter.is_ascii_alphabetic() || col > 20_000 {
            return None;
        }
        col = col * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    let row: usize = digits.parse().ok()?;
    (row <= 1 << 20).then_some(())?;
    Some((row.checked_sub(1)?, col.checked_sub(1)?))
}

fn area(name: &str) -> Option<((usize, usize), (usize, usize))> {
    let (from, to) = name.split_once(':')?;
    Some((address(from)?, address(to)?))
}
