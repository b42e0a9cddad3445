//! What the clerk sees first.

use super::action::{Action, Actions, Intent};
use super::theme;
use super::widgets::scroll_ui;
use crate::disk;
use crate::draft::{self, Leftover};
use egui::{Align, Button, Frame, Layout, Margin, RichText, ScrollArea, Ui, Vec2};
use std::path::{Path, PathBuf};

/// The width of everything on the start screen.
const WIDTH: f32 = 460.0;

/// A report that was left unsaved, with what would change.
pub struct Offer {
    pub leftover: Leftover,
    /// What would change, and when both were written.
    pub changes: String,
    /// Whether it says what the draft's own file says.
    pub is_same: bool,
}

impl Offer {
    /// Holds it against the draft's own file, once.
    pub fn new(leftover: Leftover) -> Self {
        const NAMED: usize = 3;
        let saved = leftover
            .file
            .as_deref()
            .and_then(|file| draft::open(file).ok());
        let places = saved
            .as_ref()
            .and_then(|saved| saved.differences(&leftover.report));
        let is_same = places.as_ref().is_some_and(Vec::is_empty);
        let mut changes = match places {
            Some(places) if places.is_empty() => "与保存过的文件完全一样。".to_owned(),
            Some(places) => {
                let names: Vec<String> = places
                    .iter()
                    .take(NAMED)
                    .map(|place| place.name(&leftover.report))
                    .collect();
                let more = if places.len() > NAMED { "等" } else { "" };
                format!(
                    "与保存过的文件相比，改了 {} 处：{}{more}。",
                    places.len(),
                    names.join("；")
                )
            }
            None => "它还没有保存到任何文件。".to_owned(),
        };
        let file = leftover.file.as_deref();
        if let (Some(kept), Some(saved)) = (time_of(&leftover.path), file.and_then(time_of)) {
            changes.push_str(&format!("没保存的内容留存于 {kept}，文件保存于 {saved}。"));
        }
        if leftover.is_older_than_file() {
            changes.push_str("文件比没保存的内容新：恢复以后，保存前会再问。");
        }
        Self {
            leftover,
            changes,
            is_same,
        }
    }

    /// Whether it belongs to this draft and says something else than its file.
    pub fn is_about(&self, path: &Path) -> bool {
        let file = self.leftover.file.as_deref();
        !self.is_same && file.is_some_and(|file| disk::is_same_file(file, path))
    }
}

/// When a file was last written, for people.
fn time_of(path: &Path) -> Option<String> {
    let seconds = disk::written_at(path)?.as_secs().try_into().ok()?;
    let written = jiff::Timestamp::from_second(seconds).ok()?;
    let here = written.to_zoned_datetime(jiff::tz::TimeZone::system());
    Some(here.strftime("%m月%d日 %H:%M:%S").to_string())
}

/// The start screen: what was left unsaved, how to begin, drafts that were open before.
pub fn start_ui(ui: &mut Ui, leftovers: &[Offer], recent: &[PathBuf], actions: &mut Actions) {
    let area = ScrollArea::vertical().auto_shrink(false);
    scroll_ui(ui, area, theme::GROUND, |ui| {
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            ui.add_space((ui.available_height() * 0.12).max(12.0));
            ui.label(RichText::new("年报填报").font(theme::bold(30.0)));
            ui.add_space(4.0);
            ui.label(
                RichText::new("政府信息公开工作年度报告：填写、审核、输出").color(theme::WEAK),
            );
            ui.add_space(24.0);
            for (index, leftover) in leftovers.iter().enumerate() {
                leftover_ui(ui, index, leftover, actions);
            }
            let choices = [
                (
                    "由上年年报开始",
                    "上年的草稿，或公开过的 Word、网页、Excel、PDF 文件",
                    Intent::NewYear,
                ),
                ("新建年报", "填好单位和年度就开始", Intent::New),
                (
                    "打开草稿",
                    "继续填写以前保存的草稿；也可以把文件拖到窗口里",
                    Intent::Open,
                ),
                (
                    "看一个示例",
                    "长春市九台区兴隆街道办事处 2020 年度报告",
                    Intent::Sample,
                ),
            ];
            for (nth, (title, what, chosen)) in choices.into_iter().enumerate() {
                let colour = if nth == 0 { theme::PAPER } else { theme::TEXT };
                let button = Button::new(RichText::new(title).size(16.0).color(colour))
                    .fill(if nth == 0 {
                        theme::ACCENT
                    } else {
                        theme::PAPER
                    })
                    .min_size(Vec2::new(300.0, 44.0));
                if ui.add(button).clicked() {
                    actions.push(Action::Leave(chosen));
                }
                ui.label(
                    RichText::new(what)
                        .size(theme::SMALL_SIZE)
                        .color(theme::WEAK),
                );
                ui.add_space(10.0);
            }
            if !recent.is_empty() {
                recent_ui(ui, recent, actions);
            }
        });
    });
}

/// A report that was left unsaved: what it is, what would change, and what to do with it.
fn leftover_ui(ui: &mut Ui, index: usize, offer: &Offer, actions: &mut Actions) {
    let Offer {
        leftover, changes, ..
    } = offer;
    let frame = Frame::NONE
        .fill(theme::QUERY_FILL)
        .stroke(egui::Stroke::new(1.0, theme::QUERY))
        .corner_radius(theme::ROUND);
    frame.inner_margin(Margin::same(14)).show(ui, |ui| {
        ui.set_width(WIDTH);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.label(RichText::new("上次没有保存就关闭了").font(theme::bold(theme::TEXT_SIZE)));
            ui.add(egui::Label::new(leftover.report.title()).wrap());
            if let Some(file) = &leftover.file {
                ui.add(
                    egui::Label::new(
                        RichText::new(file.display().to_string())
                            .size(theme::SMALL_SIZE)
                            .color(theme::WEAK),
                    )
                    .wrap(),
                );
            }
            ui.add(egui::Label::new(RichText::new(changes).size(13.0)).wrap());
            ui.horizontal(|ui| {
                if super::widgets::main_button(ui, "恢复").clicked() {
                    actions.push(Action::Leave(Intent::Recover(index)));
                }
                if ui.button("不要了").clicked() {
                    actions.push(Action::Leave(Intent::DiscardLeftover(index)));
                }
            });
        });
    });
    ui.add_space(16.0);
}

/// Drafts that were open before.
fn recent_ui(ui: &mut Ui, recent: &[PathBuf], actions: &mut Actions) {
    ui.add_space(8.0);
    ui.allocate_ui_with_layout(Vec2::new(WIDTH, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.label(RichText::new("最近打开过").font(theme::bold(theme::TEXT_SIZE)));
        ui.spacing_mut().interact_size.y = 20.0;
        for path in recent {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if ui
                .link(name)
                .on_hover_text(path.display().to_string())
                .clicked()
            {
                actions.push(Action::Leave(Intent::OpenPath(path.clone())));
            }
        }
    });
}
