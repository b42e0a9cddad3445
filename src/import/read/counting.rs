//! Numbers as lists write them: in digits, in Chinese, in letters, in circles.

/// A number in a format by its name in Word's files (`ST_NumberFormat`); `None` for one that is not known.
pub(super) fn written(number: u32, format: &str) -> Option<String> {
    Some(match format {
        "none" | "bullet" => String::new(),
        "decimal" | "decimalHalfWidth" => number.to_string(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => wide(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(
            number,
            &[(1, 20, '①'), (21, 35, '\u{3251}'), (36, 50, '\u{32B1}')],
        )?,
        "decimalEnclosedParen" => enclosed(number, &[(1, 20, '⑴')])?,
        "decimalEnclosedFullstop" => enclosed(number, &[(1, 20, '⒈')])?,
        "ideographEnclosedCircle" => enclosed(number, &[(1, 10, '\u{3280}')])?,
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => by_digit(number),
        // WPS and older versions of Word name the Chinese way of counting after others.
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => counted(number, &SIMPLE)?,
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            counted(number, &LEGAL)?
        }
        "ideographTraditional" => cycle(number, "甲乙丙丁戊己庚辛壬癸")?,
        "ideographZodiac" => cycle(number, "子丑寅卯辰巳午未申酉戌亥")?,
        "upperLetter" => letters(number)?,
        "lowerLetter" => letters(number)?.to_ascii_lowercase(),
        "upperRoman" => roman(number)?,
        "lowerRoman" => roman(number)?.to_ascii_lowercase(),
        _ => return None,
    })
}

const SIMPLE: [&str; 2] = ["〇一二三四五六七八九", "十百千万"];
const LEGAL: [&str; 2] = ["零壹贰叁肆伍陆柒捌玖", "拾佰仟\u{842C}"];

fn wide(number: u32) -> String {
    let digits = number.to_string();
    let wide = digits.bytes().map(|digit| u32::from(digit - b'0') + 0xFF10);
    wide.filter_map(char::from_u32).collect()
}

fn by_digit(number: u32) -> String {
    let digits = number.to_string();
    let each = digits
        .bytes()
        .filter_map(|digit| SIMPLE[0].chars().nth(usize::from(digit - b'0')));
    each.collect()
}

/// The sign of a number, by runs of signs: the first and last number, and the sign of the first.
fn enclosed(number: u32, runs: &[(u32, u32, char)]) -> Option<String> {
    let (first, _, sign) = runs
        .iter()
        .find(|(first, last, _)| (*first..=*last).contains(&number))?;
    let sign = char::from_u32(u32::from(*sign) + number - first)?;
    Some(sign.to_string())
}

fn cycle(number: u32, signs: &str) -> Option<String> {
    let signs: Vec<char> = signs.chars().collect();
    let at = (number as usize).checked_sub(1)?;
    signs.get(at).map(char::to_string)
}

/// As in 一, 十二, 一百零五; no list goes beyond thousands.
fn counted(number: u32, [digits, units]: &[&str; 2]) -> Option<String> {
    let digit = |nth: u32| digits.chars().nth(nth as usize);
    if number == 0 {
        return digit(0).map(String::from);
    }
    if number > 9_999 {
        return None;
    }
    let zero = if digits.starts_with('〇') {
        '零'
    } else {
        digit(0)?
    };
    let mut text = String::new();
    let mut gap = false;
    for power in (0..4).rev() {
        let nth = number / 10u32.pow(power) % 10;
        if nth == 0 {
            gap |= !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push(zero);
        }
        let is_ten = power == 1 && nth == 1 && text.is_empty() && digits.starts_with('〇');
        if !is_ten {
            text.push(digit(nth)?);
        }
        if power > 0 {
            text.push(units.chars().nth(power as usize - 1)?);
        }
    }
    Some(text)
}

/// A … Z, then AA, BB as Word writes them.
fn letters(number: u32) -> Option<String> {
    const MOST: u32 = 26 * 8;
    let at = number.checked_sub(1).filter(|at| *at < MOST)?;
    let letter = char::from_u32(u32::from(b'A') + at % 26)?;
    Some(letter.to_string().repeat(at as usize / 26 + 1))
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn numbers_are_written_as_lists_print_them() {
        let all = [
            (7, "decimal", "7"),
            (7, "decimalZero", "07"),
            (3, "chineseCountingThousand", "三"),
            (10, "japaneseCounting", "十"),
            (12, "chineseCounting", "十二"),
            (20, "chineseCounting", "二十"),
            (105, "chineseCountingThousand", "一百零五"),
            (115, "chineseCountingThousand", "一百一十五"),
            (11, "chineseLegalSimplified", "壹拾壹"),
            (21, "decimalEnclosedCircle", "\u{3251}"),
            (3, "decimalEnclosedParen", "⑶"),
            (28, "lowerLetter", "bb"),
            (14, "upperRoman", "XIV"),
            (4, "ideographTraditional", "丁"),
            (12, "decimalFullWidth", "１２"),
        ];
        for (number, format, text) in all {
            assert_eq!(written(number, format).as_deref(), Some(text), "{format}");
        }
        assert_eq!(written(51, "decimalEnclosedCircle"), None);
        assert_eq!(written(1, "hindiNumbers"), None);
    }
}
