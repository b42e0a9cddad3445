//! Numbers of the texts of which somebody has decided that they are none of the tables' (不是表里的数). It holds as long as
//! their sentence stands as it stood then.

use crate::form::TextIx;
use crate::prose;
use crate::report::{Decided, Decision, Edit, Report};
use std::ops::Range;

/// The places in a text, in bytes, of which it was decided.
pub fn ruled_out(report: &Report, text: TextIx) -> Vec<Range<usize>> {
    let id = &report.form().text(text).id;
    let words = report.text(text);
    let mut places = Vec::new();
    for (key, decision) in &report.notes().decisions {
        let Some(number) = of_key(key, id).filter(|_| is_one(decision)) else {
            continue;
        };
        let Some(before) = decision.about.char_indices().nth(number.chars_before) else {
            continue;
        };
        for (start, _) in words.match_indices(&*decision.about) {
            let at = start + before.0..start + before.0 + number.written.len();
            if words.get(at.clone()) == Some(number.written) {
                places.push(at);
            }
        }
    }
    places
}

/// Decides of a number of a text, given with its unit, that it is none of the tables', or takes that back. Its link goes.
pub fn rule_out(report: &Report, text: TextIx, at: &Range<usize>, out: bool) -> Edit {
    let (words, id) = (report.text(text), &report.form().text(text).id);
    let start = words[..at.start].rfind('\n').map_or(0, |end| end + 1);
    let line = words[start..].split('\n').next().unwrap_or_default();
    let sentence = prose::sentences(line).find(|sentence| start + sentence.end >= at.end);
    let Some(sentence) = sentence else {
        return Edit::default();
    };
    let about = line[sentence.clone()].to_owned();
    let before = words[start + sentence.start..at.start].chars().count();
    let key = format!("{id}·{}@{before}", &words[at.clone()]);
    let mut notes = report.notes().clone();
    let is_it = |known: &str, decision: &Decision| {
        known.split('#').next() == Some(&*key) && is_one(decision) && decision.about == about
    };
    notes
        .decisions
        .retain(|known, decision| !is_it(known, decision));
    if out {
        let mut free = key.clone();
        for nth in 2.. {
            if !notes.decisions.contains_key(&free) {
                break;
            }
            free = format!("{key}#{nth}");
        }
        let is = Decided::NotOfTheTables;
        notes.decisions.insert(free, Decision { is, about });
    }
    let mut links = report.links(text).to_vec();
    links.retain(|link| !(out && at.start <= link.at.start && link.at.end <= at.end));
    Edit::notes(report, notes).and(Edit::links(report, text, links))
}

fn is_one(decision: &Decision) -> bool {
    decision.is == Decided::NotOfTheTables
}

/// A number that a key names.
struct Named<'a> {
    written: &'a str,
    /// How many characters of its sentence stand before it.
    chars_before: usize,
}

/// The number that a key names, if it is one of this text.
fn of_key<'a>(key: &'a str, text: &str) -> Option<Named<'a>> {
    let rest = key.strip_prefix(text)?.strip_prefix('·')?;
    let rest = rest.split('#').next()?;
    let (written, before) = rest.rsplit_once('@')?;
    Some(Named {
        written,
        chars_before: before.parse().ok()?,
    })
}
