//! What stands on top of a page: form fields, notes written on it, stamps.

use super::layers::Layers;
use super::objects::{dictionary, resolve};
use super::path::Matrix;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

const MOST: usize = 2_000;

/// An annotation that is seen.
pub(super) struct Annotation<'a> {
    /// None for one that stands in the page's own list.
    pub id: Option<ObjectId>,
    /// Its corners on the page.
    pub corners: [f64; 4],
    pub shows: Shows<'a>,
}

/// What an annotation shows.
pub(super) enum Shows<'a> {
    Drawn(&'a Stream),
    /// A text that the program that shows it lays out itself.
    Text(String),
}

/// The annotations of a page that show something.
pub(super) fn of_page<'a>(
    document: &'a Document,
    page: ObjectId,
    layers: &Layers,
) -> Vec<Annotation<'a>> {
    let list = document
        .get_dictionary(page)
        .ok()
        .and_then(|page| page.get(b"Annots").ok())
        .and_then(|list| resolve(document, list).as_array().ok());
    let draws_anew = draws_anew(document);
    let each = list.into_iter().flatten().take(MOST);
    each.filter_map(|object| {
        let annotation = dictionary(document, object)?;
        let layer = annotation.get(b"OC").ok();
        if layer.is_some_and(|layer| layers.hides(document, layer)) {
            return None;
        }
        let id = object.as_reference().ok();
        let shows = shown(document, annotation, draws_anew)?;
        let corners = rectangle(document, annotation, b"Rect")?;
        Some(Annotation { id, corners, shows })
    })
    .collect()
}

/// Whether the programs that show the document are to lay out its fields themselves.
fn draws_anew(document: &Document) -> bool {
    let form = document
        .catalog()
        .ok()
        .and_then(|catalog| dictionary(document, catalog.get(b"AcroForm").ok()?));
    form.and_then(|form| form.get(b"NeedAppearances").ok())
        .is_some_and(|needs| resolve(document, needs).as_bool().unwrap_or(false))
}

fn shown<'a>(
    document: &'a Document,
    annotation: &'a Dictionary,
    draws_anew: bool,
) -> Option<Shows<'a>> {
    const HIDDEN: i64 = 1 << 1;
    const NOT_VIEWED: i64 = 1 << 5;
    let flags = annotation.get(b"F").and_then(Object::as_i64).unwrap_or(0);
    let kind = annotation.get(b"Subtype").and_then(Object::as_name).ok()?;
    let shows_nothing: [&[u8]; 6] = [
        b"Popup",
        b"Link",
        b"Text",
        b"FileAttachment",
        b"Sound",
        b"Movie",
    ];
    if flags & (HIDDEN | NOT_VIEWED) != 0 || shows_nothing.contains(&kind) {
        return None;
    }
    let text = || {
        let text = match kind {
            b"Widget" => value(document, annotation)?,
            b"FreeText" => annotation.get(b"Contents").ok()?,
            _ => return None,
        };
        let text = lopdf::decode_text_string(resolve(document, text)).ok()?;
        (!text.trim().is_empty()).then_some(Shows::Text(text))
    };
    let drawn = || appearance(document, annotation).map(Shows::Drawn);
    match draws_anew && kind == b"Widget" {
        true => text().or_else(drawn),
        false => drawn().or_else(text),
    }
}

/// The value of a text field or a list, which may stand in the field that it is part of.
fn value<'a>(document: &'a Document, field: &'a Dictionary) -> Option<&'a Object> {
    const DEEPEST: usize = 16;
    let parent = |field: &&'a Dictionary| dictionary(document, field.get(b"Parent").ok()?);
    let mut chain = std::iter::successors(Some(field), parent).take(DEEPEST);
    let kinds = std::iter::successors(Some(field), parent).take(DEEPEST);
    let mut kinds = kinds.filter_map(|field| field.get(b"FT").and_then(Object::as_name).ok());
    kinds.next().filter(|kind| matches!(*kind, b"Tx" | b"Ch"))?;
    chain.find_map(|field| field.get(b"V").ok())
}

/// How it is drawn, in the state that it is in.
fn appearance<'a>(document: &'a Document, annotation: &'a Dictionary) -> Option<&'a Stream> {
    let all = dictionary(document, annotation.get(b"AP").ok()?)?;
    let normal = resolve(document, all.get(b"N").ok()?);
    if let Ok(stream) = normal.as_stream() {
        return Some(stream);
    }
    let state = annotation.get(b"AS").and_then(Object::as_name).ok()?;
    let drawn = normal.as_dict().ok()?.get(state).ok()?;
    resolve(document, drawn).as_stream().ok()
}

/// A rectangle in a dictionary.
pub(super) fn rectangle(document: &Document, holder: &Dictionary, key: &[u8]) -> Option<[f64; 4]> {
    let list = resolve(document, holder.get(key).ok()?).as_array().ok()?;
    let mut corners = [0.0; 4];
    if list.len() < 4 {
        return None;
    }
    for (corner, object) in corners.iter_mut().zip(list) {
        *corner = f64::from(resolve(document, object).as_float().ok()?);
    }
    Some(corners)
}

/// The change of coordinates that puts a box, drawn with a matrix of its own, onto a rectangle of the page.
pub(super) fn onto(corners: [f64; 4], drawn: [f64; 4], matrix: Matrix) -> Option<Matrix> {
    let from = matrix.area(drawn)?;
    let to = Matrix::ONE.area(corners)?;
    let scale = |to: f64, from: f64| if from.abs() > 1e-6 { to / from } else { 1.0 };
    let x = scale(to.right - to.left, from.right - from.left);
    let y = scale(to.bottom - to.top, from.bottom - from.top);
    Some(Matrix([
        x,
        0.0,
        0.0,
        y,
        to.left - x * from.left,
        to.top - y * from.top,
    ]))
}
