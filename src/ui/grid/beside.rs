//! What a table shows besides numbers.

use crate::form::CellIx;
use crate::ui::review::Review;

/// What is shown in a table besides the report's own numbers.
pub struct Beside<'a> {
    /// Cells of the finding that is looked at.
    pub lit: &'a [CellIx],
    /// Cells that may be wrong behind that finding.
    pub suspects: &'a [CellIx],
    /// Cells that the program has just changed.
    pub changed: &'a [CellIx],
    /// Whether last year's number stands small beside this year's.
    pub last_year: bool,
    /// The import that is being looked through.
    pub review: Option<&'a Review>,
}
