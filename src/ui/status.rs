//! The bottom line: the selection's sum, the cell's full name, the verdict.

use super::action::{Action, Actions};
use super::read_out::read_out;
use super::review::Review;
use super::session::Session;
use super::text::verdict_words;
use super::theme;
use super::zoom::{self, Zoom};
use crate::check::{self, Verdict, level_name};
use crate::form::{CellIx, Level, TextIx};
use crate::report::Edit;
use egui::{Align, Layout, RichText, Ui};
use rust_decimal::Decimal;
use std::ops::Range;

/// What the clerk has chosen in the table that is shown.
pub struct Selection<'a> {
    pub active: Option<CellIx>,
    /// All selected cells, the active one among them.
    pub selected: Vec<CellIx>,
    /// The import that is being looked through.
    pub review: Option<&'a Review>,
    /// How large the sheet is to be shown, and how many times its usual size it is.
    pub zoom: (Zoom, f32),
    /// What the program has just done.
    pub done: Option<&'a str>,
}

/// The status line: the verdict at its right is never covered; what has no room beside it is cut.
pub fn status_ui(ui: &mut Ui, session: &Session, at: &Selection<'_>, actions: &mut Actions) {
    let size = egui::vec2(ui.available_width(), 32.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_height(32.0);
        zoom_ui(ui, at.zoom, actions);
        ui.add_space(8.0);
        verdict_ui(ui, session);
        ui.add_space(8.0);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if let Some(done) = at.done {
                read_out(&ui.label(small(done.to_owned()).color(theme::FINE)), done);
                ui.add_space(8.0);
            }
            if let Some(cell) = at.active {
                cell_ui(ui, session, cell, at, actions);
            }
        });
    });
}

/// How large the sheet is shown, as a menu.
fn zoom_ui(ui: &mut Ui, (zoom, scale): (Zoom, f32), actions: &mut Actions) {
    let words = match zoom {
        Zoom::Times(_) => zoom::percent(scale),
        _ => format!("{} {}", zoom.words(), zoom::percent(scale)),
    };
    let button = egui::Button::new(small(words).color(theme::WEAK))
        .frame_when_inactive(false)
        .stroke(egui::Stroke::NONE);
    let menu = egui::containers::menu::MenuButton::from_button(button);
    let (response, _) = menu.ui(ui, |ui| {
        ui.set_min_width(130.0);
        let times = zoom::STEPS.into_iter().map(Zoom::Times);
        for choice in [Zoom::Auto, Zoom::Window, Zoom::Width]
            .into_iter()
            .chain(times)
        {
            let mark = if choice == zoom { "✓ " } else { "" };
            if ui.button(format!("{mark}{}", choice.words())).clicked() {
                actions.push(Action::ZoomSheet(choice));
            }
        }
    });
    response.on_hover_text("表格和正文放大、缩小（Ctrl+滚轮）；工具栏的大小在“更多… → 界面大小”里");
}

fn small(text: String) -> RichText {
    RichText::new(text).size(13.0)
}

/// What is said of a cell behind its name, each with its colour.
fn tail(session: &Session, cell: CellIx, at: &Selection<'_>) -> Vec<(String, egui::Color32)> {
    let report = session.report();
    let mut tail = Vec::new();
    if !session.last(cell).is_empty() {
        tail.push((format!("上年 {}", session.last(cell)), theme::WEAK));
    }
    if let Some(rest) = check::still_lacking(report, session.evaluation(), cell) {
        tail.push(match rest {
            _ if rest.is_zero() => ("这一列已经够了，空格应为 0".to_owned(), theme::FINE),
            _ if rest.is_sign_negative() => (format!("这一列多了 {}", -rest), theme::ERROR),
            _ => (format!("这一列还差 {rest}"), theme::ACCENT),
        });
    }
    let source = at.review.and_then(|review| review.status(report, cell));
    match (source, origin(session, cell)) {
        (Some(words), _) => tail.push((words, theme::ACCENT)),
        (None, Some(words)) => tail.push((words, theme::WEAK)),
        (None, None) => {}
    }
    let stated = report.stated(cell);
    if let Some(stated) = stated {
        let evaluation = session.evaluation();
        let computed = evaluation.value(cell);
        let (words, colour) = match evaluation.is_complete(cell) {
            true => (format!("原填值 {stated}，计算值 {computed}"), theme::ERROR),
            false => (format!("原填值 {stated}，还有空格没填"), theme::WEAK),
        };
        tail.push((words, colour));
    } else if session.form().cell(cell).computed {
        let words = if session.evaluation().is_complete(cell) {
            "自动计算"
        } else {
            "自动计算，还有空格没填"
        };
        tail.push((words.to_owned(), theme::WEAK));
    }
    tail
}

