//! Labels that keep out of each other's way.

use super::drawing::Point;
use crate::export::typeset::Rect;

/// Moves labels apart that would stand closer than `gap`, as little as may be, and keeps them between `top` and
/// `bottom`; those at one height stay in order.
pub(super) fn spread(wanted: &[f32], gap: f32, top: f32, bottom: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    // Labels that touch move as one block, around the middle of where they want to be.
    let mut blocks: Vec<(f32, usize)> = Vec::new();
    for &label in &order {
        blocks.push((wanted[label], 1));
        while let [.., (above, many), (below, more)] = blocks[..] {
            let half = |count: usize| (count - 1) as f32 / 2.0 * gap;
            if above + half(many) + gap <= below - half(more) {
                break;
            }
            let both = many + more;
            let middle = (above * many as f32 + below * more as f32) / both as f32;
            blocks.pop();
            blocks.pop();
            blocks.push((middle, both));
        }
    }
    let in_order = blocks.iter().flat_map(|&(middle, count)| {
        (0..count).map(move |at| middle + (at as f32 - (count - 1) as f32 / 2.0) * gap)
    });
    let mut at = vec![0.0; wanted.len()];
    let mut least = top;
    for (&label, y) in order.iter().zip(in_order) {
        at[label] = y.max(least);
        least = at[label] + gap;
    }
    let mut most = bottom;
    for &label in order.iter().rev() {
        at[label] = at[label].min(most);
        most = at[label] - gap;
    }
    at
}

/// A number that is to stand at its dot.
pub(super) struct Label {
    /// The dot.
    pub at: Point,
    /// The room that it needs.
    pub size: Point,
    /// Whether it would rather stand below the dot.
    pub below: bool,
}

/// What is in the way.
pub(super) struct Obstacles<'a> {
    /// Where there is room at all.
    pub room: Rect,
    /// Dots and other labels.
    pub taken: Vec<Rect>,
    /// Lines.
    pub lines: &'a [(Point, Point)],
}

/// From a dot's middle to its number.
const AWAY: f32 = 7.0;
/// The most lines that a number may stand on.
const MOST_LINES: usize = 1;

/// Where each number stands, and whether it covers a line there; nothing where it is too crowded.
pub(super) fn place(labels: &[Label], mut obstacles: Obstacles) -> Vec<Option<(Rect, bool)>> {
    let mut placed = vec![None; labels.len()];
    // Those that find a place free of lines come first.
    for most in 0..=MOST_LINES {
        for (place, label) in placed.iter_mut().zip(labels) {
            if place.is_some() {
                continue;
            }
            let free = candidates(label).into_iter().find(|&at| {
                inside(at, obstacles.room)
                    && !obstacles
                        .taken
                        .iter()
                        .any(|&taken| overlap(at, wider(taken)))
                    && obstacles
                        .lines
                        .iter()
                        .filter(|&&line| crosses(at, line))
                        .count()
                        <= most
            });
            if let Some(at) = free {
                obstacles.taken.push(at);
                *place = Some((at, most > 0));
            }
        }
    }
    placed
}

/// The places around a dot, the best first.
fn candidates(label: &Label) -> Vec<Rect> {
    let ([x, y], [width, height]) = (label.at, label.size);
    let (above, below) = (y - AWAY - height, y + AWAY);
    let (centre, right, left) = (x - width / 2.0, x + AWAY, x - AWAY - width);
    let aside = [right - AWAY, left + AWAY];
    let (first, second) = if label.below {
        (below, above)
    } else {
        (above, below)
    };
    let corners = [
        (centre, first),
        (centre, second),
        (aside[0], first),
        (aside[1], first),
        (aside[0], second),
        (aside[1], second),
        (right, y - height / 2.0),
        (left, y - height / 2.0),
    ];
    corners
        .map(|(x, y)| Rect {
            x,
            y,
            width,
            height,
        })
        .into()
}

fn inside(at: Rect, room: Rect) -> bool {
    at.x >= room.x
        && at.y >= room.y
        && at.x + at.width <= room.x + room.width
        && at.y + at.height <= room.y + room.height
}

/// Labels that touch would be read as one.
fn wider(at: Rect) -> Rect {
    Rect {
        x: at.x - 1.0,
        y: at.y - 1.0,
        width: at.width + 2.0,
        height: at.height + 2.0,
    }
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// Whether a line runs through a rectangle (Liang and Barsky's clipping).
fn crosses(at: Rect, ([ax, ay], [bx, by]): (Point, Point)) -> bool {
    let (dx, dy) = (bx - ax, by - ay);
    let sides = [
        (-dx, ax - at.x),
        (dx, at.x + at.width - ax),
        (-dy, ay - at.y),
        (dy, at.y + at.height - ay),
    ];
    let (mut from, mut to) = (0.0f32, 1.0f32);
    for (run, room) in sides {
        if run == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if run < 0.0 {
            from = from.max(room / run);
        } else {
            to = to.min(room / run);
        }
    }
    from <= to
}

#[cfg(test)]
mod tests {
    use super::{Rect, crosses, spread};

    #[test]
    fn labels_move_apart_around_their_middle() {
        assert_eq!(spread(&[50.0, 100.0], 10.0, 0.0, 200.0), [50.0, 100.0]);
        assert_eq!(spread(&[100.0, 100.0], 10.0, 0.0, 200.0), [95.0, 105.0]);
        assert_eq!(spread(&[200.0; 3], 10.0, 0.0, 200.0), [180.0, 190.0, 200.0]);
        assert_eq!(spread(&[0.0, 3.0], 10.0, 0.0, 200.0), [0.0, 10.0]);
    }

    #[test]
    fn lines_are_seen_where_they_run() {
        let at = Rect {
            x: 10.0,
            y: 10.0,
            width: 10.0,
            height: 10.0,
        };
        assert!(crosses(at, ([0.0, 0.0], [30.0, 30.0])));
        assert!(crosses(at, ([15.0, 0.0], [15.0, 40.0])));
        assert!(!crosses(at, ([0.0, 0.0], [9.0, 9.0])));
        assert!(!crosses(at, ([0.0, 25.0], [30.0, 25.0])));
        assert!(!crosses(at, ([0.0, 20.0], [40.0, 60.0])));
    }
}
