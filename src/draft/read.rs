//! From a draft's text to a report.

use super::{Problem, VERSION};
use crate::form::{self, CellIx, Form, TextIx};
use crate::report::{Addend, Edit, Figures, History, Origin, Prior, Reason, Report, total};
use crate::source::Source;
use crate::value::{self, Kind, Value};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr as _;
use std::sync::Arc;

/// Reads a draft.
///
/// # Errors
/// [`Problem`] with the line; there are no warnings, since nothing in a draft may be lost.
pub fn from_text(text: &str) -> Result<Report, Problem> {
    let probe: Probe = ron::from_str(text).map_err(|error| match text.contains("nianbao") {
        true => damaged(&error),
        false => Problem::Foreign,
    })?;
    match probe.nianbao {
        0 => return Err(Problem::Foreign),
        version if version > VERSION => return Err(Problem::Newer(version)),
        _ => {}
    }
    let file: DraftFile<'_> = ron::from_str(text).map_err(|error| damaged(&error))?;
    Reader {
        source: Source::new(text),
    }
    .report(&file)
}

fn damaged(error: &ron::error::SpannedError) -> Problem {
    use ron::Error;
    let reason = match &error.code {
        Error::Eof => "文件在这里中断了".to_owned(),
        Error::NoSuchStructField { found, .. } => format!("没有名为“{found}”的项目"),
        Error::MissingStructField { field, .. } => format!("缺少“{field}”一项"),
        Error::DuplicateStructField { field, .. } => format!("“{field}”出现了两次"),
        Error::ExpectedComma | Error::ExpectedStructLikeEnd | Error::ExpectedMapEnd => {
            "这里缺少逗号或右括号".to_owned()
        }
        Error::ExpectedStringEnd => "引号没有配对".to_owned(),
        Error::TrailingCharacters => "结尾之后还有多余的内容".to_owned(),
        Error::Message(message) => message.clone(),
        Error::ExpectedMapColon => "名称后面缺少冒号".to_owned(),
        // The parser's own words are English and say nothing to a clerk.
        _ => "写法不对".to_owned(),
    };
    Problem::Damaged {
        line: error.span.start.line,
        reason,
    }
}

/// Just the version, whatever else stands in the file.
#[derive(Deserialize)]
struct Probe {
    #[serde(default)]
    nianbao: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "")]
struct DraftFile<'a> {
    #[serde(rename = "nianbao")]
    _version: u32,
    #[serde(borrow)]
    form: Cow<'a, str>,
    year: i32,
    organ: String,
    #[serde(borrow, default)]
    additions: Vec<Word<'a>>,
    #[serde(borrow, default)]
    texts: Entries<'a, Vec<String>>,
    #[serde(borrow)]
    tables: Tables<'a>,
    #[serde(borrow, default)]
    stated: Entries<'a, Written<'a>>,
    #[serde(borrow, default)]
    origins: Entries<'a, Vec<Word<'a>>>,
    #[serde(borrow, default)]
    addends: Entries<'a, Vec<(String, Written<'a>)>>,
    #[serde(borrow, default)]
    reasons: Entries<'a, ReasonFile>,
    #[serde(borrow, default, deserialize_with = "given")]
    prior: Option<PriorFile<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorFile<'a> {
    source: String,
    sha256: String,
    #[serde(borrow)]
    form: Cow<'a, str>,
    year: i32,
    organ: String,
    #[serde(borrow, default)]
    texts: Entries<'a, Vec<String>>,
    #[serde(borrow)]
    tables: Tables<'a>,
}

/// What may be left out is written without `Some`.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// Cells by table, row and column.
type Tables<'a> = Entries<'a, Entries<'a, Entries<'a, Written<'a>>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonFile {
    text: String,
    about: String,
}

/// A string that knows its place in the file.
#[derive(Deserialize)]
#[serde(transparent)]
struct Word<'a>(#[serde(borrow)] Cow<'a, str>);

/// A map in the file's order; unlike a map of the standard library it does not drop doubled keys.
#[derive(Debug)]
struct Entries<'a, T>(Vec<(Cow<'a, str>, T)>);

impl<T> Default for Entries<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Entries<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<'de, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("一组“名称: 内容”")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(Entries::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::<(Cow<'de, str>, T)>::new();
                while let Some(Word(key)) = map.next_key()? {
                    if entries.iter().any(|(other, _)| *other == key) {
                        return Err(de::Error::custom(format!("“{key}”出现了两次")));
                    }
                    entries.push((key, map.next_value()?));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_any(EntriesVisitor(PhantomData))
    }
}

