//! The window painted without a graphics card: the same picture as by another painter that knows nothing of it, and the
//! same whether only what changed was painted or everything.

use crate::support::{Window, paint, report};
use egui::{Color32, Event, Key, Modifiers, TexturesDelta, Vec2};
use egui_kittest::kittest::Queryable as _;
use nianbao::args::Renderer;
use nianbao::report::Report;
use nianbao::ui::CpuPainter;

/// Paints each frame thrice and holds the pictures against each other.
struct Thrice {
    /// As the screen shows it: only what changed.
    running: CpuPainter,
    /// Everything, each time.
    fresh: CpuPainter,
    /// By four floats a pixel, triangle by triangle: slowly, so only now and then.
    other: paint::Painter,
    frames: usize,
}

impl Thrice {
    fn new() -> Self {
        Self {
            running: CpuPainter::new(Color32::BLACK),
            fresh: CpuPainter::new(Color32::BLACK),
            other: paint::Painter::default(),
            frames: 0,
        }
    }
}

impl egui_kittest::TestRenderer for Thrice {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for painter in [&mut self.running, &mut self.fresh] {
            let mut delta = delta.clone();
            painter.take(&mut delta);
            painter.free(&mut delta);
        }
        self.other.handle_delta(delta);
    }

    fn render(
        &mut self,
        ctx: &egui::Context,
        output: &egui::FullOutput,
    ) -> Result<image::RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let size = [size.x.round() as usize, size.y.round() as usize];
        self.running.paint(ctx, output.shapes.clone(), scale, size);
        // Of another size before, it paints everything anew.
        self.fresh.paint(ctx, Vec::new(), scale, [1, 1]);
        self.fresh.paint(ctx, output.shapes.clone(), scale, size);
        let (running, fresh) = (self.running.picture().1, self.fresh.picture().1);
        let differs = running.iter().zip(fresh).position(|(a, b)| a != b);
        if let Some(at) = differs {
            let (x, y) = (at % size[0], at / size[0]);
            return Err(format!("{x}, {y} was not painted again"));
        }
        self.frames += 1;
        if !self.frames.is_multiple_of(4) {
            return Ok(image::RgbaImage::new(1, 1));
        }
        let other = self.other.render(ctx, output)?;
        let far = running.iter().zip(other.pixels()).filter(|(a, b)| {
            let channels = a.to_be_bytes().into_iter().skip(1);
            channels.zip(b.0).any(|(a, b)| a.abs_diff(b) > 8)
        });
        let (far, all) = (far.count(), running.len());
        if far * 200 > all {
            return Err(format!(
                "{far} of {all} pixels are far from the other picture"
            ));
        }
        Ok(other)
    }
}

/// Does something and holds the pictures against each other.
fn step(window: &mut Window, what: &str, act: impl FnOnce(&mut Window)) {
    act(window);
    window.run();
    if let Err(wrong) = window.0.render() {
        panic!("{what}: {wrong}");
    }
}

fn wheel(window: &mut Window, lines: f32, modifiers: Modifiers) {
    window.0.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: Vec2::new(0.0, lines),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers,
    });
    window.run();
}

fn is_the_same_picture(scale: f32) {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("年报.ron");
    nianbao::draft::save(&report("pingtan_2020"), &draft).unwrap();
    let mut window = Window::painted(folder.path(), scale, Thrice::new());
    step(&mut window, "start", |_| {});
    step(&mut window, "cover", |window| window.app().open(&draft));
    step(&mut window, "a text", |window| window.tab("一"));
    step(&mut window, "typed", |window| {
        window.type_text("年报 Report 甪")
    });
    step(&mut window, "table 3", |window| window.tab("三"));
    for text in ["1", "12", "="] {
        step(&mut window, text, |window| window.type_text(text));
    }
    step(&mut window, "given up", |window| window.press(Key::Escape));
    step(&mut window, "moved", |window| window.press(Key::ArrowDown));
    step(&mut window, "cleared", |window| window.press(Key::Delete));
    step(&mut window, "a block", |window| {
        window.press_with(Modifiers::SHIFT, Key::ArrowRight);
    });
    step(&mut window, "undone", |window| {
        window.press_with(Modifiers::COMMAND, Key::Z);
    });
    let middle = egui::pos2(300.0, 250.0);
    step(&mut window, "pointed at", |window| {
        window.0.hover_at(middle)
    });
    step(&mut window, "scrolled", |window| {
        wheel(window, -3.0, Modifiers::NONE);
    });
    step(&mut window, "enlarged", |window| {
        wheel(window, 1.0, Modifiers::COMMAND);
    });
    step(&mut window, "keys", |window| window.press(Key::F1));
    step(&mut window, "closed", |window| window.press(Key::Escape));
    step(&mut window, "pages", |window| {
        window.press_with(Modifiers::COMMAND, Key::P);
    });
    step(&mut window, "smaller", |window| {
        window.0.set_size(Vec2::new(700.0, 380.0));
    });
}

#[test]
fn the_cpu_paints_the_same_picture_and_whatever_changed() {
    is_the_same_picture(1.0);
}

#[test]
fn the_cpu_paints_the_same_picture_enlarged() {
    is_the_same_picture(1.5);
}

#[test]
fn what_paints_the_window_is_said_and_chosen_for_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::at_home(home.path());
    let words = "上次用显卡画窗口时程序停了";
    window.app().painted_by(Renderer::Cpu, [words.to_owned()]);
    window.run();
    window.0.get_by_label(words);
    // A file that was double-clicked is read when that is said already.
    let file = home.path().join("年报.ron");
    let report = Report::new(nianbao::form::by_id("2021").unwrap(), "某局", 2024);
    nianbao::draft::save(&report, &file).unwrap();
    window.app().open(&file);
    window.run();
    window.0.get_by_label(words);
    window.click("明白了");
    window.click("更多…");
    window.click("关于");
    window.0.get_by_label_contains("现在由 CPU 画");
    window.0.get_by_label_contains("egui 0.37");
    window.click("显卡（OpenGL）");
    window.click("知道了");
    let kept = std::fs::read_to_string(home.path().join("settings.ron")).unwrap();
    assert!(kept.contains("renderer: Some(Gl)"), "{kept}");
}
