//! A report out of a document: which form it fills in, whose it is, its numbers by the form's own labels, its texts by
//! the form's own headings. What was not found is listed, and nothing is guessed.

use super::fill;
use super::headings;
use super::labels::{distance, plain, words_of};
use super::left_over::{self, Used, cut};
use super::lines;
use super::recognise::{Local, Recognised, recognise_in};
use super::source::{Part, RawTable, Source};
use super::title;
use super::{Imported, NotPlaced};
use crate::form::{self, Body, CellIx, Form, Section, with_year};
use crate::report::{Edit, History, Report};
use crate::value::{self, Value};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// Lines of text; a report has some hundreds.
const MAX_LINES: usize = 20_000;

/// Reads a report out of what stands in a document.
///
/// # Errors
/// A sentence if nothing of any form was found, or no year, or far too much for a report.
pub fn from_source(source: &Source) -> Result<Imported, String> {
    if source.parts.len() > MAX_LINES {
        return Err(format!(
            "这个文件有 {} 段文字，不是一份年报，没有读取；请只留下年报的内容，另存后再导入",
            source.parts.len()
        ));
    }
    let tables: Vec<RawTable> = source.tables().cloned().collect();
    let fields = fields(source);
    let lines = lines(source);
    let title = title::title(&lines, source);
    let mut behind_title = title.as_ref().map_or(0, |title| title.next);
    let all: Vec<(Arc<Form>, Recognised)> = form::official()
        .iter()
        .map(|form| {
            (
                form.clone(),
                recognise_in(form, &tables, &fields.all, Local::Rows),
            )
        })
        .collect();
    let year = title.as_ref().map(|title| title.year);
    // What the tables say decides: words that only one form has, then how much is found of each; between equals, the year.
    let said: HashSet<String> = fields.all.iter().map(|field| plain(field)).collect();
    let words: Vec<HashSet<String>> = all.iter().map(|(form, _)| words_of(form)).collect();
    let its_own = |nth: usize| {
        let is_in_others = |word: &String| {
            let mut others = words.iter().enumerate().filter(|(other, _)| *other != nth);
            others.any(|(_, words)| words.contains(word))
        };
        let own = words[nth].intersection(&said);
        own.filter(|word| !is_in_others(word)).count()
    };
    let fits = |form: &Form| year.is_some_and(|year| form.years.contains(year));
    let best = all
        .iter()
        .enumerate()
        .max_by_key(|(nth, (form, found))| (its_own(*nth), found.cells().count(), fits(form)))
        .filter(|_| all.iter().any(|(_, found)| !found.is_empty()));
    let Some((best, (form, found))) = best else {
        return Err("没有在这个文件里认出年报的表格；请确认它是政府信息公开工作年度报告。表格若是图片，请对照着手工填写".to_owned());
    };
    let guessed = year.is_none();
    let year = year.or_else(|| title::often(&fields.all)).ok_or("没有在这个文件里找到年度（标题应写明“某某年”）；请在原件的标题里补上年度再导入，或新建年报后粘贴表格")?;
    let mut organ = title.map(|title| title.organ).unwrap_or_default();
    let mut remarks = source.remarks.clone();
    if guessed {
        remarks.push(format!(
            "没有找到标题，年度按正文里最常出现的写作 {year}，请核对；单位名称请自己填写"
        ));
    } else if organ.is_empty() {
        let below = lines
            .get(behind_title)
            .and_then(|line| title::organ_alone(line));
        // Such a line below the title belongs to it.
        behind_title += usize::from(below.is_some());
        organ = below
            .or_else(|| title::signature(&lines))
            .unwrap_or_default();
        remarks.push(if organ.is_empty() {
            "标题里没有单位名称，请自己填写".to_owned()
        } else {
            format!("标题里没有单位名称，按标题下或落款的“{organ}”填写，请核对")
        });
    }
    let mut reader = Reader {
        history: History::new(Report::new(form.clone(), organ, year)),
        not_placed: Vec::new(),
        remarks,
        left_over: Vec::new(),
    };
    for table in &found.doubled {
        reader.remarks.push(format!(
            "文件里有不止一张{table}，读的是前一张，请核对是不是这一年度、这个单位的"
        ));
    }
    reader.numbers(found);
    for (nth, (other, strange)) in all.iter().enumerate() {
        if nth != best {
            reader.of_another_form(other, strange, found);
        }
    }
    reader.texts(
        &lines[behind_title..],
        &Used::of(form, found, fields.pieces),
    );
    if !form.years.contains(year) {
        reader.remarks.push(format!(
            "{year} 年度的年报应使用别的格式，而这个文件里的表格是{}",
            form.name
        ));
    }
    let mut left_over = left_over::rows(form, found, &tables);
    left_over.extend(reader.left_over);
    Ok(Imported {
        report: reader.history.report().clone(),
        not_placed: reader.not_placed,
        ignored: Vec::new(),
        remarks: reader.remarks,
        words: found.words.iter().cloned().collect(),
        left_over,
    })
}

