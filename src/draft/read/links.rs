//! The links of a draft's texts. A file that somebody has edited by hand may have other numbers there: a link looks for its
//! digits, and what became of it is told.

use super::file::{DraftFile, LinkFile};
use super::reader::Reader;
use crate::draft::problem::Problem;
use crate::form::{Sum, TextIx};
use crate::prose;
use crate::report::{Edit, Link, Report};
use std::collections::HashMap;

impl Reader<'_> {
    /// The report with the links of its file, and what is to be told of those that are no longer where they were.
    pub(super) fn links(
        &self,
        file: &DraftFile<'_>,
        mut report: Report,
    ) -> Result<(Report, Vec<String>), Problem> {
        let mut told = Vec::new();
        for (id, links) in &file.links.0 {
            let text = self.text(report.form(), id)?;
            let mut known = Vec::new();
            for link in links {
                let Some(of) = report.form().find_sum(&link.of) else {
                    let (form, of) = (&report.form().name, &link.of);
                    return self.damaged(of, format!("{form}没有“{of}”这一格"));
                };
                known.push((link, of));
            }
            let found = Found::of(&report, text, known);
            told.extend(found.words(&report.form().text(text).name));
            report = report.with(|report| Edit::links(report, text, found.links));
        }
        Ok((report, told))
    }
}

/// What became of the links of one text.
struct Found {
    links: Vec<Link>,
    /// How many have moved with the text.
    moved: usize,
    /// The digits of those that are gone.
    gone: Vec<String>,
}

impl Found {
    fn of(report: &Report, text: TextIx, known: Vec<(&LinkFile<'_>, Sum)>) -> Self {
        let words = report.text(text);
        let starts: Vec<usize> = words.char_indices().map(|(byte, _)| byte).collect();
        let mut found = Self {
            links: Vec::new(),
            moved: 0,
            gone: Vec::new(),
        };
        let mut stale = Vec::new();
        for (link, of) in known {
            let at = starts.get(link.at).map(|&at| at..at + link.digits.len());
            let stands = at.filter(|at| {
                words.get(at.clone()) == Some(&*link.digits) && report.is_number(text, at)
            });
            match stands {
                Some(at) => found.links.push(Link { at, of }),
                None => stale.push((link, of)),
            }
        }
        if stale.is_empty() {
            return found;
        }
        let mut free: HashMap<&str, Vec<_>> = HashMap::new();
        for number in prose::numbers(words) {
            if found.links.iter().all(|link| link.at != number.at) {
                let digits = &words[number.at.clone()];
                free.entry(digits).or_default().push(number.at);
            }
        }
        for (link, of) in stale {
            // Where the same digits stand twice nobody knows which were meant.
            match free.remove(&*link.digits).as_deref() {
                Some([at]) => {
                    found.moved += 1;
                    found.links.push(Link { at: at.clone(), of });
                }
                _ => found.gone.push(link.digits.to_string()),
            }
        }
        found
    }

    fn words(&self, text: &str) -> Vec<String> {
        const SHOWN: usize = 5;
        let mut words = Vec::new();
        if self.moved > 0 {
            let n = self.moved;
            words.push(format!(
                "{text}：{n} 个与表格相连的数跟着移了位置，请看一看"
            ));
        }
        if !self.gone.is_empty() {
            let shown = self.gone.iter().take(SHOWN);
            let shown: Vec<String> = shown.map(|digits| format!("“{digits}”")).collect();
            let more = if self.gone.len() > SHOWN { "等" } else { "" };
            let (shown, n) = (shown.join("、"), self.gone.len());
            words.push(format!(
                "{text}：{shown}{more}已经不在原处，这 {n} 个数与表格的连接取消了"
            ));
        }
        words
    }
}
