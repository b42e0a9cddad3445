//! Whatever last year left behind, read into a report, with a list of what could not be placed.
//!
//! `read` takes a file of any kind to one plain structure ([`source`]), `matching` holds its tables against those of the
//! official forms, `report` puts a report together, and [`Imported`] says what became of everything.

mod clipboard;
mod error;
mod fill;
mod json;
mod limits;
mod matching;
mod outcome;
mod raw_table;
pub mod read;
mod report;
pub mod source;

pub use clipboard::{Rows, name_among, read_html, read_tsv, recognise_rows, tsv_table};
pub use error::{ImportError, JsonError, PackageError, PdfError, ReadError, UnreadKind};
pub use json::from_json;
pub use matching::{Recognised, recognise};
pub use outcome::{
    Imported, LeftOver, LostRow, NotPlaced, Note, Remark, ReportInFile, TablesInFile, Wanted,
    WhyNot, WhyTable, Witness,
};
pub use report::{from_source, from_source_as};

use crate::disk::{self, NotRead};
use crate::draft;
use source::Source;
use std::io::ErrorKind;
use std::path::Path;

/// Reads a file of any kind that the program understands, drafts included.
///
/// # Errors
/// Says in Chinese why nothing of it could be read, or that nothing in it names the year.
pub fn from_file(path: &Path) -> Result<Imported, ImportError> {
    from_file_as(path, &Wanted::default()).and_then(|imported| with_year(path, imported))
}

/// The same with what the clerk has said of it; where nothing names the year, [`Imported::lacks_year`].
///
/// # Errors
/// Says in Chinese why nothing of it could be read.
pub fn from_file_as(path: &Path, wanted: &Wanted) -> Result<Imported, ImportError> {
    let imported = read_file(path).and_then(|bytes| from_bytes(path, &bytes, wanted));
    imported.map_err(|why| of_file(path, why))
}

/// What was read, if its year is known.
fn with_year(path: &Path, imported: Imported) -> Result<Imported, ImportError> {
    match imported.lacks_year {
        true => Err(of_file(path, ReadError::NoYear)),
        false => Ok(imported),
    }
}

/// Reads a file of any kind, and says which it was by its SHA-256.
///
/// # Errors
/// As [`from_file`].
pub fn from_file_with_sha256(path: &Path) -> Result<(Imported, String), ImportError> {
    let bytes = read_file(path).map_err(|why| of_file(path, why))?;
    let imported = from_bytes(path, &bytes, &Wanted::default());
    let imported = imported.map_err(|why| of_file(path, why))?;
    Ok((with_year(path, imported)?, disk::sha256(&bytes)))
}

/// Reads what stands in a document of any kind, without looking for a form in it.
///
/// # Errors
/// Says in Chinese why nothing of it could be read.
pub fn source_of(path: &Path) -> Result<Source, ImportError> {
    let source = read_file(path).and_then(|bytes| read::read(&bytes));
    source.map_err(|why| of_file(path, why))
}

fn of_file(path: &Path, why: ReadError) -> ImportError {
    let path = path.to_owned();
    ImportError { path, why }
}

fn from_bytes(path: &Path, bytes: &[u8], wanted: &Wanted) -> Result<Imported, ReadError> {
    let text = std::str::from_utf8(bytes).map(|text| text.trim_start_matches('\u{FEFF}'));
    match text {
        Ok(text) if text.trim_start().starts_with('{') && !text.starts_with("{\\rtf") => {
            if text.len() > limits::MAX_JSON {
                return Err(ReadError::TextTooBig(text.len() >> 20));
            }
            from_json(text)
        }
        Ok(text) if is_draft(path, text) => Ok(Imported::whole(draft::from_text(text)?)),
        _ => from_source_as(&read::read(bytes)?, wanted),
    }
}

/// Whether a text is, or was, a draft: its other ending is that of a backup.
fn is_draft(path: &Path, text: &str) -> bool {
    path.extension().is_some_and(|end| end == draft::EXTENSION)
        || text.trim_start().starts_with('(') && text.contains("nianbao:")
}

fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    disk::read_whole(path, limits::MAX_BYTES as u64).map_err(|why| match why {
        NotRead::Io(why) if why.kind() == ErrorKind::IsADirectory => ReadError::NotAFile,
        NotRead::Io(why) => why.into(),
        NotRead::NotAFile => ReadError::NotAFile,
        NotRead::TooBig(megabytes) => ReadError::FileTooBig(megabytes),
    })
}
