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
mod exporting_all;
mod findings;
mod handing_in;
mod importing;
mod in_order;
mod next;
mod output;
mod status;
mod trend;
mod verifying;

pub use console::attach_console;

use crate::args::Command;
use crate::disk;
use status::{FAILED, FINE};
use std::io::{self, Write};

/// Carries out a command and returns the exit status.
pub fn run(command: Command, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let done = match command {
        Command::Say(text) => out.write_all(text.as_bytes()).map(|()| FINE),
        Command::Misused(text) => err.write_all(text.as_bytes()).map(|()| FAILED),
        Command::Check { files, json } => checking::check_files(&files, json, out, err),
        // A folder stands for the drafts in it.
        Command::Export {
            file,
            format,
            mark,
            to: Some(to),
        } if file.is_dir() => {
            let wanted = exporting_all::Wanted {
                formats: &[format],
                mark,
                replace: false,
                folder: &to,
            };
            exporting_all::export_files(&[file], &wanted, out, err)
        }
        Command::Export {
            file,
            format,
            mark,
            to,
        } => exporting::export_file(&file, format, mark, to.as_deref(), out, err),
        Command::ExportAll {
            files,
            formats,
            mark,
            replace,
            to,
        } => {
            let wanted = exporting_all::Wanted {
                formats: &formats,
                mark,
                replace,
                folder: &to,
            };
            exporting_all::export_files(&files, &wanted, out, err)
        }
        Command::Diff { a, b, json } => diff::diff_files(&a, &b, json, out, err),
        Command::Handin { draft, anyway, to } => handing_in::hand_in(&draft, anyway, &to, out, err),
        Command::Verify { export, draft } => verifying::verify_file(&export, &draft, out, err),
        Command::Trend {
            files,
            format,
            replace,
            to,
        } => {
            let wanted = trend::Wanted {
                format,
                replace,
                folder: &to,
            };
            trend::draw_files(&files, &wanted, out, err)
        }
        Command::InstallDesktop => desktop::install(out, err),
        Command::RemoveDesktop => desktop::remove(out, err),
        Command::Import {
            file,
            json,
            to,
            year,
        } => importing::import_file(&file, json, to.as_deref(), year, out, err),
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
