//! 查找: in the tables, the texts and the findings. 查找替换: in the texts.

use super::action::{Action, Actions};
use super::session::Session;
use super::theme;
use crate::form::{CellIx, TextIx, with_year};
use egui::{Event, Id, Key, Modifiers, Response, RichText, TextEdit, Ui};
use std::ops::Range;

/// The search, while its bar is open.
#[derive(Default)]
pub struct Find {
    query: String,
    /// What is put in place of the words, if words are replaced.
    replacement: Option<String>,
    /// The hit that was shown last.
    at: Option<usize>,
    /// Behind this place the next hit is to be shown: what stood before it has been replaced.
    go_on: Option<(TextIx, usize)>,
    want_focus: bool,
}

impl Find {
    /// Waits for words to be found; those of a search that is open already stay.
    pub fn finding(open: Option<Self>) -> Self {
        Self {
            replacement: None,
            at: None,
            want_focus: true,
            ..open.unwrap_or_default()
        }
    }

    /// Waits for words to be replaced.
    pub fn replacing(open: Option<Self>) -> Self {
        let open = open.unwrap_or_default();
        Self {
            replacement: Some(open.replacement.unwrap_or_default()),
            query: open.query,
            want_focus: true,
            ..Self::default()
        }
    }

    /// Goes on behind a place in which words have been replaced.
    pub fn go_on_behind(&mut self, text: TextIx, at: usize) {
        self.go_on = Some((text, at));
    }

    /// The words that are looked for. What is replaced may be a blank.
    fn words(&self) -> &str {
        match self.replacement {
            Some(_) => &self.query,
            None => self.query.trim(),
        }
    }
}

/// Something found.
#[derive(Clone, Debug, PartialEq)]
enum Hit {
    Cell(CellIx),
    Text(TextIx, Range<usize>),
    Finding(usize),
}

impl Hit {
    fn show(&self) -> Action {
        match self.clone() {
            Self::Cell(cell) => Action::ShowCell(cell),
            Self::Text(text, range) => Action::ShowText(text, Some(range)),
            Self::Finding(index) => Action::ShowFinding(index),
        }
    }
}

/// Everything that holds the words, in the form's order; only the texts where words are replaced.
fn hits(session: &Session, find: &Find) -> Vec<Hit> {
    let query = find.words();
    if query.is_empty() {
        return Vec::new();
    }
    let (report, form) = (session.report(), session.form());
    let texts = form.indexed_texts().flat_map(|(text, _)| {
        let found = report.text(text).match_indices(query);
        found.map(move |(at, words)| Hit::Text(text, at..at + words.len()))
    });
    if find.replacement.is_some() {
        return texts.collect();
    }
    let named = |cell: &CellIx| {
        let name = || with_year(&form.full_name(*cell), report.year());
        session.shown(*cell) == query || name().contains(query)
    };
    let mut hits: Vec<Hit> = report.cells().filter(named).map(Hit::Cell).collect();
    hits.extend(texts);
    for (index, finding) in session.evaluation().findings.iter().enumerate() {
        if finding.headline(report).contains(query) {
            hits.push(Hit::Finding(index));
        }
    }
    hits
}

/// What the clerk does in the bar.
#[derive(Clone, Copy, PartialEq)]
enum Wish {
    Step(isize),
    Replace,
    ReplaceAll,
    Close,
}

fn query_id() -> Id {
    Id::unique("find")
}

fn replacement_id() -> Id {
    Id::unique("replace")
}

/// The bar.
pub fn find_ui(ui: &mut Ui, find: &mut Find, session: &Session, actions: &mut Actions) {
    let replaces = find.replacement.is_some();
    let mut wish = keys(ui, replaces);
    let mut all = Vec::new();
    ui.horizontal(|ui| {
        ui.set_height(36.0);
        let hint = match find.replacement {
            Some(_) => "正文里的词句",
            None => "行名、数字、正文或审核结果",
        };
        let response = field_ui(ui, "查找", query_id(), &mut find.query, hint, replaces);
        if std::mem::take(&mut find.want_focus) {
            response.request_focus();
        }
        if response.changed() {
            find.at = None;
        }
        all = hits(session, find);
        find.go_on_to(&all, actions);
        if ui.button("上一处").clicked() {
            wish = Some(Wish::Step(-1));
        }
        if ui.button("下一处").clicked() {
            wish = Some(Wish::Step(1));
        }
        ui.label(RichText::new(count_words(find, all.len())).color(theme::WEAK));
        if ui.button("关闭").clicked() {
            wish = Some(Wish::Close);
        }
    });
    if let Some(replacement) = &mut find.replacement {
        ui.horizontal(|ui| {
            ui.set_height(36.0);
            let hint = "留空就是删去";
            field_ui(ui, "替换为", replacement_id(), replacement, hint, true);
            ui.add_enabled_ui(!all.is_empty(), |ui| {
                let one = ui
                    .button("替换")
                    .on_hover_text("替换这一处，再到下一处（Alt+R）");
                let every = ui.button("全部替换");
                let every = every.on_hover_text("引言和各部分正文一次替换，可以一步撤销（Alt+A）");
                if one.clicked() {
                    wish = Some(Wish::Replace);
                } else if every.clicked() {
                    wish = Some(Wish::ReplaceAll);
                }
            });
        });
    }
    if let Some(wish) = wish {
        find.carry_out(wish, &all, actions);
    }
}

