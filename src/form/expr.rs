//! The small language of relations: `t3.r1.{columns} + t3.r2.{columns}`.
//!
//! A side is a sum of cell ids and whole numbers. `{list}` makes one relation for each member of a list (the same
//! member wherever the list is named again); `[list]` adds all members up. An id behind `last:` is one of last year's
//! form.

use std::collections::BTreeMap;

pub type Lists<'a> = BTreeMap<&'a str, Vec<&'a str>>;
/// The member chosen for each `{list}`.
pub type Choice<'a> = BTreeMap<&'a str, &'a str>;

/// One term after expansion.
pub enum Term {
    Cell {
        id: String,
        minus: bool,
    },
    /// A cell of last year's form.
    Last {
        id: String,
        minus: bool,
    },
    Constant(i64),
}

/// The names between `open` and `close` in a pattern.
fn names(pattern: &str, open: char, close: char) -> impl Iterator<Item = &str> {
    pattern
        .split(open)
        .skip(1)
        .filter_map(move |rest| rest.split_once(close))
        .map(|(name, _)| name)
}

/// Every way to choose a member of each `{list}` that the sides name, in the lists' order.
pub fn choices<'a>(sides: &[&'a str], lists: &Lists<'a>) -> Result<Vec<Choice<'a>>, String> {
    let mut all = vec![Choice::new()];
    for name in sides.iter().flat_map(|side| names(side, '{', '}')) {
        let members = lists
            .get(name)
            .ok_or_else(|| format!("没有名为“{name}”的列表"))?;
        if all.iter().any(|choice| choice.contains_key(name)) {
            continue;
        }
        all = all
            .iter()
            .flat_map(|choice| {
                members.iter().map(move |&member| {
                    let mut longer = choice.clone();
                    longer.insert(name, member);
                    longer
                })
            })
            .collect();
    }
    Ok(all)
}

/// The terms of one side under one choice.
pub fn terms(side: &str, choice: &Choice<'_>, lists: &Lists<'_>) -> Result<Vec<Term>, String> {
    let mut terms = Vec::new();
    let mut minus = false;
    for word in side.split_whitespace() {
        match word {
            "+" => minus = false,
            "-" => minus = true,
            number if number.bytes().all(|b| b.is_ascii_digit()) => {
                let n: i64 = number.parse().map_err(|_| format!("数字“{number}”太大"))?;
                terms.push(Term::Constant(if minus { -n } else { n }));
            }
            pattern => {
                let mut id = pattern.to_owned();
                for (name, member) in choice {
                    id = id.replace(&format!("{{{name}}}"), member);
                }
                for id in sum_over(&id, lists)? {
                    terms.push(match id.strip_prefix("last:") {
                        Some(id) => Term::Last {
                            id: id.to_owned(),
                            minus,
                        },
                        None => Term::Cell { id, minus },
                    });
                }
            }
        }
    }
    Ok(terms)
}

/// The ids that a pattern with `[list]` stands for.
fn sum_over(pattern: &str, lists: &Lists<'_>) -> Result<Vec<String>, String> {
    let Some(name) = names(pattern, '[', ']').next() else {
        return Ok(vec![pattern.to_owned()]);
    };
    let members = lists
        .get(name)
        .ok_or_else(|| format!("没有名为“{name}”的列表"))?;
    let place = format!("[{name}]");
    let mut ids = Vec::new();
    for member in members {
        ids.extend(sum_over(&pattern.replacen(&place, member, 1), lists)?);
    }
    Ok(ids)
}
