//! One thing that a check found: what it is about, which rule it comes from, and, once asked, what to say of it.
//!
//! A new kind of check is one file with a type that implements [`Said`], and a line in [`super::evaluate`].

use super::Evaluation;
use crate::form::{CellIx, Form, Level, TextIx};
use crate::report::{Edit, Origin, Report};
use crate::value::Value;
use rust_decimal::Decimal;
use std::ops::Range;
use std::sync::Arc;

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

/// Where a rule is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// In the form (index in [`Form::rules`]).
    Form(usize),
    /// In the program, as something that holds for every form, under this id.
    Program(&'static str),
}

/// What a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The cells, a relation's left side first; of a finding about a text those that the text was held against.
    pub cells: Vec<CellIx>,
    /// The text and where in it.
    pub passage: Option<Passage>,
    /// The relation (index in [`Form::relations`]) that does not hold.
    pub relation: Option<usize>,
    /// The section where it is seen; none if it is about the report as a whole.
    pub section: Option<usize>,
}

/// Places in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The text.
    pub text: TextIx,
    /// The places in bytes, in order; none if the text as a whole is meant.
    pub at: Vec<Range<usize>>,
}

impl About {
    /// The report as a whole.
    pub fn report() -> Self {
        Self::default()
    }

    /// Cells of a table.
    pub fn cells(form: &Form, cells: &[CellIx]) -> Self {
        let table = cells.first().map(|&cell| form.cell(cell).table);
        Self {
            cells: cells.to_vec(),
            section: table.and_then(|table| form.section_of_table(table)),
            ..Self::default()
        }
    }

    /// A relation of the form that does not hold.
    pub fn relation(form: &Form, relation: usize) -> Self {
        Self {
            relation: Some(relation),
            ..Self::cells(form, &form.relations[relation].cells)
        }
    }

    /// Places in a text, which was held against `cells`.
    pub fn text(form: &Form, text: TextIx, at: Vec<Range<usize>>, cells: Vec<CellIx>) -> Self {
        Self {
            cells,
            passage: Some(Passage { text, at }),
            relation: None,
            section: form.section_of_text(text),
        }
    }

    /// The text that it is about.
    pub fn in_text(&self) -> Option<TextIx> {
        self.passage.as_ref().map(|passage| passage.text)
    }

    /// The cells that are shown as affected: none where a text is, since the tables may well be right.
    pub fn marked(&self) -> &[CellIx] {
        match self.passage {
            Some(_) => &[],
            None => &self.cells,
        }
    }
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
    fn remedy(&self, _: &Finding, _: &Report, _: &Evaluation) -> Option<Remedy> {
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

/// One side of a relation with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// In the form's words, e.g. `一+二`.
    pub words: String,
    /// The numbers that make it up, e.g. `71 + 1`; empty where there is only one or there are too many to read.
    pub terms: String,
    /// What they come to.
    pub total: Value,
}

/// What mends a finding at once.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// Fill these blanks with 0.
    ZeroBlanks(Vec<CellIx>),
    /// Drop the stated total of a cell, which adds up to this.
    AdoptComputed(CellIx, Value),
    /// Put last year's number into a cell.
    LastYear(CellIx, Value),
    /// Choose last year's report anew.
    ChooseLastYear,
    /// Carry the report over to the form of its year.
    ChangeForm,
}

impl Remedy {
    /// What stands on its button.
    pub fn words(&self) -> String {
        match self {
            Self::ZeroBlanks(_) => "空白填 0".to_owned(),
            Self::AdoptComputed(_, computed) => format!("采用计算值 {computed}"),
            Self::LastYear(_, number) => format!("改为上年的 {number}"),
            Self::ChooseLastYear => "重新选择上年的年报……".to_owned(),
            Self::ChangeForm => "换成这一年度的格式……".to_owned(),
        }
    }

    /// Whether it is done by an edit alone, without asking anything.
    pub fn is_edit(&self) -> bool {
        !matches!(self, Self::ChooseLastYear | Self::ChangeForm)
    }

    /// The edit that does it; nothing where something must be asked first.
    pub fn edit(&self, report: &Report) -> Edit {
        match self {
            Self::ZeroBlanks(cells) => Edit::zero_blanks(report, cells.iter().copied()),
            Self::AdoptComputed(cell, _) => Edit::stated(report, *cell, None),
            Self::LastYear(cell, number) => {
                Edit::cells_from(report, Some(Origin::LastYear), [(*cell, *number)])
            }
            Self::ChooseLastYear | Self::ChangeForm => Edit::default(),
        }
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

    /// What mends it at once, if anything does.
    pub fn remedy(&self, report: &Report, evaluation: &Evaluation) -> Option<Remedy> {
        self.said.remedy(self, report, evaluation)
    }
}

/// Tells findings of one rule about one text apart, as two numbers in it are two findings.
pub(super) fn number_the_same(form: &Form, findings: &mut [Finding]) {
    let mut seen: Vec<String> = Vec::new();
    for finding in findings {
        if finding.said.key_detail(form).is_some() {
            let key = finding.plain_key(form);
            finding.same_before = seen.iter().filter(|&other| *other == key).count();
            seen.push(key);
        }
    }
}
