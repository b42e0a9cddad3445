//! What differs between two drafts, for people and for scripts.

use super::status::{FAILED, FINE, FOUND};
use crate::compare::{self, Comparison};
use crate::draft;
use crate::value::Value;
use serde_json::{Value as Json, json};
use std::io::{self, Write};
use std::path::Path;

/// Prints what differs between two drafts.
pub fn diff_files(
    a: &Path,
    b: &Path,
    json: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let (a, b) = match (draft::open(a), draft::open(b)) {
        (Ok(a), Ok(b)) => (a, b),
        (a, b) => {
            for error in [a.err(), b.err()].into_iter().flatten() {
                writeln!(err, "{error}")?;
            }
            return Ok(FAILED);
        }
    };
    let comparison = compare::compare(&a, &b);
    if json {
        writeln!(out, "{}", as_json(&comparison))?;
    } else {
        as_text(&comparison, out)?;
    }
    Ok(if comparison.is_empty() { FINE } else { FOUND })
}

/// A number as JSON has it: a blank is `null`; amounts are strings.
fn number(value: Option<Value>) -> Json {
    match value {
        Some(Value::Count(n)) => n.into(),
        Some(Value::Amount(amount)) => amount.to_string().into(),
        Some(Value::Blank) | None => Json::Null,
    }
}

/// One line of JSON.
fn as_json(comparison: &Comparison) -> String {
    let cells = comparison.cells.iter().map(|cell| {
        json!({
            "cell": cell.id, "a": number(cell.a), "b": number(cell.b),
            "in_a": cell.a.is_some(), "in_b": cell.b.is_some(),
        })
    });
    let texts = comparison
        .texts
        .iter()
        .map(|text| json!({"text": text.id, "a": text.a, "b": text.b}));
    let facts = comparison
        .facts
        .iter()
        .map(|(name, a, b)| json!({"name": name, "a": a, "b": b}));
    json!({
        "facts": facts.collect::<Vec<_>>(),
        "cells": cells.collect::<Vec<_>>(),
        "texts": texts.collect::<Vec<_>>(),
    })
    .to_string()
}

/// Some lines for a person.
fn as_text(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    if comparison.is_empty() {
        return writeln!(out, "两份草稿内容相同");
    }
    let shown = |value: Option<Value>| match value {
        None => "没有这一格".to_owned(),
        Some(Value::Blank) => "空白".to_owned(),
        Some(value) => value.to_string(),
    };
    for (name, a, b) in &comparison.facts {
        writeln!(out, "{name}：{a} → {b}")?;
    }
    for cell in &comparison.cells {
        writeln!(out, "{}：{} → {}", cell.name, shown(cell.a), shown(cell.b))?;
    }
    for text in &comparison.texts {
        writeln!(out, "{}：", text.name)?;
        for (sign, words) in [("-", &text.a), ("+", &text.b)] {
            for line in words.lines() {
                writeln!(out, "  {sign} {line}")?;
            }
        }
    }
    Ok(())
}
