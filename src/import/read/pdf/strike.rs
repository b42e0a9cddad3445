//! Lines drawn through characters: what is struck out is printed, and does not hold any more.

use super::page::{Glyph, Page};
use super::path::Rule;
use crate::import::source::UNREAD;
use crate::prose::is_digit;

/// The band of a character, above the line it stands on, in which a line strikes it out; of its size.
const BAND: (f64, f64) = (0.18, 0.5);
/// How far such a line may stick out, and how far apart the characters of a word stand at most; of their size.
const OUT: f64 = 0.6;
const APART: f64 = 1.0;

/// What a horizontal line goes through.
#[derive(Clone, Copy)]
struct Through {
    left: f64,
    right: f64,
    size: f64,
}

impl Page {
    /// Takes out what is struck out, with its lines. A number of which nothing else stands beside leaves a mark that it is
    /// not read.
    pub fn strike_out(&mut self) {
        let lines = self.strikes();
        if lines.is_empty() {
            return;
        }
        let is_struck = |glyph: &Glyph| lines.iter().any(|line| goes_through(line, glyph));
        let struck: Vec<bool> = self.glyphs.iter().map(is_struck).collect();
        for word in self.words(&struck) {
            let is_number = word
                .iter()
                .any(|nth| self.glyphs[*nth].text.contains(is_digit));
            let stays = is_number && !self.has_neighbour(&word, &struck);
            for (place, nth) in word.iter().enumerate() {
                let text = &mut self.glyphs[*nth].text;
                text.clear();
                if stays && place == 0 {
                    text.push(UNREAD);
                }
            }
        }
        self.glyphs.retain(|glyph| !glyph.text.is_empty());
        let is_strike = |rule: &Rule| {
            let mut lines = lines.iter();
            rule.horizontal && lines.any(|line| line.at == rule.at && line.from == rule.from)
        };
        self.rules.retain(|rule| !is_strike(rule));
    }

    /// The lines that go through characters and no farther: no rules of a table.
    fn strikes(&self) -> Vec<Rule> {
        /// On a page with more lines none is looked at.
        const MOST: usize = 5_000;
        const MOST_STRIKES: usize = 500;
        let rules = self.rules.iter().filter(|rule| rule.horizontal);
        let mut rules: Vec<Rule> = rules.copied().collect();
        if rules.len() > MOST {
            return Vec::new();
        }
        let mut glyphs: Vec<&Glyph> = self.glyphs.iter().filter(|it| it.text != " ").collect();
        glyphs.sort_by(|a, b| a.base.total_cmp(&b.base));
        let largest = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
        rules.retain(|rule| {
            let from = glyphs.partition_point(|glyph| glyph.base < rule.at);
            let near = glyphs[from..].iter();
            let near = near.take_while(|glyph| glyph.base - rule.at <= BAND.1 * largest);
            let through = near.filter(|glyph| goes_through(rule, glyph));
            let through = through.fold(None, |all: Option<Through>, glyph| {
                let own = Through {
                    left: glyph.left,
                    right: glyph.right,
                    size: glyph.size,
                };
                Some(all.map_or(own, |all| Through {
                    left: all.left.min(own.left),
                    right: all.right.max(own.right),
                    size: all.size.max(own.size),
                }))
            });
            through.is_some_and(|all| {
                let out = OUT * all.size;
                rule.from >= all.left - out && rule.to <= all.right + out
            })
        });
        rules.truncate(MOST_STRIKES);
        rules
    }

    /// The characters that are struck out, those that stand together in their order.
    fn words(&self, struck: &[bool]) -> Vec<Vec<usize>> {
        let mut all: Vec<usize> = (0..struck.len()).filter(|nth| struck[*nth]).collect();
        let glyph = |nth: usize| &self.glyphs[nth];
        all.sort_by(|a, b| {
            let (a, b) = (glyph(*a), glyph(*b));
            a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left))
        });
        let together = |a: &usize, b: &usize| self.are_together(glyph(*a), glyph(*b));
        all.chunk_by(together).map(<[usize]>::to_vec).collect()
    }

    /// Whether two characters stand beside each other, with no line of a table between.
    fn are_together(&self, a: &Glyph, b: &Glyph) -> bool {
        /// Of a character's size.
        const SAME_LINE: f64 = 0.4;
        let size = a.size.max(b.size);
        let (left, right) = if a.left <= b.left { (a, b) } else { (b, a) };
        let is_between = |rule: &Rule| {
            let middle = a.base - a.size * BAND.1;
            let is_here = (left.right - 0.1..=right.left + 0.1).contains(&rule.at);
            !rule.horizontal && is_here && (rule.from..=rule.to).contains(&middle)
        };
        (a.base - b.base).abs() <= SAME_LINE * size
            && right.left - left.right <= APART * size
            && !self.rules.iter().any(is_between)
    }

    /// Whether anything that holds stands beside a word.
    fn has_neighbour(&self, word: &[usize], struck: &[bool]) -> bool {
        let ends = word.first().into_iter().chain(word.last());
        let ends: Vec<&Glyph> = ends.map(|nth| &self.glyphs[*nth]).collect();
        let mut others = self.glyphs.iter().zip(struck);
        others.any(|(glyph, is_struck)| {
            let is_other = !is_struck && !glyph.text.trim().is_empty();
            is_other && ends.iter().any(|end| self.are_together(end, glyph))
        })
    }
}

fn goes_through(rule: &Rule, glyph: &Glyph) -> bool {
    let middle = (glyph.left + glyph.right) / 2.0;
    let above = (glyph.base - rule.at) / glyph.size;
    (BAND.0..=BAND.1).contains(&above) && (rule.from..=rule.to).contains(&middle)
}
