//! Words by which a workbook of ours is known again when it is read back.

/// The head of a list of a form's cells, one a row, outside its tables: id, what it is, number.
pub const LIST_HEAD: [&str; 3] = ["编号", "名称", "数值"];

/// Stands at the end of a row whose text goes on from the row above it: one row of Excel's does not hold a long paragraph.
pub const CONTINUED: &str = "（接上行）";
