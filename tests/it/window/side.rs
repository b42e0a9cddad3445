//! Years side by side in the window.

use crate::support::{Window, fixture, report, with_last};
use egui::Key;
use egui_kittest::kittest::Queryable as _;
use nianbao::report::{Edit, History, Report};
use std::path::Path;

fn answer(window: &mut Window, path: &Path) {
    window.press_with(egui::Modifiers::COMMAND, Key::A);
    window.type_text(&path.to_string_lossy());
    window.press(Key::Enter);
}

fn compare(window: &mut Window) {
    window.click("更多…");
    window.click("历年比较");
}

fn add(window: &mut Window, name: &str) {
    window.click("添加一份年报……");
    answer(window, &fixture(&format!("reports/{name}.json")));
}

#[test]
fn four_years_stand_side_by_side_over_the_change_of_form() {
    let this = with_last(&report("pingtan_2022"), &report("pingtan_2021"));
    let (mut window, folder) = Window::with(&this);
    compare(&mut window);
    assert!(window.says("2021 年：2021.docx（上年数）"));
    for name in ["pingtan_2019", "pingtan_2020"] {
        add(&mut window, name);
    }
    // One amount of these years is no number, which is told.
    assert!(window.says("已加入 pingtan_2020.json（2020 年），没有读到的格当作空白"));
    window.click("表三");
    for words in ["2019 年", "2022 年", "+4（+6%）"] {
        assert!(window.says(words), "{words}");
    }
    // Another column, and what is several rows now beside the one that it was.
    window.click("自然人");
    assert!(window.says("+7（+11%）"));
    window.click("只看不同的");
    assert!(!window.says("1.属于国家秘密"));
    // A chart as a picture, of the kind that its name says.
    window.click("趋势图");
    let chart = "把“收到的申请”存为图片……";
    window.0.get_by_label(chart).click_accesskit();
    window.run();
    let svg = folder.path().join("收到.svg");
    answer(&mut window, &svg);
    assert!(window.says("图片已保存"));
    let text = std::fs::read_to_string(&svg).unwrap();
    assert!(text.contains("<svg") && text.contains("2019"));
    window.press(Key::Escape);
    assert!(window.says("封面"));
}

#[test]
fn two_of_one_year_are_told_apart_and_the_same_one_is_not_taken_twice() {
    let mut window = Window::new();
    compare(&mut window);
    assert!(window.says("请用“添加一份年报”选入别的年度"));
    add(&mut window, "pingtan_2022");
    add(&mut window, "pingtan_2022");
    assert!(window.says("没有再加：pingtan_2022.json 与“pingtan_2022.json”的数和正文完全相同"));
    let folder = tempfile::tempdir().unwrap();
    let mut history = History::new(report("pingtan_2022"));
    let cell = history
        .report()
        .form()
        .find("t2.licence.decisions")
        .unwrap();
    let number = nianbao::value::Value::Count(7);
    history.apply(Edit::cells(history.report(), [(cell, number)]));
    let path = folder.path().join("改过的.ron");
    nianbao::draft::save(history.report(), &path).unwrap();
    window.click("添加一份年报……");
    answer(&mut window, &path);
    assert!(window.says("2022 年（改过的.ron）"));
    window.click("趋势图");
    assert!(window.says("2022 年的年报有两份，趋势图不知道用哪一份"));
    window.click("表二");
    window.click("只看不同的");
    assert!(window.says("行政许可 · 本年处理决定数量") && !window.says("行政处罚"));
}

#[test]
fn what_was_taken_out_stays_out_until_it_is_put_back() {
    let this = with_last(&report("pingtan_2022"), &report("pingtan_2021"));
    let (mut window, _folder) = Window::with(&this);
    compare(&mut window);
    window.click("移除 2021 年：2021.docx（上年数）");
    add(&mut window, "pingtan_2020");
    window.press(Key::Escape);
    compare(&mut window);
    assert!(window.says("2020 年：pingtan_2020.json"), "added ones stay");
    assert!(!window.says("2021 年：2021.docx（上年数）"));
    window.click("放回打开着的");
    assert!(window.says("2021 年：2021.docx（上年数）"));
}

#[test]
fn escape_closes_the_question_and_not_the_comparison() {
    let mut window = Window::new();
    compare(&mut window);
    add(&mut window, "pingtan_2021");
    window.click("添加一份年报……");
    window.press(Key::Escape);
    assert!(window.says("2021 年：pingtan_2021.json"));
    window.press(Key::Escape);
    assert!(!window.says("2021 年：pingtan_2021.json"));
}

