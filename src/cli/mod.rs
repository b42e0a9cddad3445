//! The commands for scripts: the same functions that the window uses.
//!
//! Standard output holds the result alone; everything said to a person goes to standard error. Exit status 0: fine; 1:
//! findings that must be corrected, differences, or cells that were not placed; 2: could not be read or written.

mod console;
mod diff;
mod next;
mod report;
mod trend;

pub use console::attach_console;

use crate::args::Command;
use crate::check::{self, Evaluation};
use crate::disk;
use crate::export::typeset::Faces;
use crate::export::{self, Document, Format};
use crate::form::Level;
use crate::import::Imported;
use crate::{compare, draft, import, verify};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Fine.
const FINE: u8 = 0;
/// Something must be corrected.
const FOUND: u8 = 1;
/// Something could not be read or written, or the command was not understood.
const FAILED: u8 = 2;

/// Carries out a command and returns the exit status.
pub fn run(command: Command, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let done = match command {
        Command::Say(text) => out.write_all(text.as_bytes()).map(|()| FINE),
        Command::Misused(text) => err.write_all(text.as_bytes()).map(|()| FAILED),
        Command::Check { files, json } => check_files(&files, json, out, err),
        Command::Export {
            file,
            format,
            mark,
            to,
        } => export_file(&file, format, mark, to.as_deref(), out, err),
        Command::Diff { a, b, json } => diff_files(&a, &b, json, out, err),
        Command::Verify { export, draft } => verify_file(&export, &draft, out, err),
        Command::Trend { files, format, to } => trend::draw_files(&files, format, &to, out, err),
        Command::Import { file, json, to } => import_file(&file, json, to.as_deref(), out, err),
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

fn check_files(
    files: &[PathBuf],
    json: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let mut status = FINE;
    for file in files {
        let report = match draft::open(file) {
            Ok(report) => report,
            Err(error) => {
                writeln!(err, "{error}")?;
                status = FAILED;
                continue;
            }
        };
        let evaluation = check::evaluate(&report);
        if json {
            writeln!(out, "{}", report::as_json(file, &report, &evaluation))?;
        } else {
            report::as_text(file, &report, &evaluation, out)?;
        }
        status = status.max(status_of(&evaluation));
    }
    Ok(status)
}

fn status_of(evaluation: &Evaluation) -> u8 {
    if evaluation.count(Level::Error) > 0 {
        FOUND
    } else {
        FINE
    }
}

fn export_file(
    file: &Path,
    format: Format,
    mark: bool,
    to: Option<&Path>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let report = match draft::open(file) {
        Ok(report) => report,
        Err(error) => return writeln!(err, "{error}").map(|()| FAILED),
    };
    if to.is_some_and(|to| disk::is_same_file(file, to)) {
        return writeln!(
            err,
            "没有导出：-o 写的是草稿自己，请换一个文件名\n文件：{}",
            file.display()
        )
        .map(|()| FAILED);
    }
    let is_draft = |to: &Path| to.extension().is_some_and(|end| end == draft::EXTENSION);
    if to.is_some_and(is_draft) {
        return writeln!(
            err,
            "没有导出：-o 写的是草稿的文件名（.ron），会盖掉一份草稿，请换一个文件名"
        )
        .map(|()| FAILED);
    }
    let evaluation = check::evaluate(&report);
    let written = match format.write(
        &report,
        &evaluation,
        &draft::digest(&report),
        mark,
        Faces::of_this_pc(),
    ) {
        Ok(written) => written,
        Err(error) => return writeln!(err, "{error}").map(|()| FAILED),
    };
    let errors = evaluation.count(Level::Error);
    if errors > 0 && format != Format::Json {
        let marked = if mark {
            "，每页已注明“草稿”（不要注明就加 --no-mark）"
        } else {
            ""
        };
        writeln!(err, "这份年报还有 {errors} 处必改{marked}")?;
    }
    if let Some(remark) = written.remark() {
        writeln!(err, "{remark}")?;
    }
    match to.map(|path| export::save(&written.bytes, path)) {
        None => out.write_all(&written.bytes).map(|()| FINE),
        Some(Ok(())) => Ok(FINE),
        Some(Err(error)) => writeln!(err, "{error}").map(|()| FAILED),
    }
}

fn diff_files(
    a: &Path,
    b: &Path,
    json: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let (a, b) = match (draft::open(a), draft::open(b)) {
        (Ok(a), Ok(b)) => (a, b),
        (a, b) => {
            for error in [a.err(), b.err()].into_iter().flatten() {
                writeln!(err, "{error}")?;
            }
            return Ok(FAILED);
        }
    };
    let comparison = compare::compare(&a, &b);
    if json {
        writeln!(out, "{}", diff::as_json(&comparison))?;
    } else {
        diff::as_text(&comparison, out)?;
    }
    Ok(if comparison.is_empty() { FINE } else { FOUND })
}

fn verify_file(
    export: &Path,
    draft: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let report = match draft::open(draft) {
        Ok(report) => report,
        Err(error) => return writeln!(err, "{error}").map(|()| FAILED),
    };
    if export
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("json"))
    {
        let what =
            "verify 核对 Word、PDF、网页、Excel；JSON 请先用 import 变成草稿，再用 diff 比较";
        return writeln!(err, "{what}").map(|()| FAILED);
    }
    let source = match import::source_of(export) {
        Ok(source) => source,
        Err(error) => return writeln!(err, "{error}").map(|()| FAILED),
    };
    let document = Document::new(
        &report,
        &check::evaluate(&report),
        &draft::digest(&report),
        true,
    );
    let verified = verify::verify(&document, &source);
    if verified.same_draft == Some(false) {
        writeln!(
            err,
            "提示：这个文件不是由这份草稿现在的样子导出的（SHA-256 不同），下面只比较内容"
        )?;
    }
    for difference in &verified.differences {
        writeln!(out, "{difference}")?;
    }
    if verified.differences.is_empty() {
        writeln!(
            out,
            "一致：比较了 {} 格、{} 段文字",
            verified.cells, verified.texts
        )?;
        return Ok(FINE);
    }
    writeln!(out, "共 {} 处不同", verified.differences.len())?;
    Ok(FOUND)
}

/// Lists what an import did not place.
fn say_what_was_lost(imported: &Imported, err: &mut dyn Write) -> io::Result<()> {
    if !imported.ignored.is_empty() {
        writeln!(
            err,
            "以下内容不属于年报，没有导入：{}",
            imported.ignored.join("、")
        )?;
    }
    for remark in &imported.remarks {
        writeln!(err, "{remark}")?;
    }
    for line in &imported.left_over {
        writeln!(err, "{line}")?;
    }
    if !imported.not_placed.is_empty() {
        writeln!(
            err,
            "有 {} 格没有导入，请看原件后自己填写：",
            imported.not_placed.len()
        )?;
        for cell in &imported.not_placed {
            writeln!(err, "  {}\t{}\t{}", cell.id, cell.content, cell.reason)?;
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
    say_what_was_lost(&imported, err)?;
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
