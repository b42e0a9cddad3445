//! Painting a table: fills, words, numbers, rules. No state, no input.

use super::beside::Beside;
use crate::form::{CellIx, Content, GridCell, with_year};
use crate::ui::session::{Mark, Session};
use crate::ui::theme;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2};
use std::sync::Arc;

/// The printed words of a cell, laid out for the cell's width.
fn words(
    painter: &Painter,
    cell: &GridCell,
    label_cols: usize,
    year: i32,
    width: f32,
) -> Option<Arc<egui::Galley>> {
    let mut text = with_year(cell.content.words()?, year);
    let mut inner = width - 2.0 * theme::CELL_PADDING.x;
    if let Content::Head(_) = cell.content {
        inner = width - theme::CELL_PADDING.x;
        text = in_pairs(&text, inner);
    }
    let format = TextFormat {
        font_id: theme::regular(theme::LABEL_SIZE),
        color: theme::TEXT,
        line_height: Some((theme::LABEL_SIZE * theme::LINE_HEIGHT).round()),
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(text, format);
    job.halign = if is_centred(cell, label_cols) {
        Align::Center
    } else {
        Align::LEFT
    };
    job.wrap.max_width = inner;
    Some(painter.layout_job(job))
}

/// Breaks a narrow head after an even number of characters, as the official form does (商业／企业, 社会公益／组织), since
/// Chinese words mostly have two.
fn in_pairs(head: &str, width: f32) -> String {
    let fits = (width / theme::LABEL_SIZE) as usize;
    let count = head.chars().count();
    if head.contains('\n') || count <= fits || fits < 2 {
        return head.to_owned();
    }
    let characters: Vec<char> = head.chars().collect();
    characters
        .chunks(fits / 2 * 2)
        .map(|line| line.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether a cell's words stand in its middle, as on the official form.
fn is_centred(cell: &GridCell, label_cols: usize) -> bool {
    match cell.content {
        Content::Head(_) | Content::Note(_) => true,
        Content::Label(_) => cell.rows > 1 || label_cols == 0,
        Content::Block(_) | Content::Value(_) => false,
    }
}

/// The height that a cell of the grid wants at a width.
pub(super) fn needed_height(
    painter: &Painter,
    cell: &GridCell,
    label_cols: usize,
    year: i32,
    width: f32,
) -> f32 {
    words(painter, cell, label_cols, year, width)
        .map_or(0.0, |galley| galley.size().y + 2.0 * theme::CELL_PADDING.y)
}

/// Everything that a cell's look depends on.
pub(super) struct Look<'a> {
    pub session: &'a Session,
    pub label_cols: usize,
    /// Cells that are selected besides the active one.
    pub selected: &'a [CellIx],
    /// What is shown besides the report's own numbers.
    pub beside: &'a Beside<'a>,
    /// The cell whose number is hidden because it is being typed.
    pub typed_over: Option<CellIx>,
}

/// One cell: its fill and what stands in it.
pub(super) fn cell(painter: &Painter, cell: &GridCell, rect: Rect, look: &Look<'_>) {
    match &cell.content {
        Content::Value(ix) => number(painter, *ix, rect, look),
        content => {
            let fill = match content {
                Content::Block(_) => theme::BLOCK_FILL,
                Content::Head(_) | Content::Note(_) => theme::HEAD_FILL,
                _ => theme::PAPER,
            };
            painter.rect_filled(rect, 0.0, fill);
            let year = look.session.report().year();
            let Some(galley) = words(painter, cell, look.label_cols, year, rect.width()) else {
                return;
            };
            let x = if is_centred(cell, look.label_cols) {
                rect.center().x
            } else {
                rect.left() + theme::CELL_PADDING.x
            };
            let y = rect.center().y - galley.size().y / 2.0;
            painter.galley(Pos2::new(x, y.round()), galley, theme::TEXT);
        }
    }
}

fn number(painter: &Painter, ix: CellIx, rect: Rect, look: &Look<'_>) {
    let cell = look.session.form().cell(ix);
    let mark = look.session.mark(ix);
    let review = look.beside.review;
    let wanted = review.is_some_and(|review| review.wants(look.session.report(), ix));
    let fill = match mark {
        _ if look.selected.contains(&ix) => theme::SELECTION,
        Mark::Error => theme::ERROR_FILL,
        Mark::Query => theme::QUERY_FILL,
        Mark::None if look.beside.lit.contains(&ix) => theme::SELECTION,
        Mark::None if wanted => theme::QUERY_FILL,
        Mark::None if cell.computed => theme::COMPUTED_FILL,
        Mark::None => theme::PAPER,
    };
    painter.rect_filled(rect, 0.0, fill);
    // Colour never stands alone: a corner says the same.
    let corner = match mark {
        Mark::Error => Some(theme::ERROR_MARK),
        Mark::Query => Some(theme::QUERY),
        Mark::None => None,
    };
    if let Some(colour) = corner {
        const SIDE: f32 = 7.0;
        let at = rect.left_top();
        let points = vec![at, at + Vec2::new(SIDE, 0.0), at + Vec2::new(0.0, SIDE)];
        painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
    }
    if look.typed_over == Some(ix) {
        return;
    }
    let shown = look.session.shown(ix);
    let (font, colour) = number_style(
        shown,
        cell.computed,
        look.session.evaluation().is_complete(ix),
        mark,
    );
    // A number too long for its cell is written smaller: run over, it would be read together with its neighbour's.
    let room = rect.width() - theme::CELL_PADDING.x;
    let mut galley = painter.layout_no_wrap(shown.to_owned(), font.clone(), colour);
    if galley.size().x > room {
        let size = font.size * room / galley.size().x;
        galley = painter.layout_no_wrap(shown.to_owned(), egui::FontId { size, ..font }, colour);
    }
    let right = if galley.size().x > room - theme::CELL_PADDING.x {
        theme::CELL_PADDING.x / 2.0
    } else {
        theme::CELL_PADDING.x
    };
    let at = Pos2::new(
        rect.right() - right - galley.size().x,
        rect.center().y - galley.size().y / 2.0,
    );
    let taken = galley.size().x + right;
    painter.galley(at, galley, colour);
    if wanted {
        small(painter, "没找到", theme::QUERY, rect, taken);
    } else if let Some(review) = review {
        let words = review.differing(ix, shown).unwrap_or_default();
        small(painter, words, theme::QUERY, rect, taken);
    } else if look.beside.last_year && look.session.last(ix) != "0" {
        // A 0 would only be in the way.
        small(
            painter,
            look.session.last(ix),
            theme::LAST_YEAR,
            rect,
            taken,
        );
    }
}

/// Something small at the left of a cell, where the number leaves room; the status line has it in any case.
fn small(painter: &Painter, words: &str, colour: Color32, rect: Rect, taken: f32) {
    const GAP: f32 = 5.0;
    if words.is_empty() {
        return;
    }
    let font = theme::regular(theme::LAST_YEAR_SIZE);
    let galley = painter.layout_no_wrap(words.to_owned(), font, colour);
    if theme::CELL_PADDING.x + galley.size().x + GAP > rect.width() - taken {
        return;
    }
    let at = Pos2::new(
        rect.left() + theme::CELL_PADDING.x,
        rect.center().y - galley.size().y / 2.0 + 0.5,
    );
    painter.galley(at, galley, colour);
}

/// How a number is written; totals are heavier, and lighter again while something below them is still blank.
fn number_style(
    shown: &str,
    computed: bool,
    complete: bool,
    mark: Mark,
) -> (egui::FontId, Color32) {
    let font = if (computed && complete) || mark == Mark::Error {
        theme::bold(theme::NUMBER_SIZE)
    } else {
        theme::regular(theme::NUMBER_SIZE)
    };
    let colour = match mark {
        Mark::Error => theme::ERROR,
        _ if computed && complete => theme::COMPUTED_TEXT,
        _ if computed => theme::WEAK,
        _ if shown == "0" => theme::ZERO,
        _ => theme::TEXT,
    };
    (font, colour)
}

/// The rules around the cells of some rows and columns, each line once and exactly one pixel wide.
pub(super) fn rules(painter: &Painter, cells: &[(&GridCell, Rect)]) {
    let pixel = 1.0 / painter.pixels_per_point();
    let snap = |at: f32| (at * painter.pixels_per_point()).round() / painter.pixels_per_point();
    let horizontal = |y: f32, from: f32, to: f32| {
        painter.rect_filled(
            Rect::from_min_max(
                Pos2::new(from, snap(y)),
                Pos2::new(to + pixel, snap(y) + pixel),
            ),
            0.0,
            theme::RULE,
        );
    };
    let vertical = |x: f32, from: f32, to: f32| {
        painter.rect_filled(
            Rect::from_min_max(
                Pos2::new(snap(x), from),
                Pos2::new(snap(x) + pixel, to + pixel),
            ),
            0.0,
            theme::RULE,
        );
    };
    for (cell, rect) in cells {
        if rect.height() <= 0.0 {
            continue;
        }
        horizontal(rect.bottom(), rect.left(), rect.right());
        vertical(rect.right(), rect.top(), rect.bottom());
        if cell.row == 0 {
            horizontal(rect.top(), rect.left(), rect.right());
        }
        if cell.col == 0 {
            vertical(rect.left(), rect.top(), rect.bottom());
        }
    }
}

/// The frame of the active cell.
pub(super) fn active(painter: &Painter, rect: Rect) {
    painter.rect_stroke(
        rect.expand2(Vec2::splat(0.5)),
        0.0,
        Stroke::new(2.0, theme::ACCENT),
        egui::StrokeKind::Middle,
    );
}
