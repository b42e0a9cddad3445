//! Last year in the window: beginning from it, its numbers and wording beside this year's, cards about it.

use crate::support::{Window, fixture, on_the_wrong_form, report, with_last};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbao::report::{Edit, History, Origin, Report};
use nianbao::value::Value;
use std::path::Path;

const CTRL: Modifiers = Modifiers::COMMAND;

/// Answers the window's own path field.
fn path(window: &mut Window, path: &Path) {
    window.press_with(CTRL, Key::A);
    window.type_text(&path.to_string_lossy());
    window.press(Key::Enter);
}

fn from_menu(window: &mut Window, command: &str) {
    window.click("更多…");
    window.click(command);
}

fn with_texts(name: &str, texts: &[(&str, &str)]) -> Report {
    let mut history = History::new(report(name));
    for (id, words) in texts {
        let text = history.report().form().find_text(id).unwrap();
        history.apply(Edit::text(history.report(), text, words));
    }
    history.report().clone()
}

fn value(report: &Report, id: &str) -> Value {
    report.value(report.form().find(id).unwrap())
}

#[test]
fn a_new_year_begins_from_a_file_of_last_year() {
    let mut window = Window::new();
    window.click("由上年年报开始");
    path(&mut window, &fixture("reports/hongze_2023.pdf"));
    // The clerk sees what comes along and what could not be read before anything happens.
    assert!(window.says("2023 年度（hongze_2023.pdf）"));
    assert!(window.says("按上年填好 6 格"));
    assert!(window.says("两种格式混用"));
    window.click("开始 2024 年度");
    let report = window.report();
    assert_eq!(
        (report.year(), report.prior().unwrap().figures.year()),
        (2024, 2023)
    );
    assert!(window.app().is_dirty());
    assert!(window.says("新年度的草稿已建好"));
}

#[test]
fn a_new_year_begins_from_the_open_report_and_keeps_it_safe() {
    let (mut window, _folder) = Window::with(&report("pingtan_2020"));
    window.tab("三、");
    window.click_cell("表三 四、结转下年度继续办理 自然人");
    window.type_text("3");
    window.press(Key::Enter);
    from_menu(&mut window, "结转新年度");
    // The year after the open one is what is asked for most: Enter is enough for it, twice.
    assert!(window.says("用打开着的这份（2020 年度），开始 2021 年度"));
    window.press(Key::Enter);
    assert!(window.says("开始 2021 年度的年报"));
    assert!(window.says("格式由2019年格式换成2021年格式"));
    assert!(!window.says("另选一份文件") && !window.says("不能带入"));
    window.press(Key::Enter);
    // The old one has a change that lies in no file yet.
    assert!(window.says("有改动还没有保存"));
    window.click("不保存");
    let report = window.report();
    assert_eq!(report.year(), 2021);
    assert_eq!(value(&report, "t3.r2.natural"), Value::Count(3));
    assert!(window.says("分成 3 行"));
}

#[test]
fn last_years_figures_come_into_a_begun_report_and_go_again_with_undo() {
    let begun = Report::new(nianbao::form::by_year(2022).unwrap(), "平潭", 2022);
    let (mut window, _folder) = Window::with(&begun);
    // Without last year's figures the button asks for them.
    window.click("上年对照");
    path(&mut window, &fixture("reports/pingtan_2021.json"));
    assert!(window.says("会按上年填 6 格"));
    window.click("把上年数带入打开着的这份");
    let report = window.report();
    assert_eq!(value(&report, "t3.r2.natural"), Value::Count(1));
    let cell = report.form().find("t3.r2.natural").unwrap();
    assert_eq!(report.origin(cell), Some(Origin::LastYear));
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.report(), begun);
}

#[test]
fn a_file_that_is_no_report_changes_nothing() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    let broken = folder.path().join("上年.docx");
    std::fs::write(&broken, b"PK\x03\x04 broken").unwrap();
    let before = window.report();
    window.click("上年对照");
    path(&mut window, &broken);
    assert!(window.says("上年.docx"));
    assert_eq!(window.report(), before);
    assert!(!window.app().is_dirty());
}

#[test]
fn a_report_on_the_wrong_form_changes_it_from_its_card() {
    let wrong = on_the_wrong_form();
    let (mut window, folder) = Window::with(&wrong);
    assert!(window.says("2022 年度不用2019年格式"));
    window.click("换成这一年度的格式……");
    assert!(window.says("现在这份的文件不动"));
    window.click("换成2021年格式");
    assert_eq!(window.report().form().id, "2021");
    assert_eq!(
        value(&window.report(), "t3.r1.natural"),
        value(&wrong, "t3.r1.natural")
    );
    assert!(window.app().is_dirty());
    let file = nianbao::draft::open(&folder.path().join("年报.ron")).unwrap();
    assert_eq!(file, wrong);
}

