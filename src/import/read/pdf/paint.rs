//! Goes through the painting of a page and notes where each glyph and each ruling line ends up.

use super::font::{Font, numbers};
use super::{MAX_STREAM, entry, number};
use crate::import::source::Part;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, decode_text_string};
use std::collections::HashMap;

/// What is painted on a page, its upper left corner at (0, 0).
pub(super) struct Sheet {
    pub id: ObjectId,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
}

/// A glyph with its words.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub text: String,
    /// The left end of its base line.
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub size: f32,
    /// The marked content that it belongs to.
    pub mark: Option<i64>,
}

/// A ruling line, or the edge of a frame.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    Across { y: f32, from: f32, to: f32 },
    Down { x: f32, from: f32, to: f32 },
}

impl Sheet {
    /// How many characters are painted.
    pub fn words(&self) -> usize {
        self.glyphs
            .iter()
            .map(|glyph| glyph.text.chars().count())
            .sum()
    }
}

/// What a whole file may cost.
pub(super) struct Budget {
    operators: usize,
    glyphs: usize,
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            operators: 3_000_000,
            glyphs: 500_000,
            bytes: 96 << 20,
        }
    }
}

fn too_much() -> String {
    "这个 PDF 文件里画的东西太多，不像一份年报，没有读取；请另存成 .docx，或复制整张表格粘贴"
        .to_owned()
}

/// Paints a page on paper.
pub(super) fn sheet(
    document: &Document,
    id: ObjectId,
    budget: &mut Budget,
) -> Result<Sheet, String> {
    let mut sheet = Sheet {
        id,
        glyphs: Vec::new(),
        rules: Vec::new(),
    };
    let content = document
        .get_page_content_with_limit(id, MAX_STREAM)
        .map_err(|_| too_much())?;
    let Ok(page) = document.get_dictionary(id) else {
        return Ok(sheet);
    };
    let start = upright(document, page);
    let resources =
        inherited(document, page, b"Resources").and_then(|object| object.as_dict().ok());
    let mut painter = Painter {
        document,
        sheet: &mut sheet,
        budget,
        fonts: HashMap::new(),
    };
    painter.run(&content, resources, start, 0)?;
    Ok(sheet)
}

/// An entry of a page or of the groups that it is in.
fn inherited<'a>(document: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    const DEEP: usize = 32;
    let mut at = page;
    for _ in 0..DEEP {
        if let Some(found) = entry(document, at, key) {
            return Some(found);
        }
        at = entry(document, at, b"Parent")?.as_dict().ok()?;
    }
    None
}

/// From the page's coordinates to those of the reader: the page turned as it is shown, and downwards.
fn upright(document: &Document, page: &Dictionary) -> Matrix {
    let sides = inherited(document, page, b"MediaBox").map(numbers);
    let sides = sides.filter(|sides| sides.len() == 4);
    let [left, bottom, right, top] = match sides.as_deref() {
        Some(&[a, b, c, d]) => [a.min(c), b.min(d), a.max(c), b.max(d)],
        _ => [0.0, 0.0, 595.0, 842.0],
    };
    let turned = inherited(document, page, b"Rotate").and_then(number);
    match turned.unwrap_or(0.0) as i32 % 360 {
        90 | -270 => Matrix([0.0, 1.0, 1.0, 0.0, -bottom, -left]),
        180 | -180 => Matrix([-1.0, 0.0, 0.0, 1.0, right, -bottom]),
        270 | -90 => Matrix([0.0, -1.0, -1.0, 0.0, top, right]),
        _ => Matrix([1.0, 0.0, 0.0, -1.0, -left, top]),
    }
}

/// (x, y) → (a·x + c·y + e, b·x + d·y + f).
#[derive(Clone, Copy, Debug)]
struct Matrix([f32; 6]);

impl Matrix {
    const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First this one, then the other.
    fn then(self, Self([a, b, c, d, e, f]): Self) -> Self {
        let [p, q, r, s, t, u] = self.0;
        Self([
            p * a + q * c,
            p * b + q * d,
            r * a + s * c,
            r * b + s * d,
            t * a + u * c + e,
            t * b + u * d + f,
        ])
    }