/// Every word of the source in order: what stands in lines, and in cells.
fn fields(source: &Source) -> lines::Fields {
    let mut fields = lines::Fields::default();
    let runs = source
        .parts
        .chunk_by(|a, b| a.text().is_some() && b.text().is_some());
    for run in runs {
        if let Some(table) = run[0].table() {
            let cells = table.cells.iter().map(|cell| cell.text.clone());
            fields.all.extend(cells);
        } else {
            let texts: Vec<&str> = run.iter().filter_map(Part::text).collect();
            let more = lines::fields(&texts);
            fields.all.extend(more.all);
            fields.pieces.extend(more.pieces);
        }
    }
    fields.all.retain(|field| !field.trim().is_empty());
    fields
}

/// The lines of text of a source; those of a sheet that is used like a page among them.
fn lines(source: &Source) -> Vec<&str> {
    let mut all = Vec::new();
    for part in &source.parts {
        match part {
            Part::Text(text) => all.push(text.as_str()),
            Part::Table(table) => {
                // What stands beside something else is a fact in a list and no line of text.
                let mut rows: Vec<Vec<&str>> = vec![Vec::new(); table.rows];
                for cell in table
                    .cells
                    .iter()
                    .filter(|cell| !cell.text.trim().is_empty())
                {
                    rows[cell.row].push(&cell.text);
                }
                let filled = rows.iter().filter(|row| !row.is_empty()).count();
                let alone: Vec<&str> = rows
                    .iter()
                    .filter(|row| row.len() == 1)
                    .map(|row| row[0])
                    .collect();
                let is_page = !table.name.is_empty() && alone.len() * 2 > filled;
                let is_wide = |row: &&Vec<&str>| row.len() > 4;
                let has_tables = rows.iter().filter(is_wide).count() > 4;
                if is_page || has_tables && has_sections(&alone) {
                    all.extend(alone);
                }
            }
        }
    }
    all.retain(|line| !line.trim().is_empty());
    all
}

/// Whether lines are those of a whole report that stands in one table, with the official tables between them.
fn has_sections(lines: &[&str]) -> bool {
    const SOME: usize = 3;
    let is_there = |heading: &str| {
        let mut lines = lines.iter();
        lines.any(|line| headings::behind(line, heading) == Some(""))
    };
    form::official().iter().any(|form| {
        let headings = form.sections.iter().map(|section| &section.heading);
        headings.filter(|heading| is_there(heading)).count() >= SOME
    })
}

struct Reader {
    history: History,
    not_placed: Vec<NotPlaced>,
    remarks: Vec<String>,
    left_over: Vec<String>,
}

impl Reader {
    fn form(&self) -> Arc<Form> {
        self.history.report().form().clone()
    }

    fn name(&self, cell: CellIx) -> String {
        with_year(&self.form().full_name(cell), self.history.report().year())
    }

