//! A PDF without tags: cells between ruling lines, words by where they stand.

use super::paint::{Glyph, Rule, Sheet, in_order, paragraph};
use crate::import::read::grid::{MAX_CELLS, table, too_large};
use crate::import::source::{Part, RawCell, RawTable};

/// Lines nearer than this are the same line.
const NEAR: f32 = 2.5;
/// Lines that end so near to each other touch.
const TOUCH: f32 = 4.0;

/// The parts of all pages; a table that goes on over the page's end is one.
pub(super) fn parts(sheets: &[Sheet]) -> Result<Vec<Part>, String> {
    let mut all: Vec<Part> = Vec::new();
    let mut last_columns: Option<Vec<f32>> = None;
    for sheet in sheets {
        let mut blocks = Vec::new();
        let mut inside = vec![false; sheet.glyphs.len()];
        for frame in frames(&sheet.rules) {
            let columns = frame.xs.clone();
            if let Some((top, raw)) = frame.table(sheet, &mut inside)? {
                blocks.push((top, Part::Table(raw), Some(columns)));
            }
        }
        let outside: Vec<&Glyph> = sheet
            .glyphs
            .iter()
            .zip(&inside)
            .filter(|(_, inside)| !**inside)
            .map(|(glyph, _)| glyph)
            .collect();
        let tops: Vec<f32> = blocks.iter().map(|(top, ..)| *top).collect();
        for (top, text) in paragraphs(&outside, &tops) {
            if let Some(part) = paragraph(&text) {
                blocks.push((top, part, None));
            }
        }
        blocks.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (nth, (_, part, columns)) in blocks.into_iter().enumerate() {
            match (part, all.last_mut()) {
                (Part::Table(more), Some(Part::Table(begun)))
                    if nth == 0 && same_columns(last_columns.as_deref(), columns.as_deref()) =>
                {
                    go_on(begun, more);
                }
                (part, _) => all.push(part),
            }
            last_columns = columns;
        }
    }
    Ok(all)
}

fn same_columns(a: Option<&[f32]>, b: Option<&[f32]>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return false;
    };
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 2.0 * NEAR)
}

/// Puts the rows of the next page below; head rows that are printed again are left out.
fn go_on(begun: &mut RawTable, more: RawTable) {
    let words = |table: &RawTable, row: usize| -> Vec<String> {
        let of_row = table.cells.iter().filter(|cell| cell.row == row);
        of_row.map(|cell| squeezed(&cell.text)).collect()
    };
    let again = (0..more.rows.min(begun.rows))
        .take_while(|&row| {
            let head = words(&more, row);
            head.iter().any(|text| !text.is_empty()) && head == words(begun, row)
        })
        .count();
    // A table of one kind of row would lose its first.
    let again = if again == more.rows { 0 } else { again };
    let rows = begun.rows;
    for cell in more.cells {
        if cell.row + cell.rows > again {
            let row = cell.row.max(again);
            begun.cells.push(RawCell {
                rows: cell.row + cell.rows - row,
                row: row - again + rows,
                ..cell
            });
        }
    }
    *begun = table(
        std::mem::take(&mut begun.name),
        std::mem::take(&mut begun.cells),
    );
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Lines that touch each other, and the columns and rows between them.
struct Frame {
    xs: Vec<f32>,
    ys: Vec<f32>,
    across: Vec<(f32, f32, f32)>,
    down: Vec<(f32, f32, f32)>,
}

/// The tables of a page, by their lines.
fn frames(rules: &[Rule]) -> Vec<Frame> {
    // Places along one axis; the line's own place, then from and to.
    let mut across = Vec::new();
    let mut down = Vec::new();
    for rule in rules {
        match *rule {
            Rule::Across { y, from, to } => across.push((y, from, to)),
            Rule::Down { x, from, to } => down.push((x, from, to)),
        }
    }
    let (across, down) = (joined(across), joined(down));
    let count = across.len() + down.len();
    let mut group: Vec<usize> = (0..count).collect();
    fn root(group: &mut [usize], mut at: usize) -> usize {
        while group[at] != at {
            group[at] = group[group[at]];
            at = group[at];
        }
        at
    }
    for (i, &(y, left, right)) in across.iter().enumerate() {
        for (j, &(x, top, bottom)) in down.iter().enumerate() {
            let meets =
                x >= left - TOUCH && x <= right + TOUCH && y >= top - TOUCH && y <= bottom + TOUCH;
            if meets {
                let (a, b) = (root(&mut group, i), root(&mut group, across.len() + j));
                group[a] = b;
            }
        }
    }
    let mut by_root: std::collections::BTreeMap<usize, Frame> = std::collections::BTreeMap::new();
    for at in 0..count {
        let frame = by_root
            .entry(root(&mut group, at))
            .or_insert_with(|| Frame {
                xs: Vec::new(),
                ys: Vec::new(),
                across: Vec::new(),
                down: Vec::new(),
            });
        if at < across.len() {
            frame.across.push(across[at]);
        } else {
            frame.down.push(down[at - across.len()]);
        }
    }
    let whole = |mut frame: Frame| {
        frame.ys = distinct(frame.across.iter().map(|line| line.0));
        frame.xs = distinct(frame.down.iter().map(|line| line.0));
        frame.open_ends();
        (frame.xs.len() > 1 && frame.ys.len() > 1).then_some(frame)
    };
    by_root.into_values().filter_map(whole).collect()
}

/// Lines in the same place that touch are one.
fn joined(mut lines: Vec<(f32, f32, f32)>) -> Vec<(f32, f32, f32)> {
    lines.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut done: Vec<(f32, f32, f32)> = Vec::new();
    for line in lines {
        // Only lines in nearly the same place can be the same.
        let same = done
            .iter_mut()
            .rev()
            .take_while(|known| line.0 - known.0 < NEAR)
            .find(|known| line.1 <= known.2 + TOUCH && known.1 <= line.2 + TOUCH);
        match same {
            Some(known) => {
                known.1 = known.1.min(line.1);
                known.2 = known.2.max(line.2);
            }
            None => done.push(line),
        }
    }
    done
}

fn distinct(places: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut places: Vec<f32> = places.collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, kept| *next - *kept < NEAR);
    places
}

