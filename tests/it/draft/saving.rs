//! Saving keeps what a file is beside what stands in it, whatever it is called, and never goes over what is not the
//! clerk's to write.

use crate::support::{Window, report};
use egui::{Key, Modifiers};
use nianbao::disk::{Before, Home};
use nianbao::draft::{self, Held, Hold, leftovers};
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

fn type_seven(window: &mut Window) {
    window.tab("三、");
    window.type_text("7");
    window.press(Key::Enter);
}

fn names_in(folder: &Path) -> Vec<OsString> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_mode_and_its_owner() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    let folder = tempfile::tempdir().unwrap();
    for mode in [0o600, 0o640, 0o664, 0o666, 0o604] {
        let path = folder.path().join(format!("{mode:o}.ron"));
        draft::save(&report("pingtan_2021"), &path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        // Only an administrator gives files away.
        let given = chown(&path, Some(12_345), Some(23_456)).is_ok();
        draft::save(&report("pingtan_2022"), &path).unwrap();
        let now = fs::metadata(&path).unwrap();
        assert_eq!(now.mode() & 0o7777, mode);
        if given {
            assert_eq!((now.uid(), now.gid()), (12_345, 23_456));
        }
        assert_eq!(draft::open(&path).unwrap(), report("pingtan_2022"));
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_even_if_its_file_is_yet_to_be_made() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    fs::create_dir(place("别处")).unwrap();
    symlink("别处/真.ron", place("一.ron")).unwrap();
    symlink(place("一.ron"), place("二.ron")).unwrap();
    for link in ["一.ron", "二.ron"] {
        draft::save(&report("pingtan_2021"), &place(link)).unwrap();
        assert!(place(link).is_symlink());
        assert_eq!(
            draft::open(&place("别处/真.ron")).unwrap(),
            report("pingtan_2021")
        );
    }
    // The lock is that of the file itself.
    let Hold::Ours(held) = Held::ask(&place("一.ron"), None) else {
        panic!("nobody has it")
    };
    assert!(matches!(
        Held::ask(&place("别处/真.ron"), None),
        Hold::Theirs(_)
    ));
    drop(held);
    assert_eq!(names_in(&place("别处")).len(), 2, "the file and its backup");

    symlink("没有/真.ron", place("三.ron")).unwrap();
    symlink("四.ron", place("四.ron")).unwrap();
    for link in ["三.ron", "四.ron"] {
        let error = draft::save(&report("pingtan_2022"), &place(link)).unwrap_err();
        assert!(error.to_string().contains("这是一个链接"), "{error}");
        assert!(place(link).is_symlink());
    }
}

/// Names that a file may have all the same.
#[cfg(unix)]
fn odd_names() -> Vec<OsString> {
    use std::os::unix::ffi::OsStringExt as _;
    let long = "年".repeat(83) + "ab.ron";
    assert_eq!(long.len(), 255);
    vec![
        long.into(),
        "a".repeat(251).as_str().into(),
        ("b".repeat(251) + ".ron").into(),
        OsString::from_vec(b"\xC4\xEA\xB1\xA8.ron".to_vec()),
        OsString::from_vec([&[0xFF; 251][..], b".ron"].concat()),
        "第一行\n第二行.ron".into(),
        "\r\n草稿文件：\u{2028}.ron".into(),
        "encoded:%41.ron".into(),
    ]
}

#[cfg(unix)]
#[test]
fn a_draft_of_any_name_is_saved_locked_backed_up_and_recovered() {
    for name in odd_names() {
        let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let path = folder.path().join(&name);
        let shown = path.display().to_string();
        draft::save(&report("pingtan_2022"), &path).unwrap();
        let mut window = Window::at_home_of_odd_names(home.path());
        window.app().open(&path);
        window.run();
        assert!(matches!(Held::ask(&path, None), Hold::Theirs(_)), "{shown}");
        type_seven(&mut window);
        window.press_with(Modifiers::COMMAND, Key::S);
        let saved = window.report();
        assert!(
            !window.app().is_dirty() && !window.says("没有留下"),
            "{shown}"
        );
        assert_eq!(draft::open(&path).unwrap(), saved);
        assert_eq!(
            draft::open(&draft::backup_path(&path)).unwrap(),
            report("pingtan_2022")
        );
        let earlier = Home::at(home.path()).backups(&path);
        assert_eq!(draft::open(&earlier[0]).unwrap(), report("pingtan_2022"));
        // Then the program dies with something unsaved.
        type_seven(&mut window);
        window.type_text("8");
        window.press(Key::Enter);
        let typed = window.report();
        drop(window);
        let (found, unread) = leftovers(&Home::at(home.path()));
        assert!(unread.is_empty(), "{unread:?}");
        assert_eq!(found[0].file.as_deref(), Some(path.as_path()));
        let mut window = Window::at_home_of_odd_names(home.path());
        assert!(window.says("与保存过的文件相比，改了"), "{shown}");
        window.click("恢复");
        window.press_with(Modifiers::COMMAND, Key::S);
        assert!(!window.app().is_dirty(), "{shown}");
        assert_eq!(draft::open(&path).unwrap(), typed);
        drop(window);
        assert_eq!(names_in(folder.path()).len(), 2, "{shown}");
    }
}

/// As another user than the one to whom the file belongs; root may write everywhere.
#[cfg(unix)]
#[test]
fn what_the_clerk_may_not_write_is_not_replaced_though_the_folder_is_his() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let theirs = place.join("别人的.ron");
    draft::save(&report("pingtan_2021"), &theirs).unwrap();
    draft::save(&report("pingtan_2021"), &place.join("去年.ron")).unwrap();
    let program = place.join("nianbao");
    let copy = std::process::Command::new("cp")
        .args([Path::new(env!("CARGO_BIN_EXE_nianbao")), &program])
        .status();
    assert!(copy.unwrap().success());
    mode(place, 0o777);
    let is_root = fs::metadata(place).unwrap().uid() == 0;
    mode(&theirs, if is_root { 0o644 } else { 0o444 });
    let mut next = std::process::Command::new(&program);
    next.arg("next").arg(place.join("去年.ron")).arg("-o");
    next.arg(&theirs).env("HOME", place);
    if is_root {
        next.uid(65_534).gid(65_534);
    }
    let done = next.output().unwrap();
    let told = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{told}");
    assert_eq!(draft::open(&theirs).unwrap(), report("pingtan_2021"));
    assert!(draft::save(&report("pingtan_2022"), Path::new("/dev/null")).is_err());
}

