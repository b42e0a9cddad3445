//! How large the sheet of paper is shown (缩放), apart from the size of everything else (界面大小).

use serde::{Deserialize, Serialize};

/// How large the sheet is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Zoom {
    /// As it was drawn, or a little smaller if a table then stands whole in the window.
    #[default]
    Auto,
    /// So that a table stands whole in the window.
    Window,
    /// As wide as the window.
    Width,
    /// So many times its usual size.
    Times(f32),
}

/// The steps of the wheel and of the menus: every size of the letters is drawn anew and kept, so there are few.
pub const STEPS: [f32; 9] = [0.75, 0.85, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0];

/// The step above (`up`) or below a size; the same at the end.
pub fn next_step(now: f32, up: bool) -> f32 {
    const NEAR: f32 = 0.01;
    let found = match up {
        true => STEPS.into_iter().find(|&step| step > now + NEAR),
        false => STEPS.into_iter().rev().find(|&step| step < now - NEAR),
    };
    found.unwrap_or(now)
}

impl Zoom {
    /// Its words in the menu.
    pub fn words(self) -> String {
        match self {
            Self::Auto => "自动".to_owned(),
            Self::Window => "适合窗口".to_owned(),
            Self::Width => "适合窗口宽度".to_owned(),
            Self::Times(times) => percent(times),
        }
    }

    /// How many times the usual size a text is shown; a text wraps to any width by itself.
    pub fn of_text(self) -> f32 {
        match self {
            Self::Times(times) => within(times),
            _ => 1.0,
        }
    }
}

/// A size that can be read, whatever was kept.
pub fn within(times: f32) -> f32 {
    match times.is_finite() {
        true => times.clamp(STEPS[0], STEPS[STEPS.len() - 1]),
        false => 1.0,
    }
}

/// A size in words: `125%`.
pub fn percent(times: f32) -> String {
    format!("{:.0}%", times * 100.0)
}
