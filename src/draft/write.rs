//! From a report to a draft's text: fixed order, one table row a line, so that two drafts can be compared by eye.

use super::version::{FIRST_VERSION, VERSION};
use crate::form::{CellIx, Form, TextIx};
use crate::report::{Origin, Prior, Report};
use crate::value::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The draft's text; the same report always gives the same text.
pub fn to_text(report: &Report) -> String {
    let form = report.form();
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write_report(report, &mut out);
    debug_assert!(!out.is_empty(), "a draft of {}", form.id);
    out
}

fn write_report(report: &Report, out: &mut String) -> std::fmt::Result {
    let form = report.form();
    writeln!(out, "(")?;
    let version = match report.notes().is_empty() && !report.has_links() {
        true => FIRST_VERSION,
        false => VERSION,
    };
    writeln!(out, "    nianbao: {version},")?;
    writeln!(out, "    form: {},", quoted(&form.id))?;
    if let Some(sha256) = &report.notes().form_sha256 {
        writeln!(out, "    form_sha256: {},", quoted(sha256))?;
    }
    writeln!(out, "    year: {},", report.year())?;
    writeln!(out, "    organ: {},", quoted(report.organ()))?;
    let additions: Vec<_> = report
        .additions()
        .map(|ix| quoted(&form.additions[usize::from(ix.0)].id))
        .collect();
    if !additions.is_empty() {
        writeln!(out, "    additions: [{}],", additions.join(", "))?;
    }
    write_texts(form, 4, |ix| report.text(ix), out)?;
    let inputs: Vec<_> = report
        .cells()
        .filter(|&ix| !form.cell(ix).computed)
        .collect();
    write_tables(form, 4, &inputs, |ix| report.value(ix), out)?;
    if report.all_stated().next().is_some() {
        writeln!(out, "    // 原来的报告里印着、与计算值不同的总计")?;
        writeln!(out, "    stated: {{")?;
        for (cell, value) in report.all_stated() {
            writeln!(
                out,
                "        {}: {},",
                quoted(&form.cell(cell).id),
                literal(value)
            )?;
        }
        writeln!(out, "    }},")?;
    }
    write_origins(report, out)?;
    if report.all_addends().next().is_some() {
        writeln!(out, "    // 分项填写的格：各项之和就是这一格的数")?;
        writeln!(out, "    addends: {{")?;
        for (cell, addends) in report.all_addends() {
            let parts: Vec<_> = addends
                .iter()
                .map(|part| format!("({}, {})", quoted(&part.name), literal(part.value)))
                .collect();
            writeln!(
                out,
                "        {}: [{}],",
                quoted(&form.cell(cell).id),
                parts.join(", ")
            )?;
        }
        writeln!(out, "    }},")?;
    }
    if !report.reasons().is_empty() {
        writeln!(out, "    // 需说明的原因；所说明的内容变了，就要重新说明")?;
        writeln!(out, "    reasons: {{")?;
        for (key, reason) in report.reasons() {
            writeln!(out, "        {}: (", quoted(key))?;
            writeln!(out, "            text: {},", quoted(reason.text()))?;
            writeln!(out, "            about: {},", quoted(reason.about()))?;
            writeln!(out, "        ),")?;
        }
        writeln!(out, "    }},")?;
    }
    if let Some(prior) = report.prior() {
        write_prior(prior, out)?;
    }
    write_links(report, out)?;
    write_notes(report, out)?;
    writeln!(out, ")")
}

/// The numbers of the texts that are linked to the tables.
fn write_links(report: &Report, out: &mut String) -> std::fmt::Result {
    let form = report.form();
    if !report.has_links() {
        return Ok(());
    }
    writeln!(
        out,
        "    // 正文里与表格相连的数：前面有几个字、数字、是表里的哪一格"
    )?;
    writeln!(out, "    links: {{")?;
    for (ix, spec) in form.indexed_texts() {
        let (text, links) = (report.text(ix), report.links(ix));
        if links.is_empty() {
            continue;
        }
        writeln!(out, "        {}: [", quoted(&spec.id))?;
        let (mut at, mut before) = (0, 0);
        for link in links {
            before += text[at..link.at.start].chars().count();
            at = link.at.start;
            let digits = quoted(&text[link.at.clone()]);
            let of = quoted(&form.sum_id(&link.of));
            writeln!(
                out,
                "            (at: {before}, digits: {digits}, of: {of}),"
            )?;
        }
        writeln!(out, "        ],")?;
    }
    writeln!(out, "    }},")
}

