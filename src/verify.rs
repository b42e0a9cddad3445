//! An exported file held against its draft, cell by cell and text by text: does it still say what the draft says?
//!
//! The file is read back like any other (`import::read`), and compared with the very document that the exporters are
//! written from. White space does not count: every format sets it in its own way.

use crate::export::document::{Block, DIGEST, Document, TableBlock, TableCell};
use crate::export::xlsx;
use crate::form::with_year;
use crate::import::source::{Part, RawTable, Source};
use crate::value;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Something that the file says otherwise than the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where, in the form's words.
    pub place: String,
    /// What the file says.
    pub file: String,
    /// What the draft says.
    pub draft: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let said = |text: &str| match text {
            "" => "空白".to_owned(),
            text => format!("“{}”", shortened(text)),
        };
        write!(
            f,
            "{}：文件里是{}，草稿里是{}",
            self.place,
            said(&self.file),
            said(&self.draft)
        )
    }
}

/// What came of a comparison.
#[derive(Debug, Default)]
pub struct Verified {
    /// Everything that differs.
    pub differences: Vec<Difference>,
    /// How many cells were compared.
    pub cells: usize,
    /// How many texts.
    pub texts: usize,
    /// Whether the file names this draft as its source; none if it names none.
    pub same_draft: Option<bool>,
}

/// Compares what was read from a file with the document of the draft.
pub fn verify(document: &Document, source: &Source) -> Verified {
    let mut found = Verified {
        same_draft: digest(source).map(|digest| digest == document.digest),
        ..Verified::default()
    };
    let on_sheets = source.tables().any(|table| !table.name.is_empty());
    let tables: Vec<&RawTable> = source.tables().collect();
    let sheets = xlsx::sheet_names(document);
    if on_sheets {
        found.cover(document, &tables);
    } else {
        found.texts(document, source);
    }
    for (nth, table) in document.tables().enumerate() {
        let raw = if on_sheets {
            tables.iter().find(|raw| raw.name == sheets[nth])
        } else {
            tables.get(nth)
        };
        let above = if on_sheets { xlsx::FIRST_ROW } else { 0 };
        match raw {
            Some(raw) => found.table(document, table, raw, above),
            None => found.differences.push(Difference {
                place: document.form.tables[table.table].name.clone(),
                file: "没有这张表".to_owned(),
                draft: table.heading.clone(),
            }),
        }
    }
    if !on_sheets && tables.len() > document.tables().count() {
        found.differences.push(Difference {
            place: "表格".to_owned(),
            file: format!("有 {} 张表", tables.len()),
            draft: format!("有 {} 张表", document.tables().count()),
        });
    }
    found
}

/// The digest of the draft that the file was made from, wherever its format keeps such things.
fn digest(source: &Source) -> Option<&str> {
    if let Some(digest) = source.properties.get(DIGEST) {
        return Some(digest);
    }
    let named = |text: &'_ String| text.find(DIGEST).map(|at| at + DIGEST.len() + 1);
    source.properties.values().find_map(|text| {
        let rest = text.get(named(text)?..)?;
        let end = rest.find(|c: char| !c.is_ascii_hexdigit());
        Some(&rest[..end.unwrap_or(rest.len())])
    })
}

/// A document's texts: title, headings and paragraphs, each with its name.
fn texts(document: &Document) -> Vec<(String, &str)> {
    let mut section = "引言".to_owned();
    let mut paragraph = 0;
    let mut all = vec![("标题".to_owned(), document.title.as_str())];
    for block in &document.blocks {
        match block {
            Block::Heading(text) => {
                section.clone_from(text);
                paragraph = 0;
                all.push((format!("{section}（标题）"), text));
            }
            Block::Subheading(text) | Block::Paragraph(text) => {
                paragraph += 1;
                all.push((format!("{section} · 第 {paragraph} 段"), text));
            }
            Block::Table(_) => {}
        }
    }
    all
}

