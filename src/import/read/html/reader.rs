//! A page as its tokens come.

use super::controls::{self, Select, Shown};
use super::open::{Begun, OpenElements, attribute};
use super::paragraph::Paragraph;
use super::table::OpenTable;
use crate::import::error::ReadError;
use crate::import::read::grid::{MAX_NESTING, is_missed};
use crate::import::source::{Part, Source, UNREAD};
use html5ever::tokenizer::Tag;
use html5ever::tokenizer::states::RawKind;
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct PageReader {
    pub failed: Option<ReadError>,
    /// Paragraphs and cells so far.
    pub count: usize,
    parts: Vec<Part>,
    tables: Vec<OpenTable>,
    paragraph: Paragraph,
    properties: BTreeMap<String, String>,
    title: Option<String>,
    /// The element whose content is no markup, until its end.
    raw: Option<String>,
    sheet: String,
    select: Option<Select>,
    elements: OpenElements,
}

impl PageReader {
    /// What has been read.
    pub fn finish(mut self) -> Result<Source, ReadError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.end_paragraph();
        while !self.tables.is_empty() {
            self.end_table();
        }
        if let Some(title) = self.title.take() {
            self.keep("title", &title);
        }
        Ok(Source {
            parts: self.parts,
            properties: self.properties,
            remarks: Vec::new(),
        })
    }

    pub fn text(&mut self, text: &str) {
        match self.raw.as_deref() {
            Some("title") => self.title.get_or_insert_default().push_str(text),
            Some("style") => self.sheet.push_str(text),
            Some("textarea") if !self.elements.is_unseen() => self.paragraph.push(text),
            Some(_) => {}
            None => match &mut self.select {
                Some(select) => select.text(text),
                None if self.elements.is_unseen() => self.unseen_text(text),
                None => self.seen_text(text),
            },
        }
    }

    /// What is struck out is printed, and a number that is not may be missed.
    fn unseen_text(&mut self, text: &str) {
        if self.elements.is_struck() && !text.trim().is_empty() {
            self.picture();
        } else if is_missed(text)
            && let Some(table) = self.tables.last_mut()
        {
            table.unseen();
        }
    }

    fn seen_text(&mut self, text: &str) {
        let (in_cell, is_blank) = (self.in_cell(), text.trim().is_empty());
        if !is_blank && self.elements.is_lost() {
            match self.elements.has_other_sheets() {
                true => self.unread(),
                false => return self.unseen_text(text),
            }
        }
        // The mark of a note is no digit of the number before it.
        let is_behind = self.elements.is_small() && !self.paragraph.is_blank();
        let is_note = in_cell && !is_blank && (self.elements.is_raised() || is_behind);
        match is_note {
            true => {
                self.paragraph.push("[");
                self.paragraph.push(text);
                self.paragraph.push("]");
            }
            false => self.paragraph.push(text),
        }
    }

    /// Takes a beginning tag; the raw kind is how what follows is to be read.
    pub fn open(&mut self, tag: &Tag) -> Result<Option<RawKind>, ReadError> {
        let name = &*tag.name;
        let Begun {
            is_gone,
            is_invisible,
            is_perhaps,
            before,
        } = self.elements.open(tag, is_block(name));
        if self.elements.rules.are_too_many() {
            return Err(ReadError::TooManyParts);
        }
        match name {
            "script" | "style" | "title" | "textarea" | "iframe" | "noscript" | "noembed"
            | "noframes" | "xmp" => return Ok(Some(self.open_raw(name, is_gone))),
            "select" => self.select = Some(Select::begin(tag)),
            "option" => {
                if let Some(select) = &mut self.select {
                    select.option(tag);
                }
            }
            "math" if !self.elements.is_unseen_around() => self.unread(),
            "svg" | "canvas" | "object" | "video" | "progress" | "meter"
                if !self.elements.is_unseen_around() =>
            {
                self.picture();
            }
            _ => {}
        }
        if is_gone {
            return Ok(None);
        }
        match name {
            "meta" => {
                if let (Some(name), Some(content)) =
                    (attribute(tag, "name"), attribute(tag, "content"))
                {
                    self.keep(&name, &content);
                }
            }
            "br" if self.tables.is_empty() => self.end_paragraph(),
            "br" => self.paragraph.line(),
            "input" => self.show(controls::input(tag)),
            "img" | "embed" if !is_spacer(tag) => self.picture(),
            "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" => {
                self.open_in_table(tag)?;
            }
            "col" | "colgroup" => {
                let columns = span(tag, "span").or((name == "col").then_some(1));
                if let (Some(table), Some(columns)) = (self.tables.last_mut(), columns) {
                    table.columns(columns, is_invisible);
                }
            }
            _ if is_block(name) => self.end_paragraph(),
            _ => {}
        }
        if !before.is_empty() && !self.elements.is_unseen() {
            self.paragraph.push(&before);
        }
        // A cell may stand in a row of which nobody knows whether it is seen.
        let in_perhaps = matches!(name, "td" | "th") && self.elements.is_perhaps();
        if is_perhaps || in_perhaps {
            self.unread();
        }
        Ok(None)
    }

    fn open_raw(&mut self, name: &str, is_gone: bool) -> RawKind {
        // A script may write a number where it stands.
        if matches!(name, "iframe" | "script") && !is_gone {
            self.picture();
        }
        if name == "title" && self.title.is_some() {
            self.raw = Some("script".to_owned());
        } else {
            self.raw = Some(name.to_owned());
        }
        match name {
            "script" => RawKind::ScriptData,
            "title" | "textarea" => RawKind::Rcdata,
            _ => RawKind::Rawtext,
        }
    }

    fn open_in_table(&mut self, tag: &Tag) -> Result<(), ReadError> {
        self.end_paragraph();
        let name = &*tag.name;
        if name == "table" {
            // A table that begins where only rows and cells may stand ends the one before it.
            if self.tables.last().is_some_and(|table| !table.in_cell) {
                self.end_table();
            }
            if self.tables.len() >= MAX_NESTING {
                return Err(ReadError::TooDeep);
            }
            self.tables.push(OpenTable::default());
            return Ok(());
        }
        let Some(table) = self.tables.last_mut() else {
            return Ok(());
        };
        match name {
            "tr" => table.begin_row(),
            "td" | "th" => {
                let rows = match span(tag, "rowspan") {
                    Some(0) => usize::MAX,
                    span => span.unwrap_or(1),
                };
                self.count += 1;
                table.begin_cell(rows, span(tag, "colspan").unwrap_or(1))
            }
            name => {
                table.end_cell();
                table.in_row = false;
                table.group(name);
                Ok(())
            }
        }
    }

    pub fn close(&mut self, name: &str) {
        if let Some(raw) = self.raw.take() {
            let is_other = raw != name && !(raw == "script" && name == "title");
            if is_other {
                self.raw = Some(raw);
                return;
            }
            if name == "style" {
                let sheet = std::mem::take(&mut self.sheet);
                self.elements.rules.add(&sheet);
            }
            if name == "textarea" && self.in_cell() && self.paragraph.is_blank() {
                self.unread();
            }
        }
        let was_gone = self.elements.close(name);
        if name == "select"
            && let Some(select) = self.select.take()
            && self.in_cell()
        {
            self.show(select.end());
        }
        if was_gone {
            return;
        }
        match name {
            "table" => {
                self.end_paragraph();
                self.end_table();
            }
            "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" => {
                self.end_paragraph();
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell();
                    table.in_row &= matches!(name, "td" | "th");
                    if name.starts_with('t') && name.len() == 5 {
                        table.group("");
                    }
                }
            }
            _ if is_block(name) => self.end_paragraph(),
            _ => {}
        }
    }

    /// Says what an input box or a list shows; what is blank outside of tables is none of a report's.
    fn show(&mut self, shown: Shown) {
        if self.elements.is_unseen() {
            return;
        }
        match shown {
            Shown::Text(text) => self.paragraph.push(&text),
            Shown::Unread => self.unread(),
            Shown::Picture => self.picture(),
            Shown::Nothing => {}
        }
    }

    fn unread(&mut self) {
        if self.in_cell() {
            self.paragraph.push(UNREAD.encode_utf8(&mut [0; 4]));
        }
    }

    fn picture(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.picture();
        }
    }

    fn in_cell(&self) -> bool {
        self.tables.last().is_some_and(|table| table.in_cell)
    }

    fn keep(&mut self, name: &str, content: &str) {
        const MOST: usize = 1_000;
        let content = content.trim();
        if !content.is_empty() && self.properties.len() < MOST {
            self.properties
                .entry(name.trim().to_owned())
                .or_insert_with(|| content.to_owned());
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(text) = self.paragraph.take() {
            self.count += 1;
            self.here().push(Part::Text(text));
        }
    }

    fn end_table(&mut self) {
        if let Some(table) = self.tables.pop() {
            let parts = table.finish();
            self.here().extend(parts);
        }
    }

    /// Where parts belong now: a cell, or the page. What stands in a table beside its cells goes before the table.
    fn here(&mut self) -> &mut Vec<Part> {
        let cell = self.tables.iter_mut().rev().find(|table| table.in_cell);
        match cell.and_then(OpenTable::cell_parts) {
            Some(parts) => parts,
            None => &mut self.parts,
        }
    }
}

/// A picture that only keeps room free.
fn is_spacer(tag: &Tag) -> bool {
    const SMALL: usize = 2;
    let is_small = |name: &str| span(tag, name).is_some_and(|length| length <= SMALL);
    is_small("width") || is_small("height")
}

/// The number that a span begins with.
fn span(tag: &Tag, name: &str) -> Option<usize> {
    let value = attribute(tag, name)?;
    let digits: String = value
        .trim()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    // More digits than any table has rows.
    digits.get(..digits.len().min(6))?.parse().ok()
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "blockquote"
            | "pre"
            | "center"
            | "form"
            | "fieldset"
            | "address"
            | "hr"
            | "figure"
            | "figcaption"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "body"
            | "html"
            | "head"
            | "option"
            | "legend"
            | "details"
            | "summary"
    )
}
