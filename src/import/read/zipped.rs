//! The parts of an Office file, out of its zip archive, never more of them than a report could have.

use super::xml::{Node, Xml};
use crate::import::error::{PackageError, ReadError};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
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
    /// The entries by the names that they are asked for, as [`plain_name`] makes them.
    names: HashMap<String, usize>,
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
        let mut names = HashMap::new();
        for at in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(at) {
                names.entry(plain_name(&name)).or_insert(at);
            }
        }
        Ok(Self {
            zip,
            names,
            left: MAX_INFLATED,
        })
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&plain_name(name))
    }

    /// A part as text, or `None` if there is none.
    ///
    /// # Errors
    /// If it is damaged, locked, or larger than a report can be.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let bytes = self.bytes(name)?;
        Ok(bytes.map(super::text::decode_owned))
    }

    /// A part as it is, or `None` if there is none.
    ///
    /// # Errors
    /// As [`Self::part`].
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(&at) = self.names.get(&plain_name(name)) else {
            return Ok(None);
        };
        let file = self.zip.by_index(at).map_err(|error| match error {
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
        Ok(Some(bytes))
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

/// A part's name as it is compared: some programs write backslashes, or other letters than they refer to.
fn plain_name(name: &str) -> String {
    let name = name.replace('\\', "/");
    name.trim_start_matches('/').to_ascii_lowercase()
}

/// What the relations of a part lead to, by their ids; names are those of the archive.
///
/// # Errors
/// If the list of relations is no XML.
pub(super) fn relations(
    package: &mut Package<'_>,
    part: &str,
) -> Result<HashMap<String, String>, ReadError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let list = package.part(&format!("{folder}/_rels/{name}.rels"))?;
    let mut targets = HashMap::new();
    let list = list.unwrap_or_default();
    let mut xml = Xml::new(&list);
    while let Some(node) = xml.next()? {
        if let Node::Open(tag) = node
            && let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target"))
        {
            targets.insert(id.into_owned(), target_in(folder, &target));
        }
    }
    Ok(targets)
}

/// A target as a name in the archive: those that do not begin at its root begin in the folder of the part.
pub(super) fn target_in(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
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
