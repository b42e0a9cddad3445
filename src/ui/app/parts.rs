//! The keyboard's way between the parts of the window, and what it does on a card.

use super::App;
use super::keyboard::Part;
use crate::ui::findings::Wish;
use egui::Context;

impl App {
    /// Brings the keyboard to the next part of the window, or the one before.
    pub(super) fn walk_parts(&mut self, step: isize, ctx: &Context) {
        const ORDER: [Part; 3] = [Part::Page, Part::Cards, Part::Bar];
        let parts = &mut self.looking.parts;
        let at = parts.at(ctx);
        if at == Part::Page {
            parts.remember(ctx);
        }
        let position = ORDER.iter().position(|&part| part == at).unwrap_or(0) as isize;
        let mut next = position + step;
        if ORDER[next.rem_euclid(3) as usize] == Part::Cards && !self.has_cards() {
            next += step;
        }
        match ORDER[next.rem_euclid(3) as usize] {
            Part::Page => self.back_to_page(ctx),
            Part::Cards => self.go_to_card(ctx),
            Part::Bar => self.looking.parts.bar_wanted = true,
        }
        ctx.request_repaint();
    }

    /// Whether there are cards to go to; while an import is looked through there are none.
    fn has_cards(&self) -> bool {
        let session = self.session.as_ref().filter(|_| self.review.is_none());
        session.is_some_and(|session| !session.evaluation().findings.is_empty())
    }

    /// The keyboard goes to the card that is looked at; else to the first one about the page.
    fn go_to_card(&mut self, ctx: &Context) {
        self.open_findings(ctx);
        let Some(session) = &self.session else { return };
        let looking = &mut self.looking;
        if looking.selected_finding(session).is_none() {
            let here = looking.first_on_page(session).unwrap_or(0);
            looking.select(session, here);
        }
        looking.findings.wish = Wish::Keyboard;
    }

    fn open_findings(&mut self, ctx: &Context) {
        if !self.looking.shows_findings(ctx) {
            self.looking.findings_open = Some(true);
        }
    }

    fn back_to_page(&mut self, ctx: &Context) {
        let Some(session) = &self.session else { return };
        let came_from = self.looking.parts.came_from();
        if let Some(table) = self.looking.table(session) {
            self.looking.grids[table].take_keyboard();
        } else if let Some(id) = came_from {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }

    /// Does what the blue button of the card does that is looked at. If none is, or the cards are folded away, it is shown
    /// first: nothing is changed unseen.
    pub(super) fn answer_finding(&mut self, ctx: &Context) {
        if self.review.is_some() {
            return self.tell("正在核对导入的内容；核对完毕以后再处理审核结果".to_owned());
        }
        let Some(session) = &self.session else { return };
        let is_looked_at = self.looking.selected_finding(session).is_some();
        if !is_looked_at {
            self.open_findings(ctx);
            self.walk_findings(1, ctx);
        } else if !self.looking.shows_findings(ctx) {
            self.open_findings(ctx);
            self.looking.findings.want_scroll = true;
        } else {
            self.looking.parts.remember(ctx);
            self.looking.findings.wish = Wish::Answer;
        }
        ctx.request_repaint();
    }

    /// Esc comes back to the page from the parts beside it; there it puts the message away that stands below.
    pub(super) fn escape(&mut self, ctx: &Context) {
        let was_away = self.looking.parts.were_away(ctx);
        let is_quiet = !self.is_busy() && !egui::Popup::is_any_open(ctx);
        if !is_quiet || !ctx.input(|input| input.key_pressed(egui::Key::Escape)) {
            return;
        }
        if was_away {
            self.back_to_page(ctx);
        } else if !self.view.is_cover() {
            self.notice = None;
        }
    }
}
