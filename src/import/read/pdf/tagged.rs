//! Documents that carry their own structure, as Word, LibreOffice, browsers and this program write them: read by it
//! and not by places, and so exactly.

use super::lines::{Notes, collapse, go_on, parted};
use super::objects::{dictionary, resolve};
use super::page::{Mark, Page};
use super::run::OF_ANNOTATION;
use crate::import::error::ReadError;
use crate::import::read::grid::{DeepCell, Flow, MAX_NESTING, settle};
use crate::import::source::Part;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{HashMap, HashSet};

/// Where characters stand: the page and the number in it.
type MarkOnPage = (usize, Mark);

struct StructureReader<'a> {
    document: &'a Document,
    pages: &'a [Page],
    numbers: HashMap<ObjectId, usize>,
    /// The characters of each marked content.
    marked: HashMap<MarkOnPage, Vec<usize>>,
    roles: Option<&'a Dictionary>,
    seen: HashSet<ObjectId>,
    /// Characters that the structure has led to.
    met: usize,
}

/// The parts by the document's structure; `None` if there is none, or it leaves out what the pages show.
///
/// # Errors
/// A sentence if a table in it is too large.
pub(super) fn read(
    document: &Document,
    ids: &[ObjectId],
    pages: &[Page],
) -> Result<Option<Vec<Part>>, ReadError> {
    let root = document
        .catalog()
        .ok()
        .and_then(|catalog| dictionary(document, catalog.get(b"StructTreeRoot").ok()?));
    let Some(root) = root else { return Ok(None) };
    let mut marked: HashMap<MarkOnPage, Vec<usize>> = HashMap::new();
    let mut shown = 0;
    for (number, page) in pages.iter().enumerate() {
        for (at, glyph) in page
            .glyphs
            .iter()
            .enumerate()
            .filter(|(_, glyph)| !glyph.is_artifact)
        {
            shown += 1;
            if let Some(mark) = glyph.mark {
                marked.entry((number, mark)).or_default().push(at);
            }
        }
    }
    let mut reader = StructureReader {
        document,
        pages,
        numbers: ids.iter().enumerate().map(|(at, id)| (*id, at)).collect(),
        marked,
        roles: root
            .get(b"RoleMap")
            .ok()
            .and_then(|object| dictionary(document, object)),
        seen: HashSet::new(),
        met: 0,
    };
    let mut blocks = Blocks::default();
    if let Ok(kids) = root.get(b"K") {
        reader.kids(kids, None, 0, &mut blocks)?;
    }
    blocks.end_paragraph(pages);
    // What stands on top of the pages must not be lost: fields hold numbers.
    let mut left = reader.marked.keys();
    let has_lost_one = left.any(|(_, (_, number))| *number == OF_ANNOTATION);
    let complete = reader.met * 10 >= shown * 9 && !has_lost_one;
    Ok((complete && reader.met > 0).then_some(blocks.parts))
}

/// A piece of a paragraph.
enum Words {
    Glyph(usize, usize),
    Text(String),
}

/// Paragraphs and tables as they come.
#[derive(Default)]
struct Blocks {
    parts: Vec<Part>,
    open: Vec<Words>,
    /// Whether what is open is the number of a list's entry, which the next paragraph goes on with.
    is_label: bool,
}

impl Blocks {
    fn end_paragraph(&mut self, pages: &[Page]) {
        let mut text = String::new();
        let mut before: Option<(usize, usize)> = None;
        let mut pieces = std::mem::take(&mut self.open);
        from_left(&mut pieces, pages);
        let mut notes = Notes::default();
        for piece in pieces {
            match piece {
                Words::Text(words) => {
                    text.extend(notes.end());
                    notes = Notes::default();
                    text.push_str(&words);
                    before = None;
                }
                Words::Glyph(page, at) => {
                    let glyph = &pages[page].glyphs[at];
                    let last = before.map(|(page, at)| (page, &pages[page].glyphs[at]));
                    match last {
                        Some((number, last))
                            if number == page
                                && (last.base - glyph.base).abs() < 0.5 * last.size =>
                        {
                            text.extend(notes.sign(glyph));
                            if parted(last, glyph) {
                                text.push(' ');
                            }
                            text.push_str(&glyph.text);
                        }
                        Some(_) => {
                            text.extend(notes.end());
                            notes = Notes::default();
                            notes.sign(glyph);
                            go_on(&mut text, &glyph.text);
                        }
                        None => {
                            notes.sign(glyph);
                            text.push_str(&glyph.text);
                        }
                    }
                    before = Some((page, at));
                }
            }
        }
        text.extend(notes.end());
        self.is_label = false;
        let text = collapse(&text);
        if !text.is_empty() {
            self.parts.push(Part::Text(text));
        }
    }
}

