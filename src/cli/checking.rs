//! Checking drafts: many at once, told in the order in which they were named.

use super::status::{FAILED, FINE, FOUND};
use super::{drafts, findings, in_order};
use crate::form::Level;
use crate::{check, draft};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What came of one file.
struct Checked {
    /// For standard output.
    out: Vec<u8>,
    /// Why it could not be read, for standard error.
    failed: Option<String>,
    status: u8,
}

/// Checks drafts, and all drafts in folders.
pub fn check_files(
    named: &[PathBuf],
    json: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let files = drafts::named(named, "没有审核");
    let check = |file: &Result<PathBuf, String>| match file {
        Ok(file) => check_file(file, json),
        Err(what) => Ok(Checked::failed(what.clone())),
    };
    let mut status = FINE;
    in_order::on_all_cores(&files, check, |checked| {
        let checked = checked?;
        out.write_all(&checked.out)?;
        if let Some(what) = checked.failed {
            writeln!(err, "{what}")?;
        }
        status = status.max(checked.status);
        Ok(())
    })?;
    Ok(status)
}

impl Checked {
    fn failed(what: String) -> Self {
        Self {
            out: Vec::new(),
            failed: Some(what),
            status: FAILED,
        }
    }
}

fn check_file(file: &Path, json: bool) -> io::Result<Checked> {
    let report = match draft::open(file) {
        Ok(report) => report,
        Err(error) => return Ok(Checked::failed(error.to_string())),
    };
    let evaluation = check::evaluate(&report);
    let mut out = Vec::new();
    if json {
        writeln!(out, "{}", findings::as_json(file, &report, &evaluation))?;
    } else {
        findings::as_text(file, &report, &evaluation, &mut out)?;
    }
    let must_change = evaluation.count(Level::Error) > 0;
    Ok(Checked {
        out,
        failed: None,
        status: if must_change { FOUND } else { FINE },
    })
}
