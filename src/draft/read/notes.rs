//! What a draft notes beside the report.

use super::file::{DraftFile, LinkFile, Word};
use super::reader::Reader;
use crate::draft::problem::Problem;
use crate::form::TextIx;
use crate::report::{Decided, Decision, Link, Notes, Recount, Report};

impl Reader<'_> {
    /// The notes of a file about the report that was read from it.
    pub(super) fn notes(&self, file: &DraftFile<'_>, report: &Report) -> Result<Notes, Problem> {
        let mut notes = Notes {
            form_sha256: file.form_sha256.clone(),
            ..Notes::default()
        };
        for (id, links) in &file.links.0 {
            let text = self.text(report.form(), id)?;
            let words = report.text(text);
            let starts = words.char_indices().map(|(byte, _)| byte);
            let starts: Vec<usize> = starts.chain([words.len()]).collect();
            for link in links {
                let link = self.link(words, &starts, id, text, link)?;
                notes.links.push(link);
            }
        }
        for (key, decision) in &file.decisions.0 {
            let Some(is) = Decided::by_id(&decision.is) else {
                return self.damaged(&decision.is, format!("没有“{}”这种决定", decision.is));
            };
            let about = decision.about.clone();
            let decision = Decision { is, about };
            notes.decisions.insert(key.to_string(), decision);
        }
        notes.recount = file.recount.as_ref().map(|recount| Recount {
            name: recount.name.clone(),
            date: recount.date.clone(),
            sha256: recount.sha256.clone(),
        });
        for Word(id) in &file.checklist {
            notes.checklist.insert(id.to_string());
        }
        Ok(notes)
    }

    /// A link into `words`, whose characters begin at `starts`.
    fn link(
        &self,
        words: &str,
        starts: &[usize],
        id: &str,
        text: TextIx,
        link: &LinkFile<'_>,
    ) -> Result<Link, Problem> {
        let start = starts.get(link.at).copied();
        let there = start
            .filter(|&start| !link.digits.is_empty() && words[start..].starts_with(&*link.digits));
        match there {
            Some(start) => Ok(Link {
                text,
                at: start..start + link.digits.len(),
                of: link.of.clone(),
            }),
            None => {
                let (at, digits) = (link.at + 1, &link.digits);
                self.damaged(id, format!("“{id}”的第 {at} 个字起不是“{digits}”"))
            }
        }
    }
}
