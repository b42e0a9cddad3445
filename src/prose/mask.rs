//! A text without what differs from year to year and from organ to organ: its numbers, years, names and titles.

use super::finder::Finder;
use super::left::{LEFT_CLOSES, left_over};
use super::number::number_end;
use super::width::is_digit;

/// What stands for a number.
pub const MASKED_NUMBER: char = '#';
/// What stands for a name.
const MASKED_NAME: char = '某';

/// The characters of a text that say something, its numbers, the `names`, and the titles in 《》 masked. White space is left
/// out.
pub fn masked(text: &str, names: Option<&Finder>) -> String {
    let mut mask = String::with_capacity(text.len());
    let mut named = names.into_iter().flat_map(|names| names.all(text));
    let mut name = named.next();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        while name.as_ref().is_some_and(|(_, name)| name.start < at) {
            name = named.next();
        }
        if let Some((_, name)) = name.as_ref().filter(|(_, name)| name.start == at) {
            mask.push(MASKED_NAME);
            at = name.end;
        } else if let Some(left) = left_over(rest) {
            mask.push(MASKED_NUMBER);
            at += left.len() + LEFT_CLOSES.len_utf8();
        } else if is_digit(c) {
            mask.push(MASKED_NUMBER);
            at = number_end(text, at);
        } else if let ('《', Some(close)) = (c, rest.find('》')) {
            mask.push_str("《》");
            at += close + '》'.len_utf8();
        } else {
            if !c.is_whitespace() {
                mask.push(c);
            }
            at += c.len_utf8();
        }
    }
    mask
}

/// The pieces between the commas and stops of a masked text.
pub fn mask_pieces(mask: &str) -> impl Iterator<Item = &str> {
    let pieces = mask.split(['，', '、', '；', '：', '。', ',', ';', ':']);
    pieces.filter(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_year_to_year_is_masked() {
        let names = Finder::new(["青川市水务局", "市水务局"]);
        let mask = |text| masked(text, Some(&names));
        assert_eq!(
            mask("2025年，青川市水务局 收到申请1,203件，按《2025年工作要点》办理。"),
            mask("２０２４年，市水务局收到申请7件，按《工作要点》办理。")
        );
        assert_eq!(mask("收到申请【上年：12】件"), mask("收到申请12件"));
        assert_ne!(mask("收到申请12件"), mask("收到申请12起"));
        assert_eq!(mask("《没有完"), "《没有完");
    }
}
