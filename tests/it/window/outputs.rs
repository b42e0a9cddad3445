//! Export, preview and printing in the window.

use crate::support::{Window, report};
use egui::{Key, Modifiers};
use nianbao::draft;
use nianbao::export::{self, Format};
use nianbao::import::read;
use nianbao::report::{Edit, History, Report};
use nianbao::ui::theme;
use nianbao::verify::verify;
use std::path::Path;
use std::time::{Duration, Instant};

impl Window {
    /// Waits until the window says something that a thread of its own is working on.
    fn wait_for(&mut self, words: &str) {
        let patience = Instant::now() + Duration::from_secs(120);
        while !self.says(words) {
            assert!(Instant::now() < patience, "never said {words}");
            std::thread::sleep(Duration::from_millis(10));
            self.0.step();
        }
        self.run();
    }

    /// Clicks what sets a thread to work; that wakes the window as often as it likes, so no settling is waited for.
    fn begin(&mut self, name: &str) {
        use egui_kittest::kittest::Queryable as _;
        self.0.get_by_label(name).click();
        self.0.run_steps(2);
    }

    /// The same by the Enter key.
    fn begin_by_enter(&mut self) {
        self.0.key_press(Key::Enter);
        self.0.run_steps(2);
    }

    /// Clicks the last of several buttons that say the same: that of the question in front.
    fn click_last(&mut self, name: &str) {
        use egui_kittest::kittest::Queryable as _;
        self.0.get_all_by_label(name).last().unwrap().click();
        self.run();
    }

    fn replace_field(&mut self, name: &str, text: &str) {
        use egui_kittest::kittest::Queryable as _;
        let field = self
            .0
            .get_by_role_and_label(egui::accesskit::Role::TextInput, name);
        field.click();
        self.run();
        self.press_with(Modifiers::COMMAND, Key::A);
        self.type_text(text);
    }
}

fn is_the_export_of(path: &Path, report: &Report) {
    let source = read::read(&std::fs::read(path).unwrap()).unwrap();
    let found = verify(&crate::support::document(report), &source);
    assert_eq!(found.differences, [], "{}", path.display());
}

#[test]
fn all_formats_are_exported_at_once_beside_the_draft() {
    let truth = report("pingtan_2022");
    let (mut window, folder) = Window::with(&truth);
    window.click("导出");
    assert!(window.says("导出年报") && !window.says("仍要导出吗"));
    window.begin_by_enter();
    window.wait_for("已导出 5 个文件到");
    for format in Format::OFFICIAL {
        is_the_export_of(
            &folder.path().join(export::file_name(&truth, format)),
            &truth,
        );
    }
}

#[test]
fn files_that_are_there_are_asked_about() {
    let truth = report("pingtan_2022");
    let (mut window, folder) = Window::with(&truth);
    let page = folder.path().join(export::file_name(&truth, Format::Html));
    std::fs::write(&page, "我的").unwrap();
    for format in ["Word 文档", "PDF 文件", "OFD 文件", "Excel 工作簿"] {
        if !window.says("导出年报") {
            window.click("导出");
        }
        window.click(format);
    }
    window.press(Key::Enter);
    assert!(window.says("这些文件已经有了"));
    assert_eq!(std::fs::read_to_string(&page).unwrap(), "我的");
    window.begin("两份都留");
    window.wait_for("已导出 1 个文件到");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), "我的");
    let second = page.with_file_name(format!("{}（2）.html", export::file_stem(&truth)));
    is_the_export_of(&second, &truth);

    window.click("知道了");
    window.click("导出");
    window.press(Key::Enter);
    window.begin("替换");
    window.wait_for("已导出 5 个文件到");
    is_the_export_of(&page, &truth);
}

