//! Which of several equal tables of a source is the report's.

use super::cut::cut;
use super::page::Page;
use super::years;
use crate::import::matching::Several;
use crate::import::outcome::{TablesInFile, WhyTable};
use crate::prose::squeezed;
use std::cmp::Reverse;

/// The first one whose caption names the report's year; else the first that names no other.
pub(super) fn choose(page: &Page<'_>, year: Option<i32>, among: &[usize]) -> usize {
    let said = among.iter().map(|table| says_year(page, *table, year));
    let best = said
        .enumerate()
        .max_by_key(|(nth, said)| (*said, Reverse(*nth)));
    best.map_or(0, |(nth, _)| nth)
}

/// What a table's caption says of the year, the more the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum SaysYear {
    Another,
    None,
    Ours,
}

fn says_year(page: &Page<'_>, table: usize, year: Option<i32>) -> SaysYear {
    const LAST_YEAR: [&str; 3] = ["上年", "去年", "上一年"];
    let caption = page.captions.get(table).map_or(&[][..], Vec::as_slice);
    let named = years::named(caption.iter().copied());
    let of_last_year = |line: &&str| LAST_YEAR.iter().any(|word| line.contains(word));
    if year.is_some_and(|year| named.contains_key(&year)) {
        SaysYear::Ours
    } else if year.is_some() && !named.is_empty() || caption.iter().any(of_last_year) {
        SaysYear::Another
    } else {
        SaysYear::None
    }
}

/// What is said of a choice.
pub(super) fn told(
    page: &Page<'_>,
    year: Option<i32>,
    is_asked: bool,
    name: &str,
    several: &Several,
) -> TablesInFile {
    let says = |nth: usize| says_year(page, several.among[nth], year);
    let own = says(several.chosen);
    let differ = (0..several.among.len()).any(|nth| says(nth) < own);
    let why = match own {
        _ if is_asked => WhyTable::Asked,
        SaysYear::Ours if differ => WhyTable::NamesYear,
        SaysYear::None if differ => WhyTable::OthersNameOtherYears,
        _ => WhyTable::First,
    };
    let all = several.among.iter().map(|table| known_by(page, *table));
    TablesInFile {
        table: several.table,
        name: name.to_owned(),
        all: all.collect(),
        chosen: several.chosen,
        why,
    }
}

/// By what a clerk knows a table: the line above it, and its first numbers.
fn known_by(page: &Page<'_>, table: usize) -> String {
    const SHOWN: usize = 5;
    let caption = page.captions.get(table).and_then(|lines| lines.first());
    let caption = caption.map(|line| format!("表前写着“{}”，", cut(line)));
    let rows = page
        .content
        .tables
        .get(table)
        .map_or(&[][..], |table| &table.rows);
    let numbers = |row: &Vec<_>| {
        let texts = row
            .iter()
            .map(|cell: &crate::import::matching::SourceCell<'_>| squeezed(&cell.raw.text));
        let numbers = texts.filter(|text| text.parse::<f64>().is_ok());
        numbers.take(SHOWN).collect::<Vec<_>>()
    };
    let first = rows.iter().map(numbers).find(|numbers| !numbers.is_empty());
    let first = first.unwrap_or_default().join(" ");
    format!("{}先是 {first}", caption.unwrap_or_default())
}
