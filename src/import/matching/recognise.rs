//! Finds the official tables in what others made of them, by the form's own labels and the heads of its columns.

use super::blocks;
use super::content::Content;
use super::flow;
use super::form_words::{FormWordIx, FormWords, TableWords, WantedRow};
use super::heads::{Lookup, RowTexts};
use super::labels::{Plain, SLIPS};
use super::likeness::Likeness;
use super::pieces::put_together;
use super::rows;
use super::settle::{Verdict, settle};
use super::tables::SourceTable;
use super::traditional::simplified;
use crate::form::{CellIx, Form};
use crate::import::outcome::WhyNot;
use crate::import::source::{RawTable, UNREAD};
use crate::prose::squeezed;
use crate::value::{self, Kind, Value};

/// What was found for the cells of a form.
#[derive(Debug, Default)]
pub struct Recognised {
    /// Cells with the number that was read, in the form's order; blanks of the source among them.
    pub placed: Vec<(CellIx, Value)>,
    /// Cells whose content is more than a number, with it and the reason.
    pub refused: Vec<(CellIx, String, WhyNot)>,
    /// Rows of the form that were not found, by their label.
    pub missing: Vec<String>,
    /// What the source says in each cell that was found, word for word.
    pub words: Vec<(CellIx, String)>,
    /// Tables of the form that the source has more than once.
    pub several: Vec<Several>,
    /// Names of those whose heads do not stand over their numbers; these were read in their order.
    pub astray: Vec<String>,
    /// Names of those in which some rows could not be told apart and were not read.
    pub doubtful: Vec<String>,
}

/// A table of the form that the source has more than once, with different numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Several {
    /// Which table of the form.
    pub table: usize,
    /// Which tables of the source.
    pub among: Vec<usize>,
    /// Which of these was read, from 0.
    pub chosen: usize,
}

/// Which of several tables of the source is read for a table of the form, from 0.
pub type Prefer<'a> = dyn Fn(usize, &[usize]) -> usize + 'a;

/// Whether the rows of local additions (地方附加行) are looked for too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Additions {
    Wanted,
    Left,
}

/// Looks for every table of the form in these tables.
pub fn recognise(form: &Form, tables: &[RawTable]) -> Recognised {
    let content = Content::of_tables(tables);
    let words = FormWords::of(form);
    let likeness = Likeness::of(&content.vocabulary, &words);
    let first = |_, _: &[usize]| 0;
    recognise_in(form, &words, &content, &likeness, Additions::Left, &first)
}

/// Looks for single rows of the form, however few they are.
pub fn recognise_some(form: &Form, tables: &[RawTable]) -> Recognised {
    let content = Content::of_tables(tables);
    let words = FormWords::of(form);
    let likeness = Likeness::of(&content.vocabulary, &words);
    let mut found = Recognised::default();
    for (nth, table) in words.tables.iter().enumerate() {
        // Without a name of its own a row cannot be told from other numbers.
        let is_wanted = |row: &&WantedRow| !row.is_optional && row.label_ix.is_some();
        let search = Search {
            form,
            words: &words,
            content: &content,
            likeness: &likeness,
            table: nth,
            wanted: table.rows.iter().filter(is_wanted).collect(),
        };
        let read = content.tables.iter().map(|source| search.in_table(source));
        // Of so little nothing is taken that is not sure.
        let sure = read.filter(|(_, verdict)| matches!(verdict, Verdict::Fine));
        let (best, _) = put_together(sure.map(|(rows, _)| rows).collect(), |_| 0);
        for (row, texts) in search.wanted.iter().zip(best) {
            let unit = |nth| is_in_small_unit(&words, table, row, nth, &content);
            if let Some(texts) = texts {
                found.place(form, row, &texts, unit);
            }
        }
    }
    found
}

/// Looks for every table of the form in a source's tables, and for one that is in none of them in its fields, as a text
/// file with one cell a line has them.
pub fn recognise_in(
    form: &Form,
    words: &FormWords,
    content: &Content<'_>,
    likeness: &Likeness,
    additions: Additions,
    prefer: &Prefer<'_>,
) -> Recognised {
    let mut found = Recognised::default();
    for (nth, table_words) in words.tables.iter().enumerate() {
        let is_wanted = |row: &&WantedRow| additions == Additions::Wanted || !row.is_optional;
        let wanted: Vec<&WantedRow> = table_words.rows.iter().filter(is_wanted).collect();
        let search = Search {
            form,
            words,
            content,
            likeness,
            table: nth,
            wanted,
        };
        search.into_found(&mut found, prefer);
    }
    found
}

