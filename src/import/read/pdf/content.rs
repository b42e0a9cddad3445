//! Runs a page: where each character stands, which lines are drawn, and which part of the document's structure is
//! being written.

use super::font::{Font, Shown};
use super::lex::{Lexer, Token, Value};
use super::path::{MAX_RULES, Matrix, Path, Rule};
use super::{MAX_STREAM, dictionary, radicals, resolve};
use crate::import::error::{PdfError, ReadError};
use crate::import::read::grid::seen;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;
use std::rc::Rc;

/// A place in the document's structure: the form that is drawn, if any, and the number that it gives.
pub(super) type Mark = (Option<ObjectId>, i64);

/// A character as it stands on the page; points, from the page's upper left corner.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub text: String,
    pub left: f64,
    pub right: f64,
    /// The line it stands on.
    pub base: f64,
    pub size: f64,
    pub mark: Option<Mark>,
    /// Whether the file says that it is no content: page numbers, repeated heads.
    pub is_artifact: bool,
}

/// What a page comes to.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub width: f64,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
}

const MAX_OPERATORS: usize = 3_000_000;
const MAX_GLYPHS: usize = 300_000;
const MAX_FORMS: usize = 16;
const MAX_STATES: usize = 256;

/// What `q` keeps and `Q` brings back.
#[derive(Clone)]
struct State {
    place: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    white_fill: bool,
    white_stroke: bool,
}

/// Marked content that is open.
#[derive(Clone, Default)]
struct Content {
    mark: Option<Mark>,
    is_artifact: bool,
    /// Text that stands for all that is shown, until it has been used.
    actual: Option<String>,
    has_actual: bool,
}

/// Runs the pages of a document, with one measure for all of them.
pub(super) struct Runner<'a> {
    document: &'a Document,
    /// By the dictionary that each stands in.
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    operators: usize,
    glyphs: usize,
    rules: usize,
    inflated: usize,
    /// Glyphs whose meaning the file does not tell.
    pub unknown: usize,
}

impl<'a> Runner<'a> {
    pub fn new(document: &'a Document) -> Self {
        Self {
            document,
            fonts: HashMap::new(),
            operators: 0,
            glyphs: 0,
            rules: 0,
            inflated: 0,
            unknown: 0,
        }
    }

    /// Runs a page.
    ///
    /// # Errors
    /// A sentence if there is more on it than a report could have.
    pub fn page(&mut self, id: ObjectId) -> Result<Page, ReadError> {
        let inherited = |key: &[u8]| {
            let mut at = self.document.get_dictionary(id).ok();
            for _ in 0..64 {
                let here = at?;
                if let Ok(object) = here.get(key) {
                    return Some(resolve(self.document, object));
                }
                at = here
                    .get(b"Parent")
                    .ok()
                    .and_then(|object| dictionary(self.document, object));
            }
            None
        };
        let numbers = |object: Option<&Object>| -> Vec<f64> {
            let list = object.and_then(|object| object.as_array().ok());
            let list = list.into_iter().flatten();
            list.map(|object| {
                resolve(self.document, object)
                    .as_float()
                    .map_or(0.0, f64::from)
            })
            .collect()
        };
        let area = [b"CropBox".as_slice(), b"MediaBox"]
            .iter()
            .map(|key| numbers(inherited(key)))
            .find(|area| area.len() == 4)
            .unwrap_or_else(|| vec![0.0, 0.0, 595.0, 842.0]);
        let (left, right) = (area[0].min(area[2]), area[0].max(area[2]));
        let (bottom, top) = (area[1].min(area[3]), area[1].max(area[3]));
        let (width, height) = (right - left, top - bottom);
        let turn = inherited(b"Rotate")
            .and_then(|object| object.as_i64().ok())
            .unwrap_or(0);
        // Upright, and counted from the upper left corner.
        let (place, width, height) = match turn.rem_euclid(360) {
            90 => (Matrix([0.0, 1.0, 1.0, 0.0, -bottom, -left]), height, width),
            180 => (Matrix([-1.0, 0.0, 0.0, 1.0, right, -bottom]), width, height),
            270 => (Matrix([0.0, -1.0, -1.0, 0.0, top, right]), height, width),
            _ => (Matrix([1.0, 0.0, 0.0, -1.0, -left, top]), width, height),
        };
        let resources = inherited(b"Resources").and_then(|object| object.as_dict().ok());
        let mut bytes = Vec::new();
        for content in self.document.get_page_contents(id) {
            let stream = self
                .document
                .get_object(content)
                .and_then(Object::as_stream);
            if let Ok(stream) = stream {
                bytes.extend(self.inflate(stream)?);
                bytes.push(b'\n');
            }
        }
        let mut run = Run {
            runner: self,
            page: Page {
                width,
                height,
                ..Page::default()
            },
            form: None,
            contents: Vec::new(),
        };
        run.stream(&bytes, resources, place, 0)?;
        Ok(run.page)
    }

