//! Last year's wording beside this year's text.

use crate::form::TextIx;
use crate::prose;
use crate::report::Edit;
use crate::ui::session::Session;
use crate::ui::theme;
use egui::{RichText, Ui};
use std::ops::Range;

/// Takes a paragraph of last year's text (`last`, of which it is one) over into this year's, with the year put right, where
/// it belongs in the order; returns where it stands.
pub fn take_paragraph(
    session: &mut Session,
    text: TextIx,
    last: &str,
    paragraph: &str,
) -> Range<usize> {
    let this_year = session.report().year();
    let fresh = with_year(paragraph, this_year - 1, this_year);
    let now = session.report().text(text);
    let at = place_of(paragraph, last, now, this_year);
    let (before, behind) = now.split_at(at);
    let gap = |needed: bool| if needed { "\n" } else { "" };
    let start = gap(!before.is_empty() && !before.ends_with('\n'));
    let end = gap(!behind.is_empty());
    let whole = format!("{before}{start}{fresh}{end}{behind}");
    let from = at + start.len();
    session.do_step(Edit::text(session.report(), text, &whole));
    from..from + fresh.len()
}

/// A text with one year in place of another.
fn with_year(text: &str, old: i32, new: i32) -> String {
    let mut result = String::new();
    let mut at = 0;
    for found in prose::mentions_of_year(text, old) {
        result.push_str(&text[at..found.start]);
        result.push_str(&new.to_string());
        result.push_str(text[found.clone()].trim_start_matches(prose::is_digit));
        at = found.end;
    }
    result + &text[at..]
}

/// Where in this year's text a paragraph of last year's belongs: behind the nearest of those before it that has been taken
/// over, else before the nearest of those behind it, else at the end.
fn place_of(paragraph: &str, last: &str, now: &str, this_year: i32) -> usize {
    let lines: Vec<&str> = last.split('\n').map(str::trim).collect();
    let own = lines.iter().position(|line| *line == paragraph.trim());
    let own = own.unwrap_or(lines.len());
    let taken = |line: &&str| {
        let fresh = with_year(line, this_year - 1, this_year);
        let stands = |(at, words): &(usize, &str)| {
            !line.is_empty() && (words.trim() == *line || words.trim() == fresh) && *at <= now.len()
        };
        line_starts(now).find(stands)
    };
    let before = lines[..own].iter().rev().find_map(taken);
    let behind = lines.iter().skip(own + 1).find_map(taken);
    match (before, behind) {
        (Some((at, words)), _) => (at + words.len() + 1).min(now.len()),
        (None, Some((at, _))) => at,
        (None, None) => now.len(),
    }
}

/// The lines of a text with where they begin.
fn line_starts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        (start, line)
    })
}

/// Last year's wording, paragraph by paragraph, with its years marked; returns the paragraph that is to be taken over.
/// Those that stand in `now` already are.
pub fn last_ui(ui: &mut Ui, year: i32, last: &str, now: &str, width: f32) -> Option<String> {
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
                    let fresh = with_year(paragraph.trim(), year, year + 1);
                    let stands =
                        |line: &str| line.trim() == paragraph.trim() || line.trim() == fresh;
                    if now.lines().any(stands) {
                        ui.label(
                            RichText::new("本年正文里已有这一段")
                                .size(12.5)
                                .color(theme::FINE),
                        );
                        return;
                    }
                    let words = RichText::new("采用这一段").size(12.5).color(theme::ACCENT);
                    let link = ui.link(words);
                    let response = link
                        .on_hover_text("按上年的次序放进本年正文，年份改为本年，再改成本年的情况");
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
    for found in prose::mentions_of_year(paragraph, year) {
        job.append(&paragraph[at..found.start], 0.0, plain.clone());
        job.append(&paragraph[found.clone()], 0.0, marked.clone());
        at = found.end;
    }
    job.append(&paragraph[at..], 0.0, plain);
    job
}
