//! What stands on a page: characters, lines and areas, its templates' too.

use super::document::{Document, PageEntry};
use crate::import::error::{PackageError, ReadError};
use crate::import::read::grid::seen;
use crate::import::read::html::is_wide;
use crate::import::read::pdf::{Glyph, Matrix, Page, Painting, Path, Value, turn};
use crate::import::read::xml::{Node, Tag, Xml};
use crate::import::read::zipped::Package;

const MAX_GLYPHS: usize = 1_000_000;
const MAX_RULES: usize = 100_000;
const MAX_OBJECTS: usize = 1_000_000;
/// Of a page; standards know no smaller and no larger paper than these, in millimetres.
const A4: [f64; 4] = [0.0, 0.0, 210.0, 297.0];
/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// Transparency below which nothing is seen, of 255.
const CLEAR: f64 = 5.0;

/// Reads pages, and counts over all of them.
pub(super) struct PageReader<'a> {
    document: &'a Document,
    glyphs: usize,
    rules: usize,
    objects: usize,
    /// Whether there is something on a page that is not read.
    pub has_unread: bool,
}

/// A page that is being read.
struct Sheet {
    page: Page,
    painting: Painting,
    /// From the page's millimetres to points from its upper left corner.
    place: Matrix,
    /// Whether what is read belongs to the page alone.
    is_artifact: bool,
}

/// An object that is being read.
struct Object {
    kind: Kind,
    id: i64,
    place: Matrix,
    size: f64,
    fills: bool,
    strokes: bool,
    is_white: bool,
    is_clear: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Path,
    Picture,
}

impl<'a> PageReader<'a> {
    pub fn new(document: &'a Document) -> Self {
        Self {
            document,
            glyphs: 0,
            rules: 0,
            objects: 0,
            has_unread: false,
        }
    }

    /// Reads a page.
    ///
    /// # Errors
    /// If it is missing or damaged, or there is more on it than a report could have.
    pub fn page(
        &mut self,
        package: &mut Package<'_>,
        entry: &PageEntry,
    ) -> Result<Page, ReadError> {
        let content = package.part(&entry.location)?.ok_or(PackageError::NotOfd)?;
        let (paper, templates) = frame(&content)?;
        let paper = paper.or_else(|| self.document.paper.clone());
        let paper = paper.and_then(|text| numbers(&text)).unwrap_or(A4);
        let [x, y, width, height] = paper.map(|side| side * POINTS);
        let mut sheet = Sheet {
            page: Page {
                width,
                height,
                ..Page::default()
            },
            painting: Painting::default(),
            place: Matrix([POINTS, 0.0, 0.0, POINTS, -x, -y]),
            is_artifact: false,
        };
        let location = |id: &String| self.document.templates.get(id).cloned();
        for template in templates.iter().filter_map(location).collect::<Vec<_>>() {
            if let Some(content) = package.part(&template)? {
                self.content(&content, &mut sheet)?;
            }
        }
        self.content(&content, &mut sheet)?;
        let mut seen = sheet.painting.seen(&sheet.page.glyphs).into_iter();
        sheet.page.glyphs.retain(|_| seen.next().unwrap_or(true));
        sheet.page.strike_out();
        Ok(sheet.page)
    }

