//! Web pages and clipboard fragments: tables with their spans, and the text around them.
//!
//! Only the tokens of html5ever are used and no document tree is built: what pages need for their tables is little,
//! and a tree grows without measure on pages that were made to do harm. As browsers do, a row or cell ends where the
//! next one begins. What nobody sees is left out ([`open`]).

mod controls;
mod css;
mod marker;
mod open;
mod paragraph;
mod reader;
mod selector;
mod table;

pub(super) use paragraph::is_wide;

use super::grid::few_enough;
use crate::import::error::ReadError;
use crate::import::source::Source;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use reader::PageReader;
use std::cell::RefCell;

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
