//! Layers (optional content): which of them are switched off when the document is opened.

use super::objects::{dictionary, resolve};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashSet;

/// The layers of a document that are not shown.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: HashSet<ObjectId>,
}

fn references<'a>(
    document: &'a Document,
    holder: &'a Dictionary,
    key: &[u8],
) -> impl Iterator<Item = ObjectId> + 'a {
    const MOST: usize = 10_000;
    let list = holder.get(key).ok().map(|object| resolve(document, object));
    let list = list.and_then(|object| object.as_array().ok());
    let each = list.into_iter().flatten().take(MOST);
    each.filter_map(|object| object.as_reference().ok())
}

impl Layers {
    pub fn read(document: &Document) -> Self {
        let mut layers = Self::default();
        let properties = document
            .catalog()
            .ok()
            .and_then(|catalog| dictionary(document, catalog.get(b"OCProperties").ok()?));
        let Some(properties) = properties else {
            return layers;
        };
        let Some(shown) = properties
            .get(b"D")
            .ok()
            .and_then(|d| dictionary(document, d))
        else {
            return layers;
        };
        if shown
            .get(b"BaseState")
            .and_then(Object::as_name)
            .is_ok_and(|state| state == b"OFF")
        {
            layers.off.extend(references(document, properties, b"OCGs"));
            for on in references(document, shown, b"ON") {
                layers.off.remove(&on);
            }
        }
        layers.off.extend(references(document, shown, b"OFF"));
        layers
    }

    /// Whether what belongs to this layer, or to layers as a group says (OCMD), is not shown.
    pub fn hides(&self, document: &Document, layer: &Object) -> bool {
        if self.off.is_empty() {
            return false;
        }
        if let Ok(id) = layer.as_reference()
            && self.off.contains(&id)
        {
            return true;
        }
        let Some(group) = dictionary(document, layer) else {
            return false;
        };
        let Ok(of) = group.get(b"OCGs") else {
            return false;
        };
        let ids: Vec<ObjectId> = match of.as_reference() {
            Ok(id) if dictionary(document, of).is_some() => vec![id],
            _ => references(document, group, b"OCGs").collect(),
        };
        if ids.is_empty() {
            return false;
        }
        let mut ids = ids.iter();
        let is_off = |id: &ObjectId| self.off.contains(id);
        let policy = group.get(b"P").and_then(Object::as_name);
        !match policy.unwrap_or(b"AnyOn") {
            b"AllOn" => !ids.any(is_off),
            b"AnyOff" => ids.any(is_off),
            b"AllOff" => ids.all(is_off),
            _ => ids.any(|id| !is_off(id)),
        }
    }
}