    fn content(&mut self, content: &str, sheet: &mut Sheet) -> Result<(), ReadError> {
        let mut xml = Xml::new(content);
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            let kind = match tag.name() {
                "Layer" => {
                    let kind = tag.attribute("Type");
                    sheet.is_artifact = kind.is_some_and(|kind| kind == "Foreground");
                    continue;
                }
                "TextObject" => Kind::Text,
                "PathObject" => Kind::Path,
                "ImageObject" => Kind::Picture,
                "CompositeObject" => {
                    self.has_unread = true;
                    continue;
                }
                _ => continue,
            };
            self.objects += 1;
            if self.objects > MAX_OBJECTS {
                return Err(PackageError::TooLarge.into());
            }
            match Object::new(kind, &tag, sheet.place) {
                Some(object) => self.object(object, &mut xml, sheet)?,
                None => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Reads on to the end of an object.
    fn object(
        &mut self,
        mut object: Object,
        xml: &mut Xml<'_>,
        sheet: &mut Sheet,
    ) -> Result<(), ReadError> {
        let mut depth = 1;
        // Where the next character stands, in the object.
        let mut at = (0.0, 0.0);
        while depth > 0 {
            let tag = match xml.next()? {
                Some(Node::Open(tag)) => tag,
                Some(Node::Close(_)) => {
                    depth -= 1;
                    continue;
                }
                Some(Node::Text(_)) => continue,
                None => return Ok(()),
            };
            match tag.name() {
                "FillColor" => object.color(&tag),
                "Clips" => {
                    xml.skip()?;
                    continue;
                }
                "TextCode" if object.kind == Kind::Text => {
                    let [x, y, right, down] = tag.attributes(["X", "Y", "DeltaX", "DeltaY"]);
                    let number = |text: Option<_>, or| number(text.as_deref()).unwrap_or(or);
                    at = (number(x, at.0), number(y, at.1));
                    let [right, down] = [right, down].map(Option::unwrap_or_default);
                    let (right, down) = (right.into_owned(), down.into_owned());
                    let text = xml.inner_text()?;
                    self.text(&object, &text, at, [&right, &down], sheet)?;
                    continue;
                }
                "AbbreviatedData" if object.kind == Kind::Path => {
                    let data = xml.inner_text()?;
                    self.path(&object, &data, sheet)?;
                    continue;
                }
                _ => {}
            }
            depth += 1;
        }
        if object.kind == Kind::Picture
            && let Some(area) = object.place.area([0.0, 0.0, 1.0, 1.0])
        {
            sheet.painting.picture(area, sheet.page.glyphs.len());
        }
        Ok(())
    }

    /// Characters one after another.
    fn text(
        &mut self,
        object: &Object,
        text: &str,
        at: (f64, f64),
        [right, down]: [&str; 2],
        sheet: &mut Sheet,
    ) -> Result<(), ReadError> {
        let is_seen = !object.is_clear && (object.fills || object.strokes);
        // Text across the page at a slant is a watermark.
        if !is_seen || turn(object.place).is_none() {
            return Ok(());
        }
        let (mut right, mut down) = (Deltas::new(right), Deltas::new(down));
        let (mut x, mut y) = at;
        let has_steps = right.has_any() || down.has_any();
        for c in text.chars() {
            self.glyphs += 1;
            if self.glyphs > MAX_GLYPHS {
                return Err(PackageError::TooLarge.into());
            }
            let natural = object.size * if is_wide(c) { 1.0 } else { 0.5 };
            let step = match has_steps {
                true => (right.next().unwrap_or(0.0), down.next().unwrap_or(0.0)),
                false => (natural, 0.0),
            };
            let width = if step.0 > 0.0 {
                natural.min(step.0)
            } else {
                natural
            };
            let (left, base) = object.place.point(x, y);
            let (end, _) = object.place.point(x + width, y);
            let (above, top) = object.place.point(x, y - object.size);
            let size = (left - above).hypot(base - top);
            (x, y) = (x + step.0, y + step.1);
            let on_page = (-1.0..=sheet.page.width + 1.0).contains(&left)
                && (-1.0..=sheet.page.height + 1.0).contains(&base);
            let Some(c) = seen(c).filter(|_| on_page && (0.5..=500.0).contains(&size)) else {
                continue;
            };
            if object.is_white {
                sheet.painting.white(sheet.page.glyphs.len());
            }
            sheet.page.glyphs.push(Glyph {
                text: if c.is_whitespace() { ' ' } else { c }.to_string(),
                left: left.min(end),
                right: left.max(end),
                base,
                size,
                mark: Some((None, object.id)),
                is_artifact: sheet.is_artifact,
            });
        }
        Ok(())
    }

    /// Lines and areas.
    fn path(&mut self, object: &Object, data: &str, sheet: &mut Sheet) -> Result<(), ReadError> {
        let mut path = Path::default();
        let mut operator: &[u8] = b"";
        let mut values: Vec<Value> = Vec::new();
        for word in data.split_whitespace().chain(["C"]) {
            if let Ok(number) = word.parse::<f64>() {
                values.push(Value::Number(if number.is_finite() { number } else { 0.0 }));
            }
            let (wanted, known): (usize, &[u8]) = match operator {
                b"M" | b"S" => (2, b"m"),
                b"L" => (2, b"l"),
                b"Q" => (4, b"v"),
                b"B" => (6, b"c"),
                // A curve too; its end is what counts.
                b"A" => (7, b"m"),
                _ => (0, b""),
            };
            if wanted > 0 && values.len() == wanted {
                let end = values.split_off(wanted - 2);
                values = if known == b"m" || known == b"l" {
                    end
                } else {
                    [values, end].concat()
                };
                path.change(known, &values, object.place);
                values.clear();
            }
            if word.parse::<f64>().is_err() {
                operator = word.as_bytes();
                values.clear();
                if operator == b"C" {
                    path.change(b"h", &[], object.place);
                }
            }
        }
        let before = sheet.page.rules.len();
        if object.is_clear {
            return Ok(());
        }
        if object.strokes {
            path.stroked(&mut sheet.page.rules);
        }
        if object.fills {
            if !object.is_white {
                path.filled(&mut sheet.page.rules);
            }
            let glyphs = sheet.page.glyphs.len();
            let everywhere = sheet.place.area([-1e6, -1e6, 1e6, 1e6]);
            if let Some(everywhere) = everywhere {
                sheet
                    .painting
                    .fill(&path, everywhere, object.is_white, true, glyphs);
            }
        }
        self.rules += sheet.page.rules.len() - before;
        match self.rules > MAX_RULES {
            true => Err(PackageError::TooLarge.into()),
            false => Ok(()),
        }
    }
}

impl Object {
    /// An object that is to be seen.
    fn new(kind: Kind, tag: &Tag<'_>, page: Matrix) -> Option<Self> {
        let is_no = |name| tag.attribute(name).is_some_and(|value| value == "false");
        let is_yes = |name| tag.attribute(name).is_some_and(|value| value == "true");
        if is_no("Visible") {
            return None;
        }
        let boundary: [f64; 4] = tag.attribute("Boundary").and_then(|text| numbers(&text))?;
        let [x, y, width, height] = boundary;
        let change = tag.attribute("CTM").and_then(|text| numbers(&text));
        let change = match (change, kind) {
            (Some(change), _) => Matrix(change),
            // A picture fills its rectangle.
            (None, Kind::Picture) => Matrix([width, 0.0, 0.0, height, 0.0, 0.0]),
            (None, _) => Matrix::ONE,
        };
        let (fills, strokes) = match kind {
            Kind::Text => (!is_no("Fill"), is_yes("Stroke")),
            _ => (is_yes("Fill"), !is_no("Stroke")),
        };
        let alpha = number(tag.attribute("Alpha").as_deref());
        Some(Self {
            kind,
            id: tag
                .number("ID")
                .and_then(|id| i64::try_from(id).ok())
                .unwrap_or(-1),
            place: change.then(Matrix::ONE.moved(x, y)).then(page),
            size: number(tag.attribute("Size").as_deref()).unwrap_or(0.0),
            fills,
            strokes,
            is_white: false,
            is_clear: alpha.is_some_and(|alpha| alpha < CLEAR),
        })
    }

    fn color(&mut self, tag: &Tag<'_>) {
        const WHITE: f64 = 250.0;
        let value: Option<[f64; 3]> = tag.attribute("Value").and_then(|text| numbers(&text));
        self.is_white = value.is_some_and(|value| value.iter().all(|part| *part >= WHITE));
        let alpha = number(tag.attribute("Alpha").as_deref());
        self.is_clear |= alpha.is_some_and(|alpha| alpha < CLEAR);
    }
}

/// From character to character; `g 3 5.2` stands for three times 5.2.
struct Deltas<'a> {
    words: std::str::SplitWhitespace<'a>,
    again: (usize, f64),
}

impl<'a> Deltas<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            words: text.split_whitespace(),
            again: (0, 0.0),
        }
    }

    fn has_any(&self) -> bool {
        self.words.clone().next().is_some()
    }
}

