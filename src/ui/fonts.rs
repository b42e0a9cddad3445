//! The bundled Chinese fonts first, so that the window looks the same on every PC; rare characters from the system.

use crate::export::typeset::{SANS, SANS_BOLD};
use egui::{FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

/// The family of the bold face.
pub fn bold_family() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Puts the bundled fonts before egui's own in every family.
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    fonts
        .font_data
        .insert("nianbao".to_owned(), Arc::new(FontData::from_static(&SANS)));
    fonts.font_data.insert(
        "nianbao-bold".to_owned(),
        Arc::new(FontData::from_static(&SANS_BOLD)),
    );
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts
            .families
            .entry(family)
            .or_default()
            .insert(0, "nianbao".to_owned());
    }
    let mut bold = vec!["nianbao-bold".to_owned()];
    bold.extend(
        fonts
            .families
            .get(&FontFamily::Proportional)
            .cloned()
            .unwrap_or_default(),
    );
    fonts.families.insert(bold_family(), bold);
    ctx.set_fonts(fonts);
}
