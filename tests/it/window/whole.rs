//! The window, driven as a clerk drives it: keys, clicks, names that a screen reader speaks.

use crate::support::{Window, report};
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;
use nianbao::{draft, form};

/// A new report, made through the dialog.
fn new_report(organ: &str, year: &str) -> Window {
    let mut window = Window::new();
    window.click("新建年报");
    window.type_text(organ);
    window.press(Key::Tab);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(year);
    window.press(Key::Enter);
    assert_eq!(window.report().organ(), organ);
    window
}

/// Types a whole table: each number, then Tab, in reading order.
fn type_table(window: &mut Window, tab: &str, of: &Report, table: usize) {
    window.tab(tab);
    let form = of.form().clone();
    for cell in of
        .cells()
        .filter(|&ix| form.cell(ix).table == table && !form.cell(ix).computed)
    {
        window.type_text(&of.value(cell).printed(form.cell(cell).kind));
        window.press(Key::Tab);
    }
}

/// Saves under a name through the window's own path field.
fn save_as(window: &mut Window, path: &std::path::Path) {
    window.press_with(Modifiers::COMMAND, Key::S);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(path.to_str().unwrap());
    window.press(Key::Enter);
}

/// The sample: typed through the keyboard, broken, seen red, undone, saved, opened again in a fresh window.
fn fill_break_undo_save(of: &Report) {
    let mut window = new_report(of.organ(), &of.year().to_string());
    assert_eq!(window.report().form().id, of.form().id);
    for (table, tab) in ["二、", "三、", "四、"].into_iter().enumerate() {
        type_table(&mut window, tab, of, table);
    }
    for cell in window.report().cells() {
        assert_eq!(
            window.report().value(cell),
            of.value(cell),
            "{}",
            of.form().cell(cell).id
        );
    }
    assert!(
        window
            .tabs()
            .iter()
            .filter(|tab| tab.ends_with("已填，没有发现不平") || tab.ends_with("全部为 0"))
            .count()
            >= 3,
        "{:?}",
        window.tabs()
    );

    window.tab("三、");
    let before = of.value(of.form().find("t3.r3_1.natural").unwrap());
    window.click_cell("表三 （一）予以公开 自然人");
    window.type_text("9876");
    window.press(Key::Enter);
    for row in [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（七）总计",
        "四、结转下年度继续办理",
    ] {
        for column in ["自然人", "总计"] {
            assert!(
                window.is_red(&format!("表三 {row} {column}")),
                "{row} {column}"
            );
        }
        assert!(!window.is_red(&format!("表三 {row} 商业企业")));
    }
    assert!(window.says("表三 · 自然人：一+二 ≠ 三（七）+四"));
    assert!(
        window.tabs().contains(&"三、依申请公开 必改 2".to_owned()),
        "{:?}",
        window.tabs()
    );

    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(
        window.cell("表三 （一）予以公开 自然人"),
        before.to_string()
    );
    assert!(!window.is_red("表三 （七）总计 自然人") && !window.says("≠"));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("填好的.ron");
    save_as(&mut window, &path);
    assert!(!window.app().is_dirty());
    let mut again = Window::open(&path);
    assert_eq!(again.report(), window.report());
    for cell in of.cells() {
        assert_eq!(again.report().value(cell), of.value(cell));
    }
}

#[test]
fn the_sample_is_typed_broken_undone_saved_and_opened() {
    fill_break_undo_save(&report("jiutai_xinglong_2020"));
}

#[test]
fn a_report_with_numbers_everywhere_is_typed_broken_undone_saved_and_opened() {
    fill_break_undo_save(&balanced_2021());
}

/// A made-up report of the 2021 form in which nearly every cell holds another number.
pub fn balanced_2021() -> Report {
    let form = form::by_id("2021").unwrap();
    let mut history = History::new(Report::new(form.clone(), "某市人民政府", 2024));
    let set = |history: &mut History, id: &str, n: i64| {
        let cell = form.find(id).unwrap();
        history.apply(Edit::cells(history.report(), [(cell, Value::Count(n))]));
    };
    for (nth, cell) in form
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.computed)
    {
        set(&mut history, &cell.id, (nth as i64 * 7) % 23);
    }
    let fee = form.find("t2.fee.amount").unwrap();
    history.apply(Edit::cells(
        history.report(),
        [(fee, Value::Amount("59237.2449".parse().unwrap()))],
    ));
    // 一+二=三（七）+四 is made to hold by 一.
    for column in ["natural", "biz", "research", "welfare", "legal", "other"] {
        let evaluation = nianbao::check::evaluate(history.report());
        let number =
            |row: &str| match evaluation.value(form.find(&format!("t3.{row}.{column}")).unwrap()) {
                Value::Count(n) => n,
                other => panic!("{other:?}"),
            };
        let balance = number("r3_7") + number("r4") - number("r2");
        set(&mut history, &format!("t3.r1.{column}"), balance);
    }
    history.report().clone()
}

