//! The words of a source held against the words of a form: which table is which, and which number belongs to which cell.

mod blocks;
mod cell_text;
mod content;
mod fields;
mod flow;
mod form_words;
mod head_lines;
mod head_words;
mod heads;
mod labels;
mod likeness;
mod met_heads;
mod pieces;
mod recognise;
mod rows;
mod says;
mod settle;
mod tables;
mod traditional;
mod under_heads;
mod units;
mod unlabelled;
mod upright;
mod vocabulary;
mod witness;

pub(super) use content::Content;
pub(super) use fields::is_made_of;
pub(super) use form_words::{FormWords, begins_official, own_words};
pub(super) use labels::{Plain, distance, plain, plain_char};
pub(super) use likeness::Likeness;
pub(super) use recognise::{Additions, Several, recognise_in, recognise_some};
pub use recognise::{Recognised, recognise};
pub(super) use tables::{SourceCell, SourceTable};
pub(super) use traditional::simplified;
pub(super) use upright::upright;
pub(super) use vocabulary::WordIx;
