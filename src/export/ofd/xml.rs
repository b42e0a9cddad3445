//! How every part of the file begins.

/// The first line of every part.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// The namespace of the standard.
pub(super) const OFD: &str = "http://www.ofdspec.org/2016";
