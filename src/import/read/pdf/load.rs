//! Loads a document, never more of it than a report could have.

use crate::import::error::{PdfError, ReadError};
use lopdf::{Document, LoadOptions, Object, ObjectId};
use std::cell::Cell;

/// A stream that holds objects: each byte of it may cost a hundred.
const MAX_OBJECT_STREAM: usize = 3 << 19;
/// Values that stand outside of such streams, likewise.
const MAX_OUTSIDE: usize = 1_000_000;
const MAX_VALUES: usize = 1_000_000;

thread_local! {
    /// Values of the file that is being loaded; lopdf's filter takes no state.
    static VALUES: Cell<usize> = const { Cell::new(0) };
}

/// Loads a document.
///
/// # Errors
/// If it is locked, damaged, or holds more than any report.
pub(super) fn load(bytes: &[u8]) -> Result<Document, ReadError> {
    if outside_of_streams(bytes) > MAX_OUTSIDE {
        return Err(PdfError::TooLarge.into());
    }
    VALUES.set(0);
    let options = LoadOptions {
        filter: Some(keep),
        max_decompressed_size: Some(MAX_OBJECT_STREAM),
        ..LoadOptions::default()
    };
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            lopdf::Error::Decompress(_) => PdfError::TooLarge,
            lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => PdfError::Locked,
            _ => PdfError::Broken,
        })?;
    if VALUES.get() > MAX_VALUES {
        return Err(PdfError::TooLarge.into());
    }
    if document.is_encrypted() {
        return Err(PdfError::Locked.into());
    }
    Ok(document)
}

/// Counts the values of an object, and drops it once there are too many.
fn keep(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let values = VALUES.get() + count(object);
    VALUES.set(values);
    // Lopdf takes what is given back for an object out of an object stream, and those are never streams; any other
    // object it keeps where it is.
    let kept = match object {
        Object::Stream(_) => Object::Null,
        object => object.clone(),
    };
    (values <= MAX_VALUES).then_some((id, kept))
}

fn count(object: &Object) -> usize {
    match object {
        Object::Array(all) => 1 + all.iter().map(count).sum::<usize>(),
        Object::Dictionary(all) => 1 + all.iter().map(|(_, value)| 1 + count(value)).sum::<usize>(),
        Object::Stream(stream) => {
            1 + stream
                .dict
                .iter()
                .map(|(_, value)| 1 + count(value))
                .sum::<usize>()
        }
        _ => 1,
    }
}

/// About how many values do not lie between `stream` and `endstream`.
fn outside_of_streams(bytes: &[u8]) -> usize {
    const OPENS: &[u8] = b">>stream";
    let find = |from: usize, word: &[u8]| {
        let rest = bytes.get(from..).unwrap_or_default();
        let found = rest.windows(word.len()).position(|window| window == word);
        found.map(|found| from + found)
    };
    let values = |text: &[u8]| {
        let starts = text.windows(2).filter(|pair| {
            let blank = matches!(pair[0], 0 | 9 | 10 | 12 | 13 | 32 | b'[' | b'<' | b'(');
            matches!(pair[1], b'[' | b'<' | b'(' | b'/')
                || (blank && !pair[1].is_ascii_whitespace())
        });
        starts.count()
    };
    let (mut outside, mut at) = (0, 0);
    let mut ends = true;
    while let Some(found) = find(at, &OPENS[2..]) {
        outside += values(&bytes[at..found]);
        at = found + OPENS[2..].len();
        if ends && bytes[..found].trim_ascii_end().ends_with(&OPENS[..2]) {
            match find(found, b"endstream") {
                Some(end) => at = end + b"endstream".len(),
                // Not looked for again and again.
                None => ends = false,
            }
        }
    }
    outside + values(&bytes[at..])
}
