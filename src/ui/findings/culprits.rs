//! Which number probably is behind an error.

use super::hands::Hands;
use crate::check::Finding;
use crate::ui::action::{Action, Actions};
use crate::ui::mending::Mending;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::small_main_button;
use egui::{RichText, Ui};

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
    let in_doubt = culprits
        .get(1)
        .is_some_and(|second| !best.is_likelier_than(second));
    let lead = if in_doubt {
        "分不出是哪一格，请看原始材料；可能："
    } else {
        "最可能："
    };
    for (nth, culprit) in culprits.iter().enumerate() {
        let lead = if nth == 0 { lead } else { "也可能：" };
        let text = small(format!("{lead}{}", culprit.message(session.report())));
        ui.add(
            egui::Label::new(if nth == 0 {
                text
            } else {
                text.color(theme::WEAK)
            })
            .wrap(),
        );
        ui.horizontal(|ui| {
            let words = match culprit.changes[..] {
                [(_, _, to)] => format!("改为 {to}"),
                _ => "照此改正".to_owned(),
            };
            // Where it is a guess, no button may look like the answer.
            let pressed = if nth == 0 && !in_doubt {
                hands.blue(&small_main_button(ui, &words))
            } else {
                let response = ui.button(RichText::new(words).size(13.0));
                hands.other(&response);
                response.clicked()
            };
            if pressed {
                actions.push(Action::Mend(Mending::Culprit((*culprit).clone())));
            }
            if ui
                .link(RichText::new("看这一格").size(13.0).color(theme::ACCENT))
                .clicked()
            {
                actions.push(Action::ShowCell(culprit.changes[0].0));
            }
        });
    }
}