#[test]
fn what_a_killed_program_left_half_written_is_cleared_away_after_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, hours: u64| {
        let path = folder.path().join(name);
        let file = fs::File::create(&path).unwrap();
        let written = SystemTime::now() - Duration::from_secs(hours * 3600);
        file.set_modified(written).unwrap();
        file
    };
    write(".nianbao-aB3xYz.tmp", 25);
    write(".nianbao-Fresh1.tmp", 23);
    write(".nianbao-my-own-notes.tmp", 25);
    write(".nianbao-Ab_xYz.tmp", 25);
    write("nianbao-aB3xYz.tmp", 25);
    write(".nianbao-aB3xYz.tmp.bak", 25);
    let held = write(".nianbao-Locked.tmp", 25);
    held.lock().unwrap();
    fs::create_dir(folder.path().join(".nianbao-Folder.tmp")).unwrap();
    let before = names_in(folder.path());
    draft::save(&report("pingtan_2022"), &folder.path().join("年报.ron")).unwrap();
    let after = names_in(folder.path());
    let gone: Vec<_> = before.iter().filter(|name| !after.contains(name)).collect();
    assert_eq!(gone, [".nianbao-aB3xYz.tmp"]);
}

#[test]
fn a_backup_that_cannot_be_kept_is_told_and_stops_nothing() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    let path = folder.path().join("年报.ron");
    fs::create_dir(draft::backup_path(&path)).unwrap();
    type_seven(&mut window);
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.says("没有留下以前的备份"));
    assert!(!window.app().is_dirty());
    assert_eq!(draft::open(&path).unwrap(), window.report());
    assert!(matches!(
        draft::save(&report("pingtan_2021"), &path).unwrap().before,
        Before::Lost(_)
    ));
}

