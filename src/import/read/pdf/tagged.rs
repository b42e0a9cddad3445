//! The structure that a tagged PDF says it has: paragraphs, and tables with rows and cells.

use super::entry;
use super::paint::{Sheet, in_order, paragraph};
use crate::import::read::grid::{DeepCell, Flow, MAX_NESTING, settle};
use crate::import::source::Part;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;

/// No report's structure has so many nodes.
const MAX_NODES: usize = 200_000;

/// The parts of a tagged PDF; `None` if it is not tagged, or not well.
pub(super) fn parts(document: &Document, sheets: &[Sheet]) -> Option<Vec<Part>> {
    let catalog = document.catalog().ok()?;
    let root = entry(document, catalog, b"StructTreeRoot")?
        .as_dict()
        .ok()?;
    let mut said: HashMap<(ObjectId, i64), String> = HashMap::new();
    for sheet in sheets {
        let mut by_mark: HashMap<i64, Vec<&super::paint::Glyph>> = HashMap::new();
        for glyph in &sheet.glyphs {
            if let Some(mark) = glyph.mark {
                by_mark.entry(mark).or_default().push(glyph);
            }
        }
        for (mark, glyphs) in by_mark {
            said.insert((sheet.id, mark), in_order(glyphs.into_iter()));
        }
    }
    let roles = entry(document, root, b"RoleMap").and_then(|roles| roles.as_dict().ok());
    let mut walk = Walk {
        document,
        roles,
        said,
        nodes: 0,
        parts: Vec::new(),
    };
    walk.children(root, None, 0)?;
    Some(walk.parts)
}

struct Walk<'a> {
    document: &'a Document,
    roles: Option<&'a Dictionary>,
    said: HashMap<(ObjectId, i64), String>,
    nodes: usize,
    parts: Vec<Part>,
}

/// What hangs below a node.
enum Child<'a> {
    Node(&'a Dictionary),
    Words(ObjectId, i64),
}

impl<'a> Walk<'a> {
    fn kids(&mut self, node: &'a Dictionary, page: Option<ObjectId>) -> Option<Vec<Child<'a>>> {
        let Some(kids) = entry(self.document, node, b"K") else {
            return Some(Vec::new());
        };
        let list = match kids {
            Object::Array(list) => list.iter().collect(),
            one => vec![one],
        };
        self.nodes += list.len() + 1;
        if self.nodes > MAX_NODES {
            return None;
        }
        let child = |kid: &'a Object| {
            let (_, kid) = self.document.dereference(kid).ok()?;
            match kid {
                Object::Integer(mark) => Some(Child::Words(page?, *mark)),
                Object::Dictionary(kid) if kid.has(b"S") => Some(Child::Node(kid)),
                Object::Dictionary(kid) => {
                    let mark = entry(self.document, kid, b"MCID")?.as_i64().ok()?;
                    Some(Child::Words(page_of(kid).or(page)?, mark))
                }
                _ => None,
            }
        };
        Some(list.into_iter().filter_map(child).collect())
    }

