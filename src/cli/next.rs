//! Beginning the year after a report's.

use super::output::{self, Kind};
use super::status::{FAILED, FINE, FOUND};
use crate::{draft, import, rollover};
use std::io::{self, Write};
use std::path::Path;

/// Writes the new draft, and says what came along and what did not.
pub fn begin(
    last: &Path,
    to: Option<&Path>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let (imported, sha256) = match import::from_file_with_sha256(last) {
        Ok(read) => read,
        Err(error) => return writeln!(err, "{error}").map(|()| FAILED),
    };
    if let Some(to) = to
        && let Some(why) = output::refusal(last, to, Kind::Draft)
    {
        let to = to.display();
        return writeln!(err, "没有结转：-o 写的{why}，请换一个文件名\n文件：{to}")
            .map(|()| FAILED);
    }
    if let Some(there) = to.filter(|to| to.exists()) {
        let there = there.display();
        return writeln!(
            err,
            "没有结转：-o 写的文件已经有了，请换一个文件名\n文件：{there}"
        )
        .map(|()| FAILED);
    }
    for line in imported.notes() {
        writeln!(err, "{line}")?;
    }
    let source = last.file_name().unwrap_or_default().to_string_lossy();
    let new = match rollover::begin(&imported.report, &source, &sha256) {
        Ok(new) => new,
        Err(what) => return writeln!(err, "{what}").map(|()| FAILED),
    };
    for line in new.mapping.lines() {
        writeln!(err, "{line}")?;
    }
    match to {
        None => out.write_all(draft::to_text(&new.report).as_bytes())?,
        Some(path) => {
            if let Err(error) = draft::save(&new.report, path) {
                return writeln!(err, "{error}").map(|()| FAILED);
            }
            writeln!(err, "已写入 {}", path.display())?;
        }
    }
    Ok(if imported.not_placed.is_empty() {
        FINE
    } else {
        FOUND
    })
}
