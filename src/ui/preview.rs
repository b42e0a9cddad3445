//! The report as it will be printed, page by page: painted from the very list that the PDF is written from.
//!
//! Laying out and painting happen on a thread of their own; the window asks for a page at a size and shows what it has
//! until the answer is there.

use super::action::{Action, Actions};
use super::command::Command;
use super::theme;
use super::widgets::scroll_both_ways_ui;
use crate::export::Document;
use crate::export::page_size;
use crate::export::typeset::{Faces, Picture, Typeset, picture, typeset};
use egui::{ColorImage, Key, Rect, RichText, TextureHandle, TextureOptions, Ui, Vec2};
use std::sync::mpsc::{self, Receiver, Sender};

/// How large a page is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Size {
    WholePage,
    PageWidth,
    /// Times the size on paper.
    Times(f32),
}

/// The preview of one state of a report.
pub struct Preview {
    /// The report's revision that is shown.
    revision: u64,
    /// Whether the draft mark is printed, where there is something to correct.
    pub mark: bool,
    /// With what it was laid out.
    marked: bool,
    asks: Sender<Ask>,
    answers: Receiver<Answer>,
    pages: Option<usize>,
    page: usize,
    size: Size,
    /// How many points of the screen a point on paper is: the room that the bar above leaves is known behind it.
    times: f32,
    /// The page that is shown, at the scale it was painted for.
    shown: Option<(Ask, TextureHandle)>,
    asked: Option<Ask>,
}

/// A page at a scale, in thousandths of a pixel for a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ask {
    page: usize,
    scale: u32,
}

enum Answer {
    Pages(usize),
    Painted(Ask, Picture),
}

/// Points of the screen for a point on paper at 100 %: a screen's point is 1/96 inch.
const FULL_SIZE: f32 = 96.0 / 72.0;
/// The most pixels for a point: a page then takes 60 MB.
const MOST_SCALE: f32 = 5.5;
/// Enlargements, as the buttons step through them.
const STEPS: [f32; 7] = [0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0];

impl Preview {
    /// Begins to lay a document out.
    pub fn new(document: Document, revision: u64, mark: bool, ctx: &egui::Context) -> Self {
        let (asks, asked) = mpsc::channel();
        let (answer, answers) = mpsc::channel();
        let ctx = ctx.clone();
        std::thread::spawn(move || {
            let laid = typeset(&document, Faces::of_this_pc());
            let tell = |what: Answer| {
                let told = answer.send(what).is_ok();
                ctx.request_repaint();
                told
            };
            if !tell(Answer::Pages(laid.pages.len())) {
                return;
            }
            paint_pages(&laid, &asked, tell);
        });
        Self {
            revision,
            mark,
            marked: mark,
            asks,
            answers,
            pages: None,
            page: 0,
            size: Size::WholePage,
            times: FULL_SIZE,
            shown: None,
            asked: None,
        }
    }

    /// Whether it shows this revision, marked as is wished.
    pub fn is_of(&self, revision: u64) -> bool {
        self.revision == revision && self.marked == self.mark
    }

    /// Goes on at the page and size of an earlier state.
    pub fn at_place_of(mut self, earlier: &Self) -> Self {
        self.page = earlier.page;
        self.size = earlier.size;
        self
    }

    fn take_answers(&mut self, ctx: &egui::Context) {
        while let Ok(answer) = self.answers.try_recv() {
            match answer {
                Answer::Pages(pages) => {
                    self.pages = Some(pages);
                    self.page = self.page.min(pages.saturating_sub(1));
                }
                Answer::Painted(ask, picture) => {
                    let size = [picture.width as usize, picture.height as usize];
                    let image = ColorImage::from_rgba_premultiplied(size, &picture.rgba);
                    let texture = ctx.load_texture("page", image, TextureOptions::LINEAR);
                    self.shown = Some((ask, texture));
                }
            }
        }
    }

    fn turn(&mut self, by: isize) {
        // While the pages are not counted yet, the place of an earlier state is kept.
        if let Some(pages) = self.pages {
            let last = pages.saturating_sub(1);
            self.page = self.page.saturating_add_signed(by).min(last);
        }
    }

    /// Takes the size that is wished for in a room of this size, of which a bar for scrolling takes `bar` from the width.
    fn fit(&mut self, room: Vec2, bar: f32, ctx: &egui::Context) {
        let (width, height) = page_size();
        let times = match self.size {
            Size::WholePage => (room.x / width).min(room.y / height),
            Size::PageWidth => (room.x - bar) / width,
            Size::Times(times) => times * FULL_SIZE,
        };
        if self.times != times {
            self.times = times;
            ctx.request_repaint();
        }
    }

    fn step(&mut self, larger: bool) {
        let now = self.times / FULL_SIZE;
        let next = if larger {
            STEPS.into_iter().find(|step| *step > now + 0.01)
        } else {
            STEPS.into_iter().rev().find(|step| *step < now - 0.01)
        };
        if let Some(next) = next {
            self.size = Size::Times(next);
        }
    }
}

/// Paints what is asked for until nobody asks any more; of several asks only the last counts.
fn paint_pages(laid: &Typeset, asked: &Receiver<Ask>, tell: impl Fn(Answer) -> bool) {
    while let Ok(first) = asked.recv() {
        let ask = asked.try_iter().last().unwrap_or(first);
        let scale = ask.scale as f32 / 1000.0;
        let painted = laid
            .pages
            .get(ask.page)
            .and_then(|page| picture(laid, page, scale));
        if let Some(painted) = painted
            && !tell(Answer::Painted(ask, painted))
        {
            return;
        }
    }
}

