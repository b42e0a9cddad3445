//! The list of what is in the folder, for the program of the superior.

use crate::check::{Evaluation, verdict};
use crate::draft;
use crate::form::Level;
use crate::report::Report;
use serde::{Deserialize, Serialize};

/// The name of the manifest in the folder.
pub const MANIFEST: &str = "交件清单.json";

/// What a folder holds, and of which report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this list.
    pub nianbao_handin: u32,
    /// The program's version.
    pub program: String,
    /// The form's id.
    pub form: String,
    /// The SHA-256 of the form's file, if the form is not one that the program carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_sha256: Option<String>,
    /// The year reported on.
    pub year: i32,
    /// The organ that reports.
    pub organ: String,
    /// The SHA-256 of the draft, in lower-case hexadecimal digits.
    pub draft_sha256: String,
    /// How many findings of each kind are open.
    pub verdict: VerdictCounts,
    /// The second count, if there was one.
    pub recount: Option<RecountState>,
    /// The files beside the manifest.
    pub files: Vec<FileEntry>,
}

/// How many findings of each kind are open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictCounts {
    /// 必改.
    pub error: usize,
    /// 需说明 without a reason.
    pub query: usize,
    /// 提示.
    pub hint: usize,
    /// 未检查.
    pub unchecked: usize,
    /// The same in one line of words.
    pub words: String,
}

/// The second count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecountState {
    /// Who counted.
    pub name: String,
    /// The day, as `2026-01-12`.
    pub date: String,
    /// Whether it was of the numbers that are handed in.
    pub valid: bool,
}

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Its SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: usize,
}

/// What a file of the folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// The report in a format for people.
    Report,
    /// The draft.
    Draft,
    /// 审核情况表.
    Sheet,
}

impl Manifest {
    /// The manifest of a report's folder with these files in it.
    pub fn new(report: &Report, evaluation: &Evaluation, files: Vec<FileEntry>) -> Self {
        let recount = report.notes().recount.as_ref();
        Self {
            nianbao_handin: 1,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            form: report.form().id.clone(),
            form_sha256: report.notes().form_sha256.clone(),
            year: report.year(),
            organ: report.organ().to_owned(),
            draft_sha256: draft::digest(report),
            verdict: VerdictCounts {
                error: evaluation.count(Level::Error),
                query: evaluation.count(Level::Query),
                hint: evaluation.count(Level::Hint),
                unchecked: evaluation.unchecked_count(),
                words: verdict(evaluation),
            },
            recount: recount.map(|recount| RecountState {
                name: recount.name.clone(),
                date: recount.date.clone(),
                valid: draft::recount_holds(recount, report),
            }),
            files,
        }
    }

    /// The manifest that [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// If it is no such JSON.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// As JSON for people and programs.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and numbers always make JSON") + "\n"
    }
}
