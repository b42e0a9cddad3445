//! Formulas whose result the file does not hold: sums and the like, worked out; any other has no value here.

use std::collections::HashMap;

/// What a cell is for a formula that refers to it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operand<'a> {
    Number(f64),
    Text,
    /// Without its leading equals sign.
    Formula(&'a str),
    Unknown,
}

/// What a formula comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Result {
    Number(f64),
    /// The text with nothing in it.
    Empty,
    /// What a cell holds that holds nothing: that text, or 0 where a number is wanted.
    Blank,
}

/// The cells of a workbook.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    /// Each sheet's name, and its cells by row and column.
    pub sheets: Vec<(&'a str, SheetCells<'a>)>,
}

/// Cells of a sheet by row and column.
pub(super) type SheetCells<'a> = HashMap<(usize, usize), Operand<'a>>;

/// The value of a formula that stands on the sheet with this number; `None` if it has more in it than sums, differences,
/// conditions and rounding.
///
/// `left` is how much may still be worked out for all formulas of the sheet.
pub(super) fn value(
    formula: &str,
    sheet: usize,
    cells: &Cells<'_>,
    left: &mut usize,
) -> Option<Result> {
    let mut steps = MAX_STEPS.saturating_sub(*left);
    let before = steps;
    let value = evaluate(formula, sheet, cells, 0, &mut steps);
    *left = left.saturating_sub(steps - before);
    value.map(shown)
}

/// What a cell shows whose formula comes to this: one that refers to nothing shows 0.
fn shown(value: Result) -> Result {
    match value {
        Result::Blank => Result::Number(0.0),
        value => value,
    }
}

/// Operands of all formulas of a sheet, more than the largest form has.
pub(super) const MOST: usize = 300_000;

/// Formulas that refer to formulas.
const DEEPEST: usize = 16;
/// Operands of one formula with all that it refers to.
const MAX_STEPS: usize = 2_000;
const MAX_LENGTH: usize = 1_000;

fn evaluate(
    formula: &str,
    sheet: usize,
    cells: &Cells<'_>,
    depth: usize,
    steps: &mut usize,
) -> Option<Result> {
    if depth > DEEPEST || formula.is_empty() || formula.len() > MAX_LENGTH {
        return None;
    }
    let mut parser = Parser {
        rest: formula.trim().trim_start_matches('='),
        sheet,
        cells,
        depth,
        steps,
        is_ruled_out: false,
    };
    let value = parser.comparison(0)?;
    parser.rest.trim().is_empty().then_some(value)
}

struct Parser<'a, 'b> {
    rest: &'a str,
    /// The sheet on which the formula stands.
    sheet: usize,
    cells: &'b Cells<'a>,
    depth: usize,
    steps: &'b mut usize,
    /// Whether it reads what a condition rules out, of which nothing is worked out.
    is_ruled_out: bool,
}

/// An argument of a function: one value, or the numbers of an area.
enum Argument {
    One(Result),
    Area(Vec<f64>),
}

