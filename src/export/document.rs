//! A report as a printed document: title, headings, paragraphs and the official tables, in order.
//!
//! Made once from the form's resolved grids; Word, Excel, PDF and the web page are written from this alone, and
//! `verify` holds what it reads back against it. Only what differs between two kinds of file is left to the writers.

use crate::check::Evaluation;
use crate::form::{self, Body, CellIx, Content, Form, Level, with_year};
use crate::report::Report;
use crate::value::{Kind, Value};
use std::ops::Range;
use std::sync::Arc;

/// The property of an exported file that holds the draft's SHA-256.
pub const DIGEST: &str = "nianbao-draft-sha256";

/// A report ready to be written.
#[derive(Clone, Debug)]
pub struct Document {
    /// The official title.
    pub title: String,
    /// Where the title is best broken: right behind the organ's name, in bytes.
    pub title_break: usize,
    /// The organ that reports.
    pub organ: String,
    /// The year reported on.
    pub year: i32,
    /// The form that is filled in.
    pub form: Arc<Form>,
    /// The relations (in [`Form::relations`]) that hold for this organ and these rows.
    pub relations: Vec<usize>,
    /// The SHA-256 of the draft's text, in lower-case hexadecimal digits.
    pub digest: String,
    /// What says on each page that the report is not finished, e.g. `草稿`.
    pub mark: Option<String>,
    /// The verdict of the checks in one line.
    pub verdict: String,
    /// Headings, paragraphs and tables, in order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// The heading of a section, e.g. `一、总体情况`.
    Heading(String),
    /// A paragraph that heads those after it, e.g. `（一）加强组织领导`.
    Subheading(String),
    /// A paragraph.
    Paragraph(String),
    /// A table.
    Table(TableBlock),
}

/// An official table, without the rows that this report does not have.
#[derive(Clone, Debug)]
pub struct TableBlock {
    /// Its index in [`Form::tables`].
    pub table: usize,
    /// The heading above it.
    pub heading: String,
    /// The name of a sheet for it, e.g. `三、依申请公开`.
    pub sheet: String,
    /// Relative column widths.
    pub widths: Vec<u32>,
    /// The number of rows.
    pub rows: usize,
    /// Rows at the top that are repeated on every page.
    pub head_rows: usize,
    /// Its cells in reading order.
    pub cells: Vec<TableCell>,
}

/// A cell of a printed table.
#[derive(Clone, Debug)]
pub struct TableCell {
    /// The first row.
    pub row: usize,
    /// The first column.
    pub col: usize,
    /// Rows covered, at least 1.
    pub rows: usize,
    /// Columns covered, at least 1.
    pub cols: usize,
    /// What it is.
    pub role: Role,
    /// What it shows; `\n` where a label has line breaks of its own.
    pub text: String,
    /// The number in it, where it holds one.
    pub number: Option<Number>,
}

/// What a printed cell is, and thereby how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The full-width head of a block of rows.
    Block,
    /// A column's head.
    Head,
    /// A remark in the place of a head.
    Note,
    /// A label that heads a line of figures.
    Label,
    /// A label in the middle of its cell: of several rows, or of a table without a label column.
    CentredLabel,
    /// A number.
    Value,
}

/// The number in a cell.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// The form's cell.
    pub cell: CellIx,
    /// What the report says in it.
    pub value: Value,
    /// What adds up in it, of a computed cell; what is filled in, of another.
    pub computed: Value,
    /// Whether the report states another total than adds up.
    pub stated: bool,
}

impl Role {
    /// Whether its words stand in the middle.
    pub fn is_centred(self) -> bool {
        matches!(self, Self::Head | Self::CentredLabel | Self::Value)
    }
}

impl Document {
    /// The document of a report; `digest` is the SHA-256 of its draft's text. With `mark` one that must still be
    /// corrected says so on each page.
    pub fn new(report: &Report, evaluation: &Evaluation, digest: &str, mark: bool) -> Self {
        let form = report.form();
        let errors = evaluation.count(Level::Error);
        let title = clean(&report.title());
        let organ = clean(report.organ());
        Self {
            title_break: title.find(&organ).map_or(0, |at| at + organ.len()),
            title,
            organ,
            year: report.year(),
            relations: relations(report),
            digest: digest.to_owned(),
            mark: (mark && errors > 0).then(|| format!("草稿（还有 {errors} 处必改）")),
            verdict: crate::check::verdict(evaluation),
            blocks: blocks(report, evaluation),
            form: form.clone(),
        }
    }

    /// The title on one line, or on two where it is too long for one: the organ's name, then the rest.
    pub fn title_lines(&self) -> Vec<&str> {
        match self.title.split_at(self.title_break) {
            (organ, rest)
                if !organ.is_empty()
                    && !rest.is_empty()
                    && self.title.chars().count() > super::page::TITLE_CHARACTERS =>
            {
                vec![organ, rest]
            }
            _ => vec![&self.title],
        }
    }

    /// What the file says about where it comes from, by name.
    pub fn properties(&self) -> [(&'static str, &str); 3] {
        [
            (DIGEST, &self.digest),
            ("nianbao-form", &self.form.id),
            ("nianbao-version", env!("CARGO_PKG_VERSION")),
        ]
    }

    /// The tables in it.
    pub fn tables(&self) -> impl Iterator<Item = &TableBlock> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}

impl TableBlock {
    /// The columns' widths when the table is at most `whole` wide; equal ones stay equal.
    pub fn widths_in(&self, whole: u32) -> Vec<u32> {
        let sum: u64 = self.widths.iter().copied().map(u64::from).sum();
        let share = |&width: &u32| (u64::from(width) * u64::from(whole) / sum.max(1)) as u32;
        self.widths.iter().map(share).collect()
    }

