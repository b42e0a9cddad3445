//! Marked content: which part of the document's structure is being written, and what it stands for.

use super::layers::Layers;
use super::lex::Value;
use super::objects::{dictionary, resolve};
use super::page::Mark;
use lopdf::{Dictionary, Document, Object, ObjectId};

const MAX_OPEN: usize = 256;

/// Marked content that is open.
#[derive(Clone, Default)]
struct Marked {
    mark: Option<Mark>,
    is_artifact: bool,
    /// Text that stands for all that is shown, until it has been used.
    actual: Option<String>,
    has_actual: bool,
    /// Whether it belongs to a layer that is switched off.
    is_off: bool,
}

/// All of it, the inmost last.
#[derive(Default)]
pub(super) struct MarkedContents(Vec<Marked>);

impl MarkedContents {
    /// How many are open.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Ends all but so many.
    pub fn truncate(&mut self, open: usize) {
        self.0.truncate(open);
    }

    /// Begins one, as the values before its operator say; numbers in it count in `form`, if any.
    pub fn begin(
        &mut self,
        values: &[Value],
        document: &Document,
        resources: Option<&Dictionary>,
        form: Option<ObjectId>,
        layers: &Layers,
    ) {
        let mut marked = self.0.last().cloned().unwrap_or_default();
        // Text that stands for the outer content does so for the inner one too, and once.
        let outer = marked.has_actual;
        marked.actual = None;
        if values.first().and_then(Value::name) == Some(b"Artifact") {
            marked.is_artifact = true;
        }
        if let (Some(b"OC"), Some(name)) = (
            values.first().and_then(Value::name),
            values.get(1).and_then(Value::name),
        ) {
            let layer = property(name, document, resources);
            marked.is_off |= layer.is_some_and(|layer| layers.hides(document, layer));
        }
        let (mcid, actual) = match values.get(1) {
            Some(Value::Dictionary(entries)) => written_out(entries),
            Some(Value::Name(name)) => named(name, document, resources),
            _ => (None, None),
        };
        if let Some(mcid) = mcid {
            marked.mark = Some((form, mcid));
        }
        if let (Some(actual), false) = (actual, outer) {
            marked.actual = lopdf::decode_text_string(&actual).ok();
            marked.has_actual = marked.actual.is_some();
        }
        if self.0.len() < MAX_OPEN {
            self.0.push(marked);
        }
    }

    /// The words that stand for what is shown now; none where it speaks for itself, and nothing more once they are said.
    pub fn actual(&mut self) -> Option<String> {
        self.0.last().filter(|marked| marked.has_actual)?;
        let mut open = self.0.iter_mut().rev();
        let actual = open.find_map(|marked| marked.actual.take());
        Some(actual.unwrap_or_default())
    }

    /// Whether what is drawn now belongs to a layer that is switched off.
    pub fn is_off(&self) -> bool {
        self.0.last().is_some_and(|last| last.is_off)
    }

    /// The place in the structure, and whether the file says that it is no content.
    pub fn place(&self) -> (Option<Mark>, bool) {
        let last = self.0.last();
        last.map_or((None, false), |last| (last.mark, last.is_artifact))
    }
}

/// Number and text of what stands in the stream itself.
fn written_out(entries: &[(Vec<u8>, Value)]) -> (Option<i64>, Option<Object>) {
    let (mut mcid, mut actual) = (None, None);
    for (key, value) in entries {
        match key.as_slice() {
            b"MCID" => mcid = value.number().map(|number| number as i64),
            b"ActualText" => {
                let text = value.text();
                actual = text.map(|text| Object::string_literal(text.to_vec()));
            }
            _ => {}
        }
    }
    (mcid, actual)
}

/// What a name stands for among the resources.
fn property<'a>(
    name: &[u8],
    document: &'a Document,
    resources: Option<&'a Dictionary>,
) -> Option<&'a Object> {
    let all = resources?.get(b"Properties").ok()?;
    dictionary(document, all)?.get(name).ok()
}

/// Number and text of what stands among the resources.
fn named(
    name: &[u8],
    document: &Document,
    resources: Option<&Dictionary>,
) -> (Option<i64>, Option<Object>) {
    let found = property(name, document, resources);
    let found = found.and_then(|found| dictionary(document, found));
    let Some(found) = found else {
        return (None, None);
    };
    let mcid = found.get(b"MCID").and_then(Object::as_i64).ok();
    let actual = found.get(b"ActualText").ok();
    (mcid, actual.map(|text| resolve(document, text).clone()))
}
