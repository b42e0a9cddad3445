//! A report out of a document: whose it is, which form it fills in, its numbers by the form's own labels, its texts by
//! the form's own headings. What was not found is listed, and nothing is guessed.

mod facts;
mod gathered;
mod headings;
mod left_over;
mod numbers;
mod page;
mod tables;
mod texts;
mod title;

use super::error::ReadError;
use super::outcome::{Imported, Remark};
use super::source::Source;
use gathered::Gathered;
use page::Page;

/// Lines of text; a report has some hundreds.
const MAX_LINES: usize = 20_000;

/// Reads a report out of what stands in a document.
///
/// # Errors
/// If nothing of any form was found, or no year, or far too much for a report.
pub fn from_source(source: &Source) -> Result<Imported, ReadError> {
    if source.parts.len() > MAX_LINES {
        return Err(ReadError::TooManyLines(source.parts.len()));
    }
    let page = Page::of(source);
    let facts = facts::read(&page, source);
    let found = tables::find(&page, facts.year).ok_or(ReadError::NoTables)?;
    let year = facts.year.ok_or(ReadError::NoYear)?;
    let form = found.best().form.clone();
    let mut gathered = Gathered::new(form.clone(), facts.organ, year);
    gathered.remarks.extend_from_slice(&source.remarks);
    gathered.remarks.extend(facts.remark);
    numbers::place(&mut gathered, &found.best().recognised);
    numbers::name_rows_of_other_forms(&mut gathered, &found);
    let used = left_over::Used::of(found.best(), &page);
    gathered.left_over = left_over::rows(&used, &page);
    texts::place(&mut gathered, &page, facts.body, &used);
    if !form.years.contains(year) {
        let form = form.name.clone();
        gathered
            .remarks
            .push(Remark::FormOfOtherYears { year, form });
    }
    let words = found.into_best().recognised.words;
    Ok(Imported {
        words: words.into_iter().collect(),
        ..gathered.into_imported()
    })
}
