//! 公开后核对: what was published otherwise than it stands in the draft.

use super::lists::list_ui;
use crate::import::Imported;
use crate::report::Signature;
use crate::ui::action::Action;
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::{default_button, heading};
use crate::verify::{self, Departure, Published, Take};
use egui::{Label, RichText, Ui};

/// A page as it was read.
pub struct PublishedPage {
    name: String,
    page: Box<Imported>,
    found: Kept<Published>,
}

/// What came of some work on the report, kept while that stays as it is.
#[derive(Default)]
struct Kept<T>(Option<(u64, T)>);

impl<T> Kept<T> {
    /// What comes of it at this revision of the report.
    fn at(&mut self, revision: u64, work: impl FnOnce() -> T) -> &T {
        let kept = self.0.take().filter(|(of, _)| *of == revision);
        &self.0.insert(kept.unwrap_or_else(|| (revision, work()))).1
    }
}

impl PublishedPage {
    /// The page of a file of this name.
    pub fn new(name: String, page: Imported) -> Self {
        let page = Box::new(page);
        Self {
            name,
            page,
            found: Kept::default(),
        }
    }
}

/// Shows what differs, and takes over what the clerk chooses.
pub fn published_ui(ui: &mut Ui, asked: &mut PublishedPage, session: &Session) -> Option<Action> {
    heading(ui, "公开后核对");
    let work = || verify::published(session.report(), &asked.page);
    let found = asked.found.at(session.history().revision(), work);
    let (name, count) = (&asked.name, found.departures.len());
    let mut reply = None;
    if count == 0 {
        let words = format!(
            "{name} 与草稿一致：比较了 {} 格、{} 段文字。",
            found.cells, found.paragraphs
        );
        ui.colored_label(theme::FINE, words);
    } else {
        ui.label(format!(
            "{name} 与草稿有 {count} 处不同。哪一边对，请逐处看；“采用”把文件里的放进草稿，可以撤销。"
        ));
        ui.add_space(4.0);
        list_ui(ui, |ui| {
            for departure in &found.departures {
                reply = departure_ui(ui, departure).or(reply.take());
            }
        });
    }
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        if default_button(ui, "关闭") {
            reply = Some(Action::Cancel);
        }
        if count > 0 && ui.button("复制清单").clicked() {
            let lines: Vec<String> = found.departures.iter().map(ToString::to_string).collect();
            ui.ctx().copy_text(lines.join("\n"));
        }
    });
    reply
}

fn departure_ui(ui: &mut Ui, departure: &Departure) -> Option<Action> {
    let mut reply = None;
    let words = departure.to_string();
    ui.add(Label::new(RichText::new(&words).size(13.0)).wrap());
    if let Some(take) = &departure.take {
        let says = match take {
            Take::Number(_, value) => format!("采用 {value}"),
            Take::Text(..) => "采用文件里的这一部分".to_owned(),
            Take::Signature(none) if *none == Signature::default() => "去掉落款".to_owned(),
            Take::Signature(_) => "采用文件里的落款".to_owned(),
        };
        let link = ui.link(RichText::new(says).size(13.0).color(theme::ACCENT));
        ui.ctx().accesskit_node_builder(link.id, |node| {
            node.set_description(words);
        });
        if link.clicked() {
            reply = Some(Action::TakePublished(take.clone()));
        }
    }
    ui.add_space(4.0);
    reply
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[test]
    fn the_work_is_done_once_for_each_revision() {
        let mut kept = Kept::default();
        let mut done = 0;
        for revision in [1, 1, 1, 2, 2, 1] {
            let work = || {
                done += 1;
                revision
            };
            assert_eq!(*kept.at(revision, work), revision);
        }
        assert_eq!(done, 3);
    }
}
