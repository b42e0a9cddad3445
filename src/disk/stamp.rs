//! What tells one state of a file from another.

use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// When a file was last written, from the beginning of 1970 on; none if the file system does not say.
pub fn written_at(path: &Path) -> Option<Duration> {
    let written = std::fs::metadata(path).ok()?.modified().ok()?;
    written.duration_since(UNIX_EPOCH).ok()
}

/// Whether two paths lead to one file.
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    let full = |path: &Path| std::fs::canonicalize(path).ok();
    a == b || full(a).is_some_and(|a| full(b) == Some(a))
}

/// The SHA-256 of some bytes as hexadecimal digits, which says for good what a draft was made from or into.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    let digits = Sha256::digest(bytes).into_iter();
    digits.map(|byte| format!("{byte:02x}")).collect()
}

/// Tells contents apart (FNV-1a); no defence against anybody.
pub fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}
