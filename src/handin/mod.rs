//! 交件: the folder that an organ hands in to its superior: the report in every format and as a draft, each read back and
//! held against the report, the sheet that says how it was checked (审核情况表), and a manifest of it all.

mod folder;
mod manifest;
mod open_points;
mod sheet;

pub use folder::{HandedIn, HandinError, folder_name, make};
pub use manifest::{FileKind, MANIFEST, Manifest};
pub use open_points::{OpenPoint, open_points};
pub use sheet::{SHEET, sheet};
