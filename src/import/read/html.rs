//! Web pages and clipboard fragments: tables with their spans, and the text around them.
//!
//! Only the tokens of html5ever are used and no document tree is built: what pages need for their tables is little,
//! and a tree grows without measure on pages that were made to do harm. As browsers do, a row or cell ends where the
//! next one begins.

use super::grid::{DeepCell, Flow, MAX_NESTING, few_enough, seen, settle};
use crate::import::error::ReadError;
use crate::import::source::{Part, Source};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A page of this size is no report.
const MAX_BYTES: usize = 16 << 20;

/// Reads a web page in any encoding.
///
/// # Errors
/// A sentence if it is too large, or its tables are.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    read_text(&super::text::decode(bytes))
}

/// Reads a page or a fragment of one.
///
/// # Errors
/// As [`read`].
pub fn read_text(page: &str) -> Result<Source, ReadError> {
    if page.len() > MAX_BYTES {
        return Err(ReadError::PageTooBig(page.len() >> 20));
    }
    if attribute_cost(page) > MAX_ATTRIBUTE_COST {
        return Err(ReadError::TooManyParts);
    }
    let sink = Sink(RefCell::default());
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(page.into());
    // The tokenizer stops after scripts only; each stop consumes something.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

/// What the attributes of all tags cost: html5ever compares each with each of its tag.
const MAX_ATTRIBUTE_COST: usize = 200_000_000;

/// Counts words in tags, outside of quotes, squared for each tag.
fn attribute_cost(page: &str) -> usize {
    let (mut cost, mut words) = (0usize, 0usize);
    let (mut in_tag, mut quote, mut blank, mut before) = (false, None, true, b' ');
    for byte in page.bytes() {
        match (byte, quote) {
            (byte, Some(open)) => quote = (byte != open).then_some(open),
            (b'<', _) | (b'>', _) => {
                cost = cost.saturating_add(words * words);
                words = 0;
                in_tag = byte == b'<';
            }
            (b'"' | b'\'', _) if in_tag && before == b'=' => quote = Some(byte),
            _ if in_tag => {
                let is_blank = byte.is_ascii_whitespace() || byte == b'/' || byte == b'"';
                words += usize::from(blank && !is_blank);
                blank = is_blank;
            }
            _ => {}
        }
        before = byte;
    }
    cost.saturating_add(words * words)
}

/// Whether this text is a page or a fragment of one.
pub(super) fn looks_like(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(4096).collect();
    let start = start.to_ascii_lowercase();
    let opens = [
        "<!doctype html",
        "<html",
        "<p",
        "<table",
        "<div",
        "<meta",
        "<body",
        "<head",
    ];
    (start.starts_with('<') && !start.starts_with("<?xml") && start.contains('>'))
        || (!start.starts_with("<?xml") || start.contains("<html"))
            && opens.iter().any(|open| start.contains(open))
}

struct Sink(RefCell<PageReader>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        if reader.failed.is_none() {
            reader.failed = few_enough(reader.count).err();
        }
        if reader.failed.is_some() {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::CharacterTokens(text) => reader.text(&text),
            Token::TagToken(tag) => match tag.kind {
                TagKind::StartTag => match reader.open(&tag) {
                    Ok(Some(raw)) => return TokenSinkResult::RawData(raw),
                    Ok(None) => {}
                    Err(error) => reader.failed = Some(error),
                },
                TagKind::EndTag => reader.close(&tag.name),
            },
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// A table that is being read.
#[derive(Default)]
struct OpenTable {
    flow: Flow,
    cells: Vec<DeepCell>,
    in_row: bool,
    in_cell: bool,
}

#[derive(Default)]
struct PageReader {
    failed: Option<ReadError>,
    /// Paragraphs and cells so far.
    count: usize,
    parts: Vec<Part>,
    tables: Vec<OpenTable>,
    paragraph: Paragraph,
    properties: BTreeMap<String, String>,
    title: Option<String>,
    /// The element whose content is not to be seen.
    hidden: Option<String>,
}

impl PageReader {
    fn finish(mut self) -> Result<Source, ReadError> {
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

    fn text(&mut self, text: &str) {
        match (&self.hidden, &mut self.title) {
            (Some(name), Some(title)) if name == "title" => title.push_str(text),
            (Some(_), _) => {}
            (None, _) => self.paragraph.push(text),
        }
    }

    /// Takes a beginning tag; the raw kind is how what follows is to be read.
    fn open(&mut self, tag: &Tag) -> Result<Option<RawKind>, ReadError> {
        let name = &*tag.name;
        if self.hidden.is_some() {
            return Ok(None);
        }
        match name {
            "script" | "style" | "title" | "textarea" | "iframe" | "noscript" | "noembed"
            | "noframes" | "xmp" => {
                self.hidden = Some(name.to_owned());
                if name == "title" && self.title.is_none() {
                    self.title = Some(String::new());
                }
                return Ok(Some(match name {
                    "script" => RawKind::ScriptData,
                    "title" | "textarea" => RawKind::Rcdata,
                    _ => RawKind::Rawtext,
                }));
            }
            // What is struck out is not said any more.
            "select" | "template" | "svg" | "math" | "object" | "audio" | "video" | "del" | "s"
            | "strike"
                if !tag.self_closing =>
            {
                self.hidden = Some(name.to_owned());
            }
            "meta" => {
                if let (Some(name), Some(content)) =
                    (attribute(tag, "name"), attribute(tag, "content"))
                {
                    self.keep(&name, &content);
                }
            }
            "br" if self.tables.is_empty() => self.end_paragraph(),
            "br" => self.paragraph.line(),
            // The mark of a note is no digit of the number before it.
            "sup" if self.in_cell() => self.paragraph.push("["),
            "table" => {
                self.end_paragraph();
                // A table that begins where only rows and cells may stand ends the one before it.
                if self.tables.last().is_some_and(|table| !table.in_cell) {
                    self.end_table();
                }
                if self.tables.len() >= MAX_NESTING {
                    return Err(ReadError::TooDeep);
                }
                self.tables.push(OpenTable::default());
            }
            "tr" => {
                self.end_paragraph();
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = false;
                    table.in_row = true;
                    table.flow.open_row()?;
                }
            }
            "td" | "th" => {
                self.end_paragraph();
                if let Some(table) = self.tables.last_mut() {
                    if !table.in_row {
                        table.in_row = true;
                        table.flow.open_row()?;
                    }
                    let rows = match span(tag, "rowspan") {
                        Some(0) => usize::MAX,
                        span => span.unwrap_or(1),
                    };
                    let place = table.flow.place(rows, span(tag, "colspan").unwrap_or(1))?;
                    self.count += 1;
                    table.in_cell = true;
                    table.cells.push(DeepCell {
                        place,
                        parts: Vec::new(),
                    });
                }
            }
            _ if is_block(name) => self.end_paragraph(),
            _ => {}
        }
        Ok(None)
    }

    fn close(&mut self, name: &str) {
        if let Some(hidden) = &self.hidden {
            if hidden == name {
                self.hidden = None;
            }
            return;
        }
        match name {
            "sup" if self.in_cell() => self.paragraph.push("]"),
            "table" => {
                self.end_paragraph();
                self.end_table();
            }
            "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" => {
                self.end_paragraph();
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = false;
                    table.in_row &= matches!(name, "td" | "th");
                }
            }
            _ if is_block(name) => self.end_paragraph(),
            _ => {}
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
            let parts = settle(String::new(), table.flow.rows, table.cells);
            self.here().extend(parts);
        }
    }

    /// Where parts belong now: a cell, or the page. What stands in a table beside its cells goes before the table.
    fn here(&mut self) -> &mut Vec<Part> {
        let cell = self.tables.iter_mut().rev().find(|table| table.in_cell);
        match cell.and_then(|table| table.cells.last_mut()) {
            Some(cell) => &mut cell.parts,
            None => &mut self.parts,
        }
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .map(|attribute| attribute.value.to_string())
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

/// Text as it runs on, white space collapsed as a browser does.
#[derive(Default)]
struct Paragraph {
    text: String,
    /// White space that has been met and not written, and whether a line of the source ended in it.
    blank: Option<bool>,
}

impl Paragraph {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C') {
                self.blank = Some(self.blank == Some(true) || matches!(c, '\n' | '\r'));
                continue;
            }
            let Some(c) = seen(c) else { continue };
            if let Some(broken) = self.blank.take()
                && let Some(before) = self.text.chars().next_back()
                // A source line that was broken between two Chinese characters is no blank.
                && before != '\n'
                && !(broken && is_wide(before) && is_wide(c))
            {
                self.text.push(' ');
            }
            self.text.push(c);
        }
    }

    fn line(&mut self) {
        self.blank = None;
        self.text.push('\n');
    }

    fn take(&mut self) -> Option<String> {
        self.blank = None;
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// Whether a character is Chinese or belongs to Chinese text.
pub(super) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
        || "“”‘’…—".contains(c)
}
