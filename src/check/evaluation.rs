//! What came out of checking a report: its numbers as they add up, and everything that was found.
//!
//! A new kind of check is one file with a type that implements [`Said`], and a line in [`super::evaluate`].

use super::about::{About, Rule};
use super::lane::Lane;
use super::message::{Side, Term, level_name};
use super::remedy::Remedies;
use crate::form::{CellIx, Form, Level, Sum, TextIx};
use crate::prose::{half_width, squeezed};
use crate::report::Report;
use crate::value::Value;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// What came out for one report.
#[derive(Debug, Default)]
pub struct Evaluation {
    /// What is filled in or added up; of a computed cell with blanks below it, what is there so far.
    pub(super) computed: Lane,
    /// What relations use: the stated total where there is one, else what adds up.
    pub(super) effective: Lane,
    /// Everything found, the gravest first, each level in the form's order.
    pub findings: Vec<Finding>,
    /// The relations (in [`Form::relations`]) that a blank keeps from being checked.
    pub unchecked: Vec<usize>,
    /// The relations to last year (in [`Form::across`]) that a blank in either year keeps from being checked.
    pub unchecked_across: Vec<usize>,
    /// Texts with a number that blanks in the tables keep from being compared, once for each such number.
    pub unchecked_texts: Vec<TextIx>,
    /// Computed cells whose stated total differs from what adds up.
    pub discrepancies: Vec<CellIx>,
}

impl Evaluation {
    /// What a cell holds: what was filled in, or for a computed cell what adds up so far.
    pub fn value(&self, cell: CellIx) -> Value {
        self.computed.get(cell).value
    }

    /// What the report says in a cell: the stated total where there is one, else [`Evaluation::value`].
    pub fn effective(&self, cell: CellIx) -> Value {
        self.effective.get(cell).value
    }

    /// The same for those who see nothing but the number: a total of which a part is lacking is unknown, and blank.
    pub fn known(&self, cell: CellIx) -> Value {
        self.effective.get(cell).known()
    }

    /// What adds up in a cell, if nothing of it is lacking.
    pub fn known_sum(&self, cell: CellIx) -> Value {
        self.computed.get(cell).known()
    }

    /// Whether nothing that a computed cell adds up is blank.
    pub fn is_complete(&self, cell: CellIx) -> bool {
        self.computed.get(cell).complete
    }

    /// What a sum of cells comes to; nothing if one of them is blank or lacks a part.
    pub fn known_total(&self, sum: &Sum) -> Value {
        self.effective.add(sum).known()
    }

    /// The numbers of a sum, each with whether it is taken away.
    pub(super) fn terms(&self, sum: &Sum) -> Vec<Term> {
        let plus = sum.plus.iter().map(|&cell| (false, cell));
        let minus = sum.minus.iter().map(|&cell| (true, cell));
        plus.chain(minus)
            .map(|(minus, cell)| (minus, self.effective(cell)))
            .collect()
    }

    /// How much could not be checked, in tables and texts.
    pub fn unchecked_count(&self) -> usize {
        self.unchecked.len() + self.unchecked_across.len() + self.unchecked_texts.len()
    }

    /// How many findings of a level are open: those with a reason are not.
    pub fn count(&self, level: Level) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.level == level && finding.reason.is_none())
            .count()
    }
}

/// The verdict in one line.
pub fn verdict(evaluation: &Evaluation) -> String {
    let count = |level| format!("{} {}", level_name(level), evaluation.count(level));
    let levels = [Level::Error, Level::Query, Level::Hint]
        .map(count)
        .join(" · ");
    format!("{levels} · 未检查 {}", evaluation.unchecked_count())
}

/// How the mark begins that printed drafts bear.
const DRAFT_MARK: &str = "草稿（还有 ";

/// What a printed draft says of itself where this much must be corrected; nothing of none.
pub fn draft_mark(errors: usize) -> Option<String> {
    (errors > 0).then(|| format!("{DRAFT_MARK}{errors} 处必改）"))
}

