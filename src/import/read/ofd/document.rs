//! What is in the file: the entry, and the document with its pages and templates.

use crate::import::error::{PackageError, ReadError};
use crate::import::read::xml::{Node, Xml};
use crate::import::read::zipped::{Package, target_in};
use std::collections::{BTreeMap, HashMap};

const MAX_PROPERTIES: usize = 1_000;
/// Far more than the pages that are read have templates.
const MAX_TEMPLATES: usize = 10_000;

/// The entry of the archive.
#[derive(Default)]
pub(super) struct Entry {
    /// Where the first document is.
    pub root: String,
    /// How many there are.
    pub documents: usize,
    /// What it says about itself.
    pub properties: BTreeMap<String, String>,
}

impl Entry {
    pub fn read(package: &mut Package<'_>) -> Result<Self, ReadError> {
        let text = package.part("OFD.xml")?.ok_or(PackageError::NotOfd)?;
        let mut xml = Xml::new(&text);
        let mut entry = Self::default();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            let key = match tag.name() {
                "DocBody" => {
                    entry.documents += 1;
                    continue;
                }
                "Title" => "title".to_owned(),
                "DocRoot" => String::new(),
                "Author" => "author".to_owned(),
                "CustomData" => tag.owned("Name"),
                _ => continue,
            };
            if entry.documents != 1 {
                continue;
            }
            let is_root = tag.is("DocRoot");
            let value = xml.inner_text()?.trim().to_owned();
            if is_root {
                entry.root = target_in("", &value);
            } else if !value.is_empty() && entry.properties.len() < MAX_PROPERTIES {
                entry.properties.entry(key).or_insert(value);
            }
        }
        Ok(entry)
    }
}

/// A page of a document.
#[derive(Clone, Debug)]
pub(super) struct PageEntry {
    pub id: String,
    /// The name of its content in the archive.
    pub location: String,
}

/// A document.
#[derive(Default)]
pub(super) struct Document {
    pub pages: Vec<PageEntry>,
    /// The contents of the templates, by their numbers.
    pub templates: HashMap<String, String>,
    /// The paper of pages that do not say their own.
    pub paper: Option<String>,
    /// The list of custom tags.
    pub tags: Option<String>,
    /// Whether there are notes on its pages.
    pub has_notes: bool,
}

impl Document {
    pub fn read(package: &mut Package<'_>, root: &str) -> Result<Self, ReadError> {
        let text = package.part(root)?.ok_or(PackageError::NotOfd)?;
        let folder = folder_of(root);
        let mut xml = Xml::new(&text);
        let mut document = Self::default();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "Page" => {
                    let [id, location] = tag.attributes(["ID", "BaseLoc"]);
                    // Whoever reads the pages refuses a document that has too many.
                    document.pages.push(PageEntry {
                        id: id.unwrap_or_default().into_owned(),
                        location: target_in(folder, &location.unwrap_or_default()),
                    });
                }
                "TemplatePage" if document.templates.len() < MAX_TEMPLATES => {
                    let [id, location] = tag.attributes(["ID", "BaseLoc"]);
                    let location = target_in(folder, &location.unwrap_or_default());
                    let id = id.unwrap_or_default().into_owned();
                    document.templates.entry(id).or_insert(location);
                }
                "PhysicalBox" if document.paper.is_none() => {
                    document.paper = Some(xml.inner_text()?);
                }
                "CustomTags" => {
                    let location = xml.inner_text()?;
                    document.tags = Some(target_in(folder, location.trim()));
                }
                "Annotations" => document.has_notes = !xml.inner_text()?.trim().is_empty(),
                _ => {}
            }
        }
        match document.pages.is_empty() {
            true => Err(PackageError::NotOfd.into()),
            false => Ok(document),
        }
    }
}

/// The folder in which a part lies.
pub(super) fn folder_of(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}
