//! Paragraphs to be written from the tables, their places of numbers resolved.

use super::loader::{Loaded, Loader};
use super::passages_file::{ClauseFile, PassageFile};
use crate::form::expr::Choice;
use crate::form::passages::{Clause, Passage, Piece};
use crate::form::rules::Sum;

impl<'a> Loader<'a> {
    /// Paragraphs to be written from the tables.
    pub fn passages(&mut self, files: Vec<PassageFile<'a>>) -> Loaded<()> {
        for file in files {
            let texts = file.texts.iter().map(|id| self.find_text(id));
            let passage = Passage {
                texts: texts.collect::<Loaded<_>>()?,
                name: file.name,
                note: file.note,
                opens: self.pieces(file.opens)?,
                sentences: self.clauses(file.sentences)?,
            };
            self.form.passages.push(passage);
        }
        Ok(())
    }

    fn clauses(&self, files: Vec<ClauseFile<'a>>) -> Loaded<Vec<Clause>> {
        let clause = |file: ClauseFile<'a>| {
            let list = file.list.iter().map(|words| self.pieces(words));
            Ok(Clause {
                zero: self.sums(&file.zero)?,
                some: self.sums(&file.some)?,
                says: self.pieces(file.says)?,
                list: list.collect::<Loaded<_>>()?,
                then: self.clauses(file.then)?,
            })
        };
        files.into_iter().map(clause).collect()
    }

    fn sums(&self, sums: &[&'a str]) -> Loaded<Vec<Sum>> {
        let sums = sums.iter().map(|sum| self.sum(sum, &Choice::new()));
        sums.collect()
    }

    /// Words with the places of numbers between them.
    fn pieces(&self, mut words: &'a str) -> Loaded<Vec<Piece>> {
        let mut pieces = Vec::new();
        while let Some((before, rest)) = words.split_once('{') {
            let Some((of, behind)) = rest.split_once('}') else {
                return self.fail(words, "“{”没有“}”");
            };
            if !before.is_empty() {
                pieces.push(Piece::Words(before.to_owned()));
            }
            pieces.push(match of {
                "year" => Piece::Year,
                of => Piece::Number(self.sum(of, &Choice::new())?),
            });
            words = behind;
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        Ok(pieces)
    }
}