impl Iterator for Deltas<'_> {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        if self.again.0 == 0 {
            self.again = match self.words.next()? {
                "g" => {
                    let times = self.words.next()?.parse().unwrap_or(1);
                    (times, number(self.words.next())?)
                }
                one => (1, number(Some(one)).unwrap_or(0.0)),
            };
        }
        self.again.0 = self.again.0.saturating_sub(1);
        Some(self.again.1)
    }
}

/// What a page says about its paper, and the templates that it is printed on.
fn frame(content: &str) -> Result<(Option<String>, Vec<String>), ReadError> {
    /// Of one page.
    const MAX_TEMPLATES: usize = 16;
    let mut xml = Xml::new(content);
    let (mut paper, mut templates) = (None, Vec::new());
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "PhysicalBox" if paper.is_none() => paper = Some(xml.inner_text()?),
            "Template" if templates.len() < MAX_TEMPLATES => {
                templates.push(tag.owned("TemplateID"));
            }
            "Content" => break,
            _ => {}
        }
    }
    Ok((paper, templates))
}

fn number(text: Option<&str>) -> Option<f64> {
    let number: f64 = text?.trim().parse().ok()?;
    number.is_finite().then_some(number)
}

/// So many numbers, with blanks between them.
fn numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
    let mut all = [0.0; N];
    let mut words = text.split_whitespace();
    for place in &mut all {
        *place = number(words.next())?;
    }
    Some(all)
}
