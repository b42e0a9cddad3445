//! What the program is, what paints its window, and what it is made of.

use super::lists::{line_ui, list_ui};
use crate::args::Renderer;
use crate::ui::action::Action;
use crate::ui::theme;
use crate::ui::widgets::{default_button, heading};
use egui::{RichText, Ui};

/// Every package in the program with its licence, one a line; made by `.ci/dependencies`.
const PARTS: &str = include_str!("../../../assets/licences/parts.txt");

/// What is shown, and what is chosen in it.
pub struct About {
    /// What paints the window now.
    pub painted_by: Option<Renderer>,
    /// What is to paint it; what fits if none.
    pub chosen: Option<Renderer>,
}

/// Shows it; closing it keeps what was chosen.
pub fn about_ui(ui: &mut Ui, about: &mut About) -> Option<Action> {
    heading(ui, &format!("年报填报 {}", env!("CARGO_PKG_VERSION")));
    ui.label("许可：MIT 或 Apache-2.0，任选其一。不联网。");
    ui.add_space(10.0);
    ui.label(RichText::new("画窗口的方式（下次启动起）").font(theme::bold(theme::TEXT_SIZE)));
    ui.horizontal(|ui| {
        for (choice, words) in [
            (None, "自动选择"),
            (Some(Renderer::Gl), "显卡（OpenGL）"),
            (Some(Renderer::Cpu), "CPU"),
        ] {
            ui.radio_value(&mut about.chosen, choice, words);
        }
    });
    let now = match about.painted_by {
        Some(Renderer::Gl) => "现在由显卡画。窗口花屏、空白或打不开时请选 CPU。",
        Some(Renderer::Cpu) => "现在由 CPU 画：选定如此，或在远程桌面里，或显卡的 OpenGL 用不了。",
        None => "",
    };
    line_ui(ui, now, theme::WEAK);
    ui.add_space(10.0);
    let count = PARTS.lines().count();
    ui.label(
        RichText::new(format!("程序的组成部分和各自的许可（{count} 项）"))
            .font(theme::bold(theme::TEXT_SIZE)),
    );
    list_ui(ui, |ui| {
        for line in PARTS.lines() {
            line_ui(ui, line, theme::TEXT);
        }
    });
    ui.add_space(10.0);
    default_button(ui, "知道了").then_some(Action::ChooseRenderer(about.chosen))
}
