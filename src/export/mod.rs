//! A report as files for others. Every exporter walks the form's resolved grid; none knows a label, row or rule.

mod html;
mod json;

pub use html::{block_to_html, to_html};
pub use json::to_json;

use crate::check::Evaluation;
use crate::report::Report;
use std::path::{Path, PathBuf};

/// A kind of file that a report is exported to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The figures and texts by id, for scripts.
    Json,
    /// The whole report as a web page.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Html, Self::Json];

    /// The name on the command line, which is also the file name's ending.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
        }
    }

    /// The format with this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The report in this format.
    pub fn write(self, report: &Report, evaluation: &Evaluation) -> Vec<u8> {
        match self {
            Self::Json => to_json(report, evaluation),
            Self::Html => to_html(report, evaluation),
        }
        .into_bytes()
    }
}

/// The report's title as a file name without ending.
pub fn file_stem(report: &Report) -> String {
    let allowed = |c: char| {
        if r#"\/:*?"<>|"#.contains(c) || c.is_control() {
            '_'
        } else {
            c
        }
    };
    report.title().chars().map(allowed).collect()
}

/// The usual file name of an export.
pub fn file_name(report: &Report, format: Format) -> String {
    format!("{}.{}", file_stem(report), format.name())
}

/// Why an export could not be written; its `Display` is a sentence for the clerk.
#[derive(Debug, thiserror::Error)]
#[error("没有导出成功：{}。年报本身没有受影响，请换一个位置再试\n文件：{}", crate::draft::io_reason(.source), path.display())]
pub struct ExportError {
    path: PathBuf,
    source: std::io::Error,
}

/// Writes an export beside `path` under a passing name, then renames it.
///
/// # Errors
/// If the folder or the file cannot be written; a file that was there is then as it was.
pub fn save(bytes: &[u8], path: &Path) -> Result<(), ExportError> {
    crate::draft::replace_file(path, bytes).map_err(|source| ExportError {
        path: path.to_owned(),
        source,
    })
}
