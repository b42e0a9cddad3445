//! Where things are drawn: changes of coordinates, and paths with the straight lines in them.

use super::area::Area;
use super::lex::Value;

/// Points and lines of a page, and of a document.
pub(super) const MAX_RULES: usize = 100_000;
/// A filled area that is thicker is no line; points.
const THICKEST: f64 = 3.0;

/// A line that is drawn, horizontal or vertical.
#[derive(Clone, Copy, Debug)]
pub(in crate::import::read) struct Rule {
    pub horizontal: bool,
    /// Its place on the other axis.
    pub at: f64,
    pub from: f64,
    pub to: f64,
}

/// A change of coordinates, as the format writes it.
#[derive(Clone, Copy, Debug)]
pub(in crate::import::read) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one first, then the other.
    pub fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [a2, b2, c2, d2, e2, f2]) = (self.0, other.0);
        Self([
            a * a2 + b * c2,
            a * b2 + b * d2,
            c * a2 + d * c2,
            c * b2 + d * d2,
            e * a2 + f * c2 + e2,
            e * b2 + f * d2 + f2,
        ])
    }

    pub fn moved(self, x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }

    pub fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// Where a rectangle comes to lie, by two of its corners.
    pub fn area(self, corners: [f64; 4]) -> Option<Area> {
        let [x, y, x2, y2] = corners;
        let points = [(x, y), (x2, y), (x2, y2), (x, y2)];
        Area::around(points.into_iter().map(|(x, y)| self.point(x, y)))
    }

    pub fn of(values: &[Value]) -> Option<Self> {
        let mut numbers = [0.0; 6];
        if values.len() < 6 {
            return None;
        }
        for (number, value) in numbers.iter_mut().zip(&values[values.len() - 6..]) {
            *number = value.number()?;
        }
        Some(Self(numbers))
    }
}

/// A path that is being drawn, on the page.
#[derive(Default)]
pub(in crate::import::read) struct Path {
    lines: Vec<Vec<(f64, f64)>>,
    points: usize,
}

impl Path {
    /// Carries out an operator that goes on with the path; any other changes nothing.
    pub fn change(&mut self, operator: &[u8], values: &[Value], place: Matrix) {
        let number = |nth: usize| values.get(nth).and_then(Value::number).unwrap_or(0.0);
        let point = |nth: usize| place.point(number(nth), number(nth + 1));
        match operator {
            b"m" => self.begin(point(0)),
            b"l" => self.line(point(0)),
            b"c" => self.curve(point(4)),
            b"v" | b"y" => self.curve(point(2)),
            b"h" | b"s" | b"b" | b"b*" => self.close(),
            b"re" => {
                let (x, y, width, height) = (number(0), number(1), number(2), number(3));
                self.begin(place.point(x, y));
                self.line(place.point(x + width, y));
                self.line(place.point(x + width, y + height));
                self.line(place.point(x, y + height));
                self.close();
            }
            _ => {}
        }
    }

    fn begin(&mut self, point: (f64, f64)) {
        self.points += 1;
        if self.points < MAX_RULES {
            self.lines.push(vec![point]);
        }
    }

    fn line(&mut self, point: (f64, f64)) {
        self.points += 1;
        if self.points < MAX_RULES
            && let Some(line) = self.lines.last_mut()
        {
            line.push(point);
        }
    }

    /// A curve is no rule: the path goes on after it.
    fn curve(&mut self, point: (f64, f64)) {
        self.begin(point);
    }

    fn close(&mut self) {
        if let Some(first) = self.lines.last().and_then(|line| line.first().copied()) {
            self.line(first);
        }
    }

    /// The outlines of what it encloses.
    pub fn outlines(&self) -> impl Iterator<Item = &[(f64, f64)]> {
        self.lines
            .iter()
            .map(Vec::as_slice)
            .filter(|line| line.len() > 2)
    }

    /// The smallest rectangle around all of it.
    pub fn area(&self) -> Option<Area> {
        Area::around(self.lines.iter().flatten().copied())
    }

    pub fn stroked(&self, rules: &mut Vec<Rule>) {
        for pair in self.lines.iter().flat_map(|line| line.windows(2)) {
            let ((x, y), (x2, y2)) = (pair[0], pair[1]);
            rules.extend(rule(x.min(x2), y.min(y2), x.max(x2), y.max(y2), 0.5));
        }
    }

    /// A thin filled area is a line too.
    pub fn filled(&self, rules: &mut Vec<Rule>) {
        for line in self.lines.iter().filter(|line| line.len() > 2) {
            let xs = || line.iter().map(|point| point.0);
            let ys = || line.iter().map(|point| point.1);
            let (left, right) = (xs().fold(f64::MAX, f64::min), xs().fold(f64::MIN, f64::max));
            let (top, bottom) = (ys().fold(f64::MAX, f64::min), ys().fold(f64::MIN, f64::max));
            rules.extend(rule(left, top, right, bottom, THICKEST));
        }
    }
}

/// The rule that an area is, if it is thin and long enough.
fn rule(left: f64, top: f64, right: f64, bottom: f64, thickness: f64) -> Option<Rule> {
    let (width, height) = (right - left, bottom - top);
    let horizontal = width > height;
    let (long, thin) = if horizontal {
        (width, height)
    } else {
        (height, width)
    };
    (thin <= thickness && long > 2.0 * thin && long > 0.9).then(|| match horizontal {
        true => Rule {
            horizontal,
            at: (top + bottom) / 2.0,
            from: left,
            to: right,
        },
        false => Rule {
            horizontal,
            at: (left + right) / 2.0,
            from: top,
            to: bottom,
        },
    })
}
