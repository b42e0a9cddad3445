//! Nothing is lost: recovery, backups, locks, files changed by others.

use crate::support::{Window, report};
use egui::{Event, Key, Modifiers};
use nianbao::disk::Home;
use nianbao::draft::{self, Held, Hold, Recorder, leftovers};
use nianbao::report::{Edit, History, Place, Report, Signature};
use nianbao::value::Value;
use std::fs;
use std::path::Path;

fn with_cell(report: &Report, id: &str, n: i64) -> Report {
    let mut history = History::new(report.clone());
    let cell = report.form().find(id).unwrap();
    history.apply(Edit::cells(history.report(), [(cell, Value::Count(n))]));
    history.report().clone()
}

#[test]
fn what_a_dead_program_left_is_offered_and_a_living_ones_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path());
    let typed = report("pingtan_2022");
    let recorder = Recorder::start(&home).unwrap();
    recorder.keep(
        &draft::to_text(&typed),
        Some(Path::new("/某处/年报.ron")),
        &[],
    );
    recorder.flush().unwrap();
    assert_eq!(leftovers(&home).0.len(), 0, "its program lives");
    // A program that is killed releases its lock and cleans nothing up.
    std::mem::forget(recorder.rescuer());
    let dead = folder.path().join("recovery").join("1-0.ron");
    let living = fs::read_dir(folder.path().join("recovery"))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    fs::copy(
        living
            .filter(|path| path.extension().is_some_and(|e| e == "ron"))
            .last()
            .unwrap(),
        &dead,
    )
    .unwrap();
    let (found, unread) = leftovers(&home);
    assert_eq!((found.len(), unread.len()), (1, 0));
    assert_eq!(found[0].report, typed);
    assert_eq!(found[0].file.as_deref(), Some(Path::new("/某处/年报.ron")));
    found[0].discard().unwrap();
    recorder.clear();
    recorder.flush().unwrap();
    drop(recorder);
    assert_eq!(
        fs::read_dir(folder.path().join("recovery"))
            .unwrap()
            .count(),
        0,
        "an orderly end leaves nothing"
    );
}

#[test]
fn a_damaged_recovery_file_is_told_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path());
    let recovery = folder.path().join("recovery");
    fs::create_dir_all(&recovery).unwrap();
    fs::write(recovery.join("7-0.ron"), "(nianbao: 1, form").unwrap();
    let (found, unread) = leftovers(&home);
    assert_eq!((found.len(), unread.len()), (0, 1));
    assert!(recovery.join("7-0.ron").exists());
}

#[test]
fn ten_earlier_states_are_kept() {
    let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let home = Home::at(home.path());
    let path = folder.path().join("年报.ron");
    for n in 0..14 {
        home.keep_backup(&path).unwrap();
        draft::save(
            &with_cell(&report("pingtan_2022"), "t3.r1.natural", n),
            &path,
        )
        .unwrap();
    }
    let kept = home.backups(&path);
    assert_eq!(kept.len(), 10);
    let number = |path| {
        let report = draft::open(path).unwrap();
        report.value(report.form().find("t3.r1.natural").unwrap())
    };
    assert_eq!(
        (number(&kept[0]), number(&kept[9])),
        (Value::Count(12), Value::Count(3))
    );
}

#[test]
fn the_second_program_is_told_who_has_the_draft_and_a_stale_lock_is_no_hindrance() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("年报.ron");
    draft::save(&report("pingtan_2022"), &path).unwrap();
    let Hold::Ours(held) = Held::ask(&path, None) else {
        panic!("nobody has it")
    };
    match Held::ask(&path, None) {
        Hold::Theirs(who) => assert!(!who.is_empty()),
        other => panic!("{other:?}"),
    }
    drop(held);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "the lock is gone"
    );
    // What a killed program leaves: a file, and no lock on it.
    fs::write(folder.path().join(".~年报.ron.lock"), "某人（PC-01）").unwrap();
    assert!(matches!(Held::ask(&path, None), Hold::Ours(_)));
}

