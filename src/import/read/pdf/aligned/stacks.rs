//! Words that were broken over lines inside of a cell, put below each other again.

use super::columns::Extent;
use super::pieces::Piece;

/// The lines of what may be one cell.
#[derive(Clone, Debug)]
pub(super) struct Stack {
    pub at: Extent,
    /// The first line and the last one.
    pub top: f64,
    pub bottom: f64,
    pub size: f64,
    pub text: String,
    last: Extent,
}

impl Stack {
    fn of(piece: &Piece) -> Self {
        let at = extent(piece);
        Self {
            at,
            top: piece.at.base,
            bottom: piece.at.base,
            size: piece.at.size,
            text: piece.at.text.clone(),
            last: at,
        }
    }

    pub fn middle(&self) -> f64 {
        (self.top + self.bottom) / 2.0
    }

    /// Whether a line may be the next one of this cell.
    fn takes(&self, piece: &Piece, pitch: f64) -> bool {
        let step = piece.at.base - self.bottom;
        0.5 * self.size < step && step <= pitch && goes_on(self.last, extent(piece), self.size)
    }

    /// Whether another line may be the next one of this cell by its width and place.
    pub fn goes_on_in(&self, next: &Self) -> bool {
        goes_on(self.last, next.at, self.size)
    }

    /// Lines of one cell as one.
    pub fn together(lines: &[Self]) -> Option<Self> {
        let (first, rest) = lines.split_first()?;
        let mut whole = first.clone();
        for line in rest {
            whole.at.left = whole.at.left.min(line.at.left);
            whole.at.right = whole.at.right.max(line.at.right);
            whole.bottom = line.bottom;
            whole.last = line.last;
            whole.text.push('\n');
            whole.text.push_str(&line.text);
        }
        Some(whole)
    }

    fn push(&mut self, piece: &Piece) {
        self.last = extent(piece);
        self.at.left = self.at.left.min(self.last.left);
        self.at.right = self.at.right.max(self.last.right);
        self.bottom = piece.at.base;
        self.text.push('\n');
        self.text.push_str(&piece.at.text);
    }
}

fn extent(piece: &Piece) -> Extent {
    Extent {
        left: piece.at.left,
        right: piece.at.right,
    }
}

/// Whether two lines could be of one cell by their widths and places: set to the left, to the right or in the middle,
/// and the lower one not much wider, as words go on in the line before while there is room.
fn goes_on(upper: Extent, lower: Extent, size: f64) -> bool {
    const NEAR: f64 = 0.3;
    /// Characters by which a line that was broken by hand may be shorter.
    const SHORTER: f64 = 2.2;
    let near = |a: f64, b: f64| (a - b).abs() <= NEAR * size;
    let is_set = near(upper.left, lower.left)
        || near(upper.right, lower.right)
        || near(upper.middle(), lower.middle());
    let wider = (lower.right - lower.left) - (upper.right - upper.left);
    is_set && upper.meets(lower) && wider <= SHORTER * size
}

/// The most by which two lines of one cell stand apart, as far as these pieces, from above, show it: the most common
/// step that is far less than that of any two rows, of which `rows` is the least.
pub(super) fn pitch(pieces: &[&Piece], rows: Option<f64>) -> f64 {
    /// Of the characters' size.
    const LEAST: f64 = 0.8;
    const MOST: f64 = 1.65;
    /// Steps inside of cells are all the same.
    const SAME: f64 = 1.06;
    const OF_ROWS: f64 = 0.93;
    let most = rows.map_or(f64::MAX, |rows| OF_ROWS * rows);
    let mut steps = Vec::new();
    for (nth, piece) in pieces.iter().enumerate() {
        let (size, at) = (piece.at.size, extent(piece));
        let below = pieces[nth + 1..].iter().take(WINDOW);
        let mut below = below.map(|below| (below.at.base - piece.at.base, extent(below)));
        let next = below.find(|(step, below)| *step > LEAST * size && at.meets(*below));
        let next = next
            .filter(|(step, below)| *step <= most.min(MOST * size) && goes_on(at, *below, size));
        steps.extend(next.map(|(step, _)| step));
    }
    steps.sort_by(f64::total_cmp);
    let same = steps.chunk_by(|a, b| *b <= a * (1.0 + (SAME - 1.0) / 4.0));
    let common = same.rev().max_by_key(|same| same.len());
    let widest = common.and_then(<[f64]>::last);
    widest.map_or(0.0, |step| (SAME * step).min(most))
}

/// How many pieces are looked at around each one.
const WINDOW: usize = 200;

/// How wide a head over one column is at the most: no wider than two of these pieces, from above, stand apart on a line.
pub(super) fn widest(pieces: &[&Piece]) -> f64 {
    const SAME: f64 = 0.3;
    let pairs = pieces.windows(2);
    let beside = pairs.filter(|pair| {
        (pair[1].at.base - pair[0].at.base).abs() <= SAME * pair[0].at.size
            && pair[0].at.right <= pair[1].at.left
    });
    let apart = beside.map(|pair| extent(pair[1]).middle() - extent(pair[0]).middle());
    apart.fold(f64::MAX, f64::min)
}

/// Puts pieces, from above, below each other, if they are no wider than that.
pub(super) fn stacks(pieces: &[&Piece], pitch: f64, widest: f64) -> Vec<Stack> {
    let mut all: Vec<Stack> = Vec::new();
    for piece in pieces {
        let from = all.len().saturating_sub(WINDOW);
        let is_narrow = |at: Extent| at.right - at.left <= widest;
        let mut fits = all[from..].iter_mut().filter(|stack| {
            stack.takes(piece, pitch) && is_narrow(stack.at) && is_narrow(extent(piece))
        });
        match (fits.next(), fits.next()) {
            (Some(stack), None) => stack.push(piece),
            _ => all.push(Stack::of(piece)),
        }
    }
    all
}
