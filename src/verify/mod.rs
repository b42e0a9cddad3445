//! An exported file held against its draft, cell by cell and text by text: does it still say what the draft says?
//!
//! The file is read back like any other (`import::read`), and compared with the very document that the exporters are
//! written from. Words, numbers, spans and order count; white space does not, since every format sets it in its own way,
//! and neither do looks: hidden or struck text is text.

mod published;
mod shortened;

pub use published::{Became, Departure, Published, Take, published};

use crate::export::clean::{UNKNOWN, is_private};
use crate::export::document::{Block, DIGEST, Document, TableBlock, TableCell};
use crate::export::xlsx;
use crate::form::with_year;
use crate::import::source::{Part, RawCell, RawTable, Source};
use crate::prose;
use crate::value::{self, Kind};
use shortened::{shortened, where_they_differ};

/// A text as it is compared: without white space, and with what a PDF can show of a character of one font only.
fn squeezed(text: &str) -> String {
    let known = |c| if is_private(c) { UNKNOWN } else { c };
    prose::squeezed(text).chars().map(known).collect()
}

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
        let quoted = where_they_differ(&self.file, &self.draft);
        let [file, draft] = quoted.map(|words| match words.is_empty() {
            true => "空白".to_owned(),
            false => format!("“{words}”"),
        });
        write!(f, "{}：文件里是{file}，草稿里是{draft}", self.place)
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

/// Whether a file is one of our exports, by its own word.
pub fn is_ours(source: &Source) -> bool {
    digest(source).is_some()
}

