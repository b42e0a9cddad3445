//! A new year begun from last year's report (结转新年度).
//!
//! Organ, contacts and what must carry over come along; last year's figures stay inside the new draft to be held
//! against. Nothing else is copied: last year's wording is shown beside the new text and goes into it only by hand.

use crate::check;
use crate::form::{self, CellIx, Form, Level, Sum, TextIx, with_year};
use crate::prose::sentences;
use crate::report::{Change, Edit, Figures, Linked, Origin, Prior, Report};
use crate::value::Value;
use std::sync::Arc;

/// A new year's report as it begins, and what became of last year's.
#[derive(Debug)]
pub struct NewYear {
    /// The new report, with last year's figures in it.
    pub report: Report,
    /// What came along and what has no place any more.
    pub mapping: Mapping,
}

/// What became of last year's report in the new form, in the forms' words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Both forms' names, where they differ.
    pub forms: Option<(String, String)>,
    /// Cells filled in from last year.
    pub filled: Vec<(String, Value)>,
    /// Cells that could not be filled in because last year left them blank.
    pub not_filled: Vec<String>,
    /// Totals that last year's report prints and that do not add up; what adds up counts.
    pub misprints: Vec<String>,
    /// Texts with how many sentences about where the organ is reached were taken over into them.
    pub contacts: Vec<(String, usize)>,
    /// Reasons that were given and are to be given anew.
    pub reasons: Vec<String>,
    /// How many errors last year's report still has.
    pub errors: usize,
    /// Cells with another name now: before, now.
    pub renamed: Vec<(String, String)>,
    /// Cells that are several now: before, now.
    pub split: Vec<(String, Vec<String>)>,
    /// Cells that the new form lacks, with what stood in them.
    pub gone: Vec<(String, Value)>,
    /// Cells that only the new form has.
    pub only_new: Vec<String>,
}

/// Begins the year after `last`, which was read from a file of this name and SHA-256.
///
/// # Errors
/// A sentence if no form is known for that year.
pub fn begin(last: &Report, source: &str, sha256: &str) -> Result<NewYear, String> {
    let year = last.year().saturating_add(1);
    let form = form::by_year(year)
        .filter(|_| year <= LATEST)
        .ok_or_else(|| format!("本程序没有 {year} 年度的年报格式，不能结转到这一年度"))?;
    let prior = prior_of(last, source, sha256);
    let mut new = take_additions(Report::new(form.clone(), last.organ(), year), last);
    let mut mapping = Mapping::between(&prior.figures, &form, year);
    mapping.misprints = check::misprints(last);
    mapping.errors = check::evaluate(last).count(Level::Error);
    for (text, spec) in form.indexed_texts() {
        let carried = carried(prior.figures.find_text(&spec.id), &spec.carries);
        new = new.with(|new| Edit::text(new, text, &carried.join("\n")));
        if !carried.is_empty() {
            mapping.contacts.push((spec.name.clone(), carried.len()));
        }
    }
    Ok(NewYear {
        report: new.with(|new| bring(new, prior)),
        mapping,
    })
}

/// The same report on another form, as one on the form of its year: numbers go into the cells of the same id, texts into
/// those of the same section. What the other form lacks is in the mapping, and nowhere else any more; reasons are to be
/// given anew, since they are for other numbers.
pub fn onto_form(report: &Report, form: &Arc<Form>) -> (Report, Mapping) {
    let new = Report::new(form.clone(), report.organ(), report.year());
    let mut new = take_additions(new, report);
    let old = report.form();
    for (text, spec) in form.indexed_texts() {
        if let Some(from) = old.find_text(&spec.id) {
            let words = linked_on(report, from, form);
            new = new.with(|new| Edit::insert(new, text, 0..0, words));
        }
    }
    for (cell, spec) in form.indexed_cells() {
        if let Some(from) = old.find(&spec.id).filter(|_| new.shows(cell)) {
            let (origin, value) = (report.origin(from), report.value(from));
            let parts = report.addends(from).to_vec();
            let stated = report.stated(from);
            new = new
                .with(|new| Edit::cells_from(new, origin, [(cell, value)]))
                .with(|new| Edit::addends(new, cell, parts))
                .with(|new| Edit::stated(new, cell, stated));
        }
    }
    new = new.with(|new| Edit::prior(new, report.prior().cloned()));
    let mut mapping = Mapping::between(&check::figures(report), form, report.year());
    (mapping.filled, mapping.not_filled) = Default::default();
    mapping.reasons = report
        .reasons()
        .values()
        .map(|reason| reason.text().to_owned())
        .collect();
    (new, mapping)
}

