//! What was left unsaved comes back, and never over another report.

use crate::support::{Window, report};
use egui::{Event, Key, Modifiers};
use nianbao::disk::Home;
use nianbao::draft::{self, Recorder, leftovers};
use nianbao::report::Report;
use nianbao::value::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A folder for drafts and one for the program.
struct Place {
    drafts: tempfile::TempDir,
    home: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let new = || tempfile::tempdir().unwrap();
        Self {
            drafts: new(),
            home: new(),
        }
    }

    fn draft(&self, name: &str) -> PathBuf {
        self.drafts.path().join(name)
    }

    fn window(&self) -> Window {
        Window::at_home(self.home.path())
    }

    fn window_with(&self, path: &Path) -> Window {
        let mut window = self.window();
        window.app().open(path);
        window.run();
        window
    }

    /// Opens a draft, types something into it, and dies; returns what was typed.
    fn die_with(&self, path: &Path) -> Report {
        let mut window = self.window_with(path);
        type_number(&mut window, "7");
        window.report()
    }

    fn left(&self) -> Vec<draft::Leftover> {
        leftovers(&Home::at(self.home.path())).0
    }

    /// What was thrown away and is still there.
    fn thrown_away(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.home.path().join("discarded"));
        let entries = entries.into_iter().flatten();
        entries.map(|entry| entry.unwrap().path()).collect()
    }
}

fn type_number(window: &mut Window, number: &str) {
    window.tab("三、");
    window.type_text(number);
    window.press(Key::Enter);
}

#[test]
fn a_draft_is_recorded_with_its_full_path() {
    let home = tempfile::tempdir().unwrap();
    let home = Home::at(home.path());
    let recorder = Recorder::start(&home).unwrap();
    let text = draft::to_text(&report("pingtan_2022"));
    recorder.keep(&text, Some(Path::new("年报.ron")), &[7]);
    recorder.flush().unwrap();
    let folder = home.recovery().unwrap();
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let kept = files.filter(|path| path.extension().is_some_and(|end| end == "ron"));
    let kept = fs::read_to_string(kept.last().unwrap()).unwrap();
    let here = std::env::current_dir().unwrap().join("年报.ron");
    assert!(kept.starts_with(&format!("// 草稿文件：{}\n", here.display())));
}

/// As an earlier version recorded it: such a path leads to whatever lies there.
#[test]
fn a_path_from_some_folder_or_other_belongs_to_nothing() {
    let place = Place::new();
    let folder = place.home.path().join("recovery");
    fs::create_dir_all(&folder).unwrap();
    let text = draft::to_text(&report("pingtan_2022"));
    fs::write(
        folder.join("1-0.ron"),
        format!("// 草稿文件：Cargo.toml\n{text}"),
    )
    .unwrap();
    assert_eq!(place.left()[0].file, None);
    let mut window = place.window();
    window.click("恢复");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.says("草稿另存为"));
}

/// The second person has keyed some numbers, with the last one still being typed; nothing else is unsaved.
#[test]
fn a_second_count_that_is_not_finished_is_recovered() {
    let place = Place::new();
    let path = place.draft("年报.ron");
    draft::save(&report("pingtan_2022"), &path).unwrap();
    {
        let mut window = place.window_with(&path);
        window.click("更多…");
        window.click("复核");
        for typed in ["3", "４", "5"] {
            window.type_text(typed);
            window.press(Key::Enter);
        }
        window.type_text("6");
        window.run();
    }
    let left = place.left();
    let keyed: Vec<String> = left[0]
        .keyed
        .iter()
        .map(|(_, value)| value.to_string())
        .collect();
    assert_eq!(keyed.len(), 4, "{keyed:?}");
    assert_eq!(left[0].report, report("pingtan_2022"));
    let mut window = place.window();
    assert!(window.says("复核时已打了 4 个数，恢复以后接着打"));
    window.click("恢复");
    window.click("更多…");
    window.click("复核");
    let name = "规章 本年制发件数";
    assert_eq!(window.cell(&format!("表二 {name}")), "3");
    // Nothing of it is in the draft.
    assert_eq!(window.report(), report("pingtan_2022"));
}

