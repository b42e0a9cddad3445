//! Finds the official tables in what others made of them, by the form's own labels and the heads of its columns.

use super::blocks;
use super::cell_text::{CellText, RowTexts};
use super::content::Content;
use super::flow;
use super::form_words::{FormWordIx, FormWords, TableWords, WantedRow};
use super::heads::Lookup;
use super::labels::{Plain, SLIPS};
use super::likeness::Likeness;
use super::pieces::put_together;
use super::rows;
use super::says::Says;
use super::settle::{Verdict, settle};
use super::tables::SourceTable;
use super::traditional::simplified;
use super::units::{self, Counted, Named, Unit};
use super::vocabulary::WordIx;
use super::witness::witnessed;
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
    /// Cells of which the source gives the number in another unit: with its words, and the number in the form's.
    pub converted: Vec<(CellIx, String, Value)>,
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
    /// Names of those without lines around their cells; what was read of them, heads and totals bear out.
    pub aligned: Vec<String>,
    /// Names of those of which heads and totals do not bear out all; that was not read.
    pub without_witness: Vec<String>,
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
    recognise_in(
        form,
        &words,
        &content,
        &likeness,
        Additions::Left,
        None,
        &first,
    )
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
            says: &Says::new(&content.vocabulary, &words, table, None),
            table: nth,
            wanted: table.rows.iter().filter(is_wanted).collect(),
        };
        let read = (0..content.tables.len()).map(|source| search.in_table(source));
        // Of so little nothing is taken that is not sure.
        let sure = read.filter(|(_, verdict)| matches!(verdict, Verdict::Fine));
        let (best, _) = put_together(sure.map(|(rows, _)| rows).collect(), |_| 0);
        for (row, texts) in search.wanted.iter().zip(best) {
            if let Some(texts) = texts {
                search.place(row, &texts, &mut found);
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
    year: Option<i32>,
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
            says: &Says::new(&content.vocabulary, words, table_words, year),
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
    says: &'b Says<'b>,
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
        let all: Vec<_> = (0..content.tables.len()).map(in_table).collect();
        let (all, mut verdicts): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let is_read = |rows: &Vec<Option<RowTexts<'_>>>| rows.iter().any(Option::is_some);
        let mut sources = content.tables.iter().zip(&all);
        if sources.any(|(source, rows)| source.is_aligned && is_read(rows)) {
            found.aligned.push(name.clone());
        }
        let prefer = |among: &[usize]| prefer(self.table, among);
        let (mut best, several) = put_together(all, prefer);
        if best.iter().all(Option::is_none) {
            let (rows, verdict) = self.elsewhere();
            best = rows;
            verdicts.push(verdict);
        } else if let ([Some(texts)], [row]) = (best.as_mut_slice(), self.wanted.as_slice()) {
            self.add_blocks(row, texts);
        }
        for verdict in verdicts {
            let list = match verdict {
                Verdict::Fine => continue,
                Verdict::HeadsAstray => &mut found.astray,
                Verdict::Doubtful => &mut found.doubtful,
                Verdict::WithoutWitness => &mut found.without_witness,
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
            first.is_some_and(|text| !text.is_blank())
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
                Some(texts) => self.place(row, &texts, found),
                None if row.is_optional => self.beside_colon(row, found),
                None => found.missing.push(row.label.clone()),
            }
        }
    }

    /// For each wanted row the texts of its numbers, where one table of the source has them.
    fn in_table(&self, nth: usize) -> (Vec<Option<RowTexts<'a>>>, Verdict) {
        let (content, words) = (self.content, self.table_words());
        let before = nth.checked_sub(1).map(|before| &content.tables[before]);
        let source = (before, &content.tables[nth]);
        let (vocabulary, likeness) = (&content.vocabulary, self.likeness);
        let lookup = Lookup::new(source, vocabulary, likeness, self.words, words, self.says);
        let mut readings = rows::readings_of(&lookup, &self.wanted);
        let mut has_doubts = false;
        if lookup.table.is_aligned {
            (readings, has_doubts) = witnessed(self.form, self.says, &self.wanted, readings);
        }
        let (rows, verdict) = settle(self.form, &self.wanted, readings);
        match has_doubts {
            true => (rows, Verdict::WithoutWitness),
            false => (rows, verdict),
        }
    }

    /// What is in no table of the source: in several that hold a block each, or one cell a line. Where the table is there,
    /// what it lacks stands nowhere else.
    fn elsewhere(&self) -> (Vec<Option<RowTexts<'a>>>, Verdict)
    where
        'b: 'a,
    {
        let (content, likeness) = (self.content, self.likeness);
        let words = self.table_words();
        let mut tables = content.tables.iter();
        if tables.any(|source| is_there(source, likeness, &self.wanted)) {
            return (self.wanted.iter().map(|_| None).collect(), Verdict::Fine);
        }
        if let [row] = self.wanted.as_slice() {
            let found = blocks::row(&content.tables, &content.vocabulary, likeness, words, row);
            if found.is_some() {
                return (vec![found], Verdict::Fine);
            }
        }
        let (form, fields) = (self.form, &content.fields);
        let table = &form.tables[self.table];
        flow::rows(form, table, &self.wanted, fields, likeness, self.says)
    }

    /// What a row lacks in the table that has most of it and another table has, a block each.
    fn add_blocks(&self, row: &WantedRow, texts: &mut RowTexts<'a>) {
        if texts.iter().all(Option::is_some) {
            return;
        }
        let (content, likeness) = (self.content, self.likeness);
        let words = self.table_words();
        let others = blocks::row(&content.tables, &content.vocabulary, likeness, words, row);
        for (text, other) in texts.iter_mut().zip(others.into_iter().flatten()) {
            *text = text.or(other);
        }
    }

    /// A local row that stands as one line, its number behind a colon.
    fn beside_colon(&self, row: &WantedRow, found: &mut Recognised) {
        let (Some(label), [_]) = (row.label_ix, row.cells.as_slice()) else {
            return;
        };
        let label = &self.words.labels[label];
        let number = self.content.fields.iter().find_map(|field| {
            let (words, number) = field.text.rsplit_once(['：', ':'])?;
            let is_label = label
                .slips(&Plain::of(words), SLIPS, &self.words.head_words)
                .is_some();
            is_label.then(|| number.trim_end_matches(['。', '；']))
        });
        if let Some(number) = number.filter(|number| !number.trim().is_empty()) {
            self.place(row, &[Some(CellText::of(number))], found);
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

impl Search<'_, '_> {
    /// Takes what the source has for the cells of a row.
    fn place(&self, row: &WantedRow, texts: &[Option<CellText<'_>>], found: &mut Recognised) {
        for (nth, (&cell, text)) in row.cells.iter().zip(texts).enumerate() {
            let Some(text) = text else { continue };
            let words = text.words.trim().replace(UNREAD, "□");
            found.words.push((cell, words.clone()));
            if text.is_blank() {
                found.placed.push((cell, Value::Blank));
            } else if let Some(why) = self.other_head(row, nth, text) {
                found.refused.push((cell, words, why));
            } else if text.words.contains(UNREAD) {
                found.refused.push((cell, words, WhyNot::Unread));
            } else {
                self.place_number(cell, text, found);
            }
        }
    }

    /// Why a number is not that of the nth cell of a row: what stands over it says something else.
    fn other_head(&self, row: &WantedRow, nth: usize, text: &CellText<'_>) -> Option<WhyNot> {
        if self.says.fits(text, row.heads, nth) {
            return None;
        }
        let table = &self.form.tables[self.table];
        let printed = |head: Option<FormWordIx>| {
            head.map_or_else(String::new, |head| self.words.printed_head(table, head))
        };
        let vocabulary = &self.content.vocabulary;
        let over = |word: WordIx| vocabulary.word(word).text.clone();
        let words = self.table_words();
        let group = printed(text.group);
        let said = text.over.map(over).unwrap_or_default();
        let wanted = printed(words.head_lists[row.heads][nth]);
        let wanted_group = printed(words.groups[row.heads][nth]);
        Some(WhyNot::OtherHead {
            said: if group.is_empty() || wanted_group.is_empty() || group == wanted_group {
                said
            } else {
                format!("{group}·{said}")
            },
            wanted,
        })
    }

    fn place_number(&self, cell: CellIx, text: &CellText<'_>, found: &mut Recognised) {
        let spec = self.form.cell(cell);
        let unit = spec.unit.as_deref().and_then(Unit::of);
        let in_unit = match (&unit, spec.kind) {
            (Some(unit), _) => self.in_unit(text, unit),
            (None, Kind::Amount) => self.in_open_unit(text),
            (None, _) => Ok(None),
        };
        match in_unit {
            Err(why) => return found.refused.push((cell, text.words.to_owned(), why)),
            Ok(Some((words, value))) => return found.converted.push((cell, words, value)),
            Ok(None) => {}
        }
        let parsed = value::parse(text.words, spec.kind, spec.unit.as_deref());
        let change = || in_words(text.words, spec.kind);
        match parsed.or_else(|why| change().ok_or(why)) {
            Ok(value) => found.placed.push((cell, value)),
            Err(why) => found
                .refused
                .push((cell, text.words.to_owned(), why.into())),
        }
    }

    /// A number that the source gives in another unit, in the form's own, and its words with that unit; nothing where it is
    /// the form's. An error where it cannot be known exactly.
    fn in_unit(
        &self,
        text: &CellText<'_>,
        wanted: &Unit,
    ) -> Result<Option<(String, Value)>, WhyNot> {
        let own = units::behind_number(text.words);
        let own = own.filter(|(_, unit)| unit.counted == wanted.counted);
        let mut said = match &own {
            Some((_, unit)) => vec![Named::Unit(unit.clone())],
            None => self.units_around(text, wanted.counted),
        };
        said.dedup_by(|a, b| a.unit().is_some() && a.factor() == b.factor());
        if said.iter().all(|named| named.is(wanted)) {
            return Ok(None);
        }
        let refused = || other_unit(&said, &wanted.name);
        // Rounded counts of hundreds are no counts.
        let unit = match said.as_slice() {
            [Named::Unit(unit)] if wanted.counted == Counted::Money => unit,
            _ => return Err(refused()),
        };
        let number = own.as_ref().map_or(text.words, |(number, _)| number);
        let number = value::parse(number, Kind::Amount, None).ok();
        let number = number.and_then(Value::decimal);
        let exact = number.and_then(|number| number.checked_mul(unit.factor / wanted.factor));
        let value = exact.and_then(|it| Value::amount(it.normalize()));
        let words = match own {
            Some(_) => text.words.trim().to_owned(),
            None => format!("{}（{}）", text.words.trim(), unit.name),
        };
        value.map(|value| Some((words, value))).ok_or_else(refused)
    }

    /// Of an amount whose unit the form leaves open nothing more is known than what stands there; an error where that is no
    /// unit of the country's money.
    fn in_open_unit(&self, text: &CellText<'_>) -> Result<Option<(String, Value)>, WhyNot> {
        const OWN_MONEY: &str = "人民币";
        let mut said = self.units_around(text, Counted::Money);
        said.retain(|named| named.unit().is_none());
        match said.is_empty() {
            true => Ok(None),
            false => Err(other_unit(&said, OWN_MONEY)),
        }
    }

    /// The units that the words around a cell name for what is counted in it; of money also those that are not understood.
    fn units_around(&self, text: &CellText<'_>, counted: Counted) -> Vec<Named> {
        let plain = |word: WordIx| self.content.vocabulary.word(word).text.as_str();
        let is_counted = |named: &Named| match named.unit() {
            Some(unit) => unit.counted == counted,
            None => counted == Counted::Money,
        };
        let over = text
            .over
            .map_or_else(Vec::new, |word| units::named(plain(word)));
        let mut said: Vec<Named> = over.iter().filter(|it| is_counted(it)).cloned().collect();
        if said.is_empty() && counted == Counted::Money {
            // A head that counts something else over an amount.
            said.extend(over.into_iter().map(Named::into_other));
        }
        let label = text.label.map(|word| units::named(plain(word)));
        let line = text.unit_line.map(|word| units::named_in_line(plain(word)));
        let others = [label, line].into_iter().flatten().flatten();
        said.extend(others.filter(is_counted));
        said
    }
}

fn other_unit(said: &[Named], wanted: &str) -> WhyNot {
    let names: Vec<&str> = said.iter().map(Named::name).collect();
    WhyNot::OtherUnit {
        said: names.join("、"),
        wanted: wanted.to_owned(),
    }
}

impl Recognised {
    /// Whether there was nothing of the form at all.
    pub fn is_empty(&self) -> bool {
        self.cells().next().is_none()
    }

    /// The cells of which anything was found.
    pub fn cells(&self) -> impl Iterator<Item = CellIx> + '_ {
        let placed = self.placed.iter().map(|(cell, _)| *cell);
        let refused = self.refused.iter().map(|(cell, ..)| *cell);
        let converted = self.converted.iter().map(|(cell, ..)| *cell);
        placed.chain(refused).chain(converted)
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
