//! Runs a page: where each character stands, which lines are drawn, and which part of the document's structure is
//! being written.

use super::font::Shown;
use super::lex::{Lexer, Token, Value};
use super::marked::MarkedContents;
use super::objects::{dictionary, resolve};
use super::page::{Glyph, Page};
use super::path::{Matrix, Path};
use super::radicals;
use super::state::{State, TextPlace, number};
use super::store::Store;
use crate::import::error::ReadError;
use crate::import::read::grid::seen;
use lopdf::{Dictionary, Object, ObjectId};

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
}

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
) -> Result<Page, ReadError> {
    let mut run = Run {
        store,
        page,
        form: None,
        marked: MarkedContents::default(),
    };
    run.stream(content, resources, place, 0)?;
    Ok(run.page)
}

impl<'a> Run<'a, '_> {
    fn stream(
        &mut self,
        bytes: &[u8],
        resources: Option<&'a Dictionary>,
        place: Matrix,
        depth: usize,
    ) -> Result<(), ReadError> {
        let mut state = State::new(place);
        let mut kept = Vec::new();
        let mut text = TextPlace::START;
        let mut path = Path::default();
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
            state.change(operator, &values);
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
                    let document = self.store.document;
                    self.marked.begin(&values, document, resources, self.form);
                }
                b"EMC" => self
                    .marked
                    .truncate(marked.max(self.marked.len().saturating_sub(1))),
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
                    path = Path::default();
                }
                b"n" => path = Path::default(),
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
        if strokes && !state.white_stroke {
            path.stroked(&mut self.page.rules);
        }
        if !matches!(operator[0], b'S' | b's') && !state.white_fill {
            path.filled(&mut self.page.rules);
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
        let bytes = self.store.inflate(stream)?;
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
        self.page.glyphs.push(Glyph {
            text: words,
            left,
            right,
            base,
            size,
            mark,
            is_artifact,
        });
    }
}
