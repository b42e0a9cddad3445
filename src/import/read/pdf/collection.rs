//! Adobe's collections of characters, for fonts that name one of them and bring no map to Unicode of their own.

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use std::sync::OnceLock;

/// What the numbers of a collection's characters (CID) mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Collection(&'static CMap);

impl Collection {
    /// The collection of this registry and ordering, if it is one of Adobe's four.
    pub fn of(registry: &[u8], ordering: &[u8]) -> Option<Self> {
        static MAPS: [OnceLock<Option<CMap>>; 4] = [const { OnceLock::new() }; 4];
        let family = CidFamily::from_registry_ordering(registry, ordering);
        let map = match family {
            CidFamily::AdobeGB1 => &MAPS[0],
            CidFamily::AdobeCNS1 => &MAPS[1],
            CidFamily::AdobeJapan1 => &MAPS[2],
            CidFamily::AdobeKorea1 => &MAPS[3],
            CidFamily::AdobeIdentity | CidFamily::Custom { .. } => return None,
        };
        let map = map.get_or_init(|| load(family.ucs2_cmap()?));
        map.as_ref().map(Self)
    }

    /// The character of this number.
    pub fn text(self, cid: u32) -> Option<String> {
        match self.0.lookup_bf_string(cid)? {
            BfString::Char(c) => Some(c.to_string()),
            BfString::String(text) => Some(text),
        }
    }
}

/// A coding that the format names and does not write out, such as `ETen-B5-H`.
#[derive(Debug)]
pub(super) struct NamedCoding(CMap);

impl NamedCoding {
    /// The coding of this name, if there is one.
    pub fn of(name: &[u8]) -> Option<Self> {
        load(CMapName::from_bytes(name)).map(Self)
    }

    /// The collection that it numbers.
    pub fn collection(&self) -> Option<Collection> {
        let collection = self.0.metadata().character_collection.as_ref()?;
        match collection.family {
            CidFamily::AdobeGB1 => Collection::of(b"Adobe", b"GB1"),
            CidFamily::AdobeCNS1 => Collection::of(b"Adobe", b"CNS1"),
            CidFamily::AdobeJapan1 => Collection::of(b"Adobe", b"Japan1"),
            CidFamily::AdobeKorea1 => Collection::of(b"Adobe", b"Korea1"),
            CidFamily::AdobeIdentity | CidFamily::Custom { .. } => None,
        }
    }

    /// How many bytes the next code has, and the character's number; two if it is none.
    pub fn next(&self, bytes: &[u8]) -> (usize, Option<u32>) {
        const LONGEST: usize = 4;
        let mut code = 0;
        for (nth, byte) in bytes.iter().take(LONGEST).enumerate() {
            code = code << 8 | u32::from(*byte);
            if let Some(cid) = self.0.lookup_cid_code(code, nth as u8 + 1) {
                return (nth + 1, Some(cid));
            }
        }
        (2, None)
    }
}

fn load(name: CMapName<'_>) -> Option<CMap> {
    CMap::parse(load_embedded(name)?, load_embedded)
}