/// The keys of the bar, while it has the keyboard; taken out, so that neither a field nor the cell that is found sees them.
fn keys(ui: &Ui, replaces: bool) -> Option<Wish> {
    let has_keyboard = ui.memory(|memory| {
        memory.has_focus(query_id()) || replaces && memory.has_focus(replacement_id())
    });
    if !has_keyboard {
        return None;
    }
    if replaces {
        tab_between_fields(ui);
    }
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::SHIFT, Key::Enter) {
            return Some(Wish::Step(-1));
        }
        if input.consume_key(Modifiers::NONE, Key::Enter) {
            return Some(Wish::Step(1));
        }
        if input.consume_key(Modifiers::NONE, Key::Escape) {
            return Some(Wish::Close);
        }
        let by_alt = [(Key::R, Wish::Replace), (Key::A, Wish::ReplaceAll)];
        let pressed = by_alt.into_iter().filter(|_| replaces);
        let mut pressed = pressed.filter(|(key, _)| input.consume_key(Modifiers::ALT, *key));
        let wish = pressed.next().map(|(_, wish)| wish);
        if wish.is_some() {
            // Some systems type the letter too.
            input
                .events
                .retain(|event| !matches!(event, Event::Text(_)));
        }
        wish
    })
}

/// From the words that are looked for Tab goes to those that come instead, and back.
fn tab_between_fields(ui: &Ui) {
    let on = ui.memory(|memory| memory.has_focus(query_id()));
    let (shift, other) = match on {
        true => (Modifiers::NONE, replacement_id()),
        false => (Modifiers::SHIFT, query_id()),
    };
    if ui.input_mut(|input| input.consume_key(shift, Key::Tab)) {
        ui.memory_mut(|memory| memory.request_focus(other));
    }
}

/// `between`: Tab goes to the other field.
fn field_ui(
    ui: &mut Ui,
    label: &str,
    id: Id,
    text: &mut String,
    hint: &str,
    between: bool,
) -> Response {
    let label = ui.label(label);
    let field = TextEdit::singleline(text)
        .id(id)
        .hint_text(hint)
        .desired_width(260.0)
        .return_key(None)
        .event_filter(egui::EventFilter {
            tab: between,
            escape: true,
            ..Default::default()
        })
        .margin(egui::Margin::symmetric(8, 4));
    ui.add(field).labelled_by(label.id)
}

fn count_words(find: &Find, all: usize) -> String {
    match (find.words().is_empty(), all, find.at) {
        (true, ..) => String::new(),
        (false, 0, _) => "没有找到".to_owned(),
        (false, n, Some(at)) => format!("第 {} 处，共 {n} 处", at + 1),
        (false, n, None) => format!("共 {n} 处，按回车逐处查看"),
    }
}

impl Find {
    /// Shows the first hit behind what has been replaced, or the first of all.
    fn go_on_to(&mut self, all: &[Hit], actions: &mut Actions) {
        let Some((text, from)) = self.go_on.take() else {
            return;
        };
        let is_behind = |hit: &Hit| match hit {
            Hit::Text(of, at) => (*of, at.start) >= (text, from),
            Hit::Cell(_) | Hit::Finding(_) => false,
        };
        let next = all.iter().position(is_behind).unwrap_or(0);
        self.at = (next < all.len()).then_some(next);
        actions.push(match all.get(next) {
            Some(hit) => hit.show(),
            // Where the last one stood.
            None => Action::ShowText(text, None),
        });
    }

    fn carry_out(&mut self, wish: Wish, all: &[Hit], actions: &mut Actions) {
        if wish == Wish::Close {
            actions.push(Action::CloseFind);
            return;
        }
        // The words stay under the fingers: Enter goes on to the next place.
        self.want_focus = !all.is_empty();
        let places = |hits: &[Hit]| {
            let places = hits.iter().filter_map(|hit| match hit {
                Hit::Text(text, at) => Some((*text, at.clone())),
                Hit::Cell(_) | Hit::Finding(_) => None,
            });
            places.collect()
        };
        let shown = self.at.filter(|&at| at < all.len());
        match (wish, &self.replacement, shown) {
            (Wish::Replace, Some(words), Some(at)) => {
                actions.push(Action::Replace(places(&all[at..=at]), words.clone()));
            }
            (Wish::ReplaceAll, Some(words), _) if !all.is_empty() => {
                self.at = None;
                actions.push(Action::Replace(places(all), words.clone()));
            }
            // What is replaced is seen first.
            (Wish::Replace, ..) => self.step(1, all, actions),
            (Wish::Step(step), ..) => self.step(step, all, actions),
            (Wish::ReplaceAll | Wish::Close, ..) => {}
        }
    }

    /// Shows the next hit, or the one before.
    fn step(&mut self, step: isize, all: &[Hit], actions: &mut Actions) {
        if all.is_empty() {
            return;
        }
        let len = all.len() as isize;
        let start = if step > 0 { -1 } else { len };
        let from = self.at.map_or(start, |at| at as isize);
        let at = (from + step).rem_euclid(len) as usize;
        self.at = Some(at);
        actions.push(all[at].show());
    }
}
