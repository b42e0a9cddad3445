//! XML as Office files need it: elements without their prefixes, text with its references resolved, nothing from
//! outside of the file.

use crate::import::error::{PackageError, ReadError};
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;

/// Word itself stops far earlier.
const MAX_DEPTH: usize = 1_000;

/// Something that stands in a file.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// An element begins; an empty one too, and its [`Node::Close`] follows.
    Open(Tag<'a>),
    /// An element ends.
    Close(EndTag<'a>),
    /// Text; one run of it may arrive in pieces.
    Text(Cow<'a, str>),
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Tag<'a>(BytesStart<'a>);

/// The end of an element.
#[derive(Debug)]
pub(super) struct EndTag<'a>(BytesEnd<'a>);

/// A name without its prefix.
fn local(name: &str) -> &str {
    let colon = name.bytes().position(|byte| byte == b':');
    colon.map_or(name, |colon| &name[colon + 1..])
}

impl Tag<'_> {
    /// Its name without the prefix.
    pub fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// Whether it has this name.
    pub fn is(&self, name: &str) -> bool {
        self.name() == name
    }

    /// An attribute by its name without the prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        let mut all = attributes.with_checks(false).flatten();
        let found = all.find(|attribute| local(attribute.key.into_inner()) == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.unwrap_or(found.value))
    }

    /// Several attributes, looked for once.
    pub fn attributes<const N: usize>(&self, names: [&str; N]) -> [Option<Cow<'_, str>>; N] {
        let mut found = [const { None }; N];
        let mut attributes = self.0.attributes();
        for attribute in attributes.with_checks(false).flatten() {
            let name = local(attribute.key.into_inner());
            if let Some(nth) = names.iter().position(|wanted| *wanted == name) {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                found[nth] = found[nth].take().or(Some(value.unwrap_or(attribute.value)));
            }
        }
        found
    }

    /// The same to be kept; nothing where there is none.
    pub fn owned(&self, name: &str) -> String {
        self.attribute(name).unwrap_or_default().into_owned()
    }

    /// A number in an attribute.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }
}

impl EndTag<'_> {
    /// Its name without the prefix.
    pub fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }
}

/// Walks through a file.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0 }
    }

    /// What comes next as the library has it, counted.
    fn event(&mut self) -> Result<Event<'a>, ReadError> {
        let event = self.reader.read_event();
        let event = event.map_err(|_| PackageError::BrokenPart)?;
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => return Err(PackageError::BrokenPart.into()),
            _ => {}
        }
        if self.depth > MAX_DEPTH {
            return Err(ReadError::TooDeep);
        }
        Ok(event)
    }

    /// What comes next; `None` at the end.
    ///
    /// # Errors
    /// If this is no XML or ends too early.
    pub fn next(&mut self) -> Result<Option<Node<'a>>, ReadError> {
        loop {
            match self.event()? {
                Event::Start(start) => return Ok(Some(Node::Open(Tag(start)))),
                Event::End(end) => return Ok(Some(Node::Close(EndTag(end)))),
                Event::Text(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::GeneralRef(reference) => {
                    let text = match reference.resolve_char_ref() {
                        Ok(Some(c)) => c.to_string(),
                        _ => match &*reference.into_inner() {
                            "amp" => "&".to_owned(),
                            "lt" => "<".to_owned(),
                            "gt" => ">".to_owned(),
                            "quot" => "\"".to_owned(),
                            "apos" => "'".to_owned(),
                            // Entities of the file's own are never expanded.
                            _ => continue,
                        },
                    };
                    return Ok(Some(Node::Text(Cow::Owned(text))));
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// The text of the element that has just begun, whatever else stands in it.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub fn inner_text(&mut self) -> Result<String, ReadError> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            if let Some(Node::Text(piece)) = self.next()? {
                text.push_str(&piece);
            }
        }
        Ok(text)
    }

    /// Leaves out what stands in the element that has just begun.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.event()?;
        }
        Ok(())
    }
}
