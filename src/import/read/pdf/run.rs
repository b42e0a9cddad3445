//! Runs a page: where each character stands, which lines are drawn, and which part of the document's structure is
//! being written.

use super::annotations::{self, Annotation, Shows, rectangle};
use super::area::Area;
use super::font::Shown;
use super::lex::{Lexer, Token, Value};
use super::marked::MarkedContents;
use super::objects::{dictionary, resolve};
use super::page::{Glyph, Page};
use super::path::{Matrix, Path};
use super::radicals;
use super::seen::{Painting, is_within};
use super::state::{State, TextPlace, number};
use super::store::Store;
use crate::import::error::ReadError;
use crate::import::read::grid::seen;
use lopdf::{Dictionary, Object, ObjectId, Stream};

const MAX_FORMS: usize = 16;
const MAX_STATES: usize = 256;
/// Values before one operator.
const MAX_VALUES: usize = 64;

/// A page that is being run.
struct Run<'a, 'b> {
    store: &'b mut Store<'a>,
    page: Page,
    /// The form that is drawn, if it takes part in the structure by itself.
    form: Option<ObjectId>,
    marked: MarkedContents,
    /// The annotation that is drawn; none inside for one without a name.
    annotation: Option<Option<ObjectId>>,
    painting: Painting,
}

/// The number under which the characters of an annotation stand in the structure.
pub(super) const OF_ANNOTATION: i64 = -1;

/// Runs the content of a page onto it.
///
/// # Errors
/// If there is more on the pages than a report could have.
pub(super) fn run<'a>(
    store: &mut Store<'a>,
    page: Page,
    content: &[u8],
    resources: Option<&'a Dictionary>,
    place: Matrix,
    annotations: &[Annotation<'a>],
) -> Result<Page, ReadError> {
    let mut run = Run {
        store,
        page,
        form: None,
        marked: MarkedContents::default(),
        annotation: None,
        painting: Painting::default(),
    };
    run.stream(content, resources, State::new(place), 0)?;
    for annotation in annotations {
        run.annotation(annotation, place)?;
    }
    Ok(run.finish())
}

/// The alpha below which nothing is seen, and from which on nothing shines through.
const ALPHA: (f64, f64) = (0.02, 0.99);