/// What is noted beside the report.
fn write_notes(report: &Report, out: &mut String) -> std::fmt::Result {
    let notes = report.notes();
    if let Some(signature) = &notes.signature {
        writeln!(out, "    // 落款：印在第六部分下面")?;
        let (organ, date) = (quoted(&signature.organ), quoted(&signature.date));
        writeln!(out, "    signature: (organ: {organ}, date: {date}),")?;
    }
    if !notes.decisions.is_empty() {
        writeln!(out, "    // 对审核结果所作的决定；所说的内容变了就不再算数")?;
        writeln!(out, "    decisions: {{")?;
        for (key, decision) in &notes.decisions {
            let (is, about) = (quoted(decision.is.id()), quoted(&decision.about));
            writeln!(out, "        {}: (is: {is}, about: {about}),", quoted(key))?;
        }
        writeln!(out, "    }},")?;
    }
    if let Some(recount) = &notes.recount {
        writeln!(out, "    // 复核：谁、哪一天、复核的是哪些数")?;
        let (name, date) = (quoted(&recount.name), quoted(&recount.date));
        let sha256 = quoted(&recount.sha256);
        writeln!(
            out,
            "    recount: (name: {name}, date: {date}, sha256: {sha256}),"
        )?;
    }
    if !notes.checklist.is_empty() {
        let ids: Vec<_> = notes.checklist.iter().map(|id| quoted(id)).collect();
        writeln!(out, "    checklist: [{}],", ids.join(", "))?;
    }
    Ok(())
}

/// The texts, a paragraph a line.
fn write_texts<'a>(
    form: &Form,
    indent: usize,
    text: impl Fn(TextIx) -> &'a str,
    out: &mut String,
) -> std::fmt::Result {
    writeln!(out, "{:indent$}texts: {{", "")?;
    for (ix, spec) in form.indexed_texts() {
        let text = text(ix);
        if text.is_empty() {
            writeln!(out, "{:indent$}    {}: [],", "", quoted(&spec.id))?;
            continue;
        }
        writeln!(out, "{:indent$}    {}: [", "", quoted(&spec.id))?;
        for paragraph in text.split('\n') {
            writeln!(out, "{:indent$}        {},", "", quoted(paragraph))?;
        }
        writeln!(out, "{:indent$}    ],", "")?;
    }
    writeln!(out, "{:indent$}}},", "")
}

/// Some cells of the tables, a row a line.
fn write_tables(
    form: &Form,
    indent: usize,
    cells: &[CellIx],
    value: impl Fn(CellIx) -> Value,
    out: &mut String,
) -> std::fmt::Result {
    writeln!(out, "{:indent$}tables: {{", "")?;
    for (index, table) in form.tables.iter().enumerate() {
        writeln!(out, "{:indent$}    {}: {{", "", quoted(&table.id))?;
        let cells: Vec<_> = cells
            .iter()
            .map(|&ix| (ix, form.cell(ix)))
            .filter(|(_, cell)| cell.table == index)
            .collect();
        let rows: Vec<_> = cells
            .chunk_by(|(_, a), (_, b)| a.row_id == b.row_id)
            .collect();
        let width = rows
            .iter()
            .map(|row| quoted(&row[0].1.row_id).len())
            .max()
            .unwrap_or(0)
            + 1;
        for row in rows {
            let key = quoted(&row[0].1.row_id) + ":";
            let cells: Vec<_> = row
                .iter()
                .map(|(ix, cell)| format!("{}: {}", cell.col_id, literal(value(*ix))))
                .collect();
            writeln!(
                out,
                "{:indent$}        {key:width$} ({}),",
                "",
                cells.join(", ")
            )?;
        }
        writeln!(out, "{:indent$}    }},", "")?;
    }
    writeln!(out, "{:indent$}}},", "")
}

