//! What the grid hands back.

use crate::form::CellIx;

/// Something that the clerk wants and the grid cannot do itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GridEvent {
    /// This was pasted: it may be a rectangle for this table, or a whole official table.
    Pasted(String),
    /// A rectangle is to go onto the clipboard.
    Copied(Vec<Vec<String>>),
    /// The whole table is to go onto the clipboard, heads and labels included.
    WholeCopied,
    /// What was typed could not be put where it was typed; why, as a sentence.
    NotPlaced(String),
    /// A cell is to be filled in by parts.
    ByParts(CellIx),
    /// Enter was pressed in the last cell of a table that is filled column by column.
    PastEnd,
}