/// A table of the form that is looked for.
struct Search<'a, 'b> {
    form: &'b Form,
    words: &'b FormWords,
    content: &'b Content<'a>,
    likeness: &'b Likeness,
    /// Which one.
    table: usize,
    wanted: Vec<&'b WantedRow>,
}

impl<'a, 'b> Search<'a, 'b> {
    fn table_words(&self) -> &'b TableWords {
        &self.words.tables[self.table]
    }

    fn into_found(self, found: &mut Recognised, prefer: &Prefer<'_>) {
        let (form, content) = (self.form, self.content);
        let name = &form.tables[self.table].name;
        let in_table = |source| self.in_table(source);
        let all: Vec<_> = content.tables.iter().map(in_table).collect();
        let (all, verdicts): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let prefer = |among: &[usize]| prefer(self.table, among);
        let (mut best, several) = put_together(all, prefer);
        if best.iter().all(Option::is_none) {
            best = self.elsewhere();
        }
        for verdict in verdicts {
            let list = match verdict {
                Verdict::Fine => continue,
                Verdict::HeadsAstray => &mut found.astray,
                Verdict::Doubtful => &mut found.doubtful,
            };
            if !list.contains(name) {
                list.push(name.clone());
            }
        }
        // Half a table is that table, and so are some rows of it, or any under its heads; a stray label is not.
        const SOME_ROWS: usize = 4;
        let rows = best.iter().flatten().count();
        let are_few = rows * 2 < self.wanted.len() && rows < SOME_ROWS;
        // Blanks before the numbers could be those of a label.
        let is_clear = |texts: &RowTexts<'_>| {
            let first = texts.first().copied().flatten();
            first.is_some_and(|text| !text.trim().is_empty())
        };
        let are_clear = best.iter().flatten().all(is_clear);
        if rows == 0 || are_few && !(are_clear && self.has_heads()) {
            return;
        }
        found.several.extend(several.map(|(among, chosen)| Several {
            table: self.table,
            among,
            chosen,
        }));
        for (row, texts) in self.wanted.iter().zip(best) {
            match texts {
                Some(texts) => {
                    let words = self.table_words();
                    let unit = |nth| is_in_small_unit(self.words, words, row, nth, content);
                    found.place(form, row, &texts, unit);
                }
                None if row.is_optional => self.beside_colon(row, found),
                None => found.missing.push(row.label.clone()),
            }
        }
    }

    /// For each wanted row the texts of its numbers, where one table of the source has them.
    fn in_table(&self, source: &SourceTable<'a>) -> (Vec<Option<RowTexts<'a>>>, Verdict) {
        let vocabulary = &self.content.vocabulary;
        let words = self.table_words();
        let lookup = Lookup::new(source, vocabulary, self.likeness, self.words, words);
        let readings = rows::readings_of(&lookup, &self.wanted);
        settle(self.form, &self.wanted, readings)
    }

    /// What is in no table of the source: in several that hold a block each, or one cell a line. Where the table is there,
    /// what it lacks stands nowhere else.
    fn elsewhere(&self) -> Vec<Option<RowTexts<'a>>>
    where
        'b: 'a,
    {
        let (content, likeness) = (self.content, self.likeness);
        let words = self.table_words();
        let mut tables = content.tables.iter();
        if tables.any(|source| is_there(source, likeness, &self.wanted)) {
            return self.wanted.iter().map(|_| None).collect();
        }
        if let [row] = self.wanted.as_slice() {
            let found = blocks::row(&content.tables, &content.vocabulary, likeness, words, row);
            if found.is_some() {
                return vec![found];
            }
        }
        let (form, fields) = (self.form, &content.fields);
        let table = &form.tables[self.table];
        flow::rows(form, table, words, &self.wanted, fields, likeness)
    }

    /// A local row that stands as one line, its number behind a colon.
    fn beside_colon(&self, row: &WantedRow, found: &mut Recognised) {
        let (Some(label), [_]) = (row.label_ix, row.cells.as_slice()) else {
            return;
        };
        let label = &self.words.labels[label];
        let number = self.content.fields.iter().find_map(|field| {
            let (words, number) = field.text.rsplit_once(['：', ':'])?;
            let is_label = label.slips(&Plain::of(words), SLIPS).is_some();
            is_label.then(|| number.trim_end_matches(['。', '；']))
        });
        if let Some(number) = number.filter(|number| !number.trim().is_empty()) {
            found.place(self.form, row, &[Some(number)], |_| false);
        }
    }

    /// Whether the source has most of the different heads of the table, so that even few rows are its.
    fn has_heads(&self) -> bool {
        let mut heads = self.table_words().heads.clone();
        heads.sort_unstable();
        heads.dedup();
        let is_there = |head: &&FormWordIx| {
            let plain = &self.words.word(**head).text;
            self.content.says(plain)
        };
        heads.iter().filter(is_there).count() * 10 >= heads.len() * 7
    }
}

