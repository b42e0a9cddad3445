//! Where sentences (句) and clauses (分句) begin and end.

use std::ops::Range;

/// Whether a sentence ends with this character.
fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '\n')
}

/// Whether a clause ends with this character: a semicolon parts what one sentence says one after the other.
fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, '；' | ';')
}

/// Whether a character closes what a sentence may end in, as in `他说：“行。”`.
fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》')
}

/// The sentences of a text, in bytes, from end to end: each with its end mark, its line break and the brackets that
/// close behind it.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    stretches(text, ends_sentence)
}

/// The clauses of a text, in bytes, from end to end: sentences, parted at semicolons too.
pub fn clauses(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    stretches(text, ends_clause)
}

fn stretches(text: &str, ends: fn(char) -> bool) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    let mut ended = false;
    let begins = text.char_indices().filter_map(move |(at, c)| {
        let begins = ended && !ends(c) && !closes(c);
        ended = ends(c) || ended && closes(c);
        begins.then_some(at)
    });
    let ends = begins.chain((!text.is_empty()).then_some(text.len()));
    ends.map(move |end| {
        let stretch = start..end;
        start = end;
        stretch
    })
}