    fn inflate(&mut self, stream: &lopdf::Stream) -> Result<Vec<u8>, ReadError> {
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

    fn font(
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
}

/// A page that is being run.
struct Run<'a, 'b> {
    runner: &'b mut Runner<'a>,
    page: Page,
    form: Option<ObjectId>,
    contents: Vec<Content>,
}

/// The matrices of a text.
#[derive(Clone, Copy)]
struct TextPlace {
    line: Matrix,
    next: Matrix,
}

impl<'a> Run<'a, '_> {
    fn stream(
        &mut self,
        bytes: &[u8],
        resources: Option<&'a Dictionary>,
        place: Matrix,
        depth: usize,
    ) -> Result<(), ReadError> {
        let mut state = State {
            place,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            white_fill: false,
            white_stroke: false,
        };
        let mut kept = Vec::new();
        let mut text = TextPlace {
            line: Matrix::ONE,
            next: Matrix::ONE,
        };
        let mut path = Path::default();
        let mut values: Vec<Value> = Vec::new();
        let contents = self.contents.len();
        let mut lexer = Lexer::new(bytes);
        while let Some(token) = lexer.next() {
            let operator = match token {
                Token::Value(value) => {
                    if values.len() < 64 {
                        values.push(value);
                    }
                    continue;
                }
                Token::Operator(operator) => operator,
            };
            self.runner.operators += 1;
            if self.runner.operators > MAX_OPERATORS
                || self.runner.glyphs > MAX_GLYPHS
                || self.runner.rules > MAX_RULES
            {
                return Err(PdfError::TooLarge.into());
            }
            let number = |at: usize| values.get(at).and_then(Value::number).unwrap_or(0.0);
            match operator {
                b"q" if kept.len() < MAX_STATES => kept.push(state.clone()),
                b"Q" => state = kept.pop().unwrap_or(state),
                b"cm" => {
                    if let Some(matrix) = Matrix::of(&values) {
                        state.place = matrix.then(state.place);
                    }
                }
                b"Do" => {
                    if let Some(name) = values.first().and_then(Value::name) {
                        self.form(name, resources, &state, depth)?;
                    }
                }
                b"BI" => lexer.skip_picture(),
                b"BMC" | b"BDC" => self.begin_content(&values, resources),
                b"EMC" if self.contents.len() > contents => drop(self.contents.pop()),
                b"BT" => {
                    text = TextPlace {
                        line: Matrix::ONE,
                        next: Matrix::ONE,
                    }
                }
                b"Tc" => state.letter_space = number(0),
                b"Tw" => state.word_space = number(0),
                b"Tz" => state.stretch = number(0) / 100.0,
                b"TL" => state.leading = number(0),
                b"Ts" => state.rise = number(0),
                b"Tf" => {
                    if let Some(name) = values.first().and_then(Value::name) {
                        state.font = self.runner.font(resources, name)?;
                    }
                    state.size = number(1);
                }
                b"Td" => text.advance(number(0), number(1)),
                b"TD" => {
                    state.leading = -number(1);
                    text.advance(number(0), number(1));
                }
                b"Tm" => {
                    if let Some(matrix) = Matrix::of(&values) {
                        text = TextPlace {
                            line: matrix,
                            next: matrix,
                        };
                    }
                }
                b"T*" => text.advance(0.0, -state.leading),
                b"Tj" | b"TJ" => self.show(values.first(), &state, &mut text),
                b"'" => {
                    text.advance(0.0, -state.leading);
                    self.show(values.first(), &state, &mut text);
                }
                b"\"" => {
                    (state.word_space, state.letter_space) = (number(0), number(1));
                    text.advance(0.0, -state.leading);
                    self.show(values.get(2), &state, &mut text);
                }
                b"g" | b"rg" | b"k" | b"sc" | b"scn" => {
                    state.white_fill = is_white(operator, &values)
                }
                b"G" | b"RG" | b"K" | b"SC" | b"SCN" => {
                    state.white_stroke = is_white(operator, &values)
                }
                b"m" => path.begin(state.place.point(number(0), number(1))),
                b"l" => path.line(state.place.point(number(0), number(1))),
                b"c" => path.curve(state.place.point(number(4), number(5))),
                b"v" | b"y" => path.curve(state.place.point(number(2), number(3))),
                b"h" => path.close(),
                b"re" => {
                    let (x, y, width, height) = (number(0), number(1), number(2), number(3));
                    path.begin(state.place.point(x, y));
                    path.line(state.place.point(x + width, y));
                    path.line(state.place.point(x + width, y + height));
                    path.line(state.place.point(x, y + height));
                    path.close();
                }
                b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => {
                    if matches!(operator, b"s" | b"b" | b"b*") {
                        path.close();
                    }
                    let before = self.page.rules.len();
                    if matches!(operator[0], b'S' | b's' | b'B' | b'b') && !state.white_stroke {
                        path.stroked(&mut self.page.rules);
                    }
                    if !matches!(operator[0], b'S' | b's') && !state.white_fill {
                        path.filled(&mut self.page.rules);
                    }
                    self.runner.rules += self.page.rules.len() - before;
                    path = Path::default();
                }
                b"n" => path = Path::default(),
                _ => {}
            }
            values.clear();
        }
        self.contents.truncate(contents);
        Ok(())
    }

    fn form(
        &mut self,
        name: &[u8],
        resources: Option<&'a Dictionary>,
        state: &State,
        depth: usize,
    ) -> Result<(), ReadError> {
        let document = self.runner.document;
        let object = resources
            .and_then(|resources| resources.get(b"XObject").ok())
            .and_then(|objects| dictionary(document, objects))
            .and_then(|objects| objects.get(name).ok());
        let Some(object) = object else { return Ok(()) };
        let Ok(stream) = resolve(document, object).as_stream() else {
            return Ok(());
        };
        let is_form = stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|kind| kind == b"Form");
        if !is_form || depth >= MAX_FORMS {
            return Ok(());
        }
        let mut matrix = Matrix::ONE;
        if let Some(list) = stream
            .dict
            .get(b"Matrix")
            .ok()
            .and_then(|list| resolve(document, list).as_array().ok())
        {
            for (number, object) in matrix.0.iter_mut().zip(list) {
                *number = resolve(document, object).as_float().map_or(0.0, f64::from);
            }
        }
        let bytes = self.runner.inflate(stream)?;
        let own = stream
            .dict
            .get(b"Resources")
            .ok()
            .and_then(|object| dictionary(document, object));
        let around = self.form;
        // Numbers in a form count in the form, if it takes part in the structure by itself.
        if stream.dict.has(b"StructParents") {
            self.form = object.as_reference().ok();
        }
        let done = self.stream(
            &bytes,
            own.or(resources),
            matrix.then(state.place),
            depth + 1,
        );
        self.form = around;
        done
    }

