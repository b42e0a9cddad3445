//! One row of the form in several tables of the source: each holds a block of its columns (行政复议｜行政诉讼).

use super::cell_text::{CellText, RowTexts};
use super::fields;
use super::form_words::{Block, TableWords, WantedRow};
use super::likeness::Likeness;
use super::tables::{SourceCell, SourceTable};
use super::vocabulary::Vocabulary;

/// The texts of the row, out of the tables that hold one block each; nothing if none does.
pub(super) fn row<'a>(
    tables: &[SourceTable<'a>],
    vocabulary: &Vocabulary,
    likeness: &Likeness,
    words: &TableWords,
    row: &WantedRow,
) -> Option<RowTexts<'a>> {
    let mut texts: RowTexts<'a> = vec![None; row.cells.len()];
    for table in tables {
        let found = words.blocks.iter().filter_map(|block| {
            let named = is_named(table, vocabulary, likeness, block);
            let numbers = numbers(table, likeness, words, row, block).filter(|_| named)?;
            Some((block, numbers))
        });
        let found: Vec<_> = found.collect();
        // A table that could be two blocks is none.
        if let [(block, numbers)] = found.as_slice() {
            let cells = block.cells.clone().zip(numbers);
            for (at, text) in cells {
                texts[at] = texts[at].or(Some(CellText::of(text)));
            }
        }
    }
    texts.iter().any(Option::is_some).then_some(texts)
}

/// Whether a block's name stands in a table, over it, or on its sheet, and that of no other block which is as wide.
fn is_named(
    table: &SourceTable<'_>,
    vocabulary: &Vocabulary,
    likeness: &Likeness,
    block: &Block,
) -> bool {
    let name = Some(block.name);
    let cells = || table.rows.iter().flatten();
    let stands_in = cells().any(|cell| likeness.exact(cell.word) == name);
    let over = table.caption.map(|word| vocabulary.word(word));
    let stands_over = over.is_some_and(|over| over.text.ends_with(&block.plain));
    stands_in || stands_over || table.name.ends_with(&block.plain)
}

/// The numbers below the block's heads, if those stand in one row in their order.
fn numbers<'a>(
    table: &SourceTable<'a>,
    likeness: &Likeness,
    words: &TableWords,
    row: &WantedRow,
    block: &Block,
) -> Option<Vec<&'a str>> {
    let wanted = &words.head_lists[row.heads][block.cells.clone()];
    let is_heads = |cells: &[SourceCell<'_>]| {
        let heads = cells.iter().map(|cell| likeness.exact(cell.word));
        let known: Vec<_> = heads.filter(Option::is_some).collect();
        known == wanted
    };
    let heads = table.rows.iter().position(|cells| is_heads(cells))?;
    let below = table.rows[heads + 1..].iter();
    let mut rows = below.filter_map(|cells| {
        let is_number = |cell: &&SourceCell<'_>| fields::is_number(cell.raw.text.trim());
        let numbers = cells.iter().filter(is_number);
        let numbers: Vec<&str> = numbers.map(|cell| cell.raw.text.as_str()).collect();
        (numbers.len() == wanted.len()).then_some(numbers)
    });
    let first = rows.next();
    // Of several such rows nobody knows which is meant.
    first.filter(|_| rows.next().is_none())
}