    fn numbers(&mut self, found: &Recognised) {
        let form = self.form();
        let mut cells = found.placed.clone();
        for (cell, text, reason) in &found.refused {
            let spec = form.cell(*cell);
            match with_a_note(text, |text| {
                value::parse(text, spec.kind, spec.unit.as_deref()).ok()
            }) {
                Some(value) => {
                    let name = self.name(*cell);
                    self.remarks
                        .push(format!("{name}：原文是“{}”，读作 {value}", text.trim()));
                    cells.push((*cell, value));
                }
                None => self.not_placed.push(NotPlaced {
                    id: spec.id.clone(),
                    content: text.trim().to_owned(),
                    reason: reason.clone(),
                }),
            }
        }
        fill::fill(&mut self.history, &cells, &mut self.not_placed);
        let known: BTreeSet<CellIx> = found.cells().collect();
        let report = self.history.report();
        let lost: Vec<CellIx> = report
            .cells()
            .filter(|cell| !known.contains(cell) && !form.cell(*cell).computed)
            .collect();
        for cell in lost {
            self.not_placed.push(NotPlaced {
                id: form.cell(cell).id.clone(),
                content: String::new(),
                reason: format!("没有在文件里找到“{}”这一格", self.name(cell)),
            });
        }
    }

    /// Rows that only another form has: the document mixes both.
    fn of_another_form(&mut self, other: &Form, strange: &Recognised, found: &Recognised) {
        let form = self.form();
        let tables: BTreeSet<usize> = found.cells().map(|cell| form.cell(cell).table).collect();
        let known: BTreeSet<String> = form
            .cells
            .iter()
            .map(|cell| plain(&cell.row_name))
            .collect();
        // A row that is named nearly like one of ours is ours, misspelt.
        let is_known = |name: &str| {
            let name = plain(name);
            known.iter().any(|known| distance(known, &name, 2) <= 2)
        };
        let only_there = |cell: CellIx| {
            let spec = other.cell(cell);
            let table = form
                .tables
                .iter()
                .position(|t| t.id == other.tables[spec.table].id);
            // Only in tables whose rows are matched by name, and not by a row that this form has too.
            form.find(&spec.id).is_none()
                && table.is_some_and(|table| tables.contains(&table))
                && !spec.row_name.is_empty()
                && !is_known(&spec.row_name)
        };
        let placed = strange
            .placed
            .iter()
            .map(|(cell, value)| (*cell, value.to_string()));
        let refused = strange
            .refused
            .iter()
            .map(|(cell, text, _)| (*cell, text.clone()));
        let mut rows = BTreeSet::new();
        for (cell, content) in placed.chain(refused) {
            if only_there(cell) && !content.is_empty() {
                let spec = other.cell(cell);
                rows.insert(spec.row_name.clone());
                self.not_placed.push(NotPlaced {
                    id: spec.id.clone(),
                    content,
                    reason: format!("{}没有这一格，它属于{}", form.name, other.name),
                });
            }
        }
        for row in rows {
            self.remarks.push(format!(
                "这个文件把两种格式混用了：表格是{}，而“{row}”这一行属于{}，请看原件后自己填写",
                form.name, other.name
            ));
        }
    }

    fn not_used(&mut self, line: &str) {
        let told = format!("没有用到的文字：{}", cut(line));
        self.left_over.push(told);
    }

