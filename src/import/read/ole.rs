//! Microsoft's container of before 2007, just far enough to tell what a file is, and to hold a workbook in it to a
//! measure before calamine lays out its sheets.

/// What a container holds.
pub(super) enum Kind {
    /// An Excel 97 workbook; WPS writes the same as `.et`.
    Workbook,
    /// A Word 97 document; WPS writes the same as `.wps`.
    Document,
    /// A new Office file behind a password.
    Locked,
    /// Anything else.
    Other,
}

const END: u32 = 0xFFFF_FFFE;
const HEAD: usize = 512;

struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

impl<'a> Container<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30)?;
        if !matches!(shift, 9 | 12) {
            return None;
        }
        let mut container = Self {
            bytes,
            sector: 1 << shift,
            next: Vec::new(),
        };
        // The sectors of the allocation table: 109 in the head, more in a chain of their own.
        let mut tables: Vec<u32> = (0..109)
            .filter_map(|at| u32_at(bytes, 76 + at * 4))
            .collect();
        let mut more = u32_at(bytes, 68)?;
        let most = bytes.len() / container.sector + 1;
        while more < END && tables.len() < most {
            let sector = container.sector_at(more)?;
            let (list, next) = sector.split_at(sector.len() - 4);
            tables.extend(list.chunks_exact(4).filter_map(|word| u32_at(word, 0)));
            more = u32_at(next, 0)?;
        }
        for table in tables.into_iter().filter(|&table| table < END) {
            let Some(sector) = container.sector_at(table) else {
                break;
            };
            container
                .next
                .extend(sector.chunks_exact(4).filter_map(|word| u32_at(word, 0)));
            if container.next.len() > most + container.sector {
                break;
            }
        }
        Some(container)
    }

    fn sector_at(&self, at: u32) -> Option<&'a [u8]> {
        let from = HEAD
            .max(self.sector)
            .checked_add((at as usize).checked_mul(self.sector)?)?;
        let rest = self.bytes.get(from..)?;
        Some(&rest[..rest.len().min(self.sector)])
    }

    /// The bytes of a chain of sectors, never more than the file has.
    fn chain(&self, first: u32) -> Vec<u8> {
        let mut all = Vec::new();
        let mut at = first;
        while at < END && all.len() < self.bytes.len() {
            let Some(sector) = self.sector_at(at) else {
                break;
            };
            all.extend_from_slice(sector);
            at = self.next.get(at as usize).copied().unwrap_or(END);
        }
        all
    }

    /// Name, first sector and length of each stream.
    fn directory(&self) -> Vec<(String, u32, u32)> {
        const ENTRY: usize = 128;
        let chain = u32_at(self.bytes, 48).map(|first| self.chain(first));
        let entries = chain.as_deref().unwrap_or_default().chunks_exact(ENTRY);
        entries
            .filter_map(|entry| {
                let length = usize::from(u16_at(entry, 64)?).min(64).checked_sub(2)?;
                let name: Vec<u16> = (0..length / 2)
                    .filter_map(|at| u16_at(entry, at * 2))
                    .collect();
                let name = String::from_utf16_lossy(&name).to_ascii_lowercase();
                Some((name, u32_at(entry, 116)?, u32_at(entry, 120)?))
            })
            .collect()
    }
}

/// What this container holds.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    let Some(container) = Container::open(bytes) else {
        return Kind::Other;
    };
    let names = container.directory();
    let has = |wanted: &[&str]| {
        names
            .iter()
            .any(|(name, ..)| wanted.contains(&name.as_str()))
    };
    if has(&["encryptedpackage"]) {
        Kind::Locked
    } else if has(&["worddocument"]) {
        Kind::Document
    } else if has(&["workbook", "book"]) {
        Kind::Workbook
    } else {
        Kind::Other
    }
}

/// The largest sheet of a workbook that calamine would make room for, in cells; `None` if it is behind a password.
pub(super) fn largest_sheet(bytes: &[u8]) -> Option<usize> {
    /// Shorter streams lie elsewhere in a container; no program writes a workbook that short.
    const LEAST: u32 = 4096;
    let Some(container) = Container::open(bytes) else {
        return Some(0);
    };
    let mut largest = 0;
    for (name, first, length) in container.directory() {
        if name == "workbook" || name == "book" {
            if length < LEAST {
                return Some(usize::MAX);
            }
            largest = largest.max(largest_in(&container.chain(first))?);
        }
    }
    Some(largest)
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
