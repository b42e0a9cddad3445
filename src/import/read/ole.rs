//! Microsoft's container of before 2007: a small file system of sectors, and what a file in it is.
//!
//! Read here and not by a library: each stream is followed through its sectors for as many as its size needs and no
//! further, so that sectors in a circle end, and no size that the file names is made room for.

/// What a container holds.
pub(super) enum Contents {
    /// An Excel 97 workbook; WPS writes the same as `.et`.
    Workbook(Vec<u8>),
    /// A Word 97 document; WPS writes the same as `.wps`.
    Document(Document),
    /// A new Office file behind a password.
    Locked,
    /// A workbook whose streams cannot be reached any more.
    BrokenWorkbook,
    /// The same of a document.
    BrokenDocument,
    /// Anything else.
    Other,
}

/// The streams of a Word 97 document.
pub(super) struct Document {
    /// `WordDocument`: the text, and where everything is.
    pub main: Vec<u8>,
    /// `0Table` and `1Table`: what the main stream refers to.
    pub tables: [Vec<u8>; 2],
    /// `Data`: properties that are too long for their place.
    pub data: Vec<u8>,
}

/// An opened container: what it holds, and the title that it gives itself.
pub(super) struct Container {
    pub contents: Contents,
    pub title: Option<String>,
}

/// Opens a container.
pub(super) fn open(bytes: &[u8]) -> Container {
    let Some(sectors) = Sectors::open(bytes) else {
        return Container {
            contents: named_in(bytes),
            title: None,
        };
    };
    let stream = |name: &str| sectors.stream(name);
    let contents = if sectors.entry("EncryptedPackage").is_some() {
        Contents::Locked
    } else if sectors.entry("WordDocument").is_some() {
        let table = |name| stream(name).unwrap_or_default();
        match stream("WordDocument") {
            Some(main) => Contents::Document(Document {
                main,
                tables: [table("0Table"), table("1Table")],
                data: stream("Data").unwrap_or_default(),
            }),
            None => Contents::BrokenDocument,
        }
    } else if ["Workbook", "Book"]
        .iter()
        .any(|name| sectors.entry(name).is_some())
    {
        match stream("Workbook").or_else(|| stream("Book")) {
            Some(book) => Contents::Workbook(book),
            None => Contents::BrokenWorkbook,
        }
    } else {
        named_in(bytes)
    };
    let title = stream("\u{5}SummaryInformation").and_then(|summary| title(&summary));
    Container { contents, title }
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
        Contents::BrokenDocument
    } else if has("Workbook") {
        Contents::BrokenWorkbook
    } else {
        Contents::Other
    }
}

/// A number of two bytes at a place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

/// A number of four bytes at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// The same as a place.
pub(super) fn usize_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// A file or folder in the container.
#[derive(Debug)]
struct Entry {
    name: String,
    is_stream: bool,
    left: usize,
    right: usize,
    child: usize,
    first: usize,
    size: usize,
}

/// The sectors of a container, and which one follows which.
struct Sectors<'a> {
    bytes: &'a [u8],
    /// In bytes.
    size: usize,
    next: Vec<u32>,
    small_next: Vec<u32>,
    /// The stream in which the small sectors lie.
    small: Vec<u8>,
    /// Streams that are shorter lie in small sectors.
    cutoff: usize,
    entries: Vec<Entry>,
}

/// Larger numbers of sectors mean something else.
const MAX_SECTOR: u32 = 0xFFFF_FFFA;
const SMALL: usize = 64;
const ENTRY: usize = 128;