    /// The cells that stand in a row or reach into it from above, from left to right.
    pub fn covering(&self, row: usize) -> Vec<&TableCell> {
        let reaches = |cell: &&TableCell| (cell.row..cell.row + cell.rows).contains(&row);
        let mut cells: Vec<&TableCell> = self.cells.iter().filter(reaches).collect();
        cells.sort_by_key(|cell| cell.col);
        cells
    }
}

impl TableCell {
    /// The columns that it covers.
    pub fn columns(&self) -> Range<usize> {
        self.col..self.col + self.cols
    }
}

fn relations(report: &Report) -> Vec<usize> {
    let applies = |relation: &form::Relation| {
        relation.organs.contain(report.organ())
            && relation
                .addition
                .is_none_or(|addition| report.has_addition(addition))
    };
    let all = report.form().relations.iter().enumerate();
    all.filter(|(_, relation)| applies(relation))
        .map(|(index, _)| index)
        .collect()
}

fn blocks(report: &Report, evaluation: &Evaluation) -> Vec<Block> {
    let form = report.form();
    let mut blocks = Vec::new();
    for (ix, _) in form.indexed_texts() {
        if form.section_of_text(ix).is_none() {
            paragraphs(report.text(ix), &mut blocks);
        }
    }
    for section in &form.sections {
        blocks.push(Block::Heading(clean(&section.heading)));
        match section.body {
            Body::Text(text) => paragraphs(report.text(text), &mut blocks),
            Body::Table(table) => blocks.push(Block::Table(TableBlock {
                table,
                heading: clean(&section.heading),
                sheet: clean(&section.tab),
                ..table_block(report, evaluation, table)
            })),
        }
    }
    blocks
}

fn paragraphs(text: &str, blocks: &mut Vec<Block>) {
    for line in text.split('\n') {
        let line = clean(line);
        let paragraph = line.trim();
        if is_subheading(paragraph) {
            blocks.push(Block::Subheading(paragraph.to_owned()));
        } else if !paragraph.is_empty() {
            blocks.push(Block::Paragraph(paragraph.to_owned()));
        }
    }
}

/// Whether a paragraph is a heading of the second level (GB/T 9704: `（一）`, in 楷体): numbered so, on a line of its own
/// and no sentence.
fn is_subheading(paragraph: &str) -> bool {
    const LONGEST: usize = 28;
    let numbered = paragraph
        .strip_prefix('（')
        .and_then(|rest| rest.split_once('）'))
        .is_some_and(|(number, words)| {
            !number.is_empty()
                && number.chars().all(|c| "一二三四五六七八九十".contains(c))
                && !words.is_empty()
        });
    numbered
        && paragraph.chars().count() <= LONGEST
        && !paragraph.ends_with(['。', '；', '：', '，', ';', ':', '!', '！'])
}

fn table_block(report: &Report, evaluation: &Evaluation, table: usize) -> TableBlock {
    let form = report.form();
    let spec = &form.tables[table];
    let shown = |row: &usize| spec.grid.rows[*row].is_none_or(|a| report.has_addition(a));
    let rows: Vec<usize> = (0..spec.grid.rows.len()).filter(shown).collect();
    let place = |row: usize| rows.partition_point(|&shown| shown < row);
    let cells = report.grid_cells(spec).map(|(_, cell)| {
        let role = match &cell.content {
            Content::Block(_) => Role::Block,
            Content::Head(_) => Role::Head,
            Content::Note(_) => Role::Note,
            Content::Label(_) if cell.rows > 1 || spec.label_cols == 0 => Role::CentredLabel,
            Content::Label(_) => Role::Label,
            Content::Value(_) => Role::Value,
        };
        let number = match cell.content {
            Content::Value(cell) => Some(Number {
                cell,
                value: evaluation.effective(cell),
                computed: evaluation.value(cell),
                stated: report.stated(cell).is_some(),
            }),
            _ => None,
        };
        let text = match (&cell.content, number) {
            (_, Some(number)) => number.value.printed(form.cell(number.cell).kind),
            (content, None) => clean(&with_year(
                content.words().unwrap_or_default(),
                report.year(),
            )),
        };
        TableCell {
            row: place(cell.row),
            col: cell.col,
            rows: place(cell.row + cell.rows) - place(cell.row),
            cols: cell.cols,
            role,
            text,
            number,
        }
    });
    TableBlock {
        table,
        heading: String::new(),
        sheet: String::new(),
        widths: spec.widths.clone(),
        rows: rows.len(),
        head_rows: spec.head_rows,
        cells: cells.collect(),
    }
}

/// Text without what no printed page can show and no XML file may hold: control and invisible characters. Tabs become
/// blanks.
pub fn clean(text: &str) -> String {
    let visible = |c: char| match c {
        '\t' => Some(' '),
        '\n' => Some(c),
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        // Variants of a character, which no font at hand could show anyway.
        | '\u{180B}'..='\u{180D}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}'
        | '\u{FFF9}'..='\u{FFFB}' => None,
        c if c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE => None,
        '\u{FDD0}'..='\u{FDEF}' => None,
        c => Some(c),
    };
    text.chars().filter_map(visible).collect()
}

/// How a kind of number looks in a spreadsheet. An amount without decimals leaves room for those typed later.
pub fn number_format(kind: Kind, value: Value) -> String {
    match (kind, value) {
        (Kind::Signed, _) => "+0;-0;0".to_owned(),
        (_, Value::Amount(amount)) if amount.scale() > 0 => {
            format!("0.{}", "0".repeat(amount.scale() as usize))
        }
        (Kind::Amount, _) => "General".to_owned(),
        _ => "0".to_owned(),
    }
}