/// Whether a table of the source is the form's, whatever could be read of it: most of its labels stand beside something.
fn is_there(source: &SourceTable<'_>, likeness: &Likeness, wanted: &[&WantedRow]) -> bool {
    let labels: Option<Vec<usize>> = wanted.iter().map(|row| row.label_ix).collect();
    let Some(labels) = labels else { return false };
    let beside = |label: usize| {
        let mut rows = source.rows.iter().filter(|row| row.len() > 1);
        rows.any(|row| {
            row.iter()
                .any(|cell| likeness.is_label(cell.word, label, 0))
        })
    };
    let known = labels.iter().filter(|label| beside(**label));
    known.count() * 2 > labels.len()
}

/// Amounts are wanted in the one and sometimes given in the other.
const LARGE_UNIT: &str = "万元";
const SMALL_UNIT: &str = "元";

/// Whether the source counts in 元 what the form counts in 万元 in the nth cell of a row.
fn is_in_small_unit(
    words: &FormWords,
    table: &TableWords,
    row: &WantedRow,
    nth: usize,
    content: &Content<'_>,
) -> bool {
    let Some(head) = table.head_lists[row.heads][nth] else {
        return false;
    };
    let head = words.word(head).text.as_str();
    head.contains(LARGE_UNIT)
        && !content.says(head)
        && content.says(&head.replace(LARGE_UNIT, SMALL_UNIT))
}

impl Recognised {
    /// Whether there was nothing of the form at all.
    pub fn is_empty(&self) -> bool {
        self.placed.is_empty() && self.refused.is_empty()
    }

    /// The cells of which anything was found.
    pub fn cells(&self) -> impl Iterator<Item = CellIx> + '_ {
        let placed = self.placed.iter().map(|(cell, _)| *cell);
        placed.chain(self.refused.iter().map(|(cell, ..)| *cell))
    }

    fn place(
        &mut self,
        form: &Form,
        row: &WantedRow,
        texts: &[Option<&str>],
        is_in_small_unit: impl Fn(usize) -> bool,
    ) {
        for (nth, (&cell, text)) in row.cells.iter().zip(texts).enumerate() {
            let Some(text) = text else { continue };
            let spec = form.cell(cell);
            let words = text.trim().replace(UNREAD, "□");
            self.words.push((cell, words));
            if !text.trim().is_empty() && is_in_small_unit(nth) {
                let refused = (cell, (*text).to_owned(), WhyNot::OtherUnit);
                self.refused.push(refused);
                continue;
            }
            if text.contains(UNREAD) {
                let words = text.trim().replace(UNREAD, "□");
                self.refused.push((cell, words, WhyNot::Unread));
                continue;
            }
            let parsed = value::parse(text, spec.kind, spec.unit.as_deref());
            let change = || in_words(text, spec.kind);
            match parsed.or_else(|why| change().ok_or(why)) {
                Ok(value) => self.placed.push((cell, value)),
                Err(why) => self.refused.push((cell, (*text).to_owned(), why.into())),
            }
        }
    }
}

/// A change that is said in words: 减3, 增加2项, 持平.
fn in_words(text: &str, kind: Kind) -> Option<Value> {
    const MORE: [&str; 6] = ["增加", "净增", "新增", "增", "上升", "多"];
    const LESS: [&str; 6] = ["减少", "净减", "下降", "减", "降", "少"];
    const SAME: [&str; 5] = ["持平", "不变", "无变化", "无增减", "无"];
    if kind != Kind::Signed {
        return None;
    }
    let text: String = squeezed(text).chars().map(simplified).collect();
    if SAME.contains(&text.as_str()) {
        return Value::count(0);
    }
    let behind = |words: &[&str]| {
        let mut words = words.iter();
        let number = words.find_map(|word| text.strip_prefix(word))?;
        let number = number.trim_start_matches(['了', '：', ':']);
        let number = number.trim_end_matches(['项', '个', '件']);
        match value::parse(number, Kind::Count, None).ok()? {
            Value::Count(number) if number >= 0 => Some(number),
            _ => None,
        }
    };
    let more = behind(&MORE).or_else(|| behind(&LESS).map(|number| -number));
    more.and_then(Value::count)
}
