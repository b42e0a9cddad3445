//! The pages: each glyph, rule and filled area of the item list as an object with a number of its own.

use super::font::Subset;
use super::length::Length;
use super::xml::{HEAD, OFD};
use crate::export::page;
use crate::export::typeset::{Ink, Owner, Page, PageItem, PlacedGlyph, Rect, Run, Typeset};
use quick_xml::escape::escape;
use std::collections::HashMap;
use std::fmt::Write as _;

/// The pages of a file, and where things stand on them.
pub(super) struct Pages {
    /// The content of each page.
    pub contents: Vec<String>,
    /// The number of each page.
    pub ids: Vec<u32>,
    /// For each piece of the document the text objects that show it, each with its page's number.
    pub objects: HashMap<Owner, Vec<(u32, u32)>>,
    /// The largest number given.
    pub last_id: u32,
}

/// The name of a page's content, from the document's folder.
pub(super) fn location(nth: usize) -> String {
    format!("Pages/Page_{nth}/Content.xml")
}

/// The paper.
pub(super) const PAPER: &str = "0 0 210 297";

impl Pages {
    pub fn write(typeset: &Typeset, fonts: &[Subset]) -> Self {
        let mut all = Self {
            contents: Vec::new(),
            ids: Vec::new(),
            objects: HashMap::new(),
            // Those of the fonts come first.
            last_id: typeset.faces.len() as u32,
        };
        for laid in &typeset.pages {
            let id = all.next_id();
            all.ids.push(id);
            let content = all.page(laid, id, fonts);
            all.contents.push(content);
        }
        all
    }

    fn next_id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    /// A page: what belongs to the document in one layer, what belongs to the page alone in another above it.
    fn page(&mut self, laid: &Page, id: u32, fonts: &[Subset]) -> String {
        let mut body = String::new();
        let mut front = String::new();
        for item in &laid.items {
            match item {
                PageItem::Fill { at, ink } => self.area(*at, *ink, &mut body),
                PageItem::Rule(at) => self.rule(*at, &mut body),
                PageItem::Run(run) if run.owner == Owner::Page => {
                    self.run(run, id, fonts, &mut front);
                }
                PageItem::Run(run) => self.run(run, id, fonts, &mut body),
            }
        }
        let mut out = format!(
            "{HEAD}<ofd:Page xmlns:ofd=\"{OFD}\"><ofd:Area><ofd:PhysicalBox>{PAPER}</ofd:PhysicalBox></ofd:Area><ofd:Content>"
        );
        for (kind, objects) in [("Body", body), ("Foreground", front)] {
            if !objects.is_empty() {
                let id = self.next_id();
                out += &format!("<ofd:Layer ID=\"{id}\" Type=\"{kind}\">{objects}</ofd:Layer>");
            }
        }
        out + "</ofd:Content></ofd:Page>"
    }

    /// A filled rectangle.
    fn area(&mut self, at: Rect, ink: Ink, out: &mut String) {
        let id = self.next_id();
        let [width, height] = [at.width, at.height].map(Length::points);
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "<ofd:PathObject ID=\"{id}\" Boundary=\"{} {} {width} {height}\" Stroke=\"false\" Fill=\"true\">{}<ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData></ofd:PathObject>",
            Length::points(at.x),
            Length::points(at.y),
            colour("FillColor", ink),
        );
    }

    /// A line, drawn along the middle of the rectangle that it covers.
    fn rule(&mut self, at: Rect, out: &mut String) {
        let id = self.next_id();
        let half = |length: f32| Length::points(length / 2.0);
        let [width, height] = [at.width, at.height].map(Length::points);
        let (thick, path) = if at.width > at.height {
            let y = half(at.height);
            (height, format!("M 0 {y} L {width} {y}"))
        } else {
            let x = half(at.width);
            (width, format!("M {x} 0 L {x} {height}"))
        };
        let _ = write!(
            out,
            "<ofd:PathObject ID=\"{id}\" Boundary=\"{} {} {width} {height}\" LineWidth=\"{thick}\">{}<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>",
            Length::points(at.x),
            Length::points(at.y),
            colour("StrokeColor", Ink::Black),
        );
    }

    /// The text objects of a run.
    fn run(&mut self, run: &Run, page: u32, fonts: &[Subset], out: &mut String) {
        let mut x = run.x;
        for glyphs in countable(run) {
            let id = self.next_id();
            self.objects.entry(run.owner).or_default().push((page, id));
            let font = &fonts[run.face];
            text_object(run, glyphs, x, id, font, out);
            x += glyphs.iter().map(|glyph| glyph.advance).sum::<f32>();
        }
    }
}

/// The glyphs of a run in pieces in which every reader counts characters alike: one beyond the basic plane counts as two
/// for some, and so stands alone.
fn countable(run: &Run) -> impl Iterator<Item = &[PlacedGlyph]> {
    let is_basic = |glyph: &PlacedGlyph| glyph.range.len() <= 3;
    run.glyphs.chunk_by(move |a, b| is_basic(a) && is_basic(b))
}

fn text_object(
    run: &Run,
    glyphs: &[PlacedGlyph],
    x: f32,
    id: u32,
    font: &Subset,
    out: &mut String,
) {
    let width: f32 = glyphs.iter().map(|glyph| glyph.advance).sum();
    let ascent = page::ASCENT * run.size;
    // Some readers cut off what lies outside: marks over a letter reach out to the left, the last sign to the right.
    let around = run.size / 2.0;
    let [left, top, wide, high, size, from, base] = [
        x - around,
        run.y - ascent - around,
        width + 2.0 * around,
        2.0 * run.size,
        run.size,
        around,
        ascent + around,
    ]
    .map(Length::points);
    let color = match run.ink {
        Ink::Black => String::new(),
        ink => colour("FillColor", ink),
    };
    let text = &run.text[glyphs[0].range.start..glyphs[glyphs.len() - 1].range.end];
    let _ = write!(
        out,
        "<ofd:TextObject ID=\"{id}\" Boundary=\"{left} {top} {wide} {high}\" Font=\"{}\" Size=\"{size}\">{color}",
        run.face + 1
    );
    let count = glyphs.len();
    let _ = write!(
        out,
        "<ofd:CGTransform CodePosition=\"0\" CodeCount=\"{count}\" GlyphCount=\"{count}\"><ofd:Glyphs>"
    );
    for (nth, glyph) in glyphs.iter().enumerate() {
        let space = if nth > 0 { " " } else { "" };
        let _ = write!(out, "{space}{}", font.number(glyph.id));
    }
    let _ = write!(
        out,
        "</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X=\"{from}\" Y=\"{base}\""
    );
    if count > 1 {
        out.push_str(" DeltaX=\"");
        let mut at = 0.0;
        for (nth, glyph) in glyphs[..count - 1].iter().enumerate() {
            let space = if nth > 0 { " " } else { "" };
            let next = at + glyph.advance;
            // From rounded place to rounded place: what is lost at one is made up at the next.
            let step = Length::points(next).since(Length::points(at));
            let _ = write!(out, "{space}{step}");
            at = next;
        }
        out.push('"');
    }
    let _ = write!(out, ">{}</ofd:TextCode></ofd:TextObject>", escape(text));
}

fn colour(element: &str, ink: Ink) -> String {
    let [red, green, blue] = ink.rgb();
    format!("<ofd:{element} Value=\"{red} {green} {blue}\"/>")
}
