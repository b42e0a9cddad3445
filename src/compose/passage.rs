//! A paragraph in the usual wording, written from the tables' own numbers (写一段).

use crate::check::Evaluation;
use crate::form::{CellIx, Clause, Form, Level, Passage, Piece, Sum, TextIx};
use crate::report::{Linked, Report};
use crate::value::Value;

/// A paragraph as it can be written now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Composed {
    /// The words, their numbers linked; empty if nothing is known.
    pub words: Linked,
    /// Blank cells of which nothing could be written.
    pub blanks: Vec<CellIx>,
    /// Findings (in the evaluation's list) that say that the tables behind the numbers do not balance.
    pub unbalanced: Vec<usize>,
}

/// The paragraphs that a form offers for a text.
pub fn offered(form: &Form, text: TextIx) -> impl Iterator<Item = &Passage> {
    let passages = form.passages.iter();
    passages.filter(move |passage| passage.texts.contains(&text))
}

/// Writes a paragraph from a report's numbers.
pub fn compose(report: &Report, evaluation: &Evaluation, passage: &Passage) -> Composed {
    let mut writer = Writer {
        report,
        evaluation,
        composed: Composed::default(),
    };
    for sentence in &passage.sentences {
        let is_first = writer.composed.words.words().is_empty();
        if is_first {
            writer.pieces(&passage.opens);
        }
        if writer.clause(sentence) {
            writer.composed.words.push_words("。");
        } else if is_first {
            writer.composed.words = Linked::default();
        }
    }
    let mut cells = Vec::new();
    for sum in sums(&passage.sentences) {
        cells.extend(sum.cells());
    }
    Composed {
        blanks: writer.blanks(&cells),
        unbalanced: unbalanced(report, evaluation, &cells),
        ..writer.composed
    }
}

struct Writer<'a> {
    report: &'a Report,
    evaluation: &'a Evaluation,
    composed: Composed,
}

impl Writer<'_> {
    /// Writes a clause, if everything that it needs is known and so; says whether it did.
    fn clause(&mut self, clause: &Clause) -> bool {
        let is_zero = |sum: &Sum| self.number(sum).map(|number| number.is_zero());
        let fits = clause.zero.iter().all(|sum| is_zero(sum) == Some(true))
            && clause.some.iter().all(|sum| is_zero(sum) == Some(false))
            && self.is_known(&clause.says);
        let items: Vec<&Vec<Piece>> = match fits {
            true => clause.list.iter().filter(|item| self.tells(item)).collect(),
            false => return false,
        };
        if items.is_empty() && !clause.list.is_empty() {
            return false;
        }
        self.pieces(&clause.says);
        for (nth, item) in items.into_iter().enumerate() {
            if nth > 0 {
                self.composed.words.push_words("、");
            }
            self.pieces(item);
        }
        for then in &clause.then {
            self.clause(then);
        }
        true
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            let words = &mut self.composed.words;
            match piece {
                Piece::Words(piece) => words.push_words(piece),
                Piece::Year => words.push_words(&self.report.year().to_string()),
                Piece::Number(sum) => {
                    let number = self.evaluation.known_total(sum);
                    words.push_number(&number.to_string(), sum.clone());
                }
            }
        }
    }

    fn number(&self, sum: &Sum) -> Option<rust_decimal::Decimal> {
        self.evaluation.known_total(sum).decimal()
    }

    fn is_known(&self, pieces: &[Piece]) -> bool {
        numbers(pieces).all(|sum| self.number(sum).is_some())
    }

    /// Whether an item of a list is known and not all 0.
    fn tells(&self, item: &[Piece]) -> bool {
        let number = |sum: &Sum| self.number(sum);
        self.is_known(item) && numbers(item).any(|sum| !number(sum).unwrap_or_default().is_zero())
    }

    /// The blank cells among some cells and those that they add up, in reading order.
    fn blanks(&self, cells: &[CellIx]) -> Vec<CellIx> {
        let mut blanks = Vec::new();
        let mut all: Vec<CellIx> = cells.to_vec();
        let mut at = 0;
        while let Some(&cell) = all.get(at) {
            at += 1;
            if self.evaluation.known(cell) != Value::Blank {
                continue;
            }
            let form = self.report.form();
            if !form.cell(cell).computed {
                blanks.push(cell);
            }
            let computed = form.computations.iter().filter(|(other, _)| *other == cell);
            let parts = computed.flat_map(|&(_, relation)| form.relations[relation].right.cells());
            let new: Vec<CellIx> = parts.filter(|part| !all.contains(part)).collect();
            all.extend(new);
        }
        blanks.sort_unstable();
        blanks.dedup();
        blanks
    }
}

/// The sums of some pieces.
fn numbers(pieces: &[Piece]) -> impl Iterator<Item = &Sum> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Number(sum) => Some(sum),
        Piece::Words(_) | Piece::Year => None,
    })
}

/// Every sum that decides what some clauses say.
fn sums(clauses: &[Clause]) -> Vec<&Sum> {
    let mut all = Vec::new();
    for clause in clauses {
        all.extend(clause.zero.iter().chain(&clause.some));
        all.extend(numbers(&clause.says));
        all.extend(clause.list.iter().flat_map(|item| numbers(item)));
        all.extend(sums(&clause.then));
    }
    all
}

/// The findings that something in the tables of these cells does not balance.
fn unbalanced(report: &Report, evaluation: &Evaluation, cells: &[CellIx]) -> Vec<usize> {
    let form = report.form();
    let mut tables: Vec<usize> = cells.iter().map(|&cell| form.cell(cell).table).collect();
    tables.sort_unstable();
    tables.dedup();
    let findings = evaluation.findings.iter().enumerate();
    let is_theirs = |cell: &CellIx| tables.contains(&form.cell(*cell).table);
    let broken = findings.filter(|(_, finding)| {
        let about = finding.about.marked();
        finding.level == Level::Error && !finding.unfilled && about.iter().any(is_theirs)
    });
    broken.map(|(at, _)| at).collect()
}
