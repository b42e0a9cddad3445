//! Reports as JSON, by cell id: what `export --to json` writes, and figures that others have prepared.

use super::error::{JsonError, ReadError};
use super::fill;
use super::outcome::{Imported, NotPlaced, WhyNot};
use crate::form::{self, CellIx, Form};
use crate::report::{Edit, History, Reason, Report, Signature};
use crate::value::{Kind, Value};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

#[derive(Deserialize)]
struct ReportFile {
    form: Option<String>,
    year: i32,
    #[serde(default)]
    organ: String,
    #[serde(default)]
    additions: Vec<String>,
    #[serde(default)]
    texts: Pairs<Json>,
    cells: Pairs<Json>,
    #[serde(default)]
    stated: Pairs<Json>,
    #[serde(default)]
    reasons: Pairs<ReasonFile>,
    signature: Option<SignatureFile>,
    #[serde(flatten)]
    other: Map<String, Json>,
}

/// Keys and what they hold, in the file's order, doubled ones too: which of two is meant is not for the program to say.
struct Pairs<T>(Vec<(String, T)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// More keys than any report has by far.
const MAX_KEYS: usize = 20_000;

/// What is said where serde wants a word of its own; worded anew in [`refused`].
const TOO_MANY: &str = "too many keys";

impl<T> Pairs<T> {
    /// The first key that comes again.
    fn doubled(&self) -> Option<&str> {
        let mut seen = BTreeSet::new();
        let mut keys = self.0.iter().map(|(key, _)| key.as_str());
        keys.find(|key| !seen.insert(*key))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for PairsVisitor<T> {
            type Value = Pairs<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("一组“名称: 内容”")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<T>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                    if pairs.len() > MAX_KEYS {
                        return Err(serde::de::Error::custom(TOO_MANY));
                    }
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(PairsVisitor(PhantomData))
    }
}

/// What serde says in other words.
fn refused(error: serde_json::Error) -> JsonError {
    const DOUBLED: &str = "duplicate field `";
    let said = error.to_string();
    if said.starts_with(TOO_MANY) {
        return JsonError::TooLarge;
    }
    match said
        .strip_prefix(DOUBLED)
        .and_then(|rest| rest.split_once('`'))
    {
        Some((key, _)) => JsonError::Twice(key.to_owned()),
        None => JsonError::Other(error),
    }
}

#[derive(Deserialize)]
struct SignatureFile {
    #[serde(default)]
    organ: String,
    #[serde(default)]
    date: String,
}

#[derive(Deserialize)]
struct ReasonFile {
    text: String,
    about: String,
}

/// Reads a report from JSON.
///
/// A total that does not add up stays as a stated value; a cell that holds more than a number, or that the form does
/// not have, is listed and not dropped.
///
/// # Errors
/// If it is no such JSON, gives a key twice, or names a form or year that the program does not know.
pub fn from_json(text: &str) -> Result<Imported, ReadError> {
    let file: ReportFile = serde_json::from_str(text).map_err(refused)?;
    let numbers = [&file.texts, &file.cells, &file.stated];
    let doubled = numbers.into_iter().find_map(Pairs::doubled);
    if let Some(key) = doubled.or_else(|| file.reasons.doubled()) {
        return Err(JsonError::Twice(key.to_owned()).into());
    }
    if !(1000..=9999).contains(&file.year) {
        return Err(JsonError::Year(file.year).into());
    }
    let form = choose_form(&file)?;
    let mut reader = Reader {
        history: History::new(Report::new(form, file.organ.trim(), file.year)),
        not_placed: Vec::new(),
    };
    if let Some(SignatureFile { organ, date }) = file.signature {
        let signature = Signature { organ, date };
        let edit = Edit::signature(reader.history.report(), signature);
        reader.history.apply(edit);
    }
    for id in &file.additions {
        reader.addition(id);
    }
    for (id, content) in &file.texts.0 {
        reader.text(id, content);
    }
    reader.cells(&file.cells.0, &file.stated.0);
    reader.stated(&file.stated.0);
    for (key, ReasonFile { text, about }) in &file.reasons.0 {
        match Reason::new(text, about) {
            Some(reason) => drop(reader.history.apply(Edit::reason(
                reader.history.report(),
                key,
                Some(reason),
            ))),
            None => reader.refuse(key, &text.as_str().into(), WhyNot::ReasonTooShort),
        }
    }
    Ok(Imported {
        not_placed: reader.not_placed,
        ignored: file.other.into_iter().map(|(key, _)| key).collect(),
        ..Imported::whole(reader.history.report().clone())
    })
}

fn choose_form(file: &ReportFile) -> Result<Arc<Form>, JsonError> {
    let known = || {
        let names = form::official().iter().map(|form| form.name.as_str());
        names.collect::<Vec<_>>().join("、")
    };
    match &file.form {
        Some(id) => form::by_id(id).ok_or_else(|| JsonError::UnknownForm {
            id: id.clone(),
            known: known(),
        }),
        None => form::by_year(file.year).ok_or_else(|| JsonError::NoForm {
            year: file.year,
            known: known(),
        }),
    }
}

struct Reader {
    history: History,
    not_placed: Vec<NotPlaced>,
}

impl Reader {
    fn refuse(&mut self, id: &str, content: &Json, why: WhyNot) {
        let content = match content {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.not_placed.push(NotPlaced {
            id: id.to_owned(),
            content,
            why,
        });
    }

    fn form(&self) -> Arc<Form> {
        self.history.report().form().clone()
    }

    fn addition(&mut self, id: &str) {
        match self.form().find_addition(id) {
            Some(addition) => drop(self.history.apply(Edit::addition(
                self.history.report(),
                addition,
                true,
            ))),
            None => self.refuse(
                id,
                &Json::Null,
                WhyNot::NoSuchAddition(self.form().name.clone()),
            ),
        }
    }

    fn text(&mut self, id: &str, content: &Json) {
        match (self.form().find_text(id), content) {
            (Some(text), Json::String(content)) => {
                self.history.apply(Edit::text(
                    self.history.report(),
                    text,
                    &content.replace("\r\n", "\n").replace('\r', "\n"),
                ));
            }
            (Some(_), Json::Null) => {}
            (Some(_), _) => self.refuse(id, content, WhyNot::NotText),
            (None, _) => {
                let form = self.form().name.clone();
                self.refuse(id, content, WhyNot::NoSuchText(form));
            }
        }
    }

    /// The cell and the number in it; `None` if it was refused.
    fn number(&mut self, id: &str, content: &Json) -> Option<(CellIx, Value)> {
        let form = self.form();
        let Some(cell) = form.find(id) else {
            // A row of the other edition is the likely reason, and the one to name.
            let other = form::official()
                .iter()
                .find(|other| other.id != form.id && other.find(id).is_some());
            let name = form.name.clone();
            let why = match other {
                Some(other) => WhyNot::OtherForm {
                    form: name,
                    other: other.name.clone(),
                },
                None => WhyNot::NoSuchCell(name),
            };
            self.refuse(id, content, why);
            return None;
        };
        if let Some(addition) = form
            .cell(cell)
            .addition
            .filter(|&addition| !self.history.report().has_addition(addition))
        {
            self.history
                .apply(Edit::addition(self.history.report(), addition, true));
        }
        match bare_number(content, form.cell(cell).kind, form.cell(cell).computed) {
            Ok(value) => Some((cell, value)),
            Err(why) => {
                self.refuse(id, content, why);
                None
            }
        }
    }

    /// A total that is stated below as well is there as it adds up, not as it is printed.
    fn cells(&mut self, cells: &[(String, Json)], stated: &[(String, Json)]) {
        let form = self.form();
        let is_stated = |id: &String| stated.iter().any(|(other, _)| other == id);
        let numbers = cells.iter().filter_map(|(id, content)| {
            let (cell, value) = self.number(id, content)?;
            let is_sum = form.cell(cell).computed && is_stated(id);
            (!is_sum).then_some((cell, value))
        });
        let found: Vec<_> = numbers.collect();
        fill::fill(&mut self.history, &found, &mut self.not_placed);
    }

    fn stated(&mut self, stated: &[(String, Json)]) {
        for (id, content) in stated {
            match self.number(id, content) {
                Some((cell, _)) if !self.form().cell(cell).computed => {
                    self.refuse(id, content, WhyNot::NotATotal);
                }
                Some((cell, value)) if !value.is_blank() => {
                    fill::state(&mut self.history, cell, value, &mut self.not_placed);
                }
                _ => {}
            }
        }
    }
}

/// A number as JSON has it: a whole number, or an amount as a number or in quotes; nothing more. Totals may be larger
/// than what a cell takes.
fn bare_number(content: &Json, kind: Kind, is_total: bool) -> Result<Value, WhyNot> {
    let digits = match content {
        Json::Null => return Ok(Value::Blank),
        Json::String(text) if text.trim().is_empty() => return Ok(Value::Blank),
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.trim().to_owned(),
        _ => return Err(WhyNot::NoNumber),
    };
    let is_bare = digits
        .strip_prefix(['+', '-'])
        .unwrap_or(&digits)
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'.');
    if !is_bare || digits.is_empty() {
        return Err(WhyNot::MoreThanANumber);
    }
    // To the last digit: 1.000…01 is no 1.
    let digits = digits.strip_prefix('+').unwrap_or(&digits);
    let number = rust_decimal::Decimal::from_str_exact(digits).map_err(|_| WhyNot::TooLarge)?;
    match kind {
        Kind::Amount => Value::amount(number).ok_or(WhyNot::TooLarge),
        _ if !number.fract().is_zero() => Err(WhyNot::NotWhole),
        _ if is_total => i64::try_from(number.trunc())
            .map(Value::Count)
            .map_err(|_| WhyNot::TooLarge),
        _ => i64::try_from(number.trunc())
            .ok()
            .and_then(Value::count)
            .ok_or(WhyNot::TooLarge),
    }
}
