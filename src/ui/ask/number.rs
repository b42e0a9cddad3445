//! Which number of the tables goes into a text, or is meant by a number in it.

use crate::form::{Sum, TextIx, with_year};
use crate::prose::numeral_at;
use crate::report::{Edit, Linked};
use crate::ui::action::Action;
use crate::ui::read_out::{read_out, say_nothing};
use crate::ui::session::Session;
use crate::ui::theme;
use crate::ui::widgets::{complaint_ui, heading, main_button, scroll_ui};
use crate::value::Value;
use egui::{Align, Key, Layout, Modifiers, RichText, ScrollArea, Sense, TextEdit, Ui};
use std::ops::Range;

/// A number of the tables is looked for by its name.
pub struct NumberChoice {
    text: TextIx,
    all: Vec<Entry>,
    /// The digits that are to be linked; where the number goes, if they are none.
    at: Range<usize>,
    query: String,
    /// The one that is chosen, in the list as it stands.
    chosen: usize,
    complaint: Option<&'static str>,
    fresh: bool,
    moved: bool,
}

/// A number of the tables.
#[derive(Clone)]
struct Entry {
    name: String,
    of: Sum,
    value: Value,
    unit: String,
}

impl NumberChoice {
    /// Asks for a number of the tables: for the place in a text where it goes, or for the digits that it is.
    pub fn new(session: &Session, text: TextIx, at: Range<usize>) -> Self {
        let mut all = entries(session);
        let written = session.report().text(text).get(at.clone());
        if let Some((written, _)) = written
            .filter(|it| !it.is_empty())
            .and_then(|it| numeral_at(it, 0))
        {
            // Those first that are just the number that is to be linked.
            all.sort_by_key(|entry| entry.value.decimal() != Some(written.value()));
        }
        Self {
            text,
            all,
            at,
            query: String::new(),
            chosen: 0,
            complaint: None,
            fresh: true,
            moved: false,
        }
    }

    fn links(&self) -> bool {
        !self.at.is_empty()
    }

    /// Back to the text, with an edit done.
    fn answer(&self, edit: Edit, caret: usize) -> Action {
        Action::Write {
            edit,
            text: self.text,
            show: caret..caret,
        }
    }

    fn choose(&mut self, entry: &Entry, session: &Session) -> Option<Action> {
        if entry.value.is_blank() {
            self.complaint = Some("这一格还没有填，没有数可用；先到表里填上");
            return None;
        }
        let report = session.report();
        if self.links() {
            let edit = Edit::link(report, self.text, self.at.clone(), Some(entry.of.clone()));
            return Some(self.answer(edit, self.at.end));
        }
        let mut words = Linked::default();
        words.push_number(&entry.value.to_string(), entry.of.clone());
        words.push_words(&entry.unit);
        let caret = self.at.start + words.words().len();
        let edit = Edit::insert(report, self.text, self.at.clone(), words);
        Some(self.answer(edit, caret))
    }
}

/// All numbers that have a name, those first that texts usually speak of.
fn entries(session: &Session) -> Vec<Entry> {
    let (report, form) = (session.report(), session.form());
    let sums = form.narrative.iter().flat_map(|narrative| &narrative.facts);
    let mut all: Vec<Entry> = Vec::new();
    let mut take = |name: &dyn Fn() -> String, of: &Sum| {
        let first = of.cells().next();
        let is_shown = of.cells().all(|cell| report.shows(cell));
        let Some(first) = first.filter(|_| is_shown && all.iter().all(|it| it.of != *of)) else {
            return;
        };
        let unit = form.cell(first).unit.clone();
        all.push(Entry {
            name: with_year(&name(), report.year()),
            of: of.clone(),
            value: session.evaluation().known_total(of),
            unit: unit.unwrap_or_else(|| "件".to_owned()),
        });
    };
    for fact in sums {
        match fact.sum.only() {
            Some(cell) => take(&|| form.full_name(cell), &fact.sum),
            None => take(&|| format!("几格之和 · {}", fact.says), &fact.sum),
        }
    }
    for cell in report.cells() {
        let of = Sum {
            plus: vec![cell],
            ..Sum::default()
        };
        take(&|| form.full_name(cell), &of);
    }
    all
}

/// Those whose names hold every word that was typed.
fn found(choice: &NumberChoice) -> Vec<Entry> {
    let words: Vec<&str> = choice.query.split_whitespace().collect();
    let fits = |entry: &&Entry| {
        let number = entry.value.to_string();
        let holds = |word: &&str| entry.name.contains(*word) || number == **word;
        words.iter().all(holds)
    };
    choice.all.iter().filter(fits).cloned().collect()
}