#[test]
fn a_draft_that_somebody_else_has_open_can_only_be_saved_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("年报.ron");
    draft::save(&report("pingtan_2022"), &path).unwrap();
    let before = fs::read(&path).unwrap();
    let held = Held::ask(&path, None);
    let mut window = Window::open(&path);
    assert!(window.says("打开。这里可以看、可以改，但只能另存为别的文件"));
    window.tab("二、");
    window.type_text("7");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.says("草稿另存为"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(path.to_str().unwrap());
    window.press(Key::Enter);
    assert!(window.says("没有保存"));
    assert_eq!(fs::read(&path).unwrap(), before);
    drop(held);
}

#[test]
fn a_file_changed_by_others_is_noticed_before_it_is_replaced() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    let path = folder.path().join("年报.ron");
    window.tab("二、");
    window.type_text("7");
    window.press(Key::Enter);
    draft::save(&report("pingtan_2021"), &path).unwrap();
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.says("这个文件在别处被改过"));
    window.click("取消");
    assert_eq!(draft::open(&path).unwrap(), report("pingtan_2021"));
    window.press_with(Modifiers::COMMAND, Key::S);
    window.click("用这里的内容替换");
    assert_eq!(draft::open(&path).unwrap(), window.report());
    assert_eq!(
        draft::open(&draft::backup_path(&path)).unwrap(),
        report("pingtan_2021")
    );
    assert!(!window.app().is_dirty());
}

#[test]
fn a_folder_that_vanished_is_told_and_nothing_is_lost() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    window.tab("二、");
    window.type_text("7");
    window.press(Key::Enter);
    fs::remove_dir_all(folder.path()).unwrap();
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.says("没有保存成功") && window.says("U 盘"));
    assert!(window.app().is_dirty());
    let cell = window.report().form().find("t2.rule.made").unwrap();
    assert_eq!(window.report().value(cell), Value::Count(7));
}

#[test]
fn the_start_screen_offers_what_was_left_with_what_would_change() {
    let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = folder.path().join("年报.ron");
    let (saved, typed) = (
        report("pingtan_2022"),
        with_cell(&report("pingtan_2022"), "t3.r1.natural", 99),
    );
    draft::save(&saved, &path).unwrap();
    let recovery = home.path().join("recovery");
    fs::create_dir_all(&recovery).unwrap();
    fs::write(
        recovery.join("1-0.ron"),
        format!(
            "// 草稿文件：{}\n{}",
            path.display(),
            draft::to_text(&typed)
        ),
    )
    .unwrap();
    let mut window = Window::at_home(home.path());
    assert!(window.says("上次没有保存就关闭了"));
    assert!(window.says("改了 1 处：表三 · 一、本年新收政府信息公开申请数量 · 自然人"));
    window.click("恢复");
    assert_eq!(window.report(), typed);
    assert!(window.app().is_dirty() && !recovery.join("1-0.ron").exists());
    assert!(
        fs::read_dir(&recovery).unwrap().count() >= 1,
        "it is kept under the new program's name"
    );
    window.press_with(Modifiers::COMMAND, Key::S);
    assert_eq!(draft::open(&path).unwrap(), typed);
}

