//! The texts of a report, by the headings above them.

use super::cut::cut;
use super::gathered::Gathered;
use super::headings::{self, Start};
use super::left_over::Used;
use super::page::Page;
use super::{site, stated, title};
use crate::check;
use crate::form::{Body, Form, TextIx};
use crate::import::outcome::{LeftOver, Remark};
use crate::prose::{self, squeezed};
use crate::report::{Edit, Signature};

/// Puts the lines from `body` on into the texts that they belong to, and lists what belongs to none.
pub(super) fn place(gathered: &mut Gathered, page: &Page<'_>, body: usize, used: &Used<'_>) {
    let form = gathered.form();
    let starts = page.headings.starts(&form, body);
    gathered.remarks.extend(other_words(&form, &starts, page));
    gathered.headings = starts.iter().map(|start| heading_of(start, page)).collect();
    let mut texts = Texts {
        form: &form,
        used,
        section: None,
        lines: vec![Vec::new(); form.texts.len()],
        further: Vec::new(),
        left_over: Vec::new(),
    };
    texts.take(page, body, &starts);
    let signature = texts.take_end();
    texts.take_first_part();
    let Texts {
        lines,
        further,
        left_over,
        ..
    } = texts;
    gathered.left_over.extend(left_over);
    gathered.remarks.extend(further);
    gathered.remarks.extend(without_text(&form, &lines));
    for ((ix, _), lines) in form.indexed_texts().zip(&lines) {
        let edit = Edit::text(gathered.history.report(), ix, &lines.join("\n"));
        gathered.history.apply(edit);
    }
    if let Some(signature) = signature {
        let edit = Edit::signature(gathered.history.report(), signature);
        gathered.history.apply(edit);
    }
}

/// Sentences above the title: a letter that goes with the report, or its preamble in another place.
pub(super) fn above(page: &Page<'_>, title: usize) -> impl Iterator<Item = LeftOver> {
    let above = page.lines[..title].iter();
    let sentences = above.filter(|line| line.contains('。') && !site::is_below(line));
    sentences.map(|line| LeftOver::Text(cut(line)))
}

/// A part, and its heading as the source has it.
fn heading_of(start: &Start<'_>, page: &Page<'_>) -> (usize, String) {
    let line = page.lines[start.line];
    let heading = line.strip_suffix(start.rest).unwrap_or(line);
    (start.section, heading.trim().to_owned())
}

/// What is said of headings in other words. What stands below the heading of a table is in the table.
fn other_words(form: &Form, starts: &[Start<'_>], page: &Page<'_>) -> Vec<Remark> {
    let said = |start: &Start<'_>| {
        let section = &form.sections[start.section];
        let is_text = matches!(section.body, Body::Text(_));
        (start.is_like && is_text).then(|| Remark::HeadingInOtherWords {
            said: cut(page.lines[start.line]),
            heading: section.heading.clone(),
        })
    };
    starts.iter().filter_map(said).collect()
}

/// What is said of parts without text. A report without any texts is one of tables alone.
fn without_text(form: &Form, lines: &[Vec<&str>]) -> Option<Remark> {
    let is_empty = |ix: TextIx| lines[usize::from(ix.0)].is_empty();
    let lost = form
        .sections
        .iter()
        .filter_map(|section| match section.body {
            Body::Text(ix) if is_empty(ix) => Some(section.heading.clone()),
            _ => None,
        });
    let lost: Vec<String> = lost.collect();
    let has_texts = lines.iter().any(|lines| !lines.is_empty());
    (has_texts && !lost.is_empty()).then_some(Remark::NoText(lost))
}

/// Texts that are being put together.
struct Texts<'a, 'b> {
    form: &'b Form,
    used: &'b Used<'b>,
    /// The part in which the lines stand; none before the first.
    section: Option<usize>,
    /// For each text of the form its lines.
    lines: Vec<Vec<&'a str>>,
    /// What is said of parts that the form has not, and of a part without its heading.
    further: Vec<Remark>,
    left_over: Vec<LeftOver>,
}