/// Last year's figures, totals included.
fn write_prior(prior: &Prior, out: &mut String) -> std::fmt::Result {
    let figures = &prior.figures;
    let form = figures.form();
    writeln!(out, "    // 上年年报的数，只用来对照和审核，不会印出来")?;
    writeln!(out, "    prior: (")?;
    writeln!(out, "        source: {},", quoted(&prior.source))?;
    writeln!(out, "        sha256: {},", quoted(&prior.sha256))?;
    writeln!(out, "        form: {},", quoted(&form.id))?;
    writeln!(out, "        year: {},", figures.year())?;
    writeln!(out, "        organ: {},", quoted(figures.organ()))?;
    write_texts(form, 8, |ix| figures.text(ix), out)?;
    // Local additions are written if that report had them.
    let cells: Vec<_> = form
        .indexed_cells()
        .filter(|(ix, cell)| cell.addition.is_none() || !figures.value(*ix).is_blank())
        .map(|(ix, _)| ix)
        .collect();
    write_tables(form, 8, &cells, |ix| figures.value(ix), out)?;
    writeln!(out, "    ),")
}

/// Where numbers come from: whole tables with all that they print by the table's id, whole rows by the row's id, other
/// cells one by one; what was typed is not listed.
fn write_origins(report: &Report, out: &mut String) -> std::fmt::Result {
    let form = report.form();
    let inputs: Vec<_> = report
        .cells()
        .filter(|&ix| !form.cell(ix).computed)
        .collect();
    let mut listed: BTreeMap<Origin, Vec<String>> = BTreeMap::new();
    let whole: Vec<usize> = (0..form.tables.len())
        .filter(|&table| is_as_printed(report, table))
        .collect();
    let by_itself = |cell: CellIx| !whole.contains(&form.cell(cell).table);
    for row in inputs.chunk_by(|&a, &b| {
        form.cell(a).table == form.cell(b).table && form.cell(a).row_id == form.cell(b).row_id
    }) {
        if !by_itself(row[0]) {
            let id = quoted(&form.tables[form.cell(row[0]).table].id);
            let ids = listed.entry(Origin::Imported).or_default();
            if ids.last() != Some(&id) {
                ids.push(id);
            }
            continue;
        }
        let first = report.origin(row[0]);
        if let Some(origin) = first.filter(|_| row.iter().all(|&cell| report.origin(cell) == first))
        {
            let id = &form.cell(row[0]).id;
            let whole = id.rsplit_once('.').map_or(id.as_str(), |(row, _)| row);
            listed.entry(origin).or_default().push(quoted(whole));
            continue;
        }
        for &cell in row {
            if let Some(origin) = report.origin(cell) {
                listed
                    .entry(origin)
                    .or_default()
                    .push(quoted(&form.cell(cell).id));
            }
        }
    }
    // Totals that a document printed as they add up.
    let totals = report.cells().filter(|&cell| form.cell(cell).computed);
    for cell in totals.filter(|&cell| by_itself(cell)) {
        if let Some(origin) = report.origin(cell) {
            let ids = listed.entry(origin).or_default();
            ids.push(quoted(&form.cell(cell).id));
        }
    }
    if listed.is_empty() {
        return Ok(());
    }
    writeln!(out, "    // 不是手填的数从哪里来")?;
    writeln!(out, "    origins: {{")?;
    for (origin, ids) in listed {
        writeln!(
            out,
            "        {}: [{}],",
            quoted(origin.id()),
            ids.join(", ")
        )?;
    }
    writeln!(out, "    }},")
}

/// Whether a table with totals is the one that was imported, number by number and total by total. Its id alone says so.
fn is_as_printed(report: &Report, table: usize) -> bool {
    let form = report.form();
    let mut totals = false;
    let mut cells = report
        .cells()
        .filter(|&cell| form.cell(cell).table == table);
    let all = cells.all(|cell| {
        let is_total = form.cell(cell).computed;
        totals |= is_total;
        let is_stated = is_total && report.stated(cell).is_some();
        is_stated || report.origin(cell) == Some(Origin::Imported)
    });
    all && totals
}

/// A RON string.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || matches!(c, '\u{FEFF}' | '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{{{:x}}}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn literal(value: Value) -> String {
    match value {
        Value::Blank => "None".to_owned(),
        Value::Count(n) => n.to_string(),
        Value::Amount(d) => format!("\"{d}\""),
    }
}
