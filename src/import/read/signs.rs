//! Characters of fonts that number their signs as they like (`w:sym`, and text in Symbol).

/// The character that a sign is; none where only its picture says it.
pub(super) fn meant(font: &str, code: u32) -> Option<char> {
    // Signs of such fonts stand in a private area, whatever they are.
    let code = match code {
        0xF000..=0xF0FF => code - 0xF000,
        code => code,
    };
    let c = char::from_u32(code)?;
    let name = font.to_ascii_lowercase();
    if name == "symbol" {
        // Its letters are Greek, its digits and brackets are what they are elsewhere.
        return matches!(
            c,
            '0'..='9'
                | ' '
                | '('
                | ')'
                | '['
                | ']'
                | '+'
                | ','
                | '.'
                | '/'
                | ':'
                | ';'
                | '='
                | '%'
                | '!'
        )
        .then_some(c)
        .or_else(|| (code == 0x2D).then_some('-'))
        .or_else(|| (code == 0xB7).then_some('·'));
    }
    let is_pictures = ["wingdings", "webdings", "dingbats", "mt extra", "marlett"]
        .iter()
        .any(|pictures| name.contains(pictures));
    let is_private = ('\u{E000}'..='\u{F8FF}').contains(&c) || c.is_control();
    (!is_pictures && !is_private).then_some(c)
}

/// Text of a font, each of its characters as it is meant; `None` for one that is not known.
pub(super) fn text<'a>(font: &'a str, text: &'a str) -> impl Iterator<Item = Option<char>> + 'a {
    let is_own = font.eq_ignore_ascii_case("symbol");
    text.chars().map(move |c| match c {
        '\u{F020}'..='\u{F0FF}' if is_own => meant(font, u32::from(c)),
        c => Some(c),
    })
}