impl Frame {
    /// A table that goes on over the page's end has no line there: it reaches as far as its sides do.
    fn open_ends(&mut self) {
        let (Some(&first), Some(&last)) = (self.ys.first(), self.ys.last()) else {
            return;
        };
        let sides = self.xs.len();
        let above = self
            .down
            .iter()
            .map(|line| line.1)
            .filter(|end| *end < first - 2.0 * TOUCH);
        let below = self
            .down
            .iter()
            .map(|line| line.2)
            .filter(|end| *end > last + 2.0 * TOUCH);
        for ends in [above.collect::<Vec<_>>(), below.collect()] {
            // Most sides, or it is a stray stroke.
            if ends.len() * 2 > sides {
                self.ys.push(ends.iter().sum::<f32>() / ends.len() as f32);
            }
        }
        self.ys.sort_by(f32::total_cmp);
    }

    /// The table with its words, and where it begins; `None` if there are none in it.
    fn table(&self, sheet: &Sheet, inside: &mut [bool]) -> Result<Option<(f32, RawTable)>, String> {
        let (rows, cols) = (self.ys.len() - 1, self.xs.len() - 1);
        if rows * cols > MAX_CELLS {
            return Err(too_large());
        }
        let areas = self.areas(rows, cols);
        let mut at = vec![0; rows * cols];
        for (nth, area) in areas.iter().enumerate() {
            for row in area.row..area.row + area.rows {
                at[row * cols + area.col..row * cols + area.col + area.cols].fill(nth);
            }
        }
        let mut words: Vec<Vec<&Glyph>> = vec![Vec::new(); areas.len()];
        for (glyph, inside) in sheet.glyphs.iter().zip(inside) {
            let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y - glyph.size * 0.35);
            let slot = |edges: &[f32], place: f32| {
                let after = edges.partition_point(|edge| *edge <= place);
                (after > 0 && after < edges.len()).then(|| after - 1)
            };
            if let (Some(row), Some(col)) = (slot(&self.ys, y), slot(&self.xs, x)) {
                words[at[row * cols + col]].push(glyph);
                *inside = true;
            }
        }
        if words.iter().all(Vec::is_empty) {
            return Ok(None);
        }
        let cells = areas.into_iter().zip(words).map(|(area, glyphs)| RawCell {
            text: lines(&glyphs)
                .iter()
                .map(|line| in_order(line.iter().copied()))
                .collect::<Vec<_>>()
                .join("\n")
                .trim()
                .to_owned(),
            ..area
        });
        Ok(Some((self.ys[0], table(String::new(), cells.collect()))))
    }

    /// The cells: slots without a line between them are one.
    fn areas(&self, rows: usize, cols: usize) -> Vec<RawCell> {
        let covers = |lines: &[(f32, f32, f32)], place: f32, middle: f32| {
            lines.iter().any(|&(at, from, to)| {
                (at - place).abs() < NEAR && from - NEAR <= middle && middle <= to + NEAR
            })
        };
        let middle = |edges: &[f32], at: usize| (edges[at] + edges[at + 1]) / 2.0;
        let walled =
            |row: usize, col: usize| covers(&self.down, self.xs[col], middle(&self.ys, row));
        let floored =
            |row: usize, col: usize| covers(&self.across, self.ys[row], middle(&self.xs, col));
        let mut taken = vec![false; rows * cols];
        let mut areas = Vec::new();
        for row in 0..rows {
            for col in 0..cols {
                if taken[row * cols + col] {
                    continue;
                }
                let mut wide = 1;
                while col + wide < cols
                    && !taken[row * cols + col + wide]
                    && !walled(row, col + wide)
                {
                    wide += 1;
                }
                let mut tall = 1;
                // Down as long as nothing parts it, in any of its columns, and no wall stands in it.
                while row + tall < rows
                    && (col..col + wide).all(|c| !floored(row + tall, c))
                    && (col + 1..col + wide).all(|c| !walled(row + tall, c))
                {
                    tall += 1;
                }
                for r in row..row + tall {
                    taken[r * cols + col..r * cols + col + wide].fill(true);
                }
                areas.push(RawCell {
                    row,
                    col,
                    rows: tall,
                    cols: wide,
                    text: String::new(),
                });
            }
        }
        areas
    }
}