    fn begin_content(&mut self, values: &[Value], resources: Option<&Dictionary>) {
        let document = self.runner.document;
        let mut content = self.contents.last().cloned().unwrap_or_default();
        // Text that stands for the outer content does so for the inner one too, and once.
        let outer = content.has_actual;
        content.actual = None;
        if values.first().and_then(Value::name) == Some(b"Artifact") {
            content.is_artifact = true;
        }
        let mut mcid = None;
        let mut actual = None;
        match values.get(1) {
            Some(Value::Dictionary(entries)) => {
                for (key, value) in entries {
                    match key.as_slice() {
                        b"MCID" => mcid = value.number().map(|number| number as i64),
                        b"ActualText" => {
                            actual = value
                                .text()
                                .map(|text| Object::string_literal(text.to_vec()));
                        }
                        _ => {}
                    }
                }
            }
            Some(Value::Name(name)) => {
                let found = resources
                    .and_then(|resources| resources.get(b"Properties").ok())
                    .and_then(|all| dictionary(document, all))
                    .and_then(|all| dictionary(document, all.get(name).ok()?));
                if let Some(found) = found {
                    mcid = found.get(b"MCID").and_then(Object::as_i64).ok();
                    actual = found
                        .get(b"ActualText")
                        .ok()
                        .map(|text| resolve(document, text).clone());
                }
            }
            _ => {}
        }
        if let Some(mcid) = mcid {
            content.mark = Some((self.form, mcid));
        }
        if let (Some(actual), false) = (actual, outer) {
            content.actual = lopdf::decode_text_string(&actual).ok();
            content.has_actual = content.actual.is_some();
        }
        if self.contents.len() < MAX_STATES {
            self.contents.push(content);
        }
    }

