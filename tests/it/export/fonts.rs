//! The bundled fonts have every character that the program itself shows.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Characters of string literals (and everything else) of the sources, and of forms and samples.
fn shown() -> BTreeSet<char> {
    /// Characters that are read and never shown.
    const ONLY_READ: &str = "traditional.rs";
    fn walk(folder: &Path, all: &mut BTreeSet<char>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, all);
            } else if !path.ends_with(ONLY_READ)
                && path
                    .extension()
                    .is_some_and(|ending| ending == "rs" || ending == "ron")
            {
                all.extend(
                    fs::read_to_string(&path)
                        .unwrap()
                        .chars()
                        .filter(|c| !c.is_control()),
                );
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = BTreeSet::new();
    walk(&root.join("src"), &mut all);
    walk(&root.join("assets"), &mut all);
    all
}

#[test]
fn every_character_of_the_program_has_a_glyph_in_both_faces() {
    let ctx = egui::Context::default();
    nianbao::ui::theme::install(&ctx);
    let mut missing = Vec::new();
    let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
        for font in [
            nianbao::ui::theme::regular(14.0),
            nianbao::ui::theme::bold(14.0),
        ] {
            // Format characters and the byte order mark are never shown.
            let visible = |c: &char| !matches!(c, '\u{200B}' | '\u{FEFF}');
            let all: BTreeSet<char> = shown()
                .into_iter()
                .chain("鄠甪浉喆堃䶮ΑΩ①⑳Ⅻ".chars())
                .filter(visible)
                .collect();
            missing.extend(ui.fonts_mut(|fonts| {
                all.into_iter()
                    .filter(|&c| !fonts.has_glyph(&font, c))
                    .collect::<Vec<_>>()
            }));
        }
    });
    output.textures_delta.clear();
    assert!(missing.is_empty(), "{missing:?}: run assets/fonts/make.sh");
}
