//! The report as a Word document: plain WordprocessingML that a clerk can go on editing.
//!
//! Written part by part, because no crate at hand can repeat header rows or keeps the schema's order; the parts that
//! never change lie in `assets/word`. Fonts are named, not embedded, with the names that such documents demand.

use super::document::{Block, Document, Place, Role, TableBlock, TableCell};
use super::{page, palette, setting, signature};
use crate::prose;
use quick_xml::escape::escape;
use std::fmt::{self, Write as _};
use std::io::{self, Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{System, ZipWriter, result::ZipError};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A `.docx` file.
///
/// # Errors
/// None that a buffer in memory could give; the zip writer's type has them all the same.
pub fn to_docx(document: &Document) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(32 << 10)));
    let mut part = |name: &str, text: &str| -> Result<(), ZipError> {
        // The default time stamp is fixed, and the system is named, so that the same draft gives the same bytes anywhere.
        zip.start_file(name, SimpleFileOptions::default().system(System::Dos))?;
        zip.write_all(text.as_bytes())?;
        Ok(())
    };
    let parts: [(&str, &str); 12] = [
        (
            "[Content_Types].xml",
            include_str!("../../assets/word/content_types.xml"),
        ),
        (
            "_rels/.rels",
            include_str!("../../assets/word/package_rels.xml"),
        ),
        ("word/document.xml", &body(document)),
        (
            "word/_rels/document.xml.rels",
            include_str!("../../assets/word/document_rels.xml"),
        ),
        ("word/styles.xml", &styles()),
        (
            "word/settings.xml",
            include_str!("../../assets/word/settings.xml"),
        ),
        (
            "word/fontTable.xml",
            include_str!("../../assets/word/fontTable.xml"),
        ),
        ("word/header.xml", &header(document)),
        (
            "word/footer_odd.xml",
            include_str!("../../assets/word/footer_odd.xml"),
        ),
        (
            "word/footer_even.xml",
            include_str!("../../assets/word/footer_even.xml"),
        ),
        ("docProps/core.xml", &core(document)),
        (
            "docProps/app.xml",
            include_str!("../../assets/word/app.xml"),
        ),
    ];
    for (name, text) in parts {
        part(name, text)?;
    }
    part("docProps/custom.xml", &custom(document))?;
    Ok(zip.finish()?.into_inner())
}

/// The styles; the draft mark's colour is the same everywhere.
fn styles() -> String {
    include_str!("../../assets/word/styles.xml").replace("{mark}", &palette::hex(palette::ERROR))
}

fn core(document: &Document) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator></cp:coreProperties>",
        escape(document.title.as_str()),
        escape(document.organ.as_str())
    )
}

fn custom(document: &Document) -> String {
    let mut out = format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
    );
    // Numbers below 2 are Word's own.
    for (id, (name, value)) in (2..).zip(document.properties()) {
        out += &format!(
            "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{id}\" name=\"{name}\"><vt:lpwstr>{}</vt:lpwstr></property>",
            escape(value)
        );
    }
    out + "</Properties>"
}

fn header(document: &Document) -> String {
    let mark = document.mark.as_deref().map(run).unwrap_or_default();
    format!(
        "{HEAD}<w:hdr xmlns:w=\"{WORD}\"><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>{mark}</w:p></w:hdr>"
    )
}

fn body(document: &Document) -> String {
    let mut out = String::with_capacity(160 << 10);
    // Writing to a String cannot fail.
    let _ = write_body(document, &mut out);
    out
}