    fn show(&mut self, value: Option<&Value>, state: &State, text: &mut TextPlace) {
        match value {
            Some(Value::Text(bytes)) => self.string(bytes, state, text),
            Some(Value::List(items)) => {
                for item in items {
                    match item {
                        Value::Text(bytes) => self.string(bytes, state, text),
                        Value::Number(back) => {
                            let back = -back / 1000.0 * state.size;
                            text.next = match state.font.as_ref().is_some_and(|font| font.vertical)
                            {
                                true => text.next.moved(0.0, back),
                                false => text.next.moved(back * state.stretch, 0.0),
                            };
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn string(&mut self, bytes: &[u8], state: &State, text: &mut TextPlace) {
        let Some(font) = state.font.clone() else {
            return;
        };
        font.shown(bytes, |shown| {
            self.glyph(&shown, font.vertical, state, text)
        });
    }

    fn glyph(&mut self, shown: &Shown, vertical: bool, state: &State, text: &mut TextPlace) {
        let place = text.next.then(state.place);
        let width = shown.width * state.size * state.stretch;
        let space = state.letter_space
            + if shown.is_blank {
                state.word_space
            } else {
                0.0
            };
        // In vertical writing the glyph hangs from the middle of its upper edge.
        let (x, y) = match vertical {
            true => (-width / 2.0, -0.88 * state.size),
            false => (0.0, 0.0),
        };
        text.next = match vertical {
            true => text.next.moved(0.0, -state.size + space),
            false => text.next.moved(width + space * state.stretch, 0.0),
        };
        self.runner.glyphs += 1;
        let from = place.point(x, y + state.rise);
        let to = place.point(x + width, y + state.rise);
        let above = place.point(x, y + state.rise + state.size);
        let size = (above.0 - from.0).hypot(above.1 - from.1);
        let content = self.contents.last_mut();
        let words = match content {
            Some(Content {
                has_actual: true, ..
            }) => self
                .contents
                .iter_mut()
                .rev()
                .find_map(|content| content.actual.take())
                .unwrap_or_default(),
            _ => {
                self.runner.unknown += usize::from(shown.text.is_empty());
                shown.text.clone()
            }
        };
        let words: String = words
            .chars()
            .filter_map(seen)
            .map(|c| {
                if c.is_whitespace() {
                    ' '
                } else {
                    radicals::meant(c)
                }
            })
            .collect();
        let on_page = (-1.0..=self.page.width + 1.0).contains(&from.0)
            && (-1.0..=self.page.height + 1.0).contains(&from.1);
        if words.is_empty() || !on_page || !(0.5..=500.0).contains(&size) {
            return;
        }
        // Text that runs up or down takes the room of one character on its line.
        let runs_across = (to.0 - from.0).abs() >= (to.1 - from.1).abs();
        let (left, right, base) = match runs_across {
            true => (from.0.min(to.0), from.0.max(to.0), from.1),
            false => (from.0.min(above.0), from.0.max(above.0), from.1.max(to.1)),
        };
        let content = self.contents.last();
        self.page.glyphs.push(Glyph {
            text: words,
            left,
            right,
            base,
            size,
            mark: content.and_then(|content| content.mark),
            is_artifact: content.is_some_and(|content| content.is_artifact),
        });
    }
}

impl TextPlace {
    fn advance(&mut self, x: f64, y: f64) {
        self.line = self.line.moved(x, y);
        self.next = self.line;
    }
}

/// Whether a colour is the paper's. Patterns and named colours are not looked up.
fn is_white(operator: &[u8], values: &[Value]) -> bool {
    let ink = operator.eq_ignore_ascii_case(b"k") || values.len() == 4;
    let paper = if ink { 0.0 } else { 1.0 };
    !values.is_empty() && values.iter().all(|value| value.number() == Some(paper))
}
