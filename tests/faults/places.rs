//! Disks that are full or cannot be written, another user, a clock that was put back, no home and another language.

use super::kinds::{self, KINDS, Kind};
use super::worker::Worker;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// A disk of its own, gone at the end.
struct Disk(PathBuf, tempfile::TempDir);

impl Disk {
    fn new(kilobytes: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("盘");
        fs::create_dir(&place).unwrap();
        let size = format!("size={kilobytes}k");
        mount(&["-t", "tmpfs", "-o", &size, "none"], &place);
        Self(place, folder)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        assert!(self.1.path().exists());
    }
}

fn mount(words: &[&str], place: &Path) {
    let done = Command::new("mount").args(words).arg(place).status();
    let done = done.is_ok_and(|status| status.success());
    assert!(done, "mount needs an administrator's rights");
}

/// What comes over the files, once they are laid out and once the program has them open; and what makes them readable
/// again.
struct Change<'a> {
    before: &'a dyn Fn(&Path),
    opened: &'a dyn Fn(&Path),
    back: &'a dyn Fn(&Path),
}

const NOTHING: &dyn Fn(&Path) = &|_| ();

const UNCHANGED: Change<'_> = Change {
    before: NOTHING,
    opened: NOTHING,
    back: NOTHING,
};

/// Does one kind of thing under a change.
fn tried(worker: &mut Worker, kind: Kind, place: &Path, change: &Change<'_>) -> String {
    kinds::arrange(kind, place);
    (change.before)(place);
    worker.ask("prepare", kind, place);
    (change.opened)(place);
    let answer = worker.ask("act", kind, place);
    worker.ask("end", kind, place);
    (change.back)(place);
    let outcome = kinds::outcome(kind, place, Some(&answer));
    let outcome = outcome.unwrap_or_else(|wrong| panic!("{kind:?}: {wrong}"));
    println!("{kind:?}: {outcome}");
    outcome
}

#[test]
fn a_full_disk() {
    let mut worker = Worker::start();
    for kind in KINDS {
        let disk = Disk::new(1024);
        let change = Change {
            before: NOTHING,
            opened: &|place| {
                let mut filler = File::create(place.join("filler")).unwrap();
                while filler.write(&[0; 4096]).is_ok() {}
            },
            back: &|place| fs::remove_file(place.join("filler")).unwrap(),
        };
        let outcome = tried(&mut worker, kind, &disk.0, &change);
        // The lock of the draft that is left makes room for the settings.
        let has_room = matches!(kind, Kind::Settings);
        let told = outcome.contains("磁盘已满") || is_there(&outcome) || has_room;
        assert!(told, "{kind:?}: {outcome}");
    }
}

#[test]
fn a_disk_that_can_only_be_read() {
    let mut worker = Worker::start();
    for kind in KINDS {
        let disk = Disk::new(1024);
        let change = Change {
            before: &|place| mount(&["-o", "remount,ro"], place),
            opened: NOTHING,
            back: &|place| mount(&["-o", "remount,rw"], place),
        };
        let outcome = tried(&mut worker, kind, &disk.0, &change);
        let told = outcome.contains("只读") || is_there(&outcome);
        assert!(told, "{kind:?}: {outcome}");
    }
}

#[test]
fn the_files_of_another_user() {
    let mut worker = Worker::start_as(
        &[
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
        ],
        &[],
    );
    for kind in [Kind::Save, Kind::Keep, Kind::Export, Kind::Import] {
        let folder = tempfile::tempdir().unwrap();
        open_to_readers(folder.path());
        let outcome = tried(&mut worker, kind, folder.path(), &UNCHANGED);
        // Somebody else's draft of the name that an import wants is the first thing in its way.
        let is_there = outcome.contains("内容不同");
        assert!(
            outcome.contains("没有权限") || is_there,
            "{kind:?}: {outcome}"
        );
    }
}

/// Whether it was somebody else's draft of the same name that was in the way of an import.
fn is_there(outcome: &str) -> bool {
    outcome.contains("内容不同")
}

fn open_to_readers(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
}

/// As if everything had been written tomorrow.
fn put_the_clock_back(place: &Path) {
    let tomorrow = SystemTime::now() + Duration::from_secs(24 * 60 * 60);
    for entry in fs::read_dir(place).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            put_the_clock_back(&path);
        } else {
            File::options()
                .append(true)
                .open(&path)
                .unwrap()
                .set_modified(tomorrow)
                .unwrap();
        }
    }
}

#[test]
fn without_a_home_in_plain_english_after_the_clock_was_put_back() {
    let mut worker = Worker::start_as(
        &["env", "-u", "HOME", "-u", "XDG_DATA_HOME"],
        &[("LANG", "C"), ("LC_ALL", "C")],
    );
    for kind in KINDS {
        let folder = tempfile::tempdir().unwrap();
        let change = Change {
            before: &put_the_clock_back,
            ..UNCHANGED
        };
        let outcome = tried(&mut worker, kind, folder.path(), &change);
        let fine = outcome == "（照常完成）" || is_there(&outcome);
        assert!(fine, "{kind:?}: {outcome}");
    }
}
