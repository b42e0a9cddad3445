//! Findings about the numbers of the texts.

use super::held::{Held, Number};
use super::recognised::Recognised;
use super::said::Contradicted;
use super::verdict::Verdict;
use super::wholes::Whole;
use crate::check::about::About;
use crate::check::evaluation::{Evaluation, Finding, Said};
use crate::check::message::quote;
use crate::check::readings::{LineRead, Readings};
use crate::check::texts::name;
use crate::form::{CellIx, Form, Narrative, TextIx, WritingDemand};
use crate::prose::grammar::Way;
use crate::report::Report;
use std::collections::HashMap;
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
    let mut found: Vec<Found> = Vec::new();
    let mut not_yet = Vec::new();
    for &text in &narrative.texts {
        let held = Held::new(report, narrative, result, text);
        for line in readings.lines(text) {
            let (mut wrong, mut right) = (Vec::new(), Vec::new());
            for number in held.numbers(line) {
                match held.verdict(line, &number) {
                    Some(Verdict::Contradicts) => {
                        wrong.extend(number.figure);
                        found.push(contradicted(narrative, text, line, &number, &held));
                    }
                    Some(Verdict::NotYet) => not_yet.push(text),
                    Some(Verdict::Agrees | Verdict::Unsure) => right.extend(number.figure),
                    None => {}
                }
            }
            let parts = parts(form, text, line, &wrong, &right).into_iter();
            found.extend(parts.map(Found::Parts));
        }
    }
    let findings = with_others_like_them(form, found);
    result.findings.extend(findings);
    result.unchecked_texts.extend(not_yet);
}

/// What is found, before each knows of the others.
enum Found {
    /// A contradicted number, by its rule in the form.
    Number(usize, Contradicted),
    /// Parts that do not add up.
    Parts(Finding),
}

/// The findings, in which each contradicted number knows of those that are wrong in the same way.
fn with_others_like_them(form: &Form, found: Vec<Found>) -> Vec<Finding> {
    let mut like: HashMap<_, Vec<(TextIx, Recognised)>> = HashMap::new();
    for found in &found {
        if let Found::Number(_, number) = found {
            let same = like.entry(number.likeness()).or_default();
            same.push((number.text, number.number.clone()));
        }
    }
    let finding = |found| match found {
        Found::Parts(finding) => finding,
        Found::Number(rule, mut said) => {
            said.same = like.get(&said.likeness()).cloned().unwrap_or_default();
            let at = vec![said.number.at.clone()];
            let mut cells: Vec<CellIx> = Vec::new();
            for &cell in said.number.meanings.iter().flat_map(|it| &it.cells) {
                if !cells.contains(&cell) {
                    cells.push(cell);
                }
            }
            let about = About::text(form, said.text, at, cells);
            Finding::of_form(form, rule, about, said)
        }
    };
    found.into_iter().map(finding).collect()
}

fn contradicted(
    narrative: &Narrative,
    text: TextIx,
    line: &LineRead,
    number: &Number<'_>,
    held: &Held<'_>,
) -> Found {
    let mut wrong = Recognised::new(held, line, number, Verdict::Contradicts);
    if number.written.way == Way::None {
        // What is 0 is no contradiction.
        wrong.meanings.retain(|meaning| {
            meaning
                .value
                .decimal()
                .is_some_and(|value| !value.is_zero())
        });
    }
    let statement = number.statement;
    let whole = statement.map(|it| it.of.map_or(it, |of| &line.statements[of]));
    let rule = match (whole, number.link) {
        (Some(whole), _) => {
            let fact = whole.readings.iter().flatten().next().copied();
            let fact = &narrative.facts[fact.unwrap_or_default()];
            narrative.claims[fact.claim].rule
        }
        (None, link) => link
            .and_then(|link| narrative.rule_of(&link.of))
            .unwrap_or_default(),
    };
    let unit = match (number.written.way, number.figure) {
        (Way::None, _) => "无".to_owned(),
        (_, Some(figure)) => {
            let figure = &line.figures.figures[figure];
            line.text[figure.unit_at..figure.at.end].to_owned()
        }
        (_, None) => String::new(),
    };
    let said = Contradicted {
        text,
        number: wrong,
        same: Vec::new(),
        unit,
    };
    Found::Number(rule, said)
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
