//! Names and paths as other files need them: names made of another file's name, paths on one line of text.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The most bytes that a file's name has on the usual file systems.
const LONGEST: usize = 255;

/// A name made of another file's name with something before and behind it. One that would be too long for a file system
/// is cut, and told from others that begin alike by a fingerprint.
pub fn derived_name(before: &str, name: &OsStr, behind: &str) -> OsString {
    let mut derived = OsString::from(before);
    if before.len() + name.len() + behind.len() <= LONGEST {
        derived.push(name);
    } else {
        let mark = format!("-{:016x}", super::fingerprint(name.as_encoded_bytes()));
        let room = LONGEST.saturating_sub(before.len() + behind.len() + mark.len());
        let words = name.to_string_lossy();
        derived.push(&words[..words.floor_char_boundary(room)]);
        derived.push(mark);
    }
    derived.push(behind);
    derived
}

/// Stands before a path that is not written as it is.
const ENCODED: &str = "encoded:";

/// A path as one line of text: as it is, if it is that, else with what no line can hold written as numbers.
pub fn path_to_line(path: &Path) -> String {
    match path.to_str() {
        Some(plain) if !plain.starts_with(ENCODED) && !plain.contains(breaks) => plain.to_owned(),
        _ => format!("{ENCODED}{}", encoded(path.as_os_str())),
    }
}

/// The path that [`path_to_line`] wrote.
pub fn path_from_line(line: &str) -> PathBuf {
    match line.strip_prefix(ENCODED) {
        Some(encoded) => decoded(encoded).into(),
        None => line.into(),
    }
}

/// What a line, or the program that reads it, may take for its end.
fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

fn push_char(line: &mut String, c: char) {
    // All of these are in the first plane of Unicode.
    match breaks(c) || c == '%' {
        true => drop(write!(line, "%u{:04x}", u32::from(c))),
        false => line.push(c),
    }
}

/// A piece of an encoded line.
enum Piece {
    Char(char),
    /// A 16-bit unit of Unicode, which alone may be no character.
    Unit(u16),
    Byte(u8),
}

fn pieces(mut line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    while let Some(c) = line.chars().next() {
        let hex = |from: usize, to: usize| {
            let digits = line.get(from..to)?;
            u16::from_str_radix(digits, 16).ok()
        };
        let unit = line.starts_with("%u").then(|| hex(2, 6)).flatten();
        let byte = (c == '%').then(|| hex(1, 3)).flatten();
        let (piece, len) = match (unit, byte.map(u8::try_from)) {
            (Some(unit), _) => (Piece::Unit(unit), 6),
            (None, Some(Ok(byte))) => (Piece::Byte(byte), 3),
            _ => (Piece::Char(c), c.len_utf8()),
        };
        pieces.push(piece);
        line = &line[len..];
    }
    pieces
}

#[cfg(unix)]
fn encoded(name: &OsStr) -> String {
    use std::os::unix::ffi::OsStrExt as _;
    let mut line = String::new();
    for chunk in name.as_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            push_char(&mut line, c);
        }
        for byte in chunk.invalid() {
            let _ = write!(line, "%{byte:02x}");
        }
    }
    line
}

#[cfg(unix)]
fn decoded(line: &str) -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    let mut bytes = Vec::new();
    for piece in pieces(line) {
        let mut utf8 = [0; 4];
        match piece {
            Piece::Byte(byte) => bytes.push(byte),
            Piece::Char(c) => bytes.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes()),
            Piece::Unit(unit) => {
                let c = char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER);
                bytes.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
            }
        }
    }
    OsString::from_vec(bytes)
}

#[cfg(windows)]
fn encoded(name: &OsStr) -> String {
    use std::os::windows::ffi::OsStrExt as _;
    let mut line = String::new();
    for unit in char::decode_utf16(name.encode_wide()) {
        match unit {
            Ok(c) => push_char(&mut line, c),
            Err(alone) => drop(write!(line, "%u{:04x}", alone.unpaired_surrogate())),
        }
    }
    line
}

#[cfg(windows)]
fn decoded(line: &str) -> OsString {
    use std::os::windows::ffi::OsStringExt as _;
    let mut units = Vec::new();
    for piece in pieces(line) {
        match piece {
            Piece::Byte(byte) => units.push(byte.into()),
            Piece::Char(c) => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
            Piece::Unit(unit) => units.push(unit),
        }
    }
    OsString::from_wide(&units)
}

#[cfg(test)]
mod tests {
    use super::{derived_name, path_from_line, path_to_line};
    use std::ffi::OsStr;
    use std::path::{Path, PathBuf};

    #[test]
    fn a_path_of_any_characters_comes_back_from_its_line() {
        for path in [
            "/年报/2024.ron",
            "/a\nb\rc\u{2028}%41%u000a.ron",
            "encoded:x",
            "%",
            "",
        ] {
            let line = path_to_line(Path::new(path));
            assert!(!line.contains(['\n', '\r', '\u{2028}']), "{line}");
            assert_eq!(path_from_line(&line), Path::new(path), "{line}");
        }
        assert_eq!(path_to_line(Path::new("/年报/100%.ron")), "/年报/100%.ron");
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_comes_back_too() {
        use std::os::unix::ffi::OsStrExt as _;
        let bytes: Vec<u8> = (1..=255).filter(|&byte| byte != b'/').collect();
        let path = PathBuf::from(OsStr::from_bytes(&bytes));
        assert_eq!(path_from_line(&path_to_line(&path)), path);
    }

    #[test]
    fn a_name_that_would_be_too_long_is_cut_and_stays_apart_from_its_like() {
        assert_eq!(
            derived_name(".~", OsStr::new("年报.ron"), ".lock"),
            ".~年报.ron.lock"
        );
        let long = |end: &str| derived_name(".~", OsStr::new(&("年".repeat(83) + end)), ".lock");
        assert!(long("ab").len() <= 255 && long("ab") != long("ac"));
    }
}
