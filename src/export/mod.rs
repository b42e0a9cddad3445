//! A report as files for others.
//!
//! [`Document`] says once what stands in a report; Word, Excel, PDF and web page are written from it, and none of them
//! knows a label, a row or a rule of a form.

mod blocks;
pub mod chart;
pub(crate) mod clean;
pub mod document;
mod docx;
mod format;
mod html;
mod json;
mod ofd;
mod page;
pub mod palette;
mod pdf;
mod save;
mod setting;
pub mod signature;
mod table;
pub mod typeset;
pub mod xlsx;

pub use document::Document;
pub use format::{Format, WriteError, Written};
pub use html::{block_to_html, table_to_html, table_to_tsv};
pub use json::to_json;
pub use page::page_size;
pub use save::{ExportError, file_name, file_stem, save, save_new};