fn write_body(document: &Document, out: &mut String) -> fmt::Result {
    write!(
        out,
        "{HEAD}<w:document xmlns:w=\"{WORD}\" xmlns:r=\"{RELATIONS}\"><w:body>"
    )?;
    // An organ's name is broken by the program that opens the file: what reads it back must not find it in two.
    let title = document.title_parts(page::title_fits).join("\n");
    paragraph("Title", "", &title, out)?;
    for (nth, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Heading(text) => {
                let properties = match document.blocks.get(nth + 1) {
                    Some(Block::Table(table)) => above_table(table),
                    _ => String::new(),
                };
                paragraph("Heading1", &properties, text, out)?;
            }
            Block::Subheading(text) => paragraph("Heading2", "", text, out)?,
            Block::RunIn { text, heading } => run_in(text, *heading, out)?,
            Block::Signature { text, indent } => {
                let first = !matches!(document.blocks[nth - 1], Block::Signature { .. });
                let more = matches!(document.blocks.get(nth + 1), Some(Block::Signature { .. }));
                let properties = of_signature(text, *indent, first, more);
                paragraph("Signature", &properties, text, out)?;
            }
            Block::Paragraph(text) => paragraph("BodyText", tearing(text), text, out)?,
            Block::Table(table) => {
                write_table(table, out)?;
                // Two tables without a paragraph between them would be one, and none may end the document.
                out.push_str("<w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>");
            }
        }
    }
    write!(
        out,
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header\"/><w:headerReference w:type=\"even\" r:id=\"header\"/><w:footerReference w:type=\"default\" r:id=\"odd\"/><w:footerReference w:type=\"even\" r:id=\"even\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1985\" w:left=\"1588\" w:header=\"1247\" w:footer=\"1304\" w:gutter=\"0\"/><w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr></w:body></w:document>"
    )
}

/// The properties of a heading above a table.
fn above_table(table: &TableBlock) -> String {
    let new_page = match table.setting.place {
        Place::PageOfItsOwn => "<w:pageBreakBefore/>",
        Place::Whole | Place::Split => "",
    };
    let gap = (page::TABLE_GAP * 20.0) as u32;
    let line = twentieths(page::LINE);
    format!("{new_page}<w:spacing w:after=\"{gap}\" w:line=\"{line}\" w:lineRule=\"exact\"/>")
}

/// The properties of a line of the signature; the first has a line free above it, and none stands without the next. A long
/// name gets only as much room as its lines need, so that it is broken where it is on paper.
fn of_signature(text: &str, indent: f32, first: bool, more: bool) -> String {
    /// More than its widest line needs, and less than another character: in characters.
    const SPARE: f32 = 0.4;
    let keep = if more { "<w:keepNext/>" } else { "" };
    let line = twentieths(page::LINE);
    let before = if first { line } else { 0 };
    let right = indent * page::TEXT_SIZE;
    let room = (signature::width(text) + SPARE) * page::TEXT_SIZE;
    let left = match signature::lines(text).len() {
        0 | 1 => 0.0,
        _ => (page::TEXT_WIDTH - right - room).max(0.0),
    };
    let (left, right) = (twentieths(left), twentieths(right));
    format!(
        "{keep}<w:spacing w:before=\"{before}\" w:line=\"{line}\" w:lineRule=\"exact\"/>\
         <w:ind w:left=\"{left}\" w:right=\"{right}\"/>"
    )
}

/// A paragraph that begins with its heading, in 楷体.
fn run_in(text: &str, heading: usize, out: &mut String) -> fmt::Result {
    let (heading, rest) = text.split_at(heading);
    write!(
        out,
        "<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/>{}</w:pPr>{}{}</w:p>",
        tearing(text),
        styled_run(heading, "<w:rStyle w:val=\"HeadingInText\"/>", ""),
        run(rest)
    )
}

/// Lets Word tear Latin words, where one is so long that the line before it would be left half empty.
fn tearing(text: &str) -> &'static str {
    match prose::latin_words(text).all(|word| !prose::is_long(&text[word])) {
        true => "",
        false => "<w:wordWrap w:val=\"0\"/>",
    }
}

/// A paragraph; `properties` come right behind its style, where the schema wants them.
fn paragraph(style: &str, properties: &str, text: &str, out: &mut String) -> fmt::Result {
    write!(
        out,
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{}</w:p>",
        run(text)
    )
}

/// A cell's words with the breaks between its lines. Where those are long it does not matter where they end, and the breaks
/// are left to the program that opens the file: saved as plain text, a break of ours would tear the label in two.
fn lines_of(cell: &TableCell) -> String {
    const LONG: f32 = 10.0;
    let is_long = cell.lines.iter().any(|line| prose::ems(line) >= LONG);
    match is_long {
        true => cell.text.clone(),
        false => cell.lines.join("\n"),
    }
}

