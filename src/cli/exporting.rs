//! Exporting a draft.

use super::status::{FAILED, FINE};
use crate::export::typeset::Faces;
use crate::export::{self, Format};
use crate::form::Level;
use crate::{check, disk, draft};
use std::io::{self, Write};
use std::path::Path;

/// Writes a draft in a format, to a file or to standard output.
pub fn export_file(
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
