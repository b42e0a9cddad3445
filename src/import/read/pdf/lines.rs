//! Characters by their places: lines, and paragraphs of lines.

use super::page::Glyph;
use crate::import::read::html::is_wide;
use crate::prose::is_digit;

/// A line of text.
#[derive(Clone, Debug)]
pub(super) struct TextLine {
    pub left: f64,
    pub right: f64,
    pub base: f64,
    pub size: f64,
    pub text: String,
}

/// Puts characters into lines, from above.
pub(super) fn lines(mut glyphs: Vec<&Glyph>) -> Vec<TextLine> {
    /// Of a character's size: raised signs stay on their line, the next line does not.
    const SAME: f64 = 0.45;
    glyphs.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut lines = Vec::new();
    let mut line: Vec<&Glyph> = Vec::new();
    for glyph in glyphs {
        if let Some(first) = line.first()
            && glyph.base - first.base > SAME * first.size.max(glyph.size)
        {
            lines.extend(whole(std::mem::take(&mut line)));
        }
        line.push(glyph);
    }
    lines.extend(whole(line));
    lines
}

/// These characters as one line; nothing if all are blank.
pub(super) fn whole(mut glyphs: Vec<&Glyph>) -> Option<TextLine> {
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    // Bold made by printing twice.
    glyphs.dedup_by(|b, a| a.text == b.text && (a.left - b.left).abs() < 0.15 * a.size);
    let mut text = String::new();
    let mut before: Option<&Glyph> = None;
    let mut notes = Notes::default();
    for glyph in &glyphs {
        text.extend(notes.sign(glyph));
        if before.is_some_and(|before| parted(before, glyph)) {
            text.push(' ');
        }
        text.push_str(&glyph.text);
        before = Some(glyph);
    }
    text.extend(notes.end());
    let text = collapse(&text);
    let seen = || glyphs.iter().filter(|glyph| glyph.text != " ");
    (!text.is_empty()).then(|| TextLine {
        left: seen().map(|glyph| glyph.left).fold(f64::MAX, f64::min),
        right: seen().map(|glyph| glyph.right).fold(f64::MIN, f64::max),
        base: seen().map(|glyph| glyph.base).fold(f64::MIN, f64::max),
        size: seen().map(|glyph| glyph.size).fold(0.0, f64::max),
        text,
    })
}

/// The marks of notes behind numbers: smaller digits above or below their line are none of the number.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The line and the size of the last character on the line, if that was a digit.
    number: Option<(f64, f64)>,
    is_open: bool,
}

impl Notes {
    /// The sign before a character: where a mark begins or ends.
    pub fn sign(&mut self, glyph: &Glyph) -> Option<char> {
        /// Of the number's size.
        const SMALLER: f64 = 0.85;
        const MOVED: f64 = 0.08;
        let is_number = glyph.text.chars().all(char::is_numeric);
        let is_moved = |(base, size): (f64, f64)| {
            glyph.size < SMALLER * size && (glyph.base - base).abs() > MOVED * size
        };
        let is_mark = is_number && self.number.is_some_and(is_moved);
        if !is_mark {
            self.number = is_number.then_some((glyph.base, glyph.size));
        }
        match std::mem::replace(&mut self.is_open, is_mark) {
            false if is_mark => Some('['),
            true if !is_mark => Some(']'),
            _ => None,
        }
    }

    /// The sign behind the last character.
    pub fn end(&mut self) -> Option<char> {
        std::mem::take(&mut self.is_open).then_some(']')
    }
}

/// Whether there is a gap between two characters of a line that reads as a blank.
pub(super) fn parted(before: &Glyph, after: &Glyph) -> bool {
    let wide = |c: Option<char>| c.is_some_and(is_wide);
    let (a, b) = (
        wide(before.text.chars().next_back()),
        wide(after.text.chars().next()),
    );
    // Chinese lines are drawn out to the margin: their characters may stand apart.
    let most = match (a, b) {
        (true, true) => 1.2,
        (false, false) => 0.3,
        _ => 0.9,
    };
    after.left - before.right > most * before.size.min(after.size)
}