#[test]
fn tables_two_and_four_turn_red_too() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("二、");
    window.click_cell("表二 行政规范性文件 本年制发件数");
    window.type_text("-5");
    window.press(Key::Enter);
    assert!(
        window.is_red("表二 行政规范性文件 本年制发件数") && window.says("数量和金额不能是负数")
    );
    // A total that an import stated: red until the computed one is adopted.
    let (mut window, _folder) = Window::with(&report("hongze_2023"));
    window.tab("四、");
    assert!(window.is_red("表四 行政复议·总计") && window.is_red("表四 行政复议·结果维持"));
    assert_eq!(window.cell("表四 行政复议·总计"), "0");
    window.click("采用计算值 11");
    assert_eq!(window.cell("表四 行政复议·总计"), "11");
    assert!(!window.is_red("表四 行政复议·总计"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.is_red("表四 行政复议·总计"));
}

#[test]
fn totals_follow_in_the_same_frame() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    window.click_cell("表三 （一）予以公开 自然人");
    window.0.event(Event::Text("1".to_owned()));
    window.0.event(Event::Text("2".to_owned()));
    window.0.key_press(Key::Enter);
    // The key's own frame, and not one more.
    window.0.run_steps(3);
    assert_eq!(window.cell("表三 （七）总计 自然人"), "63");
    assert!(window.is_red("表三 （七）总计 自然人"));
}

#[test]
fn arrows_enter_and_tab_move_as_in_a_spreadsheet() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    let active = Window::active_cell_name;
    assert_eq!(
        active(&mut window),
        "表三 一、本年新收政府信息公开申请数量 自然人"
    );
    window.press(Key::ArrowDown);
    assert_eq!(
        active(&mut window),
        "表三 二、上年结转政府信息公开申请数量 自然人"
    );
    window.press(Key::ArrowRight);
    assert_eq!(
        active(&mut window),
        "表三 二、上年结转政府信息公开申请数量 商业企业"
    );
    window.press(Key::Tab);
    window.press(Key::Tab);
    assert_eq!(
        active(&mut window),
        "表三 二、上年结转政府信息公开申请数量 社会公益组织"
    );
    // Enter after a run of Tabs returns under the cell where it began.
    window.press(Key::Enter);
    assert_eq!(active(&mut window), "表三 （一）予以公开 商业企业");
    window.press_with(Modifiers::SHIFT, Key::Enter);
    assert_eq!(
        active(&mut window),
        "表三 二、上年结转政府信息公开申请数量 商业企业"
    );
    window.press_with(Modifiers::SHIFT, Key::Tab);
    assert_eq!(
        active(&mut window),
        "表三 二、上年结转政府信息公开申请数量 自然人"
    );
    // Tab passes over the computed total to the next row.
    window.press(Key::End);
    window.press(Key::ArrowLeft);
    assert_eq!(
        active(&mut window),
        "表三 二、上年结转政府信息公开申请数量 其他"
    );
    window.press(Key::Tab);
    assert_eq!(active(&mut window), "表三 （一）予以公开 自然人");
    // Typing goes on with the arrows; F2 edits in place, where they move the cursor.
    window.type_text("5");
    window.press(Key::ArrowRight);
    assert_eq!(window.cell("表三 （一）予以公开 自然人"), "5");
    window.press(Key::ArrowLeft);
    window.press(Key::F2);
    window.press(Key::ArrowLeft);
    window.type_text("1");
    window.press(Key::Enter);
    assert_eq!(window.cell("表三 （一）予以公开 自然人"), "15");
    window.press(Key::ArrowUp);
    window.press(Key::Delete);
    assert_eq!(window.cell("表三 （一）予以公开 自然人"), "");
    window.type_text("8");
    window.press(Key::Escape);
    assert_eq!(window.cell("表三 （一）予以公开 自然人"), "");
    window.press_with(Modifiers::COMMAND, Key::End);
    window.type_text("3");
    assert!(window.says("这一格由程序自动计算"));
}