/// Whether a line is such a mark.
pub fn is_draft_mark(line: &str) -> bool {
    let plain = |words: &str| -> String { squeezed(words).chars().map(half_width).collect() };
    let line = plain(line);
    line.starts_with(&plain(DRAFT_MARK)) && line.ends_with("处必改)")
}

/// Something to correct, to explain or to look at.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How much it matters.
    pub level: Level,
    /// The rule that it comes from.
    pub rule: Rule,
    /// Where it is, and what it was held against.
    pub about: About,
    /// Whether it says only that something is not filled in yet.
    pub unfilled: bool,
    /// The reason that the organ has given for just this, if it wanted one.
    pub reason: Option<String>,
    said: Arc<dyn Said>,
    /// How many findings with the same key come before it.
    same_before: usize,
}

/// What one kind of finding says. Worded only when asked for.
pub trait Said: std::fmt::Debug + Send + Sync {
    /// What it is about and what is wrong, without numbers: `表三 · 自然人：一+二 ≠ 三（七）+四`.
    fn headline(&self, finding: &Finding, report: &Report) -> String;

    /// The whole of it in one line.
    fn message(&self, finding: &Finding, report: &Report, evaluation: &Evaluation) -> String;

    /// What exactly was found, numbers included: a reason holds for this and no other.
    fn evidence(&self, finding: &Finding, report: &Report, evaluation: &Evaluation) -> String {
        self.message(finding, report, evaluation)
    }

    /// The two sides that should agree, as written down in the tables.
    fn sides(&self, _: &Report, _: &Evaluation) -> Option<(Side, Side)> {
        None
    }

    /// The two numbers that should agree.
    fn numbers(&self) -> Option<(Value, Value)> {
        None
    }

    /// What it could be instead, with the tables' numbers.
    fn readings(&self, _: &Form, _: &Evaluation) -> Option<String> {
        None
    }

    /// What mends it at once.
    fn remedies(&self, _: &Finding, _: &Report, _: &Evaluation) -> Remedies {
        Remedies::default()
    }

    /// What of last year's text it was held against: this form's text, and where in last year's.
    fn last_year(&self) -> Option<(TextIx, Range<usize>)> {
        None
    }

    /// What its key names in place of the first cell or the text; see [`Finding::key`].
    fn key_place<'a>(&self, _: &'a Form) -> Option<&'a str> {
        None
    }

    /// What tells it from other findings of its rule in the same place, for its key.
    fn key_detail(&self, _: &Form) -> Option<String> {
        None
    }
}

impl Finding {
    pub(super) fn new(level: Level, rule: Rule, about: About, said: impl Said + 'static) -> Self {
        Self {
            level,
            rule,
            about,
            unfilled: false,
            reason: None,
            said: Arc::new(said),
            same_before: 0,
        }
    }

    /// A finding of one of the form's rules, at that rule's level.
    pub(super) fn of_form(
        form: &Form,
        rule: usize,
        about: About,
        said: impl Said + 'static,
    ) -> Self {
        Self::new(form.rules[rule].level, Rule::Form(rule), about, said)
    }

    /// The same, for something that is not filled in yet.
    pub(super) fn unfilled(self) -> Self {
        Self {
            unfilled: true,
            ..self
        }
    }

