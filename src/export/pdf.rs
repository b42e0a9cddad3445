//! The report as a PDF: the pages as they were laid out, tagged so that a screen reader, a search and `verify` find
//! headings, paragraphs and cells in them; PDF/A-2a for archives and PDF/UA-1 for accessibility.

use super::clean::{UNKNOWN, is_private};
use super::document::{Block, Document, Role, TableBlock, TableCell};
use super::page;
use super::typeset::{Ink, Owner, PageItem, PlacedGlyph, Run, Typeset};
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagTree,
};
use krilla::text::{GlyphId, KrillaGlyph};
use std::borrow::Cow;
use std::collections::HashMap;
use std::num::{NonZeroU16, NonZeroU32};

/// A PDF file.
///
/// # Errors
/// If the pages do not come up to PDF/A-2a and PDF/UA-1.
pub fn to_pdf(document: &Document, typeset: &Typeset) -> Result<Vec<u8>, KrillaError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .expect("both allow PDF 1.7");
    let mut pdf = krilla::Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    let mut marked = HashMap::new();
    for laid in &typeset.pages {
        let settings = PageSettings::from_wh(page::WIDTH, page::HEIGHT).expect("a page has a size");
        let mut sheet = pdf.start_page_with(settings);
        let mut surface = sheet.surface();
        paint(&laid.items, typeset, &mut surface, &mut marked);
        surface.finish();
        sheet.finish();
    }
    pdf.set_tag_tree(tags(document, &mut marked));
    let mut outline = Outline::new();
    for (text, at, y) in &typeset.headings {
        let place = XyzDestination::new(*at, Point::from_xy(page::LEFT, *y));
        outline.push_child(OutlineNode::new(text.clone(), place));
    }
    pdf.set_outline(outline);
    let properties = document.properties();
    pdf.set_metadata(
        Metadata::new()
            .title(document.title.clone())
            .authors(vec![document.organ.clone()])
            .language("zh-CN".to_owned())
            .creator("nianbao".to_owned())
            // The only free words that a PDF has for what our other exports keep as properties.
            .keywords(
                properties
                    .iter()
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect(),
            )
            .document_id(document.digest.clone())
            // PDF/A wants a date; that of the making would make every file another one.
            .creation_date(DateTime::new(reported_in(document)).month(1).day(1)),
    );
    pdf.finish()
}

/// The year in which a report is published.
fn reported_in(document: &Document) -> u16 {
    u16::try_from(document.year + 1).unwrap_or(u16::MAX)
}

/// Paints a page; neighbouring runs of one owner are one piece of marked content.
fn paint(
    items: &[PageItem],
    typeset: &Typeset,
    surface: &mut Surface<'_>,
    marked: &mut HashMap<Owner, Vec<Identifier>>,
) {
    let mut open: Option<Option<Owner>> = None;
    for item in items {
        let owner = match item {
            PageItem::Run(run) if run.owner != Owner::Page => Some(run.owner),
            _ => None,
        };
        if open != Some(owner) {
            if open.is_some() {
                surface.end_tagged();
            }
            open = Some(owner);
            let is_words = matches!(item, PageItem::Run(_));
            let tag = match (owner, is_words) {
                (Some(_), _) => ContentTag::Span(SpanTag::empty()),
                (None, true) => {
                    ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther))
                }
                (None, false) => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            };
            let id = surface.start_tagged(tag);
            if let Some(owner) = owner {
                marked.entry(owner).or_default().push(id);
            }
        }
        match item {
            PageItem::Run(run) => paint_run(run, typeset, surface),
            PageItem::Fill { at, ink } => paint_rect(*at, *ink, surface),
            PageItem::Rule(at) => paint_rect(*at, Ink::Black, surface),
        }
    }
    if open.is_some() {
        surface.end_tagged();
    }
}