/// Leave to replace files is leave for those that were named, and not for what comes there meanwhile.
#[test]
fn a_file_that_came_after_the_question_is_asked_about_anew() {
    let truth = report("pingtan_2022");
    let (mut window, folder) = Window::with(&truth);
    let file = |format| folder.path().join(export::file_name(&truth, format));
    let (page, word) = (file(Format::Html), file(Format::Docx));
    std::fs::write(&page, "我的").unwrap();
    window.click("导出");
    window.press(Key::Enter);
    assert!(window.says("这些文件已经有了") && !window.says(".docx"));
    std::fs::write(&word, "刚来的").unwrap();
    window.click("替换");
    assert!(window.says("这些文件已经有了") && window.says(".docx") && window.says(".html"));
    assert_eq!(std::fs::read_to_string(&word).unwrap(), "刚来的");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), "我的");
    window.begin("替换");
    window.wait_for("已导出 5 个文件到");
    is_the_export_of(&word, &truth);
    is_the_export_of(&page, &truth);
}

/// One that comes there while the others are being written stays, and that is said.
#[test]
fn a_file_that_comes_at_the_last_moment_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("年报.html");
    std::fs::write(&path, "刚来的").unwrap();
    let said = export::save_new(b"new", &path).unwrap_err().to_string();
    assert!(said.contains("没有替换它"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "刚来的");
    let free = folder.path().join("年报.docx");
    export::save_new(b"new", &free).unwrap();
    assert_eq!(std::fs::read(&free).unwrap(), b"new");
    // Nothing is left beside them.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn what_must_be_corrected_is_exported_only_after_a_question_and_marked() {
    let truth = report("pingtan_2020");
    let (mut window, folder) = Window::with(&truth);
    let page = folder.path().join(export::file_name(&truth, Format::Html));
    window.click("导出");
    assert!(window.says("还有 2 处必改没有改正。仍要导出吗"));
    window.begin("仍然导出");
    window.wait_for("已导出 5 个文件到");
    assert!(
        std::fs::read_to_string(&page)
            .unwrap()
            .contains("草稿（还有 2 处必改）")
    );
    window.click("知道了");
    window.click("导出");
    window.click("每页注明“草稿”");
    window.click("仍然导出");
    window.begin("替换");
    window.wait_for("已导出 5 个文件到");
    assert!(
        !std::fs::read_to_string(&page)
            .unwrap()
            .contains("草稿（还有")
    );
}

/// What a font lacks is to be minded; that the files are there is no complaint for that.
#[test]
fn files_with_something_to_be_minded_are_a_success_with_a_warning() {
    use egui_kittest::kittest::Queryable as _;
    let mut history = History::new(report("pingtan_2022"));
    let text = history.report().form().find_text("s1").unwrap();
    history.apply(Edit::text(history.report(), text, "负责人：张\u{2A6D6}。"));
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::at_home_of_odd_names(home.path());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("年报.ron");
    draft::save(history.report(), &path).unwrap();
    window.app().open(&path);
    window.run();
    for (step, colour) in [(0, theme::SELECTION), (1, theme::ERROR_FILL)] {
        if step == 1 {
            // A folder in a file's place: now one of them cannot be written.
            let pdf = folder
                .path()
                .join(export::file_name(history.report(), Format::Pdf));
            std::fs::remove_file(&pdf).unwrap();
            std::fs::create_dir(&pdf).unwrap();
        }
        window.click("导出");
        window.press(Key::Enter);
        if step == 1 {
            window.begin("替换");
        }
        window.wait_for("个文件到");
        assert!(window.says("请注意：") && window.says("〓"));
        let said = window.0.get_by_label_contains("个文件到").rect();
        let picture = window.0.render().unwrap();
        let beside = picture.get_pixel(said.left() as u32 - 3, said.top() as u32 + 2);
        assert_eq!(beside.0[..3], colour.to_array()[..3], "step {step}");
        window.click("知道了");
    }
}

