//! What the window remembers from one day to the next. Losing it loses no work, so faults in reading it are passed over.

use crate::args::Renderer;
use crate::disk;
use crate::disk::Home;
use crate::ui::zoom::Zoom;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// How many files are remembered.
const RECENT: usize = 8;

/// Remembered things.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Drafts, the last one first.
    pub recent: Vec<PathBuf>,
    /// The window's size in points.
    pub size: Option<(f32, f32)>,
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
    /// As they were left; as at first if they cannot be read.
    pub fn load(home: &Home) -> Self {
        let text = std::fs::read_to_string(home.settings()).unwrap_or_default();
        ron::from_str(&text).unwrap_or_default()
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
