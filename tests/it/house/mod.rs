//! The house plan as a test: who may use whom, and what may stand where.

mod arrows;
mod baits;
mod functions;

use arrows::House;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the bottom up, each with the rooms that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("disk", &[]),
    ("prose", &[]),
    ("file_text", &[]),
    ("value", &["prose"]),
    ("form", &["prose", "file_text", "value"]),
    ("report", &["prose", "value", "form"]),
    ("check", &["prose", "value", "form", "report"]),
    ("compose", &["prose", "value", "form", "report", "check"]),
    ("compare", &["prose", "value", "form", "report", "check"]),
    ("rollover", &["prose", "value", "form", "report", "check"]),
    ("trend", &["value", "form", "report"]),
    (
        "draft",
        &[
            "disk",
            "prose",
            "file_text",
            "value",
            "form",
            "report",
            "check",
        ],
    ),
    (
        "import",
        &["disk", "prose", "value", "form", "report", "check", "draft"],
    ),
    (
        "export",
        &["disk", "prose", "value", "form", "report", "check", "trend"],
    ),
    (
        "verify",
        &[
            "prose", "value", "form", "report", "check", "import", "export",
        ],
    ),
    (
        "handin",
        &[
            "disk", "value", "form", "report", "check", "draft", "import", "export", "verify",
        ],
    ),
    ("args", &["export"]),
    (
        "cli",
        &[
            "args", "disk", "prose", "value", "form", "report", "check", "compare", "rollover",
            "trend", "draft", "import", "export", "verify", "handin",
        ],
    ),
    (
        "ui",
        &[
            "prose", "value", "form", "report", "check", "compose", "compare", "rollover", "trend",
            "draft", "import", "export", "verify", "handin", "args", "disk",
        ],
    ),
];

/// Every source file with the room that it stands in.
fn sources() -> Vec<(String, PathBuf, String)> {
    fn walk(folder: &Path, all: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, all);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                all.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    walk(&root, &mut all);
    let room = |path: &Path| {
        let first = path
            .strip_prefix(&root)
            .unwrap()
            .components()
            .next()
            .unwrap();
        first
            .as_os_str()
            .to_string_lossy()
            .trim_end_matches(".rs")
            .to_owned()
    };
    all.into_iter()
        .map(|path| {
            (
                room(&path),
                path.clone(),
                fs::read_to_string(&path).unwrap(),
            )
        })
        .collect()
}

/// The code of a file without comments.
fn code(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every source file by its path below `src`, with its text.
fn house_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let below = |path: &Path| {
        let path = path.strip_prefix(&root).unwrap();
        path.to_string_lossy().replace('\\', "/")
    };
    let files = sources().into_iter();
    files.map(|(_, path, text)| (below(&path), text)).collect()
}

/// The house as it stands.
fn house() -> House {
    let files = house_files();
    House::read(files.iter().map(|(path, text)| (&**path, &**text)))
}

#[test]
fn rooms_use_only_what_lies_below_them() {
    let room = |path: &str| {
        path.split('/')
            .next()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned()
    };
    let arrows = house().arrows();
    assert!(
        arrows.len() > 300,
        "the test sees what is used ({})",
        arrows.len()
    );
    for (user, used) in arrows {
        let (above, below) = (room(&user), room(&used));
        if matches!(above.as_str(), "lib" | "main") || above == below {
            continue;
        }
        let allowed = MAY_USE.iter().find(|(name, _)| *name == above);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{user} is in no room of the plan"));
        assert!(allowed.contains(&below.as_str()), "{user} uses {used}");
    }
}

