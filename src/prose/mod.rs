//! Chinese running text (正文), as far as the program understands it: width of characters, sentences, numbers, likeness.
//!
//! It knows no form and no report: each notion stands here once, for whatever reads or compares texts.

mod finder;
pub mod grammar;
mod heading;
mod left;
mod mask;
mod number;
mod numeral;
mod reading;
mod rewrite;
mod sentence;
mod sequence;
mod signature;
mod similar;
mod tidy;
mod width;
mod wrap;

pub use finder::Finder;
pub use heading::{Heading, HeadingLevel, heading};
pub use left::{all_left_over, as_left_over};
pub use mask::{MASKED_NUMBER, mask_pieces, masked};
pub use number::{Number, mentions_of_year, numbers, year_before};
pub use numeral::{Numeral, number_around, numeral_at};
pub use reading::Reading;
pub use rewrite::written_like;
pub use sentence::{clauses, sentences};
pub use sequence::{Stretch, stretches};
pub use signature::{Signed, is_day, signature};
pub use similar::{Compared, Wording, differences, is_nearly};
pub use tidy::{Tidied, tidied};
pub use width::{full_width, half_width, is_digit, squeezed};
pub use wrap::{balanced, balanced_title, ems, is_long, latin_words, least_width, line_breaks};
