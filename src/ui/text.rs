//! The sections that are texts.
//!
//! The text field works on a copy; what it changes becomes an edit of the report at once. While the input method is
//! composing, its half-typed letters stand in the copy only and never reach the report.

use super::session::Session;
use super::{sheet, theme};
use crate::form::TextIx;
use crate::report::Edit;
use egui::text::{CCursor, CCursorRange};
use egui::{Event, Id, ImeEvent, RichText, TextEdit, Ui};
use std::ops::Range;

/// What the text fields remember between frames.
#[derive(Default)]
pub struct TextState {
    pub(super) composing: Composing,
    /// How many times its usual size a text is shown.
    pub scale: f32,
    /// A text to show and the bytes in it to mark.
    select: Option<Selected>,
    /// A stretch that stands out until the text is touched, whoever has the keyboard.
    shown: Option<(TextIx, Range<usize>)>,
}

/// A text that is to be shown.
struct Selected {
    text: TextIx,
    range: Option<Range<usize>>,
    /// Whether its field takes the keyboard.
    takes_keyboard: bool,
}

impl TextState {
    /// Shows a text and marks a stretch of it; the keyboard goes there.
    pub fn select(&mut self, text: TextIx, range: Option<Range<usize>>) {
        self.show(text, range, true);
    }

    /// Shows a text and marks a stretch of it; the keyboard stays where it is.
    pub fn point_at(&mut self, text: TextIx, range: Option<Range<usize>>) {
        self.show(text, range, false);
    }

    fn show(&mut self, text: TextIx, range: Option<Range<usize>>, takes_keyboard: bool) {
        self.shown = range
            .clone()
            .filter(|range| !range.is_empty())
            .map(|range| (text, range));
        self.select = Some(Selected {
            text,
            range,
            takes_keyboard,
        });
    }

    /// Forgets what the input method was composing, because the report changed under it.
    pub fn forget(&mut self) {
        self.composing.forget();
        self.shown = None;
    }
}

/// Fields in which the input method may be composing.
///
/// egui puts the half-typed letters into the text of the field, and they stay there when the clerk clicks elsewhere in
/// the middle of a word. So the field works on a copy, and the copy counts only when it is whole.
#[derive(Default)]
pub struct Composing {
    /// The field and its text, letters and all.
    copy: Option<(Id, String)>,
}

impl Composing {
    /// Shows a field for `current`; returns its text when that has become another whole one.
    pub fn field(
        &mut self,
        ui: &mut Ui,
        id: Id,
        current: &str,
        show: impl FnOnce(&mut Ui, &mut String) -> egui::Response,
    ) -> (egui::Response, Option<String>) {
        let kept = self.copy.take_if(|(at, _)| *at == id).map(|(_, copy)| copy);
        let composing = ui
            .input(|input| composes(&input.events))
            .unwrap_or(kept.is_some());
        let mut copy = kept.unwrap_or_else(|| current.to_owned());
        let response = show(ui, &mut copy);
        if composing && response.has_focus() {
            // A word was finished and the next one begun in the same frame, as fast 五笔 typing does: the finished one
            // counts. The half-typed letters are what the field's cursor spans.
            let finished = ui.input(|input| {
                input.events.iter().any(
                    |event| matches!(event, Event::Ime(ImeEvent::Commit(word)) if !word.is_empty()),
                )
            });
            let whole = finished
                .then(|| without_preedit(ui, id, &copy))
                .filter(|whole| whole != current);
            self.copy = Some((id, copy));
            return (response, whole);
        }
        let whole = (!composing && copy != current).then_some(copy);
        (response, whole)
    }

    /// Whether letters stand in this field that are no word yet.
    fn is_in(&self, id: Id) -> bool {
        self.copy.as_ref().is_some_and(|(at, _)| *at == id)
    }

    fn forget(&mut self) {
        self.copy = None;
    }
}

/// A line is read comfortably up to this width.
const TEXT_WIDTH: f32 = 760.0;

/// A section that is a text.
pub fn section_ui(
    ui: &mut Ui,
    texts: &mut TextState,
    session: &mut Session,
    section: usize,
    text: TextIx,
    shows_last: bool,
) {
    let form = session.form().clone();
    sheet::sheet_ui(ui, &form.sections[section].id, 400.0, |ui, width| {
        sheet::heading_ui(ui, &form.sections[section].heading);
        with_last_ui(ui, texts, session, text, shows_last, width, 18);
    });
}