/// All of one cell.
fn cell_ui(
    ui: &mut Ui,
    session: &Session,
    cell: CellIx,
    at: &Selection<'_>,
    actions: &mut Actions,
) {
    const BUTTON: f32 = 96.0;
    let report = session.report();
    let tail = tail(session, cell, at);
    let stated = report.stated(cell);
    let width = |ui: &Ui, words: &str| {
        let font = theme::regular(13.0);
        let galley = ui
            .painter()
            .layout_no_wrap(words.to_owned(), font, theme::TEXT);
        galley.size().x + ui.spacing().item_spacing.x
    };
    let spoken = Spoken::of(session, cell);
    let mut wanted: f32 = tail.iter().map(|(words, _)| width(ui, words)).sum();
    wanted += spoken.as_ref().map_or(0.0, |it| width(ui, &it.words));
    if stated.is_some() {
        wanted += BUTTON;
    }
    let name = crate::form::with_year(&session.form().full_name(cell), report.year());
    let sums = sums(session, &at.selected);
    // The sum of one cell says nothing new: it goes where there is no room for it.
    let room = ui.available_width() - wanted;
    if at.selected.len() > 1 || width(ui, &sums) + width(ui, &name) < room {
        let shown = ui.add(egui::Label::new(small(sums.clone())).truncate());
        if at.selected.len() > 1 {
            read_out(&shown, &sums.replace("    ", "，"));
        }
        ui.add_space(8.0);
    }
    let room = (ui.available_width() - wanted).max(60.0);
    // Cut at its beginning: the column, at its end, is what tells the cells of a row apart.
    let mut shown = name.clone();
    while width(ui, &shown) > room && shown.chars().count() > 2 {
        let rest: String = shown.trim_start_matches('…').chars().skip(1).collect();
        shown = format!("…{rest}");
    }
    ui.label(small(shown)).on_hover_text(name);
    if let Some(spoken) = &spoken {
        spoken.ui(ui, actions);
    }
    for (words, colour) in tail {
        let is_wrong = colour == theme::ERROR;
        let shown = ui.add(egui::Label::new(small(words.clone()).color(colour)).truncate());
        if is_wrong {
            read_out(&shown, &words);
        }
    }
    if stated.is_some() && ui.small_button("采用计算值").clicked() {
        actions.push(Action::Edit(Edit::stated(report, cell, None)));
    }
}

/// What the texts say of a cell.
struct Spoken {
    words: String,
    colour: egui::Color32,
    /// Each place with what is said there.
    places: Vec<(TextIx, Range<usize>, String)>,
}

impl Spoken {
    fn of(session: &Session, cell: CellIx) -> Option<Self> {
        let report = session.report();
        let mut places = Vec::new();
        let mut wrong = Vec::new();
        for (text, number) in session.spoken_of(cell) {
            let quoted = check::quoted(report.text(text), &number.at);
            let says = verdict_words(number.verdict);
            if number.verdict == Verdict::Contradicts {
                wrong.push(places.len());
            }
            places.push((text, number.at.clone(), format!("“{quoted}”{says}")));
        }
        let colour = if wrong.is_empty() {
            theme::WEAK
        } else {
            theme::QUERY
        };
        let words = match (&places[..], wrong.len()) {
            ([], _) => return None,
            ([(_, _, one)], _) => format!("正文{one}"),
            (all, 0) => format!("正文 {} 处写到，没有不符的", all.len()),
            (all, n) => format!("正文 {} 处写到，{n} 处不符", all.len()),
        };
        Some(Self {
            words,
            colour,
            places,
        })
    }