#[test]
fn another_organs_report_is_not_brought_in_by_enter() {
    let begun = Report::new(nianbao::form::by_year(2024).unwrap(), "平潭县", 2024);
    let (mut window, _folder) = Window::with(&begun);
    window.click("上年对照");
    path(&mut window, &fixture("reports/hongze_2023.json"));
    assert!(window.says("单位与打开着的不同"));
    window.press(Key::Enter);
    assert_eq!(window.report(), begun);
    // Where it is meant all the same, it is asked about as long as the names differ.
    window.click("把上年数带入打开着的这份");
    assert!(window.says("带入的上年数是“淮安市洪泽区人民政府”的，本年的单位是“平潭县”"));
}

#[test]
fn a_file_dropped_onto_a_question_changes_nothing() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    let other = folder.path().join("别的.ron");
    nianbao::draft::save(&report("hongze_2024"), &other).unwrap();
    window.click("上年对照");
    path(&mut window, &fixture("reports/pingtan_2021.json"));
    window.drop_file(other);
    assert_eq!(window.report(), report("pingtan_2022"));
    window.click("把上年数带入打开着的这份");
    assert_eq!(window.report().organ(), report("pingtan_2022").organ());
}

#[test]
fn what_a_file_holds_besides_is_told_before_a_new_year_begins() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("年报.html");
    let page = crate::support::page(&report("pingtan_2021"));
    let row = "<tr><td>三号自设行</td><td>5</td><td>6</td></tr></table>";
    std::fs::write(&file, page.replacen("</table>", row, 1)).unwrap();
    let mut window = Window::new();
    window.click("由上年年报开始");
    path(&mut window, &file);
    assert!(window.says("没有用到的一行：三号自设行 5 6"));
}

#[test]
fn last_years_number_stands_beside_this_years() {
    let this = with_last(&report("pingtan_2022"), &report("pingtan_2021"));
    let (mut window, _folder) = Window::with(&this);
    window.tab("三、");
    let name = "表三 （一）予以公开 自然人";
    let cell = window
        .0
        .get_by_role_and_label(egui::accesskit::Role::GridCell, name);
    let words = cell.accesskit_node().data().description();
    assert!(
        words.is_some_and(|words| words.ends_with("上年 27")),
        "{words:?}"
    );
    window.click_cell(name);
    assert!(window.says("上年 27"));
}

#[test]
fn a_carry_over_that_does_not_agree_is_mended_with_one_click() {
    let mut history = History::new(with_last(&report("pingtan_2022"), &report("pingtan_2021")));
    let cell = history.report().form().find("t3.r2.natural").unwrap();
    history.apply(Edit::cells(history.report(), [(cell, Value::Count(6))]));
    let (mut window, _folder) = Window::with(history.report());
    assert!(window.says("本年所填 ≠ 上年“四、结转下年度继续办理”"));
    window.0.get_by_label("改为上年的 1").click_accesskit();
    window.run();
    assert_eq!(window.report().value(cell), Value::Count(1));
    assert_eq!(window.report().origin(cell), Some(Origin::LastYear));
    assert!(!window.says("本年所填 ≠"));
}

#[test]
fn last_years_wording_is_offered_and_never_copied_unasked() {
    let last = with_texts(
        "pingtan_2021",
        &[("s5", "一是人手不足。\n二是2021年的老问题。\n三是其他。")],
    );
    let (mut window, _folder) = Window::with(&with_last(&report("pingtan_2022"), &last));
    window.tab("五、");
    assert!(window.says("上年（2021 年度）是这样写的"));
    let text = |window: &mut Window| {
        let report = window.report();
        let text = report.form().find_text("s5").unwrap();
        report.text(text).to_owned()
    };
    assert_eq!(text(&mut window), "");
    let take = |window: &mut Window, nth: usize| {
        let link = window.0.get_all_by_label("采用这一段").nth(nth);
        link.unwrap().click();
        window.run();
    };
    take(&mut window, 0);
    assert_eq!(text(&mut window), "一是人手不足。");
    // What was taken is not offered again.
    assert!(window.says("本年正文里已有这一段"));
    take(&mut window, 1);
    assert_eq!(text(&mut window), "一是人手不足。\n三是其他。");
    // It goes where it stood last year, and speaks of this year.
    take(&mut window, 0);
    assert_eq!(
        text(&mut window),
        "一是人手不足。\n二是2022年的老问题。\n三是其他。"
    );
    assert_eq!(window.0.query_all_by_label("采用这一段").count(), 0);
    window.press_with(CTRL, Key::Z);
    window.press_with(CTRL, Key::Z);
    assert_eq!(text(&mut window), "一是人手不足。");
    window.click("上年对照");
    assert!(!window.says("上年（2021 年度）是这样写的"));
}