/// Compares what was read from a file with the document of the draft.
pub fn verify(document: &Document, source: &Source) -> Verified {
    let mut found = Verified {
        same_draft: digest(source).map(|digest| digest == document.digest),
        ..Verified::default()
    };
    let tables: Vec<&RawTable> = source.tables().collect();
    if tables.iter().any(|table| !table.name.is_empty()) {
        found.workbook(document, &tables);
        return found;
    }
    found.sequence(&entries(document), page_pieces(document, source));
    for (nth, table) in document.tables().enumerate() {
        found.table(document, table, tables.get(nth).copied(), 0);
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

/// Something that stands in a document.
struct Entry {
    /// What it is called, in the form's words.
    name: String,
    /// Its words; [`TABLE`] for a table.
    words: String,
}

/// Stands for a table among texts; no text can be this.
const TABLE: &str = "\u{0}";

/// A document's title, headings, paragraphs and tables in order.
fn entries(document: &Document) -> Vec<Entry> {
    let mut section = "引言".to_owned();
    let mut paragraph = 0;
    let entry = |name: &str, words: &str| Entry {
        name: name.to_owned(),
        words: words.to_owned(),
    };
    let mut all = vec![entry("标题", &document.title)];
    for block in &document.blocks {
        match block {
            Block::Heading(text) => {
                section.clone_from(text);
                paragraph = 0;
                all.push(entry(&format!("{section}（标题）"), text));
            }
            Block::Subheading(text) | Block::RunIn { text, .. } | Block::Paragraph(text) => {
                paragraph += 1;
                all.push(entry(&format!("{section} · 第 {paragraph} 段"), text));
            }
            Block::Signature { text, .. } => all.push(entry("落款", text)),
            Block::Table(_) => all.push(entry(&format!("{section} · 表格"), TABLE)),
        }
    }
    all
}

/// What stands in a file of pages, in order, without the draft mark.
fn page_pieces(document: &Document, source: &Source) -> Vec<String> {
    let mark = document.mark.as_deref().map(squeezed);
    let title = squeezed(&document.title);
    let mut all: Vec<String> = Vec::new();
    for part in &source.parts {
        let text = match part {
            Part::Text(text) => text.clone(),
            Part::Table(_) => TABLE.to_owned(),
        };
        let plain = squeezed(&text);
        if plain.is_empty() || Some(&plain) == mark.as_ref() {
            continue;
        }
        // The title may stand on several lines, which are read one by one.
        match all.as_mut_slice() {
            [before] if title.starts_with(&all_of(before, &plain)) => before.push_str(&text),
            _ => all.push(text),
        }
    }
    all
}

fn all_of(before: &str, plain: &str) -> String {
    squeezed(before) + plain
}

impl Verified {
    /// Compares what stands one after another.
    fn sequence(&mut self, ours: &[Entry], said: Vec<String>) {
        self.texts = ours.iter().filter(|entry| entry.words != TABLE).count();
        let old: Vec<String> = said.iter().map(|text| squeezed(text)).collect();
        let new: Vec<String> = ours.iter().map(|entry| squeezed(&entry.words)).collect();
        let words = |text: &str| match text {
            TABLE => "一张表格".to_owned(),
            text => text.to_owned(),
        };
        let changes = prose::stretches(&old, &new).into_iter();
        for change in changes.filter(|it| !it.is_same) {
            let (theirs, mine) = (change.old, change.new);
            let after = mine.start.checked_sub(1);
            for nth in 0..theirs.len().max(mine.len()) {
                let mine = mine.clone().nth(nth).map(|at| &ours[at]);
                let place = match (mine, after) {
                    (Some(entry), _) => entry.name.clone(),
                    (None, Some(at)) => format!("{}之后", ours[at].name),
                    (None, None) => "开头".to_owned(),
                };
                let theirs = theirs.clone().nth(nth).map(|at| words(&said[at]));
                self.differences.push(Difference {
                    place,
                    file: theirs.unwrap_or_default(),
                    draft: mine.map(|entry| words(&entry.words)).unwrap_or_default(),
                });
            }
        }
    }

    /// A workbook: a cover with facts and texts, and a sheet for each table.
    fn workbook(&mut self, document: &Document, tables: &[&RawTable]) {
        let sheets = xlsx::sheet_names(document);
        let cover = tables.iter().find(|table| table.name == xlsx::COVER);
        let at = |table: &RawTable, row: u32, col: usize| {
            let here = |cell: &&RawCell| cell.row == row as usize && cell.col == col;
            table
                .cells
                .iter()
                .find(here)
                .map(|cell| cell.text.clone())
                .unwrap_or_default()
        };
        if let Some(cover) = cover {
            for (row, name, content) in xlsx::facts(document) {
                self.word(
                    format!("{} · {name}", xlsx::COVER),
                    at(cover, row, 1),
                    content,
                );
            }
        }
        let ours: Vec<Entry> = entries(document)
            .into_iter()
            .filter(|entry| entry.words != TABLE)
            .collect();
        let first = cover.map(|cover| at(cover, 0, 0));
        let texts = cover.iter().flat_map(|cover| &cover.cells);
        let texts = texts.filter(|cell| cell.row >= xlsx::FIRST_TEXT_ROW as usize && cell.col == 0);
        let pieces = first.into_iter().chain(texts.map(|cell| cell.text.clone()));
        self.sequence(&ours, put_together(pieces, &ours));
        for (table, sheet) in document.tables().zip(&sheets) {
            let raw = tables.iter().find(|raw| raw.name == *sheet).copied();
            if let Some(raw) = raw {
                for (row, content) in (0..).zip(xlsx::lines_above(document, table)) {
                    self.word(
                        format!("工作表“{sheet}”第 {} 行", row + 1),
                        at(raw, row, 0),
                        content,
                    );
                }
            }
            self.table(document, table, raw, xlsx::FIRST_ROW as usize);
        }
        if let Some(list) = tables.iter().find(|raw| raw.name == xlsx::DATA) {
            self.list(document, list);
        }
        if let Some(charts) = tables.iter().find(|raw| raw.name == xlsx::CHARTS) {
            self.charts(document, charts);
        }
        let own = [xlsx::COVER, xlsx::CHARTS, xlsx::DATA];
        let known =
            |raw: &&&RawTable| !own.contains(&raw.name.as_str()) && !sheets.contains(&raw.name);
        for raw in tables.iter().filter(known) {
            self.word(
                format!("工作表“{}”", raw.name),
                "多出的工作表".to_owned(),
                String::new(),
            );
        }
    }

    /// The sheet that lists the numbers once more.
    fn list(&mut self, document: &Document, raw: &RawTable) {
        for (row, (id, name, number)) in (1..).zip(xlsx::rows(document)) {
            let at = |col: usize| {
                let here = |cell: &&RawCell| cell.row == row && cell.col == col;
                let cell = raw.cells.iter().find(here);
                cell.map(|cell| cell.text.clone()).unwrap_or_default()
            };
            let place = format!("工作表“{}” · {name}", xlsx::DATA);
            self.word(place.clone(), at(0), id.to_owned());
            let said = at(2);
            let spec = document.form.cell(number.cell);
            let same = value::parse(&said, spec.kind, spec.unit.as_deref())
                .is_ok_and(|value| value.same_number(number.value));
            if !same {
                self.word(place, said, number.value.printed(spec.kind));
            }
        }
    }

    /// The sheet with charts: the numbers beside them.
    fn charts(&mut self, document: &Document, raw: &RawTable) {
        for (row, col, shown) in xlsx::chart_cells(document) {
            let here = |cell: &&RawCell| cell.row == row as usize && cell.col == usize::from(col);
            let cell = raw.cells.iter().find(here);
            let said = cell.map_or("", |cell| cell.text.as_str());
            let place = format!("工作表“{}”第 {} 行第 {} 列", xlsx::CHARTS, row + 1, col + 1);
            match shown {
                xlsx::Shown::Words(words) => self.word(place, said.to_owned(), words),
                xlsx::Shown::Number(value) => {
                    let same = value::parse(said, Kind::Amount, None)
                        .is_ok_and(|number| number.same_number(value));
                    if !same {
                        self.word(place, said.to_owned(), value.to_string());
                    }
                }
                xlsx::Shown::Change(_) | xlsx::Shown::OfTheChart(_) => {}
            }
        }
    }

    fn word(&mut self, place: String, file: String, draft: String) {
        if squeezed(&file) != squeezed(&draft) {
            self.differences.push(Difference { place, file, draft });
        }
    }

    /// Every cell of a table with its span, and what stands beside it; `above` rows of a sheet are not the table's.
    fn table(
        &mut self,
        document: &Document,
        table: &TableBlock,
        raw: Option<&RawTable>,
        above: usize,
    ) {
        let name = &document.form.tables[table.table].name;
        let Some(raw) = raw else {
            return self.word(name.clone(), "没有这张表".to_owned(), table.heading.clone());
        };
        for cell in &table.cells {
            self.cells += 1;
            let same_place = |raw: &&RawCell| raw.row == cell.row + above && raw.col == cell.col;
            let said = raw.cells.iter().find(same_place);
            let text = said.map_or("", |raw| raw.text.as_str());
            if !says_the_same(document, cell, text) {
                self.differences.push(Difference {
                    place: name_of(document, table, cell),
                    file: text.to_owned(),
                    draft: cell.text.clone(),
                });
            } else if let Some(said) = said
                && (said.rows, said.cols) != (cell.rows, cell.cols)
            {
                let span = |rows, cols| format!("占 {rows} 行 {cols} 列");
                self.differences.push(Difference {
                    place: name_of(document, table, cell),
                    file: span(said.rows, said.cols),
                    draft: span(cell.rows, cell.cols),
                });
            }
        }
        let ours = |raw: &RawCell| {
            let mut cells = table.cells.iter();
            cells.any(|cell| (cell.row + above, cell.col) == (raw.row, raw.col))
        };
        let head = |raw: &RawCell| raw.row < above && raw.col == 0;
        let extra = |raw: &&RawCell| !raw.text.trim().is_empty() && !ours(raw) && !head(raw);
        for raw in raw.cells.iter().filter(extra) {
            self.differences.push(Difference {
                place: format!(
                    "{name} · 多出的格（第 {} 行第 {} 列）",
                    raw.row + 1,
                    raw.col + 1
                ),
                file: raw.text.clone(),
                draft: String::new(),
            });
        }
    }
}

/// The cells of a cover put together where a long paragraph goes on in the next ones.
fn put_together(pieces: impl Iterator<Item = String>, ours: &[Entry]) -> Vec<String> {
    let whole: Vec<String> = ours.iter().map(|entry| squeezed(&entry.words)).collect();
    let mut all: Vec<String> = Vec::new();
    for piece in pieces.filter(|piece| !piece.trim().is_empty()) {
        let plain = squeezed(&piece);
        let is_whole = |words: &str| whole.iter().any(|text| text == words);
        let begins_one = |words: &str| whole.iter().any(|text| text.starts_with(words));
        match all.last_mut() {
            // Two that stand by themselves may by chance be the beginning of a third.
            Some(before)
                if !(is_whole(&squeezed(before)) && is_whole(&plain))
                    && begins_one(&all_of(before, &plain)) =>
            {
                before.push_str(&piece);
            }
            _ => all.push(piece),
        }
    }
    all
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
