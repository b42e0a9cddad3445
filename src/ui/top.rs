//! The command row and the row of tabs.

use super::action::{Action, Actions};
use super::command::Command;
use super::read_out::read_out;
use super::session::{Progress, Session};
use super::tab::Tab;
use super::theme;
use super::widgets::focus_ring;
use super::zoom;
use crate::form::Level;
use egui::accesskit::Role;
use egui::{Align, Button, FontId, Layout, Rect, RichText, Sense, Ui, Vec2, WidgetInfo};

/// What the command row shows.
pub struct Bar<'a> {
    pub session: Option<&'a Session>,
    /// When it was last saved.
    pub saved_at: Option<&'a str>,
    /// Whether a command can be carried out now.
    pub can: &'a dyn Fn(Command) -> bool,
    /// Whether what a command switches is on.
    pub is_on: &'a dyn Fn(Command) -> bool,
    /// Whether the first command takes the keyboard.
    pub takes_keyboard: bool,
}

/// The command row.
pub fn commands_ui(ui: &mut Ui, bar: &Bar<'_>, actions: &mut Actions) {
    ui.allocate_ui_with_layout(
        Vec2::new(ui.available_width(), 43.0),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.set_height(43.0);
            ui.spacing_mut().item_spacing.x = 2.0;
            let fit = fitting(ui);
            let mut left = fit;
            for (nth, group) in Command::ROW.iter().enumerate() {
                if left == 0 {
                    break;
                }
                if nth > 0 {
                    separator(ui);
                }
                for &command in group.iter().take(left) {
                    button_ui(ui, bar, command, actions);
                }
                left = left.saturating_sub(group.len());
            }
            menu_ui(ui, bar, fit, actions);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| facts_ui(ui, bar));
        },
    );
}

fn separator(ui: &mut Ui) {
    ui.add_space(6.0);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(1.0, 20.0), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, theme::LINE);
    ui.add_space(6.0);
}

/// How many commands of the row stand side by side; whether the work is saved must stay in sight beside them.
fn fitting(ui: &Ui) -> usize {
    const MENU: f32 = 60.0;
    const SAVED: f32 = 110.0;
    const SEPARATOR: f32 = 17.0;
    let padding = 2.0 * ui.spacing().button_padding.x + ui.spacing().item_spacing.x;
    let mut room = ui.available_width() - MENU - SAVED;
    let mut fit = 0;
    for (nth, group) in Command::ROW.iter().enumerate() {
        if nth > 0 {
            room -= SEPARATOR;
        }
        for command in *group {
            room -= command.text().chars().count() as f32 * theme::TEXT_SIZE + padding;
            if room < 0.0 {
                return fit;
            }
            fit += 1;
        }
    }
    fit
}

fn button_ui(ui: &mut Ui, bar: &Bar<'_>, command: Command, actions: &mut Actions) {
    let can = (bar.can)(command);
    let on = can && (bar.is_on)(command);
    let text = RichText::new(command.text()).color(if on { theme::ACCENT } else { theme::TEXT });
    let mut button = Button::new(text)
        .frame_when_inactive(on)
        .stroke(egui::Stroke::NONE);
    if on {
        button = button.fill(theme::SELECTION);
    }
    let hint = match command.keys_text() {
        Some(keys) => format!("{}（{keys}）", command.tooltip()),
        None => command.tooltip().to_owned(),
    };
    let response = ui.add_enabled(can, button).on_hover_text(hint);
    focus_ring(ui, &response);
    if bar.takes_keyboard && command == Command::ROW[0][0] {
        response.request_focus();
    }
    if response.clicked() {
        actions.push(Action::Command(command));
    }
}

/// The menu at the end of the row: what is needed seldom, and what had no room.
fn menu_ui(ui: &mut Ui, bar: &Bar<'_>, fit: usize, actions: &mut Actions) {
    separator(ui);
    let button = Button::new("更多…")
        .frame_when_inactive(false)
        .stroke(egui::Stroke::NONE);
    egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        let squeezed_out = Command::ROW.concat().into_iter().skip(fit);
        for command in squeezed_out.chain(Command::MENU) {
            let can = (bar.can)(command);
            let on = can && (bar.is_on)(command);
            let mark = if on { "✓ " } else { "" };
            let mut button = Button::new(format!("{mark}{}", command.text()));
            if let Some(keys) = command.keys_text() {
                button = button.shortcut_text(keys);
            }
            let response = ui.add_enabled(can, button).on_hover_text(command.tooltip());
            if response.clicked() {
                actions.push(Action::Command(command));
            }
        }
        ui.menu_button("界面大小", |ui| {
            let now = ui.ctx().zoom_factor();
            for times in zoom::STEPS {
                let mark = if times == now { "✓ " } else { "" };
                if ui
                    .button(format!("{mark}{}", zoom::percent(times)))
                    .clicked()
                {
                    actions.push(Action::ZoomAll(times));
                }
            }
        });
    });
}

