//! Documents as they come out of other people's hands: labels misspelt, rows and columns lost or doubled, tables torn.
//! What is still there is read, what is lost is listed, and nothing is wrong in silence.

use crate::support::random::{Random, balanced};
use crate::support::{exported, published};
use nianbao::check;
use nianbao::export::Format;
use nianbao::form;
use nianbao::import::source::{Part, RawCell, RawTable, Source};
use nianbao::import::{from_source, read};
use nianbao::report::Report;
use nianbao::value::Value;
use std::collections::BTreeMap;

/// What becomes of a document, and which of the report's cells it still has.
struct Damaged {
    what: &'static str,
    source: Source,
    /// Cells of the source that were taken out or spoilt, as (table, row, column).
    lost: Vec<(usize, usize, usize)>,
}

const WAYS: [&str; 10] = [
    "misspelt",
    "numbering",
    "blanks in labels",
    "row lost",
    "row doubled",
    "column lost",
    "torn",
    "run together",
    "heads again",
    "emptied",
];

fn is_label(cell: &RawCell) -> bool {
    cell.text.chars().filter(|c| !c.is_ascii_digit()).count() >= 6
}

fn table_mut(source: &mut Source, nth: usize) -> &mut RawTable {
    let mut tables = source.parts.iter_mut().filter_map(|part| match part {
        Part::Table(table) => Some(table),
        Part::Text(_) => None,
    });
    tables.nth(nth).unwrap()
}

fn damage(source: &Source, way: &'static str, random: &mut Random) -> Damaged {
    let mut source = source.clone();
    let mut lost = Vec::new();
    let nth = random.below(3);
    let rows_of_numbers: Vec<usize> = {
        let table = table_mut(&mut source, nth);
        (0..table.rows)
            .filter(|&row| {
                table
                    .cells
                    .iter()
                    .any(|cell| cell.row == row && cell.col > 0 && cell.text.parse::<i64>().is_ok())
            })
            .collect()
    };
    let row = *random.pick(&rows_of_numbers);
    let table = table_mut(&mut source, nth);
    match way {
        "misspelt" => {
            for _ in 0..3 {
                let labels: Vec<usize> = (0..table.cells.len())
                    .filter(|&at| is_label(&table.cells[at]))
                    .collect();
                if labels.is_empty() {
                    break;
                }
                let text = &mut table.cells[*random.pick(&labels)].text;
                let mut characters: Vec<char> = text.chars().collect();
                let at = 2 + random.below(characters.len() - 3);
                match random.below(3) {
                    0 => drop(characters.remove(at)),
                    1 => characters[at] = '某',
                    _ => characters.insert(at, '的'),
                }
                *text = characters.into_iter().collect();
            }
        }
        "numbering" => table
            .cells
            .iter_mut()
            .filter(|cell| is_label(cell))
            .for_each(|cell| {
                cell.text = cell
                    .text
                    .replace('.', "、")
                    .replace('（', "(")
                    .replace('）', ") ");
            }),
        "blanks in labels" => table
            .cells
            .iter_mut()
            .filter(|cell| is_label(cell))
            .for_each(|cell| {
                let spread: Vec<String> = cell.text.chars().map(String::from).collect();
                cell.text = spread.join(if random.below(2) == 0 { " " } else { "\n" });
            }),
        "row lost" => {
            let here = |cell: &RawCell| cell.row == row;
            lost.extend(
                table
                    .cells
                    .iter()
                    .filter(|cell| here(cell))
                    .map(|cell| (nth, cell.row, cell.col)),
            );
            table.cells.retain(|cell| !here(cell) || cell.rows > 1);
        }
        "row doubled" => {
            let copy: Vec<RawCell> = table
                .cells
                .iter()
                .filter(|cell| cell.row == row && cell.rows == 1)
                .cloned()
                .collect();
            for cell in &mut table.cells {
                if cell.row > row {
                    cell.row += 1;
                } else if cell.row + cell.rows > row + 1 {
                    cell.rows += 1;
                }
            }
            table.rows += 1;
            table.cells.extend(copy.into_iter().map(|cell| RawCell {
                row: row + 1,
                ..cell
            }));
            table.cells.sort_by_key(|cell| (cell.row, cell.col));
        }
        "column lost" => {
            let col = table.cols - 1 - random.below(3.min(table.cols - 1));
            let gone = |cell: &RawCell| cell.col == col && cell.cols == 1;
            lost.extend(
                table
                    .cells
                    .iter()
                    .filter(|cell| gone(cell))
                    .map(|cell| (nth, cell.row, cell.col)),
            );
            table.cells.retain(|cell| !gone(cell));
            for cell in &mut table.cells {
                if cell.col > col {
                    cell.col -= 1;
                } else if cell.col + cell.cols > col {
                    cell.cols -= 1;
                }
            }
            table.cols -= 1;
        }
        "torn" => {
            let below: Vec<RawCell> = table
                .cells
                .iter()
                .filter(|cell| cell.row >= row)
                .cloned()
                .map(|cell| RawCell {
                    row: cell.row - row,
                    ..cell
                })
                .collect();
            let rest = RawTable {
                rows: table.rows - row,
                cells: below,
                ..table.clone()
            };
            table.cells.retain(|cell| cell.row < row);
            table.rows = row;
            let at = source
                .parts
                .iter()
                .enumerate()
                .filter(|(_, part)| part.table().is_some())
                .nth(nth)
                .unwrap()
                .0;
            source.parts.insert(at + 1, Part::Table(rest));
        }
        "run together" => {
            let cells: Vec<usize> = (1..table.cells.len())
                .filter(|&at| {
                    let (a, b) = (&table.cells[at - 1], &table.cells[at]);
                    a.row == row
                        && b.row == row
                        && a.text.parse::<i64>().is_ok()
                        && b.text.parse::<i64>().is_ok()
                })
                .collect();
            if let Some(&at) = cells.get(random.below(cells.len())) {
                let second = table.cells.remove(at);
                let first = &mut table.cells[at - 1];
                let gap = if random.below(2) == 0 { " " } else { "" };
                first.text = format!("{}{gap}{}", first.text, second.text);
                first.cols += second.cols;
                lost.extend([(nth, first.row, first.col), (nth, second.row, second.col)]);
            }
        }
        "heads again" => {
            let heads: Vec<RawCell> = table
                .cells
                .iter()
                .filter(|cell| cell.row + cell.rows <= 3)
                .cloned()
                .collect();
            let heads: Vec<RawCell> = heads
                .into_iter()
                .filter(|cell| cell.text.parse::<i64>().is_err())
                .collect();
            for cell in &mut table.cells {
                if cell.row >= row {
                    cell.row += 3;
                } else if cell.row + cell.rows > row {
                    cell.rows += 3;
                }
            }
            table.rows += 3;
            table.cells.extend(heads.into_iter().map(|cell| RawCell {
                row: cell.row + row,
                ..cell
            }));
            table.cells.sort_by_key(|cell| (cell.row, cell.col));
        }
        "emptied" => {
            for cell in &mut table.cells {
                if cell.text.parse::<i64>().is_ok() {
                    lost.push((nth, cell.row, cell.col));
                    cell.text.clear();
                }
            }
        }
        other => unreachable!("{other}"),
    }
    Damaged {
        what: way,
        source,
        lost,
    }
}

