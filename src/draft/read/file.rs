//! A draft's file as it is written, each part with its place in it.

use crate::value::{Kind, Value};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr as _;

/// Just the version, whatever else stands in the file.
#[derive(Deserialize)]
pub(super) struct Probe {
    #[serde(default)]
    pub(super) nianbao: u32,
    /// The version of a file in which many reports are collected.
    #[serde(default)]
    pub(super) nianbao_collection: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "")]
pub(super) struct DraftFile<'a> {
    #[serde(rename = "nianbao")]
    pub(super) version: u32,
    #[serde(borrow)]
    pub(super) form: Cow<'a, str>,
    pub(super) year: i32,
    pub(super) organ: String,
    #[serde(borrow, default)]
    pub(super) additions: Vec<Word<'a>>,
    #[serde(borrow, default)]
    pub(super) texts: Entries<'a, Vec<String>>,
    #[serde(borrow)]
    pub(super) tables: Tables<'a>,
    #[serde(borrow, default)]
    pub(super) stated: Entries<'a, Written<'a>>,
    #[serde(borrow, default)]
    pub(super) origins: Entries<'a, Vec<Word<'a>>>,
    #[serde(borrow, default)]
    pub(super) addends: Entries<'a, Vec<(String, Written<'a>)>>,
    #[serde(borrow, default)]
    pub(super) reasons: Entries<'a, ReasonFile>,
    #[serde(borrow, default, deserialize_with = "given")]
    pub(super) prior: Option<PriorFile<'a>>,
    // From version 2 on:
    #[serde(default, deserialize_with = "given")]
    pub(super) form_sha256: Option<String>,
    #[serde(borrow, default)]
    pub(super) links: Entries<'a, Vec<LinkFile<'a>>>,
    #[serde(borrow, default)]
    pub(super) decisions: Entries<'a, DecisionFile<'a>>,
    #[serde(default, deserialize_with = "given")]
    pub(super) recount: Option<RecountFile>,
    #[serde(default, deserialize_with = "given")]
    pub(super) signature: Option<SignatureFile>,
    #[serde(borrow, default)]
    pub(super) checklist: Vec<Word<'a>>,
}

/// A number in a text that is the number of cells.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkFile<'a> {
    /// How many characters stand before it.
    pub(super) at: usize,
    /// Its digits as they stand in the text, which tell whether it is still there.
    #[serde(borrow)]
    pub(super) digits: Cow<'a, str>,
    pub(super) of: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionFile<'a> {
    #[serde(borrow)]
    pub(super) is: Cow<'a, str>,
    pub(super) about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignatureFile {
    #[serde(default)]
    pub(super) organ: String,
    #[serde(default)]
    pub(super) date: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecountFile {
    pub(super) name: String,
    pub(super) date: String,
    pub(super) sha256: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PriorFile<'a> {
    pub(super) source: String,
    pub(super) sha256: String,
    #[serde(borrow)]
    pub(super) form: Cow<'a, str>,
    pub(super) year: i32,
    pub(super) organ: String,
    #[serde(borrow, default)]
    pub(super) texts: Entries<'a, Vec<String>>,
    #[serde(borrow)]
    pub(super) tables: Tables<'a>,
}

/// What may be left out is written without `Some`.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// Cells by table, row and column.
pub(super) type Tables<'a> = Entries<'a, Entries<'a, Entries<'a, Written<'a>>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonFile {
    pub(super) text: String,
    pub(super) about: String,
}

/// A string that knows its place in the file.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Word<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// A map in the file's order; unlike a map of the standard library it does not drop doubled keys.
#[derive(Debug)]
pub(super) struct Entries<'a, T>(pub(super) Vec<(Cow<'a, str>, T)>);

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
                let mut known = HashSet::new();
                while let Some(Word(key)) = map.next_key()? {
                    if !known.insert(key.clone()) {
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
pub(super) enum Written<'a> {
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
    pub(super) fn value(&self, kind: Kind) -> Option<Value> {
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
