//! Putting tables on the clipboard.

use crate::{export, import};

/// Copies a rectangle as text with tabs between and as a table for Word and Excel. Without the desktop's clipboard it
/// is text only.
pub fn copy_block(ctx: &egui::Context, rows: &[Vec<String>], desktop: bool) {
    let text = rows
        .iter()
        .map(|row| row.join("\t"))
        .collect::<Vec<_>>()
        .join("\n");
    copy(ctx, text, export::block_to_html(rows), desktop);
}

/// Copies a whole official table, as it is exported.
pub fn copy_table(ctx: &egui::Context, table: &export::document::TableBlock, desktop: bool) {
    let (text, html) = (export::table_to_tsv(table), export::table_to_html(table));
    copy(ctx, text, html, desktop);
}

fn copy(ctx: &egui::Context, text: String, html: String, desktop: bool) {
    // egui copies text only; the library below it takes both kinds at once.
    let both = || {
        arboard::Clipboard::new()?
            .set()
            .html(html, Some(text.clone()))
    };
    if !desktop || both().is_err() {
        ctx.copy_text(text);
    }
}

/// The tables on the clipboard: as the desktop has them in HTML, else what the plain text holds.
pub fn tables(text: &str, desktop: bool) -> Vec<import::source::RawTable> {
    let html = || arboard::Clipboard::new()?.get().html();
    match desktop.then(html) {
        Some(Ok(html)) => import::read_html(&html),
        _ if text.trim_start().starts_with('<') => import::read_html(text),
        _ => vec![import::tsv_table(text)],
    }
}