/// Blanks as one, none at the ends.
pub(super) fn collapse(text: &str) -> String {
    text.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Adds a line to a text that goes on in it.
pub(super) fn go_on(text: &mut String, line: &str) {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if letter(text.chars().next_back()) && letter(line.chars().next()) {
        text.push(' ');
    }
    text.push_str(line);
}

/// About how wide is what a line begins with and what no line is broken in: a character or an address, in brackets,
/// with the signs behind it.
fn first_word(line: &TextLine) -> f64 {
    let width = |text: &str| -> usize { text.chars().map(|c| 1 + usize::from(is_wide(c))).sum() };
    let bare = line
        .text
        .trim_start_matches(['（', '《', '“', '‘', '〔', '【']);
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_graphic());
    let mut one = rest.chars();
    if rest.len() == bare.len() {
        one.next();
    }
    let signs = [
        '）', '》', '”', '’', '〕', '】', '。', '，', '；', '：', '、',
    ];
    let word = width(&line.text) - width(one.as_str().trim_start_matches(signs));
    (line.right - line.left) * word as f64 / width(&line.text).max(1) as f64
}

/// Whether a line begins with such a number as official papers give their paragraphs: 一、 （一） 1.
pub(super) fn is_numbered(text: &str) -> bool {
    let bare = text.strip_prefix('（').unwrap_or(text);
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = bare.trim_start_matches(number);
    let mut rest_of = rest.chars();
    let sign = rest_of.next();
    rest.len() < bare.len()
        && match sign {
            Some('）') => bare.len() < text.len(),
            Some('、') => true,
            Some('.' | '．') => rest_of.next().is_some_and(is_wide),
            _ => false,
        }
}

/// Whether a line near the upper or lower edge is the page's number.
pub(super) fn is_page_number(line: &TextLine, height: f64) -> bool {
    const EDGE: f64 = 0.12;
    let at_edge = line.base < EDGE * height || line.base > (1.0 - EDGE) * height;
    let left: String = line
        .text
        .chars()
        .filter(|c| !c.is_whitespace() && !"-—–－―‐·.~第页共/".contains(*c))
        .collect();
    let digits = left.chars().all(is_digit);
    at_edge && !left.is_empty() && left.chars().count() <= 6 && digits
}

/// How the text of a document is set: measured over all of it.
#[derive(Debug, Default)]
pub(super) struct Measure {
    left: f64,
    right: f64,
    step: f64,
}

impl Measure {
    /// Measures pages of lines.
    pub fn of(pages: &[Vec<&TextLine>]) -> Self {
        let mut steps: Vec<f64> = pages
            .iter()
            .flat_map(|lines| lines.windows(2).map(|pair| pair[1].base - pair[0].base))
            .filter(|step| *step > 1.0)
            .collect();
        let mut lefts: Vec<f64> = pages.iter().flatten().map(|line| line.left).collect();
        let mut rights: Vec<f64> = pages.iter().flatten().map(|line| line.right).collect();
        let at = |values: &mut Vec<f64>, part: f64| {
            values.sort_by(f64::total_cmp);
            let index = (values.len() as f64 * part) as usize;
            values
                .get(index.min(values.len().saturating_sub(1)))
                .copied()
                .unwrap_or(0.0)
        };
        Self {
            left: at(&mut lefts, 0.1),
            right: at(&mut rights, 0.9),
            step: at(&mut steps, 0.5),
        }
    }

    /// Whether a line begins a paragraph; `same_page` is whether the line before is on the page too.
    pub fn begins(&self, before: &TextLine, line: &TextLine, same_page: bool) -> bool {
        let room = self.right - before.right;
        // No paragraph ends so; addresses are broken behind some of these.
        let open = ["，", "、", "（", "《", "“", "/", "?", "&", "=", "_"];
        let open = open.iter().any(|sign| before.text.ends_with(sign));
        let short = room > 2.0 * before.size && room > first_word(line) && !open;
        let indented = line.left > self.left + 1.2 * line.size;
        let other = (before.size - line.size).abs() > 0.15 * before.size;
        let apart = same_page && line.base - before.base > 1.4 * self.step + 2.0;
        let numbered = is_numbered(&line.text) && before.text.ends_with(['。', '；', '：']);
        short || indented || other || apart || numbered
    }
}
