//! From a report to its document: which blocks it has, in which order, and what stands in them.

use super::clean::{clean, clean_line};
use super::document::{Block, Document, Number, Role, Setting, TableBlock, TableCell};
use super::signature;
use crate::check::{self, Evaluation};
use crate::form::{self, Body, Content, Level, with_year};
use crate::prose::{self, HeadingLevel};
use crate::report::Report;

impl Document {
    /// The document of a report; `digest` is the SHA-256 of its draft's text. With `mark` one that must still be
    /// corrected says so on each page.
    pub fn new(report: &Report, evaluation: &Evaluation, digest: &str, mark: bool) -> Self {
        let form = report.form();
        let errors = evaluation.count(Level::Error);
        let title = clean_line(&report.title());
        let organ = clean_line(report.organ());
        Self {
            title_breaks: title
                .find(&organ)
                .map(|at| at + organ.len())
                .into_iter()
                .collect(),
            title,
            organ,
            year: report.year(),
            relations: relations(report),
            digest: digest.to_owned(),
            mark: check::draft_mark(errors).filter(|_| mark),
            verdict: check::verdict(evaluation),
            years: (report.last_year().into_iter())
                .map(|last| last.figures.clone())
                .chain([check::figures(report)])
                .collect(),
            blocks: blocks(report, evaluation),
            form: form.clone(),
        }
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
    let printed = signature::printed(report);
    let typed = printed.as_ref().and_then(|printed| printed.typed);
    // A signature that was typed below a text is no paragraph of it.
    let text_of = |text| match typed {
        Some((of, end)) if of == text => &report.text(text)[..end],
        _ => report.text(text),
    };
    let mut blocks = Vec::new();
    for (ix, _) in form.indexed_texts() {
        if form.section_of_text(ix).is_none() {
            paragraphs(report.text(ix), &mut blocks);
        }
    }
    for section in &form.sections {
        blocks.push(Block::Heading(clean(&section.heading)));
        match section.body {
            Body::Text(text) => paragraphs(text_of(text), &mut blocks),
            Body::Table(table) => blocks.push(Block::Table(TableBlock {
                table,
                heading: clean(&section.heading),
                sheet: clean(&section.tab),
                ..table_block(report, evaluation, table)
            })),
        }
    }
    blocks.extend(
        printed
            .iter()
            .flat_map(|printed| signature::blocks(&printed.signature)),
    );
    blocks
}

fn paragraphs(text: &str, blocks: &mut Vec<Block>) {
    for line in text.split('\n') {
        let line = clean(line);
        let paragraph = line.trim();
        if !paragraph.is_empty() {
            blocks.push(paragraph_block(paragraph));
        }
    }
}

/// A paragraph, with its heading of the second level (GB/T 9704: `（一）`, in 楷体) if it has one.
fn paragraph_block(paragraph: &str) -> Block {
    let text = paragraph.to_owned();
    match prose::heading(paragraph) {
        Some(heading) if heading.level == HeadingLevel::Bracketed => match heading.end {
            end if end == text.len() => Block::Subheading(text),
            heading => Block::RunIn { text, heading },
        },
        _ => Block::Paragraph(text),
    }
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
                value: evaluation.known(cell),
                computed: evaluation.known_sum(cell),
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
            lines: Vec::new(),
            size: 0.0,
            number,
        }
    });
    let mut cells: Vec<TableCell> = cells.collect();
    let (labels, heads) = (spec.label_cols, spec.head_rows);
    TableBlock {
        table,
        heading: String::new(),
        description: format!("{}，{} 行 {} 列", spec.name, rows.len(), spec.widths.len()),
        sheet: String::new(),
        setting: Setting::new(&spec.widths, labels, rows.len(), heads, &mut cells),
        rows: rows.len(),
        head_rows: spec.head_rows,
        cells,
    }
}