#[test]
fn keys_that_arrive_in_one_frame_keep_their_order() {
    let (mut window, _folder) = Window::with(&report("jiutai_xinglong_2020"));
    window.tab("三、");
    window.click_cell("表三 （一）予以公开 自然人");
    // A slow frame gathers a whole burst of typing.
    let key = |key| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let text = |text: &str| Event::Text(text.to_owned());
    let burst = [
        text("1"),
        text("2"),
        key(Key::Tab),
        text("3"),
        key(Key::Enter),
        text("4"),
        key(Key::Backspace),
        text("5"),
        key(Key::Tab),
    ];
    window.0.input_mut().events.extend(burst);
    window.0.run_steps(10);
    assert_eq!(window.cell("表三 （一）予以公开 自然人"), "12");
    assert_eq!(window.cell("表三 （一）予以公开 商业企业"), "3");
    assert_eq!(
        window.cell("表三 （二）部分公开（区分处理的，只计这一情形，不计其他情形） 自然人"),
        "5"
    );
}

#[test]
fn what_is_no_number_is_refused_at_the_cell_and_kept() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    window.click_cell("表三 （一）予以公开 自然人");
    window.type_text("22（其中修订");
    window.press(Key::Enter);
    assert!(window.says("不是一个数字"));
    // Neither another tab nor saving leaves it behind unseen.
    window.press_with(Modifiers::COMMAND, Key::PageDown);
    assert!(window.says("表三") || window.says("三、收到和处理政府信息公开申请情况"));
    assert!(window.says("正在填的一格还不是数字"));
    window.press(Key::Escape);
    assert_eq!(window.cell("表三 （一）予以公开 自然人"), "21");
    assert!(
        !window.says("正在填的一格还不是数字"),
        "the complaint goes with its cause"
    );
}

#[test]
fn full_width_digits_and_an_input_method_are_no_hindrance() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    window.click_cell("表三 （一）予以公开 自然人");
    assert!(
        window.0.output().platform_output.ime.is_none(),
        "digits are typed without the input method"
    );
    window.type_text("２１件");
    window.press(Key::Enter);
    assert_eq!(window.cell("表三 （一）予以公开 自然人"), "21");
    // An input method that commits digits all the same is understood too.
    window.click_cell("表三 （一）予以公开 自然人");
    window
        .0
        .event(Event::Ime(ImeEvent::Commit("37".to_owned())));
    window.run();
    window.press(Key::Enter);
    assert_eq!(window.cell("表三 （一）予以公开 自然人"), "37");
}

#[test]
fn findings_lead_to_their_cells() {
    let broken = {
        let mut history = History::new(report("pingtan_2022"));
        let cell = history.report().form().find("t3.r3_1.biz").unwrap();
        history.apply(Edit::cells(history.report(), [(cell, Value::Count(4))]));
        history.report().clone()
    };
    let (mut window, _folder) = Window::with(&broken);
    assert!(!window.says("三、收到和处理政府信息公开申请情况") || window.says("填写进度"));
    window.press(Key::F8);
    assert_eq!(
        window.active_cell_name(),
        "表三 一、本年新收政府信息公开申请数量 商业企业"
    );
    assert!(window.says("必改 2"));
    // The third is about a text that is not written yet: its field takes the keyboard.
    window.press(Key::F8);
    window.press(Key::F8);
    let field = window
        .0
        .get_by_role_and_label(Role::MultilineTextInput, "一、总体情况");
    assert!(field.is_focused());
}

#[test]
fn the_culprit_is_named_and_mended_by_one_click() {
    let mut history = History::new(report("pingtan_2022"));
    let cell = history.report().form().find("t3.r3_1.natural").unwrap();
    history.apply(Edit::cells(history.report(), [(cell, Value::Count(12))]));
    let (mut window, _folder) = Window::with(&history.report().clone());
    assert!(window.says("最可能：表三 · （一）予以公开 · 自然人 应为 21（现 12，疑似数字颠倒）；改后 2 条勾稽全部平衡"));
    assert!(window.says("与上面一条是同一原因"));
    window.click("改为 21");
    assert!(!window.says("≠") && window.report().value(cell) == Value::Count(21));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.says("≠"));
}