    /// The rule's id, as `check --json` prints it.
    pub fn rule_id<'a>(&self, form: &'a Form) -> &'a str {
        match self.rule {
            Rule::Form(rule) => &form.rules[rule].id,
            Rule::Program(id) => id,
        }
    }

    /// Whether a reason settles it. A text that is not written wants writing, not excusing.
    pub fn wants_reason(&self) -> bool {
        self.level == Level::Query && !(self.unfilled && self.about.passage.is_some())
    }

    /// Under which keys a reason for it may have been given: a number in a text is told from others by what it is, which
    /// drafts did not always do.
    pub fn reason_keys<'a>(&self, report: &'a Report) -> impl Iterator<Item = &'a str> {
        let form = report.form();
        let whole = self.key(form);
        let of_rule = |key: &str| key.split(['#', '·']).next().unwrap_or_default().to_owned();
        let rule = of_rule(&whole);
        let several = self.said.key_detail(form).is_some();
        let all = report.reasons().keys().map(String::as_str);
        all.filter(move |&key| key == whole || several && of_rule(key) == rule)
    }

    /// What it is about, whatever the numbers: the rule and the first cell or the text. Reasons are kept under it.
    pub fn key(&self, form: &Form) -> String {
        let mut key = self.plain_key(form);
        if self.same_before > 0 {
            key.push_str(&format!("#{}", self.same_before + 1));
        }
        key
    }

    fn plain_key(&self, form: &Form) -> String {
        let place = match (&self.about.passage, self.about.cells.first()) {
            (Some(passage), _) => &form.text(passage.text).id,
            (None, Some(&cell)) => &form.cell(cell).id,
            (None, None) => "",
        };
        let place = self.said.key_place(form).unwrap_or(place);
        let mut key = format!("{}@{place}", self.rule_id(form));
        if let Some(detail) = self.said.key_detail(form) {
            key.push('·');
            key.push_str(&detail);
        }
        key
    }

    /// What exactly was found, numbers included: a reason holds for this and no other.
    pub fn evidence(&self, report: &Report, evaluation: &Evaluation) -> String {
        self.said.evidence(self, report, evaluation)
    }

    /// Where the rule comes from.
    pub fn source<'a>(&self, form: &'a Form) -> &'a str {
        match self.rule {
            Rule::Form(rule) => &form.rules[rule].source,
            Rule::Program(_) => &form.doc_no,
        }
    }

    /// The rule in official or customary words; empty where the headline says it all.
    pub fn wording<'a>(&self, form: &'a Form) -> &'a str {
        match self.rule {
            Rule::Form(rule) => &form.rules[rule].wording,
            Rule::Program(_) => "",
        }
    }

    /// What it is about and what is wrong, without numbers: `表三 · 自然人：一+二 ≠ 三（七）+四`.
    pub fn headline(&self, report: &Report) -> String {
        self.said.headline(self, report)
    }

    /// The whole of it in one line: `表三 · 自然人 · 一+二=23，三（七）+四=22，差 1`.
    pub fn message(&self, report: &Report, evaluation: &Evaluation) -> String {
        self.said.message(self, report, evaluation)
    }

    /// What a number in a text could be, with the tables' numbers.
    pub fn readings(&self, form: &Form, evaluation: &Evaluation) -> Option<String> {
        self.said.readings(form, evaluation)
    }

    /// The two sides of a relation, with their numbers.
    pub fn sides(&self, report: &Report, evaluation: &Evaluation) -> Option<(Side, Side)> {
        self.said.sides(report, evaluation)
    }

    /// The two numbers of a relation, its left side first.
    pub fn numbers(&self) -> Option<(Value, Value)> {
        self.said.numbers()
    }

    /// By how much the two sides of a relation differ; never negative.
    pub fn difference(&self) -> Option<Decimal> {
        let (left, right) = self.said.numbers()?;
        Some((left.decimal()? - right.decimal()?).abs().normalize())
    }

    /// What of last year's text it was held against: this form's text, and where in last year's, in bytes.
    pub fn last_year(&self) -> Option<(TextIx, Range<usize>)> {
        self.said.last_year()
    }

    /// What mends it at once.
    pub fn remedies(&self, report: &Report, evaluation: &Evaluation) -> Remedies {
        self.said.remedies(self, report, evaluation)
    }
}

/// Tells findings of one rule about one text apart, as two numbers in it are two findings.
pub(super) fn number_the_same(form: &Form, findings: &mut [Finding]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for finding in findings {
        if finding.said.key_detail(form).is_some() {
            let before = seen.entry(finding.plain_key(form)).or_default();
            finding.same_before = *before;
            *before += 1;
        }
    }
}
