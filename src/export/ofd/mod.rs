//! The report as an OFD file (GB/T 33190-2016 《电子文件存储与交换格式 版式文档》), the fixed-layout format that Chinese
//! offices exchange: the pages as they were laid out for the PDF.
//!
//! Written part by part, as Word files are: the format is plain XML in a zip archive, and no crate at hand writes it.
//! Custom tags (自定义标引) say which pieces of text are a heading, a paragraph or a cell, so that `verify` finds them.

mod error;
mod font;
mod length;
mod pages;
mod parts;
mod tags;
mod xml;

use super::document::Document;
use super::typeset::Typeset;
use error::OfdError;
use font::Subset;
use pages::Pages;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{System, ZipWriter};

/// An `.ofd` file.
///
/// # Errors
/// If a font of the PC holds glyphs that cannot be embedded.
pub fn to_ofd(document: &Document, typeset: &Typeset) -> Result<Vec<u8>, OfdError> {
    let fonts = font::subsets(typeset)?;
    let pages = Pages::write(typeset, &fonts);
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(256 << 10)));
    let mut part = |name: &str, bytes: &[u8]| -> Result<(), OfdError> {
        // The default time stamp is fixed, and the system is named, so that the same draft gives the same bytes anywhere.
        zip.start_file(name, SimpleFileOptions::default().system(System::Dos))?;
        Ok(zip.write_all(bytes)?)
    };
    part("OFD.xml", parts::package(document).as_bytes())?;
    part(
        "Doc_0/Document.xml",
        parts::document(typeset, &pages).as_bytes(),
    )?;
    part("Doc_0/PublicRes.xml", parts::resources(&fonts).as_bytes())?;
    for (nth, content) in pages.contents.iter().enumerate() {
        let name = format!("Doc_0/{}", pages::location(nth));
        part(&name, content.as_bytes())?;
    }
    part("Doc_0/Tags/CustomTags.xml", tags::list().as_bytes())?;
    let tags = tags::tags(document, &pages.objects);
    part("Doc_0/Tags/Structure.xml", tags.as_bytes())?;
    for (nth, font) in fonts.iter().enumerate() {
        part(&format!("Doc_0/Res/{}", Subset::file_name(nth)), &font.file)?;
    }
    Ok(zip.finish()?.into_inner())
}