    fn ui(&self, ui: &mut Ui, actions: &mut Actions) {
        let words = small(self.words.clone()).color(self.colour).underline();
        let button = egui::Button::new(words)
            .frame_when_inactive(false)
            .stroke(egui::Stroke::NONE)
            .truncate();
        let mut show = |(text, at, _): &(TextIx, Range<usize>, String)| {
            actions.push(Action::ShowText(*text, Some(at.clone())));
        };
        if let [one] = &self.places[..] {
            if ui.add(button).on_hover_text("到正文里看这一处").clicked() {
                show(one);
            }
            return;
        }
        egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
            for place in &self.places {
                if ui.button(small(place.2.clone())).clicked() {
                    show(place);
                }
            }
        });
    }
}

/// Where the number in a cell comes from, and its parts.
fn origin(session: &Session, cell: CellIx) -> Option<String> {
    let report = session.report();
    let parts: Vec<String> = report
        .addends(cell)
        .iter()
        .map(|part| format!("{} {}", part.name, part.value))
        .collect();
    // A total is added up here, wherever its parts come from.
    let origin = report
        .origin(cell)
        .filter(|_| !session.form().cell(cell).computed);
    match origin {
        Some(_) if !parts.is_empty() => Some(format!("分项：{}", parts.join(" + "))),
        Some(origin) => Some(format!("来源：{}", origin.name())),
        None if report.value(cell).is_blank() || session.form().cell(cell).computed => None,
        None => Some("来源：手填".to_owned()),
    }
}

/// What a selection comes to, as spreadsheets say it.
fn sums(session: &Session, selected: &[CellIx]) -> String {
    let numbers: Vec<Decimal> = selected
        .iter()
        .filter_map(|&cell| session.evaluation().effective(cell).decimal())
        .collect();
    let sum = numbers
        .iter()
        .copied()
        .fold(Decimal::ZERO, Decimal::saturating_add);
    let mut words = format!("求和 {sum}    计数 {}", numbers.len());
    if numbers.len() > 1 {
        let mean = (sum / Decimal::from(numbers.len())).round_dp(2).normalize();
        words.push_str(&format!("    平均 {mean}"));
    }
    words
}

/// `必改 n · 需说明 n · 提示 n · 未检查 n`
fn verdict_ui(ui: &mut Ui, session: &Session) {
    let evaluation = session.evaluation();
    let mut job = egui::text::LayoutJob::default();
    let part = |font, colour| egui::TextFormat {
        font_id: font,
        color: colour,
        ..Default::default()
    };
    if session.is_new() {
        job.append("还没有填 · ", 0.0, part(theme::regular(13.0), theme::WEAK));
    }
    for (level, colour) in [
        (Level::Error, theme::ERROR),
        (Level::Query, theme::QUERY),
        (Level::Hint, theme::HINT),
    ] {
        let to_come = evaluation.findings.iter();
        let to_come = to_come.filter(|it| it.level == level && session.is_to_come(it));
        let n = evaluation.count(level) - to_come.count();
        let format = if n > 0 && level == Level::Error {
            part(theme::bold(13.0), colour)
        } else {
            part(
                theme::regular(13.0),
                if n > 0 { colour } else { theme::WEAK },
            )
        };
        job.append(&format!("{} {n}", level_name(level)), 0.0, format);
        job.append(" · ", 0.0, part(theme::regular(13.0), theme::WEAK));
    }
    job.append(
        &format!("未检查 {}", evaluation.unchecked_count()),
        0.0,
        part(theme::regular(13.0), theme::WEAK),
    );
    let unchecked: Vec<_> = evaluation
        .unchecked
        .iter()
        .map(|&relation| {
            let relation = &session.form().relations[relation];
            format!("{} · {}", relation.subject, relation.left_words)
        })
        .chain(evaluation.unchecked_across.iter().map(|&across| {
            let across = &session.form().across[across];
            format!("{} · 与上年比", across.subject)
        }))
        .take(12)
        .collect();
    let response = ui.label(job);
    if !unchecked.is_empty() {
        let all = evaluation.unchecked.len() + evaluation.unchecked_across.len();
        let more = all.saturating_sub(unchecked.len());
        let rest = if more > 0 {
            format!("\n……还有 {more} 条")
        } else {
            String::new()
        };
        response.on_hover_text(format!(
            "有空格，还没有检查的勾稽关系：\n{}{rest}",
            unchecked.join("\n")
        ));
    }
}
