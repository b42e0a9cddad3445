//! Of what writes only what a page is held against.

#[path = "../../../src/export/blocks.rs"]
mod blocks;
#[path = "../../../src/export/clean.rs"]
pub mod clean;
#[path = "../../../src/export/document.rs"]
pub mod document;
#[path = "../../../src/export/page.rs"]
mod page;
#[path = "../../../src/export/setting.rs"]
mod setting;
#[path = "../../../src/export/signature.rs"]
pub mod signature;
#[path = "../../../src/export/table.rs"]
mod table;

pub use document::Document;
