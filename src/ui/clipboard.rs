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

/// The tables on the clipboard, as it is offered: as the desktop has them in HTML, and what the plain text holds. What is
/// not understood in the one way may be in the other.
pub fn tables(text: &str, desktop: bool) -> Vec<Vec<import::source::RawTable>> {
    let html = || arboard::Clipboard::new()?.get().html();
    let html = desktop.then(html).and_then(Result::ok);
    let mut offered: Vec<_> = html.iter().map(|html| import::read_html(html)).collect();
    offered.push(match is_page(text) {
        true => import::read_html(text),
        false => vec![import::tsv_table(text)],
    });
    offered
}

/// Whether a text is the source of a web page or of a part of one.
pub fn is_page(text: &str) -> bool {
    text.trim_start().starts_with('<')
}
