//! A stretch of a text that stands out, whoever has the keyboard.

use crate::ui::theme;
use egui::Ui;
use egui::text::CCursor;
use egui::text_edit::TextEditOutput;
use std::ops::Range;

/// Makes a stretch of a field's text stand out, letter by letter; `brings` it into sight.
pub fn point_out(ui: &Ui, output: &TextEditOutput, text: &str, range: &Range<usize>, brings: bool) {
    let (Some(before), Some(words)) = (text.get(..range.start), text.get(range.clone())) else {
        return;
    };
    let start = before.chars().count();
    let place = |at: usize| {
        let rect = output.galley.pos_from_cursor(CCursor::new(at));
        rect.translate(output.galley_pos.to_vec2())
    };
    let painter = ui.painter().with_clip_rect(output.text_clip_rect);
    for at in start..start + words.chars().count() {
        let (from, to) = (place(at), place(at + 1));
        // The letter behind the last one of a line stands on the next.
        let right = if to.top() > from.top() {
            from.right() + from.height() * 0.6
        } else {
            to.right()
        };
        let letter = egui::Rect::from_min_max(from.min, egui::pos2(right, from.bottom()));
        painter.rect_filled(letter, 0.0, theme::POINTED_OUT);
    }
    if brings {
        ui.scroll_to_rect(place(start).expand(24.0), None);
    }
}
