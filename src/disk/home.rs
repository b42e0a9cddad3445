//! Where the program keeps what is its own: recovery files, older backups, settings.

use super::{derived_name, followed, written_at};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

/// How many earlier states of a draft are kept.
const BACKUPS: usize = 10;
/// How long what was thrown away is kept.
const THROWN_AWAY: Duration = Duration::from_secs(Home::DAYS * 24 * 60 * 60);

/// The program's own folder: the user's, or one on a USB stick (`--data-dir`).
#[derive(Clone, Debug)]
pub struct Home {
    folder: PathBuf,
}

impl Home {
    /// For how many days unsaved work that was not wanted is kept all the same.
    pub const DAYS: u64 = 30;

    /// A folder that was asked for.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// The usual folder of this user; beside the program if the system names none.
    pub fn of_user() -> Self {
        let folder = directories::ProjectDirs::from("", "", "nianbao")
            .map(|dirs| dirs.data_dir().to_owned());
        let beside = || {
            std::env::current_exe()
                .ok()?
                .parent()
                .map(|folder| folder.join("nianbao-data"))
        };
        Self {
            folder: folder
                .or_else(beside)
                .unwrap_or_else(|| PathBuf::from("nianbao-data")),
        }
    }

    /// The log of what failed.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log.txt")
    }

    /// The settings of the window.
    pub fn settings(&self) -> PathBuf {
        self.folder.join("settings.ron")
    }

    /// There while it is not known whether OpenGL works.
    pub fn opengl_trial(&self) -> PathBuf {
        self.folder.join("opengl-trial")
    }

    /// The folder of recovery files, made if need be.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn recovery(&self) -> io::Result<PathBuf> {
        let folder = self.recovery_place();
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Where that folder lies; it need not be there.
    pub fn recovery_place(&self) -> PathBuf {
        self.folder.join("recovery")
    }

    /// The folder of unsaved work that was not wanted; it need not be there.
    pub fn thrown_away(&self) -> PathBuf {
        self.folder.join("discarded")
    }

    /// Puts unsaved work that is not wanted aside for [`Self::DAYS`].
    ///
    /// # Errors
    /// If it cannot be put there; it then stays where it is.
    pub fn throw_away(&self, file: &Path) -> io::Result<()> {
        let content = fs::read(file)?;
        self.throw_away_text(&content)?;
        fs::remove_file(file)
    }

    /// The same for work that lies in no file of its own.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn throw_away_text(&self, content: &[u8]) -> io::Result<()> {
        let folder = self.thrown_away();
        fs::create_dir_all(&folder)?;
        let mut all = Self::numbered(&folder)?;
        let next = all.pop().map_or(1, |(number, _)| number + 1);
        super::replace_file(&folder.join(format!("{next}.ron")), content)
    }

    /// Removes what was put aside longer than [`Self::DAYS`] ago; what cannot be removed is tried again the next time. `now`
    /// counts from the beginning of 1970 on.
    pub fn empty_old(&self, now: Duration) {
        for (_, path) in Self::numbered(&self.thrown_away()).unwrap_or_default() {
            let age = written_at(&path).and_then(|written| now.checked_sub(written));
            if age.is_some_and(|age| age > THROWN_AWAY) {
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Whether a file lies in the program's own folder: no place for a clerk's draft, since the program clears it up.
    pub fn owns(&self, file: &Path) -> bool {
        let own = fs::canonicalize(&self.folder);
        let file = fs::canonicalize(file);
        matches!((own, file), (Ok(own), Ok(file)) if ["backups", "recovery", "discarded"]
            .iter()
            .any(|room| file.starts_with(own.join(room))))
    }

    /// The folder in which what is printed lies until something else is, made if need be.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn printing(&self) -> io::Result<PathBuf> {
        let folder = self.folder.join("print");
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// The folder in which earlier states of one draft lie.
    pub fn backups_of(&self, draft: &Path) -> PathBuf {
        let full = followed(draft).unwrap_or_else(|_| draft.to_owned());
        let mark = super::fingerprint(full.as_os_str().as_encoded_bytes());
        let name = full.file_stem().unwrap_or_default();
        let folder = derived_name("", name, &format!("-{mark:016x}"));
        self.folder.join("backups").join(folder)
    }

    /// Keeps the present state of a draft before it is replaced; the oldest of more than [`BACKUPS`] goes. A backup
    /// that cannot be kept stops nothing: the previous state also lies beside the draft.
    pub fn keep_backup(&self, draft: &Path) -> io::Result<()> {
        let folder = self.backups_of(draft);
        let content = match fs::read(draft) {
            Ok(content) => content,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        fs::create_dir_all(&folder)?;
        let mut kept = Self::numbered(&folder)?;
        let next = kept.last().map_or(1, |(number, _)| number + 1);
        super::replace_file(&folder.join(format!("{next}.ron")), &content)?;
        kept.push((next, PathBuf::new()));
        for (_, old) in kept.iter().take(kept.len().saturating_sub(BACKUPS)) {
            fs::remove_file(old)?;
        }
        Ok(())
    }

    /// Earlier states of a draft, the latest first.
    pub fn backups(&self, draft: &Path) -> Vec<PathBuf> {
        let mut all = Self::numbered(&self.backups_of(draft)).unwrap_or_default();
        all.reverse();
        all.into_iter().map(|(_, path)| path).collect()
    }

    fn numbered(folder: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if let Some(number) = path
                .file_stem()
                .and_then(|stem| stem.to_str()?.parse().ok())
            {
                all.push((number, path));
            }
        }
        all.sort();
        Ok(all)
    }
}
