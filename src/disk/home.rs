//! Where the program keeps what is its own: recovery files, older backups, settings.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// How many earlier states of a draft are kept.
const BACKUPS: usize = 10;

/// The program's own folder: the user's, or one on a USB stick (`--data-dir`).
#[derive(Clone, Debug)]
pub struct Home {
    folder: PathBuf,
}

impl Home {
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
        let folder = self.folder.join("recovery");
        fs::create_dir_all(&folder)?;
        Ok(folder)
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
        let full = fs::canonicalize(draft).unwrap_or_else(|_| draft.to_owned());
        let name = full
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        self.folder.join("backups").join(format!(
            "{name}-{:016x}",
            super::fingerprint(full.as_os_str().as_encoded_bytes())
        ))
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
