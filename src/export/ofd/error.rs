//! What can be in the way of an OFD file.

use zip::result::ZipError;

/// Why no OFD file could be written.
#[derive(Debug, thiserror::Error)]
pub enum OfdError {
    /// None that a buffer in memory could give.
    #[error("{0}")]
    Zip(#[from] ZipError),
    /// None that a buffer in memory could give.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A glyph that no font file can hold.
    #[error("字体里的字形放不进文件（{0}）")]
    Font(String),
}
