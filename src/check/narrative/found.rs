//! Findings about the numbers of the texts.

use super::said::Contradicted;
use super::verdict::{Verdict, meanings, verdict};
use super::wholes::Whole;
use crate::check::about::About;
use crate::check::evaluation::{Evaluation, Finding, Said};
use crate::check::message::quote;
use crate::check::readings::{LineRead, Readings};
use crate::check::texts::name;
use crate::form::{CellIx, Form, Narrative, TextIx, WritingDemand};
use crate::prose::grammar::Way;
use crate::report::Report;
use std::ops::Range;

/// Parts of a number that do not add up to it.
#[derive(Debug)]
struct NotTheSum {
    text: TextIx,
    whole: Whole,
    at: Range<usize>,
}

pub(in crate::check) fn check(report: &Report, readings: &Readings, result: &mut Evaluation) {
    let form = report.form();
    let Some(narrative) = &form.narrative else {
        return;
    };
    let mut found = Vec::new();
    let mut not_yet = Vec::new();
    for &text in &narrative.texts {
        for line in readings.lines(text) {
            let (mut wrong, mut right) = (Vec::new(), Vec::new());
            for (index, statement) in line.statements.iter().enumerate() {
                let figures = &line.figures.figures;
                match verdict(statement, figures, &line.statements, narrative, result) {
                    Some(Verdict::Contradicts) => {
                        wrong.push(statement.figure);
                        found.push(contradicted(form, narrative, text, line, index, result));
                    }
                    Some(Verdict::NotYet) => not_yet.push(text),
                    Some(Verdict::Agrees | Verdict::Unsure) => right.push(statement.figure),
                    None => {}
                }
            }
            found.extend(parts(form, text, line, &wrong, &right));
        }
    }
    result.findings.extend(found);
    result.unchecked_texts.extend(not_yet);
}

fn contradicted(
    form: &Form,
    narrative: &Narrative,
    text: TextIx,
    line: &LineRead,
    index: usize,
    result: &Evaluation,
) -> Finding {
    let statement = &line.statements[index];
    let figure = &line.figures.figures[statement.figure];
    let place = |at: &Range<usize>| line.start + at.start..line.start + at.end;
    let mut meanings = meanings(statement, &line.statements, narrative, result);
    let mut cells: Vec<CellIx> = Vec::new();
    if figure.way == Way::None {
        // What is 0 is no contradiction.
        meanings.retain(|meaning| {
            meaning
                .value
                .decimal()
                .is_some_and(|value| !value.is_zero())
        });
    }
    for meaning in &meanings {
        for &cell in &meaning.cells {
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
    }
    let whole = statement.of.map_or(statement, |of| &line.statements[of]);
    let fact = whole
        .readings
        .iter()
        .flatten()
        .next()
        .copied()
        .unwrap_or_default();
    let rule = narrative.claims[narrative.facts[fact].claim].rule;
    let at = place(&statement.at);
    let unit = match figure.way {
        Way::None => "无".to_owned(),
        _ => line.text[figure.unit_at..figure.at.end].to_owned(),
    };
    let share_of = statement
        .of
        .map(|of| place(&line.figures.figures[line.statements[of].figure].at));
    let said = Contradicted {
        text,
        at: at.clone(),
        value: figure.numeral.value(),
        unit,
        meanings,
        share_of,
    };
    Finding::of_form(form, rule, About::text(form, text, vec![at], cells), said)
}

/// Parts that do not add up, where none of the numbers is itself wrong.
fn parts<'a>(
    form: &'a Form,
    text: TextIx,
    line: &'a LineRead,
    wrong: &[usize],
    right: &[usize],
) -> Vec<Finding> {
    let demands = form
        .writing
        .iter()
        .filter(|demand| demand.is == WritingDemand::PartsAddUp && demand.texts.contains(&text));
    let mut found = Vec::new();
    for demand in demands {
        for whole in &line.wholes {
            // What the tables bear out is no slip of this text.
            let borne_out = whole.figures[1..]
                .iter()
                .all(|figure| right.contains(figure));
            if borne_out || whole.figures.iter().any(|figure| wrong.contains(figure)) {
                continue;
            }
            let place = |at: &Range<usize>| line.start + at.start..line.start + at.end;
            let at: Vec<_> = whole.at.iter().map(place).collect();
            let said = NotTheSum {
                text,
                whole: whole.clone(),
                at: at[0].clone(),
            };
            let about = About::text(form, text, at, Vec::new());
            found.push(Finding::of_form(form, demand.rule, about, said));
        }
    }
    found
}

impl Said for NotTheSum {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        let quoted = quote(report.text(self.text), &self.at);
        let (name, parts) = (name(finding, report), self.whole.parts.normalize());
        format!("{name}写“{quoted}”：所列各项之和是 {parts}")
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let wording = finding.wording(report.form());
        format!("{}；{wording}", self.headline(finding, report))
    }

    fn key_detail(&self, _: &Form) -> Option<String> {
        Some(format!(
            "{}≠{}",
            self.whole.value.normalize(),
            self.whole.parts.normalize()
        ))
    }
}
