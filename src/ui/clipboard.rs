//! Putting tables on the clipboard.

use crate::export;

/// Copies a rectangle as text with tabs between and as a table for Word and Excel. Without the desktop's clipboard it
/// is text only.
pub fn copy_block(ctx: &egui::Context, rows: &[Vec<String>], desktop: bool) {
    let text = rows
        .iter()
        .map(|row| row.join("\t"))
        .collect::<Vec<_>>()
        .join("\n");
    let html = export::block_to_html(rows);
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
