//! The findings at the right: each a card that says what, how much, why, and what to do.

mod card;
mod culprits;
mod following;
mod hands;
mod heights;
mod panel;
mod reason;

pub use following::following_ui;
pub use hands::Wish;
pub use panel::{Panel, findings_ui};
pub use reason::ReasonFields;
