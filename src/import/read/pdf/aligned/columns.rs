//! Which numbers stand in which column, where only the heads over them and the places of the numbers say it.

use super::pieces::Piece;

/// Numbers of a row, each with the columns in which it could stand: one where that is sure.
pub(super) type Places = Vec<Vec<usize>>;

/// What stands over a column, from its left to its right; points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub left: f64,
    pub right: f64,
}

impl Extent {
    pub fn middle(self) -> f64 {
        (self.left + self.right) / 2.0
    }

    pub fn meets(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right
    }
}

/// How the numbers of a table stand in their columns.
#[derive(Clone, Copy, Debug)]
enum Set {
    Left,
    Middle,
    Right,
}

/// Points by which numbers that stand below each other may differ.
const NEAR: f64 = 1.5;

/// The columns of the numbers of these rows under these heads, which stand from the left and meet nowhere. Each way in
/// which numbers may be set is tried; those that are contradicted by nothing must say the same.
///
/// `None` if every way is contradicted.
pub(super) fn places(heads: &[Extent], rows: &[Vec<&Piece>]) -> Option<Vec<Places>> {
    let ways = [Set::Left, Set::Middle, Set::Right];
    let mut possible = ways.iter().filter_map(|set| set.places(heads, rows));
    let first = possible.next()?;
    let mut all: Vec<Places> = first
        .into_iter()
        .map(|row| row.into_iter().map(|column| vec![column]).collect())
        .collect();
    for other in possible {
        for (row, other) in all.iter_mut().zip(other) {
            for (known, column) in row.iter_mut().zip(other) {
                if !known.contains(&column) {
                    known.push(column);
                }
            }
        }
    }
    Some(all)
}

impl Set {
    /// Where a number stands.
    fn anchor(self, at: Extent) -> f64 {
        match self {
            Self::Left => at.left,
            Self::Middle => at.middle(),
            Self::Right => at.right,
        }
    }

    /// The column of each number of these rows, if nothing speaks against it.
    fn places(self, heads: &[Extent], rows: &[Vec<&Piece>]) -> Option<Vec<Vec<usize>>> {
        let mut anchors: Vec<Option<(f64, f64)>> = vec![None; heads.len()];
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            let mut columns: Vec<usize> = Vec::with_capacity(row.len());
            for piece in row {
                let at = Extent {
                    left: piece.at.left,
                    right: piece.at.right,
                };
                let column = self.column(heads, at)?;
                let is_next = columns.last().is_none_or(|last| *last < column);
                let anchor = self.anchor(at);
                let (least, most) = anchors[column].unwrap_or((anchor, anchor));
                let (least, most) = (least.min(anchor), most.max(anchor));
                if !is_next || most - least > NEAR {
                    return None;
                }
                anchors[column] = Some((least, most));
                columns.push(column);
            }
            all.push(columns);
        }
        Some(all)
    }

    /// The column of a number: a head stands within its column, so that a number that is set to the right reaches at
    /// least as far as its head does.
    fn column(self, heads: &[Extent], at: Extent) -> Option<usize> {
        let column = match self {
            Self::Left => {
                let before = heads.partition_point(|head| head.left < at.left - NEAR);
                (before < heads.len()).then_some(before)?
            }
            Self::Right => {
                let within = heads.partition_point(|head| head.right <= at.right + NEAR);
                within.checked_sub(1)?
            }
            Self::Middle => near_middle(heads, at)?,
        };
        let hair = Extent {
            left: at.left + NEAR,
            right: at.right - NEAR,
        };
        let others = [column.checked_sub(1), Some(column + 1)];
        let others = others.into_iter().flatten();
        let is_under_other = others
            .filter_map(|other| heads.get(other))
            .any(|other| hair.meets(*other));
        (!is_under_other).then_some(column)
    }
}

/// The head in whose middle a number stands: a quarter of the way to the next one is too far.
fn near_middle(heads: &[Extent], at: Extent) -> Option<usize> {
    const FAR: f64 = 0.25;
    let middle = at.middle();
    let behind = heads.partition_point(|head| head.middle() < middle);
    let around = behind.saturating_sub(1)..(behind + 1).min(heads.len());
    let away = |column: &usize| (heads[*column].middle() - middle).abs();
    let nearest = around.min_by(|a, b| away(a).total_cmp(&away(b)))?;
    let others = [nearest.checked_sub(1), Some(nearest + 1)];
    let others = others.into_iter().flatten();
    let rooms = others
        .filter_map(|other| heads.get(other))
        .map(|other| (other.middle() - heads[nearest].middle()).abs());
    let room = rooms.fold(f64::MAX, f64::min);
    let is_near = away(&nearest) <= FAR * room;
    (is_near && at.meets(heads[nearest])).then_some(nearest)
}