#[test]
fn typing_reaches_the_recovery_file_by_itself() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::at_home(home.path());
    window.click("看一个示例");
    window.tab("三、");
    window.0.event(Event::Text("5".to_owned()));
    window.0.key_press(Key::Enter);
    window.run();
    let typed = window.report();
    let written = || {
        let files = fs::read_dir(home.path().join("recovery"))
            .unwrap()
            .map(|entry| entry.unwrap().path());
        files
            .filter(|path| path.extension().is_some_and(|e| e == "ron"))
            .find_map(|path| draft::open(&path).ok())
    };
    let start = std::time::Instant::now();
    while written().as_ref() != Some(&typed) {
        assert!(
            start.elapsed().as_secs() < 20,
            "it is written without being asked"
        );
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn differences_are_named_place_by_place() {
    let (a, b) = (
        report("pingtan_2022"),
        with_cell(&report("pingtan_2022"), "t2.rule.made", 3),
    );
    let cell = a.form().find("t2.rule.made").unwrap();
    assert_eq!(a.differences(&b), Some(vec![Place::Cell(cell)]));
    assert_eq!(a.differences(&a), Some(Vec::new()));
    assert_eq!(a.differences(&report("pingtan_2020")), None);
    // What is noted beside the report is named one by one: whoever recovers it decides by these words.
    let mut history = History::new(a.clone());
    let signature = Signature {
        organ: "某局".to_owned(),
        date: "2023年1月9日".to_owned(),
    };
    history.apply(Edit::signature(&a, signature));
    let places = a.differences(history.report()).unwrap();
    let names: Vec<String> = places.iter().map(|place| place.name(&a)).collect();
    assert_eq!(names, ["落款"]);
}

/// A small disk of its own for the length of a test. Only root may mount; anybody else becomes it in a name space of his
/// own, where the system lets him: the test then runs there.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_the_old_file_stays() {
    use std::process::Command;
    const NAME: &str = "draft::safety::a_full_disk_is_told_and_the_old_file_stays";
    let folder = tempfile::tempdir().unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=40k", "tmpfs"])
        .arg(folder.path())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        assert!(
            std::env::var_os("IN_NAME_SPACE").is_none(),
            "nothing can be mounted"
        );
        let status = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount"])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", NAME])
            .env("IN_NAME_SPACE", "1")
            .status();
        return assert!(
            status.is_ok_and(|status| status.success()),
            "no disk to fill"
        );
    }
    let path = folder.path().join("年报.ron");
    draft::save(&report("pingtan_2021"), &path).unwrap();
    let mut ballast = fs::File::create(folder.path().join("ballast")).unwrap();
    while std::io::Write::write_all(&mut ballast, &[0; 512]).is_ok() {}
    drop(ballast);
    let error = draft::save(&report("pingtan_2022"), &path).map(drop);
    let told = error.as_ref().err().map(ToString::to_string);
    let opened = draft::open(&path).unwrap();
    Command::new("umount").arg(folder.path()).status().unwrap();
    assert!(
        told.is_some_and(|told| told.contains("磁盘已满")),
        "{error:?}"
    );
    assert_eq!(opened, report("pingtan_2021"));
}

/// Root may write everywhere, so the program runs as another user then.
#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told_and_left_as_it_is() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    const NOBODY: u32 = 65_534;
    let mode =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (place, locked) = (folder.path(), folder.path().join("只读"));
    fs::create_dir(&locked).unwrap();
    draft::save(&report("pingtan_2021"), &place.join("去年.ron")).unwrap();
    let program = place.join("nianbao");
    // By another process: while this one writes a program, a test beside it that starts one keeps it from being run.
    let copy = std::process::Command::new("cp")
        .args([Path::new(env!("CARGO_BIN_EXE_nianbao")), &program])
        .status();
    assert!(copy.unwrap().success());
    mode(place, 0o755);
    mode(&locked, 0o555);
    let mut next = std::process::Command::new(&program);
    next.arg("next").arg(place.join("去年.ron"));
    next.arg("-o")
        .arg(locked.join("今年.ron"))
        .env("HOME", place);
    if fs::metadata(place).unwrap().uid() == 0 {
        next.uid(NOBODY).gid(NOBODY);
    }
    let done = next.output().unwrap();
    let left = fs::read_dir(&locked).unwrap().count();
    mode(&locked, 0o755);
    let told = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{told}");
    assert!(
        told.contains("没有权限") && told.contains("今年.ron"),
        "{told}"
    );
    assert_eq!(left, 0);
}

