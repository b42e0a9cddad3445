//! Files of any kind, read into one plain structure: paragraphs and tables, before anything of a form is looked for.
//!
//! What a file is, its content says and never its name: clerks rename `.doc` to `.docx` and web pages to `.xls`.
//! Every reader is bounded: a file that was made to do harm, or is merely broken, ends in a sentence.

pub mod docx;
mod grid;
pub mod html;
mod numbers;
pub mod odf;
mod ole;
pub mod pdf;
pub mod text;
pub mod xls;
pub mod xlsx;
mod xml;
mod zipped;

use super::source::{Part, Source};

/// No report comes near this size.
const MAX_BYTES: usize = 64 << 20;

/// The advice that fits every file that cannot be read.
const COPY_INSTEAD: &str = "也可以在原来的程序里选中整张表格复制，再到本程序里粘贴";

/// Reads a file of any kind.
///
/// # Errors
/// A sentence that says what the file is, as far as that can be seen, and what to do now.
pub fn read(bytes: &[u8]) -> Result<Source, String> {
    if bytes.is_empty() {
        return Err("这是一个空文件，里面什么也没有；请换一个文件".to_owned());
    }
    if bytes.len() > MAX_BYTES {
        return Err(format!(
            "这个文件有 {} 兆字节，不是一份年报，没有读取；请换一个文件",
            bytes.len() >> 20
        ));
    }
    if let Some(what) = refused(bytes) {
        return Err(what);
    }
    let source = match bytes {
        [b'P', b'K', 3 | 5, ..] => packed(bytes)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => xls::read(bytes)?,
        _ if starts_late(bytes, b"%PDF-") => pdf::read(bytes)?,
        _ => {
            let decoded = text::decode(bytes);
            if text::is_binary(&decoded) {
                return Err(format!(
                    "认不出这是什么文件；能读取的是 Word（.docx）、网页、Excel（.xlsx、.xls）、ODF、PDF 和文本文件。{COPY_INSTEAD}"
                ));
            }
            if html::looks_like(&decoded) {
                html::read_text(&decoded)?
            } else if text::is_flat_xml(&decoded) {
                return Err(format!(
                    "这是 XML 格式的 Office 文件，读不了；请用 Word 或 WPS 打开它，“另存为” .docx 或 .xlsx 后再导入。{COPY_INSTEAD}"
                ));
            } else {
                text::read_text(&decoded)?
            }
        }
    };
    if source.is_empty() {
        return Err(
            "这个文件里没有文字也没有表格，可能内容都是图片；请换一个文件，或手工填写".to_owned(),
        );
    }
    Ok(source)
}

/// A zip archive, by what it holds.
fn packed(bytes: &[u8]) -> Result<Source, String> {
    let mut package = zipped::Package::open(bytes)?;
    if package.has("OFD.xml") {
        return Err(format!(
            "这是 OFD 版式文件，读不了；请用 WPS 或 OFD 阅读器打开它，另存为 .docx 或 PDF 后再导入。{COPY_INSTEAD}"
        ));
    }
    if package.has("word/document.xml") {
        docx::read_package(&mut package)
    } else if package.has("xl/workbook.xml") {
        xlsx::read_package(&mut package)
    } else if package.has("xl/workbook.bin") {
        Err(format!(
            "这是 .xlsb 格式的 Excel 文件，读不了；请用 Excel 或 WPS 打开它，“另存为” .xlsx 后再导入。{COPY_INSTEAD}"
        ))
    } else if package.has("ppt/presentation.xml") {
        Err(format!(
            "这是演示文稿，不是年报；请换一个文件。{COPY_INSTEAD}"
        ))
    } else if package.has("content.xml") {
        odf::read_package(&mut package)
    } else if let Some(main) = docx::main_part(&mut package)? {
        docx::read_parts(&mut package, &main)
    } else {
        Err("这是压缩包，或不认识的文件；请先解压，再导入里面的年报文件".to_owned())
    }
}

/// The sentence for a kind of file that is known and cannot be read.
fn refused(bytes: &[u8]) -> Option<String> {
    let picture =
        || "这是图片，没有文字可读；请找年报的 Word、网页或 PDF 文件来导入，或手工填写".to_owned();
    let archive = || "这是压缩包；请先解压，再导入里面的年报文件".to_owned();
    Some(match bytes {
        [b'{', b'\\', b'r', b't', b'f', ..] => format!(
            "这是 RTF 文件，读不了；请用 Word 或 WPS 打开它，“另存为” .docx 后再导入。{COPY_INSTEAD}"
        ),
        [0x89, b'P', b'N', b'G', ..]
        | [0xFF, 0xD8, 0xFF, ..]
        | [b'G', b'I', b'F', b'8', ..]
        | [b'I', b'I', 0x2A, 0, ..]
        | [b'M', b'M', 0, 0x2A, ..] => picture(),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => picture(),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => picture(),
        [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xBC, 0xAF, ..] | [0x1F, 0x8B, ..] => archive(),
        _ => return None,
    })
}

/// Whether a mark stands near the beginning; some servers put bytes before it.
fn starts_late(bytes: &[u8], mark: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)]
        .windows(mark.len())
        .any(|window| window == mark)
}

impl Source {
    /// Whether there is neither a word nor a filled table in it.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| match part {
            Part::Text(text) => text.trim().is_empty(),
            Part::Table(table) => table.cells.iter().all(|cell| cell.text.is_empty()),
        })
    }
}
