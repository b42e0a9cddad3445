//! Whatever last year left behind, read into a report, with a list of what could not be placed.

mod document;
mod fill;
mod headings;
mod heads;
mod json;
mod labels;
mod left_over;
mod lines;
mod pieces;
pub mod read;
mod recognise;
pub mod source;
mod table;
mod title;

pub use document::from_source;
pub use json::from_json;
pub use recognise::{Recognised, recognise};
pub use table::{Rows, read_html, read_tsv, tsv_table};

use crate::disk;
use crate::draft;
use crate::form::{self, CellIx};
use crate::report::Report;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A report and what did not find its place in it.
#[derive(Debug)]
pub struct Imported {
    /// What was read.
    pub report: Report,
    /// What was not, by id.
    pub not_placed: Vec<NotPlaced>,
    /// Parts of the source that a report has no place for and that are no figures, such as its origin.
    pub ignored: Vec<String>,
    /// What the clerk should know of how it was read, as sentences.
    pub remarks: Vec<String>,
    /// What the source says in each cell that was found in it, word for word; nothing for sources that say no more than
    /// the number.
    pub words: BTreeMap<CellIx, String>,
    /// What of the source was not used: rows of numbers, whole tables, paragraphs.
    pub left_over: Vec<String>,
}

impl Imported {
    /// All that the clerk must hear of how it was read, as lines: remarks, what was not placed, what was left over.
    pub fn told(&self) -> Vec<String> {
        let mut lines = self.remarks.clone();
        lines.extend(self.problems());
        lines.extend(self.left_over.iter().cloned());
        lines
    }

    /// What was not placed, for a person, a line each.
    pub fn problems(&self) -> Vec<String> {
        let count = |cells: usize| match cells {
            0 | 1 => String::new(),
            n => format!("（{n} 格）"),
        };
        let rows = self.lost_rows().into_iter();
        rows.map(|lost| format!("{}{}{}", lost.lead(), lost.what, count(lost.cells.len())))
            .collect()
    }

    /// What was not placed, for a person: what is not understood cell by cell, what is not there or belongs to another
    /// form row by row.
    pub fn lost_rows(&self) -> Vec<LostRow> {
        let form = self.report.form();
        let place = |id: &str| {
            let mut known = std::iter::once(form).chain(form::official());
            known.find_map(|form| form.find(id).map(|cell| (form, cell)))
        };
        let row = |lost: &NotPlaced| {
            let (of, cell) = place(&lost.id)?;
            let whole = lost.content.is_empty() || of.id != form.id;
            whole.then(|| (&of.id, of.cell(cell).table, &of.cell(cell).row_id))
        };
        let same_row = |a: &NotPlaced, b: &NotPlaced| row(a).is_some() && row(a) == row(b);
        let rows = self.not_placed.chunk_by(same_row);
        let told = rows.map(|row| {
            let first = &row[0];
            let cells: Vec<CellIx> = row.iter().filter_map(|lost| form.find(&lost.id)).collect();
            let what = match (place(&first.id), cells.first()) {
                (Some((_, cell)), Some(_)) if first.content.is_empty() => {
                    let spec = form.cell(cell);
                    format!("{} · {}", form.tables[spec.table].name, spec.row_name)
                }
                (Some((_, cell)), Some(_)) => {
                    let name = form.full_name(cell);
                    format!("{name}：原件写“{}”，{}", first.content, first.reason)
                }
                (Some((other, cell)), None) => {
                    let numbers: Vec<&str> = row.iter().map(|lost| &*lost.content).collect();
                    let name = &other.cell(cell).row_name;
                    format!("原件的“{name}”（{}）：{}", numbers.join("、"), first.reason)
                }
                (None, _) => format!("原件写“{}”：{}", first.content, first.reason),
            };
            LostRow {
                what: form::with_year(&what, self.report.year()),
                is_absent: first.content.is_empty(),
                cells,
            }
        });
        told.collect()
    }
}

