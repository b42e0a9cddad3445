//! Painting a table: fills, words, numbers, rules. No state, no input.

use super::beside::Beside;
use super::size::Size;
use crate::form::{CellIx, Content, GridCell, with_year};
use crate::prose;
use crate::ui::session::{Mark, Session};
use crate::ui::theme;
use egui::cache::{ComputerMut, FrameCache};
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2};
use std::ops::Range;
use std::sync::Arc;

/// The printed words of a cell, laid out for the cell's width.
fn words(
    painter: &Painter,
    cell: &GridCell,
    label_cols: usize,
    year: i32,
    width: f32,
    size: Size,
) -> Option<Arc<egui::Galley>> {
    let text = with_year(cell.content.words()?, year);
    let margins = match cell.content {
        Content::Head(_) => 1.0,
        _ => 2.0,
    };
    let inner = width - margins * size.padding().x;
    // On lines as on paper.
    let text = on_lines(painter, &text, inner / size.label());
    let format = TextFormat {
        font_id: theme::regular(size.label()),
        color: theme::TEXT,
        line_height: Some((size.label() * theme::LINE_HEIGHT).round()),
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

/// Words on lines about as long as each other, at most so many ems; worked out anew only where words or width change.
fn on_lines(painter: &Painter, text: &str, ems: f32) -> String {
    #[derive(Default)]
    struct Balance;

    impl ComputerMut<(&str, u32), String> for Balance {
        fn compute(&mut self, (text, ems): (&str, u32)) -> String {
            prose::balanced(text, f32::from_bits(ems)).join("\n")
        }
    }

    painter.ctx().memory_mut(|memory| {
        let cache = memory.caches.cache::<FrameCache<String, Balance>>();
        cache.get((text, ems.to_bits())).clone()
    })
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
    size: Size,
) -> f32 {
    words(painter, cell, label_cols, year, width, size)
        .map_or(0.0, |galley| galley.size().y + 2.0 * size.padding().y)
}

/// Everything that a cell's look depends on.
pub(super) struct Look<'a> {
    pub session: &'a Session,
    pub label_cols: usize,
    pub size: Size,
    /// The active cell, and the rows of the block in which it stands, heads included.
    pub active: Option<(&'a GridCell, Range<usize>)>,
    /// Cells that are selected besides the active one.
    pub selected: &'a [CellIx],
    /// What is shown besides the report's own numbers.
    pub beside: &'a Beside<'a>,
    /// The cell whose number is hidden because it is being typed.
    pub typed_over: Option<CellIx>,
}

impl Look<'_> {
    /// Whether a cell stands in the row of the active one, and whether in its column.
    fn meets(&self, cell: &GridCell) -> (bool, bool) {
        let meets = |at: usize, long: usize, other: usize, len: usize| {
            at < other + len && other < at + long
        };
        self.active
            .as_ref()
            .map_or((false, false), |(active, block)| {
                let same_row = meets(cell.row, cell.rows, active.row, active.rows);
                let same_col = meets(cell.col, cell.cols, active.col, active.cols);
                (same_row, same_col && block.contains(&cell.row))
            })
    }

    /// Whether a label or a head says what the active cell is; those of many rows or columns say it of too many cells.
    fn names_active(&self, cell: &GridCell) -> bool {
        let (same_row, same_col) = self.meets(cell);
        self.active.as_ref().is_some_and(|(active, _)| {
            same_row && cell.rows <= active.rows || same_col && cell.cols <= active.cols
        })
    }

    fn number_fill(&self, cell: &GridCell, ix: CellIx, wanted: bool) -> Color32 {
        let computed = self.session.form().cell(ix).computed;
        match self.session.mark(ix) {
            _ if self.selected.contains(&ix) => theme::SELECTION,
            _ if self.beside.changed.contains(&ix) => theme::CHANGED,
            Mark::Error => theme::ERROR_FILL,
            Mark::Query => theme::QUERY_FILL,
            Mark::None if self.beside.lit.contains(&ix) => theme::SELECTION,
            Mark::None if wanted => theme::QUERY_FILL,
            Mark::None => match (computed, self.meets(cell) != (false, false)) {
                (true, true) => theme::CROSS_COMPUTED,
                (true, false) => theme::COMPUTED_FILL,
                (false, true) => theme::CROSS,
                (false, false) => theme::PAPER,
            },
        }
    }
}

/// One cell: its fill and what stands in it.
pub(super) fn cell(painter: &Painter, cell: &GridCell, rect: Rect, look: &Look<'_>) {
    match &cell.content {
        Content::Value(ix) => number(painter, cell, *ix, rect, look),
        content => {
            let fill = match content {
                // A note stands for no row and no column.
                Content::Head(_) | Content::Label(_) if look.names_active(cell) => {
                    theme::CROSS_HEAD
                }
                Content::Block(_) => theme::BLOCK_FILL,
                Content::Head(_) | Content::Note(_) => theme::HEAD_FILL,
                _ => theme::PAPER,
            };
            painter.rect_filled(rect, 0.0, fill);
            let year = look.session.report().year();
            let galley = words(
                painter,
                cell,
                look.label_cols,
                year,
                rect.width(),
                look.size,
            );
            let Some(galley) = galley else { return };
            let x = if is_centred(cell, look.label_cols) {
                rect.center().x
            } else {
                rect.left() + look.size.padding().x
            };
            let y = rect.center().y - galley.size().y / 2.0;
            painter.galley(Pos2::new(x, y.round()), galley, theme::TEXT);
        }
    }
}

fn number(painter: &Painter, at: &GridCell, ix: CellIx, rect: Rect, look: &Look<'_>) {
    let cell = look.session.form().cell(ix);
    let mark = look.session.mark(ix);
    let review = look.beside.review;
    let wanted = review.is_some_and(|review| review.wants(look.session.report(), ix));
    painter.rect_filled(rect, 0.0, look.number_fill(at, ix, wanted));
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
        look.size,
    );
    let padding = look.size.padding().x;
    // A number too long for its cell is written smaller: run over, it would be read together with its neighbour's.
    let room = rect.width() - padding;
    let mut galley = painter.layout_no_wrap(shown.to_owned(), font.clone(), colour);
    if galley.size().x > room {
        let size = font.size * room / galley.size().x;
        galley = painter.layout_no_wrap(shown.to_owned(), egui::FontId { size, ..font }, colour);
    }
    let right = if galley.size().x > room - padding {
        padding / 2.0
    } else {
        padding
    };
    let at = Pos2::new(
        rect.right() - right - galley.size().x,
        rect.center().y - galley.size().y / 2.0,
    );
    let taken = galley.size().x + right;
    painter.galley(at, galley, colour);
    let (words, colour) = if wanted {
        ("没找到", theme::QUERY)
    } else if let Some(review) = review {
        (
            review.differing(ix, shown).unwrap_or_default(),
            theme::QUERY,
        )
    } else if look.beside.last_year && look.session.last(ix) != "0" {
        // A 0 would only be in the way.
        (look.session.last(ix), theme::LAST_YEAR)
    } else {
        return;
    };
    small(painter, words, colour, rect, taken, look.size);
}

