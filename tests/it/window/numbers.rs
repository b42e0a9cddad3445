//! The numbers of the texts beside the tables: seen while writing, and following when the tables change.

use crate::support::{Window, report};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;

const S1: &str = "2022年工作如下。\n（一）主动公开\n全年制发行政规范性文件88件，废止55件。\n\
    （二）依申请公开\n全年新收政府信息公开申请74件，其中自然人71件；予以公开12件。共办理75件。";

fn with_text(words: &str) -> Report {
    let base = report("pingtan_2022");
    let mut history = History::new(base);
    let s1 = history.report().form().find_text("s1").unwrap();
    history.apply(Edit::text(history.report(), s1, words));
    history.report().clone()
}

fn s1(window: &mut Window) -> String {
    let report = window.report();
    report
        .text(report.form().find_text("s1").unwrap())
        .to_owned()
}

#[test]
fn the_numbers_of_a_text_are_counted_and_named_at_the_caret() {
    let (mut window, _folder) = Window::with(&with_text(S1));
    window.tab("一、");
    assert!(window.says("正文里认出 6 个数：4 个一致，1 个不符"));
    assert!(window.says("✓ 主动公开") && window.says("监督保障 还没有写到"));
    // The caret stands at the end, behind 75件; seven characters before it lies no number.
    for _ in 0..2 {
        window.press(Key::ArrowLeft);
    }
    assert!(window.says("“75件” →"));
    window.click("看这一格");
    assert!(window.says("三、收到和处理政府信息公开申请情况"));
}

#[test]
fn a_number_that_agrees_names_its_cell_in_whatever_unit() {
    let mut history = History::new(with_text("全年收取行政事业性收费5000元。"));
    let fee = history.report().form().find("t2.fee.amount").unwrap();
    let kind = history.report().form().cell(fee).kind;
    let amount = nianbao::value::parse("0.5", kind, Some("万元")).unwrap();
    history.apply(Edit::cells(history.report(), [(fee, amount)]));
    let (mut window, _folder) = Window::with(history.report());
    window.tab("一、");
    window.press(Key::ArrowLeft);
    assert!(window.says("“5000元” → 表二") && window.says("一致"));
}