/// Where a font lacks characters, those that it has are drawn first and the others behind: within a line it is the
/// place that counts.
fn from_left(pieces: &mut [Words], pages: &[Page]) {
    let glyph = |piece: &Words| match piece {
        Words::Glyph(page, at) => Some((*page, &pages[*page].glyphs[*at])),
        Words::Text(_) => None,
    };
    let same_line = |a: &Words, b: &Words| match (glyph(a), glyph(b)) {
        (Some((page, a)), Some((other, b))) => {
            page == other && (a.base - b.base).abs() < 0.5 * a.size
        }
        _ => false,
    };
    for line in pieces.chunk_by_mut(same_line) {
        line.sort_by(|a, b| match (glyph(a), glyph(b)) {
            (Some((_, a)), Some((_, b))) => a.left.total_cmp(&b.left),
            _ => std::cmp::Ordering::Equal,
        });
    }
}

impl<'a> StructureReader<'a> {
    fn kids(
        &mut self,
        kids: &'a Object,
        page: Option<usize>,
        depth: usize,
        blocks: &mut Blocks,
    ) -> Result<(), ReadError> {
        if depth > MAX_NESTING {
            return Ok(());
        }
        match resolve(self.document, kids) {
            Object::Array(all) => {
                for kid in all {
                    self.kid(kid, page, depth, blocks)?;
                }
                Ok(())
            }
            _ => self.kid(kids, page, depth, blocks),
        }
    }

