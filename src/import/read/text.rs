//! Plain text: paragraphs by line, and tables by their tabs, as spreadsheets and word processors write them, or by bars
//! between the cells, as notes and readers of web pages do.

use super::grid::{few_enough, seen, table};
use crate::import::error::ReadError;
use crate::import::limits::MAX_CELLS;
use crate::import::source::{Part, RawCell, Source};
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Lines;

/// A text of this size is no report.
const MAX_BYTES: usize = 2 << 20;

/// Reads a text in any encoding.
///
/// # Errors
/// A sentence if a table in it is too large.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    read_text(&decode(bytes))
}

/// The text in these bytes: by its mark, else UTF-8 if it is that without fault, else the Chinese standard, whatever
/// a label in it says.
pub fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling(&bytes[length..])
            .0
            .into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// The same without a copy, where that can be.
pub(super) fn decode_owned(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) if !text.starts_with('\u{FEFF}') => text,
        Ok(text) => decode(text.as_bytes()),
        Err(other) => decode(other.as_bytes()),
    }
}

/// Whether this is no text at all.
pub(super) fn is_binary(text: &str) -> bool {
    const LOOK_AT: usize = 8192;
    let (mut odd, mut all) = (0, 0);
    for c in text.chars().take(LOOK_AT) {
        all += 1;
        match c {
            '\0' => return true,
            '\t' | '\n' | '\r' | '\x0C' => {}
            '\u{FFFD}' => odd += 1,
            c if c.is_control() => odd += 1,
            _ => {}
        }
    }
    odd * 50 > all
}

/// Whether this is an Office file as one flat XML text.
pub(super) fn is_flat_xml(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("<?xml") || text.starts_with("<pkg:") || text.starts_with("<office:")
}

/// Reads a text.
///
/// # Errors
/// As [`read`].
pub fn read_text(text: &str) -> Result<Source, ReadError> {
    if text.len() > MAX_BYTES {
        return Err(ReadError::TextTooBig(text.len() >> 20));
    }
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n");
    if let Some(separator) = separator(&text) {
        return Ok(Source {
            parts: vec![table_of(records(&text, separator))?],
            ..Source::default()
        });
    }
    let mut parts = Vec::new();
    let mut rest = text.as_str();
    // What has been looked through once is not looked through again.
    let mut looked_through = text.len() + 1;
    while !rest.is_empty() {
        let mut run = Run::default();
        if rest.len() < looked_through {
            run = cell_lines(rest);
            looked_through = rest.len() - run.length;
        }
        if !run.is_table {
            run = tabbed(rest);
        }
        if !run.is_table {
            // What has no table in it is not looked through again line by line.
            let barred = barred(rest);
            if barred.is_table || barred.length > run.length {
                run = barred;
            }
        }
        if run.is_table {
            parts.push(table_of(run.rows)?);
        } else {
            run.length = run
                .length
                .max(rest.find('\n').map_or(rest.len(), |end| end + 1));
            paragraphs(&rest[..run.length], &mut parts)?;
        }
        rest = &rest[run.length..];
    }
    Ok(Source {
        parts,
        properties: BTreeMap::new(),
        remarks: Vec::new(),
    })
}

/// What stands between the fields of a table that is the whole text (CSV); `None` if it is none. Commas of Chinese prose
/// are others.
fn separator(text: &str) -> Option<char> {
    /// Lines of the shortest table, and fields of its widest rows.
    const LEAST: (usize, usize) = (6, 4);
    const LOOK_AT: usize = 1_000;
    let lines = || {
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .take(LOOK_AT)
    };
    [',', ';'].into_iter().find(|&separator| {
        let fields = |line: &str| line.matches(separator).count() + 1;
        let is_parted = |line: &&str| fields(line) > 1 && !line.contains('\t');
        let parted = lines().filter(is_parted).count();
        let wide = lines().filter(|line| fields(line) >= LEAST.1).count();
        parted >= LEAST.0 && wide * 2 >= LEAST.0 && parted * 10 >= lines().count() * 6
    })
}

/// The rows of a table with this sign between its fields.
fn records(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (fields, after) = record(rest, separator);
        rows.push(fields);
        rest = after;
    }
    rows
}