impl<'a> Parser<'a, '_> {
    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        match rest.strip_prefix(sign) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    fn comparison(&mut self, nested: usize) -> Option<Result> {
        *self.steps += 1;
        if *self.steps > MAX_STEPS || nested > DEEPEST {
            return None;
        }
        let left = self.sum(nested)?;
        for sign in ["<>", "<=", ">=", "=", "<", ">"] {
            if !self.take(sign) {
                continue;
            }
            let right = self.sum(nested)?;
            if left == Result::Empty || right == Result::Empty {
                let both = is_nothing(left) && is_nothing(right);
                let holds = match sign {
                    "=" => both,
                    "<>" => !both,
                    _ => return None,
                };
                return Some(Result::Number(f64::from(u8::from(holds))));
            }
            let (left, right) = (number(left)?, number(right)?);
            let holds = match sign {
                "<>" => left != right,
                "<=" => left <= right,
                ">=" => left >= right,
                "=" => left == right,
                "<" => left < right,
                _ => left > right,
            };
            return Some(Result::Number(f64::from(u8::from(holds))));
        }
        Some(left)
    }

    fn sum(&mut self, nested: usize) -> Option<Result> {
        let mut left = self.product(nested)?;
        loop {
            let sign = match () {
                () if self.take("+") => 1.0,
                () if self.take("-") => -1.0,
                () => return Some(left),
            };
            let right = number(self.product(nested)?)?;
            left = Result::Number(number(left)? + sign * right);
        }
    }

    fn product(&mut self, nested: usize) -> Option<Result> {
        let mut left = self.factor(nested)?;
        loop {
            let divides = match () {
                () if self.take("*") => false,
                () if self.take("/") => true,
                () => return Some(left),
            };
            let right = number(self.factor(nested)?)?;
            let left_number = number(left)?;
            left = Result::Number(match divides {
                true if right == 0.0 && self.is_ruled_out => 0.0,
                true if right == 0.0 => return None,
                true => left_number / right,
                false => left_number * right,
            });
        }
    }

    fn factor(&mut self, nested: usize) -> Option<Result> {
        *self.steps += 1;
        if *self.steps > MAX_STEPS || nested > DEEPEST {
            return None;
        }
        if self.take("-") {
            return Some(Result::Number(-number(self.factor(nested + 1)?)?));
        }
        if self.take("+") {
            return self.factor(nested + 1);
        }
        if self.take("(") {
            let value = self.comparison(nested + 1)?;
            return self.take(")").then_some(value);
        }
        if self.take("\"\"") {
            return Some(Result::Empty);
        }
        let sheet = self.prefix()?;
        let word = self.word()?;
        if let Some(sheet) = sheet {
            return self.cell(sheet, address(word)?);
        }
        if word.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return word.parse().ok().map(Result::Number);
        }
        if self.take("(") {
            return self.function(&word.to_ascii_uppercase(), nested + 1);
        }
        self.cell(self.sheet, address(word)?)
    }

    /// The sheet that is named before a reference, `'某表'!`; none where none is. Fails if there is no such sheet.
    fn prefix(&mut self) -> Option<Option<usize>> {
        let rest = self.rest.trim_start();
        let (name, after) = match rest.strip_prefix('\'') {
            Some(quoted) => {
                let end = quoted.find("'!")?;
                (quoted[..end].replace("''", "'"), &quoted[end + 1..])
            }
            None => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || "._".contains(c)));
                let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
                (name.to_owned(), after)
            }
        };
        let Some(after) = after.strip_prefix('!') else {
            return Some(None);
        };
        self.rest = after;
        let mut sheets = self.cells.sheets.iter();
        let is_named = |sheet: &(&str, SheetCells<'_>)| {
            sheet.0 == name || sheet.0.to_lowercase() == name.to_lowercase()
        };
        sheets.position(is_named).map(Some)
    }

    fn word(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "$._".contains(c)));
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        self.rest = after;
        (!word.is_empty()).then_some(word)
    }

    fn cell(&mut self, sheet: usize, place: (usize, usize)) -> Option<Result> {
        *self.steps += 1;
        if self.is_ruled_out {
            return Some(Result::Blank);
        }
        match self.cells.sheets.get(sheet)?.1.get(&place) {
            None => Some(Result::Blank),
            Some(Operand::Number(number)) => Some(Result::Number(*number)),
            Some(Operand::Text | Operand::Unknown) => None,
            Some(Operand::Formula(formula)) => {
                let value = evaluate(formula, sheet, self.cells, self.depth + 1, self.steps)?;
                Some(shown(value))
            }
        }
    }

    fn argument(&mut self, nested: usize) -> Option<Argument> {
        let before = self.rest;
        let sheet = self.prefix()?;
        if let Some(from) = self.word().and_then(address)
            && self.take(":")
        {
            let to = self.word().and_then(address)?;
            let sheet = sheet.unwrap_or(self.sheet);
            return self.area(sheet, from, to).map(Argument::Area);
        }
        self.rest = before;
        self.comparison(nested).map(Argument::One)
    }

    /// The numbers of an area: texts and nothing are none.
    fn area(&mut self, sheet: usize, from: (usize, usize), to: (usize, usize)) -> Option<Vec<f64>> {
        const LARGEST: usize = 1_000;
        let (rows, cols) = (to.0.checked_sub(from.0)? + 1, to.1.checked_sub(from.1)? + 1);
        if rows.checked_mul(cols)? > LARGEST {
            return None;
        }
        let mut found = Vec::new();
        for place in (from.0..=to.0).flat_map(|row| (from.1..=to.1).map(move |col| (row, col))) {
            *self.steps += 1;
            match self.cells.sheets.get(sheet)?.1.get(&place) {
                None | Some(Operand::Text) => {}
                Some(Operand::Number(number)) => found.push(*number),
                Some(Operand::Unknown) => return None,
                Some(Operand::Formula(_)) => match self.cell(sheet, place)? {
                    Result::Number(number) => found.push(number),
                    Result::Empty | Result::Blank => {}
                },
            }
            if *self.steps > MAX_STEPS {
                return None;
            }
        }
        Some(found)
    }

    fn function(&mut self, name: &str, nested: usize) -> Option<Result> {
        let mut arguments = Vec::new();
        if !self.take(")") {
            loop {
                let was = self.is_ruled_out;
                self.is_ruled_out |= name == "IF" && is_ruled_out(&arguments);
                let argument = self.argument(nested);
                self.is_ruled_out = was;
                arguments.push(argument?);
                if self.take(")") {
                    break;
                }
                if !self.take(",") {
                    return None;
                }
            }
        }
        let numbers = arguments.iter().flat_map(|argument| match argument {
            Argument::One(Result::Number(number)) => vec![*number],
            Argument::One(Result::Empty | Result::Blank) => Vec::new(),
            Argument::Area(numbers) => numbers.clone(),
        });
        match (name, arguments.as_slice()) {
            ("SUM", _) => Some(Result::Number(numbers.sum())),
            ("COUNT", _) => Some(Result::Number(numbers.count() as f64)),
            (
                "IF",
                [
                    Argument::One(condition),
                    Argument::One(yes),
                    Argument::One(no),
                ],
            ) => Some(if number(*condition)? != 0.0 {
                *yes
            } else {
                *no
            }),
            ("ROUND", [Argument::One(value), Argument::One(places)]) => {
                let places = number(*places)?;
                if !(0.0..=10.0).contains(&places) {
                    return None;
                }
                let unit = 10f64.powi(places as i32);
                Some(Result::Number((number(*value)? * unit).round() / unit))
            }
            _ => None,
        }
    }
}

