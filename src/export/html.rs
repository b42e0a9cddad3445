//! The report as a web page: three real tables with spans, inline styles and plain attributes only, since the editors
//! of web sites strip everything else.

use crate::check::Evaluation;
use crate::form::{Body, Content, Table, with_year};
use crate::report::Report;
use std::fmt::{self, Write as _};

const BODY: &str = "font-family:仿宋,仿宋_GB2312,FangSong,STFangsong,serif;font-size:16pt;line-height:1.75;color:#000";
const TITLE: &str = "font-family:方正小标宋简体,宋体,SimSun,serif;font-size:22pt;font-weight:bold;text-align:center;line-height:1.4;margin:24px 0";
const HEADING: &str =
    "font-family:黑体,SimHei,sans-serif;font-size:16pt;font-weight:normal;margin:16px 0 8px 0";
const PARAGRAPH: &str = "text-indent:2em;margin:0";
const TABLE: &str = "border-collapse:collapse;margin:8px auto;font-family:宋体,SimSun,serif;font-size:10.5pt;line-height:1.3";

/// A complete, printable page (UTF-8).
pub fn to_html(report: &Report, evaluation: &Evaluation) -> String {
    let mut out = String::with_capacity(64 << 10);
    // Writing to a String cannot fail.
    let _ = page(report, evaluation, &mut out);
    out
}

fn page(report: &Report, evaluation: &Evaluation, out: &mut String) -> fmt::Result {
    let form = report.form();
    let title = Escaped(&report.title()).to_string();
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">"
    )?;
    writeln!(
        out,
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>"
    )?;
    writeln!(
        out,
        "<body style=\"{BODY};max-width:210mm;margin:0 auto;padding:0 12px\">"
    )?;
    writeln!(out, "<h1 style=\"{TITLE}\">{title}</h1>")?;
    for (ix, spec) in form.indexed_texts() {
        if form.section_of_text(ix).is_none() && !spec.optional | !report.text(ix).is_empty() {
            paragraphs(report.text(ix), out)?;
        }
    }
    for section in &form.sections {
        writeln!(
            out,
            "<h2 style=\"{HEADING}\">{}</h2>",
            Escaped(&section.heading)
        )?;
        match section.body {
            Body::Text(text) => paragraphs(report.text(text), out)?,
            Body::Table(table) => write_table(report, evaluation, &form.tables[table], out)?,
        }
    }
    writeln!(out, "</body>\n</html>")
}

fn paragraphs(text: &str, out: &mut String) -> fmt::Result {
    for paragraph in text
        .split('\n')
        .filter(|paragraph| !paragraph.trim().is_empty())
    {
        writeln!(
            out,
            "<p style=\"{PARAGRAPH}\">{}</p>",
            Escaped(paragraph.trim())
        )?;
    }
    Ok(())
}

fn write_table(
    report: &Report,
    evaluation: &Evaluation,
    table: &Table,
    out: &mut String,
) -> fmt::Result {
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
    writeln!(out, "</colgroup>\n<tbody>")?;
    let mut row = None;
    for (_, cell) in report.grid_cells(table) {
        if row != Some(cell.row) {
            writeln!(out, "{}<tr>", if row.is_some() { "</tr>\n" } else { "" })?;
            row = Some(cell.row);
        }
        let (tag, align, fill) = match &cell.content {
            Content::Block(_) => ("td", "left", ";background:#DCE6F4"),
            Content::Head(_) => ("th", "center", ""),
            Content::Note(_) => ("th", "left", ""),
            // Short labels are centred, as on the official form; those that head a line of figures start at the left.
            Content::Label(_) if cell.rows > 1 || table.label_cols == 0 => ("td", "center", ""),
            Content::Label(_) => ("td", "left", ""),
            Content::Value(_) => ("td", "center", ""),
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
            " align=\"{align}\" style=\"border:1px solid #000;padding:3px 4px;text-align:{align};vertical-align:middle;font-weight:normal{fill}\">"
        )?;
        match &cell.content {
            Content::Value(ix) => write!(
                out,
                "{}",
                evaluation
                    .effective(*ix)
                    .printed(report.form().cell(*ix).kind)
            )?,
            content => {
                let words = with_year(content.words().unwrap_or_default(), report.year());
                write!(out, "{}", Escaped(&words).to_string().replace('\n', "<br>"))?;
            }
        }
        writeln!(out, "</{tag}>")?;
    }
    writeln!(
        out,
        "{}</tbody>\n</table>",
        if row.is_some() { "</tr>\n" } else { "" }
    )?;
    Ok(())
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
                // Control characters are not allowed in HTML, not even escaped.
                c if c.is_control() && c != '\n' && c != '\t' => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
