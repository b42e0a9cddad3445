//! Last year's wording beside this year's text.

use super::standing::Standing;
use super::state::TextState;
use crate::form::TextIx;
use crate::prose;
use crate::ui::session::Session;
use crate::ui::theme;
use egui::text::{LayoutJob, TextFormat};
use egui::{Label, RichText, Ui};
use std::ops::Range;

/// What is shown of last year.
pub struct LastYear<'a> {
    /// The text beside which it stands.
    pub text: TextIx,
    /// Last year.
    pub year: i32,
    /// Its text.
    pub words: &'a str,
    /// How wide it is shown.
    pub width: f32,
}

/// What the clerk wants of it; places in bytes.
pub enum Asked {
    /// A paragraph of last year's to be taken over.
    Take(Range<usize>),
    /// A paragraph of this year's to be shown.
    Show(Range<usize>),
    /// All of last year's text, after one paragraph of it.
    Whole,
}

/// A paragraph of this year's that is nearly the same as one of last year's.
struct Pair {
    now: Range<usize>,
    last: Range<usize>,
}

/// Last year's wording, paragraph by paragraph, with its years marked. While a paragraph is looked at that is nearly the same
/// as one of last year's, that one alone stands beside it.
pub fn last_ui(
    ui: &mut Ui,
    state: &mut TextState,
    session: &Session,
    last: &LastYear<'_>,
) -> Option<Asked> {
    state.standing.follow(session, last.text);
    ui.set_max_width(last.width);
    let pairs = pairs(session, last.text);
    let pointed = state
        .pointed
        .as_ref()
        .filter(|(text, _)| *text == last.text);
    let pair = pointed.and_then(|(_, at)| pairs.iter().find(|pair| pair.now == *at));
    if let Some(pair) = pair {
        if let Some(top) = state.pointed_top {
            let title = 13.0 * 1.4 + 10.0;
            ui.add_space((top - ui.cursor().top() - title).max(0.0));
        }
        return pair_ui(ui, session, last, pair);
    }
    let title = format!(
        "上年（{} 年度）是这样写的，只供参考；标出的年份已经过时",
        last.year
    );
    ui.label(RichText::new(title).size(13.0).color(theme::WEAK));
    let mut asked = None;
    frame_ui(ui, last.width, |ui| {
        let mut start = 0;
        for (nth, paragraph) in last.words.split('\n').enumerate() {
            let at = start..start + paragraph.len();
            start = at.end + 1;
            if paragraph.trim().is_empty() {
                continue;
            }
            ui.push_id(nth, |ui| {
                let job = with_years_marked(paragraph, last.year);
                ui.add(Label::new(job).wrap().selectable(true));
                let alike = pairs.iter().find(|pair| pair.last == at);
                let wish = paragraph_ui(ui, &state.standing, paragraph, at, alike);
                asked = asked.take().or(wish);
            });
            ui.add_space(4.0);
        }
    });
    asked
}

/// What can be done about a paragraph of last year's.
fn paragraph_ui(
    ui: &mut Ui,
    standing: &Standing,
    paragraph: &str,
    at: Range<usize>,
    alike: Option<&Pair>,
) -> Option<Asked> {
    let small = |words: &str, colour| RichText::new(words).size(12.5).color(colour);
    if let Some(pair) = alike {
        let link = ui.link(small("本年正文里有几乎一样的一段，并排看", theme::HINT));
        return link.clicked().then(|| Asked::Show(pair.now.clone()));
    }
    if standing.has(paragraph) {
        ui.label(small("本年正文里已有这一段", theme::FINE));
        return None;
    }
    let link = ui.link(small("采用这一段", theme::ACCENT));
    let link = link.on_hover_text(
        "按上年的次序放进本年正文：年份和表里的数换成本年的，换不了的用【】标出来，再改成本年的情况",
    );
    link.clicked().then_some(Asked::Take(at))
}

/// One paragraph of last year's beside this year's, what differs made to stand out.
fn pair_ui(ui: &mut Ui, session: &Session, last: &LastYear<'_>, pair: &Pair) -> Option<Asked> {
    let title = format!("上年（{} 年度）的这一段；标出的是不同的地方", last.year);
    ui.label(RichText::new(title).size(13.0).color(theme::WEAK));
    let now = session.report().text(last.text);
    let (now, old) = (
        now.get(pair.now.clone())?,
        last.words.get(pair.last.clone())?,
    );
    frame_ui(ui, last.width, |ui| {
        let mut job = LayoutJob::default();
        for stretch in prose::differences(old, now) {
            let words = &old[stretch.at];
            job.append(words, 0.0, if stretch.is_same { plain() } else { marked() });
        }
        ui.add(Label::new(job).wrap().selectable(true));
    });
    let whole = ui.link(RichText::new("看上年全文").size(12.5).color(theme::ACCENT));
    whole.clicked().then_some(Asked::Whole)
}

fn frame_ui(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    egui::Frame::NONE
        .fill(theme::INSET)
        .stroke(egui::Stroke::new(1.0, theme::LINE))
        .corner_radius(theme::ROUND)
        .inner_margin(egui::Margin::symmetric(12, 10))
        .show(ui, |ui| {
            ui.set_width(width - 26.0);
            contents(ui);
        });
}

/// The paragraphs of a text that are found to be nearly last year's.
fn pairs(session: &Session, text: TextIx) -> Vec<Pair> {
    let findings = session.evaluation().findings.iter();
    let pairs = findings.filter_map(|finding| {
        let (of, last) = finding.last_year()?;
        let now = finding.about.passage.as_ref()?.at.first()?.clone();
        (of == text).then_some(Pair { now, last })
    });
    pairs.collect()
}

fn plain() -> TextFormat {
    TextFormat {
        font_id: theme::regular(14.0),
        color: theme::TEXT,
        ..Default::default()
    }
}

fn marked() -> TextFormat {
    TextFormat {
        color: theme::QUERY,
        background: theme::QUERY_FILL,
        underline: egui::Stroke::new(1.0, theme::QUERY),
        ..plain()
    }
}

/// A paragraph in which every mention of a year stands out.
fn with_years_marked(paragraph: &str, year: i32) -> LayoutJob {
    let mut job = LayoutJob::default();
    let mut at = 0;
    for found in prose::mentions_of_year(paragraph, year) {
        job.append(&paragraph[at..found.start], 0.0, plain());
        job.append(&paragraph[found.clone()], 0.0, marked());
        at = found.end;
    }
    job.append(&paragraph[at..], 0.0, plain());
    job
}