#[test]
fn no_files_use_one_another_in_a_circle() {
    let circles = house().circles();
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn only_the_window_knows_the_window() {
    for (room, path, text) in sources()
        .into_iter()
        .filter(|(room, ..)| room != "ui" && room != "main")
    {
        for word in ["egui", "eframe", "rfd::", "winit"] {
            assert!(
                !code(&text).contains(word),
                "{} ({room}) names {word}",
                path.display()
            );
        }
    }
    for (renderer, room) in [
        ("eframe::Renderer", "ui/native.rs"),
        ("softbuffer", "ui/cpu/surface.rs"),
    ] {
        let knows: Vec<_> = sources()
            .into_iter()
            .filter(|(.., text)| code(text).contains(renderer))
            .map(|(_, path, _)| path)
            .collect();
        assert!(
            matches!(knows.as_slice(), [path] if path.ends_with(room)),
            "{renderer} is known in {knows:?}"
        );
    }
}

#[test]
fn only_some_rooms_touch_files_or_the_clock() {
    for (room, path, text) in sources() {
        let code = code(&text);
        if !matches!(
            room.as_str(),
            "disk" | "draft" | "import" | "export" | "handin" | "cli" | "ui"
        ) {
            assert!(
                !code.contains("std::fs"),
                "{} touches files",
                path.display()
            );
        }
        if room != "ui" && room != "cli" {
            assert!(
                !["SystemTime", "Instant", "Zoned::now", "Timestamp::now"]
                    .iter()
                    .any(|clock| code.contains(clock)),
                "{} reads the clock",
                path.display()
            );
        }
    }
}

/// The files of the window that look at the disk themselves, and why that does not hold it up.
const LOOKS_AT_FILES: &[(&str, &str)] = &[
    ("ui/app/outputs.rs", "the job that prints"),
    (
        "ui/app/questions.rs",
        "the job that looks for a file of the same name",
    ),
    ("ui/app/years.rs", "the job that adds years"),
    ("ui/ask/documents.rs", "the PC's own folder of documents"),
    ("ui/exporting.rs", "for jobs"),
    (
        "ui/offer.rs",
        "the job that holds leftovers against their files",
    ),
    (
        "ui/renderer.rs",
        "the program's own folder, before there is a window",
    ),
    ("ui/settings.rs", "the program's own folder"),
    ("ui/shell.rs", "the memory that the process takes"),
    ("ui/unused.rs", "for jobs"),
];

#[test]
fn the_window_looks_at_no_file_itself() {
    let looks = [
        ".exists()",
        ".is_dir()",
        ".is_file()",
        ".metadata()",
        "std::fs::",
        "is_same_file(",
    ];
    let mut found: Vec<String> = house_files()
        .into_iter()
        .filter(|(path, _)| path.starts_with("ui/"))
        .filter(|(_, text)| looks.iter().any(|look| code(text).contains(look)))
        .map(|(path, _)| path)
        .collect();
    found.sort_unstable();
    let named: Vec<&str> = LOOKS_AT_FILES.iter().map(|(path, _)| *path).collect();
    assert_eq!(
        found, named,
        "a job looks at files: a folder may not answer"
    );
}

#[test]
fn colours_come_from_the_theme() {
    for (_, path, text) in sources() {
        if !path.ends_with("ui/theme.rs") {
            for word in [
                "Color32::from_",
                "Color32::RED",
                "Color32::WHITE",
                "Color32::BLACK",
            ] {
                assert!(
                    !code(&text).contains(word),
                    "{} has a colour of its own",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn no_label_of_a_form_stands_in_the_code() {
    let labels: Vec<String> = nianbao::form::official()
        .iter()
        .flat_map(|form| form.tables.iter().flat_map(|table| table.grid.cells.iter()))
        .filter_map(|cell| cell.content.words().map(str::to_owned))
        .filter(|label| label.chars().count() > 4)
        .collect();
    for (_, path, text) in sources() {
        for label in &labels {
            assert!(
                !code(&text).contains(label.as_str()),
                "{} writes {label}",
                path.display()
            );
        }
    }
}

#[test]
fn files_are_of_a_size_that_can_be_read() {
    for (_, path, text) in sources() {
        assert!(
            text.lines().count() <= 700,
            "{} is two rooms",
            path.display()
        );
    }
}

/// Functions that are still too long, to be split where they say two things.
const LONG: &[&str] = &[];

#[test]
fn functions_are_read_at_a_glance() {
    const MOST_LINES: usize = 80;
    let mut long = functions::lengths(&house_files());
    long.retain(|(path, _, lines)| {
        *lines > MOST_LINES && !LONG.iter().any(|room| path.starts_with(room))
    });
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn every_dependency_is_used() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let code: String = sources().iter().map(|(.., text)| code(text)).collect();
    // Named only to have it with its default features.
    const FEATURES_ONLY: &str = "winit";
    let mut seen = 0;
    for section in ["[dependencies]\n", "[target.'cfg(windows)'.dependencies]\n"] {
        let (_, listed) = manifest.split_once(section).unwrap();
        let listed = listed.split("\n[").next().unwrap();
        let names = listed.lines().filter(|line| !line.starts_with('#'));
        for name in names.filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_"))) {
            let used = [format!("{name}::"), format!("use {name};")];
            let is_used = used.iter().any(|used| code.contains(used));
            assert!(is_used || name == FEATURES_ONLY, "{name} is not used");
            seen += 1;
        }
    }
    assert!(seen > 30, "the list is read ({seen})");
}

#[test]
fn the_top_level_is_as_agreed() {
    let agreed = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "assets",
        "tests",
        "README.md",
        ".ci",
        ".gitignore",
        "LICENSE",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let passing = ["target", ".git"].contains(&name.as_str());
        assert!(
            passing || agreed.contains(&name.as_str()),
            "{name} does not belong at the top"
        );
    }
}
