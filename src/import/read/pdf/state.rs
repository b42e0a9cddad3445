//! How what follows is drawn: the graphics state, and where the next glyph stands.

use super::font::Font;
use super::lex::Value;
use super::path::Matrix;
use std::rc::Rc;

/// What `q` keeps and `Q` brings back.
#[derive(Clone)]
pub(super) struct State {
    pub place: Matrix,
    pub font: Option<Rc<Font>>,
    pub size: f64,
    pub letter_space: f64,
    pub word_space: f64,
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    pub white_fill: bool,
    pub white_stroke: bool,
}

/// The nth value as a number; 0 where there is none.
pub(super) fn number(values: &[Value], nth: usize) -> f64 {
    values.get(nth).and_then(Value::number).unwrap_or(0.0)
}

impl State {
    pub fn new(place: Matrix) -> Self {
        Self {
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
        }
    }

    /// Carries out an operator that only changes the state; any other changes nothing.
    pub fn change(&mut self, operator: &[u8], values: &[Value]) {
        let first = || number(values, 0);
        match operator {
            b"cm" => {
                if let Some(matrix) = Matrix::of(values) {
                    self.place = matrix.then(self.place);
                }
            }
            b"Tc" => self.letter_space = first(),
            b"Tw" => self.word_space = first(),
            b"Tz" => self.stretch = first() / 100.0,
            b"TL" => self.leading = first(),
            b"TD" => self.leading = -number(values, 1),
            b"Ts" => self.rise = first(),
            b"\"" => (self.word_space, self.letter_space) = (first(), number(values, 1)),
            b"g" | b"rg" | b"k" | b"sc" | b"scn" => {
                self.white_fill = is_white(operator, values);
            }
            b"G" | b"RG" | b"K" | b"SC" | b"SCN" => {
                self.white_stroke = is_white(operator, values);
            }
            _ => {}
        }
    }
}

/// Whether a colour is the paper's. Patterns and named colours are not looked up.
fn is_white(operator: &[u8], values: &[Value]) -> bool {
    let ink = operator.eq_ignore_ascii_case(b"k") || values.len() == 4;
    let paper = if ink { 0.0 } else { 1.0 };
    !values.is_empty() && values.iter().all(|value| value.number() == Some(paper))
}

/// The matrices of a text.
#[derive(Clone, Copy)]
pub(super) struct TextPlace {
    line: Matrix,
    pub next: Matrix,
}

impl TextPlace {
    pub const START: Self = Self {
        line: Matrix::ONE,
        next: Matrix::ONE,
    };

    /// Carries out an operator that moves on; any other changes nothing.
    pub fn change(&mut self, operator: &[u8], values: &[Value], state: &State) {
        match operator {
            b"BT" => *self = Self::START,
            b"Td" | b"TD" => self.advance(number(values, 0), number(values, 1)),
            b"Tm" => {
                if let Some(matrix) = Matrix::of(values) {
                    (self.line, self.next) = (matrix, matrix);
                }
            }
            b"T*" | b"'" | b"\"" => self.advance(0.0, -state.leading),
            _ => {}
        }
    }

    fn advance(&mut self, x: f64, y: f64) {
        self.line = self.line.moved(x, y);
        self.next = self.line;
    }
}
