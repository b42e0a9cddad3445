//! One number in place of another, written as that was.

use rust_decimal::Decimal;

/// A number written the way `digits` are: with thousands commas, if they have some.
pub fn written_like(digits: &str, number: Decimal) -> String {
    let number = number.normalize().to_string();
    match digits.contains([',', '，']) {
        true => with_commas(&number),
        false => number,
    }
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
    fn a_number_is_written_as_another_was() {
        let put = |digits: &str, new: i64| written_like(digits, new.into());
        assert_eq!(put("12", 21), "21");
        assert_eq!(put("１２", 21), "21");
        assert_eq!(put("1,203", 1_234_567), "1,234,567");
        assert_eq!(put("1,203", -1_234), "-1,234");
        assert_eq!(put("12", 1_234_567), "1234567");
        assert_eq!(
            written_like("1,203.5", Decimal::new(123_456_70, 2)),
            "123,456.7"
        );
    }
}