/// One text with last year's wording beside it, or below it where there is little room.
pub fn with_last_ui(
    ui: &mut Ui,
    state: &mut TextState,
    session: &mut Session,
    text: TextIx,
    shows_last: bool,
    width: f32,
    rows: usize,
) {
    const GAP: f32 = 16.0;
    const NARROW: f32 = 640.0;
    let widest = TEXT_WIDTH * state.scale;
    let report = session.report();
    let is_last = shows_last && report.last_year().is_some();
    let prior = report.prior().filter(|_| is_last).cloned();
    let words = prior.as_deref().map_or("", |prior| {
        prior.figures.find_text(&report.form().text(text).id)
    });
    let Some(year) = prior.as_deref().map(|prior| prior.figures.year()) else {
        return field_ui(ui, state, session, text, width.min(widest), rows);
    };
    if words.is_empty() {
        return field_ui(ui, state, session, text, width.min(widest), rows);
    }
    let mut taken = None;
    if width < NARROW {
        field_ui(ui, state, session, text, width, rows / 2);
        ui.add_space(GAP);
        taken = last_ui(ui, year, words, session.report().text(text), width);
    } else {
        let half = ((width - GAP) / 2.0).min(widest);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            ui.vertical(|ui| field_ui(ui, state, session, text, half, rows));
            let now = session.report().text(text);
            ui.vertical(|ui| taken = last_ui(ui, year, words, now, half));
        });
    }
    if let Some(paragraph) = taken {
        take_paragraph(session, text, &paragraph);
        state.forget();
    }
}

/// Takes a paragraph of last year's over into this year's text, at its end.
fn take_paragraph(session: &mut Session, text: TextIx, paragraph: &str) {
    let now = session.report().text(text).trim_end();
    let with = match now {
        "" => paragraph.to_owned(),
        now => format!("{now}\n{paragraph}"),
    };
    session.do_step(Edit::text(session.report(), text, &with));
}

/// Last year's wording, paragraph by paragraph, with its years marked; returns the paragraph that is to be taken over.
/// Those that stand in `now` already are.
fn last_ui(ui: &mut Ui, year: i32, last: &str, now: &str, width: f32) -> Option<String> {
    let mut taken = None;
    ui.set_max_width(width);
    let title = format!("上年（{year} 年度）是这样写的，只供参考；标出的年份已经过时");
    ui.label(RichText::new(title).size(13.0).color(theme::WEAK));
    egui::Frame::NONE
        .fill(theme::INSET)
        .stroke(egui::Stroke::new(1.0, theme::LINE))
        .corner_radius(theme::ROUND)
        .inner_margin(egui::Margin::symmetric(12, 10))
        .show(ui, |ui| {
            ui.set_width(width - 26.0);
            for (nth, paragraph) in last.split('\n').enumerate() {
                if paragraph.trim().is_empty() {
                    continue;
                }
                ui.push_id(nth, |ui| {
                    let job = with_years_marked(paragraph, year);
                    ui.add(egui::Label::new(job).wrap().selectable(true));
                    if now.lines().any(|line| line.trim() == paragraph.trim()) {
                        ui.label(
                            RichText::new("本年正文里已有这一段")
                                .size(12.5)
                                .color(theme::FINE),
                        );
                        return;
                    }
                    let words = RichText::new("采用这一段").size(12.5).color(theme::ACCENT);
                    let link = ui.link(words);
                    let response = link.on_hover_text("抄到本年正文的末尾，再改成本年的情况");
                    if response.clicked() {
                        taken = Some(paragraph.to_owned());
                    }
                });
                ui.add_space(4.0);
            }
        });
    taken
}

/// A paragraph in which every mention of a year stands out.
fn with_years_marked(paragraph: &str, year: i32) -> egui::text::LayoutJob {
    let mut job = egui::text::LayoutJob::default();
    let plain = egui::TextFormat {
        font_id: theme::regular(14.0),
        color: theme::TEXT,
        ..Default::default()
    };
    let marked = egui::TextFormat {
        color: theme::QUERY,
        background: theme::QUERY_FILL,
        underline: egui::Stroke::new(1.0, theme::QUERY),
        ..plain.clone()
    };
    let mut at = 0;
    for found in crate::prose::mentions_of_year(paragraph, year) {
        job.append(&paragraph[at..found.start], 0.0, plain.clone());
        job.append(&paragraph[found.clone()], 0.0, marked.clone());
        at = found.end;
    }
    job.append(&paragraph[at..], 0.0, plain);
    job
}

