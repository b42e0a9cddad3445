//! The kinds of file that a report is exported to, and what comes of writing one.

use super::document::Document;
use super::json::to_json;
use super::typeset::{self, Faces};
use super::{docx, html, ofd, pdf, xlsx};
use crate::check::Evaluation;
use crate::report::Report;

/// A kind of file that a report is exported to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A Word document, to be stamped.
    Docx,
    /// A PDF, to be printed.
    Pdf,
    /// An OFD file (GB/T 33190), to be exchanged between offices.
    Ofd,
    /// The whole report as a web page.
    Html,
    /// An Excel workbook with live totals.
    Xlsx,
    /// The figures and texts by id, for scripts.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] = [
        Self::Docx,
        Self::Pdf,
        Self::Ofd,
        Self::Html,
        Self::Xlsx,
        Self::Json,
    ];
    /// Those that are handed in.
    pub const OFFICIAL: [Self; 5] = [Self::Docx, Self::Pdf, Self::Ofd, Self::Html, Self::Xlsx];

    /// The name on the command line, which is also the file name's ending.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// The name on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Docx => "Word 文档",
            Self::Pdf => "PDF 文件",
            Self::Ofd => "OFD 文件",
            Self::Html => "网页",
            Self::Xlsx => "Excel 工作簿",
            Self::Json => "JSON 数据",
        }
    }

    /// The format with this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The report in this format; `digest` and `mark` as in [`Document::new`].
    ///
    /// # Errors
    /// [`WriteError`] if the format has no room for this report.
    pub fn write(
        self,
        report: &Report,
        evaluation: &Evaluation,
        digest: &str,
        mark: bool,
        faces: &Faces,
    ) -> Result<Written, WriteError> {
        if self == Self::Json {
            return Ok(to_json(report, evaluation).into_bytes().into());
        }
        let document = Document::new(report, evaluation, digest, mark);
        self.write_document(&document, faces)
    }

    /// A document in this format; JSON is no document.
    ///
    /// # Errors
    /// As [`Format::write`].
    pub fn write_document(self, document: &Document, faces: &Faces) -> Result<Written, WriteError> {
        let fail = |why: String| WriteError { format: self, why };
        match self {
            Self::Docx => docx::to_docx(document)
                .map(Written::from)
                .map_err(|error| fail(error.to_string())),
            Self::Html => Ok(html::to_html(document).into_bytes().into()),
            Self::Xlsx => xlsx::to_xlsx(document)
                .map(Written::from)
                .map_err(|error| fail(error.to_string())),
            Self::Pdf => {
                let typeset = typeset::typeset(document, faces);
                let bytes =
                    pdf::to_pdf(document, &typeset).map_err(|error| fail(format!("{error:?}")))?;
                Ok(Written {
                    bytes,
                    missing: typeset.missing,
                })
            }
            Self::Ofd => {
                let typeset = typeset::typeset(document, faces);
                let bytes =
                    ofd::to_ofd(document, &typeset).map_err(|error| fail(error.to_string()))?;
                Ok(Written {
                    bytes,
                    missing: typeset.missing,
                })
            }
            Self::Json => Err(fail("JSON 不是文档".to_owned())),
        }
    }
}

/// An export in memory.
#[derive(Debug)]
pub struct Written {
    /// The file's content.
    pub bytes: Vec<u8>,
    /// Characters that no font at hand has; 〓 stands in their place.
    pub missing: Vec<char>,
}

impl Written {
    /// What the clerk must know of it, as a sentence.
    pub fn remark(&self) -> Option<String> {
        if self.missing.is_empty() {
            return None;
        }
        let missing: Vec<String> = self.missing.iter().map(char::to_string).collect();
        Some(format!(
            "这台电脑上没有字体能显示“{}”，PDF、OFD 里以“〓”代替。请安装含有这些字的字体后重新导出",
            missing.join("、")
        ))
    }
}

impl From<Vec<u8>> for Written {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            missing: Vec::new(),
        }
    }
}

/// Why a format could not be written; its `Display` is a sentence for the clerk.
#[derive(Debug, thiserror::Error)]
#[error("没有生成{}：{why}。年报本身没有受影响，请换一种格式导出", .format.title())]
pub struct WriteError {
    format: Format,
    why: String,
}
