//! Which number probably is behind an error.

use super::hands::Hands;
use crate::check::{Culprit, Finding};
use crate::form;
use crate::ui::action::{Action, Actions};
use crate::ui::mending::Mending;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::small_main_button;
use crate::value::Value;
use egui::{RichText, Sense, Ui};

/// Which number probably is behind an error, with a button that mends it.
pub fn culprits_ui(
    ui: &mut Ui,
    session: &Session,
    index: usize,
    finding: &Finding,
    hands: &mut Hands,
    actions: &mut Actions,
) {
    let small = |text: String| RichText::new(text).size(13.0);
    let culprits: Vec<_> = session.culprits_of(index).collect();
    let Some(best) = culprits.first() else {
        if finding.about.relation.is_some() {
            ui.label(
                small("单凭这些数字看不出是哪一格，请逐格核对。".to_owned()).color(theme::WEAK),
            );
        }
        return;
    };
    if best.explains.iter().any(|&other| other < index) {
        ui.label(small("与上面一条是同一原因。".to_owned()).color(theme::WEAK));
        return;
    }
    let in_doubt = !best.is_sure();
    let lead = if in_doubt {
        "没有旁证，不能断定是哪一格，请看原始材料；可能："
    } else {
        "最可能："
    };
    for (nth, culprit) in culprits.iter().enumerate() {
        let lead = if nth == 0 { lead } else { "也可能：" };
        let about = match culprit.changes[..] {
            [_] => culprit.message(session.report()),
            _ => culprit.headline(session.report()),
        };
        let shade = |text: RichText| match nth {
            0 => text,
            _ => text.color(theme::WEAK),
        };
        ui.add(egui::Label::new(shade(small(format!("{lead}{about}")))).wrap());
        if culprit.changes.len() > 1 {
            changes_ui(ui, session, culprit, (index, nth), actions);
            ui.add(egui::Label::new(shade(small(culprit.outcome()))).wrap());
        }
        ui.horizontal(|ui| {
            let words = match culprit.changes[..] {
                [(_, _, to)] => format!("改为 {to}"),
                _ => "照此改正".to_owned(),
            };
            // Where it is a guess, no button may look like the answer.
            let pressed = if nth == 0 && !in_doubt {
                hands.blue(&small_main_button(ui, &words), &about)
            } else {
                let response = ui.button(RichText::new(words).size(13.0));
                hands.other(&response, &about);
                response.clicked()
            };
            if pressed {
                actions.push(Action::Mend(Mending::Culprit((*culprit).clone())));
            }
            if culprit.changes.len() == 1
                && ui
                    .link(RichText::new("看这一格").size(13.0).color(theme::ACCENT))
                    .clicked()
            {
                actions.push(Action::ShowCell(culprit.changes[0].0));
            }
        });
    }
}

/// Several changes as a small list: the cell, what is there, what should be. A cell is shown by a click on its name.
fn changes_ui(
    ui: &mut Ui,
    session: &Session,
    culprit: &Culprit,
    salt: (usize, usize),
    actions: &mut Actions,
) {
    const GAP: f32 = 8.0;
    let (report, form) = (session.report(), session.form());
    let weak = |text: &str| {
        RichText::new(text)
            .size(theme::SMALL_SIZE)
            .color(theme::WEAK)
    };
    let number = |value: Value| match value {
        Value::Blank => "空白".to_owned(),
        value => value.to_string(),
    };
    let font = || theme::bold(13.0);
    let wide = |words: String| {
        let laid = ui.painter().layout_no_wrap(words, font(), theme::WEAK);
        laid.size().x
    };
    let (present, wanted) = ("现", "应为");
    let changes = culprit.changes.iter();
    let (now, then) = changes.fold(
        (wide(present.to_owned()), wide(wanted.to_owned())),
        |(now, then), &(_, from, to)| (now.max(wide(number(from))), then.max(wide(number(to)))),
    );
    // Names are broken into as many lines as the numbers beside them leave room for.
    let width = (ui.available_width() - now - then - 2.0 * GAP).max(60.0);
    let grid = egui::Grid::new(("changes", salt)).num_columns(3);
    grid.spacing([GAP, 2.0]).show(ui, |ui| {
        ui.label(weak("格"));
        ui.label(weak(present));
        ui.label(weak(wanted));
        ui.end_row();
        for &(cell, from, to) in &culprit.changes {
            let name = form::with_year(&form.cell(cell).name(), report.year());
            let name = RichText::new(name).size(13.0).color(theme::ACCENT);
            let shown = ui
                .scope(|ui| {
                    ui.set_max_width(width);
                    ui.add(egui::Label::new(name).wrap().sense(Sense::click()))
                })
                .inner;
            if shown.on_hover_text(form.full_name(cell)).clicked() {
                actions.push(Action::ShowCell(cell));
            }
            ui.label(RichText::new(number(from)).size(13.0));
            ui.label(RichText::new(number(to)).font(font()));
            ui.end_row();
        }
    });
}
