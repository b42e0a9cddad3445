//! The file system, for whatever writes: files replaced safely, what tells their states apart, the program's own folder,
//! and why something could not be done.

mod home;
pub mod log;
mod reason;
mod replace;
mod stamp;

pub use home::Home;
pub use reason::io_reason;
pub use replace::{replace_file, replace_keeping};
pub use stamp::{fingerprint, is_same_file, sha256, written_at};
