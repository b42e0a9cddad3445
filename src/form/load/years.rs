//! What a form's file says about the year before.

use super::file::{
    AcrossFile, AlikeFile, FormerFile, PeriodFile, StaleYearFile, SwingFile, TrendFile,
};
use super::loader::{Loaded, Loader};
use crate::form::expr::{Choice, Term};
use crate::form::index::CellIx;
use crate::form::passages::Passage;
use crate::form::rules::{Comparison, Sum};
use crate::form::years::{
    Across, Alike, Former, LastSum, Period, StaleYear, Swing, Trend, TrendLine,
};

impl<'a> Loader<'a> {
    /// Expands the relations to last year.
    pub fn across(&mut self, files: Vec<AcrossFile<'a>>) -> Loaded<()> {
        files.into_iter().try_for_each(|file| self.one_across(file))
    }

    fn one_across(&mut self, file: AcrossFile<'a>) -> Loaded<()> {
        if self.form.rules.iter().any(|rule| rule.id == file.id) {
            return self.fail(file.id, format!("“{}”出现了两次", file.id));
        }
        let rule = self.rule(file.id, file.level, file.wording, file.source);
        let choices = self.choices(&[file.left, file.right])?;
        for choice in choices {
            let left = self.sum(file.left, &choice)?;
            let (right, last) = self.with_last(file.right, &choice)?;
            let cells: Vec<CellIx> = left.cells().chain(right.cells()).collect();
            let Some(&first) = cells.first() else {
                return self.fail(file.left, "左边没有单元格");
            };
            let fills = match (file.fills, &cells[..]) {
                (false, _) => None,
                (true, &[cell])
                    if left.plus == [cell]
                        && left.constant == 0
                        && right.constant == 0
                        && file.is == Comparison::Equal =>
                {
                    Some(cell)
                }
                _ => {
                    let what =
                        "带入新年度（fills）的关系要相等，左边只能是一格，右边只能是上年的格";
                    return self.fail(file.left, what);
                }
            };
            self.form.across.push(Across {
                rule,
                subject: self.subject(first, &cells),
                left,
                is: file.is,
                right,
                last,
                left_words: file.says.0.clone(),
                right_words: file.says.1.clone(),
                cells,
                fills,
            });
        }
        Ok(())
    }

    /// This year's and last year's part of a side.
    fn with_last(&self, side: &str, choice: &Choice<'_>) -> Loaded<(Sum, LastSum)> {
        let terms = self.terms(side, choice)?;
        let (mut sum, mut last) = (Sum::default(), LastSum::default());
        for term in terms {
            match term {
                Term::Constant(n) => sum.constant += n,
                Term::Last { id, minus: false } => last.plus.push(id),
                Term::Last { id, minus: true } => last.minus.push(id),
                Term::Cell { id, minus: false } => sum.plus.push(self.cell(side, &id)?),
                Term::Cell { id, minus: true } => sum.minus.push(self.cell(side, &id)?),
            }
        }
        if last.plus.is_empty() && last.minus.is_empty() {
            return self.fail(side, "右边没有上年的格（last:）");
        }
        Ok((sum, last))
    }

    /// Changes since last year that want a look.
    pub fn swings(&mut self, files: Vec<SwingFile<'a>>) -> Loaded<()> {
        for file in files {
            let rule = self.rule(file.id, file.level, file.wording, file.source);
            for (cells, is) in file.of {
                let cells = self.cells(cells)?;
                self.form.swings.push(Swing { rule, is, cells });
            }
        }
        Ok(())
    }

    /// Every cell that a pattern names, one choice after the other.
    fn cells(&self, pattern: &'a str) -> Loaded<Vec<CellIx>> {
        let choices = self.choices(&[pattern])?;
        let mut cells = Vec::new();
        for choice in choices {
            cells.extend(self.sum(pattern, &choice)?.cells());
        }
        Ok(cells)
    }

    /// What cells of earlier forms said, in cells of this one.
    pub fn formerly(&mut self, files: Vec<FormerFile<'a>>) -> Loaded<()> {
        for file in files {
            let choices = self.choices(&[file.these, file.cell])?;
            for choice in choices {
                let these = self.sum(file.these, &choice)?.plus;
                let terms = self.terms(file.cell, &choice)?;
                let [Term::Cell { id, minus: false }] = &terms[..] else {
                    return self.fail(file.cell, "以前的格式里要写一格");
                };
                self.form.formerly.push(Former {
                    form: file.form.to_owned(),
                    these,
                    cell: id.clone(),
                });
            }
        }
        Ok(())
    }

    /// Texts whose sentences may still name last year.
    pub fn stale_years(&mut self, files: Vec<StaleYearFile<'a>>) -> Loaded<()> {
        for file in files {
            let rule = self.rule(file.id, file.level, file.wording, file.source);
            let texts = file.texts.iter().map(|id| self.find_text(id));
            let texts = texts.collect::<Loaded<_>>()?;
            self.form.stale_years.push(StaleYear { rule, texts });
        }
        Ok(())
    }

    /// Texts whose paragraphs may be last year's; the form's own paragraphs are known by then.
    pub fn alike(&mut self, files: Vec<AlikeFile<'a>>) -> Loaded<()> {
        for file in files {
            let rule = self.rule(file.id, file.level, file.wording, file.source);
            let texts = file.texts.iter().map(|id| self.find_text(id));
            let texts = texts.collect::<Loaded<_>>()?;
            let own = self.form.passages.iter().flat_map(Passage::masks).collect();
            self.form.alike.push(Alike {
                rule,
                texts,
                least: file.least,
                percent: file.percent,
                selves: file.selves,
                law: file.law,
                own,
            });
        }
        Ok(())
    }

    /// Spans of dates that must lie in the report's year.
    pub fn periods(&mut self, files: Vec<PeriodFile<'a>>) -> Loaded<()> {
        for file in files {
            let rule = self.rule(file.id, file.level, file.wording, file.source);
            let texts = file.texts.iter().map(|id| self.find_text(id));
            let texts = texts.collect::<Loaded<_>>()?;
            self.form.periods.push(Period {
                rule,
                texts,
                from: file.from,
                to: file.to,
            });
        }
        Ok(())
    }

    /// Numbers to follow over the years.
    pub fn trends(&mut self, files: Vec<TrendFile<'a>>) -> Loaded<()> {
        for file in files {
            let lines = file.lines.into_iter().map(|(name, sum)| {
                let sum = self.sum(sum, &Choice::new())?;
                Ok(TrendLine {
                    name,
                    sum,
                    of: None,
                })
            });
            let mut lines = lines.collect::<Loaded<Vec<_>>>()?;
            for (name, part, whole) in file.rates {
                lines.push(TrendLine {
                    name,
                    sum: self.sum(part, &Choice::new())?,
                    of: Some(self.sum(whole, &Choice::new())?),
                });
            }
            self.form.trends.push(Trend {
                name: file.name,
                unit: file.unit,
                shares: file.shares,
                lines,
            });
        }
        Ok(())
    }
}
