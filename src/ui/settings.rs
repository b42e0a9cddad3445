//! What the window remembers from one day to the next. Losing it loses no work, so faults in reading it are passed over.

use crate::args::Renderer;
use crate::disk;
use crate::disk::{Home, path_from_line, path_to_line};
use crate::ui::zoom::{Zoom, within};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// How many files are remembered.
const RECENT: usize = 8;
/// Settings that are longer than this are somebody else's file.
const MAX_BYTES: u64 = 1 << 20;
/// The least and the most of the zoom that is legible.
const ZOOM: std::ops::RangeInclusive<f32> = 0.5..=4.0;
/// The same of the window's width and height, in points.
const SIZE: std::ops::RangeInclusive<f32> = 100.0..=20_000.0;

/// Remembered things.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Drafts, the last one first.
    #[serde(serialize_with = "lines_of", deserialize_with = "paths_of")]
    pub recent: Vec<PathBuf>,
    /// The window's size in points, when it is not maximised.
    pub size: Option<(f32, f32)>,
    /// Whether the window fills the screen.
    pub maximised: bool,
    /// The size of everything, 1 at first.
    pub zoom: Option<f32>,
    /// How large the sheet is shown.
    pub sheet: Zoom,
    /// Whether last year's numbers and wording are left out.
    pub hides_last: bool,
    /// What paints the window; as it fits if none.
    pub renderer: Option<Renderer>,
}

impl Settings {
    /// As they were left; as at first if they cannot be read, and what nobody can have meant as at first too.
    pub fn load(home: &Home) -> Self {
        let mut text = String::new();
        let read = std::fs::File::open(home.settings())
            .and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text));
        let settings: Self = read
            .ok()
            .and_then(|_| ron::from_str(&text).ok())
            .unwrap_or_default();
        settings.put_right()
    }

    fn put_right(mut self) -> Self {
        // No number is in a range that it is not.
        self.zoom.take_if(|zoom| !ZOOM.contains(zoom));
        self.size
            .take_if(|(width, height)| !SIZE.contains(width) || !SIZE.contains(height));
        if let Zoom::Times(times) = &mut self.sheet {
            *times = within(*times);
        }
        self.recent.truncate(RECENT);
        self
    }

    /// Keeps them.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn save(&self, home: &Home) -> io::Result<()> {
        let path = home.settings();
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new().new_line("\n"))
            .unwrap_or_default();
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        disk::replace_file(&path, text.as_bytes())
    }

    /// Puts a draft to the top of the list.
    pub fn opened(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT);
    }
}

/// Paths may be no text.
fn lines_of<S: Serializer>(paths: &[PathBuf], serializer: S) -> Result<S::Ok, S::Error> {
    let lines = paths.iter().map(|path| path_to_line(path));
    lines.collect::<Vec<_>>().serialize(serializer)
}

fn paths_of<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PathBuf>, D::Error> {
    let lines = Vec::<String>::deserialize(deserializer)?;
    Ok(lines.iter().map(|line| path_from_line(line)).collect())
}

#[cfg(test)]
mod tests {
    use super::Settings;
    use crate::disk::Home;

    /// What is read from a settings file with this text.
    fn read(text: &str) -> Settings {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path());
        std::fs::write(home.settings(), text).unwrap();
        Settings::load(&home)
    }

    #[test]
    fn numbers_that_nobody_can_have_meant_are_as_at_first() {
        for zoom in ["0.0", "-1", "NaN", "inf", "-inf", "1e30", "1e-30", "1e400"] {
            assert_eq!(read(&format!("(zoom: Some({zoom}))")).zoom, None, "{zoom}");
            for size in [format!("({zoom}, 860)"), format!("(1280, {zoom})")] {
                assert_eq!(read(&format!("(size: Some({size}))")).size, None, "{size}");
            }
        }
        let kept = read("(zoom: Some(1.25), size: Some((1000, 700)), maximised: true)");
        assert_eq!((kept.zoom, kept.size), (Some(1.25), Some((1000.0, 700.0))));
        assert!(kept.maximised);
    }

    #[test]
    fn a_file_that_is_none_of_ours_is_passed_over() {
        let deep = "(".repeat(100_000);
        let long = format!("(recent: [{}])", "\"x\", ".repeat(400_000));
        for text in ["", "\0\0\0", "(zoom: \"groß\")", &deep, &long] {
            assert_eq!(read(text), Settings::default());
        }
        assert_eq!(
            read(&format!("(recent: [{}])", "\"x\", ".repeat(1000)))
                .recent
                .len(),
            8
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_is_remembered() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path());
        let mut settings = Settings::default();
        for name in [b"/a/\xff\n.ron".as_slice(), "/a/年报.ron".as_bytes()] {
            settings.opened(std::path::Path::new(std::ffi::OsStr::from_bytes(name)));
        }
        settings.save(&home).unwrap();
        assert_eq!(Settings::load(&home), settings);
    }
}
