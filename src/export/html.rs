//! The report as a web page: three real tables with spans, inline styles and plain attributes only, since the editors
//! of web sites strip everything else.

use super::document::{Block, Document, Role, TableBlock, TableCell};
use super::palette;
use std::fmt::{self, Write as _};

const BODY: &str = "font-family:仿宋,仿宋_GB2312,FangSong,STFangsong,serif;font-size:16pt;line-height:1.75;color:#000";
const TITLE: &str = "font-family:方正小标宋简体,宋体,SimSun,serif;font-size:22pt;font-weight:bold;text-align:center;line-height:1.4;margin:24px 0";
const HEADING: &str = "font-family:黑体,SimHei,sans-serif;font-size:16pt;font-weight:normal;text-indent:2em;page-break-after:avoid;margin:16px 0 8px 0";
const SUBHEADING: &str = "font-family:楷体,楷体_GB2312,KaiTi,STKaiti,serif;font-size:16pt;font-weight:normal;text-indent:2em;page-break-after:avoid;margin:0";
const PARAGRAPH: &str = "text-indent:2em;margin:0";
const MARK: &str = "font-family:黑体,SimHei,sans-serif;text-align:right;margin:0";
const TABLE: &str = "border-collapse:collapse;table-layout:fixed;overflow-wrap:anywhere;page-break-inside:avoid;margin:8px auto;font-family:宋体,SimSun,serif;font-size:10.5pt;line-height:1.3";

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
    writeln!(
        out,
        "<body style=\"{BODY};max-width:210mm;margin:0 auto;padding:0 12px\">"
    )?;
    if let Some(mark) = &document.mark {
        let red = palette::hex(palette::ERROR);
        writeln!(
            out,
            "<p style=\"color:#{red};{MARK}\">{}</p>",
            Escaped(mark)
        )?;
    }
    let title: Vec<String> = document
        .title_lines()
        .iter()
        .map(|line| Escaped(line).to_string())
        .collect();
    writeln!(out, "<h1 style=\"{TITLE}\">{}</h1>", title.join("<br>"))?;
    for block in &document.blocks {
        let (tag, style, text) = match block {
            Block::Heading(text) => ("h2", HEADING, text),
            Block::Subheading(text) => ("h3", SUBHEADING, text),
            Block::Paragraph(text) => ("p", PARAGRAPH, text),
            Block::Table(table) => {
                write_table(table, out)?;
                continue;
            }
        };
        writeln!(out, "<{tag} style=\"{style}\">{}</{tag}>", Escaped(text))?;
    }
    writeln!(out, "</body>\n</html>")
}

/// One table, as it goes onto the clipboard.
pub fn table_to_html(table: &TableBlock) -> String {
    let mut out = String::with_capacity(32 << 10);
    // Writing to a String cannot fail.
    let _ = write_table(table, &mut out);
    out
}

fn write_table(table: &TableBlock, out: &mut String) -> fmt::Result {
    writeln!(
        out,
        "<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\" width=\"100%\" style=\"{TABLE};width:100%\">"
    )?;
    let whole: u32 = table.widths.iter().sum();
    writeln!(out, "<colgroup>")?;
    for width in &table.widths {
        let percent = f64::from(*width) * 100.0 / f64::from(whole.max(1));
        writeln!(
            out,
            "<col width=\"{percent:.2}%\" style=\"width:{percent:.2}%\">"
        )?;
    }
    writeln!(out, "</colgroup>")?;
    // Head rows of their own are what a browser prints again on every page.
    let heads = table.head_rows.min(table.rows);
    for (tag, rows) in [("thead", 0..heads), ("tbody", heads..table.rows)] {
        if rows.is_empty() {
            continue;
        }
        writeln!(out, "<{tag}>")?;
        for row in rows {
            out.push_str("<tr>");
            for cell in table.cells.iter().filter(|cell| cell.row == row) {
                write_cell(cell, out)?;
            }
            writeln!(out, "</tr>")?;
        }
        writeln!(out, "</{tag}>")?;
    }
    writeln!(out, "</table>")
}

fn write_cell(cell: &TableCell, out: &mut String) -> fmt::Result {
    let (tag, fill) = match cell.role {
        Role::Block => {
            let fill = palette::hex(palette::BLOCK_FILL);
            ("td", format!(";background:#{fill}"))
        }
        Role::Head | Role::Note => ("th", String::new()),
        Role::Label | Role::CentredLabel | Role::Value => ("td", String::new()),
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
    write!(
        out,
        " align=\"{align}\" style=\"border:1px solid #000;padding:3px 4px;text-align:{align};vertical-align:middle;font-weight:normal{fill}\">{}</{tag}>",
        Escaped(&cell.text).to_string().replace('\n', "<br>")
    )
}

/// One table as fields with tabs between, for programs that take no HTML from the clipboard. A merged cell's words
/// stand in its first field.
pub fn table_to_tsv(table: &TableBlock) -> String {
    let mut out = String::new();
    for row in 0..table.rows {
        let mut fields = vec![String::new(); table.widths.len()];
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