impl<'a> Run<'a, '_> {
    /// The page without what nobody sees.
    fn finish(mut self) -> Page {
        let mut seen = self.painting.seen(&self.page.glyphs).into_iter();
        self.page.glyphs.retain(|_| seen.next().unwrap_or(true));
        self.page.strike_out();
        self.page
    }

    fn annotation(&mut self, annotation: &Annotation<'a>, place: Matrix) -> Result<(), ReadError> {
        self.annotation = Some(annotation.id);
        let done = match &annotation.shows {
            Shows::Drawn(stream) => {
                let document = self.store.document;
                let drawn =
                    rectangle(document, &stream.dict, b"BBox").unwrap_or(annotation.corners);
                let onto = annotations::onto(annotation.corners, drawn, self.matrix_of(stream));
                let place = onto.unwrap_or(Matrix::ONE).then(place);
                self.drawn(stream, None, None, &State::new(place), 0)
            }
            Shows::Text(text) => {
                self.written(text, annotation.corners, place);
                Ok(())
            }
        };
        self.annotation = None;
        done
    }

    /// A text that fills a rectangle.
    fn written(&mut self, text: &str, corners: [f64; 4], place: Matrix) {
        const SIZE: f64 = 10.0;
        let Some(area) = place.area(corners) else {
            return;
        };
        let text: String = text
            .chars()
            .filter_map(seen)
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .collect();
        self.store.glyphs += 1;
        let size = SIZE.min(area.bottom - area.top).max(1.0);
        self.page.glyphs.push(Glyph {
            text,
            left: area.left,
            right: area.right,
            base: (area.top + area.bottom) / 2.0 + 0.35 * size,
            size,
            mark: self.annotation.map(|id| (id, OF_ANNOTATION)),
            is_artifact: false,
        });
    }

    fn stream(
        &mut self,
        bytes: &[u8],
        resources: Option<&'a Dictionary>,
        mut state: State,
        depth: usize,
    ) -> Result<(), ReadError> {
        let document = self.store.document;
        let mut kept = Vec::new();
        let mut text = TextPlace::START;
        let mut path = Path::default();
        let mut clips = false;
        let mut values: Vec<Value> = Vec::new();
        let marked = self.marked.len();
        let mut lexer = Lexer::new(bytes);
        while let Some(token) = lexer.next() {
            let operator = match token {
                Token::Value(value) => {
                    if values.len() < MAX_VALUES {
                        values.push(value);
                    }
                    continue;
                }
                Token::Operator(operator) => operator,
            };
            self.store.count_operator()?;
            state.change(operator, &values, document, resources);
            text.change(operator, &values, &state);
            path.change(operator, &values, state.place);
            match operator {
                b"q" if kept.len() < MAX_STATES => kept.push(state.clone()),
                b"Q" => state = kept.pop().unwrap_or(state),
                b"Do" => {
                    if let Some(name) = values.first().and_then(Value::name) {
                        self.form(name, resources, &state, depth)?;
                    }
                }
                b"BI" => lexer.skip_picture(),
                b"BMC" | b"BDC" => {
                    let layers = &self.store.layers;
                    self.marked
                        .begin(&values, document, resources, self.form, layers);
                }
                b"EMC" => self
                    .marked
                    .truncate(marked.max(self.marked.len().saturating_sub(1))),
                b"gs" => {
                    if let Some(name) = values.first().and_then(Value::name) {
                        self.graphics(name, resources, &mut state);
                    }
                }
                b"W" | b"W*" => clips = true,
                b"Tf" => {
                    if let Some(name) = values.first().and_then(Value::name) {
                        state.font = self.store.font(resources, name)?;
                    }
                    state.size = number(&values, 1);
                }
                b"Tj" | b"TJ" | b"'" => self.show(values.first(), &state, &mut text),
                b"\"" => self.show(values.get(2), &state, &mut text),
                b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => {
                    self.paint(operator, &state, &path);
                    end_path(&mut path, &mut clips, &mut state);
                }
                b"n" => end_path(&mut path, &mut clips, &mut state),
                _ => {}
            }
            values.clear();
        }
        self.marked.truncate(marked);
        Ok(())
    }

    fn paint(&mut self, operator: &[u8], state: &State, path: &Path) {
        let before = self.page.rules.len();
        let strokes = matches!(operator[0], b'S' | b's' | b'B' | b'b');
        let fills = !matches!(operator[0], b'S' | b's');
        if self.marked.is_off() {
            return;
        }
        if strokes && !state.stroke.is_white {
            path.stroked(&mut self.page.rules);
        }
        if fills && !state.fill.is_white {
            path.filled(&mut self.page.rules);
        }
        if fills && !state.is_clear {
            let before = self.page.glyphs.len();
            self.painting.fill(
                path,
                state.clip,
                state.fill.is_white,
                state.is_opaque,
                before,
            );
        }
        self.store.rules += self.page.rules.len() - before;
    }

    fn form(
        &mut self,
        name: &[u8],
        resources: Option<&'a Dictionary>,
        state: &State,
        depth: usize,
    ) -> Result<(), ReadError> {
        let document = self.store.document;
        let object = resources
            .and_then(|resources| resources.get(b"XObject").ok())
            .and_then(|objects| dictionary(document, objects))
            .and_then(|objects| objects.get(name).ok());
        let Some(object) = object else { return Ok(()) };
        let Ok(stream) = resolve(document, object).as_stream() else {
            return Ok(());
        };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name);
        let kind = kind.unwrap_or_default();
        let layer = stream.dict.get(b"OC").ok();
        let is_off = layer.is_some_and(|layer| self.store.layers.hides(document, layer));
        if is_off || self.marked.is_off() {
            return Ok(());
        }
        if kind == b"Image"
            && let Some(area) = state.place.area([0.0, 0.0, 1.0, 1.0])
        {
            let before = self.page.glyphs.len();
            self.painting.picture(area.within(state.clip), before);
        }
        if kind != b"Form" {
            return Ok(());
        }
        self.drawn(stream, object.as_reference().ok(), resources, state, depth)
    }

    fn matrix_of(&self, stream: &Stream) -> Matrix {
        let document = self.store.document;
        let mut matrix = Matrix::ONE;
        let list = stream.dict.get(b"Matrix").ok();
        if let Some(list) = list.and_then(|list| resolve(document, list).as_array().ok()) {
            for (number, object) in matrix.0.iter_mut().zip(list) {
                *number = resolve(document, object).as_float().map_or(0.0, f64::from);
            }
        }
        matrix
    }

    /// Draws a form in the state in which it is met.
    fn drawn(
        &mut self,
        stream: &'a Stream,
        id: Option<ObjectId>,
        resources: Option<&'a Dictionary>,
        state: &State,
        depth: usize,
    ) -> Result<(), ReadError> {
        if depth >= MAX_FORMS {
            return Ok(());
        }
        let document = self.store.document;
        let mut inner = state.clone();
        inner.place = self.matrix_of(stream).then(state.place);
        let edge = rectangle(document, &stream.dict, b"BBox");
        if let Some(edge) = edge.and_then(|edge| inner.place.area(edge)) {
            inner.clip = inner.clip.within(edge);
        }
        let bytes = self.store.inflate(stream)?;
        let own = stream
            .dict
            .get(b"Resources")
            .ok()
            .and_then(|object| dictionary(document, object));
        let around = self.form;
        // Numbers in a form count in the form, if it takes part in the structure by itself.
        if stream.dict.has(b"StructParents") {
            self.form = id;
        }
        let done = self.stream(&bytes, own.or(resources), inner, depth + 1);
        self.form = around;
        done
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
            self.glyph(&shown, font.vertical, state, text);
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
        self.store.glyphs += 1;
        let from = place.point(x, y + state.rise);
        let to = place.point(x + width, y + state.rise);
        let above = place.point(x, y + state.rise + state.size);
        let size = (above.0 - from.0).hypot(above.1 - from.1);
        // Text across the page at a slant is a watermark.
        let Some(turn) = turn(place) else {
            return;
        };
        let words = self.marked.actual().unwrap_or_else(|| {
            self.store.unknown += usize::from(shown.text.is_empty());
            shown.text.clone()
        });
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
        let (mark, is_artifact) = self.marked.place();
        let mark = match self.annotation {
            Some(id) => Some((id, OF_ANNOTATION)),
            None => mark,
        };
        let glyph = Glyph {
            text: words,
            left,
            right,
            base,
            size,
            mark,
            is_artifact,
        };
        if state.hides_text() || self.marked.is_off() || !is_within(&state.clip, &glyph) {
            return;
        }
        if state.is_white() {
            self.painting.white(self.page.glyphs.len());
        }
        self.page.turns[turn] += usize::from(glyph.text != " ");
        self.page.glyphs.push(glyph);
    }

    /// Takes over what a named set of parameters says.
    fn graphics(&self, name: &[u8], resources: Option<&'a Dictionary>, state: &mut State) {
        let document = self.store.document;
        let found = resources
            .and_then(|resources| dictionary(document, resources.get(b"ExtGState").ok()?))
            .and_then(|all| dictionary(document, all.get(name).ok()?));
        let Some(found) = found else { return };
        if let Ok(alpha) = found.get(b"ca") {
            let alpha = resolve(document, alpha).as_float().map_or(1.0, f64::from);
            (state.is_clear, state.is_opaque) = (alpha < ALPHA.0, alpha > ALPHA.1);
        }
        if let Ok(blend) = found.get(b"BM") {
            state.is_opaque &= resolve(document, blend)
                .as_name()
                .is_ok_and(|mode| mode == b"Normal");
        }
    }
}

/// A path has been used up; what it encloses may be the clip from now on.
fn end_path(path: &mut Path, clips: &mut bool, state: &mut State) {
    if std::mem::take(clips) {
        // A clip of nothing lets nothing be seen.
        const NOTHING: Area = Area {
            left: 0.0,
            top: 0.0,
            right: -1.0,
            bottom: -1.0,
        };
        state.clip = state.clip.within(path.area().unwrap_or(NOTHING));
    }
    *path = Path::default();
}

/// In how many quarter turns text runs; `None` for text at a slant.
pub(in crate::import::read) fn turn(place: Matrix) -> Option<usize> {
    /// Of a quarter turn.
    const NEAR: f64 = 0.1;
    let [a, b, ..] = place.0;
    let turns = b.atan2(a) / std::f64::consts::FRAC_PI_2;
    let whole = turns.round();
    ((turns - whole).abs() <= NEAR).then_some((whole as i64).rem_euclid(4) as usize)
}