impl<'a> Sectors<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        const HEADER: usize = 512;
        let size = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        if bytes.len() < HEADER {
            return None;
        }
        let mut sectors = Self {
            bytes,
            size,
            next: Vec::new(),
            small_next: Vec::new(),
            small: Vec::new(),
            cutoff: usize_at(bytes, 56)?.min(1 << 20),
            entries: Vec::new(),
        };
        sectors.next = sectors.table();
        let most = bytes.len();
        let directory = sectors.chain(usize_at(bytes, 48)?, most, false);
        sectors.entries = directory
            .chunks_exact(ENTRY)
            .filter_map(Entry::read)
            .collect();
        let small_table = sectors.chain(usize_at(bytes, 60)?, most, false);
        sectors.small_next = numbers(&small_table).collect();
        let root = sectors.entries.first()?;
        sectors.small = sectors.chain(root.first, root.size.min(most), false);
        Some(sectors)
    }

    fn sector(&self, nth: usize) -> &'a [u8] {
        let from = nth
            .saturating_add(1)
            .saturating_mul(self.size)
            .min(self.bytes.len());
        &self.bytes[from..from.saturating_add(self.size).min(self.bytes.len())]
    }

    /// Which sector follows which: the table lies in sectors itself, of which the header and a chain of others hold the
    /// numbers.
    fn table(&self) -> Vec<u32> {
        const IN_HEADER: usize = 109;
        let count = self.bytes.len() / self.size + 1;
        let mut lists: Vec<u32> = numbers(&self.bytes[76..]).take(IN_HEADER).collect();
        let mut at = u32_at(self.bytes, 68).unwrap_or(MAX_SECTOR);
        let mut left = count;
        while at < MAX_SECTOR && left > 0 && lists.len() < count {
            let sector = self.sector(at as usize);
            let mut list: Vec<u32> = numbers(sector).collect();
            at = list.pop().unwrap_or(MAX_SECTOR);
            lists.append(&mut list);
            left -= 1;
        }
        let mut next = Vec::new();
        for &nth in lists.iter().filter(|nth| **nth < MAX_SECTOR) {
            if next.len() > count {
                break;
            }
            next.extend(numbers(self.sector(nth as usize)));
        }
        next.truncate(count);
        next
    }

    /// The bytes of sectors that follow each other, as many as asked for at most. A chain that breaks off or comes back
    /// to itself ends there.
    fn chain(&self, first: usize, size: usize, is_small: bool) -> Vec<u8> {
        let (next, step) = match is_small {
            true => (&self.small_next, SMALL),
            false => (&self.next, self.size),
        };
        let size = size.min(self.bytes.len());
        let mut out = Vec::new();
        let mut seen = vec![false; next.len()];
        let mut at = first;
        while out.len() < size && seen.get(at) == Some(&false) {
            seen[at] = true;
            let sector = match is_small {
                true => {
                    let from = (at * SMALL).min(self.small.len());
                    &self.small[from..(from + SMALL).min(self.small.len())]
                }
                false => self.sector(at),
            };
            out.extend_from_slice(&sector[..sector.len().min(size - out.len())]);
            at = next.get(at).map_or(usize::MAX, |&next| next as usize);
            if out.len() % step != 0 {
                break;
            }
        }
        out
    }

    /// The entries that lie in the container itself and in no folder of it: what is embedded has names of the same kind.
    fn entry(&self, name: &str) -> Option<&Entry> {
        let root = self.entries.first()?;
        let mut seen = vec![false; self.entries.len()];
        let mut open = vec![root.child];
        while let Some(at) = open.pop() {
            let Some(entry) = self.entries.get(at).filter(|_| !seen[at]) else {
                continue;
            };
            seen[at] = true;
            if entry.name.eq_ignore_ascii_case(name) {
                return Some(entry);
            }
            open.extend([entry.left, entry.right]);
        }
        None
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entry(name).filter(|entry| entry.is_stream)?;
        let is_small = entry.size < self.cutoff;
        let bytes = self.chain(entry.first, entry.size, is_small);
        (!bytes.is_empty()).then_some(bytes)
    }
}

impl Entry {
    fn read(bytes: &[u8]) -> Option<Self> {
        let length = usize::from(u16_at(bytes, 64)?).min(64) / 2;
        let units: Vec<u16> = (0..length.saturating_sub(1))
            .filter_map(|at| u16_at(bytes, 2 * at))
            .collect();
        Some(Self {
            name: String::from_utf16_lossy(&units),
            is_stream: bytes[66] == 2,
            left: usize_at(bytes, 68)?,
            right: usize_at(bytes, 72)?,
            child: usize_at(bytes, 76)?,
            first: usize_at(bytes, 116)?,
            size: usize_at(bytes, 120)?,
        })
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let all = bytes.chunks_exact(4);
    all.map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// The title in a stream of properties.
fn title(summary: &[u8]) -> Option<String> {
    const TITLE: u32 = 2;
    const CODE_PAGE: u32 = 1;
    const UTF8: u16 = 65001;
    const MOST: usize = 100;
    let section = usize_at(summary, 44)?;
    let count = usize_at(summary, section.checked_add(4)?)?.min(MOST);
    let property = |wanted: u32| {
        let mut places = (0..count).map(|nth| section + 8 + 8 * nth);
        let place = places.find(|place| u32_at(summary, *place) == Some(wanted))?;
        section.checked_add(usize_at(summary, place + 4)?)
    };
    let page = property(CODE_PAGE).and_then(|at| u16_at(summary, at.checked_add(4)?));
    let at = property(TITLE)?;
    let length = usize_at(summary, at.checked_add(4)?)?;
    let from = at.checked_add(8)?;
    let text = match u32_at(summary, at)? {
        // Bytes in the code page.
        30 => {
            let bytes = summary.get(from..from.checked_add(length)?)?;
            match page {
                Some(UTF8) => String::from_utf8_lossy(bytes).into_owned(),
                Some(1200) => utf16(bytes),
                _ => super::text::decode(bytes),
            }
        }
        31 => utf16(summary.get(from..from.checked_add(length.checked_mul(2)?)?)?),
        _ => return None,
    };
    let text = text.split('\0').next().unwrap_or_default().trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Text in units of two bytes.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let pairs = bytes.chunks_exact(2);
    let units: Vec<u16> = pairs
        .map(|two| u16::from_le_bytes([two[0], two[1]]))
        .collect();
    String::from_utf16_lossy(&units)
}
