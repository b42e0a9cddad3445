//! PDF files with a text layer: what is painted where, put together again.
//!
//! A tagged PDF (Word, LibreOffice and this program write such) says itself what is a paragraph and what a cell, and is
//! read exactly. Of any other only positions are known: cells are found between the ruling lines, as a reader does.

mod font;
mod laid;
mod paint;
mod tagged;

use super::COPY_INSTEAD;
use crate::import::source::{Part, Source};
use lopdf::{Dictionary, Document, LoadOptions, Object, decode_text_string};
use paint::Sheet;

/// The most that one stream of the file may inflate to; that of a report is a hundredth of it.
const MAX_STREAM: usize = 32 << 20;
/// No report has so many pages.
const MAX_PAGES: usize = 500;

/// Reads a PDF file.
///
/// # Errors
/// A sentence if it is none, is encrypted, holds no words, or is larger than a report can be.
pub fn read(bytes: &[u8]) -> Result<Source, String> {
    let options = LoadOptions {
        max_decompressed_size: Some(MAX_STREAM),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| {
        log::debug!("{error}");
        format!("这个 PDF 文件损坏了，或者设了密码，读不出来；请用 PDF 阅读器打开它看看，另存后再导入。{COPY_INSTEAD}")
    })?;
    if document.is_encrypted() {
        return Err(format!(
            "这个 PDF 文件加了密，读不出来；请用 PDF 阅读器打开它，打印成新的 PDF 后再导入。{COPY_INSTEAD}"
        ));
    }
    let pages: Vec<_> = document.page_iter().take(MAX_PAGES + 1).collect();
    if pages.len() > MAX_PAGES {
        return Err(format!(
            "这个 PDF 文件超过 {MAX_PAGES} 页，不是一份年报，没有读取"
        ));
    }
    let mut sheets = Vec::with_capacity(pages.len());
    let mut budget = paint::Budget::default();
    for page in pages {
        sheets.push(paint::sheet(&document, page, &mut budget)?);
    }
    if sheets.iter().all(|sheet| sheet.glyphs.is_empty()) {
        return Err(
            "这是扫描件或图片 PDF，没有文字可读；请找年报的 Word 文件或网页来导入，或对照着手工填写"
                .to_owned(),
        );
    }
    let parts = match tagged::parts(&document, &sheets) {
        Some(parts) if trustworthy(&parts, &sheets) => parts,
        _ => laid::parts(&sheets)?,
    };
    Ok(Source {
        parts,
        properties: properties(&document),
        remarks: Vec::new(),
    })
}

/// Whether the tags tell enough: of a page with ruled tables on it they must know a table, and most of the words.
fn trustworthy(parts: &[Part], sheets: &[Sheet]) -> bool {
    let ruled = sheets.iter().any(|sheet| sheet.rules.len() > 12);
    let has_table = parts.iter().any(|part| part.table().is_some());
    let painted: usize = sheets.iter().map(Sheet::words).sum();
    let said: usize = parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.chars().count(),
            Part::Table(table) => table
                .cells
                .iter()
                .map(|cell| cell.text.chars().count())
                .sum(),
        })
        .sum();
    (has_table || !ruled) && said * 2 > painted
}

/// What the file says of itself.
fn properties(document: &Document) -> std::collections::BTreeMap<String, String> {
    let info = document
        .trailer
        .get_deref(b"Info", document)
        .and_then(Object::as_dict);
    let Ok(info) = info else {
        return Default::default();
    };
    let said = |(name, value): (&Vec<u8>, &Object)| {
        let (_, value) = document.dereference(value).ok()?;
        let text = match value.as_str().ok()? {
            // Some programs write the two bytes of a character the wrong way round.
            [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode(rest).0.into_owned(),
            _ => decode_text_string(value).ok()?,
        };
        let name = String::from_utf8_lossy(name).to_lowercase();
        (!text.trim().is_empty()).then(|| (name, text.trim().to_owned()))
    };
    info.iter().filter_map(said).collect()
}

/// An entry of a dictionary, whether it stands there or is referred to.
fn entry<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    of.get_deref(key, document).ok()
}

/// A number of any kind.
fn number(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|number| number.is_finite())
}
