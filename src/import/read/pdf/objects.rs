//! Objects of a document, and what they refer to.

use lopdf::{Dictionary, Document, Object};

/// A stream of a file, inflated.
pub(super) const MAX_STREAM: usize = 32 << 20;

/// What an object refers to.
pub(super) fn resolve<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document
        .dereference(object)
        .map_or(object, |(_, object)| object)
}

/// The dictionary that an object is or refers to.
pub(super) fn dictionary<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    resolve(document, object).as_dict().ok()
}
