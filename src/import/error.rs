//! Why a file cannot be read; each reason says what the file is, as far as that can be seen, and what to do now.

use super::limits::MAX_CELLS;
use super::outcome::{Remark, joined};
use crate::disk::io_reason;
use crate::draft;
use std::io;
use std::path::PathBuf;

/// The advice that fits every file that cannot be read.
const COPY_INSTEAD: &str = "也可以在原来的程序里选中整张表格复制，再到本程序里粘贴";

/// Why a file cannot be read, or is no report. Its `Display` is a sentence for the clerk.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file system said no.
    #[error("打不开这个文件：{}", io_reason(.0))]
    Io(#[from] io::Error),
    /// A folder, a device or a pipe: nothing that ends.
    #[error("这不是一个普通文件（是文件夹、设备或管道），没有读取；请换一个文件")]
    NotAFile,
    /// Nothing is in it.
    #[error("这是一个空文件，里面什么也没有；请换一个文件")]
    Empty,
    /// Larger than any report, in MiB.
    #[error("这个文件有 {0} 兆字节，不是一份年报，没有读取；请换一个文件")]
    TooBig(usize),
    /// The same before it was read.
    #[error("这个文件有 {0} 兆字节，不是一份年报，没有导入")]
    FileTooBig(u64),
    /// A text larger than any report, in MiB.
    #[error("这个文本文件有 {0} 兆字节，不是一份年报，没有读取；请换一个文件")]
    TextTooBig(usize),
    /// A paragraph or a cell longer than any report, in characters.
    #[error(
        "这个文件里有一段文字长达 {0} 字，不是一份年报，没有读取；请只留下年报的内容，另存后再导入"
    )]
    ParagraphTooLong(usize),
    /// A web page larger than any report, in MiB.
    #[error("这个网页有 {0} 兆字节，太大了，没有读取；请把年报的内容复制到 Word 文件里再导入")]
    PageTooBig(usize),
    /// A table with more than [`MAX_CELLS`] cells.
    #[error(
        "文件里有一张表格超过了 {MAX_CELLS} 格，不是年报的表格，没有读取；请只留下年报的内容，另存后再导入"
    )]
    TableTooLarge,
    /// Far more paragraphs and cells than a report has.
    #[error("这个文件长得不像一份年报，没有读取；请把年报的内容复制到新文件里再导入")]
    TooManyParts,
    /// Tables inside of tables without end.
    #[error("文件里的表格一层套一层，太深了，没有读取；请把年报的表格复制到新文件里再导入")]
    TooDeep,
    /// Only pictures, or nothing at all.
    #[error("这个文件里没有文字也没有表格，可能内容都是图片；请换一个文件，或手工填写")]
    NoWords,
    /// All that was found was left out.
    #[error("{}；请只留下年报的表格，另存后再导入", joined(.0, "；"))]
    OnlyRemarks(Vec<Remark>),
    /// A kind of file that is known and cannot be read.
    #[error(transparent)]
    Kind(#[from] UnreadKind),
    /// What is wrong with a zip archive.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// What is wrong with a PDF.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// Why a JSON is no report.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Why a draft cannot be read.
    #[error(transparent)]
    Draft(#[from] draft::Problem),
    /// More lines of text than any report has; how many.
    #[error("这个文件有 {0} 段文字，不是一份年报，没有读取；请只留下年报的内容，另存后再导入")]
    TooManyLines(usize),
    /// None of the official tables is in it.
    #[error(
        "没有在这个文件里认出年报的表格；请确认它是政府信息公开工作年度报告。表格若是图片，请对照着手工填写"
    )]
    NoTables,
    /// No report year is in it.
    #[error(
        "没有在这个文件里找到年度（标题应写明“某某年”）；请在原件的标题里补上年度再导入，或新建年报后粘贴表格"
    )]
    NoYear,
}

/// A kind of file that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadKind {
    /// Nothing that is known.
    #[error(
        "认不出这是什么文件；能读取的是 Word（.docx、.doc、.wps）、网页、Excel（.xlsx、.xls）、ODF、PDF、OFD 和文本文件。{COPY_INSTEAD}"
    )]
    Unknown,
    /// An Office file as one XML text.
    #[error(
        "这是 XML 格式的 Office 文件，读不了；请用 Word 或 WPS 打开它，“另存为” .docx 或 .xlsx 后再导入。{COPY_INSTEAD}"
    )]
    FlatXml,
    /// Excel's binary workbook.
    #[error(
        "这是 .xlsb 格式的 Excel 文件，读不了；请用 Excel 或 WPS 打开它，“另存为” .xlsx 后再导入。{COPY_INSTEAD}"
    )]
    Xlsb,
    /// Slides.
    #[error("这是演示文稿，不是年报；请换一个文件。{COPY_INSTEAD}")]
    Slides,
    /// Rich text.
    #[error(
        "这是 RTF 文件，读不了；请用 Word 或 WPS 打开它，“另存为” .docx 后再导入。{COPY_INSTEAD}"
    )]
    Rtf,
    /// A picture.
    #[error("这是图片，没有文字可读；请找年报的 Word、网页或 PDF 文件来导入，或手工填写")]
    Picture,
    /// An archive of any kind.
    #[error("这是压缩包；请先解压，再导入里面的年报文件")]
    Archive,
    /// A zip archive that holds no Office file.
    #[error("这是压缩包，或不认识的文件；请先解压，再导入里面的年报文件")]
    OtherZip,
    /// A Word 97 document that is damaged or older still.
    #[error(
        "这个老格式的 Word 文件（.doc 或 .wps）坏了，或比 Word 97 还老，读不下去；请用 Word 或 WPS 打开它，“另存为” .docx 后再导入。{COPY_INSTEAD}"
    )]
    OldWord,
    /// Another file of the Office of before 2007.
    #[error(
        "认不出这个老格式的 Office 文件；请用 Word 或 WPS 打开它，“另存为” .docx 或 .xlsx 后再导入。{COPY_INSTEAD}"
    )]
    OldOffice,
    /// An Excel 97 file that is damaged or older still.
    #[error(
        "这个 Excel 文件（.xls 或 .et）坏了，或格式太老，读不下去；请用 Excel 或 WPS 打开它，“另存为” .xlsx 后再导入。{COPY_INSTEAD}"
    )]
    BrokenBook,
    /// An Excel 97 file, or a new Office file, behind a password.
    #[error("这个文件有密码，打不开；请用 Excel 或 WPS 打开它，取消密码后另存再导入")]
    LockedBook,
}