/// `VARIANTS=2000 cargo test --test it damaged -- --nocapture` runs the whole campaign.
#[test]
fn what_is_still_there_is_read_and_nothing_is_wrong_in_silence() {
    let variants: u64 = std::env::var("VARIANTS").map_or(150, |n| n.parse().unwrap());
    let mut reports: Vec<Report> = published().into_iter().map(|(_, it)| it.report).collect();
    for seed in 0..4 {
        let form = &form::official()[seed as usize % 2];
        reports.push(balanced(form, 90, &mut Random::new(seed)));
    }
    let sources: Vec<Source> = reports
        .iter()
        .map(|report| read::read(&exported(report, Format::Html)).unwrap())
        .collect();
    let mut tally: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut silent = Vec::new();
    for seed in 0..variants {
        let mut random = Random::new(seed * 7919 + 1);
        let which = random.below(reports.len());
        let (truth, whole) = (&reports[which], &sources[which]);
        let Damaged { what, source, lost } =
            damage(whole, WAYS[seed as usize % WAYS.len()], &mut random);
        let document = crate::support::document(truth);
        let evaluation = check::evaluate(truth);
        let Ok(read) = from_source(&source) else {
            panic!("{seed} {what}: nothing was read");
        };
        let counts = tally.entry(what).or_default();
        let listed: Vec<&str> = read
            .not_placed
            .iter()
            .map(|cell| cell.id.as_str())
            .collect();
        for (nth, table) in document.tables().enumerate() {
            for cell in &table.cells {
                let Some(number) = cell.number else { continue };
                let spec = truth.form().cell(number.cell);
                // A total is worked out anyway.
                if spec.computed || evaluation.effective(number.cell).is_blank() {
                    continue;
                }
                let ix = read.report.form().find(&spec.id);
                let value = ix.map_or(Value::Blank, |ix| read.report.value(ix));
                let is_listed = listed.contains(&spec.id.as_str());
                let gone = lost.contains(&(nth, cell.row, cell.col));
                if value.same_number(evaluation.effective(number.cell)) && !gone {
                    counts[0] += 1;
                } else if gone && (value.is_blank() || is_listed) {
                    counts[2] += 1;
                } else if value.is_blank() && is_listed {
                    counts[1] += 1;
                } else if gone && value.same_number(evaluation.effective(number.cell)) {
                    // Run together and yet told apart: right, however it came about.
                    counts[0] += 1;
                } else {
                    silent.push(format!("{seed} {what} {}: {value:?}", spec.id));
                }
            }
        }
    }
    let [right, missed, _] = tally.values().fold([0; 3], |sum, one| {
        std::array::from_fn(|at| sum[at] + one[at])
    });
    for (what, [right, missed, lost]) in &tally {
        println!(
            "{what:<18} 还在的 {} 格，读对 {right}，列出没读到 {missed}；毁掉的 {lost} 格",
            right + missed
        );
    }
    println!(
        "读对 {:.3} %，不声不响读错 {}",
        right as f64 * 100.0 / (right + missed) as f64,
        silent.len()
    );
    assert_eq!(silent.len(), 0, "{:#?}", &silent[..silent.len().min(12)]);
    assert!(
        missed * 200 <= right + missed,
        "{missed} of {}",
        right + missed
    );
}