/// A text with those of its links whose cells another form has.
fn linked_on(report: &Report, text: TextIx, form: &Form) -> Linked {
    let same = |cell: &CellIx| form.find(&report.form().cell(*cell).id);
    let all = |cells: &[CellIx]| cells.iter().map(same).collect::<Option<Vec<_>>>();
    let words = report.text(text);
    let (mut linked, mut at) = (Linked::default(), 0);
    for link in report.links(text) {
        linked.push_words(&words[at..link.at.start]);
        let digits = &words[link.at.clone()];
        match (all(&link.of.plus), all(&link.of.minus)) {
            (Some(plus), Some(minus)) => {
                let constant = link.of.constant;
                let of = Sum {
                    plus,
                    minus,
                    constant,
                };
                linked.push_number(digits, of);
            }
            _ => linked.push_words(digits),
        }
        at = link.at.end;
    }
    linked.push_words(&words[at..]);
    linked
}

/// Switches the local additions on that both forms have.
fn take_additions(new: Report, from: &Report) -> Report {
    from.additions().fold(new, |new, addition| {
        let id = &from.form().additions[usize::from(addition.0)].id;
        match new.form().find_addition(id) {
            Some(addition) => new.with(|new| Edit::addition(new, addition, true)),
            None => new,
        }
    })
}

/// Years have four digits.
const LATEST: i32 = 9999;

/// Last year's report as it is carried inside this year's.
pub fn prior_of(last: &Report, source: &str, sha256: &str) -> Arc<Prior> {
    Arc::new(Prior {
        figures: check::figures(last),
        source: source.to_owned(),
        sha256: sha256.to_owned(),
    })
}

/// Brings last year's figures into a report, and fills what carries over into cells that are blank. What an earlier file
/// of last year's brought goes again, blank if this one says nothing. Nothing happens if the figures are not of the year
/// before.
pub fn bring(report: &Report, prior: Arc<Prior>) -> Edit {
    if prior.figures.year().checked_add(1) != Some(report.year()) {
        return Edit::default();
    }
    let brought = |cell: CellIx| report.origin(cell) == Some(Origin::LastYear);
    let proposed = proposals(report.form(), &prior.figures);
    let is_proposed = |cell: CellIx| proposed.iter().any(|&(other, _)| other == cell);
    let gone = report
        .cells()
        .filter(|&cell| brought(cell) && !is_proposed(cell));
    let gone: Vec<_> = gone.map(|cell| (cell, Value::Blank)).collect();
    let filled = proposed.iter().copied().filter(|&(cell, value)| {
        brought(cell) || report.value(cell).is_blank() && !value.is_blank()
    });
    let filled: Vec<_> = filled.chain(gone).collect();
    Edit::prior(report, Some(prior)).and(Edit::cells_from(report, Some(Origin::LastYear), filled))
}

/// How many cells such an edit fills in; those that it empties aside.
pub fn cells_filled(edit: &Edit) -> usize {
    let fills = |change: &&Change| matches!(change, Change::Cell { new, .. } if !new.is_blank());
    edit.changes().iter().filter(fills).count()
}

/// What a new year begins with: each input cell that carries over, and last year's number for it; blank where last year
/// left it so, or where it is more than a cell holds.
fn proposals(form: &Form, last: &Figures) -> Vec<(CellIx, Value)> {
    let proposed = form.across.iter().filter_map(|across| {
        let cell = across.fills.filter(|&cell| !form.cell(cell).computed)?;
        let value = match last.last_sum(&across.last)? {
            Value::Count(n) => Value::count(n),
            Value::Amount(amount) => Value::amount(amount),
            Value::Blank => None,
        };
        Some((cell, value.unwrap_or_default()))
    });
    proposed.collect()
}

/// The sentences of a text that contain one of these words.
fn carried<'a>(text: &'a str, words: &[String]) -> Vec<&'a str> {
    sentences(text)
        .map(|sentence| text[sentence].trim())
        .filter(|sentence| words.iter().any(|word| sentence.contains(word.as_str())))
        .collect()
}

