//! What is painted with: colours as far as they tell whether a person sees what is drawn.

use super::lex::Value;
use super::objects::{dictionary, resolve};
use lopdf::{Dictionary, Document, Object};

/// How the numbers of a colour are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Space {
    /// More is lighter.
    Light,
    /// More is more ink.
    Ink,
    /// Patterns, numbers in a palette and the like.
    Other,
}

/// A colour and its space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    space: Space,
    /// Whether it is the paper's.
    pub is_white: bool,
}

impl Paint {
    pub const BLACK: Self = Self {
        space: Space::Light,
        is_white: false,
    };

    /// Carries out an operator that changes this paint; its letters are small for filling.
    pub fn change(
        &mut self,
        operator: &[u8],
        values: &[Value],
        document: &Document,
        resources: Option<&Dictionary>,
    ) {
        match operator {
            b"g" | b"rg" => self.space = Space::Light,
            b"k" => self.space = Space::Ink,
            b"cs" => {
                let name = values.first().and_then(Value::name).unwrap_or_default();
                self.space = space(name, document, resources);
                self.is_white = false;
                return;
            }
            b"sc" | b"scn" => {}
            _ => return,
        }
        let all = |wanted: f64| {
            !values.is_empty() && values.iter().all(|value| value.number() == Some(wanted))
        };
        self.is_white = match self.space {
            Space::Light => all(1.0),
            Space::Ink => all(0.0),
            Space::Other => false,
        };
    }
}

fn space(name: &[u8], document: &Document, resources: Option<&Dictionary>) -> Space {
    match name {
        b"DeviceGray" | b"DeviceRGB" | b"CalGray" | b"CalRGB" => return Space::Light,
        b"DeviceCMYK" => return Space::Ink,
        _ => {}
    }
    let found = resources
        .and_then(|resources| dictionary(document, resources.get(b"ColorSpace").ok()?))
        .and_then(|spaces| spaces.get(name).ok())
        .map(|space| resolve(document, space));
    let list = match found {
        Some(Object::Name(name)) if name.as_slice() != b"Pattern" => {
            return space(name, document, None);
        }
        Some(Object::Array(list)) => list,
        _ => return Space::Other,
    };
    match list.first().and_then(|kind| kind.as_name().ok()) {
        Some(b"CalGray" | b"CalRGB") => Space::Light,
        Some(b"Separation" | b"DeviceN") => Space::Ink,
        Some(b"ICCBased") => {
            let stream = list.get(1).map(|object| resolve(document, object));
            let stream = stream.and_then(|object| object.as_stream().ok());
            let count =
                stream.and_then(|stream| stream.dict.get(b"N").and_then(Object::as_i64).ok());
            match count {
                Some(1 | 3) => Space::Light,
                Some(4) => Space::Ink,
                _ => Space::Other,
            }
        }
        _ => Space::Other,
    }
}
