//! 审核情况表: how a report was checked, as a document like the report itself: what is open, every relation with its two
//! sides, what was explained and why, the numbers beside last year's, what was not checked, the second count, the files.

use super::manifest::FileEntry;
use crate::check::{self, Evaluation, Finding, Standing};
use crate::draft;
use crate::export::Document;
use crate::export::document::{Block, Role, Setting, TableBlock, TableCell, clean};
use crate::form::{CellIx, Level, with_year};
use crate::report::Report;
use crate::value::Value;

/// What it is called.
pub const SHEET: &str = "审核情况表";

/// The sheet of a report whose files are these.
pub fn sheet(report: &Report, evaluation: &Evaluation, files: &[FileEntry]) -> Document {
    let document = Document::new(report, evaluation, &draft::digest(report), true);
    let mut page = Page::default();
    page.heading("审核结论");
    page.line(check::verdict(evaluation));
    page.line(format!(
        "适用格式：{}（{}）。",
        report.form().name,
        report.form().doc_no
    ));
    page.line(recount(report));
    findings(report, evaluation, &mut page);
    unchecked(report, evaluation, &mut page);
    relations(report, evaluation, &mut page);
    last_year(report, evaluation, &mut page);
    page.heading("交件的文件（SHA-256）");
    let rows = files
        .iter()
        .map(|file| [file.name.clone(), file.sha256.clone()]);
    page.table([3, 4], ["文件", "SHA-256"], rows);
    let mut title_breaks = document.title_breaks.clone();
    title_breaks.push(document.title.len());
    Document {
        title: format!("{}{SHEET}", document.title),
        title_breaks,
        blocks: page.blocks,
        ..document
    }
}

/// The second count in words.
fn recount(report: &Report) -> String {
    match &report.notes().recount {
        None => "复核：没有复核。".to_owned(),
        Some(recount) if draft::recount_holds(recount, report) => format!(
            "复核：{}于 {} 把各表的数另打了一遍，与年报一致，此后没有改过数。",
            recount.name, recount.date
        ),
        Some(recount) => format!(
            "复核：{}于 {} 复核过，此后改过数，已经失效，等于没有复核。",
            recount.name, recount.date
        ),
    }
}

/// What is to be corrected, and what was to be explained with the reasons. As paragraphs: a reason may be long.
fn findings(report: &Report, evaluation: &Evaluation, page: &mut Page) {
    let of = |level| {
        let all = evaluation.findings.iter();
        all.filter(move |finding: &&Finding| finding.level == level)
    };
    for (level, heading) in [
        (Level::Error, "必须改正的"),
        (Level::Query, "需说明的与原因"),
        (Level::Hint, "提示"),
    ] {
        page.heading(heading);
        if of(level).next().is_none() {
            page.line("没有。".to_owned());
        }
        for (nth, finding) in (1..).zip(of(level)) {
            page.line(format!("{nth}. {}", finding.message(report, evaluation)));
            match &finding.reason {
                Some(reason) => page.line(format!("原因：{reason}")),
                None if level == Level::Query => page.line("原因：（没有写）".to_owned()),
                None => {}
            }
        }
    }
}

/// What could not be checked, and why.
fn unchecked(report: &Report, evaluation: &Evaluation, page: &mut Page) {
    let form = report.form();
    let mut rows: Vec<[String; 2]> = Vec::new();
    for &index in &evaluation.unchecked {
        let relation = &form.relations[index];
        rows.push([
            format!(
                "{}：{} 与 {}",
                relation.subject, relation.left_words, relation.right_words
            ),
            "有空白".to_owned(),
        ]);
    }
    for &index in &evaluation.unchecked_across {
        let across = &form.across[index];
        rows.push([
            format!(
                "{}：{} 与 {}",
                across.subject, across.left_words, across.right_words
            ),
            "今年或上年有空白".to_owned(),
        ]);
    }
    for (text, spec) in form.indexed_texts() {
        let count = evaluation
            .unchecked_texts
            .iter()
            .filter(|&&it| it == text)
            .count();
        if count > 0 {
            let section = form.section_of_text(text);
            let name = section.map_or(&spec.id, |at| &form.sections[at].heading);
            rows.push([
                format!("{name}：{count} 个数"),
                "表里相应的格是空白".to_owned(),
            ]);
        }
    }
    page.heading("没有检查的");
    page.line(format!(
        "审核结论里的“未检查 {}”（正文按数的个数计）：",
        evaluation.unchecked_count()
    ));
    page.table_or([3, 2], ["内容", "原因"], rows, "没有。");
    let mut rows: Vec<[String; 2]> = Vec::new();
    if report.last_year().is_none() {
        rows.push([
            "与上年的衔接和变化".to_owned(),
            "草稿里没有上年数".to_owned(),
        ]);
    }
    let holds = |report: &Report| {
        let recount = report.notes().recount.as_ref();
        recount.is_some_and(|recount| draft::recount_holds(recount, report))
    };
    if !holds(report) {
        let why = match report.notes().recount {
            Some(_) => "复核以后改过数",
            None => "没有复核",
        };
        rows.push(["数与原始凭据是否一致".to_owned(), why.to_owned()]);
    }
    page.line("不计在这个数里的：".to_owned());
    page.table_or([3, 2], ["内容", "原因"], rows, "没有。");
}

