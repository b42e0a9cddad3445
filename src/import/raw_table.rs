//! A table as a file lays it out, before anything of a form is looked for in it.

/// Stands in words for something that a person sees there and that the program cannot read: a form field, a picture, a
/// sign of an unknown font. A cell with it in is neither blank nor a number.
pub const UNREAD: char = '\u{FFFC}';

/// A table as the file has it, its spans resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawTable {
    /// The sheet's name, where tables stand on named sheets.
    pub name: String,
    /// The number of rows.
    pub rows: usize,
    /// The number of columns.
    pub cols: usize,
    /// Its cells in reading order; no two overlap.
    pub cells: Vec<RawCell>,
    /// Whether its cells are made out by where words stand, as nothing else says where one ends: such a table needs a
    /// witness.
    pub is_aligned: bool,
}

/// A cell of such a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawCell {
    /// The first row.
    pub row: usize,
    /// The first column.
    pub col: usize,
    /// Rows covered, at least 1.
    pub rows: usize,
    /// Columns covered, at least 1.
    pub cols: usize,
    /// Its words; paragraphs and line breaks as `\n`.
    pub text: String,
}

impl RawTable {
    /// Takes out the columns that are no wider than a hair and hold nothing: programs that save a table again cut a
    /// column in two where their rounding differs from row to row. `widths` are those of all columns.
    pub fn drop_slivers(&mut self, widths: &[u32]) {
        /// Of the columns' mean width.
        const HAIR: u32 = 25;
        let whole: u32 = widths
            .iter()
            .fold(0, |sum, width| sum.saturating_add(*width));
        if widths.len() != self.cols || widths.is_empty() {
            return;
        }
        let hair = whole / widths.len() as u32 / HAIR;
        let alone = |col| {
            self.cells
                .iter()
                .any(|cell| cell.col == col && cell.cols == 1)
        };
        let stays: Vec<bool> = (0..self.cols)
            .map(|col| widths[col] > hair || alone(col))
            .collect();
        // For each column how many of those that stay stand before it.
        let mut before = vec![0];
        for &stays in &stays {
            before.push(before[before.len() - 1] + usize::from(stays));
        }
        self.cells.retain_mut(|cell| {
            let end = before[cell.col + cell.cols];
            cell.col = before[cell.col];
            cell.cols = end - cell.col;
            cell.cols > 0
        });
        self.cols = before[before.len() - 1];
    }

    /// Its rows, each with its own cells only: not those that reach in from above or from the left. What could not be read
    /// is a box.
    pub fn own_cells(&self) -> Vec<Vec<String>> {
        let mut rows = vec![Vec::new(); self.rows];
        for cell in &self.cells {
            if let Some(row) = rows.get_mut(cell.row) {
                row.push(cell.text.replace(UNREAD, "□"));
            }
        }
        rows
    }
}