/// Something small at the left of a cell, still smaller where the number leaves little room; where it leaves none at all the
/// status line has it.
fn small(painter: &Painter, words: &str, colour: Color32, rect: Rect, taken: f32, size: Size) {
    const GAP: f32 = 4.0;
    /// Below this share of its size it is no longer read.
    const LEAST: f32 = 0.76;
    if words.is_empty() {
        return;
    }
    let layout = |share: f32| {
        let font = theme::regular(size.last_year() * share);
        painter.layout_no_wrap(words.to_owned(), font, colour)
    };
    let mut left = size.padding().x;
    let mut galley = layout(1.0);
    if left + galley.size().x + GAP > rect.width() - taken {
        left = 3.0;
        let share = (rect.width() - taken - left - GAP) / galley.size().x;
        if share < LEAST {
            return;
        }
        galley = layout(share.min(1.0));
    }
    let at = Pos2::new(
        rect.left() + left,
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
    size: Size,
) -> (egui::FontId, Color32) {
    let font = if (computed && complete) || mark == Mark::Error {
        theme::bold(size.number())
    } else {
        theme::regular(size.number())
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

/// An outline inside a cell that may be wrong.
pub(super) fn suspect(painter: &Painter, cell: &GridCell, rect: Rect, beside: &Beside<'_>) {
    if matches!(cell.content, Content::Value(ix) if beside.suspects.contains(&ix)) {
        painter.rect_stroke(
            rect.shrink(1.0),
            0.0,
            Stroke::new(1.5, theme::ERROR_MARK),
            egui::StrokeKind::Inside,
        );
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
