//! A file read whole, however long it turns out to be.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// Why a file was not read.
#[derive(Debug)]
pub enum NotRead {
    /// The file system said no.
    Io(io::Error),
    /// A pipe or a device: reading it may never end.
    NotAFile,
    /// Longer than allowed; its length in megabytes.
    TooBig(u64),
}

impl From<io::Error> for NotRead {
    fn from(why: io::Error) -> Self {
        Self::Io(why)
    }
}

/// The bytes of a file of at most `most` bytes.
///
/// # Errors
/// If it cannot be read, is no file, or is longer; some files of the system are longer than they say.
pub fn read_whole(path: &Path, most: u64) -> Result<Vec<u8>, NotRead> {
    let kind = std::fs::metadata(path)?;
    if kind.is_dir() {
        return Err(NotRead::Io(io::ErrorKind::IsADirectory.into()));
    }
    if !kind.is_file() {
        return Err(NotRead::NotAFile);
    }
    if kind.len() > most {
        return Err(NotRead::TooBig(kind.len() >> 20));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 {
        length if length > most => Err(NotRead::TooBig(length >> 20)),
        _ => Ok(bytes),
    }
}
