//! A line of a text held against the tables: what each of its numbers is, by what was decided of it, by its link, or by the
//! words around it, in this order.

use super::ruled_out::ruled_out;
use super::statement::Statement;
use super::verdict::{Meaning, Verdict, meaning, of_rate, of_readings, of_share, of_sum};
use super::written::Written;
use crate::check::evaluation::Evaluation;
use crate::check::readings::LineRead;
use crate::form::{Narrative, TextIx};
use crate::prose::grammar::{Figure, Unit, Way};
use crate::prose::numeral_at;
use crate::report::{Link, Report};
use std::ops::Range;

/// A text beside the tables.
pub struct Held<'a> {
    report: &'a Report,
    narrative: &'a Narrative,
    evaluation: &'a Evaluation,
    text: TextIx,
    ruled_out: Vec<Range<usize>>,
}

/// A number of a line.
pub struct Number<'a> {
    /// With its unit, in bytes of the text.
    pub at: Range<usize>,
    /// Its figure in the line.
    pub figure: Option<usize>,
    /// What its words say; of a linked number they are not asked.
    pub statement: Option<&'a Statement>,
    /// Its link.
    pub link: Option<&'a Link>,
    /// How it is written.
    pub written: Written,
}

impl<'a> Held<'a> {
    pub fn new(
        report: &'a Report,
        narrative: &'a Narrative,
        evaluation: &'a Evaluation,
        text: TextIx,
    ) -> Self {
        let ruled_out = ruled_out(report, text);
        Self {
            report,
            narrative,
            evaluation,
            text,
            ruled_out,
        }
    }

    /// The numbers of a line that are of the tables, or could be.
    pub fn numbers(&self, line: &'a LineRead) -> Vec<Number<'a>> {
        let links = links_of(self.report.links(self.text), line);
        let linked = links.iter().filter_map(|link| linked(line, link));
        let mut all: Vec<Number<'a>> = linked.collect();
        let is_linked = |figure: usize, linked: &[Number<'_>]| {
            linked.iter().any(|number| number.figure == Some(figure))
        };
        let said = line.statements.iter();
        let said = said.filter(|statement| !is_linked(statement.figure, &all));
        let said: Vec<Number<'a>> = said.map(|statement| worded(line, statement)).collect();
        all.extend(said);
        if !self.ruled_out.is_empty() {
            all.retain(|number| number.link.is_some() || !self.ruled_out.contains(&number.at));
        }
        all.sort_by_key(|number| number.at.start);
        all
    }

    /// What a number is beside the tables; none if it says nothing of them after all.
    pub fn verdict(&self, line: &LineRead, number: &Number<'_>) -> Option<Verdict> {
        if let Some(link) = number.link {
            let verdict = of_sum(&number.written, &link.of, self.narrative, self.evaluation);
            return Some(verdict);
        }
        self.of_statement(line, number.statement?)
    }

    fn of_statement(&self, line: &LineRead, statement: &Statement) -> Option<Verdict> {
        let figure = &line.figures.figures[statement.figure];
        let Some(of) = statement.of else {
            let verdict = match figure.unit {
                Unit::Percent => of_rate(figure, statement, self.narrative, self.evaluation),
                _ => of_readings(statement, figure, self.narrative, self.evaluation),
            };
            return verdict.filter(|&verdict| {
                verdict != Verdict::Contradicts || self.is_of_known_whole(line, statement)
            });
        };
        let of = &line.statements[of];
        let part = &line.figures.figures[of.figure];
        let links = links_of(self.report.links(self.text), line).iter();
        let mut links = links.filter(|link| link.at.start == line.start + part.at.start);
        let is_right = match links.next() {
            Some(link) => {
                let reading = of.readings.first()?;
                let meant = meaning(reading, self.narrative, self.evaluation);
                let written = Written::of(part);
                let verdict = of_sum(&written, &link.of, self.narrative, self.evaluation);
                meant.of == link.of && verdict == Verdict::Agrees
            }
            None => self.of_statement(line, of) == Some(Verdict::Agrees) && !of.weak,
        };
        if !is_right {
            return None;
        }
        let before = line.figures.figures[..of.figure].iter();
        let others: Vec<_> = before
            .filter(|other| other.sentence == figure.sentence && other.unit == part.unit)
            .map(Figure::value)
            .collect();
        let (narrative, evaluation) = (self.narrative, self.evaluation);
        of_share(
            figure,
            statement,
            (of, part),
            &others,
            narrative,
            evaluation,
        )
    }

    /// Whether the whole of which a number is a part is itself the tables' one; a number that is no part is.
    fn is_of_known_whole(&self, line: &LineRead, statement: &Statement) -> bool {
        let Some(whole) = statement.whole else {
            return true;
        };
        let verdict = self.of_statement(line, &line.statements[whole]);
        verdict.is_some_and(|verdict| verdict != Verdict::Contradicts)
    }

    /// What a number can mean, with the tables' numbers.
    pub fn meanings(&self, line: &LineRead, number: &Number<'_>) -> Vec<Meaning> {
        if let Some(link) = number.link {
            let form = self.report.form();
            let meaning = Meaning::of_sum(form, self.narrative, self.evaluation, &link.of);
            return vec![meaning];
        }
        let Some(statement) = number.statement else {
            return Vec::new();
        };
        let whole = statement.of.map_or(statement, |of| &line.statements[of]);
        let readings = whole.readings.iter();
        readings
            .map(|reading| meaning(reading, self.narrative, self.evaluation))
            .collect()
    }
}

/// The links that stand in a line.
fn links_of<'a>(links: &'a [Link], line: &LineRead) -> &'a [Link] {
    if links.is_empty() {
        return links;
    }
    let end = line.start + line.text.len();
    let from = links.partition_point(|link| link.at.start < line.start);
    let to = links.partition_point(|link| link.at.start < end);
    &links[from..to.max(from)]
}

/// A number that is linked; none of a share, which is the number of no cell.
fn linked<'a>(line: &'a LineRead, link: &'a Link) -> Option<Number<'a>> {
    let start = link.at.start - line.start;
    let figures = &line.figures.figures;
    let figure = figures.iter().position(|figure| figure.at.start == start);
    let (end, written) = match figure {
        Some(index) => {
            let figure = &figures[index];
            let is_share = figure.unit == Unit::Percent;
            let written = Written {
                way: Way::Number,
                ..Written::of(figure)
            };
            (figure.at.end, Some(written).filter(|_| !is_share)?)
        }
        None => {
            let (numeral, end) = numeral_at(&line.text, start)?;
            let is_share = line.text[end..].trim_start().starts_with(['%', '％', '‰']);
            (end, Some(Written::bare(numeral)).filter(|_| !is_share)?)
        }
    };
    Some(Number {
        at: link.at.start..line.start + end,
        figure,
        statement: None,
        link: Some(link),
        written,
    })
}

/// A number by its words.
fn worded<'a>(line: &LineRead, statement: &'a Statement) -> Number<'a> {
    let figure = &line.figures.figures[statement.figure];
    let place = |at: &Range<usize>| line.start + at.start..line.start + at.end;
    Number {
        at: place(&statement.at),
        figure: Some(statement.figure),
        statement: Some(statement),
        link: None,
        written: Written::of(figure),
    }
}