/// One text with its hints and the field.
pub fn field_ui(
    ui: &mut Ui,
    state: &mut TextState,
    session: &mut Session,
    text: TextIx,
    width: f32,
    rows: usize,
) {
    let form = session.form().clone();
    let spec = form.text(text);
    let weak = |words: &str| RichText::new(words).size(13.0).color(theme::WEAK);
    ui.set_max_width(width);
    ui.label(weak(&spec.hint));
    if !spec.advice.is_empty() {
        ui.label(weak(&format!("包括：{}", spec.advice.join("；"))));
    }
    ui.add_space(2.0);
    let id = Id::unique(("text", &form.id, &spec.id));
    let selected = selected_now(ui, state, text);
    if let Some(selected) = &selected
        && selected.takes_keyboard
    {
        ui.memory_mut(|memory| memory.request_focus(id));
        mark(ui, id, session.report().text(text), selected.range.clone());
    }
    let scale = state.scale;
    let shown = state.shown.clone().filter(|(at, _)| *at == text);
    let (response, whole) =
        state
            .composing
            .field(ui, id, session.report().text(text), |ui, copy| {
                let output = TextEdit::multiline(copy)
                    .id(id)
                    .desired_width(width)
                    .desired_rows(rows)
                    .margin(egui::Margin::symmetric(12, 10))
                    .font(theme::regular(15.0 * scale))
                    .show(ui);
                if let Some((_, range)) = &shown {
                    point_out(ui, &output, copy, range, selected.is_some());
                }
                output.response.response
            });
    if whole.is_some() || response.clicked() {
        state.shown = None;
    }
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_label(spec.name.as_str()));
    if let Some(whole) = whole {
        let edit = Edit::text(session.report(), text, &whole);
        session.apply(edit);
    }
    if state.composing.is_in(id) {
        ui.label(weak("正在输入……"));
        return;
    }
    if response.lost_focus() {
        session.pause();
    }
    let count = session
        .report()
        .text(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .count();
    ui.label(weak(&format!("{count} 字")));
}

/// What is to be shown of a text now. In the frame of a click egui takes the keyboard from every field that was not
/// clicked: then it waits for the next.
fn selected_now(ui: &Ui, state: &mut TextState, text: TextIx) -> Option<Selected> {
    let is_here = state.select.as_ref().is_some_and(|at| at.text == text);
    if is_here && ui.input(|input| input.pointer.any_click()) {
        ui.ctx().request_repaint();
        return None;
    }
    state.select.take_if(|at| at.text == text)
}

/// Makes a stretch of a text stand out, line by line; `brings` it into sight.
fn point_out(
    ui: &Ui,
    output: &egui::text_edit::TextEditOutput,
    text: &str,
    range: &Range<usize>,
    brings: bool,
) {
    let Some(before) = text.get(..range.start) else {
        return;
    };
    let Some(words) = text.get(range.clone()) else {
        return;
    };
    let start = before.chars().count();
    let place = |at: usize| {
        let rect = output.galley.pos_from_cursor(CCursor::new(at));
        rect.translate(output.galley_pos.to_vec2())
    };
    let painter = ui.painter().with_clip_rect(output.text_clip_rect);
    for at in start..start + words.chars().count() {
        let (from, to) = (place(at), place(at + 1));
        // The last letter of a line ends at the beginning of the next one.
        let right = if to.top() > from.top() {
            from.right() + from.height() * 0.7
        } else {
            to.right()
        };
        let letter = egui::Rect::from_min_max(from.min, egui::pos2(right, from.bottom()));
        painter.rect_filled(letter, 0.0, theme::POINTED_OUT);
    }
    if brings {
        ui.scroll_to_rect(place(start).expand(24.0), None);
    }
}

/// A field's text without the letters that the input method is composing.
fn without_preedit(ui: &Ui, id: Id, copy: &str) -> String {
    let field = egui::text_edit::TextEditState::load(ui.ctx(), id);
    let Some(range) = field.and_then(|field| field.cursor.char_range()) else {
        return copy.to_owned();
    };
    let (a, b) = (range.primary.index.0, range.secondary.index.0);
    let span = a.min(b)..a.max(b);
    copy.chars()
        .enumerate()
        .filter(|(at, _)| !span.contains(at))
        .map(|(_, c)| c)
        .collect()
}

/// Whether the input method is composing after these events; nothing if they do not say.
fn composes(events: &[Event]) -> Option<bool> {
    events.iter().rev().find_map(|event| match event {
        Event::Ime(ImeEvent::Preedit { text, .. }) => Some(!text.is_empty()),
        Event::Ime(_) => Some(false),
        _ => None,
    })
}

/// Marks some bytes of a text in its field, or puts the cursor at its end.
fn mark(ui: &Ui, id: Id, text: &str, range: Option<Range<usize>>) {
    let index = |byte: usize| CCursor::new(text.get(..byte).unwrap_or(text).chars().count());
    let mut field = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let cursor = match range {
        Some(range) => CCursorRange::two(index(range.start), index(range.end)),
        None => CCursorRange::one(index(text.len())),
    };
    field.cursor.set_char_range(Some(cursor));
    field.store(ui.ctx(), id);
}
