//! Colours and sizes; nowhere else.

use crate::export::palette;
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Vec2,
    Visuals,
};

/// The window's ground.
pub const GROUND: Color32 = Color32::from_rgb(0xF3, 0xF4, 0xF6);
/// The sheet of paper and the panels.
pub const PAPER: Color32 = ink(palette::PAPER);
/// A table's rules.
pub const RULE: Color32 = ink(palette::RULE);
/// Heads and labels of a table.
pub const HEAD_FILL: Color32 = Color32::from_rgb(0xF5, 0xF7, 0xFA);
/// The head of a block of rows.
pub const BLOCK_FILL: Color32 = ink(palette::BLOCK_FILL);
/// A computed cell.
pub const COMPUTED_FILL: Color32 = ink(palette::COMPUTED_FILL);
/// The text of a computed cell.
pub const COMPUTED_TEXT: Color32 = Color32::from_rgb(0x37, 0x41, 0x51);
/// The number 0.
pub const ZERO: Color32 = Color32::from_rgb(0x9A, 0xA3, 0xAF);
/// The active cell's frame, links, the active tab.
pub const ACCENT: Color32 = ink(palette::ACCENT);
/// The ring around what has the keyboard.
pub const FOCUS: Color32 = Color32::from_rgb(0x0B, 0x2E, 0x66);
/// Heads and labels of the row and the column in which the active cell stands.
pub const CROSS_HEAD: Color32 = Color32::from_rgb(0xDD, 0xE8, 0xFA);
/// The other cells of that row and that column.
pub const CROSS: Color32 = Color32::from_rgb(0xF5, 0xF9, 0xFF);
/// The other computed cells of that row and that column.
pub const CROSS_COMPUTED: Color32 = Color32::from_rgb(0xE8, 0xEE, 0xF6);
/// A cell that the program has just changed.
pub const CHANGED: Color32 = Color32::from_rgb(0xCD, 0xF0, 0xDB);
/// Laid over words that are pointed out.
pub const POINTED_OUT: Color32 = Color32::from_rgba_premultiplied(0x50, 0x40, 0x00, 0x50);
/// What is selected.
pub const SELECTION: Color32 = Color32::from_rgb(0xE8, 0xF0, 0xFE);
/// A cell that must be corrected.
pub const ERROR_FILL: Color32 = ink(palette::ERROR_FILL);
/// 必改.
pub const ERROR: Color32 = ink(palette::ERROR);
/// The corner mark of a cell that must be corrected, and a count of such findings.
pub const ERROR_MARK: Color32 = Color32::from_rgb(0xC9, 0x2A, 0x2A);
/// 需说明.
pub const QUERY: Color32 = Color32::from_rgb(0xC9, 0x8A, 0x12);
/// A cell that wants a reason.
pub const QUERY_FILL: Color32 = Color32::from_rgb(0xFE, 0xF6, 0xE0);
/// 提示.
pub const HINT: Color32 = Color32::from_rgb(0x3B, 0x79, 0xC9);
/// Last year's number.
pub const LAST_YEAR: Color32 = Color32::from_rgb(0x8A, 0xA0, 0xBF);
/// Under a number of a text that agrees with the tables.
pub const AGREES: Color32 = Color32::from_rgb(0x9C, 0xCD, 0xB0);
/// All is well.
pub const FINE: Color32 = Color32::from_rgb(0x2F, 0x85, 0x5A);
/// Running text.
pub const TEXT: Color32 = Color32::from_rgb(0x11, 0x18, 0x27);
/// Remarks.
pub const WEAK: Color32 = Color32::from_rgb(0x6B, 0x72, 0x80);
/// Thin lines between parts of the window.
pub const LINE: Color32 = Color32::from_rgb(0xE1, 0xE4, 0xE9);
/// Around what can be clicked or filled in.
pub const BORDER: Color32 = Color32::from_rgb(0xC9, 0xCE, 0xD6);
/// The ground of a card's equation.
pub const INSET: Color32 = Color32::from_rgb(0xF7, 0xF8, 0xFA);
/// A widget under the pointer.
pub const HOVER: Color32 = Color32::from_rgb(0xEE, 0xF2, 0xF8);