/// Whether the next argument of a condition does not count, by those before it.
fn is_ruled_out(before: &[Argument]) -> bool {
    let holds = match before.first() {
        Some(Argument::One(Result::Number(number))) => *number != 0.0,
        _ => false,
    };
    match before.len() {
        1 => !holds,
        2 => holds,
        _ => false,
    }
}

fn number(value: Result) -> Option<f64> {
    match value {
        Result::Number(number) if number.is_finite() => Some(number),
        Result::Blank => Some(0.0),
        _ => None,
    }
}

/// Whether something equals the text with nothing in it.
fn is_nothing(value: Result) -> bool {
    matches!(value, Result::Empty | Result::Blank)
}

/// Row and column of a name such as `B12`, from 0.
pub(super) fn address(name: &str) -> Option<(usize, usize)> {
    let letters = name.trim_matches('$').find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.trim_matches('$').split_at_checked(letters)?;
    let mut col = 0usize;
    for letter in letters.bytes().filter(|&b| b != b'$') {
        if !letter.is_ascii_alphabetic() || col > 20_000 {
            return None;
        }
        col = col * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    let row: usize = digits.parse().ok()?;
    (row <= 1 << 20).then_some(())?;
    Some((row.checked_sub(1)?, col.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::{Cells, Operand, Result, value};
    use std::collections::HashMap;

    #[test]
    fn sums_are_worked_out_and_nothing_else() {
        let first = HashMap::from([
            ((0, 0), Operand::Number(20.0)),
            ((1, 0), Operand::Number(3.0)),
            ((2, 0), Operand::Text),
            ((3, 0), Operand::Formula("A1+A2")),
            ((4, 0), Operand::Formula("A5")),
            ((5, 0), Operand::Formula("IF(Z9=\"\",\"\",Z9)")),
        ]);
        let second = HashMap::from([
            ((0, 0), Operand::Formula("'一、总 体''s'!$A$4")),
            ((1, 0), Operand::Formula("A1*2")),
        ]);
        let cells = Cells {
            sheets: vec![("一、总 体's", first), ("Other", second)],
        };
        let number = |number| Some(Result::Number(number));
        for (formula, wanted) in [
            ("20+3", number(23.0)),
            ("SUM(A1:A3,4)", number(27.0)),
            ("IF(COUNT(A1:A3)=0,\"\",SUM(A1:A3))", number(23.0)),
            ("IF(COUNT(C1:C3)=0,\"\",SUM(C1:C3))", Some(Result::Empty)),
            ("-(A1-$A$2)*2/4", number(-8.5)),
            ("A4*1", number(23.0)),
            ("ROUND(2/3,2)", number(0.67)),
            ("Other!A1", number(23.0)),
            ("other!A2+A1", number(66.0)),
            ("SUM(Other!A1:A2,'Other'!$A$2,A1)", number(135.0)),
            ("IF(A1=\"\",\"\",A1)", number(20.0)),
            ("IF(C1=\"\",\"\",C1)", Some(Result::Empty)),
            ("IF(A6=\"\",1,2)", number(1.0)),
            ("IF(C1<>\"\",1,2)", number(2.0)),
            ("C1", number(0.0)),
            ("COUNT(C1,A1,A6)", number(1.0)),
            ("IF(C1=0,\"\",A1/C1)", Some(Result::Empty)),
            ("IF(A1=0,A3/C1,A1)", number(20.0)),
            ("A5", None),
            ("A3+1", None),
            ("A1>\"\"", None),
            ("VLOOKUP(A1,B1:C2,2)", None),
            ("Sheet2!A1", None),
            ("'Other'A1", None),
            ("1/0", None),
            ("", None),
        ] {
            let found = value(formula, 0, &cells, &mut 1_000);
            assert_eq!(found, wanted, "{formula}");
        }
    }
}