#[test]
fn a_folder_that_is_none_and_a_file_open_elsewhere_are_told() {
    let truth = report("pingtan_2022");
    let (mut window, folder) = Window::with(&truth);
    window.click("导出");
    window.replace_field("导出到文件夹", "/没有/这里");
    window.click_last("导出");
    assert!(window.says("没有这个文件夹"));
    window.replace_field("导出到文件夹", folder.path().to_str().unwrap());
    let name = export::file_name(&truth, Format::Docx);
    std::fs::write(folder.path().join(&name), "旧").unwrap();
    std::fs::write(folder.path().join(format!(".~lock.{name}#")), "").unwrap();
    window.click_last("导出");
    window.begin("替换");
    window.wait_for("已导出 4 个文件到");
    assert!(window.says("正在别的程序"));
    assert_eq!(
        std::fs::read_to_string(folder.path().join(&name)).unwrap(),
        "旧"
    );
    window.click("知道了");
    window.click("导出");
    window.click("选择文件夹……");
    assert!(window.says("没有可用的文件对话框"));
}

#[test]
fn the_draft_itself_is_never_exported_over() {
    let truth = report("pingtan_2022");
    let (mut window, folder) = Window::with(&truth);
    // A draft under a name that an export could have.
    let path = folder.path().join(export::file_name(&truth, Format::Html));
    std::fs::rename(folder.path().join("年报.ron"), &path).unwrap();
    window.app().open(&path);
    window.run();
    window.click("导出");
    window.press(Key::Enter);
    window.wait_for("这是草稿自己的文件");
    assert_eq!(draft::open(&path).unwrap(), truth);
}

#[test]
fn the_preview_shows_the_pages_and_follows_the_report() {
    let (mut window, _folder) = Window::with(&report("pingtan_2020"));
    window.tab("四、");
    window.click_cell("表四 行政复议·结果维持");
    window.type_text("7");
    window.press(Key::Enter);
    window.0.key_press_modifiers(Modifiers::COMMAND, Key::P);
    window.0.run_steps(2);
    window.wait_for("第 1 页，共 3 页");
    assert!(window.says("还有 2 处必改，每页注明“草稿”"));
    window.press(Key::PageDown);
    assert!(window.says("第 2 页，共 3 页"));
    window.0.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.0.run_steps(2);
    window.wait_for("第 2 页，共 3 页");
    window.click("页宽");
    window.press(Key::PageUp);
    assert!(window.says("第 1 页，共 3 页"));
    window.click("打印");
    assert!(window.says("还有 2 处必改没有改正。仍要打印吗"));
    window.click("仍然打印");
    assert!(window.says("请在那里打印") && window.says(".pdf"));
    window.press(Key::Escape);
    assert!(!window.says("第 1 页，共 3 页") && window.says("审核"));
}

/// Screen readers say of a question what it is.
#[test]
fn every_question_has_its_title_as_its_name() {
    use egui::accesskit::Role;
    use egui_kittest::kittest::{NodeT as _, Queryable as _};
    let (mut window, _folder) = Window::with(&report("pingtan_2020"));
    let name = |window: &Window| {
        let dialog = window.0.get_by_role(Role::Dialog);
        let node = dialog.accesskit_node();
        assert!(node.is_modal());
        node.label().expect("a dialog without a name")
    };
    for command in [
        &["导出"][..],
        &["新建"],
        &["更多…", "公开后核对"],
        &["更多…", "交件"],
        &["更多…", "关于"],
        &["更多…", "结转新年度"],
    ] {
        for click in command {
            window.click(click);
        }
        // The heading says it on the screen, too.
        let name = name(&window);
        let said = window.0.get_all_by_label(&name);
        let roles: Vec<Role> = said.map(|node| node.accesskit_node().role()).collect();
        let both = [Role::Dialog, Role::Label];
        let says = |role: &Role| roles.contains(role);
        assert!(both.iter().all(says), "{command:?} {name} {roles:?}");
        window.press(Key::Escape);
        assert!(
            window.0.query_by_role(Role::Dialog).is_none(),
            "{command:?}"
        );
    }
    window.press(Key::F1);
    assert!(!name(&window).is_empty());
}
