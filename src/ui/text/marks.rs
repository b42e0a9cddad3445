//! The numbers of a text that are of the tables, as the page shows them.

use crate::check::{Recognised, Verdict};
use crate::form::{TextIx, with_year};
use crate::ui::session::Session;
use crate::ui::theme;
use egui::{Color32, Stroke};

/// How a number of this kind is underlined and filled; one that is not sure is dotted instead ([`is_dotted`]).
pub fn look(verdict: Verdict) -> (Stroke, Color32) {
    match verdict {
        Verdict::Agrees => (Stroke::new(1.5, theme::AGREES), Color32::TRANSPARENT),
        Verdict::Contradicts => (Stroke::new(2.0, theme::QUERY), theme::QUERY_FILL),
        Verdict::Unsure | Verdict::NotYet => (Stroke::NONE, Color32::TRANSPARENT),
    }
}

/// Whether a number's line is dotted.
pub fn is_dotted(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Unsure | Verdict::NotYet)
}

/// `正文里认出 11 个数：8 个一致，2 个不符，1 个看不准`, in pieces with their colours; nothing if there are none.
pub fn count_words(numbers: &[Recognised]) -> Vec<(String, Color32)> {
    if numbers.is_empty() {
        return Vec::new();
    }
    let count = |verdict| {
        numbers
            .iter()
            .filter(|number| number.verdict == verdict)
            .count()
    };
    let all = format!("正文里认出 {} 个数：", numbers.len());
    let mut words = vec![(all, theme::WEAK)];
    let kinds = [
        (Verdict::Agrees, "一致", theme::WEAK),
        (Verdict::Contradicts, "不符", theme::QUERY),
        (Verdict::Unsure, "看不准", theme::HINT),
        (Verdict::NotYet, "表里还没有填", theme::WEAK),
    ];
    for (verdict, says, colour) in kinds {
        let n = count(verdict);
        if n > 0 {
            let comma = if words.len() > 1 { "，" } else { "" };
            words.push((format!("{comma}{n} 个{says}"), colour));
        }
    }
    words
}

/// What a number is beside the tables, in words.
pub fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agrees => "一致",
        Verdict::Contradicts => "不符",
        Verdict::Unsure => "看不准是哪一个数",
        Verdict::NotYet => "表里还没有填",
    }
}

/// What a number is in the tables: `“12件” → 表三 ·（一）予以公开 · 总计 21，不符`.
pub fn number_words(session: &Session, text: TextIx, number: &Recognised) -> String {
    let report = session.report();
    let written = report.text(text).get(number.at.clone()).unwrap_or_default();
    let place = |meaning: &crate::check::Meaning| match meaning.cells[..] {
        [cell] => {
            let name = with_year(&session.form().full_name(cell), report.year());
            format!("{name} {}", meaning.value)
        }
        _ => format!("{} {}", meaning.says, meaning.value),
    };
    // What is written in another unit, or is a share, agrees with its first meaning.
    let is_it = |meaning: &&crate::check::Meaning| number.says(meaning);
    let same = number.meanings.iter().filter(is_it).count();
    let (meanings, others): (Vec<String>, usize) = match number.verdict {
        Verdict::Agrees if same > 0 && !number.is_share => {
            let first = number.meanings.iter().find(is_it);
            (first.map(place).into_iter().collect(), same - 1)
        }
        Verdict::Agrees => (number.meanings.iter().take(1).map(place).collect(), 0),
        _ => (number.meanings.iter().take(3).map(place).collect(), 0),
    };
    let verdict = verdict_words(number.verdict);
    let share = match (number.is_share, number.is_linked) {
        (true, _) => "占",
        (false, true) => "连着 ",
        (false, false) => "",
    };
    // The number does not say which of them is meant.
    let others = match others {
        0 => String::new(),
        n => format!("（也可以指另外 {n} 处，数相同）"),
    };
    let meanings = meanings.join("，或 ");
    format!("“{written}” → {share}{meanings}，{verdict}{others}")
}
