//! One number in place of another, in the words around it.

use super::width::{half_width, is_digit};
use rust_decimal::Decimal;

/// A number with its unit (`1,203件`) with another number in it, written the way the old one was: with its commas, with
/// its unit. Nothing where it is not written in digits, or where its digits are not `old`: 1.2万件 is 12000.
pub fn rewritten(written: &str, old: Decimal, new: Decimal) -> Option<String> {
    let is_part = |c: char| is_digit(c) || matches!(half_width(c), '.' | ',');
    let start = written.find(is_digit)?;
    let end = written[start..]
        .find(|c| !is_part(c))
        .map_or(written.len(), |end| start + end);
    let digits: String = written[start..end].chars().map(half_width).collect();
    let plain: String = digits.chars().filter(|&c| c != ',').collect();
    let is_old = plain.parse::<Decimal>().is_ok_and(|number| number == old);
    // What counts the number in ten thousands stands behind it.
    if !is_old || written[end..].contains(is_digit) {
        return None;
    }
    let number = new.normalize().to_string();
    let number = if digits.contains(',') {
        with_commas(&number)
    } else {
        number
    };
    Some(format!("{}{number}{}", &written[..start], &written[end..]))
}

/// A number with a comma before every three digits.
fn with_commas(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut result = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && result != "-" {
            result.push(',');
        }
        result.push(c);
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_rewritten_as_it_was_written() {
        let put = |written: &str, old: i64, new: i64| rewritten(written, old.into(), new.into());
        assert_eq!(put("12件", 12, 21).as_deref(), Some("21件"));
        assert_eq!(put("１２件", 12, 21).as_deref(), Some("21件"));
        assert_eq!(
            put("1,203 件", 1203, 1_234_567).as_deref(),
            Some("1,234,567 件")
        );
        assert_eq!(put("收到12件", 12, 0).as_deref(), Some("收到0件"));
        for (written, old) in [
            ("十二件", 12),
            ("1.2万件", 12000),
            ("未收到", 0),
            ("12件", 13),
        ] {
            assert_eq!(put(written, old, 5), None, "{written}");
        }
    }
}