/// Something of the form that was not found in the source, or of the source that has no place in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostRow {
    /// What it is and what is wrong with it, in the form's words.
    pub what: String,
    /// The report's cells that it is about.
    pub cells: Vec<CellIx>,
    /// Whether the source has nothing there.
    is_absent: bool,
}

impl LostRow {
    fn lead(&self) -> &'static str {
        if self.is_absent {
            "没有找到："
        } else {
            ""
        }
    }
}

/// A cell of the source that the report does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPlaced {
    /// The cell's id as the source gives it.
    pub id: String,
    /// What stood in it.
    pub content: String,
    /// Why it has no place, as a sentence.
    pub reason: String,
}

/// Why nothing could be read at all; its `Display` is a sentence for the clerk.
#[derive(Debug, thiserror::Error)]
#[error("{what}\n文件：{}", path.display())]
pub struct ImportError {
    /// The file.
    pub path: PathBuf,
    /// What happened and what to do now.
    pub what: String,
}

/// No report comes near this size.
const MAX_BYTES: u64 = 64 << 20;

/// Reads a file of any kind that the program understands, drafts included.
///
/// # Errors
/// Says in Chinese why nothing of it could be read.
pub fn from_file(path: &Path) -> Result<Imported, ImportError> {
    from_file_with_sha256(path).map(|(imported, _)| imported)
}

/// Reads a file of any kind, and says which it was by its SHA-256.
///
/// # Errors
/// As [`from_file`].
pub fn from_file_with_sha256(path: &Path) -> Result<(Imported, String), ImportError> {
    let bytes = read_file(path)?;
    let text = std::str::from_utf8(&bytes).map(|text| text.trim_start_matches('\u{FEFF}'));
    let imported = match text {
        Ok(text) if text.trim_start().starts_with('{') && !text.starts_with("{\\rtf") => {
            from_json(text)
        }
        Ok(text) if is_draft(path, text) => from_draft(text),
        _ => read::read(&bytes).and_then(|source| from_source(&source)),
    };
    let imported = imported.map_err(|what| ImportError {
        path: path.to_owned(),
        what,
    })?;
    Ok((imported, disk::sha256(&bytes)))
}

/// Whether a text is, or was, a draft: its other ending is that of a backup.
fn is_draft(path: &Path, text: &str) -> bool {
    path.extension().is_some_and(|end| end == draft::EXTENSION)
        || text.trim_start().starts_with('(') && text.contains("nianbao:")
}

fn from_draft(text: &str) -> Result<Imported, String> {
    let report = draft::from_text(text).map_err(|problem| problem.to_string())?;
    Ok(Imported {
        report,
        not_placed: Vec::new(),
        ignored: Vec::new(),
        remarks: Vec::new(),
        words: BTreeMap::new(),
        left_over: Vec::new(),
    })
}

/// Reads what stands in a document of any kind, without looking for a form in it.
///
/// # Errors
/// Says in Chinese why nothing of it could be read.
pub fn source_of(path: &Path) -> Result<source::Source, ImportError> {
    read::read(&read_file(path)?).map_err(|what| ImportError {
        path: path.to_owned(),
        what,
    })
}

fn read_file(path: &Path) -> Result<Vec<u8>, ImportError> {
    let fail = |what: String| ImportError {
        path: path.to_owned(),
        what,
    };
    let size = std::fs::metadata(path)
        .map_err(|error| fail(unreadable(&error)))?
        .len();
    if size > MAX_BYTES {
        return Err(fail(format!(
            "这个文件有 {} 兆字节，不是一份年报，没有导入",
            size >> 20
        )));
    }
    std::fs::read(path).map_err(|error| fail(unreadable(&error)))
}

fn unreadable(error: &std::io::Error) -> String {
    format!("打不开这个文件：{}", disk::io_reason(error))
}
