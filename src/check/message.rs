//! Findings in the form's own words.

use super::years::change_words;
use super::{Detail, Evaluation, Finding};
use crate::form::{Candidate, Comparison, Form, Level, Sum, with_year};
use crate::report::Report;
use crate::value::Value;
use rust_decimal::Decimal;

/// A level's official name.
pub fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "必改",
        Level::Query => "需说明",
        Level::Hint => "提示",
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

/// The most numbers that are still read as a sum.
const READABLE_TERMS: usize = 6;

impl Finding {
    /// The rule's id, as `check --json` prints it.
    pub fn rule_id<'a>(&self, form: &'a Form) -> &'a str {
        match self.rule(form) {
            Some(rule) => &form.rules[rule].id,
            None if matches!(self.detail, Detail::WrongForm { .. }) => "FORM-YEAR",
            None if matches!(self.detail, Detail::PriorYear { .. }) => "PRIOR-YEAR",
            None if matches!(self.detail, Detail::PriorOrgan { .. }) => "PRIOR-ORGAN",
            None => "TEXT-BLANK",
        }
    }

    /// Whether a reason settles it. A text that is not written wants writing, not excusing.
    pub fn wants_reason(&self) -> bool {
        self.level == Level::Query && !matches!(self.detail, Detail::BlankText { .. })
    }

    /// Under which keys a reason for it may have been given: a number in a text is told from others by what it is, which
    /// drafts did not always do.
    pub fn reason_keys<'a>(&self, report: &'a Report) -> impl Iterator<Item = &'a str> {
        let whole = self.key(report.form());
        let of_rule = |key: &str| key.split(['#', '·']).next().unwrap_or_default().to_owned();
        let rule = of_rule(&whole);
        let several = matches!(self.detail, Detail::Mention { .. });
        let all = report.reasons().keys().map(String::as_str);
        all.filter(move |&key| key == whole || several && of_rule(key) == rule)
    }

    /// What it is about, whatever the numbers: the rule and the first cell or the text. Reasons are kept under it.
    pub fn key(&self, form: &Form) -> String {
        let about = match (self.cells(form).first(), self.text(form)) {
            (Some(&cell), _) => &form.cell(cell).id,
            (None, Some(text)) => &form.text(text).id,
            (None, None) => "",
        };
        // Blanks are one finding a table, wherever the first of them is.
        let about = match self.detail {
            Detail::Blank { table, .. } => &form.tables[table].id,
            _ => about,
        };
        let mut key = format!("{}@{about}", self.rule_id(form));
        if let Detail::Mention {
            mention, number, ..
        } = self.detail
        {
            key.push_str(&format!("·{number}{}", form.mentions[mention].unit));
        }
        if self.twins > 0 {
            key.push_str(&format!("#{}", self.twins + 1));
        }
        key
    }

    /// What exactly was found, numbers included: a reason holds for this and no other.
    pub fn evidence(&self, report: &Report, evaluation: &Evaluation) -> String {
        match &self.detail {
            Detail::Blank { cells, .. } => {
                let ids = cells
                    .iter()
                    .map(|&cell| report.form().cell(cell).id.as_str());
                format!("空白：{}", ids.collect::<Vec<_>>().join(" "))
            }
            _ => self.message(report, evaluation),
        }
    }

    /// Where the rule comes from.
    pub fn source<'a>(&self, form: &'a Form) -> &'a str {
        match self.rule(form) {
            Some(rule) => &form.rules[rule].source,
            None => &form.doc_no,
        }
    }

    /// The rule in official or customary words; empty where the headline says it all.
    pub fn wording<'a>(&self, form: &'a Form) -> &'a str {
        self.rule(form).map_or("", |rule| &form.rules[rule].wording)
    }

    fn rule(&self, form: &Form) -> Option<usize> {
        match self.detail {
            Detail::Relation { relation, .. } => Some(form.relations[relation].rule),
            Detail::Negative { rule, .. }
            | Detail::Blank { rule, .. }
            | Detail::Missing { rule, .. } => Some(rule),
            Detail::Mention { mention, .. } => Some(form.mentions[mention].rule),
            Detail::Across { across, .. } => Some(form.across[across].rule),
            Detail::Swing { swing, .. } => Some(form.swings[swing].rule),
            Detail::Period { period, .. } => Some(form.periods[period].rule),
            Detail::StaleYear { stale, .. } => Some(form.stale_years[stale].rule),
            Detail::BlankText { .. }
            | Detail::WrongForm { .. }
            | Detail::PriorYear { .. }
            | Detail::PriorOrgan { .. } => None,
        }
    }

    /// What it is about and what is wrong, without numbers: `表三 · 自然人：一+二 ≠ 三（七）+四`.
    pub fn headline(&self, report: &Report) -> String {
        let form = report.form();
        match &self.detail {
            Detail::Relation { relation, .. } => {
                let relation = &form.relations[*relation];
                let sign = relation.is.broken_sign();
                format!(
                    "{}：{} {sign} {}",
                    relation.subject, relation.left_words, relation.right_words
                )
            }
            Detail::Across { across, .. } => {
                let across = &form.across[*across];
                let sign = across.is.broken_sign();
                format!(
                    "{}：{} {sign} {}",
                    across.subject, across.left_words, across.right_words
                )
            }
            Detail::Swing {
                cell, last, now, ..
            } => {
                let name = with_year(&form.full_name(*cell), report.year());
                format!("{name}：{}", change_words(*last, *now))
            }
            Detail::Period { text, at, .. } => {
                let (name, quoted) = (&form.text(*text).name, quote(report.text(*text), at));
                format!("{name}写“{quoted}”：不是报告年度 {} 年", report.year())
            }
            Detail::StaleYear { text, at, .. } => {
                let quoted = at.first().map(|at| quote(report.text(*text), at));
                let more = if at.len() > 1 {
                    format!("等 {} 处", at.len())
                } else {
                    String::new()
                };
                format!(
                    "{}写“{}”{more}：照抄上年，年份没有改",
                    form.text(*text).name,
                    quoted.unwrap_or_default()
                )
            }
            Detail::PriorOrgan { organ } => {
                format!(
                    "带入的上年数是“{organ}”的，本年的单位是“{}”",
                    report.organ()
                )
            }
            Detail::PriorYear { year } => format!(
                "带入的上年数是 {year} 年度的，不是 {} 年度的",
                report.year() - 1
            ),
            Detail::Negative { cell, .. } => format!("{}：是负数", form.full_name(*cell)),
            Detail::Blank { table, cells, .. } => {
                format!("{}：有 {} 格空白", form.tables[*table].name, cells.len())
            }
            Detail::BlankText { text } => format!("{}：还没有填写", form.text(*text).name),
            Detail::Missing { rule, text } => {
                let requirement = form.requirements.iter().find(|r| r.rule == *rule);
                let words = requirement
                    .and_then(|r| r.any_of.first())
                    .map_or("", String::as_str);
                format!("{}：没有写到“{words}”", form.text(*text).name)
            }
            Detail::Mention {
                mention,
                at,
                candidate,
                ..
            } => {
                let mention = &form.mentions[*mention];
                let quoted = quote(report.text(mention.text), at);
                let usual = mention.candidates.first().map_or("", |c| &c.says);
                match candidate {
                    Some(_) => format!("{}写“{quoted}”：不是{usual}", form.text(mention.text).name),
                    None => format!("{}写“{quoted}”：与表格不符", form.text(mention.text).name),
                }
            }
            Detail::WrongForm { year } => format!("{year} 年度不用{}", form.name),
        }
    }

    /// The whole finding in one sentence, with both sides and the difference:
    /// `表三 · 自然人 · 一+二=23，三（七）+四=22，差 1`.
    pub fn message(&self, report: &Report, evaluation: &Evaluation) -> String {
        let form = report.form();
        match &self.detail {
            Detail::Relation {
                relation,
                left,
                right,
            } => {
                let relation = &form.relations[*relation];
                let (subject, l, r) = (
                    &relation.subject,
                    &relation.left_words,
                    &relation.right_words,
                );
                // A side that is only a constant is its own wording.
                let right_side = if relation.right.cells().next().is_some() {
                    format!("{r}={right}")
                } else {
                    right.to_string()
                };
                let difference = self.difference().unwrap_or_default();
                match relation.is {
                    Comparison::Equal if right_side == right.to_string() => {
                        format!("{subject} · {l}={left}，应为 {right_side}")
                    }
                    Comparison::Equal => {
                        format!("{subject} · {l}={left}，{right_side}，差 {difference}")
                    }
                    Comparison::AtMost => {
                        format!("{subject} · {l}={left}，不应多于{right_side}，多 {difference}")
                    }
                    Comparison::AtLeast => {
                        format!("{subject} · {l}={left}，不应少于 {right_side}，差 {difference}")
                    }
                }
            }
            Detail::Negative { cell, value, .. } => format!(
                "{} · 现为 {value}，{}",
                form.full_name(*cell),
                self.wording(form)
            ),
            Detail::Blank { table, cells, .. } => {
                let name = with_year(&form.cell(cells[0]).name(), report.year());
                let table = &form.tables[*table].name;
                let which = if cells.len() == 1 {
                    format!("{name} 空白")
                } else {
                    format!("有 {} 格空白，第一格是 {name}", cells.len())
                };
                format!("{table} · {which}；{}", self.wording(form))
            }
            Detail::BlankText { .. } => {
                format!("{}；请写明，确实没有的也要写一句", self.headline(report))
            }
            Detail::Missing { .. }
            | Detail::Swing { .. }
            | Detail::Period { .. }
            | Detail::StaleYear { .. } => {
                format!("{}；{}", self.headline(report), self.wording(form))
            }
            Detail::PriorOrgan { .. } => format!(
                "{}；选错了就用“结转新年度”重新带入，单位改了名称的写明原因",
                self.headline(report)
            ),
            Detail::PriorYear { .. } => format!(
                "{}，没有拿来审核；请用“结转新年度”带入 {} 年度的年报",
                self.headline(report),
                report.year() - 1
            ),
            Detail::Across {
                across,
                left,
                right,
            } => {
                let across = &form.across[*across];
                let difference = self.difference().unwrap_or_default();
                format!(
                    "{} · {}={left}，{}={right}，差 {difference}",
                    across.subject, across.left_words, across.right_words
                )
            }
            Detail::Mention { candidate, .. } => {
                let readings = self.readings(form, evaluation).unwrap_or_default();
                match candidate {
                    Some(_) => format!("{}，{readings}", self.headline(report)),
                    None => format!(
                        "{}，{readings}；{}",
                        self.headline(report),
                        self.wording(form)
                    ),
                }
            }
            Detail::WrongForm { year } => {
                let right = crate::form::by_year(*year)
                    .map_or_else(String::new, |form| format!("，应使用{}", form.name));
                let Years { from, to } = Years::of(form);
                format!(
                    "{}{right}；{}适用于 {from}{to}年度",
                    self.headline(report),
                    form.name
                )
            }
        }
    }

    /// What a number in a text could be, with the tables' numbers.
    pub fn readings(&self, form: &Form, evaluation: &Evaluation) -> Option<String> {
        let Detail::Mention {
            mention, candidate, ..
        } = self.detail
        else {
            return None;
        };
        let candidates = &form.mentions[mention].candidates;
        let reading =
            |c: &Candidate| format!("{}={}", c.says, evaluation.effective.add(&c.sum).value);
        Some(match candidate {
            Some(nth) => format!(
                "等于{}，{}",
                reading(&candidates[nth]),
                reading(&candidates[0])
            ),
            None => format!(
                "表中{}",
                candidates
                    .iter()
                    .map(reading)
                    .collect::<Vec<_>>()
                    .join("，")
            ),
        })
    }

    /// The two sides of a relation, with their numbers.
    pub fn sides(&self, report: &Report, evaluation: &Evaluation) -> Option<(Side, Side)> {
        let form = report.form();
        let side = |words: &str, terms: &[Term], total| Side {
            words: words.to_owned(),
            terms: sum_words(terms),
            total,
        };
        match self.detail {
            Detail::Relation {
                relation,
                left,
                right,
            } => {
                let relation = &form.relations[relation];
                let terms = |sum| terms(sum, evaluation);
                Some((
                    side(&relation.left_words, &terms(&relation.left), left),
                    side(&relation.right_words, &terms(&relation.right), right),
                ))
            }
            Detail::Across {
                across,
                left,
                right,
            } => {
                let across = &form.across[across];
                let last = &report.prior()?.figures;
                let before = |minus: bool, ids: &[String]| -> Vec<Term> {
                    let values = ids.iter().filter_map(|id| last.find(id));
                    values.map(|value| (minus, value)).collect()
                };
                let mut right_terms = before(false, &across.last.plus);
                right_terms.extend(before(true, &across.last.minus));
                right_terms.extend(terms(&across.right, evaluation));
                Some((
                    side(&across.left_words, &terms(&across.left, evaluation), left),
                    side(&across.right_words, &right_terms, right),
                ))
            }
            _ => None,
        }
    }

    /// By how much the two sides of a relation differ; never negative.
    pub fn difference(&self) -> Option<Decimal> {
        let (Detail::Relation { left, right, .. } | Detail::Across { left, right, .. }) =
            self.detail
        else {
            return None;
        };
        Some((left.decimal()? - right.decimal()?).abs().normalize())
    }
}