/// What is wrong with an Office file since 2007, or an ODF file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// The archive does not open.
    #[error(
        "这个文件坏了或没有下载完整，打不开；请重新取得它，或用 Word、WPS 打开后另存一份再导入"
    )]
    Broken,
    /// A part of it is no XML.
    #[error("这个文件内部坏了，读不下去；请用 Word、WPS 打开它，另存一份再导入")]
    BrokenPart,
    /// Behind a password.
    #[error("这个文件有密码，打不开；请先取消密码，再导入")]
    Locked,
    /// More entries than any report has.
    #[error("这个压缩包里的文件太多，不是一份年报，没有读取；请换一个文件")]
    TooManyEntries,
    /// It inflates beyond any report.
    #[error("这个文件展开后大得不像一份年报，没有读取；请把年报的内容复制到新文件里再导入")]
    TooLarge,
    /// The part with the text is missing from a Word file.
    #[error("这不是 Word 文件（.docx）；请换一个文件")]
    NotWord,
    /// The workbook is missing from an Excel file.
    #[error("这不是 Excel 文件（.xlsx）；请换一个文件")]
    NotExcel,
    /// The content is missing from an ODF file.
    #[error("这不是 ODF 文件（.odt、.ods）；请换一个文件")]
    NotOdf,
    /// The document or its pages are missing from an OFD file.
    #[error("这个 OFD 文件不完整，里面没有正文；请重新取得它，或改用 Word 文件、PDF")]
    NotOfd,
    /// More pages in an OFD file than this.
    #[error("这个 OFD 文件超过了 {0} 页，不是一份年报，没有读取；请换一个文件")]
    TooManyPages(usize),
}

/// What is wrong with a PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// Nothing but pictures.
    #[error("这是扫描件或图片 PDF，没有文字可读；请找年报的 Word 文件或网页来导入，或手工填写")]
    Scanned,
    /// No program can read it, or only half of it is there.
    #[error("这个 PDF 坏了或没有下载完整，读不下去；请重新取得它，或改用 Word 文件、网页")]
    Broken,
    /// More on its pages than any report has.
    #[error("这个 PDF 的内容多得不像一份年报，没有读取；请换一个文件，或改用 Word 文件")]
    TooLarge,
    /// More pages than this.
    #[error("这个 PDF 超过了 {0} 页，不是一份年报，没有读取；请只留下年报的那几页再导入")]
    TooManyPages(usize),
    /// Behind a password.
    #[error("这个 PDF 有密码，打不开；请取消密码后另存，或改用 Word 文件")]
    Locked,
    /// Its glyphs do not say which characters they are.
    #[error("这个 PDF 里的字没有编码，看得见、读不出；请改用 Word 文件或网页，或手工填写")]
    Unencoded,
}

/// Why a JSON is no report.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// Not JSON, or not that of a report.
    #[error("第 {line} 行读不懂，不是年报的 JSON 文件（{error}）", line = .0.line(), error = .0)]
    Other(#[from] serde_json::Error),
    /// A key that is given twice: nobody knows which of them is meant.
    #[error("“{0}”写了两次，不知道用哪一个；请删掉一个再导入")]
    Twice(String),
    /// Far more keys than a report has.
    #[error("这个 JSON 文件里的内容太多，不是一份年报；请换一个文件")]
    TooLarge,
    /// A year that is none.
    #[error("年度“{0}”不是四位数")]
    Year(i32),
    /// A form that the program does not have; the id and those that it has.
    #[error("没有“{id}”这种年报格式；本程序有{known}")]
    UnknownForm {
        /// As the file names it.
        id: String,
        /// The names of the known ones.
        known: String,
    },
    /// No form belongs to the year.
    #[error("{year} 年度没有对应的年报格式；本程序有{known}")]
    NoForm {
        /// The report's year.
        year: i32,
        /// The names of the known ones.
        known: String,
    },
}

/// Why nothing of a file could be read, and which file; its `Display` is a sentence for the clerk.
#[derive(Debug, thiserror::Error)]
#[error("{why}\n文件：{}", path.display())]
pub struct ImportError {
    /// The file.
    pub path: PathBuf,
    /// What happened and what to do now.
    pub why: ReadError,
}