    /// What a node is, in the standard's words.
    fn role(&self, node: &'a Dictionary) -> &'a [u8] {
        const STEPS: usize = 8;
        let mut role = entry(self.document, node, b"S")
            .and_then(|role| role.as_name().ok())
            .unwrap_or_default();
        for _ in 0..STEPS {
            let meant = self
                .roles
                .and_then(|roles| entry(self.document, roles, role)?.as_name().ok());
            match meant {
                Some(meant) if meant != role => role = meant,
                _ => break,
            }
        }
        role
    }

    fn children(
        &mut self,
        node: &'a Dictionary,
        page: Option<ObjectId>,
        depth: usize,
    ) -> Option<()> {
        if depth > MAX_NESTING {
            return None;
        }
        let page = page_of(node).or(page);
        let mut loose = String::new();
        for kid in self.kids(node, page)? {
            match kid {
                Child::Words(page, mark) => {
                    if let Some(text) = self.said.get(&(page, mark)) {
                        loose.push_str(text);
                    }
                }
                Child::Node(kid) => {
                    self.parts.extend(paragraph(&std::mem::take(&mut loose)));
                    self.node(kid, page, depth + 1)?;
                }
            }
        }
        self.parts.extend(paragraph(&loose));
        Some(())
    }

    fn node(&mut self, node: &'a Dictionary, page: Option<ObjectId>, depth: usize) -> Option<()> {
        match self.role(node) {
            b"Artifact" | b"Figure" | b"Form" => Some(()),
            b"Table" => {
                let table = self.table(node, page, depth)?;
                self.parts.extend(table);
                Some(())
            }
            b"P" | b"H" | b"H1" | b"H2" | b"H3" | b"H4" | b"H5" | b"H6" | b"Title" | b"Caption"
            | b"LI" | b"BlockQuote" | b"Note" => {
                let mut text = String::new();
                self.words(node, page, depth, &mut text)?;
                for line in text.split('\n') {
                    self.parts.extend(paragraph(line));
                }
                Some(())
            }
            _ => self.children(node, page, depth),
        }
    }

    /// All words below a node; blocks on lines of their own.
    fn words(
        &mut self,
        node: &'a Dictionary,
        page: Option<ObjectId>,
        depth: usize,
        text: &mut String,
    ) -> Option<()> {
        if depth > MAX_NESTING {
            return None;
        }
        let page = page_of(node).or(page);
        for kid in self.kids(node, page)? {
            match kid {
                Child::Words(page, mark) => {
                    if let Some(said) = self.said.get(&(page, mark)) {
                        text.push_str(said);
                    }
                }
                Child::Node(kid) => {
                    let role = self.role(kid);
                    if role == b"Artifact" {
                        continue;
                    }
                    let is_block = !matches!(
                        role,
                        b"Span" | b"Link" | b"Reference" | b"Lbl" | b"LBody" | b"Ruby" | b"RB"
                    );
                    if is_block && !text.is_empty() && !text.ends_with('\n') {
                        text.push('\n');
                    }
                    self.words(kid, page, depth + 1, text)?;
                }
            }
        }
        Some(())
    }

    fn table(
        &mut self,
        table: &'a Dictionary,
        page: Option<ObjectId>,
        depth: usize,
    ) -> Option<Vec<Part>> {
        let mut rows = Vec::new();
        self.rows(table, page, depth, &mut rows)?;
        let mut flow = Flow::default();
        let mut cells = Vec::new();
        for (row, page) in rows {
            flow.open_row().ok()?;
            for kid in self.kids(row, page)? {
                let Child::Node(cell) = kid else { continue };
                if !matches!(self.role(cell), b"TD" | b"TH") {
                    continue;
                }
                let place = flow
                    .place(self.span(cell, b"RowSpan"), self.span(cell, b"ColSpan"))
                    .ok()?;
                let mut text = String::new();
                self.words(cell, page, depth + 1, &mut text)?;
                cells.push(DeepCell {
                    place,
                    parts: paragraph(&text).into_iter().collect(),
                });
            }
        }
        Some(settle(String::new(), flow.rows, cells))
    }

    /// The rows of a table, whatever groups they are in, each with the page that it says it is on.
    fn rows(
        &mut self,
        node: &'a Dictionary,
        page: Option<ObjectId>,
        depth: usize,
        rows: &mut Vec<(&'a Dictionary, Option<ObjectId>)>,
    ) -> Option<()> {
        if depth > MAX_NESTING {
            return None;
        }
        let page = page_of(node).or(page);
        for kid in self.kids(node, page)? {
            if let Child::Node(kid) = kid {
                match self.role(kid) {
                    b"TR" => rows.push((kid, page_of(kid).or(page))),
                    b"Artifact" | b"Caption" => {}
                    _ => self.rows(kid, page, depth + 1, rows)?,
                }
            }
        }
        Some(())
    }

    fn span(&self, cell: &'a Dictionary, key: &[u8]) -> usize {
        let Some(attributes) = entry(self.document, cell, b"A") else {
            return 1;
        };
        let one = |object: &'a Object| {
            let (_, object) = self.document.dereference(object).ok()?;
            let dictionary = match object {
                Object::Stream(stream) => &stream.dict,
                object => object.as_dict().ok()?,
            };
            entry(self.document, dictionary, key)?.as_i64().ok()
        };
        let span = match attributes {
            Object::Array(list) => list.iter().find_map(one),
            object => one(object),
        };
        span.and_then(|span| usize::try_from(span).ok())
            .unwrap_or(1)
            .max(1)
    }
}

fn page_of(node: &Dictionary) -> Option<ObjectId> {
    node.get(b"Pg").ok()?.as_reference().ok()
}