    fn at(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    fn shift(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    fn of(operands: &[Object]) -> Option<Self> {
        let numbers: Vec<f32> = operands.iter().filter_map(number).collect();
        Some(Self(numbers.try_into().ok()?))
    }
}

struct Painter<'a, 's> {
    document: &'a Document,
    sheet: &'s mut Sheet,
    budget: &'s mut Budget,
    fonts: HashMap<*const Dictionary, Font<'a>>,
}

/// What `q` keeps and `Q` brings back.
#[derive(Clone, Copy)]
struct State {
    ctm: Matrix,
    font: Option<*const Dictionary>,
    size: f32,
    char_space: f32,
    word_space: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
    line_width: f32,
}

/// A piece of marked content.
struct Marked {
    mark: Option<i64>,
    /// What it says instead of its glyphs, until they are there.
    instead: Option<String>,
    first_glyph: usize,
}

impl<'a> Painter<'a, '_> {
    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        start: Matrix,
        depth: usize,
    ) -> Result<(), String> {
        const MOST_STATES: usize = 256;
        self.budget.bytes = self
            .budget
            .bytes
            .checked_sub(content.len())
            .ok_or_else(too_much)?;
        let mut state = State {
            ctm: start,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            line_width: 1.0,
        };
        let mut kept = Vec::new();
        let mut text = (Matrix::SAME, Matrix::SAME);
        let mut path = Path::default();
        let mut marked: Vec<Marked> = Vec::new();
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else { break };
            self.budget.operators = self.budget.operators.checked_sub(1).ok_or_else(too_much)?;
            let operands = &operation.operands;
            let value = |at: usize| operands.get(at).and_then(number).unwrap_or(0.0);
            match operation.operator.as_str() {
                "q" if kept.len() < MOST_STATES => kept.push(state),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => {
                    if let Some(matrix) = Matrix::of(operands) {
                        state.ctm = matrix.then(state.ctm);
                    }
                }
                "w" => state.line_width = value(0),
                "BT" => text = (Matrix::SAME, Matrix::SAME),
                "Tf" => {
                    state.size = value(1);
                    let name = operands.first().and_then(|name| name.as_name().ok());
                    state.font = name.and_then(|name| self.font(resources, name));
                }
                "Tc" => state.char_space = value(0),
                "Tw" => state.word_space = value(0),
                "Tz" => state.stretch = value(0) / 100.0,
                "TL" => state.leading = value(0),
                "Ts" => state.rise = value(0),
                "Td" | "TD" => {
                    if operation.operator == "TD" {
                        state.leading = -value(1);
                    }
                    text.1 = Matrix::shift(value(0), value(1)).then(text.1);
                    text.0 = text.1;
                }
                "Tm" => {
                    if let Some(matrix) = Matrix::of(operands) {
                        text = (matrix, matrix);
                    }
                }
                "T*" | "'" | "\"" => {
                    text.1 = Matrix::shift(0.0, -state.leading).then(text.1);
                    text.0 = text.1;
                    if operation.operator == "\"" {
                        state.word_space = value(0);
                        state.char_space = value(1);
                    }
                    if let Some(Object::String(bytes, _)) = operands.last() {
                        self.show(bytes, &state, &mut text.0, &marked)?;
                    }
                }
                "Tj" => {
                    if let Some(Object::String(bytes, _)) = operands.first() {
                        self.show(bytes, &state, &mut text.0, &marked)?;
                    }
                }
                "TJ" => {
                    let pieces = operands.first().and_then(|pieces| pieces.as_array().ok());
                    for piece in pieces.into_iter().flatten() {
                        match piece {
                            Object::String(bytes, _) => {
                                self.show(bytes, &state, &mut text.0, &marked)?;
                            }
                            other => {
                                let by = -number(other).unwrap_or(0.0) / 1000.0 * state.size;
                                text.0 = self.step(&state, by).then(text.0);
                            }
                        }
                    }
                }
                "BMC" | "BDC" => marked.push(self.mark(operands, resources, &marked)),
                "EMC" => {
                    if let Some(ended) = marked.pop() {
                        self.say_instead(ended);
                    }
                }
                "Do" => {
                    let name = operands.first().and_then(|name| name.as_name().ok());
                    if let Some(form) = name.and_then(|name| self.form(resources, name)) {
                        self.form_run(form, resources, state.ctm, depth)?;
                    }
                }
                "m" => path.begin(state.ctm.at(value(0), value(1))),
                "l" => path.line(state.ctm.at(value(0), value(1))),
                "c" => path.curve(state.ctm.at(value(4), value(5))),
                "v" | "y" => path.curve(state.ctm.at(value(2), value(3))),
                "h" => path.close(),
                "re" => {
                    let (x, y, width, height) = (value(0), value(1), value(2), value(3));
                    path.begin(state.ctm.at(x, y));
                    path.line(state.ctm.at(x + width, y));
                    path.line(state.ctm.at(x + width, y + height));
                    path.line(state.ctm.at(x, y + height));
                    path.close();
                }
                "S" | "s" => {
                    if operation.operator == "s" {
                        path.close();
                    }
                    path.stroke(&mut self.sheet.rules);
                }
                "f" | "F" | "f*" => path.fill(&mut self.sheet.rules),
                "B" | "B*" | "b" | "b*" => path.stroke(&mut self.sheet.rules),
                "n" => path = Path::default(),
                _ => {}
            }
            if self.sheet.rules.len() > 50_000 {
                return Err(too_much());
            }
        }
        Ok(())
    }

    fn font(
        &mut self,
        resources: Option<&'a Dictionary>,
        name: &[u8],
    ) -> Option<*const Dictionary> {
        let fonts = entry(self.document, resources?, b"Font")?.as_dict().ok()?;
        let font = entry(self.document, fonts, name)?.as_dict().ok()?;
        let key = std::ptr::from_ref(font);
        self.fonts
            .entry(key)
            .or_insert_with(|| Font::new(self.document, font));
        Some(key)
    }

    fn form(&self, resources: Option<&'a Dictionary>, name: &[u8]) -> Option<&'a Stream> {
        let objects = entry(self.document, resources?, b"XObject")?
            .as_dict()
            .ok()?;
        let form = entry(self.document, objects, name)?.as_stream().ok()?;
        let subtype = entry(self.document, &form.dict, b"Subtype")?
            .as_name()
            .ok()?;
        (subtype == b"Form").then_some(form)
    }

    fn form_run(
        &mut self,
        form: &'a Stream,
        around: Option<&'a Dictionary>,
        ctm: Matrix,
        depth: usize,
    ) -> Result<(), String> {
        const DEEPEST: usize = 8;
        if depth >= DEEPEST {
            return Ok(());
        }
        let content = form
            .get_plain_content_with_limit(MAX_STREAM)
            .map_err(|_| too_much())?;
        let own = entry(self.document, &form.dict, b"Resources").and_then(|own| own.as_dict().ok());
        let matrix = entry(self.document, &form.dict, b"Matrix").map(numbers);
        let matrix = matrix.and_then(|matrix| matrix.try_into().ok());
        let matrix = matrix.map_or(Matrix::SAME, Matrix);
        self.run(&content, own.or(around), matrix.then(ctm), depth + 1)
    }

    /// The step to the next glyph.
    fn step(&self, state: &State, by: f32) -> Matrix {
        let vertical = state
            .font
            .and_then(|font| self.fonts.get(&font))
            .is_some_and(|font| font.vertical);
        if vertical {
            Matrix::shift(0.0, by)
        } else {
            Matrix::shift(by * state.stretch, 0.0)
        }
    }

    fn show(
        &mut self,
        bytes: &[u8],
        state: &State,
        text: &mut Matrix,
        marked: &[Marked],
    ) -> Result<(), String> {
        let Some(font) = state.font.and_then(|font| self.fonts.get_mut(&font)) else {
            return Ok(());
        };
        let vertical = font.vertical;
        let mark = marked.iter().rev().find_map(|marked| marked.mark);
        for code in font.codes(bytes) {
            let whole = text.then(state.ctm);
            // A vertical glyph hangs below its origin, its middle under it.
            let (left, base) = if vertical {
                (-code.width / 2.0 * state.size, -0.88 * state.size)
            } else {
                (0.0, 0.0)
            };
            let across = code.width * state.size * state.stretch;
            let (x, y) = whole.at(left, base + state.rise);
            let (end, _) = whole.at(left + across, base + state.rise);
            let (_, top) = whole.at(left, base + state.rise + state.size);
            let (above_x, _) = whole.at(left, base + state.size);
            let size = (y - top).abs().max((above_x - x).abs());
            if !code.text.is_empty() && x.is_finite() && y.is_finite() {
                self.budget.glyphs = self.budget.glyphs.checked_sub(1).ok_or_else(too_much)?;
                self.sheet.glyphs.push(Glyph {
                    text: code.text,
                    x: x.min(end),
                    y,
                    width: (end - x).abs(),
                    size,
                    mark,
                });
            }
            let space = state.char_space + if code.is_blank { state.word_space } else { 0.0 };
            let step = if vertical {
                Matrix::shift(0.0, -state.size + space)
            } else {
                Matrix::shift((code.width * state.size + space) * state.stretch, 0.0)
            };
            *text = step.then(*text);
        }
        Ok(())
    }

    fn mark(
        &self,
        operands: &[Object],
        resources: Option<&'a Dictionary>,
        around: &[Marked],
    ) -> Marked {
        let named = |name: &Object| {
            let all = entry(self.document, resources?, b"Properties")?
                .as_dict()
                .ok()?;
            entry(self.document, all, name.as_name().ok()?)?
                .as_dict()
                .ok()
        };
        let properties = match operands.get(1) {
            Some(Object::Dictionary(properties)) => Some(properties),
            Some(name) => named(name),
            None => None,
        };
        let value = |key: &[u8]| entry(self.document, properties?, key);
        let own = value(b"MCID").and_then(|id| id.as_i64().ok());
        let instead = value(b"ActualText").and_then(|text| decode_text_string(text).ok());
        Marked {
            mark: own.or_else(|| around.iter().rev().find_map(|marked| marked.mark)),
            instead,
            first_glyph: self.sheet.glyphs.len(),
        }
    }

    /// Puts what a piece really says in the place of its glyphs.
    fn say_instead(&mut self, ended: Marked) {
        let glyphs = &mut self.sheet.glyphs;
        if let Some(instead) = ended.instead
            && let Some(last) = glyphs[ended.first_glyph.min(glyphs.len())..]
                .last()
                .cloned()
        {
            let first = &mut glyphs[ended.first_glyph];
            first.width = last.x + last.width - first.x;
            first.text = instead
                .chars()
                .filter_map(super::super::grid::seen)
                .collect();
            glyphs.truncate(ended.first_glyph + 1);
        }
    }
}

