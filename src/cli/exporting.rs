//! Exporting a draft.

use super::output::{self, Kind};
use super::status::{FAILED, FINE};
use crate::export::typeset::Faces;
use crate::export::{self, Format};
use crate::form::Level;
use crate::{check, draft};
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
    if let Some(to) = to
        && let Some(why) = output::refusal(file, to, Kind::Export)
    {
        let to = to.display();
        return writeln!(err, "没有导出：-o 写的{why}，请换一个文件名\n文件：{to}")
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
