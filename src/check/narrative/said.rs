//! What a finding about a number of a text says, and what mends it: the text, or the table.

use super::recognised::Recognised;
use super::verdict::Meaning;
use crate::check::evaluation::{Evaluation, Finding, Said};
use crate::check::message::quote;
use crate::check::remedy::{NumberPlace, Remedies, Remedy};
use crate::check::texts::name;
use crate::check::trial::{Testimony, broken_by, testimony};
use crate::form::{Form, TextIx, with_year};
use crate::report::Report;
use crate::value::{Kind, LIMIT, MAX_SCALE, Value};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::hash::Hash;

/// A number in a text that is none of what it can mean.
#[derive(Debug)]
pub struct Contradicted {
    /// The text.
    pub text: TextIx,
    /// The number.
    pub number: Recognised,
    /// All numbers of the texts that contradict the same cells by the same number, this one among them.
    pub same: Vec<(TextIx, Recognised)>,
    /// Its unit, or the words where it is no number.
    pub unit: String,
}

impl Said for Contradicted {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        let quoted = quote(report.text(self.text), &self.number.at);
        format!("{}写“{quoted}”：与表格不符", name(finding, report))
    }

    fn message(&self, finding: &Finding, report: &Report, evaluation: &Evaluation) -> String {
        let form = report.form();
        let headline = self.headline(finding, report);
        let readings = self.readings(form, evaluation).unwrap_or_default();
        format!("{headline}，{readings}；{}", finding.wording(form))
    }

    fn readings(&self, _: &Form, _: &Evaluation) -> Option<String> {
        let all = self.number.meanings.iter();
        let all = all.map(|meaning| format!("{}={}", meaning.says, meaning.value));
        let all = all.collect::<Vec<_>>().join("，");
        Some(match (self.number.is_share, self.number.is_linked) {
            (true, _) => format!("按表中{all}算不出这个比例"),
            (false, true) => format!("这个数连着表中{all}"),
            (false, false) => format!("表中{all}"),
        })
    }

    fn remedies(&self, _: &Finding, report: &Report, evaluation: &Evaluation) -> Remedies {
        let mut remedies = Remedies::default();
        let mut values: Vec<Value> = Vec::new();
        for meaning in &self.number.meanings {
            if !values.contains(&meaning.value) {
                values.push(meaning.value);
                remedies.all.extend(self.by_text(meaning, report));
            }
        }
        let [meaning] = &self.number.meanings[..] else {
            return remedies;
        };
        // A number that came from the table follows it, unless that is wrong itself; another one where the table is borne
        // out by what balances in it.
        let is_plain = match testimony(report, evaluation, &meaning.cells) {
            Testimony::For => true,
            Testimony::Silent => self.number.is_linked,
            Testimony::Against => false,
        };
        remedies.is_plain = is_plain && !remedies.all.is_empty();
        match self.by_table(meaning, report, evaluation) {
            Ok(remedy) => remedies.all.push(remedy),
            Err(but) => remedies.but = but,
        }
        remedies
    }

    fn key_detail(&self, _: &Form) -> Option<String> {
        let value = self.number.written.numeral.value();
        Some(format!("{}{}", value.normalize(), self.unit))
    }
}

impl Contradicted {
    /// What is the same of those that contradict the same cells by the same number.
    pub fn likeness(&self) -> impl Eq + Hash + use<> {
        let cells = self.number.meanings.iter().map(|it| it.cells.clone());
        let number = self.number.written.numeral.value();
        (cells.collect::<Vec<_>>(), number, self.unit.clone())
    }

    /// The text put right: this place, and all that say the same wrong number of the same cells.
    fn by_text(&self, meaning: &Meaning, report: &Report) -> Vec<Remedy> {
        let place = |text: TextIx, number: &Recognised| {
            let words = report.text(text);
            Some(NumberPlace {
                text,
                at: number.digits.clone()?,
                old: words.get(number.digits.clone()?)?.to_owned(),
                new: number.digits_for(words, meaning)?,
                of: meaning.of.clone(),
            })
        };
        let Some(own) = place(self.text, &self.number) else {
            return Vec::new();
        };
        let same = self.same.iter();
        let same: Vec<NumberPlace> = same
            .filter_map(|(text, number)| place(*text, number))
            .collect();
        // Said once, on the first of their cards.
        let is_first = same.first().is_some_and(|first| *first == own);
        let several = (is_first && same.len() > 1).then_some(Remedy::Numbers(same));
        [Some(Remedy::Numbers(vec![own])), several]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The table put right, where it is one cell that is filled in; else what stands in the way, if anybody would think
    /// of it.
    fn by_table(
        &self,
        meaning: &Meaning,
        report: &Report,
        evaluation: &Evaluation,
    ) -> Result<Remedy, Option<String>> {
        let (form, number) = (report.form(), &self.number);
        let exact = number.written.in_cells(meaning.yuan);
        let (Some(cell), Some(number), false) = (meaning.of.only(), exact, number.is_share) else {
            return Err(None);
        };
        let name = with_year(&form.full_name(cell), report.year());
        let spec = form.cell(cell);
        if spec.computed {
            return Err(Some(format!(
                "“{name}”是合计，由程序计算；要改表，请改它下面的各格"
            )));
        }
        let Some(value) = in_cell(spec.kind, number) else {
            return Err(None);
        };
        match broken_by(report, evaluation, cell, value) {
            None => Ok(Remedy::Cell(cell, value)),
            Some(relation) => {
                let relation = &form.relations[relation];
                let (subject, left) = (&relation.subject, &relation.left_words);
                let right = &relation.right_words;
                Err(Some(format!(
                    "“{name}”改成 {value}，现在平衡的“{subject}：{left} = {right}”就不平了，所以不能只改这一格"
                )))
            }
        }
    }
}

/// A number as a cell of this kind holds it; none if it cannot.
fn in_cell(kind: Kind, number: Decimal) -> Option<Value> {
    if number.is_sign_negative() || number > Decimal::from(LIMIT) {
        return None;
    }
    match kind {
        Kind::Amount => (number.scale() <= MAX_SCALE).then_some(Value::Amount(number)),
        _ if number.is_integer() => Some(Value::Count(number.to_i64()?)),
        _ => None,
    }
}
