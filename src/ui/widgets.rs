//! Small things that several parts of the window show alike.

use super::read_out::read_out;
use super::theme;
use egui::scroll_area::{ScrollAreaOutput, ScrollBarVisibility};
use egui::{Color32, Event, Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui, UiKind, Vec2};

/// A question's heading, by which screen readers know the question, too.
pub fn heading(ui: &mut Ui, text: &str) {
    let mut around = ui.stack().iter();
    if let Some(dialog) = around.find(|around| around.kind() == Some(UiKind::Modal)) {
        ui.ctx().accesskit_node_builder(dialog.unique_id, |node| {
            node.set_label(text);
            node.set_modal();
        });
    }
    let shown = ui.label(RichText::new(text).font(theme::bold(theme::HEADING_SIZE)));
    // A question none of whose fields takes the keyboard is not come to by it.
    let is_come_to = ui.ctx().memory(|memory| memory.focused().is_some());
    if !is_come_to && !ui.is_sizing_pass() {
        read_out(&shown, text);
    }
    ui.add_space(6.0);
}

/// A button that the eye finds first.
pub fn main_button(ui: &mut Ui, text: &str) -> egui::Response {
    blue_button(ui, text, theme::TEXT_SIZE)
}

/// The same where the letters are smaller, as on a card.
pub fn small_main_button(ui: &mut Ui, text: &str) -> egui::Response {
    blue_button(ui, text, 13.0)
}

/// The button that Enter presses in a question, unless another thing has the keyboard: whether it was pressed. What destroys
/// something is no such button.
pub fn default_button(ui: &mut Ui, text: &str) -> bool {
    let button = main_button(ui, text);
    // Held down, Enter answers this question, and not those that come of it.
    let pressed = |event: &Event| {
        matches!(
            event,
            Event::Key {
                key: Key::Enter,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::NONE,
                ..
            }
        )
    };
    let enter = || ui.input(|input| input.events.iter().any(pressed));
    // A field of one line gives the keyboard back on Enter.
    let is_free = || ui.memory(|memory| memory.focused().is_none_or(|id| id == button.id));
    button.clicked() || ui.is_enabled() && is_free() && enter()
}

fn blue_button(ui: &mut Ui, text: &str, size: f32) -> egui::Response {
    let words = RichText::new(text).size(size).color(theme::PAPER);
    let response = ui.add(egui::Button::new(words).fill(theme::ACCENT));
    focus_ring(ui, &response);
    response
}

/// A ring around what has the keyboard, where its own look does not show it.
pub fn focus_ring(ui: &Ui, response: &egui::Response) {
    if response.has_focus() {
        let ring = egui::Stroke::new(2.0, theme::FOCUS);
        let around = response.rect.expand(2.0);
        ui.painter()
            .rect_stroke(around, theme::ROUND, ring, egui::StrokeKind::Outside);
    }
}

/// Shows a part that scrolls, with bars that are seen on its own ground.
pub fn scroll_ui<R>(
    ui: &mut Ui,
    area: ScrollArea,
    ground: Color32,
    contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    on_ground(ui, area, ground, contents).inner
}

/// Shows a part that scrolls both ways. Where it stands whole it has no bars: of two bars each takes the room whose lack
/// calls for the other one, and so each would come and go for ever.
pub fn scroll_both_ways_ui<R>(
    ui: &mut Ui,
    salt: &str,
    area: ScrollArea,
    ground: Color32,
    contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    let id = ui.make_persistent_id((salt, "as large as it was"));
    let room = ui.available_size().ceil();
    let stands_whole = |size: Vec2| size.x <= room.x && size.y <= room.y;
    let was_whole = ui.data(|data| data.get_temp(id)).is_some_and(stands_whole);
    let bars = match was_whole {
        true => ScrollBarVisibility::AlwaysHidden,
        false => ScrollBarVisibility::VisibleWhenNeeded,
    };
    let area = area
        .id_salt(salt)
        .auto_shrink(false)
        .scroll_bar_visibility(bars);
    let shown = on_ground(ui, area, ground, contents);
    ui.data_mut(|data| data.insert_temp(id, shown.content_size));
    if was_whole != stands_whole(shown.content_size) {
        ui.request_repaint();
    }
    shown.inner
}

fn on_ground<R>(
    ui: &mut Ui,
    area: ScrollArea,
    ground: Color32,
    contents: impl FnOnce(&mut Ui) -> R,
) -> ScrollAreaOutput<R> {
    let usual = ui.style().clone();
    let visuals = ui.visuals_mut();
    visuals.extreme_bg_color = ground;
    visuals.widgets.inactive.bg_fill = theme::BORDER;
    visuals.widgets.hovered.bg_fill = theme::ZERO;
    visuals.widgets.active.bg_fill = theme::WEAK;
    let shown = area.show(ui, |ui| {
        ui.set_style(usual.clone());
        contents(ui)
    });
    ui.set_style(usual);
    shown
}

/// A field with its label.
pub fn field(ui: &mut Ui, label: &str, text: &mut String, width: f32) -> egui::Response {
    let label = ui.label(label);
    let response = ui.add(
        TextEdit::singleline(text)
            .desired_width(width)
            .margin(egui::Margin::symmetric(8, 5)),
    );
    remember_enter(ui, &response);
    response.labelled_by(label.id)
}

/// The field of a question that gave the keyboard back on Enter last, and in which pass.
type Left = (Id, u64);

fn left() -> Id {
    Id::unique("the field that was left by Enter")
}

/// Keeps in mind that Enter answered a question out of this field: it gets the keyboard again if the answer is refused.
pub fn remember_enter(ui: &Ui, response: &egui::Response) {
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        let now: Left = (response.id, ui.ctx().cumulative_pass_nr());
        ui.data_mut(|data| data.insert_temp(left(), now));
    }
}

/// What is wrong with an answer. The field that it was given out of has the keyboard again.
pub fn complaint_ui(ui: &mut Ui, complaint: Option<&str>) {
    let Some(complaint) = complaint else { return };
    ui.colored_label(theme::ERROR, complaint);
    let now = ui.ctx().cumulative_pass_nr();
    // In the pass of the Enter itself nobody has answered yet.
    if let Some((field, pass)) = ui.data(|data| data.get_temp::<Left>(left()))
        && pass < now
    {
        ui.data_mut(|data| data.remove::<Left>(left()));
        if pass + 2 >= now {
            ui.memory_mut(|memory| memory.request_focus(field));
        }
    }
}

/// Marks the whole text of a field.
pub fn select_all(ui: &Ui, id: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut field = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    field
        .cursor
        .set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
    field.store(ui.ctx(), id);
}