#[test]
fn two_numbers_of_one_text_are_explained_apart() {
    let s1 = "2022年收到申请9件，答复申请8件。";
    let (mut window, _folder) = Window::with(&with_texts("pingtan_2022", &[("s1", s1)]));
    let report = window.report();
    let evaluation = nianbao::check::evaluate(&report);
    let keys: Vec<String> = evaluation
        .findings
        .iter()
        .filter(|finding| finding.rule_id(report.form()) == "NARRATIVE-T3")
        .map(|finding| finding.key(report.form()))
        .collect();
    assert_eq!(keys, ["NARRATIVE-T3@s1·9件", "NARRATIVE-T3@s1·8件"]);
}

#[test]
fn a_narrow_window_keeps_every_command_within_reach() {
    for width in [600.0, 800.0, 1000.0] {
        let mut window = Window::sized(width, 700.0, 1.0);
        window.click("看一个示例");
        let row = |window: &Window, name: &str| {
            let button = window.0.query_by_label(name);
            button.map(|button| button.rect())
        };
        let saved = row(&window, "示例").expect("whether it is saved is always in sight");
        let menu = row(&window, "更多…").expect("the menu too");
        assert!(menu.right() < saved.left(), "{width}");
        assert!(saved.right() <= width, "{width}");
        window.click("更多…");
        for command in ["查找", "上年对照", "导出", "另存为", "结转新年度"] {
            assert!(
                window.says(command),
                "{command} in the row or in the menu: {width}"
            );
        }
    }
}

#[test]
fn an_import_is_looked_through_cell_by_cell() {
    let mut window = Window::new();
    window
        .app()
        .open_or_import(&fixture("reports/hongze_2023.pdf"));
    window.run();
    assert!(window.says("导入核对"));
    assert!(
        window.says("读到 179 格，原件空白 0 格，没有读到 18 格；印着的总计有 2 处与计算值不同")
    );
    assert!(window.says("原件的“（六）其他处理”（0、0、0、0、0、0、0）"));
    assert!(window.says("没有用到的一行：（六）其他处理 0 0 0 0 0 0 0"));
    window.tab("三、");
    window.click_cell("表三 一、本年新收政府信息公开申请数量 自然人");
    assert!(window.says("原件：21"));
    // What was not found is blank, not 0, and is ticked off as it is filled in.
    let name = "表三 （六）其他处理3.其他 自然人";
    assert_eq!(window.cell(name), "");
    window.click_cell(name);
    assert!(window.says("原件里没有找到"));
    assert!(!window.says("✓ 表三 · （六）其他处理3.其他"));
    for _ in 0..6 {
        window.type_text("0");
        window.press(Key::Tab);
    }
    assert!(window.says("✓ 表三 · （六）其他处理3.其他（6 格）"));
    window.click("核对完毕");
    assert!(!window.says("导入核对"));
    assert!(window.says("必改"));
}

#[test]
fn an_import_that_is_given_up_leaves_nothing() {
    let mut window = Window::new();
    window
        .app()
        .open_or_import(&fixture("reports/hongze_2024.pdf"));
    window.run();
    window.click("放弃导入");
    assert!(window.app().report().is_none());
    assert!(window.says("新建年报"));
    // After work on it, it asks.
    window
        .app()
        .open_or_import(&fixture("reports/hongze_2024.pdf"));
    window.run();
    window.tab("三、");
    window.click_cell("表三 （六）其他处理3.其他 自然人");
    window.type_text("1");
    window.press(Key::Enter);
    window.click("放弃导入");
    assert!(window.says("有改动还没有保存"));
    window.click("取消");
    assert!(window.app().report().is_some());
    // What is half-typed counts as work.
    window
        .app()
        .open_or_import(&fixture("reports/hongze_2024.pdf"));
    window.run();
    window.tab("三、");
    window.click_cell("表三 （六）其他处理3.其他 自然人");
    window.type_text("77");
    window.click("放弃导入");
    assert!(window.says("有改动还没有保存"));
}

#[test]
fn an_oddity_is_shown_with_the_words_of_the_source() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("年报.html");
    let page = crate::support::page(&report("hongze_2024"));
    let page = page
        .replacen(">9487<", ">9487（其中修订 16 件）<", 1)
        .replacen(">2776<", ">约2776<", 1);
    std::fs::write(&path, page).unwrap();
    let mut window = Window::new();
    window.app().open_or_import(&path);
    window.run();
    assert!(window.says("表二 · 行政许可 · 本年处理决定数量：“9487（其中修订 16 件）” → 9487"));
    assert!(window.says("表二 · 行政处罚 · 本年处理决定数量：原件写“约2776”"));
    window.click_cell("表二 行政处罚 本年处理决定数量");
    assert!(window.says("原件：约2776（没有读懂）"));
}