    /// Texts by the headings above them.
    fn texts(&mut self, lines: &[&str], used: &Used) {
        let form = self.form();
        let preamble = form
            .indexed_texts()
            .map(|(ix, _)| ix)
            .find(|ix| form.section_of_text(*ix).is_none());
        let mut section = None;
        let mut all: Vec<Vec<&str>> = vec![Vec::new(); form.texts.len()];
        let starts = headings::starts(&form, lines);
        for start in starts.iter().filter(|start| start.is_like) {
            let section = &form.sections[start.section];
            // What stands below the heading of a table is in the table.
            if matches!(section.body, Body::Text(_)) {
                let (said, heading) = (cut(lines[start.line]), &section.heading);
                let remark = format!("原件的标题“{said}”当作“{heading}”，请核对这一部分");
                self.remarks.push(remark);
            }
        }
        let contents = headings::contents(&form, lines);
        let mut starts = starts.iter().peekable();
        'parts: for (at, &text) in lines.iter().enumerate() {
            let mut rest = text;
            if let Some(start) = starts.next_if(|start| start.line == at) {
                section = Some(start.section);
                rest = start.rest;
            } else if contents.contains(&at) {
                self.not_used(text);
                continue;
            } else if section.is_some()
                && starts.peek().is_none()
                && title::whole_title(text).is_some()
            {
                let told = format!("没有用到的文字（另一份年报起）：{}", cut(text));
                self.left_over.push(told);
                break 'parts;
            }
            for line in rest
                .split('\n')
                .map(str::trim)
                .filter(|line| !line.is_empty())
            {
                // Before the last part is reached, such words may be the report's own.
                let is_last = section == form.sections.len().checked_sub(1);
                if is_last && is_page_furniture(line) {
                    self.left_over
                        .push(format!("没有用到的文字（页脚起）：{}", cut(line)));
                    break 'parts;
                }
                let body = section.map(|section| form.sections[section].body);
                match (body, preamble) {
                    (None, _) if is_page_head(line) => self.not_used(line),
                    (Some(Body::Text(ix)), _) | (None, Some(ix)) => {
                        all[usize::from(ix.0)].push(line)
                    }
                    _ if used.holds(line) => {}
                    _ => self.not_used(line),
                }
            }
        }
        // A report without any texts is one of tables alone.
        let has_texts = all.iter().any(|lines| !lines.is_empty());
        let is_lost = |section: &&Section| match section.body {
            Body::Text(ix) => has_texts && all[usize::from(ix.0)].is_empty(),
            Body::Table(_) => false,
        };
        let lost = form.sections.iter().filter(is_lost);
        let lost: Vec<&str> = lost.map(|section| section.heading.as_str()).collect();
        if !lost.is_empty() {
            let told = format!("这些部分没有读到文字：{}", lost.join("；"));
            self.remarks.push(told);
        }
        for ((ix, _), lines) in form.indexed_texts().zip(&all) {
            let edit = Edit::text(self.history.report(), ix, &lines.join("\n"));
            self.history.apply(edit);
        }
    }
}

/// A number with a remark in brackets behind it, as some organs write it: 22（其中修订 16 件）.
fn with_a_note(text: &str, parse: impl Fn(&str) -> Option<Value>) -> Option<Value> {
    let bare = text.trim().strip_suffix(['）', ')'])?;
    let (number, _) = bare.split_once(['（', '('])?;
    parse(number).filter(|value| !value.is_blank())
}

/// What web sites put between a title and its article.
fn is_page_head(line: &str) -> bool {
    const FACTS: [&str; 16] = [
        "时间",
        "发布时间",
        "发布日期",
        "发文日期",
        "日期",
        "来源",
        "信息来源",
        "作者",
        "发布机构",
        "索引号",
        "文号",
        "浏览次数",
        "访问量",
        "点击数",
        "字号",
        "字体",
    ];
    let line = title::squeezed(line);
    let line = line.trim_start_matches(['【', '[', '•', '·']);
    let fact = line.split([':', '：']).next().unwrap_or_default();
    line.chars().count() <= 60 && fact != line && FACTS.contains(&fact) && !line.contains('。')
}

/// What web sites put below an article.
fn is_page_furniture(line: &str) -> bool {
    const WORDS: [&str; 9] = [
        "扫一扫",
        "打印本页",
        "关闭窗口",
        "版权所有",
        "主办单位",
        "分享到",
        "上一篇",
        "下一篇",
        "网站地图",
    ];
    line.chars().count() <= 60 && WORDS.iter().any(|word| line.contains(word))
}