/// The folder was renamed, and another one with a draft of the same name is now where it was.
#[test]
fn a_recovered_report_is_not_saved_over_another_one_in_its_place() {
    for other in [Some("pingtan_2021"), Some("hongze_2023"), None] {
        let place = Place::new();
        fs::create_dir(place.draft("甲")).unwrap();
        let path = place.draft("甲/年报.ron");
        draft::save(&report("pingtan_2022"), &path).unwrap();
        let typed = place.die_with(&path);
        fs::rename(place.draft("甲"), place.draft("旧")).unwrap();
        fs::create_dir(place.draft("甲")).unwrap();
        match other.map(report) {
            Some(other) => drop(draft::save(&other, &path).unwrap()),
            None => fs::write(&path, "采购清单").unwrap(),
        }
        let before = fs::read(&path).unwrap();
        let mut window = place.window();
        assert!(window.says("它原来的文件") && window.says("不会被改动"));
        // The other draft is not what was left: it is opened without a question.
        if let Some(other) = other {
            window.app().open(&path);
            window.run();
            assert_eq!(window.report(), report(other));
            drop(window);
            window = place.window();
        }
        window.click("恢复");
        assert!(window.report() == typed && window.says("没有动"));
        window.press_with(Modifiers::COMMAND, Key::S);
        assert!(window.says("草稿另存为"));
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

/// The same while the report is open, recovered or not.
#[test]
fn another_report_that_takes_the_place_of_the_open_one_is_not_saved_over() {
    for recovered in [false, true] {
        let place = Place::new();
        let path = place.draft("年报.ron");
        draft::save(&report("pingtan_2022"), &path).unwrap();
        let mut window = place.window_with(&path);
        type_number(&mut window, "7");
        if recovered {
            drop(window);
            window = place.window();
            window.click("恢复");
        }
        fs::rename(&path, place.draft("别名.ron")).unwrap();
        draft::save(&report("pingtan_2021"), &path).unwrap();
        for _ in 0..2 {
            window.press_with(Modifiers::COMMAND, Key::S);
            let title = report("pingtan_2021").title();
            assert!(window.says(&format!("《{title}》")));
            // Who has just opened it himself may know better.
            assert_eq!(window.says("用这里的内容替换"), !recovered);
            window.click("取消");
        }
        assert_eq!(draft::open(&path).unwrap(), report("pingtan_2021"));
        assert!(window.app().is_dirty());
        window.press_with(Modifiers::COMMAND, Key::S);
        window.click("另存为……");
        assert!(window.says("草稿另存为"));
    }
}

/// Killed between saving and forgetting what was unsaved: the file holds what is recovered, and nothing is asked.
#[test]
fn what_was_saved_in_the_last_moment_is_known() {
    let place = Place::new();
    let path = place.draft("年报.ron");
    draft::save(&report("pingtan_2022"), &path).unwrap();
    let typed = place.die_with(&path);
    draft::save(&typed, &path).unwrap();
    let mut window = place.window();
    assert!(window.says("与保存过的文件完全一样"));
    window.click("恢复");
    type_number(&mut window, "9");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert_eq!(draft::open(&path).unwrap(), window.report());
}

#[test]
fn a_draft_that_is_gone_is_saved_anew_or_elsewhere() {
    let place = Place::new();
    fs::create_dir(place.draft("甲")).unwrap();
    let path = place.draft("甲/年报.ron");
    draft::save(&report("pingtan_2022"), &path).unwrap();
    let typed = place.die_with(&path);
    fs::rename(place.draft("甲"), place.draft("乙")).unwrap();
    let mut window = place.window();
    assert!(window.says("它的文件现在找不到"));
    window.click("恢复");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.says("没有保存成功") && window.app().is_dirty());
    let moved = draft::open(&place.draft("乙/年报.ron")).unwrap();
    assert_eq!(moved, report("pingtan_2022"));
    fs::create_dir(place.draft("甲")).unwrap();
    window.press_with(Modifiers::COMMAND, Key::S);
    assert_eq!(draft::open(&path).unwrap(), typed);
}

#[test]
fn not_wanted_is_asked_about_and_kept_for_thirty_days() {
    let place = Place::new();
    let path = place.draft("年报.ron");
    draft::save(&report("pingtan_2022"), &path).unwrap();
    let typed = place.die_with(&path);
    let mut window = place.window();
    window.click("不要了");
    assert!(window.says("不要这份没保存的内容了？") && window.says("30 天"));
    window.click("取消");
    assert!(window.says("上次没有保存就关闭了") && place.left().len() == 1);
    window.click("不要了");
    window.click("不要了，以后不再提示");
    assert!(!window.says("上次没有保存就关闭了") && place.left().is_empty());
    drop(window);
    let [kept] = place.thrown_away().try_into().unwrap();
    assert_eq!(draft::open(&kept).unwrap(), typed);
    // It can be looked at, and is no place for a draft.
    let mut window = place.window_with(&kept);
    assert!(window.report() == typed && window.says("打开的是备份"));
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.says("草稿另存为"));
    drop(window);
    let age = |days: u64| {
        let written = SystemTime::now() - Duration::from_secs(days * 24 * 3600);
        let file = fs::File::options().write(true).open(&kept).unwrap();
        file.set_modified(written).unwrap();
    };
    age(29);
    drop(place.window());
    assert_eq!(place.thrown_away().len(), 1);
    age(31);
    drop(place.window());
    assert_eq!(place.thrown_away().len(), 0);
}

