//! The parts of an Office file, out of its zip archive, never more of them than a report could have.

use super::xml::{Node, Xml};
use crate::import::error::{PackageError, ReadError};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// All parts of one file together, inflated.
const MAX_INFLATED: u64 = 64 << 20;
/// Entries of an archive: each costs memory before anything of it is read.
const MAX_ENTRIES: usize = 20_000;
const MAX_PROPERTIES: usize = 1_000;

/// An opened archive.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive that lies in memory.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let entries = bytes.windows(4).filter(|at| at == b"PK\x01\x02").count();
        if entries > MAX_ENTRIES {
            return Err(PackageError::TooManyEntries.into());
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PackageError::Broken)?;
        Ok(Self {
            zip,
            left: MAX_INFLATED,
        })
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A part as text, or `None` if there is none.
    ///
    /// # Errors
    /// If it is damaged, locked, or larger than a report can be.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        if !self.has(name) {
            return Ok(None);
        }
        let file = self.zip.by_name(name).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_)
            | zip::result::ZipError::InvalidPassword => PackageError::Locked,
            _ => PackageError::Broken,
        })?;
        let mut bytes = Vec::new();
        file.take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| PackageError::Broken)?;
        let size = bytes.len() as u64;
        if size > self.left {
            return Err(PackageError::TooLarge.into());
        }
        self.left -= size;
        Ok(Some(super::text::decode_owned(bytes)))
    }

    /// What the file says about itself: its title, and the properties that programs have added by name.
    pub fn properties(&mut self) -> Result<BTreeMap<String, String>, ReadError> {
        let mut properties = BTreeMap::new();
        if let Some(core) = self.part("docProps/core.xml")? {
            collect(&core, "title", &mut properties);
        }
        if let Some(custom) = self.part("docProps/custom.xml")? {
            collect(&custom, "property", &mut properties);
        }
        Ok(properties)
    }
}

/// Takes the text of every such element, under its `name` attribute or its own name. What is broken is left out: it
/// is no part of a report.
pub(super) fn collect(text: &str, element: &str, properties: &mut BTreeMap<String, String>) {
    let mut xml = Xml::new(text);
    let mut open: Option<(String, String)> = None;
    while let Ok(Some(node)) = xml.next() {
        match node {
            Node::Open(tag) if tag.is(element) => {
                let key = tag
                    .attribute("name")
                    .map_or_else(|| element.to_owned(), Cow::into_owned);
                open = Some((key, String::new()));
            }
            Node::Text(text) => {
                if let Some((_, value)) = &mut open {
                    value.push_str(&text);
                }
            }
            Node::Close(tag) if tag.name() == element => {
                if let Some((key, value)) = open.take()
                    && !value.trim().is_empty()
                    && properties.len() < MAX_PROPERTIES
                {
                    properties.insert(key, value.trim().to_owned());
                }
            }
            _ => {}
        }
    }
}