/// Draws the preview; the bar above it, then the page. `errors` must still be corrected in the report; while the window
/// is `busy` with a question, keys are not for the preview.
pub fn preview_ui(
    ui: &mut Ui,
    preview: &mut Preview,
    errors: usize,
    busy: bool,
    actions: &mut Actions,
) {
    preview.take_answers(ui.ctx());
    let mut turn = 0;
    if !busy {
        ui.input_mut(|input| {
            let none = egui::Modifiers::NONE;
            for (key, by) in [(Key::PageDown, 1), (Key::PageUp, -1)] {
                turn += if input.consume_key(none, key) { by } else { 0 };
            }
            if input.consume_key(none, Key::Escape) {
                actions.push(Action::CloseView);
            }
        });
    }
    egui::Frame::NONE
        .fill(theme::PAPER)
        .inner_margin(egui::Margin::symmetric(14, 6))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.set_min_height(32.0);
                let last = preview.pages.unwrap_or(1);
                let enabled = |ui: &mut Ui, on: bool, text: &str| {
                    ui.add_enabled(on, egui::Button::new(text)).clicked()
                };
                if enabled(ui, preview.page > 0, "上一页") {
                    turn -= 1;
                }
                ui.label(match preview.pages {
                    Some(pages) => format!("第 {} 页，共 {pages} 页", preview.page + 1),
                    None => "正在排版……".to_owned(),
                });
                if enabled(ui, preview.page + 1 < last, "下一页") {
                    turn += 1;
                }
                ui.separator();
                for (size, words) in [(Size::WholePage, "整页"), (Size::PageWidth, "页宽")] {
                    if ui.selectable_label(preview.size == size, words).clicked() {
                        preview.size = size;
                    }
                }
                if ui.button("－").on_hover_text("缩小").clicked() {
                    preview.step(false);
                }
                ui.label(format!("{:.0}%", preview.times / FULL_SIZE * 100.0));
                if ui.button("＋").on_hover_text("放大").clicked() {
                    preview.step(true);
                }
                ui.separator();
                if errors > 0 {
                    let words = RichText::new(format!("还有 {errors} 处必改，每页注明“草稿”"));
                    ui.checkbox(&mut preview.mark, words.color(theme::ERROR));
                }
                if super::widgets::main_button(ui, "打印").clicked() {
                    actions.push(Action::AskPrint);
                }
                if ui.button("导出").clicked() {
                    actions.push(Action::Command(Command::Export));
                }
                if ui.button("关闭预览").clicked() {
                    actions.push(Action::CloseView);
                }
            });
        });
    preview.turn(turn);
    page_ui(ui, preview, turn != 0);
}

fn page_ui(ui: &mut Ui, preview: &mut Preview, turned: bool) {
    const MARGIN: f32 = 16.0;
    let room = ui.available_size() - Vec2::splat(2.0 * MARGIN);
    let bar = ui.spacing().scroll.allocated_width();
    preview.fit(room.max(Vec2::splat(100.0)), bar, ui.ctx());
    let times = preview.times;
    let (width, height) = page_size();
    let pixels = ui.ctx().pixels_per_point();
    // No larger a picture than the graphics card takes; it is stretched beyond.
    let side = ui.ctx().input(|input| input.max_texture_side) as f32;
    let most = (side / width.max(height)).min(MOST_SCALE);
    // A whole number of pixels, as the picture has, so that nothing is blurred.
    let size = (Vec2::new(width, height) * times * pixels).round() / pixels;
    let ask = Ask {
        page: preview.page,
        scale: ((times * pixels).min(most) * 1000.0) as u32,
    };
    if preview.asked != Some(ask) && preview.pages.is_some() {
        preview.asked = Some(ask);
        // The thread has ended only if painting failed; then the page stays white.
        let _ = preview.asks.send(ask);
    }
    let mut area = egui::ScrollArea::both();
    if turned {
        area = area.scroll_offset(Vec2::ZERO);
    }
    scroll_both_ways_ui(ui, "page", area, theme::GROUND, |ui| {
        let whole = size + Vec2::splat(2.0 * MARGIN);
        let room = whole.max(ui.available_size());
        let (outer, _) = ui.allocate_exact_size(room, egui::Sense::hover());
        let left = outer.left() + ((room.x - size.x) / 2.0).max(MARGIN);
        let corner = egui::vec2(left, outer.top() + MARGIN) * pixels;
        let at = Rect::from_min_size((corner.round() / pixels).to_pos2(), size);
        ui.painter().rect_filled(at, 0.0, theme::PAPER);
        match &preview.shown {
            Some((shown, texture)) if shown.page == preview.page => {
                let uv = Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0));
                ui.painter().image(texture.id(), at, uv, theme::PAPER);
            }
            _ => {}
        }
        let line = egui::Stroke::new(1.0, theme::LINE);
        ui.painter()
            .rect_stroke(at, 0.0, line, egui::StrokeKind::Outside);
        let response = ui.interact(at, ui.scope_id().with("page"), egui::Sense::hover());
        let name = format!("第 {} 页的样子", preview.page + 1);
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, &name));
    });
}
