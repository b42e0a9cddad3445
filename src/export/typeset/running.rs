//! What every page has outside its text area: the number at its foot, and the draft mark at its head.

use super::faces::Style;
use super::lines::{Setting, break_lines};
use super::pages::{Ink, Owner, Page, PageItem};
use super::runs::Words;
use super::shape::Shaper;
use crate::export::page;

/// The number's line lies 7 mm below the text area.
const BELOW: f32 = 19.84;
/// The mark's line above it.
const ABOVE: f32 = 28.0;

/// Page numbers (outside: odd at the right, even at the left) and the draft mark, if there is one.
pub(super) fn number_and_mark(pages: &mut [Page], mark: Option<&str>, shaper: &mut Shaper<'_>) {
    for (nth, page) in pages.iter_mut().enumerate() {
        let number = format!("— {} —", nth + 1);
        let size = page::FOOTER_SIZE;
        let x = |width: f32| match nth % 2 {
            0 => page::LEFT + page::TEXT_WIDTH - size - width,
            _ => page::LEFT + size,
        };
        let baseline = page::TOP + page::TEXT_HEIGHT + BELOW + size;
        let style = (Style::Table, size, Ink::Black);
        one_line(&number, style, x, baseline, shaper, &mut page.items);
        if let Some(mark) = mark {
            let x = |width: f32| page::LEFT + page::TEXT_WIDTH - width;
            let style = (Style::Heading, page::MARK_SIZE, Ink::Warning);
            one_line(mark, style, x, page::TOP - ABOVE, shaper, &mut page.items);
        }
    }
}

/// Words on a line that is as long as they need; where it begins depends on its width.
fn one_line(
    text: &str,
    (style, size, ink): (Style, f32, Ink),
    x: impl Fn(f32) -> f32,
    baseline: f32,
    shaper: &mut Shaper<'_>,
    items: &mut Vec<PageItem>,
) {
    let glyphs = shaper.shape(text, style);
    let lines = break_lines(text, &glyphs, Setting::ragged(size, f32::MAX));
    if let Some(line) = lines.first() {
        let words = Words {
            text,
            glyphs: &glyphs,
            size,
            owner: Owner::Page,
            ink,
        };
        words.paint(line, x(line.width), baseline, items);
    }
}