/// A cell's content as written: nothing, a whole number, or a decimal in quotes.
#[derive(Debug)]
enum Written<'a> {
    Nothing,
    Whole(i64),
    Decimal(Cow<'a, str>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Written<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WrittenVisitor;
        impl<'de> Visitor<'de> for WrittenVisitor {
            type Value = Written<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("整数、带引号的小数或 None")
            }

            fn visit_none<E>(self) -> Result<Self::Value, E> {
                Ok(Written::Nothing)
            }

            fn visit_some<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Self::Value, D::Error> {
                Written::deserialize(deserializer)
            }

            fn visit_i64<E>(self, n: i64) -> Result<Self::Value, E> {
                Ok(Written::Whole(n))
            }

            fn visit_u64<E: de::Error>(self, n: u64) -> Result<Self::Value, E> {
                i64::try_from(n)
                    .map(Written::Whole)
                    .map_err(|_| E::custom(format!("数字 {n} 太大")))
            }

            fn visit_f64<E: de::Error>(self, n: f64) -> Result<Self::Value, E> {
                Err(E::custom(format!("小数 {n} 要写在引号里，才能一位不差")))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Written::Decimal(Cow::Owned(text.to_owned())))
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Written::Decimal(Cow::Borrowed(text)))
            }
        }
        deserializer.deserialize_any(WrittenVisitor)
    }
}

impl Written<'_> {
    /// The value, if a cell of this kind holds such a thing.
    fn value(&self, kind: Kind) -> Option<Value> {
        match (self, kind) {
            (Written::Nothing, _) => Some(Value::Blank),
            (Written::Whole(n), Kind::Amount) => Value::amount(Decimal::from(*n)),
            (Written::Whole(n), _) => Value::count(*n),
            (Written::Decimal(text), Kind::Amount) => {
                Decimal::from_str(text).ok().and_then(Value::amount)
            }
            (Written::Decimal(_), _) => None,
        }
    }
}

struct Reader<'a> {
    source: Source<'a>,
}

