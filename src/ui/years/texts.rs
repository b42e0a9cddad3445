//! The texts of two reports, paragraph beside paragraph.

use super::paper::paper_ui;
use super::side_by_side::Years;
use crate::compare::paragraphs;
use crate::form::TextSpec;
use crate::ui::theme;
use crate::ui::widgets::scroll_ui;
use egui::{ComboBox, Frame, Margin, RichText, ScrollArea, Ui};

pub(super) fn texts_ui(ui: &mut Ui, years: &mut Years) {
    paper_ui(ui, |ui| {
        pair_ui(ui, years);
        ui.add_space(6.0);
        let area = ScrollArea::vertical()
            .id_salt("years-texts")
            .auto_shrink(false);
        scroll_ui(ui, area, theme::PAPER, |ui| both_ui(ui, years));
    });
}

/// Which two.
fn pair_ui(ui: &mut Ui, years: &mut Years) {
    let labels: Vec<String> = (0..years.entries.len())
        .map(|nth| years.label(nth))
        .collect();
    let (a, b) = &mut years.pair;
    ui.horizontal(|ui| {
        for (name, chosen, between) in [("左边", a, "与"), ("右边", b, "比较")] {
            let shown = ComboBox::from_id_salt(name)
                .selected_text(labels.get(*chosen).map_or("", String::as_str))
                .show_ui(ui, |ui| {
                    for (nth, label) in labels.iter().enumerate() {
                        ui.selectable_value(chosen, nth, label);
                    }
                });
            let id = shown.response.id;
            ui.ctx()
                .accesskit_node_builder(id, |node| node.set_label(name));
            ui.label(between);
        }
        ui.checkbox(&mut years.only_differences, "只看不同的");
    });
}

fn both_ui(ui: &mut Ui, years: &Years) {
    const GAP: f32 = 12.0;
    let (a, b) = years.pair;
    let (Some(left), Some(right)) = (years.entries.get(a), years.entries.get(b)) else {
        return;
    };
    let (left, right) = (&left.figures, &right.figures);
    let width = (ui.available_width() - GAP - 8.0) / 2.0;
    let mut nothing = true;
    let mut specs: Vec<&TextSpec> = right.form().texts.iter().collect();
    let only_left = left.form().texts.iter();
    specs.extend(only_left.filter(|spec| right.form().find_text(&spec.id).is_none()));
    for spec in specs {
        let pairs = paragraphs(left.find_text(&spec.id), right.find_text(&spec.id));
        let shown = |(a, b): &&(Option<&str>, Option<&str>)| !years.only_differences || a != b;
        let pairs: Vec<_> = pairs.iter().filter(shown).collect();
        if pairs.is_empty() {
            continue;
        }
        nothing = false;
        ui.add_space(8.0);
        ui.label(RichText::new(&spec.name).font(theme::bold(theme::TEXT_SIZE)));
        for &&(a, b) in &pairs {
            let differs = a != b;
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = GAP;
                paragraph_ui(ui, a, width, differs);
                paragraph_ui(ui, b, width, differs);
            });
        }
    }
    if nothing {
        let words = match years.only_differences {
            true => "两份的正文没有不同的地方。",
            false => "这两份都没有正文。",
        };
        ui.label(RichText::new(words).color(theme::WEAK));
    }
}

/// One paragraph, marked where the other report has not the same; nothing where it has none.
fn paragraph_ui(ui: &mut Ui, words: Option<&str>, width: f32, differs: bool) {
    let fill = match (words, differs) {
        (None, _) => theme::GROUND,
        (_, true) => theme::QUERY_FILL,
        _ => theme::PAPER,
    };
    Frame::NONE
        .fill(fill)
        .corner_radius(theme::ROUND)
        .inner_margin(Margin::symmetric(10, 6))
        .show(ui, |ui| {
            ui.set_width(width - 20.0);
            let (words, colour) = match words {
                Some(words) => (words, theme::TEXT),
                None => ("（没有这一段）", theme::ZERO),
            };
            let label = egui::Label::new(RichText::new(words).size(13.5).color(colour));
            ui.add(label.wrap().selectable(true));
        });
}