fn paragraphs(text: &str, parts: &mut Vec<Part>) -> Result<(), ReadError> {
    for line in text.lines() {
        let line: String = line.chars().filter_map(seen).collect();
        let line = line.replace('\t', " ");
        // A bar at the end is that of a cell which stands alone in its line.
        let line = line.trim_matches(|c: char| c.is_whitespace() || BARS.contains(&c));
        if !line.is_empty() {
            parts.push(Part::Text(line.to_owned()));
        }
    }
    few_enough(parts.len())
}

/// Lines at the beginning of a text that may be a table.
#[derive(Default)]
struct Run {
    rows: Vec<Vec<String>>,
    /// In bytes.
    length: usize,
    is_table: bool,
}

fn table_of(rows: Vec<Vec<String>>) -> Result<Part, ReadError> {
    if rows.iter().map(Vec::len).sum::<usize>() > MAX_CELLS {
        return Err(ReadError::TableTooLarge);
    }
    let cells = rows.into_iter().enumerate().flat_map(|(row, fields)| {
        fields
            .into_iter()
            .enumerate()
            .map(move |(col, text)| RawCell {
                row,
                col,
                rows: 1,
                cols: 1,
                text: as_shown(&text)
                    .chars()
                    .filter_map(seen)
                    .collect::<String>()
                    .trim()
                    .to_owned(),
            })
    });
    Ok(Part::Table(table(String::new(), cells.collect())))
}

/// A number that was written as a formula, so that it stays a text: ="12".
fn as_shown(field: &str) -> &str {
    let field = field.trim();
    let text = field.strip_prefix("=\"");
    text.and_then(|text| text.strip_suffix('"'))
        .filter(|text| !text.contains('"'))
        .unwrap_or(field)
}

/// Lines with tabs between fields.
fn tabbed(text: &str) -> Run {
    let mut run = Run::default();
    let mut rest = text;
    while !rest.is_empty() {
        let (fields, after) = record(rest, '\t');
        if fields.len() < 2 {
            break;
        }
        // A line that only begins with a tab is an indented paragraph.
        run.is_table |= fields
            .iter()
            .filter(|field| !field.trim().is_empty())
            .count()
            > 1;
        run.rows.push(fields);
        rest = after;
    }
    run.length = text.len() - rest.len();
    run
}

/// Lines with bars between fields. Bars between the words of a page's navigation make no table, nor does one line.
fn barred(text: &str) -> Run {
    let mut run = Run::default();
    for line in text.split_inclusive('\n') {
        let fields = unpadded(line).split(BARS).map(str::trim);
        let fields: Vec<String> = fields.map(str::to_owned).collect();
        if fields.len() < 2 {
            break;
        }
        run.length += line.len();
        run.rows.push(fields);
    }
    // The line below the heads.
    let is_rule = |field: &String| field.chars().all(|c| "-=:+\u{2500}\u{2501} ".contains(c));
    run.rows
        .retain(|fields| fields.iter().all(String::is_empty) || !fields.iter().all(is_rule));
    // Bars around every row are its frame.
    if run
        .rows
        .iter()
        .all(|row| row.last().is_some_and(String::is_empty))
    {
        run.rows.iter_mut().for_each(|row| drop(row.pop()));
    }
    if run
        .rows
        .iter()
        .all(|row| row.first().is_some_and(String::is_empty))
    {
        run.rows.iter_mut().for_each(|row| drop(row.remove(0)));
    }
    let filled = |fields: &&Vec<String>| fields.iter().filter(|field| !field.is_empty()).count();
    let wide = run.rows.iter().filter(|row| filled(row) > 1).count();
    run.is_table = wide > 1 || is_cell_a_line(&run.rows);
    run
}

/// Whether each cell has a line of its own that ends in a bar, blank ones too.
fn is_cell_a_line(rows: &[Vec<String>]) -> bool {
    const MANY: usize = 6;
    let single = rows.iter().filter(|row| row.len() == 1).count();
    let has_blank = rows.iter().any(|row| row.len() == 1 && row[0].is_empty());
    has_blank && rows.len() >= MANY && single * 10 >= rows.len() * 7
}

/// A line without the bars that only fill it up where cells are merged: nothing stands between them, not even a blank.
fn unpadded(line: &str) -> &str {
    let line = line.trim();
    let bare = line.trim_end_matches(BARS);
    let bars = line[bare.len()..].chars().count();
    if bars > 1 && bare.contains(' ') {
        bare.trim_end()
    } else {
        line
    }
}

