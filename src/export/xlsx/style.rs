//! Fonts, colours and borders of the workbook, and texts that stay texts.

use crate::export::document::Role;
use crate::export::palette::{self, Rgb};
use crate::value::{Kind, Value};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const RED: Color = rgb(palette::ERROR);
const RED_FILL: Color = rgb(palette::ERROR_FILL);
const BLOCK_FILL: Color = rgb(palette::BLOCK_FILL);
const COMPUTED_FILL: Color = rgb(palette::COMPUTED_FILL);
const RULE: Color = rgb(palette::RULE);
const GREY: Color = Color::RGB(0x5F_66_70);
const LINK: Color = rgb(palette::ACCENT);

pub(super) const fn rgb([red, green, blue]: Rgb) -> Color {
    Color::RGB(u32::from_be_bytes([0, red, green, blue]))
}

/// The size of letters in tables, in points (五号).
pub(super) const TABLE: f64 = 10.5;
/// The size of letters in texts (小四).
pub(super) const TEXT: f64 = 12.0;
/// The size of headings of sections (四号).
pub(super) const HEADING: f64 = 14.0;
/// The size of the title (小二).
pub(super) const TITLE: f64 = 18.0;

pub(super) const SONG: &str = "宋体";
const HEI: &str = "黑体";
const KAI: &str = "楷体";

fn letters(font: &str, size: f64) -> Format {
    Format::new()
        .set_font_name(font)
        .set_font_size(size)
        .set_align(FormatAlign::VerticalCenter)
}

/// A short text that wraps.
pub(super) fn text() -> Format {
    letters(SONG, TEXT).set_text_wrap()
}

/// A paragraph; what its row is too high is left below it.
pub(super) fn paragraph() -> Format {
    text().set_align(FormatAlign::Top)
}

/// A line of the signature.
pub(super) fn signature() -> Format {
    text().set_align(FormatAlign::Right)
}

/// A word or a number of a list.
pub(super) fn plain() -> Format {
    letters(SONG, TABLE)
}

/// A heading of the second level among the texts.
pub(super) fn subheading() -> Format {
    letters(KAI, TEXT).set_text_wrap()
}

/// The heading of a section.
pub(super) fn heading() -> Format {
    letters(HEI, HEADING).set_text_wrap()
}

/// The report's title.
pub(super) fn title() -> Format {
    letters(SONG, TITLE)
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
}

/// What says that the report is a draft.
pub(super) fn mark() -> Format {
    text()
        .set_bold()
        .set_font_color(RED)
        .set_align(FormatAlign::Center)
}

/// A small remark.
pub(super) fn remark() -> Format {
    letters(SONG, TABLE).set_text_wrap().set_font_color(GREY)
}

/// What leads to another sheet.
pub(super) fn link() -> Format {
    letters(SONG, TABLE).set_text_wrap().set_font_color(LINK)
}

/// How far from the rule the words of a table stand that are not centred, in pixels: an indent of 1.
pub(super) const INDENT: f64 = 9.0;

/// The words or the number in a table's cell.
pub(super) fn cell(role: Role) -> Format {
    let format = letters(SONG, TABLE)
        .set_border(FormatBorder::Thin)
        .set_border_color(RULE);
    let format = if role.is_centred() {
        format.set_align(FormatAlign::Center)
    } else {
        format.set_indent(1)
    };
    match role {
        // Wrapped numbers would be shown as ####; these grow smaller instead.
        Role::Value => format.set_shrink(),
        Role::Block => format.set_text_wrap().set_background_color(BLOCK_FILL),
        _ => format.set_text_wrap(),
    }
}

/// What makes a number's cell one that is added up.
pub(super) fn computed(format: Format) -> Format {
    format.set_bold().set_background_color(COMPUTED_FILL)
}

/// How cells look that do not balance.
pub(super) fn alarm() -> Format {
    Format::new()
        .set_font_color(RED)
        .set_background_color(RED_FILL)
}

/// The format for a text: with the quote mark that keeps one such as `=1` a text when it is edited.
pub(super) fn for_text(format: Format, text: &str) -> Format {
    if text.starts_with(['=', '+', '-', '@']) {
        format.set_quote_prefix()
    } else {
        format
    }
}

/// How a kind of number looks. An amount without decimals leaves room for those typed later.
pub(super) fn number_format(kind: Kind, value: Value) -> String {
    match (kind, value) {
        (Kind::Signed, _) => "+0;-0;0".to_owned(),
        (_, Value::Amount(amount)) if amount.scale() > 0 => {
            format!("0.{}", "0".repeat(amount.scale() as usize))
        }
        (Kind::Amount, _) => "General".to_owned(),
        _ => "0".to_owned(),
    }
}