impl Reader<'_> {
    fn damaged<T>(&self, place: &str, reason: String) -> Result<T, Problem> {
        Err(Problem::Damaged {
            line: self.source.line_of(place).unwrap_or(1),
            reason,
        })
    }

    fn report(&self, file: &DraftFile<'_>) -> Result<Report, Problem> {
        let form = self.form(&file.form)?;
        self.check_year(&file.form, file.year)?;
        let mut history = History::new(Report::new(form.clone(), &file.organ, file.year));
        for Word(id) in &file.additions {
            let Some(addition) = form.find_addition(id) else {
                return self.damaged(id, format!("{}没有附加行“{id}”", form.name));
            };
            history.apply(Edit::addition(history.report(), addition, true));
        }
        for (id, paragraphs) in &file.texts.0 {
            let text = self.text(&form, id)?;
            history.apply(Edit::text(history.report(), text, &paragraphs.join("\n")));
        }
        let mut values = Vec::new();
        for (table, rows) in &file.tables.0 {
            for (row, cells) in &rows.0 {
                for (column, written) in &cells.0 {
                    let (cell, value) =
                        self.cell(&form, &format!("{table}.{row}.{column}"), column, written)?;
                    if form.cell(cell).computed {
                        return self.damaged(column, format!("“{table}.{row}.{column}”由程序计算，不能填写；原填的总计应在 stated 里"));
                    }
                    if !history.report().shows(cell) {
                        return self.damaged(
                            column,
                            format!("“{table}.{row}.{column}”属于没有打开的附加行"),
                        );
                    }
                    values.push((cell, value));
                }
            }
        }
        self.fill(&form, file, &mut history, values)?;
        for (id, written) in &file.stated.0 {
            let (cell, value) = self.cell(&form, id, id, written)?;
            if !form.cell(cell).computed {
                return self.damaged(id, format!("“{id}”不是程序计算的总计，不能写在 stated 里"));
            }
            if value.is_blank() {
                return self.damaged(id, format!("“{id}”的原填值不能是空白"));
            }
            history.apply(Edit::stated(history.report(), cell, Some(value)));
        }
        for (key, ReasonFile { text, about }) in &file.reasons.0 {
            let Some(reason) = Reason::new(text, about) else {
                return self.damaged(
                    key,
                    format!("“{key}”的原因太短，至少要 {} 个字", Reason::LEAST),
                );
            };
            history.apply(Edit::reason(history.report(), key, Some(reason)));
        }
        if let Some(prior) = &file.prior {
            let prior = Arc::new(self.prior(prior)?);
            history.apply(Edit::prior(history.report(), Some(prior)));
        }
        Ok(history.report().clone())
    }

    /// A year has four digits; `place` stands beside it.
    fn check_year(&self, place: &str, year: i32) -> Result<(), Problem> {
        if (1000..=9999).contains(&year) {
            return Ok(());
        }
        self.damaged(place, format!("年度“{year}”不是四位数"))
    }

    fn form(&self, id: &str) -> Result<Arc<Form>, Problem> {
        form::by_id(id).ok_or_else(|| {
            let known: Vec<_> = form::official().iter().map(|form| &*form.id).collect();
            Problem::UnknownForm {
                line: self.source.line_of(id).unwrap_or(1),
                id: id.to_owned(),
                known: known.join("、"),
            }
        })
    }

    fn text(&self, form: &Form, id: &str) -> Result<TextIx, Problem> {
        match form.find_text(id) {
            Some(text) => Ok(text),
            None => self.damaged(id, format!("{}没有正文“{id}”", form.name)),
        }
    }

    /// Last year's figures; their totals are taken as they were when the draft was saved.
    fn prior(&self, file: &PriorFile<'_>) -> Result<Prior, Problem> {
        let form = self.form(&file.form)?;
        self.check_year(&file.form, file.year)?;
        let mut figures = Figures::blank(form.clone(), &file.organ, file.year);
        for (id, paragraphs) in &file.texts.0 {
            figures.set_text(self.text(&form, id)?, paragraphs.join("\n"));
        }
        for (table, rows) in &file.tables.0 {
            for (row, cells) in &rows.0 {
                for (column, written) in &cells.0 {
                    let id = format!("{table}.{row}.{column}");
                    let (cell, value) = match (form.find(&id), written) {
                        // A total may be larger than what a cell takes.
                        (Some(cell), Written::Whole(n)) if form.cell(cell).computed => {
                            (cell, Value::Count(*n))
                        }
                        _ => self.cell(&form, &id, column, written)?,
                    };
                    figures.set(cell, value);
                }
            }
        }
        Ok(Prior {
            figures,
            source: file.source.clone(),
            sha256: file.sha256.clone(),
        })
    }

    /// Fills the cells in, with their origins and parts.
    fn fill(
        &self,
        form: &Form,
        file: &DraftFile<'_>,
        history: &mut History,
        values: Vec<(CellIx, Value)>,
    ) -> Result<(), Problem> {
        let mut origins = BTreeMap::new();
        for (origin_id, places) in &file.origins.0 {
            let Some(origin) = Origin::by_id(origin_id) else {
                return self.damaged(origin_id, format!("没有“{origin_id}”这种来源"));
            };
            for Word(place) in places {
                let row = format!("{place}.");
                let cells: Vec<CellIx> = form
                    .indexed_cells()
                    .filter(|(_, cell)| {
                        cell.id == *place || (cell.id.starts_with(&row) && !cell.computed)
                    })
                    .map(|(ix, _)| ix)
                    .collect();
                if cells.is_empty() {
                    return self
                        .damaged(place, format!("{}没有“{place}”这一格或这一行", form.name));
                }
                origins.extend(cells.into_iter().map(|cell| (cell, origin)));
            }
        }
        for (cell, value) in values {
            let origin = origins.get(&cell).copied();
            history.apply(Edit::cells_from(history.report(), origin, [(cell, value)]));
        }
        for (id, parts) in &file.addends.0 {
            let mut addends = Vec::new();
            let mut place = None;
            for (name, written) in parts {
                let (cell, value) = self.cell(form, id, id, written)?;
                place = Some(cell);
                addends.push(Addend {
                    name: name.clone(),
                    value,
                });
            }
            let holds = |cell: &CellIx| {
                !form.cell(*cell).computed
                    && total(&addends).is_some_and(|sum| sum == history.report().value(*cell))
            };
            let Some(cell) = place.filter(holds) else {
                return self.damaged(id, format!("“{id}”的分项加起来不等于这一格的数"));
            };
            history.apply(Edit::addends(history.report(), cell, addends));
        }
        Ok(())
    }

    fn cell(
        &self,
        form: &Form,
        id: &str,
        place: &str,
        written: &Written<'_>,
    ) -> Result<(CellIx, Value), Problem> {
        let Some(cell) = form.find(id) else {
            return self.damaged(place, format!("{}没有单元格“{id}”", form.name));
        };
        match written.value(form.cell(cell).kind) {
            Some(value) => Ok((cell, value)),
            None => {
                let kind = match form.cell(cell).kind {
                    Kind::Amount => format!("不超过 {} 位小数的金额", value::MAX_SCALE),
                    _ => "整数".to_owned(),
                };
                self.damaged(
                    place,
                    format!("“{id}”应是{kind}，现在写的是{}", Shown(written)),
                )
            }
        }
    }
}

struct Shown<'a>(&'a Written<'a>);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Written::Nothing => f.write_str("空白"),
            Written::Whole(n) => write!(f, " {n}"),
            Written::Decimal(text) => write!(f, "“{text}”"),
        }
    }
}