impl<'a> Texts<'a, '_> {
    fn take(&mut self, page: &Page<'a>, body: usize, starts: &[Start<'a>]) {
        let contents = page.headings.contents(self.form, body);
        let title = page.lines.get(body.wrapping_sub(1)).copied();
        let mut starts = starts.iter().peekable();
        for (at, &line) in page.lines.iter().enumerate().skip(body) {
            let mut rest = line;
            if let Some(start) = starts.next_if(|start| start.line == at) {
                self.section = Some(start.section);
                rest = start.rest;
            } else if contents.contains(&at) {
                self.left_over.push(LeftOver::Text(cut(line)));
                continue;
            } else if self.repeats(page, at, title) {
                continue;
            }
            // Before the last part is reached, the words of a page's foot may be the report's own.
            let is_last = self.section.is_some() && starts.peek().is_none();
            let lines = rest.split('\n').map(str::trim);
            for line in lines.filter(|line| !line.is_empty()) {
                if is_last && is_title(line) {
                    return self.left_over.push(LeftOver::NextReport(cut(line)));
                }
                if is_last && site::is_foot(line) {
                    return self.left_over.push(LeftOver::Footer(cut(line)));
                }
                if is_last && headings::is_further_part(line, self.form.sections.len()) {
                    self.further.push(Remark::FurtherPart(cut(line)));
                }
                self.line(line);
            }
        }
    }

    /// Takes what is no part of it from the end of the last text: organ and day, and what a site or an office has put
    /// below.
    fn take_end(&mut self) -> Option<Signature> {
        let last = self.form.sections.last()?;
        let Body::Text(ix) = last.body else {
            return None;
        };
        let lines = &mut self.lines[usize::from(ix.0)];
        let behind = |is_stray: &dyn Fn(&str) -> bool| {
            let behind = lines.iter().rev().take_while(|line| is_stray(line));
            lines.len() - behind.count()
        };
        // Words and names behind the last sentence are none of it.
        let is_stray =
            |line: &str| site::is_below(line) || site::is_fragment(line) || title::is_date(line);
        let mut own = behind(&is_stray);
        // A long name of an organ is no such line by itself.
        if let Some(organ) = own
            .checked_sub(1)
            .filter(|&at| signed(&lines[at..]) == Some(0))
        {
            own = organ;
        }
        let ends = own
            .checked_sub(1)
            .is_some_and(|last| ends_sentence(lines[last]));
        if !ends && signed(&lines[own..]) != Some(0) {
            own = behind(&site::is_below);
        }
        let mut end = lines.split_off(own);
        let signature = signed(&end).map(|at| Signature {
            organ: end[at].trim().to_owned(),
            date: end[at + 1].trim().to_owned(),
        });
        if let Some(at) = signed(&end) {
            end.drain(at..at + 2);
        }
        let below = end.into_iter().map(|line| LeftOver::Text(cut(line)));
        self.left_over.extend(below);
        signature
    }

    /// Where the heading of the first part is missing, its own headings tell where it begins.
    fn take_first_part(&mut self) {
        let mut texts = self.form.indexed_texts().map(|(ix, _)| ix);
        let preamble = texts.find(|ix| self.form.section_of_text(*ix).is_none());
        let first = self.form.sections.first();
        let (Some(preamble), Some(section)) = (preamble, first) else {
            return;
        };
        let Body::Text(ix) = section.body else { return };
        let mut above = self.lines[usize::from(preamble.0)].iter();
        let at = above.position(|line| prose::heading(line).is_some());
        if let Some(at) = at.filter(|_| self.lines[usize::from(ix.0)].is_empty()) {
            let mut part = self.lines[usize::from(preamble.0)].split_off(at);
            self.further.push(Remark::PartWithoutHeading {
                from: cut(part[0]),
                heading: section.heading.clone(),
            });
            // Under another number it would be printed below the form's own.
            if headings::is_named(part[0], &section.heading) {
                part.remove(0);
            }
            self.lines[usize::from(ix.0)] = part;
        }
    }

    /// Whether a line only says again what stands above it: the heading of its part, or the report's title.
    fn repeats(&self, page: &Page<'_>, at: usize, title: Option<&str>) -> bool {
        let of_part = |section| page.headings.repeats(self.form, at, section);
        let is_title = |title: &str| title::is_same(title, page.lines[at]);
        self.section.is_some_and(of_part) || title.is_some_and(is_title)
    }

    fn line(&mut self, line: &'a str) {
        let mut texts = self.form.indexed_texts().map(|(ix, _)| ix);
        let preamble = texts.find(|ix| self.form.section_of_text(*ix).is_none());
        let body = self.section.map(|section| self.form.sections[section].body);
        let is_site_fact = || {
            let above = preamble.and_then(|ix| self.lines[usize::from(ix.0)].last());
            let goes_on = above.is_some_and(|above| !ends_sentence(above));
            site::is_below(line) || title::is_date(line) || site::is_fragment(line) && !goes_on
        };
        // What it states has been weighed, and what is to be corrected is found anew.
        let is_known = || stated::of_line(line).is_some() || check::is_draft_mark(line);
        if body.is_none() && is_known() {
            return;
        }
        let is_unused = match (body, preamble) {
            (None, _) if is_site_fact() => true,
            (None | Some(Body::Text(_)), _) if site::is_furniture(line) || is_title(line) => true,
            (Some(Body::Text(ix)), _) | (None, Some(ix)) => {
                self.lines[usize::from(ix.0)].push(line);
                false
            }
            _ => !self.used.holds(line),
        };
        if is_unused {
            self.left_over.push(LeftOver::Text(cut(line)));
        }
    }
}

/// Which of the lines is the first of an organ and a day, one below the other.
fn signed(lines: &[&str]) -> Option<usize> {
    let mut pairs = lines.windows(2);
    pairs.position(|pair| prose::signature(&pair.join("\n")).is_some())
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end()
        .ends_with(['。', '！', '？', '；', '：', '）', ')'])
}

/// Whether a line is the title of some report and nothing else.
fn is_title(line: &str) -> bool {
    let said = title::take_apart(&squeezed(line));
    said.is_some_and(|said| said.year.is_some() || !said.organ.is_empty())
}