#[test]
fn numbers_that_agreed_are_offered_to_follow_the_table() {
    let (mut window, _folder) = Window::with(&with_text(S1));
    window.tab("二、");
    window.click_cell("表二 行政规范性文件 本年制发件数");
    window.type_text("90");
    assert!(!window.says("改了，"), "not before the cell is left");
    window.press(Key::Enter);
    assert!(window.says("表二改了，1 处正文还没有改"));
    assert!(window.says("“88件”→“90件”"));
    assert_eq!(s1(&mut window), S1, "nothing follows by itself");
    window.click("正文跟着改");
    assert_eq!(s1(&mut window), S1.replace("88件", "90件"));
    assert!(!window.says("处正文还没有改"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(s1(&mut window), S1, "one step");
}

#[test]
fn a_slip_in_the_table_is_not_carried_into_the_text() {
    let (mut window, _folder) = Window::with(&with_text(S1));
    window.tab("三、");
    window.click_cell("表三 一、本年新收政府信息公开申请数量 自然人");
    window.type_text("17");
    window.press(Key::Enter);
    // A relation fails that held before.
    assert!(!window.says("处正文还没有改"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(!window.says("处正文还没有改"));
}

#[test]
fn what_is_left_as_it_is_is_not_offered_again() {
    let (mut window, _folder) = Window::with(&with_text(S1));
    window.tab("二、");
    window.click_cell("表二 行政规范性文件 本年废止件数");
    window.type_text("56");
    window.press(Key::Enter);
    window.click("正文不改");
    assert!(!window.says("处正文还没有改"));
    assert_eq!(s1(&mut window), S1);
    let report = window.report();
    let cell = report.form().find("t2.normdoc.repealed").unwrap();
    assert_eq!(report.value(cell), Value::Count(56));
}

/// The text in which the number of the first card is contradicted, with what its card offers.
fn mended_by(words: &str, button: &str) -> String {
    let (mut window, _folder) = Window::with(&with_text(words));
    window.tab("一、");
    window.click(button);
    let after = s1(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(s1(&mut window), words, "one step");
    after
}

#[test]
fn a_contradicted_number_is_mended_in_the_text_one_by_one_or_everywhere() {
    let twice = "全年予以公开１２件，与上年持平。办理结果：予以公开12件。";
    let right = "全年予以公开21件，与上年持平。办理结果：予以公开21件。";
    assert_eq!(mended_by(twice, "2 处正文都改"), right);
    let once = "全年予以公开12件。";
    assert_eq!(mended_by(once, "正文改为 21"), "全年予以公开21件。");
    // What balances bears the table out: the text is what Alt+Enter mends, and the total is none to be typed.
    let (mut window, _folder) = Window::with(&with_text(once));
    window.tab("一、");
    assert!(window.says("是合计，由程序计算"));
    window.press(Key::F8);
    window.press_with(Modifiers::ALT, Key::Enter);
    assert_eq!(s1(&mut window), "全年予以公开21件。");
    assert!(window.says("已改正文 1 处"));
    // From now on it is linked: it came from the table.
    let report = window.report();
    let text = report.form().find_text("s1").unwrap();
    let links = report.links(text);
    assert_eq!(report.form().sum_id(&links[0].of), "t3.r3_1.total");
}

#[test]
fn the_table_is_mended_where_that_upsets_nothing_and_nobody_is_called_right_without_a_witness() {
    let words = "全年制发行政规范性文件80件。";
    let (mut window, _folder) = Window::with(&with_text(words));
    window.tab("一、");
    window.press(Key::F8);
    let before = window.report();
    window.press_with(Modifiers::ALT, Key::Enter);
    assert_eq!(window.report(), before, "no blue button");
    window.click("表里改为 80");
    let report = window.report();
    let made = report.form().find("t2.normdoc.made").unwrap();
    assert_eq!(
        (report.value(made), s1(&mut window)),
        (Value::Count(80), words.to_owned())
    );
    assert_eq!(
        mended_by(words, "正文改为 88"),
        "全年制发行政规范性文件88件。"
    );
    // A cell of a column that balances is not to be changed alone.
    let (mut window, _folder) = Window::with(&with_text("全年新收自然人政府信息公开申请70件。"));
    window.tab("一、");
    assert!(window.says("就不平了，所以不能只改这一格"));
    assert!(window.says("正文改为 71") && !window.says("表里改为 70"));
}

#[test]
fn an_amount_follows_in_the_unit_of_its_text() {
    let mut history = History::new(with_text("收取行政事业性收费1,205,000元，约合120.5万元。"));
    let put = |history: &mut History, amount: &str| {
        let fee = history.report().form().find("t2.fee.amount").unwrap();
        let kind = history.report().form().cell(fee).kind;
        let amount = nianbao::value::parse(amount, kind, Some("万元")).unwrap();
        history.apply(Edit::cells(history.report(), [(fee, amount)]));
    };
    put(&mut history, "120.5");
    let (mut window, _folder) = Window::with(history.report());
    window.tab("二、");
    window.click_cell("表二 行政事业性收费 本年收费金额（单位：万元）");
    window.type_text("98.7654");
    window.press(Key::Enter);
    assert!(window.says("“1,205,000元”→“987,654元”"));
    window.click("正文跟着改");
    assert_eq!(
        s1(&mut window),
        "收取行政事业性收费987,654元，约合120.5万元。"
    );
}

fn count_of(window: &mut Window, text: &str) -> usize {
    let report = window.report();
    report.links(report.form().find_text(text).unwrap()).len()
}

#[test]
fn a_number_is_found_by_its_name_and_written_with_its_unit_and_linked() {
    let words = "全年予以公开";
    let (mut window, _folder) = Window::with(&with_text(words));
    window.tab("一、");
    window.press_with(Modifiers::COMMAND, Key::J);
    assert!(window.says("插入表中的数"));
    window.type_text("予以公开 总计");
    window.press(Key::Enter);
    assert_eq!(s1(&mut window), "全年予以公开21件");
    assert_eq!(count_of(&mut window, "s1"), 1);
    // The keyboard is in the text again, behind what was written.
    window.type_text("。");
    assert_eq!(s1(&mut window), "全年予以公开21件。");
    for _ in 0..2 {
        window.press_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(
        (s1(&mut window), count_of(&mut window, "s1")),
        (words.to_owned(), 0)
    );
    // Esc leaves everything as it was, and comes back too.
    window.press_with(Modifiers::COMMAND, Key::J);
    window.type_text("没有这样的格");
    assert!(window.says("没有这样的格。试试"));
    window.press(Key::Enter);
    window.press(Key::Escape);
    window.type_text("；");
    assert_eq!(s1(&mut window), "全年予以公开；");
}

#[test]
fn a_number_is_linked_unlinked_and_called_none_of_the_tables_by_hand() {
    let words = "予以公开12件。窗口接待74人次。";
    let (mut window, _folder) = Window::with(&with_text(words));
    window.tab("一、");
    for _ in 0.."2件。窗口接待74人次。".chars().count() {
        window.press(Key::ArrowLeft);
    }
    assert!(window.says("“12件” →") && window.says("予以公开12件”：与表格不符"));
    window.click("这个数……");
    window.click("不是表里的数");
    assert!(!window.says("与表格不符") && window.says("“12件”：已定为不是表里的数"));
    window.click("这个数……");
    window.click("仍与表格核对");
    assert!(window.says("予以公开12件”：与表格不符"));
    // Ctrl+J where a number stands asks which one it is; those that are just it come first.
    window.press_with(Modifiers::COMMAND, Key::End);
    for _ in 0.."人次。".chars().count() {
        window.press(Key::ArrowLeft);
    }
    assert!(window.says("“74”：没有认出是表里的数"));
    window.press_with(Modifiers::COMMAND, Key::J);
    assert!(window.says("“74”是表里的哪个数"));
    window.press(Key::Enter);
    assert_eq!(
        (s1(&mut window), count_of(&mut window, "s1")),
        (words.to_owned(), 1)
    );
    assert!(window.says("“74人次” → 连着 表三") || window.says("“74” → 连着 表三"));
    window.click("这个数……");
    window.click("取消连接");
    assert_eq!(count_of(&mut window, "s1"), 0);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(count_of(&mut window, "s1"), 1);
}

#[test]
fn links_go_along_with_what_is_cut_and_pasted() {
    let (mut window, _folder) = Window::with(&with_text("全年予以公开"));
    window.tab("一、");
    window.press_with(Modifiers::COMMAND, Key::J);
    window.type_text("予以公开 总计");
    window.press(Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.0.event(egui::Event::Cut);
    window.run();
    assert_eq!(
        (s1(&mut window), count_of(&mut window, "s1")),
        (String::new(), 0)
    );
    for _ in 0..2 {
        window
            .0
            .event(egui::Event::Paste("全年予以公开21件".to_owned()));
        window.run();
    }
    assert_eq!(s1(&mut window), "全年予以公开21件全年予以公开21件");
    assert_eq!(count_of(&mut window, "s1"), 2);
    // The same words from elsewhere are words.
    window
        .0
        .event(egui::Event::Paste("予以公开21件".to_owned()));
    window.run();
    assert_eq!(count_of(&mut window, "s1"), 2);
}

#[test]
fn a_cell_says_what_the_texts_write_of_it_and_leads_there() {
    let (mut window, _folder) = Window::with(&with_text(S1));
    window.tab("三、");
    window.click_cell("表三 一、本年新收政府信息公开申请数量 总计");
    window.click("正文“全年新收政府信息公开申请74件”一致");
    assert!(window.says("正文里认出"), "the page of the text");
    window.tab("三、");
    window.click_cell("表三 （一）予以公开 总计");
    assert!(window.says("正文“予以公开12件”不符"));
    window.click_cell("表三 （二）部分公开（区分处理的，只计这一情形，不计其他情形） 总计");
    assert!(!window.says("正文“"));
}

#[test]
fn numbers_follow_one_by_one_and_are_looked_at_one_by_one() {
    let words = "全年制发行政规范性文件88件。比上年多。今年制发行政规范性文件88件。";
    let (mut window, _folder) = Window::with(&with_text(words));
    window.tab("二、");
    window.click_cell("表二 行政规范性文件 本年制发件数");
    window.type_text("90");
    window.press(Key::Enter);
    assert!(window.says("表二改了，2 处正文还没有改"));
    window.click("逐处看");
    assert!(window.says("正文里认出 2 个数"));
    assert_eq!(s1(&mut window), words, "only looked at");
    window
        .0
        .get_all_by_label("只改这一处")
        .next()
        .unwrap()
        .click();
    window.run();
    assert_eq!(s1(&mut window).matches("90件").count(), 1);
    assert!(window.says("1 处正文还没有改"));
    window.click("正文跟着改");
    assert_eq!(s1(&mut window).matches("90件").count(), 2);
}

#[test]
fn a_draft_edited_by_hand_says_which_links_are_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    let report = with_text("全年予以公开21件。");
    let text = report.form().find_text("s1").unwrap();
    let of = report.form().find_sum("t3.r3_1.total");
    let at = "全年予以公开".len();
    let report = report.with(|it| Edit::link(it, text, at..at + 2, of));
    let file = nianbao::draft::to_text(&report).replace("公开21件", "公开若干件");
    std::fs::write(&path, file).unwrap();
    let window = Window::open(&path);
    assert!(window.says("草稿的正文在程序外面改过"));
    assert!(window.says("“21”已经不在原处"));
}
