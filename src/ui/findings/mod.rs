//! The findings at the right: each a card that says what, how much, why, and what to do.

mod card;
mod culprits;
<<<<<<< HEAD
mod hands;
=======
mod following;
>>>>>>> 9ef8e13 (WIP numbers in texts: seen and following)
mod heights;
mod panel;
mod reason;

<<<<<<< HEAD
pub use hands::Wish;
=======
pub use following::following_ui;
>>>>>>> 9ef8e13 (WIP numbers in texts: seen and following)
pub use panel::{Panel, findings_ui};
pub use reason::ReasonFields;
