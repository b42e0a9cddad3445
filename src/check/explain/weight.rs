//! How unlikely an explanation is: tenths of the negative natural logarithm of about the probability that a clerk came to
//! just these numbers that way. Only differences between explanations mean anything; 46 is one to a hundred.

use super::slip::Slip;
use super::system::{UNIT, Units, units};
use crate::value::Value;

/// How unlikely it is that just this number was mistyped.
pub(super) const ONE_SLIP: i32 = 50;
/// The same of a total: published reports are seldom wrong but in these.
pub(super) const ONE_TOTAL: i32 = 40;
/// How unlikely a number below 0 is where there can be none.
const NEGATIVE: i32 = 120;

/// How unlikely it is that `to` was meant and `from` typed, or printed as a total.
pub(super) fn of_slip(from: Value, to: Value, is_total: bool) -> i32 {
    let (typed, meant) = (count(from), count(to));
    let length = |n: i128| n.unsigned_abs().to_string().len();
    let weight = match Slip::of(from, to) {
        Slip::Sign => 18,
        Slip::Transposed => 18 + ln(length(meant).max(length(typed)) as f64 - 1.0),
        Slip::Tenfold if typed == meant * 10 => 18,
        Slip::Tenfold => 25 + ln(length(meant) as f64),
        Slip::Digit => 40 + ln(length(meant) as f64),
        Slip::Length if length(typed) > length(meant) => 48 + ln(length(meant) as f64 + 1.0),
        Slip::Length => 25 + ln(length(meant) as f64),
        _ => other(typed, meant),
    };
    let nearly = (typed - meant).unsigned_abs() < 10;
    match (is_total, typed) {
        // Nothing is more common than a total that was left at 0; and sums in the head are off by a little.
        (true, 0) => weight.min(20),
        (true, _) if nearly => weight.min(45),
        (false, 0) => weight.min(50),
        _ => weight,
    }
}

/// Some other number altogether.
fn other(typed: i128, meant: i128) -> i32 {
    let range = 2.0 * meant.unsigned_abs() as f64 + 10.0;
    let far = if typed.unsigned_abs() as f64 > range {
        30
    } else {
        0
    };
    18 + ln(range) + far
}

/// How unlikely a number is in a cell, whatever was typed; `last` is last year's there.
pub(super) fn of_number(number: Value, last: Option<Value>) -> i32 {
    let n = count(number);
    if n < 0 {
        return NEGATIVE;
    }
    // Most cells of most reports are 0; of the others small numbers are more common than large ones.
    let by_itself = match n {
        0 => 0.6,
        n => 0.03 / (n as f64).sqrt(),
    };
    let Some(last) = last.filter(|last| !last.is_blank()).map(count) else {
        return -ln(by_itself);
    };
    let near = match (last, n) {
        (0, 0) => 0.85,
        (last, n) => {
            let wide = 0.3 * last.unsigned_abs() as f64 + 1.0;
            (-((n - last).unsigned_abs() as f64) / wide).exp() / (2.0 * wide)
        }
    };
    -ln(0.6 * near + 0.4 * by_itself)
}

/// How unlikely it is that something which is wrong by itself is wrong by just this much.
pub(super) fn of_chance(off: Units) -> i32 {
    40 + ln(10.0 + 2.0 * (off.unsigned_abs() / UNIT.unsigned_abs()) as f64)
}

fn count(value: Value) -> i128 {
    units(value) / UNIT
}

fn ln(x: f64) -> i32 {
    (10.0 * x.max(1e-9).ln()).round() as i32
}
