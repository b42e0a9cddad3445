//! What is read once for a whole document: streams, fonts, and how much of everything there has been.

use super::font::Font;
use super::layers::Layers;
use super::objects::{MAX_STREAM, dictionary};
use super::path::MAX_RULES;
use crate::import::error::{PdfError, ReadError};
use lopdf::{Dictionary, Document};
use std::collections::HashMap;
use std::rc::Rc;

const MAX_OPERATORS: usize = 3_000_000;
const MAX_GLYPHS: usize = 1_000_000;

/// A document with what has been read of it so far, and one measure for all of its pages.
pub(super) struct Store<'a> {
    pub document: &'a Document,
    pub layers: Layers,
    /// By the dictionary that each stands in.
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    operators: usize,
    pub glyphs: usize,
    pub rules: usize,
    inflated: usize,
    /// Glyphs whose meaning the file does not tell.
    pub unknown: usize,
}

impl<'a> Store<'a> {
    pub fn new(document: &'a Document) -> Self {
        Self {
            document,
            layers: Layers::read(document),
            fonts: HashMap::new(),
            operators: 0,
            glyphs: 0,
            rules: 0,
            inflated: 0,
            unknown: 0,
        }
    }

    /// The content of a stream.
    pub fn inflate(&mut self, stream: &lopdf::Stream) -> Result<Vec<u8>, ReadError> {
        let bytes = match stream.get_plain_content_with_limit(MAX_STREAM) {
            Ok(bytes) => bytes,
            Err(lopdf::Error::Decompress(_)) => return Err(PdfError::TooLarge.into()),
            Err(_) => Vec::new(),
        };
        self.inflated += bytes.len();
        if self.inflated > 2 * MAX_STREAM {
            return Err(PdfError::TooLarge.into());
        }
        Ok(bytes)
    }

    /// The font of this name.
    pub fn font(
        &mut self,
        resources: Option<&'a Dictionary>,
        name: &[u8],
    ) -> Result<Option<Rc<Font>>, ReadError> {
        let document = self.document;
        let found = resources
            .and_then(|resources| dictionary(document, resources.get(b"Font").ok()?))
            .and_then(|fonts| dictionary(document, fonts.get(name).ok()?));
        let Some(found) = found else { return Ok(None) };
        if let Some(font) = self.fonts.get(&std::ptr::from_ref(found)) {
            return Ok(Some(font.clone()));
        }
        let font = Rc::new(Font::read(document, found));
        self.inflated += font.cost;
        if self.inflated > 2 * MAX_STREAM {
            return Err(PdfError::TooLarge.into());
        }
        self.fonts.insert(found, font.clone());
        Ok(Some(font))
    }

    /// Counts an operator.
    ///
    /// # Errors
    /// If there is more on the pages than a report could have.
    pub fn count_operator(&mut self) -> Result<(), ReadError> {
        self.operators += 1;
        let is_too_much =
            self.operators > MAX_OPERATORS || self.glyphs > MAX_GLYPHS || self.rules > MAX_RULES;
        match is_too_much {
            true => Err(PdfError::TooLarge.into()),
            false => Ok(()),
        }
    }
}
