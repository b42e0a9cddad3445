//! Words as a printed page can show them.

/// Text without what no printed page can show and no XML file may hold: control and invisible characters. Tabs become
/// blanks.
pub fn clean(text: &str) -> String {
    let visible = |c: char| match c {
        '\t' => Some(' '),
        '\n' => Some(c),
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        // Variants of a character, which no font at hand could show anyway.
        | '\u{180B}'..='\u{180D}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}'
        | '\u{FFF9}'..='\u{FFFB}' => None,
        c if c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE => None,
        '\u{FDD0}'..='\u{FDEF}' => None,
        c => Some(c),
    };
    text.chars().filter_map(visible).collect()
}
