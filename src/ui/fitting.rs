//! The window's size when it opens: on every screen its foot, where the verdict stands, is in sight.

use egui::{Context, Vec2, ViewportCommand, vec2};

/// The window's size where there is room, in points at zoom 1.
pub const USUAL: Vec2 = vec2(1280.0, 860.0);
/// What the title, the borders and the desktop's own bar take of a screen, unless the desktop says more.
const AROUND: Vec2 = vec2(16.0, 88.0);
/// A screen that leaves a new window less than this is filled by it.
const ROOMY: Vec2 = vec2(1280.0, 740.0);
/// How many frames a desktop has to do as it was asked.
const PATIENCE: u32 = 12;

/// Has the window fit the screen that it opens on, over its first frames: only then the screen is known.
pub struct Fitting {
    /// The size that was asked for, in points at zoom 1.
    wanted: Vec2,
    /// Whether nothing was remembered, so that a small screen may be filled.
    is_first: bool,
    maximises: bool,
    frames: u32,
}

/// How large the window becomes.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fit {
    size: Vec2,
    maximises: bool,
}

/// How a window of some size fits a screen; everything in points of one kind.
fn fit(wanted: Vec2, screen: Vec2, around: Vec2, is_first: bool) -> Fit {
    let room = screen - around.max(AROUND);
    let is_small = room.x < ROOMY.x || room.y < ROOMY.y;
    Fit {
        size: wanted.min(room).max(Vec2::splat(1.0)),
        maximises: is_first && is_small,
    }
}

impl Fitting {
    /// A window that was opened with this size, remembered or not; `maximises` if it is to fill the screen.
    pub fn new(remembered: Option<(f32, f32)>, maximises: bool) -> Self {
        Self {
            wanted: remembered.map_or(USUAL, |(width, height)| vec2(width, height)),
            is_first: remembered.is_none() && !maximises,
            maximises,
            frames: 0,
        }
    }

    /// The size to open with.
    pub fn wanted(&self) -> Vec2 {
        self.wanted
    }

    /// Looks at the screen in each frame until the window fits it.
    pub fn frame(&mut self, ctx: &Context) {
        if self.frames >= PATIENCE {
            return;
        }
        let (info, zoom) = (
            ctx.input(|input| input.viewport().clone()),
            ctx.zoom_factor(),
        );
        self.frames += 1;
        // In the first frame the screen is still measured without the zoom.
        let screen = info.monitor_size.filter(|_| self.frames > 1 || zoom == 1.0);
        let Some(screen) = screen.map(|size| size * zoom) else {
            return ctx.request_repaint();
        };
        let rects = info.outer_rect.zip(info.inner_rect);
        let around = rects.map_or(Vec2::ZERO, |(outer, inner)| {
            (outer.size() - inner.size()) * zoom
        });
        let fit = fit(self.wanted, screen, around, self.is_first);
        self.maximises |= fit.maximises;
        let is_maximised = info.maximized == Some(true);
        let now = ctx.viewport_rect().size() * zoom;
        let is_too_large = now.x > fit.size.x + 1.0 || now.y > fit.size.y + 1.0;
        if self.maximises && !is_maximised {
            // What it comes back to when it no longer fills the screen.
            resize(ctx, fit.size, zoom);
            ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
        } else if !is_maximised && is_too_large {
            resize(ctx, fit.size, zoom);
            if let Some(outer) = info.outer_rect {
                // The middle stays the middle; the title stays on the screen.
                let x = outer.left() + (now.x - fit.size.x).max(0.0) / 2.0 / zoom;
                let place = egui::pos2(x, outer.top().max(0.0));
                ctx.send_viewport_cmd(ViewportCommand::OuterPosition(place));
            }
        } else if self.frames > 2 {
            self.frames = PATIENCE;
            return;
        }
        ctx.request_repaint();
    }
}

fn resize(ctx: &Context, size: Vec2, zoom: f32) {
    ctx.send_viewport_cmd(ViewportCommand::InnerSize(size / zoom));
}

#[cfg(test)]
mod tests {
    use super::{AROUND, USUAL, fit};
    use egui::{Vec2, vec2};

    #[test]
    fn a_window_is_never_larger_than_what_the_screen_leaves_it() {
        for screen in [
            (1024, 700),
            (1366, 768),
            (1280, 860),
            (1920, 1080),
            (640, 480),
            (80, 60),
        ] {
            let screen = vec2(screen.0 as f32, screen.1 as f32);
            for wanted in [USUAL, vec2(20_000.0, 100.0), vec2(100.0, 20_000.0)] {
                let around = vec2(10.0, 120.0);
                let found = fit(wanted, screen, around, false);
                let room = (screen - around.max(AROUND)).max(Vec2::splat(1.0));
                assert!(
                    found.size.x <= room.x && found.size.y <= room.y,
                    "{found:?}"
                );
                assert!(!found.maximises, "what was remembered is kept");
            }
        }
    }

    #[test]
    fn a_first_window_fills_small_screens_and_keeps_its_size_on_large_ones() {
        let first = |width, height| fit(USUAL, vec2(width, height), Vec2::ZERO, true);
        for (width, height) in [(1024.0, 700.0), (1366.0, 768.0), (1280.0, 860.0)] {
            assert!(first(width, height).maximises, "{width}x{height}");
        }
        assert_eq!(first(1920.0, 1080.0).size, USUAL);
        assert!(!first(1920.0, 1080.0).maximises && !first(1440.0, 900.0).maximises);
    }
}