/// Asks for it.
pub fn number_ui(ui: &mut Ui, choice: &mut NumberChoice, session: &Session) -> Option<Action> {
    let text = session.report().text(choice.text);
    if text.get(choice.at.clone()).is_none() {
        return Some(Action::Cancel);
    }
    match choice.links() {
        true => heading(ui, &format!("“{}”是表里的哪个数", &text[choice.at.clone()])),
        false => heading(ui, "插入表中的数"),
    }
    // Taken before the field sees them.
    let keys = [Key::ArrowDown, Key::ArrowUp, Key::Enter, Key::Escape];
    let [down, up, enter, escape] =
        keys.map(|key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)));
    if escape {
        return Some(choice.answer(Edit::default(), choice.at.end));
    }
    query_ui(ui, choice);
    let all = found(choice);
    if down || up {
        let step = if down { 1 } else { all.len().saturating_sub(1) };
        choice.chosen = (choice.chosen + step) % all.len().max(1);
        choice.moved = true;
    }
    choice.chosen = choice.chosen.min(all.len().saturating_sub(1));
    let clicked = list_ui(ui, choice, &all);
    complaint_ui(ui, choice.complaint);
    ui.add_space(8.0);
    let mut reply = None;
    let words = if choice.links() { "连接" } else { "插入" };
    ui.horizontal(|ui| {
        let pressed = main_button(ui, words).clicked() || enter;
        let entry = clicked.or(pressed.then_some(choice.chosen));
        if let Some(entry) = entry.and_then(|nth| all.get(nth)) {
            reply = choice.choose(entry, session);
        }
        if ui.button("取消").clicked() {
            reply = Some(choice.answer(Edit::default(), choice.at.end));
        }
    });
    reply
}

fn query_ui(ui: &mut Ui, choice: &mut NumberChoice) {
    let hint = "行名、列名，如：予以公开 总计";
    let field = TextEdit::singleline(&mut choice.query)
        .desired_width(f32::INFINITY)
        .hint_text(hint)
        .return_key(None)
        .margin(egui::Margin::symmetric(8, 5));
    let response = ui.add(field);
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label("找表里的数"));
    if std::mem::take(&mut choice.fresh) {
        response.request_focus();
    }
    if response.changed() {
        (choice.chosen, choice.complaint) = (0, None);
        choice.moved = true;
    }
    let weak = "上下键选，回车确定；写进去的数从此与表格相连：表里改了会提醒，绝不自己改";
    ui.label(RichText::new(weak).size(13.0).color(theme::WEAK));
    ui.add_space(4.0);
}

/// The list; the one that is clicked.
fn list_ui(ui: &mut Ui, choice: &mut NumberChoice, all: &[Entry]) -> Option<usize> {
    const ROW: f32 = 24.0;
    const AROUND: f32 = 330.0;
    if all.is_empty() {
        ui.label("没有这样的格。试试表里的行名或列名");
        return None;
    }
    let height = (ui.ctx().content_rect().height() - AROUND).clamp(96.0, 312.0);
    let moved = std::mem::take(&mut choice.moved);
    let area = ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink([false, true]);
    let mut clicked = None;
    scroll_ui(ui, area, theme::PAPER, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (nth, entry) in all.iter().enumerate() {
            let size = egui::vec2(ui.available_width(), ROW);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            if nth == choice.chosen && moved {
                ui.scroll_to_rect(rect, None);
            }
            let number = match entry.value {
                Value::Blank => "空白".to_owned(),
                value => format!("{value}{}", entry.unit),
            };
            let words = format!("{} {number}", entry.name);
            if nth == choice.chosen {
                read_out(&response, &words);
            }
            response.widget_info(|| {
                egui::WidgetInfo::selected(
                    egui::accesskit::Role::ListBoxOption,
                    true,
                    nth == choice.chosen,
                    &words,
                )
            });
            if response.clicked() {
                clicked = Some(nth);
            }
            if !ui.is_rect_visible(rect) {
                continue;
            }
            let fill = match (nth == choice.chosen, response.hovered()) {
                (true, _) => theme::SELECTION,
                (false, true) => theme::HOVER,
                (false, false) => theme::PAPER,
            };
            ui.painter().rect_filled(rect, theme::ROUND, fill);
            let inside = rect.shrink2(egui::vec2(8.0, 0.0));
            let mut row = ui.new_child(
                egui::UiBuilder::new()
                    .max_rect(inside)
                    .layout(Layout::right_to_left(Align::Center)),
            );
            let label = |text: &str| egui::Label::new(RichText::new(text).size(13.0));
            say_nothing(&row.add(label(&number).selectable(false)));
            row.with_layout(Layout::left_to_right(Align::Center), |row| {
                say_nothing(&row.add(label(&entry.name).truncate().selectable(false)));
            });
        }
    });
    clicked
}
