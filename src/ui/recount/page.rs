//! The page of the second count: the bar, and a table to key into or what differs.

use super::compared::compared_ui;
use super::state::Recounting;
use crate::draft::recount_holds;
use crate::form::Body;
use crate::ui::action::{Action, Actions};
use crate::ui::grid::{Beside, GridEvent};
use crate::ui::session::Session;
use crate::ui::sheet::{self, Page};
use crate::ui::theme;
use crate::ui::widgets::main_button;
use crate::ui::zoom::Zoom;
use egui::{Button, Frame, Key, Margin, RichText, Ui};

/// The second count of the open report; while the window is `busy` with a question, keys are not for it.
pub fn recount_ui(
    ui: &mut Ui,
    count: &mut Recounting,
    open: &Session,
    busy: bool,
    today: String,
    actions: &mut Actions,
) {
    // In a cell, Esc takes back what is being typed.
    let typing = count.grids[count.table].is_typing();
    let covered = busy || typing || egui::Popup::is_any_open(ui.ctx());
    let escaped = !covered && ui.input(|input| input.key_pressed(Key::Escape));
    Frame::NONE
        .fill(theme::PAPER)
        .inner_margin(Margin::symmetric(14, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            bar_ui(ui, count, escaped, actions);
            state_ui(ui, count, open);
        });
    if count.is_compared {
        compared_ui(ui, count, open, today, actions);
    } else {
        table_ui(ui, count, actions);
    }
}

fn bar_ui(ui: &mut Ui, count: &mut Recounting, escaped: bool, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        let closes = ui
            .button("回去填报（Esc）")
            .on_hover_text("打好的数留着，再点“复核”接着打");
        if (closes.clicked() || escaped) && count.commit() {
            actions.push(Action::CloseView);
        }
        ui.label(RichText::new("复核").font(theme::bold(15.0)));
        ui.add_space(8.0);
        let form = count.session.form().clone();
        for (table, spec) in form.tables.iter().enumerate() {
            let words = match count.left(table) {
                0 => format!("{} ✓", spec.name),
                left => format!("{}（还有 {left} 格）", spec.name),
            };
            let on = table == count.table && !count.is_compared;
            let colour = if on { theme::ACCENT } else { theme::TEXT };
            let mut button = Button::new(RichText::new(words).color(colour));
            if on {
                button = button.fill(theme::SELECTION);
            }
            if ui.add(button).clicked() && count.commit() {
                count.show_table(table);
            }
        }
        ui.add_space(8.0);
        if main_button(ui, "打完了，比较").clicked() && count.commit() {
            count.is_compared = true;
            count.wants_name = true;
        }
    });
}

/// What is to be done, and the count that was taken down before.
fn state_ui(ui: &mut Ui, count: &Recounting, open: &Session) {
    let report = open.report();
    let before = report.notes().recount.as_ref().map(|before| {
        let state = match recount_holds(before, report) {
            true => "之后没有改过数，仍然有效",
            false => "之后改过数，已经失效",
        };
        format!("上一次复核：{}，{}，{state}。", before.name, before.date)
    });
    let words = match count.is_compared {
        true => before,
        false => {
            let how = "请另一个人照原始凭据把数再打一遍：逐列往下，打一个数按一次回车，打完一列自动到下一列；空白的格直接按回车，总计不用打。原来填的数打完比较时才看得到。离开这一页再回来可以接着打。";
            Some(format!("{how}{}", before.unwrap_or_default()))
        }
    };
    if let Some(words) = words {
        let words = RichText::new(words).size(13.0).color(theme::WEAK);
        ui.add(egui::Label::new(words).wrap());
    }
}

/// A table to key into.
fn table_ui(ui: &mut Ui, count: &mut Recounting, actions: &mut Actions) {
    let table = count.table;
    let form = count.session.form().clone();
    let section = form
        .sections
        .iter()
        .position(|section| matches!(section.body, Body::Table(nth) if nth == table));
    let beside = Beside {
        lit: &[],
        suspects: &[],
        changed: &[],
        last_year: false,
        review: None,
    };
    let page = Page {
        section: section.unwrap_or_default(),
        table,
        zoom: Zoom::Auto,
        room: ui.available_size(),
    };
    let grid = &mut count.grids[table];
    let (_, events) = sheet::grid_ui(ui, grid, &mut count.session, page, &beside);
    for event in events {
        match event {
            GridEvent::NotPlaced(words) => actions.push(Action::Complain(words)),
            GridEvent::Pasted(_) | GridEvent::ByParts(_) => actions.push(Action::Complain(
                "复核要一个数一个数地打，不能粘贴，也不分项".to_owned(),
            )),
            GridEvent::PastEnd => past_end(count),
            GridEvent::Copied(_) | GridEvent::WholeCopied => {}
        }
    }
}

/// Behind the last cell of a table the next one comes, and what differs behind the last of all.
fn past_end(count: &mut Recounting) {
    match count.table + 1 {
        next if next < count.grids.len() => count.show_table(next),
        _ => {
            count.is_compared = true;
            count.wants_name = true;
        }
    }
}
