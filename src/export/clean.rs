//! Words as a printed page can show them.

/// Stands for a character that no font at hand has, as in Chinese printing ever since lead type.
pub const UNKNOWN: char = '〓';

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
        c => Some(symbol(c)),
    };
    text.chars().filter_map(visible).collect()
}

/// A name or a title: on one line, whatever was pasted into it.
pub fn clean_line(text: &str) -> String {
    clean(text).replace('\n', "")
}

/// What Word's bullets look like: it keeps those of its Symbol and Wingdings fonts as private characters, which mean nothing
/// in any other font.
fn symbol(c: char) -> char {
    match c {
        '\u{F0B7}' | '\u{F09F}' => '•',
        '\u{F06C}' => '●',
        '\u{F0A1}' | '\u{F06D}' => '○',
        '\u{F0A7}' | '\u{F06E}' => '■',
        '\u{F0A8}' | '\u{F06F}' | '\u{F071}' => '□',
        '\u{F075}' | '\u{F076}' => '◆',
        '\u{F0D8}' | '\u{F0E8}' | '\u{F0E0}' => '→',
        '\u{F0FC}' | '\u{F0FE}' => '√',
        '\u{F0FB}' | '\u{F0FD}' => '×',
        '\u{F0AB}' => '★',
        c => c,
    }
}

/// Whether a character means something in one font only, so that a PDF must not say that it is that character.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}
