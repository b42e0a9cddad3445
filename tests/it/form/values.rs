//! Reading and printing numbers.

use nianbao::value::{InputError, Kind, Value, parse};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::str::FromStr as _;

fn count(text: &str) -> Value {
    parse(text, Kind::Count, Some("件")).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn amount(text: &str) -> Value {
    parse(text, Kind::Amount, Some("万元")).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn decimal(text: &str) -> Value {
    Value::Amount(Decimal::from_str(text).unwrap())
}

#[test]
fn what_clerks_type_is_understood() {
    for text in [
        "12",
        " 12 ",
        "１２",
        "12件",
        "12 件",
        "+12",
        "=3+9",
        "＝３＋９",
        "=15-3",
        "12.0",
        "\u{3000}12",
        "0012",
    ] {
        assert_eq!(count(text), Value::Count(12), "{text}");
    }
    assert_eq!(count("1,234"), Value::Count(1234));
    assert_eq!(count("１，２３４，５６７"), Value::Count(1_234_567));
    for text in ["-3", "－3", "−3", "—3"] {
        assert_eq!(
            parse(text, Kind::Signed, Some("项")).unwrap(),
            Value::Count(-3),
            "{text}"
        );
    }
    for text in ["", " ", "/", "／", "—", "－", "——", "\u{a0}"] {
        assert_eq!(count(text), Value::Blank, "{text}");
    }
    assert_eq!(amount("59237.2449"), decimal("59237.2449"));
    assert_eq!(amount("12.50"), decimal("12.50"));
    assert_eq!(amount("12。5"), decimal("12.5"));
    assert_eq!(amount("12.5万元"), decimal("12.5"));
    assert_eq!(amount("251000元"), decimal("25.1"));
    assert_eq!(amount("1元"), decimal("0.0001"));
    assert_eq!(amount("=0.1+0.2"), decimal("0.3"));
}

#[test]
fn everything_else_is_refused_with_a_reason() {
    let refused = |text: &str, kind, unit| parse(text, kind, unit).expect_err(text);
    let count = |text: &str| refused(text, Kind::Count, Some("件"));
    assert!(matches!(
        count("22（其中修订16件）"),
        InputError::NotANumber(_)
    ));
    for text in [
        "abc",
        "1e5",
        "1 2a",
        "--3",
        "=",
        "=3+",
        "=+",
        ".",
        "5.",
        ".5",
        "三",
        "1/2",
        "0x10",
        "NaN",
        "12-",
        "71 3",
        "71\t3",
        "1\n2",
        "１\u{3000}２",
    ] {
        assert!(
            matches!(count(text), InputError::NotANumber(_)),
            "{text}: {:?}",
            count(text)
        );
    }
    assert!(matches!(count("12.5"), InputError::NotWhole(..)));
    assert!(matches!(count("12,34"), InputError::Commas(_)));
    assert!(matches!(count("3元"), InputError::Unit(..)));
    assert!(matches!(
        count("99999999999999999999999999999999999"),
        InputError::TooLarge(_)
    ));
    assert!(matches!(
        refused("1.00000000001", Kind::Amount, Some("万元")),
        InputError::TooLarge(_)
    ));
    assert!(matches!(
        refused("251000元", Kind::Amount, None),
        InputError::NoUnit(_)
    ));
    for text in ["22（其中修订16件）", "12.5", "12,34", "3元"] {
        let words = count(text).to_string();
        assert!(
            words.contains(text) && !words.contains("NotANumber"),
            "{words}"
        );
    }
}

#[test]
fn signed_counts_print_their_sign() {
    assert_eq!(Value::Count(1).printed(Kind::Signed), "+1");
    assert_eq!(Value::Count(-3).printed(Kind::Signed), "-3");
    assert_eq!(Value::Count(0).printed(Kind::Signed), "0");
    assert_eq!(Value::Count(1).printed(Kind::Count), "1");
    assert_eq!(Value::Blank.printed(Kind::Count), "");
}

/// Any value that a cell may hold.
pub fn any_value(kind: Kind) -> BoxedStrategy<Value> {
    const LIMIT: i64 = nianbao::value::LIMIT;
    let blank = Just(Value::Blank);
    match kind {
        Kind::Amount => {
            let amount = (-LIMIT * 1000..=LIMIT * 1000, 3u32..=10).prop_map(|(n, scale)| Value::Amount(Decimal::new(n, scale)));
            prop_oneof![1 => blank, 6 => amount].boxed()
        }
        Kind::Signed | Kind::Count => {
            prop_oneof![1 => blank, 3 => (0..500i64).prop_map(Value::Count), 1 => (-LIMIT..=LIMIT).prop_map(Value::Count)].boxed()
        }
    }
}

proptest! {
    #[test]
    fn printing_and_parsing_are_inverse(
        (kind, value) in prop_oneof![Just(Kind::Count), Just(Kind::Signed), Just(Kind::Amount)]
            .prop_flat_map(|kind| (Just(kind), any_value(kind)))
    ) {
        let unit = if kind == Kind::Amount { "万元" } else { "件" };
        prop_assert_eq!(parse(&value.printed(kind), kind, Some(unit)).unwrap(), value);
    }

    #[test]
    fn nothing_that_is_typed_panics(text in "[0-9０-９+\\-－—.。,，/=件万元 ]{0,12}|\\PC{0,8}") {
        for kind in [Kind::Count, Kind::Signed, Kind::Amount] {
            for unit in [None, Some("件"), Some("万元")] {
                let _ = parse(&text, kind, unit);
            }
        }
    }
}