    fn kid(
        &mut self,
        kid: &'a Object,
        page: Option<usize>,
        depth: usize,
        blocks: &mut Blocks,
    ) -> Result<(), ReadError> {
        // Each element stands in one place; what comes again leads in a circle.
        if let Ok(id) = kid.as_reference()
            && !self.seen.insert(id)
        {
            return Ok(());
        }
        match resolve(self.document, kid) {
            Object::Integer(number) => self.content(page, (None, *number), blocks),
            Object::Dictionary(element) => {
                let page = self.page_of(element).or(page);
                if let Ok(number) = element.get(b"MCID").and_then(Object::as_i64) {
                    let stream = element.get(b"Stm").and_then(Object::as_reference).ok();
                    self.content(page, (stream, number), blocks);
                } else if let Ok(object) = element.get(b"Obj").and_then(Object::as_reference) {
                    self.content(page, (Some(object), OF_ANNOTATION), blocks);
                } else if element.has(b"S") {
                    return self.element(element, page, depth + 1, blocks);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn page_of(&self, element: &Dictionary) -> Option<usize> {
        let id = element.get(b"Pg").and_then(Object::as_reference).ok()?;
        self.numbers.get(&id).copied()
    }

    fn content(&mut self, page: Option<usize>, mark: Mark, blocks: &mut Blocks) {
        // Taken out, so that no character is read twice.
        if let Some(page) = page
            && let Some(glyphs) = self.marked.remove(&(page, mark))
        {
            self.met += glyphs.len();
            blocks
                .open
                .extend(glyphs.into_iter().map(|at| Words::Glyph(page, at)));
        }
    }

    fn role(&self, element: &'a Dictionary) -> &'a [u8] {
        let mut role = element
            .get(b"S")
            .and_then(Object::as_name)
            .unwrap_or_default();
        for _ in 0..8 {
            let next = self
                .roles
                .and_then(|roles| roles.get(role).and_then(Object::as_name).ok());
            match next {
                Some(next) if next != role => role = next,
                _ => break,
            }
        }
        role
    }

    fn element(
        &mut self,
        element: &'a Dictionary,
        page: Option<usize>,
        depth: usize,
        blocks: &mut Blocks,
    ) -> Result<(), ReadError> {
        let role = self.role(element);
        let kids = element.get(b"K").ok();
        let words = element
            .get(b"ActualText")
            .ok()
            .and_then(|text| lopdf::decode_text_string(resolve(self.document, text)).ok());
        match role {
            b"Artifact" => {}
            b"Table" => {
                blocks.end_paragraph(self.pages);
                self.table(element, page, depth, blocks)?;
            }
            b"Span" | b"Link" | b"Quote" | b"Reference" | b"BibEntry" | b"Code" | b"Em"
            | b"Strong" | b"Sub" | b"Ruby" | b"RB" | b"Lbl" | b"LBody" | b"NonStruct"
            | b"Annot" | b"Form" => {
                let from = blocks.open.len();
                if let Some(kids) = kids {
                    self.kids(kids, page, depth, blocks)?;
                }
                if let Some(words) = words
                    && blocks.open.len() >= from
                {
                    blocks.open.truncate(from);
                    blocks.open.push(Words::Text(words));
                }
                blocks.is_label = role == b"Lbl";
            }
            _ => {
                if !blocks.is_label {
                    blocks.end_paragraph(self.pages);
                }
                blocks.is_label = false;
                if let Some(kids) = kids {
                    self.kids(kids, page, depth, blocks)?;
                }
                blocks.end_paragraph(self.pages);
            }
        }
        Ok(())
    }

    fn table(
        &mut self,
        element: &'a Dictionary,
        page: Option<usize>,
        depth: usize,
        blocks: &mut Blocks,
    ) -> Result<(), ReadError> {
        let mut table = OpenTable::default();
        self.rows(element, page, depth, &mut table, blocks)?;
        blocks
            .parts
            .extend(settle(String::new(), table.flow.rows, table.cells));
        Ok(())
    }

    /// Walks through a table, or a part of it that holds rows.
    fn rows(
        &mut self,
        element: &'a Dictionary,
        page: Option<usize>,
        depth: usize,
        table: &mut OpenTable,
        blocks: &mut Blocks,
    ) -> Result<(), ReadError> {
        let Ok(kids) = element.get(b"K") else {
            return Ok(());
        };
        if depth > MAX_NESTING {
            return Ok(());
        }
        let one = std::slice::from_ref(kids);
        let all = resolve(self.document, kids)
            .as_array()
            .map_or(one, Vec::as_slice);
        for kid in all {
            let kid_dictionary = match resolve(self.document, kid) {
                Object::Dictionary(kid) if kid.has(b"S") => kid,
                _ => {
                    self.kid(kid, page, depth, blocks)?;
                    continue;
                }
            };
            if let Ok(id) = kid.as_reference()
                && !self.seen.insert(id)
            {
                continue;
            }
            let kid_page = self.page_of(kid_dictionary).or(page);
            match self.role(kid_dictionary) {
                b"TR" => {
                    table.flow.open_row()?;
                    self.rows(kid_dictionary, kid_page, depth + 1, table, blocks)?;
                }
                b"TD" | b"TH" => {
                    let span = |key: &[u8]| self.span(kid_dictionary, key);
                    let place = table.flow.place(span(b"RowSpan"), span(b"ColSpan"))?;
                    let mut inner = Blocks::default();
                    if let Ok(kids) = kid_dictionary.get(b"K") {
                        self.kids(kids, kid_page, depth + 1, &mut inner)?;
                    }
                    inner.end_paragraph(self.pages);
                    table.cells.push(DeepCell {
                        place,
                        parts: inner.parts,
                    });
                }
                b"THead" | b"TBody" | b"TFoot" | b"NonStruct" | b"Div" => {
                    self.rows(kid_dictionary, kid_page, depth + 1, table, blocks)?;
                }
                _ => self.element(kid_dictionary, kid_page, depth + 1, blocks)?,
            }
        }
        Ok(())
    }

    /// A span of a cell, in its own attributes or in those of its classes.
    fn span(&self, cell: &Dictionary, key: &[u8]) -> usize {
        let document = self.document;
        let in_one = |object: &Object| -> Option<i64> {
            let attributes = dictionary(document, object)?;
            resolve(document, attributes.get(key).ok()?).as_i64().ok()
        };
        let in_any = |object: &Object| match resolve(document, object) {
            Object::Array(all) => all.iter().take(64).find_map(in_one),
            _ => in_one(object),
        };
        let own = cell.get(b"A").ok().and_then(in_any);
        own.and_then(|span| usize::try_from(span).ok())
            .unwrap_or(1)
            .clamp(1, 20_000)
    }
}

/// A table that is being read.
#[derive(Default)]
struct OpenTable {
    flow: Flow,
    cells: Vec<DeepCell>,
}
