//! A small grammar of sentences that count things: which number counts what, by the words before and behind it, what was
//! spoken of before, and what its sentence says of time, parts and doubt.
//!
//! It knows no form: the words come as a [`Lexicon`], and what a combination of them means is looked up elsewhere. What
//! it does not understand it says: a [`Figure`] is firm only where every word around it is known.

mod figure;
mod lexicon;
mod read;
mod role;
mod side;
mod tokens;

pub use figure::{Figure, Topic, Way};
pub use lexicon::{Classes, Lexicon, Unit};
pub use read::{Line, read_line};
pub use role::{Role, Sign, Signs, Tags};