/// A path that is being drawn, as straight pieces.
#[derive(Default)]
struct Path {
    pieces: Vec<((f32, f32), (f32, f32))>,
    start: (f32, f32),
    here: (f32, f32),
    curved: bool,
}

/// What is thinner is a line, whichever way it is painted.
const THIN: f32 = 2.6;
/// A line that leans less is straight.
const LEAN: f32 = 0.7;

impl Path {
    fn begin(&mut self, at: (f32, f32)) {
        (self.start, self.here) = (at, at);
    }

    fn line(&mut self, to: (f32, f32)) {
        const MOST: usize = 100_000;
        if self.pieces.len() < MOST {
            self.pieces.push((self.here, to));
        }
        self.here = to;
    }

    fn curve(&mut self, to: (f32, f32)) {
        self.curved = true;
        self.here = to;
    }

    fn close(&mut self) {
        if self.here != self.start {
            self.line(self.start);
        }
    }

    fn stroke(&mut self, rules: &mut Vec<Rule>) {
        rules.extend(self.pieces.drain(..).filter_map(|(a, b)| rule(a, b)));
        *self = Self::default();
    }

    /// Thin filled shapes are lines too, one for each closed figure.
    fn fill(&mut self, rules: &mut Vec<Rule>) {
        if !self.curved {
            // Each rectangle has four sides.
            for figure in self.pieces.chunks(4) {
                let points = || figure.iter().flat_map(|(a, b)| [*a, *b]);
                let (left, right) = bounds(points().map(|(x, _)| x));
                let (top, bottom) = bounds(points().map(|(_, y)| y));
                let (middle_x, middle_y) = ((left + right) / 2.0, (top + bottom) / 2.0);
                if bottom - top <= THIN && right - left > THIN {
                    rules.push(Rule::Across {
                        y: middle_y,
                        from: left,
                        to: right,
                    });
                } else if right - left <= THIN && bottom - top > THIN {
                    rules.push(Rule::Down {
                        x: middle_x,
                        from: top,
                        to: bottom,
                    });
                }
            }
        }
        *self = Self::default();
    }
}