#[test]
fn what_was_not_wanted_is_not_offered_again() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::at_home(home.path());
    window.click("看一个示例");
    window.tab("三、");
    window.type_text("5");
    window.press(Key::Enter);
    window.request_close();
    assert!(window.says("有改动还没有保存"));
    window.click("不保存");
    drop(window);
    assert_eq!(leftovers(&Home::at(home.path())).0.len(), 0);
    // A window that is torn down without an answer leaves its work behind.
    let mut window = Window::at_home(home.path());
    window.click("看一个示例");
    window.tab("三、");
    window.type_text("6");
    window.press(Key::Enter);
    drop(window);
    assert_eq!(leftovers(&Home::at(home.path())).0.len(), 1);
}

#[test]
fn a_backup_is_opened_without_becoming_the_draft() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("年报.ron");
    draft::save(&report("pingtan_2021"), &path).unwrap();
    draft::save(&report("pingtan_2022"), &path).unwrap();
    let backup = draft::backup_path(&path);
    let mut window = Window::open(&backup);
    assert_eq!(window.report(), report("pingtan_2021"));
    assert!(window.says("打开的是备份") && window.app().is_dirty());
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.says("草稿另存为"));
}

/// A draft of which a dead program has left something unsaved; returns what was saved and what was typed.
fn with_leftover(path: &Path, home: &Path) -> (Report, Report) {
    let saved = report("pingtan_2022");
    let typed = with_cell(&saved, "t3.r1.natural", 99);
    draft::save(&saved, path).unwrap();
    let recovery = home.join("recovery");
    fs::create_dir_all(&recovery).unwrap();
    let text = format!(
        "// 草稿文件：{}\n{}",
        path.display(),
        draft::to_text(&typed)
    );
    fs::write(recovery.join("1-0.ron"), text).unwrap();
    (saved, typed)
}

#[test]
fn opening_the_draft_itself_asks_for_what_was_left_unsaved() {
    for recover in [true, false] {
        let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let path = folder.path().join("年报.ron");
        let (saved, typed) = with_leftover(&path, home.path());
        let mut window = Window::at_home(home.path());
        // As by a double click on the file.
        window.app().open_or_import(&path);
        window.run();
        assert!(window.says("这份草稿还有没保存的内容"));
        assert!(window.app().report().is_none());
        if recover {
            window.click("恢复没保存的内容");
            assert_eq!(window.report(), typed);
            assert!(window.app().is_dirty());
        } else {
            window.click("打开保存过的文件");
            assert_eq!(window.report(), saved);
            // What was left stays until somebody decides.
            assert!(home.path().join("recovery/1-0.ron").exists());
        }
    }
}

#[test]
fn what_was_left_never_goes_over_a_file_that_was_saved_later() {
    let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = folder.path().join("年报.ron");
    with_leftover(&path, home.path());
    let later = with_cell(&report("pingtan_2022"), "t2.licence.decisions", 5);
    draft::save(&later, &path).unwrap();
    let older = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    let leftover = fs::File::options()
        .write(true)
        .open(home.path().join("recovery/1-0.ron"))
        .unwrap();
    leftover.set_modified(older).unwrap();
    let mut window = Window::at_home(home.path());
    assert!(window.says("文件比没保存的内容新"));
    window.click("恢复");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.says("这个文件在别处被改过"));
    assert_eq!(draft::open(&path).unwrap(), later);
}

/// A window in which nothing happens draws nothing: it has to be woken.
#[test]
fn a_recorder_tells_by_itself_when_it_cannot_keep_and_when_it_can_again() {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::start(&Home::at(folder.path())).unwrap();
    let (sender, changes) = std::sync::mpsc::channel();
    recorder.on_change(move || {
        let _ = sender.send(());
    });
    let told = || {
        changes
            .recv_timeout(std::time::Duration::from_secs(20))
            .is_ok()
    };
    let recovery = folder.path().join("recovery");
    fs::remove_dir_all(&recovery).unwrap();
    fs::write(&recovery, "").unwrap();
    recorder.keep("一", None, &[]);
    assert!(told() && recorder.failure().is_some());
    fs::remove_file(&recovery).unwrap();
    fs::create_dir(&recovery).unwrap();
    assert!(told() && recorder.failure().is_none());
}