#[test]
fn a_file_that_somebody_else_has_open_is_not_saved_over() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    let theirs = folder.path().join("别人的.ron");
    draft::save(&report("pingtan_2021"), &theirs).unwrap();
    let _held = Held::ask(&theirs, None);
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(theirs.to_str().unwrap());
    window.press(Key::Enter);
    window.click("替换");
    assert!(window.says("没有保存：这个文件正由"));
    assert_eq!(draft::open(&theirs).unwrap(), report("pingtan_2021"));
}

/// A folder may get another name while a draft of it is open: the lock in it is still this program's own, and not somebody
/// else's.
#[cfg(unix)]
#[test]
fn a_draft_whose_folder_was_renamed_is_not_taken_for_somebody_elses() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("旧"), folder.path().join("新"));
    fs::create_dir(&old).unwrap();
    draft::save(&report("pingtan_2022"), &old.join("年报.ron")).unwrap();
    let mut window = Window::open(&old.join("年报.ron"));
    type_seven(&mut window);
    fs::rename(&old, &new).unwrap();
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(new.join("年报.ron").to_str().unwrap());
    window.press(Key::Enter);
    window.click("替换");
    assert!(!window.says("正由"));
    assert_eq!(draft::open(&new.join("年报.ron")).unwrap(), window.report());
    assert!(!window.app().is_dirty());
    // It is held under its new name, and let go under that.
    assert!(Window::open(&new.join("年报.ron")).says("正由"));
    drop(window);
    let locks = |name: &OsString| name.to_string_lossy().ends_with(".lock");
    assert_eq!(names_in(&new).iter().filter(|name| locks(name)).count(), 0);
}

/// What is typed while the draft is being saved is not part of what was saved.
#[test]
fn a_save_never_claims_what_was_typed_after_it() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    let path = folder.path().join("年报.ron");
    type_seven(&mut window);
    for round in 0..10 {
        let ordered = window.report();
        window.0.key_press_modifiers(Modifiers::COMMAND, Key::S);
        window.0.step();
        window.type_text("8");
        window.press(if round % 2 == 0 { Key::Enter } else { Key::Tab });
        let now = window.report();
        assert_eq!(draft::open(&path).unwrap(), ordered, "{round}");
        assert_eq!(window.app().is_dirty(), now != ordered, "{round}");
        type_seven(&mut window);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_never_answers_blocks_nothing_but_leaving() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    let path = folder.path().join("年报.ron");
    type_seven(&mut window);
    let (_, mut lease) = crate::support::endless(folder.path(), "年报.ron");
    window.0.key_press_modifiers(Modifiers::COMMAND, Key::S);
    let until = |window: &mut Window, words: &str| {
        for _ in 0..500 {
            window.0.step();
            if window.says(words) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{words}");
    };
    until(&mut window, "正在保存 年报.ron");
    // The clerk goes on meanwhile.
    window.0.event(egui::Event::Text("8".to_owned()));
    window.0.key_press(Key::Enter);
    window.0.run_steps(3);
    let typed = window.report();
    let cell = typed.form().find("t3.r2.natural").unwrap();
    assert_eq!(typed.value(cell), nianbao::value::Value::Count(8));
    // Asked to close, it waits, and does not close with something unsaved.
    let close = |window: &mut Window| {
        let root = egui::ViewportId::ROOT;
        let input = window.0.input_mut();
        let viewport = input.viewports.get_mut(&root).unwrap();
        viewport.events.push(egui::ViewportEvent::Close);
        window.0.step();
        let declined = window.0.output().viewport_output[&root]
            .commands
            .contains(&egui::ViewportCommand::CancelClose);
        let input = window.0.input_mut();
        input.viewports.get_mut(&root).unwrap().events.clear();
        declined
    };
    assert!(close(&mut window));
    until(&mut window, "请稍等");
    std::io::Write::write_all(&mut lease, "不是草稿".as_bytes()).unwrap();
    drop(lease);
    window.run();
    // He has typed on: no question comes in between, and it does not close either.
    assert!(window.says("没有保存：这个文件在别处被改过"));
    assert!(!window.says("另存为……"));
    assert!(window.report() == typed && window.app().is_dirty());
    let kept = fs::read_to_string(&path).unwrap();
    assert_eq!(kept, "不是草稿", "it was not touched");
}
