//! A chart in the window, painted from the very list that the picture files are written from.

use super::theme;
use crate::export::chart::{Anchor, Dot, Drawing, EDGE, Item, Point, Strip, Text};
use egui::{Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, Vec2};

/// Paints a chart as wide as there is room, with its numbers for those who cannot see it.
pub fn chart_ui(ui: &mut Ui, drawing: &Drawing) -> Response {
    let scale = ui.available_width() / drawing.width;
    let size = Vec2::new(drawing.width, drawing.height) * scale;
    let (at, response) = ui.allocate_exact_size(size, Sense::hover());
    let name = format!("{}：{}", drawing.title, drawing.description);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, &name));
    if ui.is_rect_visible(at) {
        let canvas = Canvas {
            painter: ui.painter_at(at),
            corner: at.min,
            scale,
        };
        for item in &drawing.items {
            canvas.paint(item);
        }
    }
    response
}

struct Canvas {
    painter: Painter,
    corner: Pos2,
    scale: f32,
}

impl Canvas {
    fn place(&self, [x, y]: Point) -> Pos2 {
        self.corner + Vec2::new(x, y) * self.scale
    }

    fn paint(&self, item: &Item) {
        match item {
            Item::Fill { at, color } => {
                let size = Vec2::new(at.width, at.height) * self.scale;
                let rect = Rect::from_min_size(self.place([at.x, at.y]), size);
                self.painter.rect_filled(rect, 0.0, theme::ink(*color));
            }
            Item::Strip(strip) => self.strip(strip),
            Item::Dot(dot) => self.dot(dot),
            Item::Text(text) => self.text(text),
        }
    }

    fn strip(&self, strip: &Strip) {
        let points: Vec<Pos2> = strip
            .points
            .iter()
            .map(|&point| self.place(point))
            .collect();
        let stroke = Stroke::new(strip.width * self.scale, theme::ink(strip.color));
        let lengths: Vec<f32> = strip
            .dash
            .iter()
            .map(|length| length * self.scale)
            .collect();
        if lengths.is_empty() {
            self.painter.add(Shape::line(points, stroke));
            return;
        }
        let (dashes, gaps): (Vec<f32>, Vec<f32>) = lengths
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1]))
            .unzip();
        let shapes = Shape::dashed_line_with_offset(&points, stroke, &dashes, &gaps, 0.0);
        self.painter.extend(shapes);
    }

    fn dot(&self, dot: &Dot) {
        let (inside, edge) = dot.colors();
        let inside = theme::ink(inside);
        let edge = Stroke::new(EDGE * self.scale, theme::ink(edge));
        match dot.corners() {
            Some(corners) => {
                let corners = corners.into_iter().map(|corner| self.place(corner));
                let shape = Shape::convex_polygon(corners.collect(), inside, edge);
                self.painter.add(shape);
            }
            None => {
                let (middle, radius) = (self.place(dot.at), dot.radius * self.scale);
                self.painter.circle(middle, radius, inside, edge);
            }
        }
    }

    fn text(&self, text: &Text) {
        let size = text.size * self.scale;
        let font = if text.bold {
            theme::bold(size)
        } else {
            theme::regular(size)
        };
        let color = theme::ink(text.color);
        let galley = self.painter.layout_no_wrap(text.words.clone(), font, color);
        let wide = galley.size().x;
        let left = match text.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => wide / 2.0,
            Anchor::End => wide,
        };
        let row = galley.rows.first();
        let base = row
            .and_then(|row| Some(row.pos.y + row.glyphs.first()?.pos.y))
            .unwrap_or_default();
        let at = self.place(text.at) - Vec2::new(left, base);
        self.painter.galley(at, galley, color);
    }
}