/// Every relation with its two sides.
fn relations(report: &Report, evaluation: &Evaluation, page: &mut Page) {
    let form = report.form();
    let said = |value: Value| match value.is_blank() {
        true => "空白".to_owned(),
        false => value.to_string(),
    };
    // A side that is a number of its own is said once.
    let side = |words: &str, value: Value| match said(value) {
        number if number == words => number,
        number => format!("{words}：{number}"),
    };
    let rows = check::standings(report, evaluation)
        .into_iter()
        .map(|standing: Standing| {
            let relation = &form.relations[standing.relation];
            let state = match standing.holds {
                Some(true) => "成立",
                Some(false) => "不成立",
                None => "没有检查",
            };
            [
                relation.subject.clone(),
                side(&relation.left_words, standing.left),
                relation.is.sign().to_owned(),
                side(&relation.right_words, standing.right),
                state.to_owned(),
            ]
        });
    page.heading("勾稽关系");
    page.table(
        [7, 4, 1, 5, 2],
        ["范围", "左边", "应", "右边", "结果"],
        rows.collect::<Vec<_>>(),
    );
}

/// The numbers beside last year's, where they differ.
fn last_year(report: &Report, evaluation: &Evaluation, page: &mut Page) {
    let form = report.form();
    page.heading("与上年比较");
    let Some(last) = report.last_year() else {
        return page.line("草稿里没有上年数，没有比较。".to_owned());
    };
    let mut same = 0;
    let mut rows: Vec<[String; 4]> = Vec::new();
    for cell in report.cells() {
        let now = evaluation.known(cell);
        let before = last.figures.same_cell(form, cell).unwrap_or_default();
        if now.is_blank() && before.is_blank() || now.same_number(before) {
            same += 1;
            continue;
        }
        rows.push(compared(report, cell, now, before));
    }
    page.line(format!(
        "上年数来自{}（{} 年）。下面是两年不同的 {} 格，其余 {same} 格相同。",
        last.source,
        last.figures.year(),
        rows.len()
    ));
    if !rows.is_empty() {
        page.table([6, 2, 2, 2], ["格", "今年", "上年", "增减"], rows);
    }
}

fn compared(report: &Report, cell: CellIx, now: Value, before: Value) -> [String; 4] {
    let form = report.form();
    let kind = form.cell(cell).kind;
    let said = |value: Value| match value.is_blank() {
        true => "空白".to_owned(),
        false => value.printed(kind),
    };
    let change = match (now.decimal(), before.decimal()) {
        (Some(now), Some(before)) => format!("{:+}", (now - before).normalize()),
        _ => "—".to_owned(),
    };
    let name = with_year(&form.full_name(cell), report.year());
    [name, said(now), said(before), change]
}

/// The sheet as it is written.
#[derive(Default)]
struct Page {
    blocks: Vec<Block>,
    headings: usize,
    heading: String,
}

impl Page {
    /// A heading with its number.
    fn heading(&mut self, words: &str) {
        const NUMBERS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let number = NUMBERS.get(self.headings).unwrap_or(&"");
        self.headings += 1;
        self.heading = format!("{number}、{words}");
        self.blocks.push(Block::Heading(self.heading.clone()));
    }

    fn line(&mut self, words: String) {
        let lines = clean(&words);
        let lines = lines.split('\n').filter(|line| !line.trim().is_empty());
        let lines = lines.map(|line| Block::Paragraph(line.trim().to_owned()));
        self.blocks.extend(lines);
    }

    /// A table, or some words if there is nothing in it.
    fn table_or<const N: usize>(
        &mut self,
        widths: [u32; N],
        heads: [&str; N],
        rows: Vec<[String; N]>,
        nothing: &str,
    ) {
        match rows.is_empty() {
            true => self.line(nothing.to_owned()),
            false => self.table(widths, heads, rows),
        }
    }

    fn table<const N: usize>(
        &mut self,
        widths: [u32; N],
        heads: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        let heads = heads.map(str::to_owned);
        let rows: Vec<[String; N]> = std::iter::once(heads).chain(rows).collect();
        let cells = rows.iter().enumerate().flat_map(|(row, cells)| {
            cells.iter().enumerate().map(move |(col, text)| TableCell {
                row,
                col,
                rows: 1,
                cols: 1,
                role: if row == 0 { Role::Head } else { Role::Label },
                text: clean(text),
                lines: Vec::new(),
                size: 0.0,
                number: None,
            })
        });
        let mut cells: Vec<TableCell> = cells.collect();
        self.blocks.push(Block::Table(TableBlock {
            // It is none of the form's; its name is never asked for.
            table: 0,
            heading: self.heading.clone(),
            sheet: self.heading.clone(),
            description: self.heading.clone(),
            setting: Setting::new(&widths, 0, rows.len(), 1, &mut cells),
            rows: rows.len(),
            head_rows: 1,
            cells,
        }));
    }
}
