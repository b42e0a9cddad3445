//! Words by which a workbook of ours is known again when it is read back.

/// The head of a list of a form's cells, one a row, outside its tables: id, what it is, number.
pub const LIST_HEAD: [&str; 3] = ["编号", "名称", "数值"];

/// Stands above the charts of a report, and the numbers that they show once more.
pub const CHARTS_HEAD: &str = "图表：画的是本工作簿各表的数";

/// Stands at the end of a row whose text goes on from the row above it: one row of Excel's does not hold a long paragraph.
pub const CONTINUED: &str = "（接上行）";
