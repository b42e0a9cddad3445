//! The official forms (格式), as data.
//!
//! A form is one RON file: headings, tables with their spans, cells, relations (勾稽关系) with wording and source.
//! [`Form::parse`] resolves it once into what the screen paints, what the exporters write and what the checks add up.
//! Nothing of a form is written in Rust; a new official form is a new file in `assets/forms`.

mod catalog;
mod columns;
mod edition;
mod expr;
mod grid;
mod index;
mod load;
mod narrative;
mod parts;
mod passages;
mod rules;
mod sheets;
mod years;

pub use catalog::{by_id, by_year, official};
pub use columns::shared_widths;
pub use edition::{Form, with_year};
pub use grid::{Content, Grid, GridCell};
pub use index::{AdditionIx, CellIx, TextIx};
pub use load::FormError;
pub use narrative::{Claim, Covering, Fact, Narrative, Writing, WritingDemand};
pub use parts::{Addition, Body, Cell, HeadWords, Section, Table, TextSpec, Years};
pub use passages::{Clause, Passage, Piece};
pub use rules::{CellRule, Comparison, Demand, Level, Organs, Relation, Requirement, Rule, Sum};
pub use sheets::{CHARTS_HEAD, CONTINUED, LIST_HEAD};
pub use years::{Across, Alike, Former, Jump, LastSum, Period, StaleYear, Swing, Trend, TrendLine};