fn bounds(numbers: impl Iterator<Item = f32>) -> (f32, f32) {
    numbers.fold((f32::MAX, f32::MIN), |(least, most), n| {
        (least.min(n), most.max(n))
    })
}

fn rule(a: (f32, f32), b: (f32, f32)) -> Option<Rule> {
    let (across, down) = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
    if down <= LEAN && across > THIN {
        Some(Rule::Across {
            y: (a.1 + b.1) / 2.0,
            from: a.0.min(b.0),
            to: a.0.max(b.0),
        })
    } else if across <= LEAN && down > THIN {
        Some(Rule::Down {
            x: (a.0 + b.0) / 2.0,
            from: a.1.min(b.1),
            to: a.1.max(b.1),
        })
    } else {
        None
    }
}

/// The words of glyphs in the order in which they are painted; a blank where Latin words are only moved apart.
pub(super) fn in_order<'a>(glyphs: impl Iterator<Item = &'a Glyph>) -> String {
    let mut text = String::new();
    let mut before: Option<&Glyph> = None;
    for glyph in glyphs {
        if let Some(before) = before {
            let same_line = (before.y - glyph.y).abs() < glyph.size / 2.0;
            // A number that is too long for its line is one number all the same.
            let latin = |c: Option<char>| {
                c.is_some_and(|c| c.is_ascii_alphabetic() || same_line && c.is_ascii_digit())
            };
            let apart = !same_line || glyph.x - (before.x + before.width) > glyph.size * 0.2;
            if apart && latin(text.chars().last()) && latin(glyph.text.chars().next()) {
                text.push(' ');
            }
        }
        text.push_str(&glyph.text);
        before = Some(glyph);
    }
    text
}

/// A paragraph of these words, unless there are none.
pub(super) fn paragraph(text: &str) -> Option<Part> {
    let text = text.trim();
    (!text.is_empty()).then(|| Part::Text(text.to_owned()))
}
