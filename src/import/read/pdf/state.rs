//! How what follows is drawn: the graphics state, and where the next glyph stands.

use super::area::Area;
use super::font::Font;
use super::ink::Paint;
use super::lex::Value;
use super::path::Matrix;
use lopdf::{Dictionary, Document};
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
    pub fill: Paint,
    pub stroke: Paint,
    /// How text is painted, by the format's numbers.
    pub mode: u8,
    /// What can be seen of anything that is drawn.
    pub clip: Area,
    /// Whether what is filled is not seen at all, and whether nothing shines through it.
    pub is_clear: bool,
    pub is_opaque: bool,
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
            fill: Paint::BLACK,
            stroke: Paint::BLACK,
            mode: 0,
            clip: Area::ALL,
            is_clear: false,
            is_opaque: true,
        }
    }

    /// Whether text in this state is not seen wherever it stands: invisible, only a clip, or without colour.
    pub fn hides_text(&self) -> bool {
        matches!(self.mode, 3 | 7) || (self.is_clear && matches!(self.mode, 0 | 4))
    }

    /// Whether text has the paper's colour.
    pub fn is_white(&self) -> bool {
        match self.mode {
            1 | 5 => self.stroke.is_white,
            2 | 6 => self.stroke.is_white && self.fill.is_white,
            _ => self.fill.is_white,
        }
    }

    /// Carries out an operator that only changes the state; any other changes nothing.
    pub fn change(
        &mut self,
        operator: &[u8],
        values: &[Value],
        document: &Document,
        resources: Option<&Dictionary>,
    ) {
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
            b"Tr" => self.mode = first() as u8,
            b"g" | b"rg" | b"k" | b"sc" | b"scn" | b"cs" => {
                self.fill.change(operator, values, document, resources);
            }
            b"G" | b"RG" | b"K" | b"SC" | b"SCN" | b"CS" => {
                let operator = operator.to_ascii_lowercase();
                self.stroke.change(&operator, values, document, resources);
            }
            _ => {}
        }
    }
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
