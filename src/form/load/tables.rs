//! Tables: spans resolved, cells made from the file's rows and named by what the clerk sees around them.

use super::file::{AdditionFile, CellFile, RowFile, TableFile, ValueFile};
use super::loader::{Loaded, Loader};
use crate::form::grid::{Content, Grid, LooseRow, Misfit};
use crate::form::index::{AdditionIx, CellIx};
use crate::form::parts::{Addition, Cell, Table};

impl<'a> Loader<'a> {
    /// The tables in their official order, each with the rows that local additions (地方附加行) put at its end.
    pub fn tables(
        &mut self,
        tables: &[TableFile<'a>],
        additions: &[AdditionFile<'a>],
    ) -> Loaded<()> {
        for table in tables {
            let mut rows: Vec<_> = table.rows.iter().map(|row| (None, row)).collect();
            for (ix, addition) in (0..).map(AdditionIx).zip(additions) {
                if addition.table == table.id {
                    rows.extend(addition.rows.iter().map(|row| (Some(ix), row)));
                }
            }
            self.table(table, &rows)?;
        }
        for addition in additions {
            self.find_table(addition.table)?;
            self.form.additions.push(Addition {
                id: addition.id.to_owned(),
                name: addition.name.clone(),
                source: addition.source.clone(),
            });
        }
        Ok(())
    }

    /// Resolves one table and gives its cells their names.
    fn table(
        &mut self,
        file: &TableFile<'a>,
        rows: &[(Option<AdditionIx>, &RowFile<'a>)],
    ) -> Loaded<()> {
        let index = self.form.tables.len();
        let first = self.form.cells.len() as u16;
        let mut loose: Vec<LooseRow> = Vec::new();
        // For each row its cells' places in the file: a complaint about a span names that line.
        let mut places: Vec<Vec<&str>> = Vec::new();
        for &(addition, row) in rows {
            let mut cells = Vec::new();
            let mut place = Vec::new();
            for cell in &row.cells {
                let (span, content) = match cell {
                    CellFile::Block(span) => (span, Content::Block(span.text.to_string())),
                    CellFile::Head(span) => (span, Content::Head(span.text.to_string())),
                    CellFile::Label(span) => (span, Content::Label(span.text.to_string())),
                    CellFile::Note(span) => (span, Content::Note(span.text.to_string())),
                    CellFile::Value(value) => {
                        let ix = self.value(file, index, row, value, addition)?;
                        cells.push((value.cols, 1, Content::Value(ix)));
                        place.push(value.id);
                        continue;
                    }
                    CellFile::Columns => {
                        for value in &file.columns {
                            let ix = self.value(file, index, row, value, addition)?;
                            cells.push((value.cols, 1, Content::Value(ix)));
                            place.push(row.id.unwrap_or(value.id));
                        }
                        continue;
                    }
                };
                cells.push((span.cols, span.rows, content));
                place.push(&span.text);
            }
            loose.push((addition, cells));
            places.push(place);
        }
        let grid = self.grid(file, loose, &places)?;
        self.form.tables.push(Table {
            id: file.id.to_owned(),
            name: file.name.clone(),
            widths: file.widths.clone(),
            head_rows: file.head_rows,
            label_cols: file.label_cols,
            grid,
            notes: file.notes.clone(),
            cells: first..self.form.cells.len() as u16,
        });
        self.name_cells(index);
        Ok(())
    }

    /// The resolved grid of a table; `places` says for each row where its cells stand in the file.
    fn grid(
        &self,
        file: &TableFile<'a>,
        loose: Vec<LooseRow>,
        places: &[Vec<&str>],
    ) -> Loaded<Grid> {
        let grid = match Grid::resolve(file.widths.len(), loose) {
            Ok(grid) => grid,
            Err(Misfit::Cell { row, nth, why }) => {
                return self.fail(
                    places[row][nth],
                    format!("{}第 {} 行第 {} 格{why}", file.name, row + 1, nth + 1),
                );
            }
            Err(Misfit::Hole { row, col }) => {
                let place = places[row].first().copied().unwrap_or(file.id);
                return self.fail(
                    place,
                    format!("{}第 {} 行第 {} 列没有单元格", file.name, row + 1, col + 1),
                );
            }
        };
        self.no_cell_crosses(file, &grid)?;
        Ok(grid)
    }

    /// Refuses cells that reach over the edge of what stays in sight, or of the rows that every report has.
    fn no_cell_crosses(&self, file: &TableFile<'a>, grid: &Grid) -> Loaded<()> {
        for cell in &grid.cells {
            let crosses = |at: usize, from: usize, len: usize| from < at && at < from + len;
            let addition_crossed =
                (cell.row..cell.row + cell.rows).any(|row| grid.rows[row] != grid.rows[cell.row]);
            if crosses(file.head_rows, cell.row, cell.rows)
                || crosses(file.label_cols, cell.col, cell.cols)
            {
                return self.fail(
                    file.id,
                    format!(
                        "{}第 {} 行有单元格跨过了表头或行标题的边界",
                        file.name,
                        cell.row + 1
                    ),
                );
            }
            if addition_crossed {
                return self.fail(
                    file.id,
                    format!("{}的附加行与全国统一的行合并了", file.name),
                );
            }
        }
        Ok(())
    }

    /// Adds the cell that a value stands for.
    fn value(
        &mut self,
        table: &TableFile<'a>,
        index: usize,
        row: &RowFile<'a>,
        value: &ValueFile<'a>,
        addition: Option<AdditionIx>,
    ) -> Loaded<CellIx> {
        let Some(row_id) = row.id else {
            return self.fail(value.id, "有数字的行必须有 id");
        };
        let id = format!("{}.{row_id}.{}", table.id, value.id);
        let ix = CellIx(self.form.cells.len() as u16);
        if self.form.ids.insert(id.clone(), ix).is_some() {
            return self.fail(row_id, format!("单元格“{id}”出现了两次"));
        }
        let computed = value.computed.or(row.computed);
        if let Some(relation) = computed {
            self.computed_by.push((ix, relation));
        }
        self.form.cells.push(Cell {
            id,
            row_id: row_id.to_owned(),
            col_id: value.id.to_owned(),
            table: index,
            kind: value.kind.unwrap_or(table.kind),
            unit: value
                .unit
                .clone()
                .or_else(|| table.unit.clone())
                .filter(|unit| !unit.is_empty()),
            computed: computed.is_some(),
            addition,
            row_name: String::new(),
            col_name: String::new(),
            slot: 0,
        });
        Ok(ix)
    }

    /// Names every cell of a table by the labels and heads that the clerk sees around it.
    fn name_cells(&mut self, table: usize) {
        let (grid, head_rows) = (
            &self.form.tables[table].grid,
            self.form.tables[table].head_rows,
        );
        let mut names = Vec::new();
        for (slot, cell) in grid.cells.iter().enumerate() {
            let Content::Value(ix) = cell.content else {
                continue;
            };
            let labels = grid.labels_left(cell);
            // The outermost label of several spans most of the table and tells nothing apart.
            let row_name = labels[usize::from(labels.len() > 1)..].join("");
            let heads = grid.heads_above(cell, head_rows);
            // As many heads as tell the cell from the others of its row.
            let same_row = grid
                .cells
                .iter()
                .filter(|other| other.row == cell.row && other.col != cell.col);
            let others: Vec<_> = same_row
                .filter(|o| matches!(o.content, Content::Value(_)))
                .map(|o| grid.heads_above(o, head_rows))
                .collect();
            let enough = (1..=heads.len())
                .find(|&n| {
                    !others
                        .iter()
                        .any(|other| other.ends_with(&heads[heads.len() - n..]))
                })
                .unwrap_or(heads.len());
            let col_name = heads[heads.len() - enough..].join("·").replace('\n', "");
            names.push((ix, slot, row_name.replace('\n', ""), col_name));
        }
        for (ix, slot, row_name, col_name) in names {
            let cell = &mut self.form.cells[usize::from(ix.0)];
            (cell.slot, cell.row_name, cell.col_name) = (slot, row_name, col_name);
        }
    }
}