/// Whose report it is, by which form, and whether it is saved.
fn facts_ui(ui: &mut Ui, bar: &Bar<'_>) {
    let Some(session) = bar.session else { return };
    let (report, form) = (session.report(), session.form());
    let saved = match (session.history().is_dirty(), bar.saved_at, &session.path) {
        (true, ..) => "未保存".to_owned(),
        (false, Some(time), _) => format!("已保存 {time}"),
        (false, None, Some(_)) => "已保存".to_owned(),
        (false, None, None) => "示例".to_owned(),
    };
    let organ = if report.organ().is_empty() {
        "（未填单位）"
    } else {
        report.organ()
    };
    // Whether the work is saved is what nobody must miss: it stands first from the right and is never cut off.
    let unsaved = session.history().is_dirty();
    let colour = if unsaved { theme::ERROR } else { theme::WEAK };
    let words = RichText::new(&saved).size(13.0).color(colour);
    let shown = ui.label(words);
    if !unsaved && bar.saved_at.is_some() {
        read_out(&shown, &saved);
    }
    let facts = format!(
        "{organ} · {}年 · {}（{}） ·",
        report.year(),
        form.name,
        form.doc_no
    );
    ui.add(egui::Label::new(RichText::new(facts).size(13.0).color(theme::WEAK)).truncate());
}

/// The row of tabs.
pub fn tabs_ui(ui: &mut Ui, session: &Session, shown: Tab, actions: &mut Actions) {
    let form = session.form().clone();
    // On a narrow window, or enlarged, in two rows: no tab is ever out of reach.
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(4.0, 0.0);
        if tab_ui(ui, "封面", shown == Tab::Cover, None) {
            actions.push(Action::GoTo(Tab::Cover));
        }
        for (index, section) in form.sections.iter().enumerate() {
            let errors = session
                .findings_of(index)
                .filter(|(_, finding)| finding.level == Level::Error)
                .count();
            let badge = match (errors, session.progress(index)) {
                (0, progress @ (Progress::Fine | Progress::AllZero)) => Badge::Fine(progress),
                (0, _) => Badge::None,
                (n, _) => Badge::Errors(n),
            };
            if tab_ui(ui, &section.tab, shown == Tab::Section(index), Some(badge)) {
                actions.push(Action::GoTo(Tab::Section(index)));
            }
        }
    });
}

/// The size of the words below a tab's name.
const ZEROS_SIZE: f32 = 10.0;

/// What a tab says besides its name.
#[derive(Clone, Copy)]
enum Badge {
    None,
    Fine(Progress),
    Errors(usize),
}

fn tab_ui(ui: &mut Ui, name: &str, on: bool, badge: Option<Badge>) -> bool {
    const HEIGHT: f32 = 39.0;
    const BADGE: f32 = 17.0;
    /// How far above the middle the name stands, so that words have room below it.
    const RAISED: f32 = 5.0;
    let font: FontId = if on {
        theme::bold(theme::TEXT_SIZE)
    } else {
        theme::regular(theme::TEXT_SIZE)
    };
    let colour = if on { theme::ACCENT } else { theme::TEXT };
    let words = ui.painter().layout_no_wrap(name.to_owned(), font, colour);
    // As wide as it is in bold and with its mark, so that neither choosing a tab nor what is typed moves any.
    let widest = ui
        .painter()
        .layout_no_wrap(name.to_owned(), theme::bold(theme::TEXT_SIZE), colour)
        .size()
        .x;
    let mark = badge.map_or(0.0, |_| BADGE + 4.0);
    let size = Vec2::new(widest + mark + 26.0, HEIGHT);
    let badge = badge.unwrap_or(Badge::None);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, spoken(name, badge)));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(
            rect.shrink2(Vec2::new(2.0, 5.0)),
            theme::ROUND,
            theme::HOVER,
        );
    }
    let left = rect.left() + 13.0;
    let middle = rect.center().y - RAISED;
    let at = egui::pos2(left, middle - words.size().y / 2.0);
    ui.painter().galley(at.round(), words, colour);
    let centre = egui::pos2(left + widest + 5.0 + BADGE / 2.0, middle);
    badge_ui(
        ui,
        badge,
        Rect::from_center_size(centre, Vec2::splat(BADGE)),
    );
    // That a whole table is 0 is right for many and must be seen by all.
    if matches!(badge, Badge::Fine(Progress::AllZero)) {
        let words = Progress::AllZero.words().unwrap_or_default();
        let font = theme::regular(ZEROS_SIZE);
        let at = egui::pos2(left, rect.bottom() - 2.0);
        let corner = egui::Align2::LEFT_BOTTOM;
        ui.painter().text(at, corner, words, font, theme::FINE);
    }
    if on {
        let line = Rect::from_min_max(egui::pos2(rect.left(), rect.bottom() - 2.0), rect.max);
        ui.painter().rect_filled(line, 0.0, theme::ACCENT);
    }
    response.clicked()
}

/// The mark in a tab.
fn badge_ui(ui: &Ui, badge: Badge, at: Rect) {
    match badge {
        Badge::None => {}
        Badge::Fine(_) => {
            ui.painter().text(
                at.center(),
                egui::Align2::CENTER_CENTER,
                "✓",
                theme::regular(13.0),
                theme::FINE,
            );
        }
        Badge::Errors(n) => {
            ui.painter()
                .circle_filled(at.center(), at.width() / 2.0, theme::ERROR_MARK);
            let text = if n > 99 {
                "99+".to_owned()
            } else {
                n.to_string()
            };
            ui.painter().text(
                at.center(),
                egui::Align2::CENTER_CENTER,
                text,
                theme::regular(11.0),
                theme::PAPER,
            );
        }
    }
}

fn spoken(name: &str, badge: Badge) -> String {
    match badge {
        Badge::None => name.to_owned(),
        Badge::Fine(progress) => format!("{name} {}", progress.words().unwrap_or_default()),
        Badge::Errors(n) => format!("{name} 必改 {n}"),
    }
}
