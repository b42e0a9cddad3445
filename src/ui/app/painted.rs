//! What paints the window, and what is said and chosen about it.

use super::App;
use crate::args::Renderer;
use crate::ui::ask::{About, Question};

impl App {
    /// Takes note of what paints the window, and says what there is to say about it, whatever is opened meanwhile.
    pub fn painted_by(&mut self, renderer: Renderer, troubles: impl IntoIterator<Item = String>) {
        self.renderer = Some(renderer);
        for words in troubles {
            self.trouble(words);
        }
    }

    /// Shows what the program is and is made of.
    pub(super) fn show_about(&mut self) {
        self.asking.question = Some(Question::About(About {
            painted_by: self.renderer,
            chosen: self.settings.renderer,
        }));
    }

    /// From the next start on the window is painted by this one; by what fits if none.
    pub(super) fn choose_renderer(&mut self, renderer: Option<Renderer>) {
        if self.settings.renderer != renderer {
            self.settings.renderer = renderer;
            self.keep_settings();
            self.tell("下次启动时改用选定的方式画窗口".to_owned());
        }
    }
}
