//! XML as Office files need it: elements without their prefixes, text with its references resolved, nothing from
//! outside of the file.

use crate::import::error::{PackageError, ReadError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;

/// Word itself stops far earlier.
const MAX_DEPTH: usize = 1_000;

/// Something that stands in a file.
#[derive(Debug)]
pub(super) enum Item<'a> {
    /// An element begins; an empty one too, and its [`Item::Close`] follows.
    Open(Tag<'a>),
    /// An element ends.
    Close(String),
    /// Text; one run of it may arrive in pieces.
    Text(Cow<'a, str>),
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without the prefix.
    pub fn name(&self) -> &str {
        let name = self.0.name().into_inner();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// Whether it has this name.
    pub fn is(&self, name: &str) -> bool {
        self.name() == name
    }

    /// An attribute by its name without the prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.0
            .attributes()
            .with_checks(false)
            .flatten()
            .find_map(|attribute| {
                let key = attribute.key.into_inner();
                let local = key.rsplit_once(':').map_or(key, |(_, local)| local);
                (local == name).then(
                    || match attribute.normalized_value(XmlVersion::Implicit1_0) {
                        Ok(value) => value.into_owned(),
                        Err(_) => attribute.value.to_string(),
                    },
                )
            })
    }

    /// A number in an attribute.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
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

    /// What comes next; `None` at the end.
    ///
    /// # Errors
    /// A sentence if this is no XML or ends too early.
    pub fn next(&mut self) -> Result<Option<Item<'a>>, ReadError> {
        const BROKEN: PackageError = PackageError::BrokenPart;
        loop {
            match self.reader.read_event().map_err(|_| BROKEN)? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(ReadError::TooDeep);
                    }
                    return Ok(Some(Item::Open(Tag(start))));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    let name = end.name().into_inner();
                    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
                    return Ok(Some(Item::Close(local.to_owned())));
                }
                Event::Text(text) => return Ok(Some(Item::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(Item::Text(text.into_inner()))),
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
                    return Ok(Some(Item::Text(Cow::Owned(text))));
                }
                Event::Eof if self.depth > 0 => return Err(BROKEN.into()),
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// Leaves out what stands in the element that has just begun.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(())
    }
}
