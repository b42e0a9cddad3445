//! The pages of a document: how each lies, and what is drawn on it.

use super::annotations;
use super::objects::{dictionary, resolve};
use super::page::Page;
use super::path::Matrix;
use super::run::run;
use super::store::Store;
use crate::import::error::ReadError;
use lopdf::{Object, ObjectId};

/// Runs a page.
///
/// # Errors
/// If there is more on it than a report could have.
pub(super) fn page(store: &mut Store<'_>, id: ObjectId) -> Result<Page, ReadError> {
    let document = store.document;
    let inherited = |key: &[u8]| {
        let mut at = document.get_dictionary(id).ok();
        for _ in 0..64 {
            let here = at?;
            if let Ok(object) = here.get(key) {
                return Some(resolve(document, object));
            }
            at = here
                .get(b"Parent")
                .ok()
                .and_then(|object| dictionary(document, object));
        }
        None
    };
    let numbers = |object: Option<&Object>| -> Vec<f64> {
        let list = object.and_then(|object| object.as_array().ok());
        let list = list.into_iter().flatten();
        list.map(|object| resolve(document, object).as_float().map_or(0.0, f64::from))
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
    for content in document.get_page_contents(id) {
        let stream = document.get_object(content).and_then(Object::as_stream);
        if let Ok(stream) = stream {
            bytes.extend(store.inflate(stream)?);
            bytes.push(b'\n');
        }
    }
    let annotations = annotations::of_page(document, id, &store.layers);
    let mut run_at = |place: Matrix, width: f64, height: f64| {
        let page = Page {
            width,
            height,
            ..Page::default()
        };
        run(store, page, &bytes, resources, place, &annotations)
    };
    let page = run_at(place, width, height)?;
    // A page on which nearly all text runs up or down lies on its side: it is turned and read again.
    let (turned, width, height) = match page.turn() {
        1 => (Matrix([0.0, -1.0, 1.0, 0.0, 0.0, width]), height, width),
        2 => (Matrix([-1.0, 0.0, 0.0, -1.0, width, height]), width, height),
        3 => (Matrix([0.0, 1.0, -1.0, 0.0, height, 0.0]), height, width),
        _ => return Ok(page),
    };
    run_at(place.then(turned), width, height)
}
