//! Excel's files since 2007: a table for each sheet, with merged cells and numbers as they are shown.
//!
//! Read here and not by a library that puts a sheet into memory as large as its farthest cells lie apart, and does not
//! know what is shown.

mod boxes;
mod formula;
mod rule;
mod run;
mod sheet;
mod styles;

use super::grid::Sheet;
use super::xml::{Node, Xml};
use super::zipped::{Package, relations};
use crate::import::error::{PackageError, ReadError};
use crate::import::outcome::Remark;
use crate::import::source::{Part, Source};
use boxes::TextBox;
use formula::Cells;
use run::Run;
use sheet::{Book, SheetReader};

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
        styles: styles::read(&package.part("xl/styles.xml")?.unwrap_or_default())?,
        recalculates: recalculates(&workbook)?,
    };
    let targets = relations(package, "xl/workbook.xml")?;
    let mut source = Source {
        properties: package.properties()?,
        ..Source::default()
    };
    let mut waiting: Vec<Waiting<'_>> = Vec::new();
    for (name, id, hidden) in sheets(&workbook)? {
        if hidden {
            source.remarks.push(Remark::HiddenSheet(name));
            continue;
        }
        let Some(target) = targets.get(&id) else {
            continue;
        };
        let Some(text) = package.part(target)? else {
            continue;
        };
        match book.sheet(&name, &text)? {
            Some(mut sheet) => {
                for text_box in boxes_over(package, target)? {
                    source.remarks.extend(Remark::box_of(&text_box.words));
                    sheet.lay_over(&text_box);
                }
                waiting.push(Waiting::Cells(Box::new(sheet)));
            }
            None => source.remarks.push(Remark::SheetTooLarge(name)),
        }
        let cells = |waiting: &Waiting<'_>| match waiting {
            Waiting::Cells(sheet) => sheet.len(),
            Waiting::Done(_) => 0,
        };
        if waiting.iter().map(cells).sum::<usize>() > MOST_WAITING {
            finish(&mut waiting, &mut source.remarks);
        }
    }
    finish(&mut waiting, &mut source.remarks);
    for sheet in waiting {
        if let Waiting::Done(sheet) = sheet {
            source.parts.extend(sheet.table().map(Part::Table));
        }
    }
    only_readable(source)
}

/// The boxes of text that lie over a sheet.
fn boxes_over(package: &mut Package<'_>, sheet: &str) -> Result<Vec<TextBox>, ReadError> {
    let mut drawings: Vec<String> = relations(package, sheet)?.into_values().collect();
    drawings.retain(|target| target.contains("/drawings/") && target.ends_with(".xml"));
    drawings.sort_unstable();
    let mut all = Vec::new();
    for drawing in drawings {
        let text = package.part(&drawing)?;
        all.extend(boxes::read(&text.unwrap_or_default())?);
    }
    Ok(all)
}

/// Cells that are kept until all sheets are read to which their formulas may refer: more than any workbook of reports has.
/// What refers to farther sheets is unread.
const MOST_WAITING: usize = 200_000;

/// A sheet, as far as it is read.
enum Waiting<'a> {
    Cells(Box<SheetReader<'a>>),
    Done(Sheet),
}

/// Works out what the cells of the sheets show that wait.
fn finish(sheets: &mut Vec<Waiting<'_>>, remarks: &mut Vec<Remark>) {
    let mut cells = Cells::default();
    for sheet in sheets.iter() {
        if let Waiting::Cells(sheet) = sheet {
            cells.sheets.push((sheet.name(), sheet.operands()));
        }
    }
    let waiting = sheets.iter().filter_map(|sheet| match sheet {
        Waiting::Cells(sheet) => Some(sheet),
        Waiting::Done(_) => None,
    });
    let texts: Vec<Vec<String>> = (waiting.enumerate())
        .map(|(number, sheet)| sheet.texts(number, &cells))
        .collect();
    drop(cells);
    let mut texts = texts.into_iter();
    let finished = std::mem::take(sheets)
        .into_iter()
        .filter_map(|sheet| match sheet {
            Waiting::Done(sheet) => Some(Waiting::Done(sheet)),
            Waiting::Cells(sheet) => {
                let name = sheet.name().to_owned();
                let whole = sheet.finish(&texts.next().unwrap_or_default());
                if whole.is_none() {
                    remarks.push(Remark::SheetTooLarge(name));
                }
                whole.map(Waiting::Done)
            }
        });
    *sheets = finished.collect();
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

/// Whether the program that opens the workbook is to calculate it anew, so that the kept results say nothing.
fn recalculates(workbook: &str) -> Result<bool, ReadError> {
    let mut xml = Xml::new(workbook);
    while let Some(node) = xml.next()? {
        if let Node::Open(tag) = node
            && tag.is("calcPr")
        {
            return Ok(matches!(
                tag.attribute("fullCalcOnLoad").as_deref(),
                Some("1" | "true")
            ));
        }
    }
    Ok(false)
}

fn strings(text: &str) -> Result<Vec<String>, ReadError> {
    const MOST: usize = 500_000;
    let mut strings: Vec<String> = Vec::new();
    let mut xml = Xml::new(text);
    let (mut in_text, mut run) = (false, Run::default());
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "si" => strings.push(String::new()),
                "rPh" => xml.skip()?,
                "r" => run = Run::default(),
                "rPr" => run = Run::read(&mut xml)?,
                "t" => in_text = true,
                _ => {}
            },
            Node::Text(text) if in_text => {
                if let Some(string) = strings.last_mut() {
                    run.add(&text, string);
                }
            }
            Node::Close(tag) => match tag.name() {
                "t" => in_text = false,
                "r" => run = Run::default(),
                _ => {}
            },
            Node::Text(_) => {}
        }
        if strings.len() > MOST {
            return Err(ReadError::TableTooLarge);
        }
    }
    Ok(strings)
}
