//! A small grammar of sentences that count things: which number counts what, by the words before and behind it, what was
//! spoken of before, and what its sentence says of time, parts and doubt.
//!
//! It knows no form: the words come as a [`Lexicon`], and what a combination of them means is looked up elsewhere. What
//! it does not understand it says: a [`Figure`] is firm only where every word around it is known.

mod figure;
mod language;
mod lexicon;
mod names;
mod nothing;
mod number;
mod read;
mod reader;
mod role;
mod share;
mod side;
mod tokens;
mod whole;
mod words;

pub use figure::{Figure, Topic, Way, Whole};
pub use lexicon::{Classes, Lexicon, Unit};
pub use read::read_line;
pub use reader::Line;
pub use role::{Role, Sign, Signs, Tags};