fn fill(ink: Ink) -> Fill {
    let [red, green, blue] = ink.rgb();
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn paint_rect(at: super::typeset::Rect, ink: Ink, surface: &mut Surface<'_>) {
    let Some(rect) = Rect::from_xywh(at.x, at.y, at.width, at.height) else {
        return;
    };
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    if let Some(path) = path.finish() {
        surface.set_fill(Some(fill(ink)));
        surface.draw_path(&path);
    }
}

fn paint_run(run: &Run, typeset: &Typeset, surface: &mut Surface<'_>) {
    /// PDF/A allows no longer string; two bytes are one glyph.
    const LONGEST: usize = 8000;
    let glyph = |placed: &PlacedGlyph| KrillaGlyph {
        glyph_id: GlyphId::new(placed.id),
        text_range: placed.range.clone(),
        x_advance: placed.advance / run.size,
        x_offset: 0.0,
        y_offset: 0.0,
        y_advance: 0.0,
        location: None,
    };
    surface.set_fill(Some(fill(run.ink)));
    let text = without_private(&run.text);
    let mut x = run.x;
    for some in run.glyphs.chunks(LONGEST) {
        let glyphs: Vec<KrillaGlyph> = some.iter().map(glyph).collect();
        surface.draw_glyphs(
            Point::from_xy(x, run.y),
            &glyphs,
            typeset.faces[run.face].font.clone(),
            &text,
            run.size,
            false,
        );
        x += some.iter().map(|placed| placed.advance).sum::<f32>();
    }
}

/// A text whose private characters are said to be none that one knows; every other one stays at its byte.
fn without_private(text: &str) -> Cow<'_, str> {
    if !text.contains(is_private) {
        return Cow::Borrowed(text);
    }
    let known = |c: char| match (is_private(c), c.len_utf8()) {
        (false, _) => c.to_string(),
        (true, 3) => UNKNOWN.to_string(),
        (true, _) => format!("{UNKNOWN} "),
    };
    Cow::Owned(text.chars().map(known).collect())
}

/// The document's structure over the marked pieces.
fn tags(document: &Document, marked: &mut HashMap<Owner, Vec<Identifier>>) -> TagTree {
    let mut take = |owner: Owner| marked.remove(&owner).unwrap_or_default();
    let level = |n| NonZeroU16::new(n).expect("levels begin at 1");
    let mut tree = TagTree::new();
    let mut title = TagGroup::new(Tag::Hn(level(1), Some(document.title.clone())));
    title.children = take(Owner::Title).into_iter().map(Into::into).collect();
    tree.push(title);
    for (nth, block) in document.blocks.iter().enumerate() {
        let mut group = match block {
            Block::Heading(text) => TagGroup::new(Tag::Hn(level(2), Some(text.clone()))),
            Block::Subheading(text) => TagGroup::new(Tag::Hn(level(3), Some(text.clone()))),
            Block::RunIn { .. } | Block::Signature { .. } | Block::Paragraph(_) => {
                TagGroup::new(Tag::P)
            }
            Block::Table(table) => {
                tree.push(table_tags(table, nth, &mut take));
                continue;
            }
        };
        group.children = take(Owner::Block(nth))
            .into_iter()
            .map(Into::into)
            .collect();
        tree.push(group);
    }
    tree
}

fn table_tags(
    table: &TableBlock,
    block: usize,
    take: &mut impl FnMut(Owner) -> Vec<Identifier>,
) -> TagGroup {
    let mut group = TagGroup::new(Tag::Table.with_summary(Some(table.heading.clone())));
    for row in 0..table.rows {
        let mut line = TagGroup::new(Tag::TR);
        for (nth, cell) in table.cells.iter().enumerate() {
            if cell.row == row {
                let mut cell_group = cell_tag(cell);
                let owner = Owner::Cell { block, cell: nth };
                cell_group.children = take(owner).into_iter().map(Into::into).collect();
                line.push(cell_group);
            }
        }
        group.push(line);
    }
    group
}

fn cell_tag(cell: &TableCell) -> TagGroup {
    let span = |n: usize| {
        u32::try_from(n)
            .ok()
            .filter(|&n| n > 1)
            .and_then(NonZeroU32::new)
    };
    let (rows, cols) = (span(cell.rows), span(cell.cols));
    match cell.role {
        Role::Value => TagGroup::new(Tag::TD.with_row_span(rows).with_col_span(cols)),
        role => {
            let scope = match role {
                Role::Label | Role::CentredLabel => TableHeaderScope::Row,
                _ => TableHeaderScope::Column,
            };
            TagGroup::new(Tag::TH(scope).with_row_span(rows).with_col_span(cols))
        }
    }
}