#[test]
fn recovered_work_that_is_closed_without_saving_is_kept_too() {
    let place = Place::new();
    let path = place.draft("年报.ron");
    draft::save(&report("pingtan_2022"), &path).unwrap();
    place.die_with(&path);
    let mut window = place.window();
    window.click("恢复");
    type_number(&mut window, "9");
    let typed = window.report();
    assert!(window.request_close());
    window.click("不保存");
    drop(window);
    let [kept] = place.thrown_away().try_into().unwrap();
    assert_eq!(draft::open(&kept).unwrap(), typed);
    assert!(place.left().is_empty());
}

/// What is in a cell and not entered yet is work as well.
#[test]
fn what_is_being_typed_is_not_lost_in_a_crash() {
    let place = Place::new();
    let path = place.draft("年报.ron");
    draft::save(&report("pingtan_2022"), &path).unwrap();
    let mut window = place.window_with(&path);
    window.tab("三、");
    window.type_text("1234");
    drop(window);
    let left = place.left();
    let cell = left[0].report.form().find("t3.r1.natural").unwrap();
    assert_eq!(left[0].report.value(cell), Value::Count(1234));
    // Taken back with Esc, it is none.
    let place = Place::new();
    let mut window = place.window_with(&path);
    window.tab("三、");
    window.type_text("1234");
    window.press(Key::Escape);
    drop(window);
    assert!(place.left().is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_crash_while_something_is_asked_or_read_loses_nothing_typed_before() {
    type Ask = fn(&mut Window);
    let asks: [(&str, Ask); 5] = [
        ("help", |window| window.0.key_press(Key::F1)),
        ("open", |window| {
            window.0.key_press_modifiers(Modifiers::COMMAND, Key::O);
        }),
        ("save", |window| {
            window.0.key_press_modifiers(Modifiers::COMMAND, Key::S);
        }),
        ("close", |window| assert!(window.request_close())),
        ("import", |window| {
            window.0.key_press_modifiers(Modifiers::COMMAND, Key::O);
            window.run();
            window.click("不保存");
            window.type_text("从不结束.docx");
            window.0.key_press(Key::Enter);
        }),
    ];
    for (name, ask) in asks {
        let place = Place::new();
        let path = place.draft("从不结束.docx");
        let _lease = crate::support::endless(path.parent().unwrap(), "从不结束.docx");
        let mut window = place.window();
        window.click("看一个示例");
        window.tab("三、");
        window.0.event(Event::Text("1234".to_owned()));
        window.0.key_press(Key::Enter);
        window.0.event(Event::Text("56".to_owned()));
        window.0.run_steps(4);
        ask(&mut window);
        window.0.run_steps(6);
        drop(window);
        let left = place.left();
        assert_eq!(left.len(), 1, "{name}");
        let number = |id: &str| {
            let report = &left[0].report;
            report.value(report.form().find(id).unwrap())
        };
        assert_eq!(number("t3.r1.natural"), Value::Count(1234), "{name}");
        assert_eq!(number("t3.r2.natural"), Value::Count(56), "{name}");
    }
}
