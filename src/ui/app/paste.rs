//! Pasting into tables and copying out of them.

use super::{App, Window};
use crate::export::Document;
use crate::form::{CellIx, with_year};
use crate::import;
use crate::report::{Edit, Origin};
use crate::ui::ask::Question;
use crate::ui::clipboard;
use crate::value::Value;

impl App {
    /// Puts a pasted text into a table, or asks what goes where if it is an official table.
    pub(super) fn paste(&mut self, table: usize, text: &str) {
        let Some(session) = &mut self.session else {
            return;
        };
        let form = session.form().clone();
        let offered = clipboard::tables(text, self.desktop);
        let whole = offered
            .iter()
            .map(|tables| import::recognise(&form, tables))
            .find(|found| !found.is_empty());
        let rows = || {
            let mut offered = offered.iter();
            offered.find_map(|tables| import::recognise_rows(&form, tables))
        };
        if let Some(found) = whole.or_else(rows) {
            self.asking.question = Some(Question::Paste(found));
            return;
        }
        // One value alone goes into the cells that are selected, whatever stood around it.
        let is_one_value = !clipboard::is_page(text)
            && matches!(import::read_tsv(text).as_slice(), [row] if row.len() == 1);
        let name = offered
            .iter()
            .find_map(|tables| import::name_among(tables))
            .filter(|_| !is_one_value);
        if let Some(name) = name {
            let text = format!(
                "没有粘贴：内容里有行名或列名（“{}”），按这些名字认不出每个数该放在哪一格。请连同整行的行名一起复制，或者只复制数字",
                shortened(name)
            );
            return self.complain(text);
        }
        let grid = &mut self.looking.grids[table];
        let told = grid.paste_block(session, &form.tables[table], text);
        if let Some(told) = told {
            self.complain(told);
        }
    }

    /// Copies a whole official table, as it is exported.
    pub(super) fn copy_table(&self, table: usize, window: Window<'_>) {
        let Some(session) = &self.session else { return };
        let document = Document::new(
            session.report(),
            session.evaluation(),
            &crate::draft::digest(session.report()),
            false,
        );
        if let Some(printed) = document.tables().find(|printed| printed.table == table) {
            clipboard::copy_table(window.ctx, printed, self.desktop);
        }
    }

    /// Puts pasted numbers into their cells, and says which pasted totals do not agree.
    pub(super) fn place(&mut self, placed: &[(CellIx, Value)]) {
        let Some(session) = &mut self.session else {
            return;
        };
        session.do_step(Edit::cells_from(
            session.report(),
            Some(Origin::Pasted),
            placed.iter().copied(),
        ));
        let (report, evaluation) = (session.report(), session.evaluation());
        let differs = |&&(cell, value): &&(CellIx, Value)| {
            report.form().cell(cell).computed && !value.same_number(evaluation.value(cell))
        };
        let told: Vec<String> = placed
            .iter()
            .filter(differs)
            .map(|&(cell, value)| {
                let name = with_year(&report.form().full_name(cell), report.year());
                format!(
                    "{name}：粘贴的是 {value}，计算值是 {}",
                    evaluation.value(cell)
                )
            })
            .collect();
        if told.is_empty() {
            self.tell("已粘贴，总计与粘贴的一致；按 Ctrl+Z 可以整个撤销".to_owned());
        } else {
            self.complain(format!(
                "已粘贴，但有 {} 个总计与计算值不同：\n{}",
                told.len(),
                told.join("\n")
            ));
        }
    }
}

/// The beginning of some words, on one line.
fn shortened(words: &str) -> String {
    const MOST: usize = 20;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}……", &line[..end]),
        None => line,
    }
}
