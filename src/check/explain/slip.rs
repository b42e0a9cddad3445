//! How people mistype numbers.

use crate::value::Value;

/// What a wrong number looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Two neighbouring digits in the wrong order.
    Transposed,
    /// A minus too many or too few.
    Sign,
    /// A zero too many or too few at the end.
    Tenfold,
    /// One digit wrong.
    Digit,
    /// One digit too many or too few.
    Length,
    /// Two neighbouring cells filled in the wrong way round.
    Swapped,
    /// A number in the cell beside the one that it belongs to.
    Misplaced,
    /// A whole row one column off.
    Shifted,
    /// A whole column one row off.
    ShiftedColumn,
    /// Two rows filled in the wrong way round.
    SwappedRows,
    /// A total that was stated and does not add up.
    Total,
    /// Nothing that one would recognise.
    Other,
}

impl Slip {
    /// What is told, e.g. `疑似数字颠倒`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Transposed => "疑似数字颠倒",
            Self::Sign => "疑似多打或漏打负号",
            Self::Tenfold => "疑似末尾多打或漏打一个 0",
            Self::Digit => "疑似一位数字打错",
            Self::Length => "疑似多打或漏打一位数字",
            Self::Swapped => "疑似与相邻一格填反",
            Self::Misplaced => "疑似填进了相邻的一格",
            Self::Shifted => "疑似整行错开一列",
            Self::ShiftedColumn => "疑似整列错开一行",
            Self::SwappedRows => "疑似两行填反",
            Self::Total => "疑似总计填错或漏填",
            Self::Other => "数额对不上",
        }
    }

    /// What a change from one number to another looks like.
    pub(super) fn of(from: Value, to: Value) -> Self {
        let (Some(from), Some(to)) = (digits(from), digits(to)) else {
            return Self::Other;
        };
        if from.0 != to.0 && from.1 == to.1 {
            return Self::Sign;
        }
        if from.0 != to.0 {
            return Self::Other;
        }
        let (from, to) = (from.1, to.1);
        let is_zero = |digits: &[u8]| digits == [b'0'];
        if !is_zero(&from)
            && !is_zero(&to)
            && (append_zero(&from) == to || append_zero(&to) == from)
        {
            return Self::Tenfold;
        }
        match from.len().abs_diff(to.len()) {
            0 => {
                let different: Vec<usize> =
                    (0..from.len()).filter(|&at| from[at] != to[at]).collect();
                match different[..] {
                    [_] => Self::Digit,
                    [a, b] if b == a + 1 && from[a] == to[b] && from[b] == to[a] => {
                        Self::Transposed
                    }
                    _ => Self::Other,
                }
            }
            1 => {
                let (short, long) = if from.len() < to.len() {
                    (&from, &to)
                } else {
                    (&to, &from)
                };
                let without = |at: usize| {
                    long.iter()
                        .enumerate()
                        .filter(move |&(i, _)| i != at)
                        .map(|(_, &d)| d)
                };
                let one_more = !is_zero(short)
                    && (0..long.len()).any(|at| without(at).eq(short.iter().copied()));
                // A leading zero is not seen: 10 typed for 01 is a transposition as well.
                let padded: Vec<u8> = std::iter::once(b'0').chain(short.iter().copied()).collect();
                let swapped = (1..long.len()).any(|at| {
                    let mut turned = padded.clone();
                    turned.swap(at - 1, at);
                    turned == *long
                });
                if swapped && !is_zero(short) {
                    Self::Transposed
                } else if one_more {
                    Self::Length
                } else {
                    Self::Other
                }
            }
            _ => Self::Other,
        }
    }
}

fn append_zero(digits: &[u8]) -> Vec<u8> {
    digits
        .iter()
        .copied()
        .chain(std::iter::once(b'0'))
        .collect()
}

/// The sign and the digits of a number, amounts without their point.
fn digits(value: Value) -> Option<(bool, Vec<u8>)> {
    let text = value.to_string();
    let unsigned = text.strip_prefix('-').unwrap_or(&text);
    let digits: Vec<u8> = unsigned.bytes().filter(u8::is_ascii_digit).collect();
    (!digits.is_empty()).then_some((text.starts_with('-'), digits))
}