impl Mapping {
    fn between(last: &Figures, form: &Form, year: i32) -> Self {
        let old = last.form();
        let name = |cell| with_year(&form.full_name(cell), year);
        let old_name = |cell| with_year(&old.full_name(cell), last.year());
        let mut mapping = Self::default();
        for (cell, value) in proposals(form, last) {
            match value {
                Value::Blank => mapping.not_filled.push(name(cell)),
                value => mapping.filled.push((name(cell), value)),
            }
        }
        if old.id == form.id {
            return mapping;
        }
        mapping.forms = Some((old.name.clone(), form.name.clone()));
        let former = |id: &str| {
            let fits = |former: &&form::Former| former.form == old.id && former.cell == id;
            form.formerly.iter().find(fits)
        };
        for (cell, spec) in old.indexed_cells() {
            match (form.find(&spec.id), former(&spec.id)) {
                (Some(now), _) if old_name(cell) == name(now) => {}
                (Some(now), _) => mapping.renamed.push((old_name(cell), name(now))),
                (None, Some(former)) => {
                    let these = former.these.iter().map(|&cell| name(cell));
                    mapping.split.push((old_name(cell), these.collect()));
                }
                (None, None) if spec.addition.is_some() && last.value(cell).is_blank() => {}
                (None, None) => mapping.gone.push((old_name(cell), last.value(cell))),
            }
        }
        let is_split = |cell: CellIx| form.formerly.iter().any(|f| f.these.contains(&cell));
        for (cell, spec) in form.indexed_cells() {
            if old.find(&spec.id).is_none() && !is_split(cell) && spec.addition.is_none() {
                mapping.only_new.push(name(cell));
            }
        }
        mapping
    }

    /// The report on it, a line each.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some((old, new)) = &self.forms {
            lines.push(format!("格式由{old}换成{new}，名称相同的格直接对应"));
        }
        if !self.filled.is_empty() {
            let rows: Vec<String> = self
                .filled
                .chunk_by(|(a, _), (b, _)| row_of(a) == row_of(b))
                .map(|row| {
                    let cells = row.iter().map(|(name, value)| {
                        let (_, column) = name.rsplit_once(" · ").unwrap_or_default();
                        format!("{column} {value}")
                    });
                    let cells: Vec<String> = cells.collect();
                    format!("{}（{}）", row_of(&row[0].0), cells.join("、"))
                })
                .collect();
            lines.push(format!(
                "按上年填好 {} 格，请核对：{}",
                self.filled.len(),
                rows.join("；")
            ));
        }
        if !self.not_filled.is_empty() {
            lines.push(format!(
                "上年空白或不全、要自己填的 {} 格：{}",
                self.not_filled.len(),
                self.not_filled.join("；")
            ));
        }
        if self.errors > 0 {
            lines.push(format!(
                "上年的年报还有 {} 处必改没有改，带来的数请核对",
                self.errors
            ));
        }
        for reason in &self.reasons {
            lines.push(format!("说明的原因没有带过去，要重新说明：{reason}"));
        }
        for misprint in &self.misprints {
            lines.push(format!("上年印错的总计，按各项之和对照：{misprint}"));
        }
        for (text, sentences) in &self.contacts {
            lines.push(format!("{text}里带来了联系方式 {sentences} 句，请核对"));
        }
        for (old, new) in &self.renamed {
            lines.push(format!("改了名称：{old} → {new}"));
        }
        // One line a row: its cells are split alike.
        let mut rows: Vec<(&str, Vec<&str>)> = Vec::new();
        for (old, new) in &self.split {
            let row = row_of(old);
            if rows.last().is_none_or(|(last, _)| *last != row) {
                rows.push((row, new.iter().map(|name| row_of(name)).collect()));
            }
        }
        for (old, new) in rows {
            lines.push(format!(
                "分成 {} 行：{old} → {}；对照时与这几行之和比",
                new.len(),
                new.join("；")
            ));
        }
        for (name, value) in &self.gone {
            let value = match value {
                Value::Blank => "空白".to_owned(),
                value => value.to_string(),
            };
            lines.push(format!("新格式没有这一格：{name}（原来 {value}）"));
        }
        if !self.only_new.is_empty() {
            lines.push(format!("新格式才有的格：{}", self.only_new.join("；")));
        }
        lines
    }
}

/// A cell's name without its column.
fn row_of(name: &str) -> &str {
    name.rsplit_once(" · ").map_or(name, |(row, _)| row)
}

#[cfg(test)]
mod tests {
    use super::carried;

    #[test]
    fn only_sentences_about_contacts_are_carried() {
        let text = "本报告依据条例编制。如有疑问，请联系：地址：一号（邮编：1；电话：2）。\n数据截至12月31日。";
        let words = ["地址".to_owned(), "电话".to_owned()];
        assert_eq!(
            carried(text, &words),
            ["如有疑问，请联系：地址：一号（邮编：1；电话：2）。"]
        );
    }
}
