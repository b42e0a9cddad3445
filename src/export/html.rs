//! The report as a web page: three real tables with spans, inline styles and plain attributes only, since the editors
//! of web sites strip everything else; many of them strip the styles too, so what matters most stands in attributes and
//! in the words (an indent is two blanks of Chinese width).

use super::document::{Block, Document, Role, TableBlock, TableCell};
use super::page::{TABLE_SIZE, title_fits};
use super::palette;
use crate::prose;
use std::fmt::{self, Write as _};
use std::ops::Range;

const BODY: &str =
    "max-width:210mm;margin:0 auto;padding:0 12px;color:#000;overflow-wrap:break-word";
const TITLE: &str = "font-family:方正小标宋简体,宋体,SimSun,serif;font-size:22pt;font-weight:bold;text-align:center;line-height:1.4;margin:24px 0;text-wrap:balance";
const HEADING: &str = "font-family:黑体,SimHei,sans-serif;font-size:16pt;line-height:1.75;font-weight:normal;page-break-after:avoid;margin:16px 0 8px 0";
const SUBHEADING: &str = "font-family:楷体,楷体_GB2312,KaiTi,STKaiti,serif;font-size:16pt;line-height:1.75;font-weight:normal;page-break-after:avoid;margin:0";
const KAI: &str = "font-family:楷体,楷体_GB2312,KaiTi,STKaiti,serif";
const PARAGRAPH: &str = "font-family:仿宋,仿宋_GB2312,FangSong,STFangsong,serif;font-size:16pt;line-height:1.75;margin:0";
const MARK: &str = "font-family:黑体,SimHei,sans-serif;text-align:right;margin:0";
const TABLE: &str = "border-collapse:collapse;page-break-inside:avoid;margin:8px auto;font-family:宋体,SimSun,serif;line-height:1.3";
/// A table of a page is a box that scrolls by itself on a narrow screen, with the table proper in it: its only rows. A frame
/// around it would do the same, but an editor of web sites throws away tables that stand in one.
const SCROLLS: &str =
    "display:block;overflow-x:auto;overflow-y:hidden;border:0;padding:0 0 1px 0;width:100%";
/// Not quite all of the box, so that half of the outer rule has room.
const ROWS: &str = "display:table;width:99.8%";
/// How wide a table may be to be printed whole, in pixels: A4 between the margins of the usual browsers. Of what scrolls on a
/// screen, paper shows the beginning alone.
const ON_PAPER: f32 = 694.0;
const PIXELS_PER_POINT: f32 = 96.0 / 72.0;
/// What a cell keeps free at its left and right together, its rules included, in pixels.
const PADDING: f32 = 10.0;
/// The indent of a paragraph.
const INDENT: &str = "　　";

/// A complete, printable page (UTF-8).
pub fn to_html(document: &Document) -> String {
    let mut out = String::with_capacity(64 << 10);
    // Writing to a String cannot fail.
    let _ = page(document, &mut out);
    out
}

