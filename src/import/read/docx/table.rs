//! A table of a Word file that is being read.

use crate::import::error::ReadError;
use crate::import::read::colour::Ground;
use crate::import::read::grid::{DeepCell, Flow, UNSEEN, settle};
use crate::import::read::xml::{Node, Tag, Xml};
use crate::import::source::{Part, UNREAD};
use std::collections::HashMap;

#[derive(Default)]
pub(super) struct OpenTable {
    pub flow: Flow,
    cells: Vec<DeepCell>,
    /// The widths of the columns, as the file gives them.
    pub widths: Vec<u32>,
    /// By its first column, the cell that a merged one below would continue.
    above: HashMap<usize, usize>,
    row_unseen: bool,
    /// Columns at the end of the row that no cell covers.
    left_free: usize,
    /// What lies behind its cells.
    pub ground: Ground,
    pub in_cell: bool,
    pub parts: Vec<Part>,
    /// Of the cell that is being read.
    cell: OpenCell,
}

#[derive(Clone, Copy, Default)]
struct OpenCell {
    cols: usize,
    merge: Merge,
    ground: Ground,
    is_deleted: bool,
    has_picture: bool,
    has_unseen: bool,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Merge {
    #[default]
    None,
    Restart,
    Continue,
}

/// A row that is lower is not seen; twentieths of a point.
const LEAST_HEIGHT: usize = 30;

impl OpenTable {
    pub fn begin_row(&mut self) -> Result<(), ReadError> {
        self.row_unseen = false;
        self.left_free = 0;
        self.flow.open_row()
    }

    pub fn begin_cell(&mut self) {
        self.in_cell = true;
        self.cell = OpenCell {
            cols: 1,
            ..OpenCell::default()
        };
        self.parts.clear();
    }

    /// What lies behind the text of the cell that is being read.
    pub fn cell_ground(&self) -> Ground {
        self.cell.ground.or(self.ground)
    }

    /// Says that a picture stands in the cell.
    pub fn picture(&mut self) {
        self.cell.has_picture = true;
    }

    /// Says that a number stands in the cell that nobody sees, or that is struck out.
    pub fn unseen(&mut self) {
        self.cell.has_unseen = true;
    }

    /// Reads `w:trPr`, of which the beginning has been met.
    pub fn row_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    match tag.name() {
                        "gridBefore" => self.flow.skip(tag.number("val").unwrap_or(0)),
                        "gridAfter" => self.left_free = tag.number("val").unwrap_or(0),
                        "del" => self.row_unseen = true,
                        "hidden" => self.row_unseen |= is_on(&tag),
                        "trHeight" => {
                            let [height, rule] = tag.attributes(["val", "hRule"]);
                            let height = height.and_then(|height| height.trim().parse().ok());
                            self.row_unseen |= rule.as_deref() == Some("exact")
                                && height.is_some_and(|height: usize| height < LEAST_HEIGHT);
                        }
                        _ => {}
                    }
                    xml.skip()?;
                }
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(())
    }

    /// Reads `w:tcPr`, of which the beginning has been met.
    pub fn cell_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    match tag.name() {
                        "gridSpan" => self.cell.cols = tag.number("val").unwrap_or(1).max(1),
                        "vMerge" => {
                            self.cell.merge = match tag.attribute("val").as_deref() {
                                Some("restart") => Merge::Restart,
                                _ => Merge::Continue,
                            }
                        }
                        "shd" => self.cell.ground = Ground::of_shading(&tag),
                        "cellDel" => self.cell.is_deleted = true,
                        _ => {}
                    }
                    xml.skip()?;
                }
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(())
    }

    pub fn end_cell(&mut self) -> Result<(), ReadError> {
        self.in_cell = false;
        let mut parts = std::mem::take(&mut self.parts);
        if self.cell.is_deleted {
            parts.clear();
        } else if parts.is_empty() && self.cell.has_picture {
            parts.push(Part::Text(UNREAD.to_string()));
        } else if parts.is_empty() && self.cell.has_unseen {
            parts.push(Part::Text(UNSEEN.to_string()));
        }
        let place = self.flow.place(1, self.cell.cols)?;
        if self.cell.merge == Merge::Continue
            && let Some(above) = self.above.get(&place.col).map(|&at| &mut self.cells[at])
            && above.place.cols == place.cols
            && above.place.row + above.place.rows == place.row
        {
            above.place.rows += 1;
            return Ok(());
        }
        if self.cell.merge != Merge::None && !self.row_unseen {
            self.above.insert(place.col, self.cells.len());
        }
        if !self.row_unseen {
            self.cells.push(DeepCell { place, parts });
        }
        Ok(())
    }

    /// Ends a row: what is left free at its end is a blank cell, so that its columns are whole.
    pub fn end_row(&mut self) -> Result<(), ReadError> {
        if self.left_free > 0 && !self.row_unseen {
            let place = self.flow.place(1, self.left_free)?;
            let parts = Vec::new();
            self.cells.push(DeepCell { place, parts });
        }
        Ok(())
    }

    /// The table, or what it holds if it only arranges other tables.
    pub fn finish(self) -> Vec<Part> {
        let mut parts = settle(String::new(), self.flow.rows, self.cells);
        if let [Part::Table(whole)] = parts.as_mut_slice() {
            whole.drop_slivers(&self.widths);
        }
        parts
    }
}

fn is_on(tag: &Tag<'_>) -> bool {
    !matches!(tag.attribute("val").as_deref(), Some("0" | "false" | "off"))
}
