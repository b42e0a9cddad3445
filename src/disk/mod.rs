//! The file system, for whatever writes: files replaced safely, what tells their states apart, the program's own folder,
//! and why something could not be done.

mod follow;
mod home;
pub mod log;
mod names;
mod passing;
mod read;
mod reason;
mod replace;
mod stamp;

pub use follow::followed;
pub use home::Home;
pub use names::{derived_name, path_from_line, path_to_line};
pub use read::{NotRead, read_whole};
pub use reason::{copy_of, io_reason};
pub use replace::{Before, Replacement, new_file, replace_file};
pub use stamp::{fingerprint, is_same_file, sha256, written_at};