#[test]
fn without_a_witness_nobody_is_said_to_be_the_likeliest() {
    // The same numbers, typed by hand: nothing but the column itself speaks.
    let printed = report("pingtan_2022");
    let form = printed.form().clone();
    let inputs = printed.cells().map(|cell| (cell, printed.value(cell)));
    let inputs: Vec<_> = inputs.collect();
    let typed = Report::new(form.clone(), printed.organ(), printed.year());
    let typed = typed.with(|new| Edit::cells(new, inputs));
    let cell = form.find("t3.r3_1.natural").unwrap();
    let broken = typed.with(|it| Edit::cells(it, [(cell, Value::Count(12))]));
    let (window, _folder) = Window::with(&broken);
    assert!(window.says("没有旁证，不能断定是哪一格") && !window.says("最可能"));
    assert!(window.says("（一）予以公开 · 自然人 应为 21（现 12，疑似数字颠倒）"));
}

#[test]
fn several_changes_are_a_small_list() {
    let printed = report("pingtan_2022");
    let form = printed.form().clone();
    let inputs = printed.cells().map(|cell| (cell, printed.value(cell)));
    let typed = Report::new(form.clone(), printed.organ(), printed.year());
    let inputs: Vec<_> = inputs.collect();
    let typed = typed.with(|new| Edit::cells(new, inputs));
    let at = |column: &str| form.find(&format!("t3.r1.{column}")).unwrap();
    let [natural, biz] = [at("natural"), at("biz")].map(|cell| typed.value(cell));
    assert_ne!(natural, biz);
    let swapped = [(at("natural"), biz), (at("biz"), natural)];
    let (mut window, _folder) = Window::with(&typed.with(|it| Edit::cells(it, swapped)));
    assert!(window.says("疑似与相邻一格填反"));
    for words in ["格", "现", "应为"] {
        assert!(
            window.0.query_all_by_label(words).next().is_some(),
            "{words}"
        );
    }
    window
        .0
        .get_all_by_label("照此改正")
        .next()
        .unwrap()
        .click();
    window.run();
    assert_eq!(window.report().value(at("natural")), natural);
    assert!(!window.says("≠"));
}

#[test]
fn a_tick_is_earned() {
    let mut window = new_report("某局", "2024");
    assert!(window.says("还没有填") && !window.says("✓"));
    let fine = |window: &Window, tab: &str| {
        let tabs = window.tabs();
        let label = tabs.iter().find(|label| label.starts_with(tab)).unwrap();
        label.trim_start_matches(tab).trim().to_owned()
    };
    window.tab("四、");
    window
        .0
        .get_all_by_label("空白填 0")
        .nth(2)
        .unwrap()
        .click();
    window.run();
    // Nothing but zeros is right for many, and is seen.
    assert_eq!(fine(&window, "四、复议诉讼"), "全部为 0");
    assert!(!window.says("已核对"));
    // One character is no text.
    let s1 = window.report().form().find_text("s1").unwrap();
    let with = |words: &str| {
        let report = report("pingtan_2022");
        let (window, _folder) = Window::with(&report.with(|it| Edit::text(it, s1, words)));
        fine(&window, "一、总体情况")
    };
    assert_eq!(with("1"), "");
    assert_eq!(with("。。。。。。。。。。。。"), "");
    assert_eq!(
        with("今年的工作稳步推进，公开更加及时。"),
        "已填，没有发现不平"
    );
    // What a blank keeps from being checked is not passed, though a reason is given for the blank.
    let blank = report("pingtan_2022");
    let cell = blank.form().find("t3.r3_2.legal").unwrap();
    let blank = blank.with(|it| Edit::cells(it, [(cell, Value::Blank)]));
    let (window, _folder) = Window::with(&blank);
    assert_eq!(fine(&window, "三、依申请公开"), "");
}

#[test]
fn blanks_are_filled_with_zero_by_one_click_and_one_undo() {
    let mut window = new_report("某局", "2024");
    window.tab("四、");
    assert!(window.says("表四：有 12 格空白"));
    let buttons: Vec<_> = window.0.get_all_by_label("空白填 0").collect();
    assert_eq!(buttons.len(), 3);
    buttons[2].click();
    window.run();
    assert_eq!(window.cell("表四 行政复议·总计"), "0");
    assert!(!window.says("表四：有") && window.says("表二：有 10 格空白"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.says("表四：有 12 格空白"));
}

#[test]
fn closing_with_unsaved_changes_asks_first() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    assert!(!window.request_close(), "nothing to lose");
    window.tab("二、");
    window.type_text("7");
    // Half-typed, not even committed: closing counts it as a change.
    assert!(window.request_close());
    assert!(window.says("有改动还没有保存"));
    window.press(Key::Escape);
    assert!(!window.says("有改动还没有保存"));
    assert!(window.request_close());
    window.click("先保存");
    assert!(!window.app().is_dirty());
    let saved = draft::open(&folder.path().join("年报.ron")).unwrap();
    assert_eq!(
        saved.value(saved.form().find("t2.rule.made").unwrap()),
        Value::Count(7)
    );
}

