//! Of many cards only those in sight are drawn.

use egui::Ui;

/// How high the cards were when they were last drawn, so that those out of sight need not be.
#[derive(Default)]
pub struct Heights {
    heights: Vec<Option<f32>>,
    revision: u64,
}

/// Up to so many cards are all drawn, in sight or not.
const FEW: usize = 40;

impl Heights {
    /// With another list of findings nothing is known of its `count` cards.
    pub fn follow(&mut self, revision: u64, count: usize) {
        if self.revision != revision {
            *self = Self {
                heights: Vec::new(),
                revision,
            };
        }
        self.heights.resize(count, None);
    }

    /// Takes in how high a card was drawn.
    pub fn drawn(&mut self, index: usize, height: f32) {
        self.heights[index] = Some(height);
    }

    /// Whether a card lies outside the panel; its room is then taken without drawing it.
    pub fn is_out_of_sight(&self, ui: &mut Ui, index: usize) -> bool {
        const GUESS: f32 = 120.0;
        if self.heights.len() <= FEW {
            return false;
        }
        let height = self.heights[index].unwrap_or(GUESS);
        let top = ui.cursor().top();
        let outside = top + height < ui.clip_rect().top() || top > ui.clip_rect().bottom();
        if outside {
            ui.add_space(height);
        }
        outside
    }
}