/// What people draw between cells.
const BARS: [char; 4] = ['|', '｜', '\u{2502}', '\u{2503}'];

/// A table as word processors write it: a line for each cell, led by a tab, and a blank line after each row.
fn cell_lines(text: &str) -> Run {
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    let mut length = 0;
    let mut lines: Peekable<Lines<'_>> = text.lines().peekable();
    while let Some(line) = lines.next() {
        let row = rows.last_mut();
        if let Some(cell) = line.strip_prefix('\t').filter(|cell| !cell.contains('\t')) {
            row.into_iter().for_each(|row| row.push(cell.to_owned()));
        } else if line.is_empty() && length > 0 {
            let next = lines.peek().copied().unwrap_or_default();
            if next.starts_with('\t') {
                rows.push(Vec::new());
            } else if !is_cut(next, lines.clone().nth(1)) {
                break;
            }
        } else if let Some(cell) = row.and_then(|row| row.last_mut())
            && !line.contains('\t')
            && goes_on(lines.clone())
        {
            cell.push('\n');
            cell.push_str(line);
        } else {
            break;
        }
        length += line.len() + 1;
    }
    rows.retain(|row| !row.is_empty());
    let cells: usize = rows.iter().map(Vec::len).sum();
    Run {
        // Indented paragraphs are no table: some row must have several cells.
        is_table: rows.len() > 1 && cells > rows.len() && rows.iter().any(|row| row.len() > 2),
        rows,
        length: length.min(text.len()),
    }
}

/// Whether a line after a blank one is the rest of a cell, as a label of which each character is a paragraph.
fn is_cut(line: &str, next: Option<&str>) -> bool {
    const SHORT: usize = 4;
    !line.is_empty()
        && line.chars().count() <= SHORT
        && next.is_some_and(|next| next.starts_with('\t'))
}

/// Whether the cell's other lines lead to another cell and not out of the table.
fn goes_on(lines: Peekable<Lines<'_>>) -> bool {
    const LINES: usize = 6;
    for line in lines.take(LINES) {
        if line.starts_with('\t') || line.is_empty() {
            return true;
        }
    }
    false
}

/// A line's fields, and what follows. A field in quotes may hold line breaks.
fn record(text: &str, separator: char) -> (Vec<String>, &str) {
    let mut fields = Vec::new();
    let mut rest = text;
    loop {
        let (field, after) = quoted(rest, separator).unwrap_or_else(|| {
            let end = rest.find([separator, '\n']).unwrap_or(rest.len());
            (rest[..end].to_owned(), &rest[end..])
        });
        fields.push(field);
        match after.strip_prefix(separator) {
            Some(next) => rest = next,
            None => return (fields, after.strip_prefix('\n').unwrap_or(after)),
        }
    }
}

/// A field in quotes, if it begins with one and ends before the separator or a line.
fn quoted(text: &str, separator: char) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut field = String::new();
    // A field with more is none, but a text that was made to be slow.
    const QUOTES: usize = 200;
    for _ in 0..QUOTES {
        let end = rest.find('"')?;
        field.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.chars().next() {
            Some('"') => {
                field.push('"');
                rest = &rest[1..];
            }
            None | Some('\n') => return Some((field, rest)),
            Some(c) if c == separator => return Some((field, rest)),
            Some(_) => return None,
        }
    }
    None
}

/// The fields of a table as spreadsheets put it on the clipboard: all of the text is the table.
pub fn fields(text: &str) -> Vec<Vec<String>> {
    let text: String = text
        .strip_suffix('\n')
        .unwrap_or(text)
        .chars()
        .filter(|&c| c != '\r')
        .collect();
    let mut rows = Vec::new();
    let mut rest = text.as_str();
    loop {
        let (row, after) = record(rest, '\t');
        rows.push(row);
        // A text that ends in a line break has one more, empty row.
        let ended_in_break = after.is_empty() && rest.ends_with('\n') && !rest.is_empty();
        if after.is_empty() {
            if ended_in_break {
                rows.push(vec![String::new()]);
            }
            return rows;
        }
        rest = after;
    }
}