/// The years of a form, worded.
struct Years {
    from: i32,
    to: String,
}

impl Years {
    fn of(form: &Form) -> Self {
        let to = form
            .years
            .to
            .map_or_else(|| " 年及以后".to_owned(), |to| format!("—{to} "));
        Self {
            from: form.years.from,
            to,
        }
    }
}

/// One number of a sum, and whether it is taken away.
type Term = (bool, Value);

/// The numbers of a sum.
fn terms(sum: &Sum, evaluation: &Evaluation) -> Vec<Term> {
    let plus = sum.plus.iter().map(|&cell| (false, cell));
    let minus = sum.minus.iter().map(|&cell| (true, cell));
    plus.chain(minus)
        .map(|(minus, cell)| (minus, evaluation.effective(cell)))
        .collect()
}

/// The numbers of a sum that are not 0, if they can be read at a glance.
fn sum_words(all: &[Term]) -> String {
    let short = all.len() <= 2;
    let shown: Vec<_> = all
        .iter()
        .filter(|(_, v)| short || v.decimal().is_some_and(|d| !d.is_zero()))
        .collect();
    if shown.len() < 2 || shown.len() > READABLE_TERMS {
        return String::new();
    }
    let mut words = String::new();
    for (nth, (minus, value)) in shown.iter().enumerate() {
        words.push_str(match (nth, minus) {
            (0, false) => "",
            (0, true) => "−",
            (_, false) => " + ",
            (_, true) => " − ",
        });
        words.push_str(&value.to_string());
    }
    words
}

/// A number in a text with a few characters before it; dots where its clause began earlier.
fn quote(text: &str, at: &std::ops::Range<usize>) -> String {
    const BEFORE: usize = 12;
    let stop = |c: char| "，。；：、\n".contains(c);
    let before = &text[..at.start];
    let start = before
        .char_indices()
        .rev()
        .take_while(|&(_, c)| !stop(c))
        .take(BEFORE)
        .last()
        .map_or(at.start, |(i, _)| i);
    let is_whole = before[..start].chars().next_back().is_none_or(stop);
    let dots = if is_whole { "" } else { "…" };
    format!("{dots}{}", &text[start..at.end])
}