#[test]
fn nothing_is_undone_unseen_and_the_chosen_column_stays() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    window.click_cell("表三 一、本年新收政府信息公开申请数量 自然人");
    window.type_text("999");
    window.press(Key::Enter);
    compare(&mut window);
    window.press_with(egui::Modifiers::COMMAND, Key::Z);
    let report = window.report();
    let cell = report.form().find("t3.r1.natural").unwrap();
    assert_eq!(report.value(cell), nianbao::value::Value::Count(999));
    add(&mut window, "pingtan_2021");
    window.click("表三");
    window.click("自然人");
    add(&mut window, "pingtan_2020");
    assert!(window.says("+935（+1461%）"), "still 自然人");
}

#[test]
fn texts_stand_paragraph_beside_paragraph() {
    let text = |report: Report, words: &str| {
        let mut history = History::new(report);
        let s1 = history.report().form().find_text("s1").unwrap();
        history.apply(Edit::text(history.report(), s1, words));
        history.report().clone()
    };
    let last = text(report("pingtan_2021"), "共同的一段。\n去年的一段。");
    let this = text(
        report("pingtan_2022"),
        "共同的一段。\n今年的一段。\n新的一段。",
    );
    let (mut window, _folder) = Window::with(&with_last(&this, &last));
    compare(&mut window);
    window.click("正文");
    for words in [
        "共同的一段",
        "去年的一段",
        "今年的一段",
        "新的一段",
        "（没有这一段）",
    ] {
        assert!(window.says(words), "{words}");
    }
    window.click("只看不同的");
    assert!(!window.says("共同的一段"));
}

#[test]
fn several_files_are_added_at_once_and_what_is_seen_can_be_copied() {
    let mut window = Window::new();
    compare(&mut window);
    window.click("添加一份年报……");
    let paths = ["pingtan_2020", "pingtan_2021", "pingtan_2022"]
        .map(|name| fixture(&format!("reports/{name}.json")));
    let typed = paths.each_ref().map(|path| path.to_string_lossy());
    window.press_with(egui::Modifiers::COMMAND, Key::A);
    window.type_text(&typed.join("；"));
    window.press(Key::Enter);
    for year in [2020, 2021, 2022] {
        assert!(window.says(&format!("{year} 年：pingtan_{year}.json")));
    }
    // Dropped onto the comparison, files come into it as well.
    window.drop_file(fixture("reports/pingtan_2019.json"));
    assert!(window.says("2019 年：pingtan_2019.json"));
    let copied = |window: &mut Window, name: &str| {
        window.0.get_by_label(name).click_accesskit();
        let mut found = Vec::new();
        for _ in 0..4 {
            window.0.step();
            found.extend(window.0.output().platform_output.commands.clone());
        }
        found
    };
    let found = copied(&mut window, "复制这张表");
    let text = found.into_iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text),
        _ => None,
    });
    let text = text.expect("a text is copied");
    let mut lines = text
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    assert_eq!(
        head[1..],
        [
            "2019 年",
            "2020 年",
            "2021 年",
            "2022 年",
            "最后一份比前一份"
        ]
    );
    assert!(lines.all(|line| line.len() == head.len()));
    assert!(text.contains("10690"));
    window.click("趋势图");
    let found = copied(&mut window, "复制“收到的申请”");
    let picture = found.iter().find_map(|command| match command {
        egui::OutputCommand::CopyImage(image) => Some(image.size),
        _ => None,
    });
    let [width, height] = picture.expect("a picture is copied");
    assert!(width > 600 && height > 300, "{width} × {height}");
    assert!(window.says("趋势图已复制"));
}

/// Whether the window comes to rest at all sizes: no bar comes and goes for ever.
fn rests_at_all_sizes(window: &mut Window) {
    const WIDTHS: [f32; 3] = [700.0, 860.0, 1024.0];
    for height in (420..900).step_by(7) {
        for width in WIDTHS {
            window.0.set_size(egui::vec2(width, height as f32));
            window.run();
        }
    }
    window.0.set_size(egui::vec2(1280.0, 860.0));
    window.run();
}

#[test]
fn bars_for_scrolling_come_to_rest() {
    let this = with_last(&report("pingtan_2022"), &report("pingtan_2021"));
    let (mut window, _folder) = Window::with(&this);
    for tab in window.tabs() {
        window.tab(&tab);
        rests_at_all_sizes(&mut window);
    }
    window.press_with(egui::Modifiers::COMMAND, Key::P);
    for (width, height) in [(1366.0, 768.0), (700.0, 500.0)] {
        window.0.set_size(egui::vec2(width, height));
        window.run();
        // The whole page is seen, below a command row of one line or two, and fills the height.
        let bottom = window.0.get_by_label("第 1 页的样子").rect().bottom();
        assert!((height - 32.0..height - 16.0).contains(&bottom), "{bottom}");
    }
    rests_at_all_sizes(&mut window);
    window.click("关闭预览");
    compare(&mut window);
    for part in ["表三", "正文", "趋势图"] {
        window.click(part);
        rests_at_all_sizes(&mut window);
    }
}