fn page(document: &Document, out: &mut String) -> fmt::Result {
    let title = Escaped(&document.title).to_string();
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">"
    )?;
    writeln!(
        out,
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
    )?;
    for (name, value) in document.properties() {
        writeln!(out, "<meta name=\"{name}\" content=\"{}\">", Escaped(value))?;
    }
    writeln!(out, "<title>{title}</title>\n</head>")?;
    writeln!(out, "<body style=\"{BODY}\">")?;
    if let Some(mark) = &document.mark {
        let red = palette::hex(palette::ERROR);
        writeln!(
            out,
            "<p align=\"right\" style=\"color:#{red};{MARK}\">{}</p>",
            Escaped(mark)
        )?;
    }
    // How much fits on a line the screen decides.
    let title: Vec<String> = document
        .title_parts(title_fits)
        .iter()
        .map(|line| Escaped(line).to_string())
        .collect();
    writeln!(
        out,
        "<h1 align=\"center\" style=\"{TITLE}\">{}</h1>",
        title.join("<br>")
    )?;
    for block in &document.blocks {
        match block {
            Block::Heading(text) => {
                writeln!(
                    out,
                    "<h2 style=\"{HEADING}\">{INDENT}{}</h2>",
                    Escaped(text)
                )?;
            }
            Block::Subheading(text) => {
                writeln!(
                    out,
                    "<h3 style=\"{SUBHEADING}\">{INDENT}{}</h3>",
                    Escaped(text)
                )?;
            }
            Block::Signature { text, indent } => {
                // Blanks of Chinese width stand even where styles are stripped.
                let blanks = "　".repeat(indent.round() as usize);
                writeln!(
                    out,
                    "<p align=\"right\" style=\"{PARAGRAPH};text-align:right\">{}{blanks}</p>",
                    Escaped(text)
                )?;
            }
            Block::RunIn { text, heading } => write_paragraph(text, *heading, out)?,
            Block::Paragraph(text) => write_paragraph(text, 0, out)?,
            Block::Table(table) => {
                let size = size_on_paper(table);
                let rows = format!("{ROWS};min-width:{}px", least_width(table, size).ceil());
                open_table(table, size, SCROLLS, out)?;
                // One group for all rows: two tables of their own would not have the same columns.
                writeln!(out, "<tbody style=\"{rows}\">")?;
                write_rows(table, 0..table.rows, out)?;
                writeln!(out, "</tbody>\n</table>")?;
            }
        }
    }
    writeln!(out, "</body>\n</html>")
}

/// A paragraph; up to `heading` bytes of it are its heading.
fn write_paragraph(text: &str, heading: usize, out: &mut String) -> fmt::Result {
    write!(
        out,
        "<p align=\"justify\" style=\"{PARAGRAPH};text-align:justify\">{INDENT}"
    )?;
    let (heading, rest) = text.split_at(heading);
    if !heading.is_empty() {
        write!(out, "<span style=\"{KAI}\">{}</span>", Escaped(heading))?;
    }
    let mut from = 0;
    for word in prose::latin_words(rest) {
        let Some(style) = tearing(&rest[word.clone()]) else {
            continue;
        };
        let before = Escaped(&rest[from..word.start]);
        from = word.end;
        let word = Escaped(&rest[word]);
        write!(out, "{before}<span style=\"{style}\">{word}</span>")?;
    }
    writeln!(out, "{}</p>", Escaped(&rest[from..]))
}

/// How a Latin word is torn, if otherwise than words are: an address anywhere, but a telephone number, a day, a share
/// nowhere, which browsers would break behind its signs.
fn tearing(word: &str) -> Option<&'static str> {
    let is_sign = |c: char| c.is_ascii_punctuation();
    let is_number = word.trim_matches(is_sign).contains(is_sign)
        && word.chars().all(|c| c.is_ascii_digit() || is_sign(c));
    match (prose::is_long(word), is_number) {
        (true, _) => Some("word-break:break-all"),
        (false, true) => Some("white-space:nowrap"),
        (false, false) => None,
    }
}

/// One table, as it goes onto the clipboard.
pub fn table_to_html(table: &TableBlock) -> String {
    let mut out = String::with_capacity(32 << 10);
    // Writing to a String cannot fail.
    let _ = on_clipboard(table, &mut out);
    out
}

fn on_clipboard(table: &TableBlock, out: &mut String) -> fmt::Result {
    open_table(table, TABLE_SIZE, "table-layout:fixed;width:100%", out)?;
    // Head rows of their own are what a word processor prints again on every page.
    let heads = table.head_rows.min(table.rows);
    for (tag, rows) in [("thead", 0..heads), ("tbody", heads..table.rows)] {
        if !rows.is_empty() {
            writeln!(out, "<{tag}>")?;
            write_rows(table, rows, out)?;
            writeln!(out, "</{tag}>")?;
        }
    }
    writeln!(out, "</table>")
}

/// Begins a table: the size of its words in points, how it looks besides, and its columns.
fn open_table(table: &TableBlock, size: f32, style: &str, out: &mut String) -> fmt::Result {
    writeln!(
        out,
        "<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\" width=\"100%\" summary=\"{}\" style=\"{TABLE};font-size:{size}pt;{style}\">",
        Escaped(&table.heading)
    )?;
    writeln!(out, "<colgroup>")?;
    for col in 0..table.columns() {
        let percent = 100.0 * table.share(col..col + 1);
        writeln!(
            out,
            "<col width=\"{percent:.1}%\" style=\"width:{percent:.2}%\">"
        )?;
    }
    writeln!(out, "</colgroup>")
}

