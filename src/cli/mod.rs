//! The commands for scripts: the same functions that the window uses.
//!
//! Standard output holds the result alone; everything said to a person goes to standard error. Exit status 0: fine; 1:
//! findings that must be corrected, differences, or cells that were not placed; 2: could not be read or written.

mod checking;
mod console;
mod desktop;
mod diff;
mod drafts;
mod exporting;
mod findings;
mod in_order;
mod next;
mod status;
mod trend;
mod verifying;

pub use console::attach_console;

use crate::args::Command;
use crate::import::{Imported, NotPlaced};
use crate::{check, disk, draft, export, import};
use status::{FAILED, FINE, FOUND};
use std::io::{self, Write};
use std::path::Path;

/// Carries out a command and returns the exit status.
pub fn run(command: Command, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let done = match command {
        Command::Say(text) => out.write_all(text.as_bytes()).map(|()| FINE),
        Command::Misused(text) => err.write_all(text.as_bytes()).map(|()| FAILED),
        Command::Check { files, json } => checking::check_files(&files, json, out, err),
        Command::Export {
            file,
            format,
            mark,
            to,
        } => exporting::export_file(&file, format, mark, to.as_deref(), out, err),
        Command::Diff { a, b, json } => diff::diff_files(&a, &b, json, out, err),
        Command::Verify { export, draft } => verifying::verify_file(&export, &draft, out, err),
        Command::Trend { files, format, to } => trend::draw_files(&files, format, &to, out, err),
        Command::Import { file, json, to } => import_file(&file, json, to.as_deref(), out, err),
        Command::InstallDesktop => desktop::install(out, err),
        Command::RemoveDesktop => desktop::remove(out, err),
        Command::Next { last, to } => next::begin(&last, to.as_deref(), out, err),
    };
    match done.and_then(|status| out.flush().map(|()| status)) {
        Ok(status) => status,
        // The reader of a pipe may leave early; that is its affair.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => FINE,
        Err(error) => {
            // Nobody is left to tell if standard error is gone as well.
            let _ = writeln!(err, "写不出结果：{}", disk::io_reason(&error));
            FAILED
        }
    }
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

fn import_file(
    file: &Path,
    json: bool,
    to: Option<&Path>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let imported = match import::from_file(file) {
        Ok(imported) => imported,
        Err(error) => return writeln!(err, "{error}").map(|()| FAILED),
    };
    say_what_became(&imported, err)?;
    let written = match (to, json) {
        (None, true) => out.write_all(
            export::to_json(&imported.report, &check::evaluate(&imported.report)).as_bytes(),
        ),
        (None, false) => out.write_all(draft::to_text(&imported.report).as_bytes()),
        (Some(path), true) => {
            let json = export::to_json(&imported.report, &check::evaluate(&imported.report));
            if let Err(error) = export::save(json.as_bytes(), path) {
                return writeln!(err, "{error}").map(|()| FAILED);
            }
            Ok(())
        }
        (Some(path), false) => {
            // What somebody has typed there since must not go under a second import.
            let there = std::fs::read(path).unwrap_or_default();
            let is_other = there != draft::to_text(&imported.report).as_bytes();
            if !there.is_empty() && is_other {
                let there = path.display();
                let what = "没有导入：-o 写的文件已经有了，内容不同，请换一个文件名";
                return writeln!(err, "{what}\n文件：{there}").map(|()| FAILED);
            }
            if let Err(error) = draft::save(&imported.report, path) {
                return writeln!(err, "{error}").map(|()| FAILED);
            }
            Ok(())
        }
    };
    written.map(|()| {
        if imported.not_placed.is_empty() {
            FINE
        } else {
            FOUND
        }
    })
}