#[test]
fn a_damaged_file_is_told_and_nothing_is_closed() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    let bad = folder.path().join("坏.ron");
    std::fs::write(&bad, "(nianbao: 1, form: \"2021\", year").unwrap();
    window.press_with(Modifiers::COMMAND, Key::O);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(bad.to_str().unwrap());
    window.press(Key::Enter);
    assert!(window.says("第 1 行读不懂") && window.says("坏.ron"));
    assert_eq!(window.report().organ(), "平潭综合实验区管委会");
    assert_eq!(
        std::fs::read_to_string(&bad).unwrap(),
        "(nianbao: 1, form: \"2021\", year"
    );
}

#[test]
fn saving_over_another_file_asks_first() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    let other = folder.path().join("别的.ron");
    std::fs::write(&other, "珍贵").unwrap();
    window.press_with(
        Modifiers {
            shift: true,
            ..Modifiers::COMMAND
        },
        Key::S,
    );
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(other.to_str().unwrap());
    window.press(Key::Enter);
    assert!(window.says("这个文件已经有了"));
    window.click("取消");
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "珍贵");
}

#[test]
fn the_sample_opens_from_the_start_screen() {
    let mut window = Window::new();
    window.click("看一个示例");
    assert_eq!(window.report().organ(), "长春市九台区兴隆街道办事处");
    window.tab("二、");
    assert_eq!(
        window.cell("表二 2020年本行政区域（或本部门）政府信息公开发布总数量（非新闻类、消息类）"),
        "1"
    );
    assert_eq!(
        window
            .tabs()
            .iter()
            .filter(|tab| tab.ends_with("已填，没有发现不平") || tab.ends_with("全部为 0"))
            .count(),
        6
    );
    assert!(!window.app().is_dirty());
}

#[test]
fn every_cell_in_sight_has_a_name_and_a_place() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    let names: std::collections::BTreeSet<String> = window
        .0
        .get_all_by_role(Role::GridCell)
        .filter_map(|cell| cell.accesskit_node().label())
        .collect();
    assert_eq!(names.len(), 175);
    assert!(names.iter().all(|name| name.starts_with("表三 ")));
}

#[test]
fn pictures_of_the_tabs_stay_as_they_are() {
    let options = egui_kittest::SnapshotOptions::new()
        .output_path(crate::support::fixture("snapshots"))
        .threshold(1.0)
        .max_failed_pixels(20);
    let mut results = egui_kittest::SnapshotResults::new();
    let broken = {
        let mut history = History::new(balanced_2021());
        let cell = history.report().form().find("t3.r3_1.natural").unwrap();
        history.apply(Edit::cells(history.report(), [(cell, Value::Count(99))]));
        history.report().clone()
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("年报.ron");
    draft::save(&broken, &path).unwrap();
    for (name, width, height, scale, tab) in [
        ("table3", 1280.0, 860.0, 1.0, "三、"),
        ("table4-narrow-150", 911.0, 512.0, 1.5, "四、"),
    ] {
        let mut window = Window::sized(width, height, scale);
        window.app().open(&path);
        window.run();
        window.tab(tab);
        results.add(window.0.try_snapshot_options(name, &options));
    }
}

#[test]
fn what_is_being_typed_is_not_overwritten_by_a_remedy() {
    let mut window = new_report("某局", "2024");
    window.tab("四、");
    window.type_text("5");
    let buttons: Vec<_> = window.0.get_all_by_label("空白填 0").collect();
    buttons[2].click();
    window.run();
    assert_eq!(window.cell("表四 行政复议·结果维持"), "5");
    assert_eq!(window.cell("表四 行政复议·总计"), "5");
    assert!(!window.says("表四：有"));
}

#[test]
fn an_imports_list_stays_through_saving() {
    let mut window = Window::new();
    let from = crate::support::fixture("reports/hongze_2023.json");
    window.click("导入");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(from.to_str().unwrap());
    window.press(Key::Enter);
    assert!(window.says("有 7 格没有导入"));
    let folder = tempfile::tempdir().unwrap();
    save_as(&mut window, &folder.path().join("洪泽.ron"));
    assert!(!window.app().is_dirty() && window.says("有 7 格没有导入"));
    window.click("知道了");
    assert!(!window.says("有 7 格没有导入"));
}
