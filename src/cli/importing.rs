//! Importing a file.

use super::output::{self, Kind};
use super::status::{FAILED, FINE, FOUND};
use crate::import::{Imported, NotPlaced, Wanted};
use crate::{check, disk, draft, export, import};
use std::io::{self, Write};
use std::path::Path;

/// Reads a file, and writes what was read as a draft or as JSON, to a file or to standard output.
pub fn import_file(
    file: &Path,
    json: bool,
    to: Option<&Path>,
    year: Option<i32>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let kind = if json { Kind::Export } else { Kind::Draft };
    if let Some(to) = to
        && let Some(why) = output::refusal(file, to, kind)
    {
        let to = to.display();
        return writeln!(err, "没有导入：-o 写的{why}，请换一个文件名\n文件：{to}")
            .map(|()| FAILED);
    }
    let wanted = Wanted {
        year,
        ..Wanted::default()
    };
    let imported = match import::from_file_as(file, &wanted) {
        Ok(imported) => imported,
        Err(error) => return writeln!(err, "{error}").map(|()| FAILED),
    };
    say_what_became(&imported, err)?;
    let text = match (json, imported.lacks_year) {
        (true, _) => json_of(&imported),
        (false, false) => draft::to_text(&imported.report),
        (false, true) => {
            let what = "没有写成草稿：文件里没有年度，请加上 --year 写明这是哪一年度的年报";
            return writeln!(err, "{what}，例如 --year 2023").map(|()| FAILED);
        }
    };
    let written = match to {
        None => out.write_all(text.as_bytes()),
        Some(path) if json => {
            if let Err(error) = export::save(text.as_bytes(), path) {
                return writeln!(err, "{error}").map(|()| FAILED);
            }
            Ok(())
        }
        Some(path) => {
            // What somebody has typed there since must not go under a second import.
            let there = path.display();
            let what = match std::fs::read(path) {
                Ok(bytes) if bytes.is_empty() || bytes == text.as_bytes() => None,
                Ok(_) => Some("内容不同".to_owned()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => Some(format!("看不了内容（{}）", disk::io_reason(&error))),
            };
            if let Some(what) = what {
                let what = format!("没有导入：-o 写的文件已经有了，{what}，请换一个文件名");
                return writeln!(err, "{what}\n文件：{there}").map(|()| FAILED);
            }
            if let Err(error) = draft::save(&imported.report, path) {
                return writeln!(err, "{error}").map(|()| FAILED);
            }
            Ok(())
        }
    };
    let is_whole = imported.not_placed.is_empty() && !imported.lacks_year;
    written.map(|()| if is_whole { FINE } else { FOUND })
}

/// The report as JSON; a year that nobody knows is `null`.
fn json_of(imported: &Imported) -> String {
    let json = export::to_json(&imported.report, &check::evaluate(&imported.report));
    if !imported.lacks_year {
        return json;
    }
    let year = format!("\"year\":{}", imported.report.year());
    json.replacen(&year, "\"year\":null", 1)
}

/// Says what became of everything, in the words of the window; by their ids too what was not placed, for scripts.
fn say_what_became(imported: &Imported, err: &mut dyn Write) -> io::Result<()> {
    for note in imported.notes() {
        writeln!(err, "{note}")?;
    }
    if !imported.not_placed.is_empty() {
        let cells = imported.not_placed.len();
        writeln!(err, "有 {cells} 格没有导入，请看原件后自己填写：")?;
        for NotPlaced { id, content, why } in &imported.not_placed {
            writeln!(err, "  {id}\t{content}\t{why}")?;
        }
    }
    Ok(())
}
