//! The form's own words in a published page: headings, labels and heads that say something else.

use super::departure::{Became, Departure};
use crate::check;
use crate::export::Document;
use crate::export::document::TableBlock;
use crate::import::Imported;
use crate::import::source::RawTable;
use crate::prose::{Wording, half_width};
use crate::report::Report;

/// Headings, labels and heads that are nearly the form's.
pub(super) fn other_words(draft: &Report, page: &Imported) -> Vec<Departure> {
    let mut found = Vec::new();
    if page.report.form().id != draft.form().id {
        return found;
    }
    for (section, said) in &page.headings {
        let heading = &draft.form().sections[*section].heading;
        if key(said) != key(heading) {
            found.push(other("标题".to_owned(), said, heading));
        }
    }
    // Only the tables are looked at.
    let document = Document::new(draft, &check::evaluate(draft), "", false);
    for block in document.tables() {
        let name = &draft.form().tables[block.table].name;
        for (said, ours) in nearly(block, &page.tables) {
            found.push(other(name.clone(), &said, &ours));
        }
    }
    found
}

fn other(place: String, said: &str, ours: &str) -> Departure {
    Departure {
        place,
        what: Became::Other(said.to_owned(), ours.to_owned()),
        take: None,
    }
}

/// Words of a table that stand nowhere on the page, with what stands there nearly so.
fn nearly(block: &TableBlock, tables: &[RawTable]) -> Vec<(String, String)> {
    let printed = block.cells.iter().filter(|cell| cell.number.is_none());
    let ours: Vec<(String, &str)> = printed.map(|cell| (key(&cell.text), &*cell.text)).collect();
    let theirs = tables.iter().flat_map(|table| &table.cells);
    let theirs: Vec<(String, &str)> = theirs.map(|cell| (key(&cell.text), &*cell.text)).collect();
    let stands_there = |own: &str| theirs.iter().any(|(said, _)| said.contains(own));
    let is_ours = |said: &str| ours.iter().any(|(own, _)| own == said);
    let lost = ours
        .iter()
        .filter(|(own, _)| !own.is_empty() && !stands_there(own));
    let others = theirs.iter().filter(|(said, _)| !is_ours(said));
    let others: Vec<(Wording, &str, &str)> = others
        .map(|(said, words)| (Wording::new(said), &**said, *words))
        .collect();
    let pairs = lost.filter_map(|(own, words)| {
        let wording = Wording::new(own);
        let (.., said) = others
            .iter()
            .find(|(other, key, _)| other.is_nearly(&wording) || is_one_character_off(key, own))?;
        Some(((*said).to_owned(), words.replace('\n', "")))
    });
    let mut told = Vec::new();
    for pair in pairs {
        // A label that stands in several places is misspelt in all of them at once.
        if !told.contains(&pair) {
            told.push(pair);
        }
    }
    told
}

/// Whether short words differ in one character only (自燃人 for 自然人): too few are the same to be nearly so.
fn is_one_character_off(said: &str, own: &str) -> bool {
    const LEAST: usize = 3;
    let (said, own): (Vec<char>, Vec<char>) = (said.chars().collect(), own.chars().collect());
    let differing = said.iter().zip(&own).filter(|(a, b)| a != b).count();
    own.len() >= LEAST && said.len() == own.len() && differing == 1
}

/// Words as they are compared: letters and digits only.
fn key(words: &str) -> String {
    let all = words.chars().map(half_width);
    all.filter(|c| c.is_alphanumeric()).collect()
}