/// Running text.
pub const TEXT_SIZE: f32 = 14.0;
/// Numbers in tables.
pub const NUMBER_SIZE: f32 = 13.0;
/// Labels in tables.
pub const LABEL_SIZE: f32 = 12.5;
/// Remarks.
pub const SMALL_SIZE: f32 = 12.0;
/// Last year's number in tables.
pub const LAST_YEAR_SIZE: f32 = 10.5;
/// A section's heading.
pub const HEADING_SIZE: f32 = 16.0;
/// A line of a table, as a share of the size.
pub const LINE_HEIGHT: f32 = 1.2;
/// The lowest row of a table.
pub const ROW_HEIGHT: f32 = 21.0;
/// The lowest row of a table where the whole of it is to be seen.
pub const TIGHT_ROW_HEIGHT: f32 = 17.0;
/// Between a cell's rule and its words.
pub const CELL_PADDING: Vec2 = Vec2::new(6.0, 2.0);
/// The widest that a table gets on a wide screen, in points.
pub const TABLE_WIDTH: f32 = 960.0;
/// Below this a table scrolls instead of shrinking.
pub const TABLE_MIN_WIDTH: f32 = 800.0;
/// The side panel.
pub const SIDE_WIDTH: f32 = 330.0;
/// Rounded corners.
pub const ROUND: CornerRadius = CornerRadius::same(5);

/// A colour of something that is painted elsewhere too.
pub const fn ink([red, green, blue]: palette::Rgb) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// The regular face.
pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// The bold face.
pub fn bold(size: f32) -> FontId {
    FontId::new(size, super::fonts::bold_family())
}

/// Gives a context its fonts and its look; the same in the program and in tests.
pub fn install(ctx: &egui::Context) {
    super::fonts::install(ctx);
    ctx.set_theme(egui::Theme::Light);
    ctx.set_global_style(style());
    ctx.options_mut(|options| {
        // Ctrl+Q is a slip next to Ctrl+A and Ctrl+W; the window closes by its button or Alt+F4, with a question.
        options.quit_shortcuts.clear();
    });
}

fn style() -> Style {
    let mut visuals = Visuals::light();
    visuals.override_text_color = Some(TEXT);
    visuals.panel_fill = PAPER;
    visuals.window_fill = PAPER;
    visuals.window_stroke = Stroke::new(1.0, LINE);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.window_shadow = Shadow {
        offset: [0, 6],
        blur: 24,
        spread: 0,
        color: Color32::from_black_alpha(40),
    };
    visuals.extreme_bg_color = PAPER;
    visuals.faint_bg_color = INSET;
    visuals.hyperlink_color = ACCENT;
    visuals.selection.bg_fill = Color32::from_rgb(0xBF, 0xD6, 0xFB);
    visuals.selection.stroke = Stroke::new(1.0, ACCENT);
    visuals.text_cursor.stroke = Stroke::new(1.5, ACCENT);
    // A blinking cursor would wake the window twice a second, for ever.
    visuals.text_cursor.blink = false;
    for (widget, fill, line) in [
        (&mut visuals.widgets.inactive, PAPER, BORDER),
        (&mut visuals.widgets.hovered, HOVER, ZERO),
        (&mut visuals.widgets.active, SELECTION, ACCENT),
        (&mut visuals.widgets.open, HOVER, ZERO),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, line);
        widget.fg_stroke = Stroke::new(1.0, TEXT);
        widget.corner_radius = ROUND;
        widget.expansion = 0.0;
    }
    visuals.widgets.noninteractive.bg_stroke = Stroke::new(1.0, LINE);
    visuals.widgets.noninteractive.fg_stroke = Stroke::new(1.0, TEXT);
    let mut style = Style {
        visuals,
        animation_time: 0.0,
        ..Style::default()
    };
    style.text_styles = [
        (TextStyle::Small, regular(SMALL_SIZE)),
        (TextStyle::Body, regular(TEXT_SIZE)),
        (TextStyle::Button, regular(TEXT_SIZE)),
        (TextStyle::Monospace, regular(TEXT_SIZE)),
        (TextStyle::Heading, bold(HEADING_SIZE)),
    ]
    .into();
    style.spacing.item_spacing = Vec2::new(8.0, 6.0);
    style.spacing.button_padding = Vec2::new(10.0, 4.0);
    style.spacing.interact_size.y = 28.0;
    style.spacing.window_margin = Margin::same(20);
    style.spacing.scroll = egui::style::ScrollStyle::solid();
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style
}
