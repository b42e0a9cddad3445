//! What paints the window: the graphics card, or this program itself where OpenGL is missing, crashed, or would have to
//! go over a remote desktop.

use super::settings::Settings;
use crate::args::Renderer;
use crate::disk::Home;
use std::fs::{File, TryLockError};
use std::path::PathBuf;

/// Said once OpenGL has been given up.
const CRASHED: &str = "上次用显卡画窗口时程序停了，多半是显卡驱动的问题。从这次起改由程序自己画窗口（CPU 绘制），\
                       填写、导出一切照常。显卡驱动更新以后，可以在“更多… → 关于”里改回显卡绘制";

/// What paints the window this time.
pub struct Choice {
    pub renderer: Renderer,
    /// Whether it was asked for, and not found by the program.
    pub asked: bool,
    /// What the clerk is told about it.
    pub notice: Option<String>,
}

impl Choice {
    /// What the command line asks for comes first, then the settings, then what fits; but what crashed is tried again
    /// only when the command line or, later, the settings ask for it.
    pub fn of(asked: Option<Renderer>, home: &Home, remote: bool) -> Self {
        let settings = Settings::load(home);
        let crashed = asked != Some(Renderer::Gl) && Trial::was_cut_short(home);
        let wanted = asked.or(settings.renderer);
        if crashed {
            let renderer = Some(Renderer::Cpu);
            keep(
                &Settings {
                    renderer,
                    ..settings
                },
                home,
            );
        }
        Self {
            renderer: match wanted {
                _ if crashed => Renderer::Cpu,
                Some(renderer) => renderer,
                None if remote => Renderer::Cpu,
                None => Renderer::Gl,
            },
            asked: wanted.is_some(),
            notice: crashed.then(|| CRASHED.to_owned()),
        }
    }
}

/// The mark of the crash goes only when what it led to is kept.
fn keep(settings: &Settings, home: &Home) {
    if settings.save(home).is_ok() {
        // If it stays, the next start says it once more.
        let _ = std::fs::remove_file(home.opengl_trial());
    }
}

/// A mark on the disk while it is not known yet whether OpenGL works: made before it is touched, taken away when the
/// window stands. Held locked, so that a second window that is opened meanwhile does not take it for a crash.
pub struct Trial {
    path: PathBuf,
    file: File,
}

impl Trial {
    /// Makes the mark. `None` if it cannot be made, or another window is making its own.
    pub fn begin(home: &Home) -> Option<Self> {
        let path = home.opengl_trial();
        std::fs::create_dir_all(path.parent()?).ok()?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .ok()?;
        file.try_lock().ok()?;
        // A driver can take the whole system down with it.
        file.sync_all().ok()?;
        Some(Self { path, file })
    }

    /// OpenGL works, or is known not to.
    pub fn ends(self) {
        // If the mark stays, the next start is painted by the CPU: slower, not wrong.
        let _ = std::fs::remove_file(&self.path);
        drop(self.file);
    }

    /// OpenGL is given up, by this start and those to come.
    pub fn fails(self) {
        drop(self.file);
    }

    fn was_cut_short(home: &Home) -> bool {
        match File::options().write(true).open(home.opengl_trial()) {
            Ok(file) => !matches!(file.try_lock(), Err(TryLockError::WouldBlock)),
            Err(_) => false,
        }
    }
}

/// Drivers with which windows stay blank or are torn, or which draw slower than this program does; by OpenGL's name of
/// the renderer.
pub fn is_bad_driver(name: &str) -> bool {
    const BAD: [&str; 6] = [
        // Virtual machines: VMware's and VirtualBox's drivers for their guests.
        "SVGA3D",
        "VirtualBox",
        "Chromium",
        // Graphics cards of 2008, with OpenGL 2.1 in name only.
        "Intel(R) 4 Series",
        "GMA 4500",
        // A reference implementation.
        "softpipe",
    ];
    BAD.iter().any(|bad| name.contains(bad))
}

/// Whether the window is shown on another machine, to which every frame has to go.
pub fn is_remote() -> bool {
    #[cfg(windows)]
    {
        use windows_sys::Win32::UI::WindowsAndMessaging::{GetSystemMetrics, SM_REMOTESESSION};
        // SAFETY: the call only reads.
        #[expect(unsafe_code, reason = "the system call has no safe wrapper")]
        unsafe {
            GetSystemMetrics(SM_REMOTESESSION) != 0
        }
    }
    #[cfg(not(windows))]
    {
        std::env::var_os("XRDP_SESSION").is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(asked: Option<Renderer>, home: &Home, remote: bool) -> (Renderer, bool) {
        let choice = Choice::of(asked, home, remote);
        (choice.renderer, choice.notice.is_some())
    }

    #[test]
    fn the_command_line_comes_before_settings_and_these_before_the_surroundings() {
        use Renderer::{Cpu, Gl};
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path());
        assert_eq!(chosen(None, &home, false), (Gl, false));
        assert_eq!(chosen(None, &home, true), (Cpu, false));
        assert_eq!(chosen(Some(Gl), &home, true), (Gl, false));
        for renderer in [Gl, Cpu] {
            let settings = Settings {
                renderer: Some(renderer),
                ..Settings::default()
            };
            settings.save(&home).unwrap();
            assert_eq!(chosen(None, &home, true), (renderer, false));
            assert_eq!(chosen(Some(Cpu), &home, false), (Cpu, false));
        }
    }

    #[test]
    fn a_start_that_was_cut_short_is_found_said_once_and_remembered() {
        use Renderer::{Cpu, Gl};
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path());
        let trial = Trial::begin(&home).unwrap();
        assert_eq!(chosen(None, &home, false), (Gl, false), "it still runs");
        assert!(Trial::begin(&home).is_none());
        // The process ends: its lock goes, its mark stays.
        drop(trial);
        assert_eq!(chosen(Some(Gl), &home, false), (Gl, false), "asked for");
        assert_eq!(chosen(None, &home, false), (Cpu, true));
        assert_eq!(chosen(None, &home, false), (Cpu, false));
        assert_eq!(Settings::load(&home).renderer, Some(Cpu));
        Settings::default().save(&home).unwrap();
        Trial::begin(&home).unwrap().ends();
        assert_eq!(chosen(None, &home, false), (Gl, false));
    }
}
