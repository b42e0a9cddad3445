//! Relations between the cells of one report, demands on single cells, and the order in which totals are computed.

use super::file::{CellRuleFile, RelationFile};
use super::loader::{Loaded, Loader};
use crate::form::index::CellIx;
use crate::form::rules::{CellRule, Comparison, Relation};

impl<'a> Loader<'a> {
    /// Expands the relations of the file.
    pub fn relations(&mut self, files: Vec<RelationFile<'a>>) -> Loaded<()> {
        files.into_iter().try_for_each(|file| self.relation(file))
    }

    fn relation(&mut self, file: RelationFile<'a>) -> Loaded<()> {
        if self.form.rules.iter().any(|rule| rule.id == file.id) {
            return self.fail(file.id, format!("“{}”出现了两次", file.id));
        }
        let rule = self.rule(file.id, file.level, file.wording, file.source);
        let choices = self.choices(&[file.left, file.right])?;
        for choice in choices {
            let left = self.sum(file.left, &choice)?;
            let right = self.sum(file.right, &choice)?;
            let cells: Vec<CellIx> = left.cells().chain(right.cells()).collect();
            let Some(&first) = cells.first() else {
                return self.fail(file.left, "关系里没有单元格");
            };
            let addition = cells.iter().find_map(|&ix| self.form.cell(ix).addition);
            let subject = self.subject(first, &cells);
            let (left_words, right_words) = file.says.clone();
            self.form.relations.push(Relation {
                rule,
                left,
                is: file.is,
                right,
                left_words,
                right_words,
                broken_words: file.broken.clone(),
                subject,
                cells,
                organs: file.organs.clone(),
                defines: None,
                addition,
            });
        }
        Ok(())
    }

    pub fn cell_rules(&mut self, files: &[CellRuleFile<'a>]) -> Loaded<()> {
        for file in files {
            let rule = self.rule(
                file.id,
                file.level,
                file.wording.clone(),
                file.source.clone(),
            );
            for &id in &file.tables {
                let table = self.find_table(id)?;
                self.form.cell_rules.push(CellRule {
                    rule,
                    table,
                    is: file.is,
                });
            }
        }
        Ok(())
    }

    /// Finds the relation that computes each computed cell and puts them into an order in which each comes after
    /// those that it adds up.
    pub fn computations(&mut self) -> Loaded<()> {
        let mut waiting = Vec::new();
        for (cell, rule_id) in std::mem::take(&mut self.computed_by) {
            let form = &self.form;
            let found = form.relations.iter().position(|relation| {
                form.rules[relation.rule].id == rule_id
                    && relation.left.plus == [cell]
                    && relation.left.minus.is_empty()
                    && relation.left.constant == 0
                    && relation.is == Comparison::Equal
            });
            let Some(relation) = found else {
                let what = format!(
                    "“{}”要由“{rule_id}”计算，而没有这样一条等式以它为左边",
                    form.cell(cell).id
                );
                return self.fail(rule_id, what);
            };
            self.form.relations[relation].defines = Some(cell);
            waiting.push((cell, relation, rule_id));
        }
        while !waiting.is_empty() {
            let cells: Vec<CellIx> = waiting.iter().map(|&(cell, ..)| cell).collect();
            let (later, ready): (Vec<_>, Vec<_>) =
                waiting.iter().copied().partition(|&(_, relation, _)| {
                    self.form.relations[relation]
                        .right
                        .cells()
                        .any(|ix| cells.contains(&ix))
                });
            if ready.is_empty() {
                let (cell, _, rule_id) = later[0];
                return self.fail(
                    rule_id,
                    format!("“{}”绕了一圈又用到它自己", self.form.cell(cell).id),
                );
            }
            self.form
                .computations
                .extend(ready.iter().map(|&(cell, relation, _)| (cell, relation)));
            waiting = later;
        }
        Ok(())
    }
}
