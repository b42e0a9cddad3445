//! The parts that say what is in the file: OFD.xml, Document.xml and the resources.

use super::font::Subset;
use super::length::Length;
use super::pages::{PAPER, Pages, location};
use super::xml::{HEAD, OFD};
use crate::export::document::Document;
use crate::export::page;
use crate::export::typeset::Typeset;
use quick_xml::escape::escape;

/// The entry of the archive: what the document is, and where.
pub(super) fn package(document: &Document) -> String {
    // Thirty-two hexadecimal digits that are the same whenever the draft is.
    let id: String = document.digest.chars().take(32).collect();
    let custom: String = document
        .properties()
        .iter()
        .map(|(name, value)| {
            format!(
                "<ofd:CustomData Name=\"{name}\">{}</ofd:CustomData>",
                escape(*value)
            )
        })
        .collect();
    format!(
        "{HEAD}<ofd:OFD xmlns:ofd=\"{OFD}\" Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>{id}</ofd:DocID><ofd:Title>{}</ofd:Title><ofd:Author>{}</ofd:Author><ofd:CreationDate>{}-01-01</ofd:CreationDate><ofd:Creator>nianbao</ofd:Creator><ofd:CreatorVersion>{}</ofd:CreatorVersion><ofd:CustomDatas>{custom}</ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        escape(document.title.as_str()),
        escape(document.organ.as_str()),
        // A date is wanted; that of the making would make every file another one.
        document.year + 1,
        env!("CARGO_PKG_VERSION"),
    )
}

/// The document: its pages, and its headings as an outline.
pub(super) fn document(typeset: &Typeset, pages: &Pages) -> String {
    let mut out = format!(
        "{HEAD}<ofd:Document xmlns:ofd=\"{OFD}\"><ofd:CommonData><ofd:MaxUnitID>{}</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>{PAPER}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>",
        pages.last_id
    );
    for (nth, id) in pages.ids.iter().enumerate() {
        out += &format!("<ofd:Page ID=\"{id}\" BaseLoc=\"{}\"/>", location(nth));
    }
    out += "</ofd:Pages>";
    if !typeset.headings.is_empty() {
        out += "<ofd:Outlines>";
        for (text, nth, y) in &typeset.headings {
            out += &format!(
                "<ofd:OutlineElem Title=\"{}\"><ofd:Actions><ofd:Action Event=\"CLICK\"><ofd:Goto><ofd:Dest Type=\"XYZ\" PageID=\"{}\" Left=\"{}\" Top=\"{}\" Zoom=\"0\"/></ofd:Goto></ofd:Action></ofd:Actions></ofd:OutlineElem>",
                escape(text.as_str()),
                pages.ids[*nth],
                Length::points(page::LEFT),
                Length::points(*y),
            );
        }
        out += "</ofd:Outlines>";
    }
    out + "<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags></ofd:Document>"
}

/// The fonts; their numbers are those of the faces, from 1.
pub(super) fn resources(fonts: &[Subset]) -> String {
    let mut out = format!("{HEAD}<ofd:Res xmlns:ofd=\"{OFD}\" BaseLoc=\"Res\"><ofd:Fonts>");
    for (nth, font) in fonts.iter().enumerate() {
        out += &format!(
            "<ofd:Font ID=\"{}\" FontName=\"{}\" FamilyName=\"{}\" Charset=\"unicode\"><ofd:FontFile>{}</ofd:FontFile></ofd:Font>",
            nth + 1,
            escape(font.name.as_str()),
            escape(font.family.as_str()),
            Subset::file_name(nth),
        );
    }
    out + "</ofd:Fonts></ofd:Res>"
}
