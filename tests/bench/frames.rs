//! `cargo bench --bench frames`: what the window costs a processor that paints it without a graphics card, at 1280×860:
//! a digit that is typed into table 3, and everything anew; the drawing by egui, and the painting of it.

use egui::{Event, Key, Modifiers, TexturesDelta};
use egui_kittest::{Harness, TestRenderer};
use nianbao::disk::Home;
use nianbao::ui::CpuPainter;
use nianbao::ui::app::{App, Surroundings};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

const ROUNDS: usize = 41;

/// Hands the window's textures to the painter.
struct Textures(Rc<RefCell<CpuPainter>>);

impl TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut painter = self.0.borrow_mut();
        painter.take(delta);
        painter.free(delta);
    }

    fn render(
        &mut self,
        _: &egui::Context,
        _: &egui::FullOutput,
    ) -> Result<image::RgbaImage, String> {
        Err("pictures are made by hand here".to_owned())
    }
}

fn main() {
    let home = tempfile::tempdir().expect("a folder");
    let draft = home.path().join("a.ron");
    let sample = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/samples/jiutai_xinglong_2020.ron"
    );
    std::fs::copy(sample, &draft).expect("the sample is copied");
    for scale in [1.0, 1.5] {
        let painter = Rc::new(RefCell::new(CpuPainter::new(nianbao::ui::theme::GROUND)));
        let (own, open) = (home.path().to_owned(), draft.clone());
        let mut window = Harness::builder()
            .with_size([1280.0, 860.0])
            .with_pixels_per_point(scale)
            .renderer(Textures(painter.clone()))
            .with_context_setup(nianbao::ui::theme::install)
            .build_ui_state(
                move |ui, app: &mut Option<App>| {
                    let app = app.get_or_insert_with(|| {
                        let surroundings = Surroundings {
                            desktop: false,
                            home: Home::at(&own),
                            ..Surroundings::default()
                        };
                        let mut app = App::new(ui.ctx(), &surroundings);
                        app.open(&open);
                        app
                    });
                    app.ui(ui, None);
                },
                None,
            );
        settle(&mut window);
        for _ in 0..3 {
            window.key_press_modifiers(Modifiers::COMMAND, Key::PageDown);
            settle(&mut window);
        }
        let mut digit = [Vec::new(), Vec::new()];
        let mut whole = Vec::new();
        for round in 0..ROUNDS {
            paint(&window, &painter, scale);
            window.event(Event::Text((round % 9 + 1).to_string()));
            digit[0].push(timed(|| window.step()));
            digit[1].push(paint(&window, &painter, scale));
            window.key_press(Key::Escape);
            settle(&mut window);
            painter
                .borrow_mut()
                .paint(&window.ctx, Vec::new(), scale, [1, 1]);
            whole.push(paint(&window, &painter, scale));
        }
        let [drawn, painted] = digit.map(median);
        println!(
            "at {:.0} %: a digit {drawn:.2} ms drawn + {painted:.2} ms painted; everything {:.2} ms painted",
            scale * 100.0,
            median(whole)
        );
    }
}

fn settle(window: &mut Harness<'_, Option<App>>) {
    while window.try_run().is_err() || window.state().as_ref().is_some_and(App::is_working) {
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Paints what the window shows now.
fn paint(
    window: &Harness<'_, Option<App>>,
    painter: &Rc<RefCell<CpuPainter>>,
    scale: f32,
) -> Duration {
    let shapes = window.output().shapes.clone();
    let size = window.ctx.content_rect().size() * scale;
    let size = [size.x.round() as usize, size.y.round() as usize];
    timed(|| {
        painter.borrow_mut().paint(&window.ctx, shapes, scale, size);
    })
}

fn timed(act: impl FnOnce()) -> Duration {
    let start = Instant::now();
    act();
    start.elapsed()
}

/// In milliseconds.
fn median(mut all: Vec<Duration>) -> f64 {
    all.sort();
    all[all.len() / 2].as_secs_f64() * 1e3
}
