//! A report out of a document: whose it is, which form it fills in, its numbers by the form's own labels, its texts by
//! the form's own headings. What was not found is listed, and nothing is guessed.

mod choice;
mod continued;
mod cut;
mod facts;
mod gathered;
mod headings;
mod left_over;
mod numbers;
mod organ;
mod page;
mod several;
mod site;
mod stated;
mod tables;
mod texts;
mod title;
mod unfold;
mod years;

use super::error::ReadError;
use super::matching::upright;
use super::outcome::{Imported, Remark, ReportInFile, TablesInFile, Wanted};
use super::source::{Part, RawTable, Source};
use crate::form::{CHARTS_HEAD, LIST_HEAD};
use facts::Facts;
use gathered::Gathered;
use page::Page;
use several::Piece;
use tables::AllFound;

/// Lines of text; a report has some hundreds.
const MAX_LINES: usize = 20_000;

/// Reads a report out of what stands in a document. Where nothing names the year, [`Imported::lacks_year`].
///
/// # Errors
/// If it is no report of this kind, or far too much for one.
pub fn from_source(source: &Source) -> Result<Imported, ReadError> {
    from_source_as(source, &Wanted::default())
}

/// The same with what the clerk has said of it.
///
/// # Errors
/// As [`from_source`].
pub fn from_source_as(source: &Source, wanted: &Wanted) -> Result<Imported, ReadError> {
    if source.parts.len() > MAX_LINES {
        return Err(ReadError::TooManyLines(source.parts.len()));
    }
    let source = continued::put_together(source);
    let mut source = upright(unfold::unfold(&source));
    if source.tables().any(is_list) {
        let is_list = |part: &Part| matches!(part, Part::Table(table) if is_list(table));
        source.to_mut().parts.retain(|part| !is_list(part));
    }
    let page = Page::of(&source);
    let pieces = several::find(&page, &source);
    let reports: Vec<ReportInFile> = pieces.iter().map(|piece| piece.is.clone()).collect();
    let chosen = wanted.report.unwrap_or_else(|| named(&pieces, &source));
    let Some(piece) = pieces.get(chosen) else {
        return read(&page, &source, wanted);
    };
    let own = piece.cut_out(&source);
    let mut imported = read(&Page::of(&own), &own, wanted)?;
    let remark = Remark::SeveralReports {
        all: reports.clone(),
        chosen,
    };
    imported.remarks.insert(0, remark);
    Ok(Imported {
        reports,
        chosen,
        ..imported
    })
}

/// Whether a table only says the numbers of the others once more, as our own workbooks do: in a list, or beside charts.
fn is_list(table: &RawTable) -> bool {
    let first = table.cells.first();
    if first.is_some_and(|cell| cell.text == CHARTS_HEAD) {
        return true;
    }
    let head = table.cells.iter().take(LIST_HEAD.len());
    let head = head.map(|cell| (cell.row, cell.text.as_str()));
    table.cols == LIST_HEAD.len() && head.eq(LIST_HEAD.map(|words| (0, words)))
}

/// Which of several reports the file's own title names; else the first.
fn named(pieces: &[Piece], source: &Source) -> usize {
    let title = source.properties.get("title");
    let year = title
        .and_then(|title| title::of_page(title))
        .and_then(|said| said.year);
    let mut fits = pieces.iter();
    let fits = fits.position(|piece| year.is_some() && piece.is.year == year);
    fits.unwrap_or(0)
}

fn read(page: &Page<'_>, source: &Source, wanted: &Wanted) -> Result<Imported, ReadError> {
    let mut facts = facts::read(page, source);
    if let Some(year) = wanted.year {
        facts.year = Some(year);
        facts.remarks.retain(|remark| !remark.is_about_year());
    }
    let found = tables::find(page, facts.year, wanted);
    let has_tables = !found.is_empty();
    if !has_tables && !is_report(&facts, page) {
        return Err(ReadError::NoTables);
    }
    let form = found.best().form.clone();
    // Never shown as the report's: it is asked for first.
    let year = facts.year.unwrap_or(form.years.from);
    let mut gathered = Gathered::new(form.clone(), facts.organ, year);
    gathered.remarks.extend_from_slice(&source.remarks);
    gathered.remarks.extend(facts.remarks);
    if facts.year.is_none() {
        gathered.remarks.push(Remark::NoYear);
    }
    if !has_tables {
        gathered.remarks.push(Remark::NoTables);
    }
    let several = several_tables(&found, page, facts.year, wanted);
    let told = several.iter().cloned().map(Remark::SeveralTables);
    gathered.remarks.extend(told);
    numbers::place(&mut gathered, &found.best().recognised);
    numbers::name_rows_of_other_forms(&mut gathered, &found);
    let used = left_over::Used::of(found.best(), page);
    gathered.left_over = left_over::rows(&used, page);
    gathered.left_over.extend(texts::above(page, facts.title));
    texts::place(&mut gathered, page, facts.body, &used);
    let is_too_old = facts.year.is_some_and(tables::is_before_all_forms);
    if is_too_old {
        gathered.remarks.push(Remark::BeforeAllForms(year));
    } else if facts.year.is_some() && !form.years.contains(year) {
        let form = form.name.clone();
        gathered
            .remarks
            .push(Remark::FormOfOtherYears { year, form });
    }
    let words = found.into_best().recognised.words;
    Ok(Imported {
        words: words.into_iter().collect(),
        tables: source.tables().cloned().collect(),
        several_tables: several,
        wanted: wanted.clone(),
        lacks_year: facts.year.is_none(),
        ..gathered.into_imported()
    })
}

/// The tables that the source has more than once, and which of them were read.
fn several_tables(
    found: &AllFound,
    page: &Page<'_>,
    year: Option<i32>,
    wanted: &Wanted,
) -> Vec<TablesInFile> {
    let best = found.best();
    let told = best.recognised.several.iter().map(|several| {
        let is_asked = wanted.tables.contains_key(&several.table);
        let name = &best.form.tables[several.table].name;
        choice::told(page, year, is_asked, name, several)
    });
    told.collect()
}

/// Whether a document without any table is a report of this kind all the same: it says so, or has its parts.
fn is_report(facts: &Facts, page: &Page<'_>) -> bool {
    const SOME_PARTS: usize = 2;
    // A list of reports is none.
    const SEVERAL: usize = 3;
    let parts = page.headings.count();
    let titles = || title::all(&page.lines);
    parts >= SOME_PARTS || facts.is_titled && (parts > 0 || titles().len() < SEVERAL)
}
