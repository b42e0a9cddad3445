//! Microsoft's container of before 2007: what a file in it is, and a workbook in it held to a measure before calamine
//! lays out its sheets.

use cfb::{CompoundFile, Version};
use std::io::{self, Cursor, Read as _, Write as _};

/// What a container holds.
pub(super) enum Contents {
    /// An Excel 97 workbook; WPS writes the same as `.et`.
    Workbook(Workbook),
    /// A Word 97 document; WPS writes the same as `.wps`.
    Document,
    /// A new Office file behind a password.
    Locked,
    /// A workbook whose streams cannot be reached any more.
    BrokenWorkbook,
    /// Anything else.
    Other,
}

/// The streams of a workbook that are read.
pub(super) struct Workbook {
    /// Path and bytes of each, the sheets first.
    streams: Vec<(&'static str, Vec<u8>)>,
}

/// Where the sheets are, by the versions of Excel.
const BOOKS: [&str; 2] = ["/Workbook", "/Book"];
/// Where the title is.
const SUMMARY: &str = "/\u{5}SummaryInformation";

/// Opens a container.
pub(super) fn open(bytes: &[u8]) -> Contents {
    let Ok(mut file) = CompoundFile::open(Cursor::new(bytes)) else {
        return named_in(bytes);
    };
    if file.exists("/EncryptedPackage") {
        return Contents::Locked;
    }
    if file.exists("/WordDocument") {
        return Contents::Document;
    }
    let mut streams = Vec::new();
    for path in BOOKS.into_iter().chain([SUMMARY]) {
        if let Ok(stream) = file.open_stream(path) {
            let mut content = Vec::new();
            // Never more than the file has, whatever the directory says.
            if stream
                .take(bytes.len() as u64)
                .read_to_end(&mut content)
                .is_ok()
            {
                streams.push((path, content));
            }
        }
    }
    match streams.iter().any(|(path, _)| BOOKS.contains(path)) {
        true => Contents::Workbook(Workbook { streams }),
        false => Contents::Other,
    }
}

/// What a damaged container held, by the names in its directory.
fn named_in(bytes: &[u8]) -> Contents {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        Contents::Locked
    } else if has("WordDocument") {
        Contents::Document
    } else if has("Workbook") {
        Contents::BrokenWorkbook
    } else {
        Contents::Other
    }
}

impl Workbook {
    /// The same in a container of its own: calamine follows the sectors of a foreign one wherever they lead.
    pub fn container(&self) -> io::Result<Vec<u8>> {
        let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
        for (path, content) in &self.streams {
            file.create_stream(path)?.write_all(content)?;
        }
        file.flush()?;
        Ok(file.into_inner().into_inner())
    }

    /// The largest sheet that calamine would make room for, in cells; `None` if the workbook is behind a password.
    pub fn largest_sheet(&self) -> Option<usize> {
        let mut largest = 0;
        for (_, content) in self.streams.iter().filter(|(path, _)| BOOKS.contains(path)) {
            largest = largest.max(largest_in(content)?);
        }
        Some(largest)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn largest_in(stream: &[u8]) -> Option<usize> {
    const CELLS: [u16; 12] = [
        0x0006, 0x0201, 0x0202, 0x0203, 0x0204, 0x0205, 0x00BD, 0x00BE, 0x00FD, 0x027E, 0x00D6,
        0x0001,
    ];
    let (mut rows, mut cols, mut largest) = (0usize, 0usize, 0usize);
    let mut at = 0;
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let (body, length) = (at + 4, usize::from(length));
        match kind {
            // A sheet begins.
            0x0809 => (rows, cols) = (0, 0),
            // The file is encrypted.
            0x002F if u16_at(stream, body) != Some(0) => return None,
            // How large the sheet says that it is; in wider fields since Excel 97.
            0x0200 => {
                let (first, last) = match length {
                    10 => (
                        u16_at(stream, body).map(u32::from),
                        u16_at(stream, body + 2).map(u32::from),
                    ),
                    _ => (u32_at(stream, body), u32_at(stream, body + 4)),
                };
                let cols = u16_at(stream, body + if length == 10 { 6 } else { 10 });
                let rows = last.unwrap_or(0).saturating_sub(first.unwrap_or(0));
                let rows = usize::try_from(rows).unwrap_or(usize::MAX);
                largest = largest.max(rows.saturating_mul(usize::from(cols.unwrap_or(0))));
            }
            kind if CELLS.contains(&kind) => {
                if let (Some(row), Some(col)) = (u16_at(stream, body), u16_at(stream, body + 2)) {
                    rows = rows.max(usize::from(row) + 1);
                    // Several cells in one record: the last column stands at its end.
                    let last = match kind {
                        0x00BD | 0x00BE => u16_at(stream, (body + length).saturating_sub(2)),
                        _ => None,
                    };
                    cols = cols.max(usize::from(last.unwrap_or(col).max(col)) + 1);
                    largest = largest.max(rows * cols);
                }
            }
            _ => {}
        }
        at = body + length;
    }
    Some(largest)
}