impl Verified {
    fn texts(&mut self, document: &Document, source: &Source) {
        let ours = texts(document);
        let mark = document.mark.as_deref().map(squeezed);
        let new: Vec<String> = ours.iter().map(|(_, text)| squeezed(text)).collect();
        let said = source.parts.iter().filter_map(Part::text).filter(|text| {
            let text = squeezed(text);
            !text.is_empty() && Some(&text) != mark.as_ref()
        });
        let said = joined(&said.collect::<Vec<_>>(), &new);
        self.texts = ours.len();
        let old: Vec<String> = said.iter().map(|text| squeezed(text)).collect();
        for change in capture_diff_slices(Algorithm::Myers, &old, &new) {
            let (theirs, mine) = match change {
                DiffOp::Equal { .. } => continue,
                _ => (change.old_range(), change.new_range()),
            };
            for nth in 0..theirs.len().max(mine.len()) {
                let mine = mine.clone().nth(nth).map(|at| &ours[at]);
                let after = change
                    .new_range()
                    .start
                    .checked_sub(1)
                    .map(|at| &ours[at].0);
                let place = match (mine, after) {
                    (Some((name, _)), _) => name.clone(),
                    (None, Some(name)) => format!("{name}之后"),
                    (None, None) => "开头".to_owned(),
                };
                self.differences.push(Difference {
                    place,
                    file: theirs
                        .clone()
                        .nth(nth)
                        .map(|at| said[at].clone())
                        .unwrap_or_default(),
                    draft: mine.map_or("", |(_, text)| text).to_owned(),
                });
            }
        }
    }

    /// A workbook's cover holds every text, one after another, long ones in several cells.
    fn cover(&mut self, document: &Document, tables: &[&RawTable]) {
        let cover: String = tables
            .iter()
            .filter(|table| table.name == xlsx::COVER)
            .flat_map(|table| &table.cells)
            .map(|cell| squeezed(&cell.text))
            .collect();
        let ours = texts(document);
        self.texts = ours.len();
        let mut from = 0;
        for (place, text) in ours {
            let wanted = squeezed(text);
            match cover[from..].find(&wanted) {
                Some(at) => from += at + wanted.len(),
                None => self.differences.push(Difference {
                    place,
                    file: "没有这段文字，或者不在这个位置".to_owned(),
                    draft: text.to_owned(),
                }),
            }
        }
    }

    fn table(&mut self, document: &Document, table: &TableBlock, raw: &RawTable, above: u32) {
        let above = above as usize;
        for cell in &table.cells {
            self.cells += 1;
            let same_place = |raw: &&crate::import::source::RawCell| {
                raw.row == cell.row + above && raw.col == cell.col
            };
            let said = raw.cells.iter().find(same_place);
            let said = said.map_or("", |raw| raw.text.as_str());
            if !says_the_same(document, cell, said) {
                self.differences.push(Difference {
                    place: name_of(document, table, cell),
                    file: said.to_owned(),
                    draft: cell.text.clone(),
                });
            }
        }
        let extra = |raw: &&crate::import::source::RawCell| {
            let beyond = raw.row >= above + table.rows || raw.col >= table.widths.len();
            beyond && !raw.text.trim().is_empty()
        };
        for raw in raw.cells.iter().filter(extra) {
            self.differences.push(Difference {
                place: format!(
                    "{} · 表外第 {} 行第 {} 列",
                    document.form.tables[table.table].name,
                    raw.row + 1 - above,
                    raw.col + 1
                ),
                file: raw.text.clone(),
                draft: String::new(),
            });
        }
    }
}

/// The same words, or the same number however it is written.
fn says_the_same(document: &Document, cell: &TableCell, said: &str) -> bool {
    if squeezed(said) == squeezed(&cell.text) {
        return true;
    }
    let Some(number) = cell.number else {
        return false;
    };
    let spec = document.form.cell(number.cell);
    value::parse(said, spec.kind, spec.unit.as_deref())
        .is_ok_and(|value| value.same_number(number.value))
}

fn name_of(document: &Document, table: &TableBlock, cell: &TableCell) -> String {
    match cell.number {
        Some(number) => with_year(&document.form.full_name(number.cell), document.year),
        None => format!(
            "{} · “{}”",
            document.form.tables[table.table].name,
            shortened(&cell.text)
        ),
    }
}

/// Pieces that are one text in the draft put together: a title on two lines is read as two.
fn joined(pieces: &[&str], whole: &[String]) -> Vec<String> {
    const MOST_PIECES: usize = 4;
    let mut all = Vec::with_capacity(pieces.len());
    let mut rest = pieces;
    while !rest.is_empty() {
        let is_whole = |&count: &usize| whole.contains(&squeezed(&rest[..count].concat()));
        let most = rest.len().min(MOST_PIECES);
        let count = (1..=most).find(is_whole).unwrap_or(1);
        all.push(rest[..count].concat());
        rest = &rest[count..];
    }
    all
}

/// Text without white space.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = text.replace('\n', " ");
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}……", &text[..at]),
        None => text,
    }
}