/// Glyphs on lines, each from left to right.
fn lines<'a>(glyphs: &[&'a Glyph]) -> Vec<Vec<&'a Glyph>> {
    let mut sorted = glyphs.to_vec();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in sorted {
        match lines.last_mut() {
            Some(line) if glyph.y - line[0].y < glyph.size.min(line[0].size) * 0.5 => {
                line.push(glyph)
            }
            _ => lines.push(vec![glyph]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    lines
}

/// Paragraphs of lines, each with its height on the page. A new one begins with an indent, after a short line, after a
/// gap, where the size changes, or below a table.
fn paragraphs(glyphs: &[&Glyph], tables: &[f32]) -> Vec<(f32, String)> {
    struct Row {
        left: f32,
        right: f32,
        y: f32,
        size: f32,
        text: String,
    }
    let rows: Vec<Row> = lines(glyphs)
        .into_iter()
        .filter_map(|line| {
            let seen = |glyph: &&&Glyph| !glyph.text.trim().is_empty();
            let first = line.iter().find(seen)?;
            let last = line.iter().rfind(seen)?;
            Some(Row {
                left: first.x,
                right: last.x + last.width,
                y: first.y,
                size: first.size,
                text: in_order(line.iter().copied()).trim().to_owned(),
            })
        })
        .filter(|row| !is_page_number(&row.text))
        .collect();
    let left = rows.iter().map(|row| row.left).fold(f32::MAX, f32::min);
    let right = rows.iter().map(|row| row.right).fold(f32::MIN, f32::max);
    let mut all: Vec<(f32, String)> = Vec::new();
    let mut before: Option<&Row> = None;
    for row in &rows {
        let begins = before.is_none_or(|before| {
            let pitch = row.y - before.y;
            row.left > left + 1.2 * row.size
                || before.right < right - 2.2 * row.size
                || pitch > 2.6 * row.size
                || (row.size - before.size).abs() > 1.0
                || tables.iter().any(|top| before.y < *top && *top < row.y)
        });
        match all.last_mut() {
            Some((_, text)) if !begins => text.push_str(&row.text),
            _ => all.push((row.y, row.text.clone())),
        }
        before = Some(row);
    }
    all
}

/// A number alone, between dashes or not.
fn is_page_number(text: &str) -> bool {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '—' | '－' | '–' | '─' | '·'))
        .collect();
    !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit())
}
