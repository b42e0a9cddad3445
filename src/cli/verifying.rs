//! Holding an exported file against its draft.

use super::status::{FAILED, FINE, FOUND};
use crate::export::Document;
use crate::import::source::Source;
use crate::report::Report;
use crate::{check, draft, import, verify};
use std::io::{self, Write};
use std::path::Path;

/// Prints what an exported file says otherwise than its draft.
pub fn verify_file(
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
            "verify 核对 Word、PDF、OFD、网页、Excel；JSON 请先用 import 变成草稿，再用 diff 比较";
        return writeln!(err, "{what}").map(|()| FAILED);
    }
    let source = match import::source_of(export) {
        Ok(source) => source,
        Err(error) => return writeln!(err, "{error}").map(|()| FAILED),
    };
    if !verify::is_ours(&source) {
        return published(&report, &source, out, err);
    }
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

/// Prints what was published otherwise than it stands in the draft.
fn published(
    report: &Report,
    source: &Source,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let page = match import::from_source(source) {
        Ok(page) => page,
        Err(error) => return writeln!(err, "{error}").map(|()| FAILED),
    };
    writeln!(
        err,
        "提示：这不是本程序导出的文件，按公开后的页面核对：比较数和文字，不比较版式"
    )?;
    let found = verify::published(report, &page);
    for departure in &found.departures {
        writeln!(out, "{departure}")?;
    }
    if found.departures.is_empty() {
        let (cells, paragraphs) = (found.cells, found.paragraphs);
        writeln!(out, "一致：比较了 {cells} 格、{paragraphs} 段文字")?;
        return Ok(FINE);
    }
    writeln!(out, "共 {} 处不同", found.departures.len())?;
    Ok(FOUND)
}