fn run(text: &str) -> String {
    styled_run(text, "", "")
}

/// A run of text. The hint makes quotation marks and dashes Chinese ones.
fn styled_run(text: &str, style: &str, size: &str) -> String {
    let mut out = format!("<w:r><w:rPr>{style}<w:rFonts w:hint=\"eastAsia\"/>{size}</w:rPr>");
    for (nth, line) in text.split('\n').enumerate() {
        if nth > 0 {
            out.push_str("<w:br/>");
        }
        out.push_str("<w:t xml:space=\"preserve\">");
        out.push_str(&escape(line));
        out.push_str("</w:t>");
    }
    out.push_str("</w:r>");
    out
}

fn write_table(table: &TableBlock, out: &mut String) -> fmt::Result {
    let widths = &table.setting.widths;
    let whole: u32 = widths.iter().sum();
    let margin = twentieths(page::CELL_MARGIN);
    let title = escape(table.heading.as_str());
    let description = escape(table.description.as_str());
    write!(
        out,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"{margin}\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"{margin}\" w:type=\"dxa\"/></w:tblCellMar><w:tblCaption w:val=\"{title}\"/><w:tblDescription w:val=\"{description}\"/></w:tblPr><w:tblGrid>"
    )?;
    for width in widths {
        write!(out, "<w:gridCol w:w=\"{width}\"/>")?;
    }
    out.push_str("</w:tblGrid>");
    for (row, height) in table.setting.heights.iter().enumerate() {
        write!(
            out,
            "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"{height}\" w:hRule=\"atLeast\"/>"
        )?;
        if row < table.head_rows {
            out.push_str("<w:tblHeader/>");
        }
        out.push_str("</w:trPr>");
        let cells = table.covering(row);
        // A table that fits on a page is not torn; nor does a head stand alone at the foot of a page.
        let heads = |cell: &&TableCell| matches!(cell.role, Role::Block | Role::Head);
        let whole = table.setting.place != Place::Split;
        let keep = row + 1 < table.rows && (whole || cells.iter().any(heads));
        for cell in cells {
            write_cell(table, cell, row, keep, out)?;
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    Ok(())
}

fn write_cell(
    table: &TableBlock,
    cell: &TableCell,
    row: usize,
    keep: bool,
    out: &mut String,
) -> fmt::Result {
    let width: u32 = table.setting.widths[cell.columns()].iter().sum();
    write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>")?;
    if cell.cols > 1 {
        write!(out, "<w:gridSpan w:val=\"{}\"/>", cell.cols)?;
    }
    let first = cell.row == row;
    match (cell.rows > 1, first) {
        (true, true) => out.push_str("<w:vMerge w:val=\"restart\"/>"),
        (true, false) => out.push_str("<w:vMerge/>"),
        _ => {}
    }
    if cell.role == Role::Block {
        let fill = palette::hex(palette::BLOCK_FILL);
        write!(
            out,
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"
        )?;
    }
    let style = if cell.role.is_centred() {
        "TableCentred"
    } else {
        "TableText"
    };
    let keep = if keep { "<w:keepNext/>" } else { "" };
    // A number is never broken.
    let unbroken = if cell.number.is_some() {
        "<w:noWrap/>"
    } else {
        ""
    };
    write!(out, "{unbroken}<w:vAlign w:val=\"center\"/></w:tcPr>")?;
    let (leading, size) = differing(cell);
    write!(
        out,
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{keep}{leading}</w:pPr>"
    )?;
    if first && !cell.text.is_empty() {
        out.push_str(&styled_run(&lines_of(cell), "", &size));
    }
    out.push_str("</w:p></w:tc>");
    Ok(())
}

/// The line height and the size of a cell's words, where they are not those of the style.
fn differing(cell: &TableCell) -> (String, String) {
    if cell.size == page::TABLE_SIZE {
        return (String::new(), String::new());
    }
    let line = twentieths(setting::leading(cell.size));
    let size = (cell.size * 2.0) as u32;
    (
        format!("<w:spacing w:line=\"{line}\" w:lineRule=\"exact\"/>"),
        format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>"),
    )
}

fn twentieths(points: f32) -> u32 {
    (points * 20.0).round() as u32
}
