//! A stretch of a text that stands out, whoever has the keyboard.

use crate::ui::theme;
use egui::Ui;
use egui::text::CCursor;
use egui::text_edit::TextEditOutput;
use std::ops::Range;

/// Makes a stretch of a field's text stand out, letter by letter, if it `paints` it; `brings` it into sight.
pub fn point_out(
    ui: &Ui,
    output: &TextEditOutput,
    text: &str,
    range: &Range<usize>,
    paints: bool,
    brings: bool,
) {
    let (Some(before), Some(words)) = (text.get(..range.start), text.get(range.clone())) else {
        return;
    };
    let start = before.chars().count();
    // Between two lines a place is at the end of the first and at the start of the second.
    let place = |index: usize, prefer_next_row: bool| {
        let index = index.into();
        let cursor = CCursor {
            index,
            prefer_next_row,
        };
        let rect = output.galley.pos_from_cursor(cursor);
        rect.translate(output.galley_pos.to_vec2())
    };
    let painter = ui.painter().with_clip_rect(output.text_clip_rect);
    let count = if paints { words.chars().count() } else { 0 };
    for at in start..start + count {
        let (from, to) = (place(at, true), place(at + 1, false));
        // The end of a paragraph takes no room.
        let right = if to.top() > from.top() {
            from.right()
        } else {
            to.right()
        };
        let letter = egui::Rect::from_min_max(from.min, egui::pos2(right, from.bottom()));
        painter.rect_filled(letter, 0.0, theme::POINTED_OUT);
    }
    if brings {
        ui.scroll_to_rect(place(start, true).expand(24.0), None);
    }
}