fn write_rows(table: &TableBlock, rows: Range<usize>, out: &mut String) -> fmt::Result {
    for row in rows {
        out.push_str("<tr>");
        for cell in table.cells.iter().filter(|cell| cell.row == row) {
            write_cell(table, cell, out)?;
        }
        writeln!(out, "</tr>")?;
    }
    Ok(())
}

/// The size of a table's words, in points: the usual one, or the largest at which paper shows all of it.
fn size_on_paper(table: &TableBlock) -> f32 {
    const SMALLEST: f32 = 6.0;
    let mut size = TABLE_SIZE;
    while size > SMALLEST && least_width(table, size) > ON_PAPER {
        size -= 0.5;
    }
    size
}

/// The narrowest that a table can be with words of this size (points) without breaking a number or leaving a character of a
/// label over, in pixels.
fn least_width(table: &TableBlock, size: f32) -> f32 {
    let needed = |cell: &TableCell| {
        let ems = match (cell.number, cell.role.is_centred()) {
            (Some(_), _) => prose::ems(&cell.text),
            (None, true) => prose::least_width(&cell.text),
            (None, false) => return 0.0,
        };
        (ems * size * PIXELS_PER_POINT + PADDING) / table.share(cell.columns())
    };
    table.cells.iter().map(needed).fold(0.0, f32::max)
}

fn write_cell(table: &TableBlock, cell: &TableCell, out: &mut String) -> fmt::Result {
    let tag = match cell.role {
        Role::Head => "th",
        _ => "td",
    };
    let align = if cell.role.is_centred() {
        "center"
    } else {
        "left"
    };
    write!(out, "<{tag}")?;
    if cell.cols > 1 {
        write!(out, " colspan=\"{}\"", cell.cols)?;
    }
    if cell.rows > 1 {
        write!(out, " rowspan=\"{}\"", cell.rows)?;
    }
    let percent = 100.0 * table.share(cell.columns());
    write!(
        out,
        " width=\"{percent:.1}%\" align=\"{align}\" valign=\"middle\""
    )?;
    let mut style = format!(
        "border:1px solid #000;padding:3px 4px;text-align:{align};vertical-align:middle;font-weight:normal"
    );
    if cell.role == Role::Block {
        let fill = palette::hex(palette::BLOCK_FILL);
        write!(out, " bgcolor=\"#{fill}\"")?;
        write!(style, ";background:#{fill}")?;
    }
    if cell.number.is_some() {
        write!(out, " nowrap")?;
        style.push_str(";white-space:nowrap");
    }
    let text = match cell.role.is_centred() {
        true => cell.lines.join("\n"),
        // What begins at the left fills its lines by itself.
        false => cell.text.clone(),
    };
    let text = Escaped(&text).to_string().replace('\n', "<br>");
    write!(out, " style=\"{style}\">{text}</{tag}>")
}

/// One table as fields with tabs between, for programs that take no HTML from the clipboard. A merged cell's words
/// stand in its first field.
pub fn table_to_tsv(table: &TableBlock) -> String {
    let mut out = String::new();
    for row in 0..table.rows {
        let mut fields = vec![String::new(); table.columns()];
        for cell in table.cells.iter().filter(|cell| cell.row == row) {
            fields[cell.col] = cell.text.replace('\n', "");
        }
        out.push_str(&fields.join("\t"));
        out.push('\n');
    }
    out
}

/// A rectangle of numbers as a table, as word processors and spreadsheets take it from the clipboard.
pub fn block_to_html(rows: &[Vec<String>]) -> String {
    let mut out = String::from(
        "<table border=\"1\" cellspacing=\"0\" style=\"border-collapse:collapse\"><tbody>",
    );
    for row in rows {
        out.push_str("<tr>");
        for field in row {
            out.push_str("<td align=\"right\">");
            out.push_str(&Escaped(field).to_string());
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
    out
}

/// Text with everything escaped that means something in HTML.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
