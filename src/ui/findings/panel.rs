//! The side panel: all cards, one below the other.

use super::card::{card_ui, spoken_title};
use super::hands::{Hands, Wish};
use super::heights::Heights;
use super::reason::ReasonFields;
use crate::ui::action::Actions;
use crate::ui::read_out::read_out_once;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::scroll_ui;
use egui::{Align, Frame, Layout, Margin, Rect, RichText, ScrollArea, Ui};

/// What the side panel remembers between frames.
#[derive(Default)]
pub struct Panel {
    pub heights: Heights,
    /// Reasons that are being typed.
    pub reasons: ReasonFields,
    /// The finding under the pointer, in the evaluation's list.
    pub hovered: Option<usize>,
    /// What the keyboard asks of the card that is looked at.
    pub wish: Wish,
    /// Whether the card that is looked at is to come into sight.
    pub want_scroll: bool,
    /// Whether the first card is to come into sight: the cards are another report's.
    pub want_top: bool,
}

impl Panel {
    fn is_wanted(&self) -> bool {
        self.want_scroll || self.wish != Wish::Nothing
    }
}

/// The side panel; `selected` is the finding that is looked at.
pub fn findings_ui(
    ui: &mut Ui,
    panel: &mut Panel,
    session: &Session,
    selected: Option<usize>,
    actions: &mut Actions,
) {
    panel.hovered = None;
    let count = session.evaluation().findings.len();
    panel.heights.follow(session.history().revision(), count);
    title_ui(ui);
    let area = ScrollArea::vertical()
        .id_salt("findings")
        .auto_shrink(false);
    let area = match std::mem::take(&mut panel.want_top) {
        true => area.vertical_scroll_offset(0.0),
        false => area,
    };
    scroll_ui(ui, area, theme::PAPER, |ui| {
        Frame::NONE
            .inner_margin(Margin::symmetric(14, 4))
            .show(ui, |ui| {
                if session.is_new() {
                    let words = "还没有填。从任一页开始填写，随填随审。";
                    ui.label(RichText::new(words).color(theme::WEAK));
                    ui.add_space(6.0);
                } else if count == 0 {
                    quiet_ui(ui, session);
                }
                for index in 0..count {
                    let is_selected = selected == Some(index);
                    let is_wanted = is_selected && panel.is_wanted();
                    if !is_wanted && panel.heights.is_out_of_sight(ui, index) {
                        continue;
                    }
                    let top = ui.cursor().top();
                    let hands = match is_selected {
                        true => Hands::wishing(std::mem::take(&mut panel.wish)),
                        false => Hands::default(),
                    };
                    let reasons = &mut panel.reasons;
                    let title = card_ui(ui, session, reasons, index, is_selected, hands, actions);
                    let card = Rect::from_min_max(
                        egui::pos2(ui.min_rect().left(), top),
                        egui::pos2(ui.min_rect().right(), ui.cursor().top()),
                    );
                    if ui.rect_contains_pointer(card) {
                        panel.hovered = Some(index);
                    }
                    if is_wanted {
                        let finding = &session.evaluation().findings[index];
                        read_out_once(&title, &spoken_title(session, finding));
                        ui.scroll_to_rect(card, None);
                        panel.want_scroll = false;
                    }
                    ui.add_space(8.0);
                    panel.heights.drawn(index, ui.cursor().top() - top);
                }
            });
    });
}

fn title_ui(ui: &mut Ui) {
    let margin = Margin {
        left: 14,
        right: 14,
        top: 14,
        bottom: 4,
    };
    Frame::NONE.inner_margin(margin).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new("审核").font(theme::bold(15.0)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let words = RichText::new("F8 下一条 · Alt+回车 照改").size(theme::SMALL_SIZE);
                ui.label(words.color(theme::WEAK))
                    .on_hover_text("F6 到这里来，Esc 回到表格");
            });
        });
    });
}

fn quiet_ui(ui: &mut Ui, session: &Session) {
    let words = match session.evaluation().unchecked_count() {
        0 => "已填，没有发现不平。".to_owned(),
        n => format!("没有发现不平；还有 {n} 条勾稽关系因为有空格没有检查。"),
    };
    ui.label(RichText::new(words).color(theme::WEAK));
}
