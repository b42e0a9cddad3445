//! What the program puts into the texts: paragraphs from the tables, from last year; and words found and replaced.

use crate::support::{Window, report};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::report::{Edit, Report};

const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..Modifiers::COMMAND
};

fn text_of(window: &mut Window, id: &str) -> String {
    let report = window.report();
    report.text(report.form().find_text(id).unwrap()).to_owned()
}

fn with_text(report: Report, id: &str, words: &str) -> Report {
    let text = report.form().find_text(id).unwrap();
    report.with(|report| Edit::text(report, text, words))
}

#[test]
fn a_paragraph_from_the_tables_comes_in_at_the_caret_by_keyboard_alone() {
    let words = "（一）主动公开\n一些话。\n（二）依申请公开";
    let (mut window, _folder) = Window::with(&with_text(report("pingtan_2022"), "s1", words));
    window.tab("一、");
    window.press_with(CTRL_SHIFT, Key::J);
    assert!(window.says("写一段"));
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    let text = text_of(&mut window, "s1");
    let new = text.strip_prefix(words).unwrap();
    assert!(new.starts_with("\n2022年，新收政府信息公开申请"), "{new}");
    assert!(new.ends_with("。"));
    assert!(window.says("已按表里的数写进正文"));
    assert!(!window.says("取消"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(&mut window, "s1"), words);
}

#[test]
fn blanks_and_tables_that_do_not_balance_are_told_before_a_paragraph_is_written() {
    let full = report("pingtan_2022");
    let cell = full.form().find("t3.r3_2.natural").unwrap();
    let blank = full
        .clone()
        .with(|report| Edit::cells(report, [(cell, nianbao::value::Value::Blank)]));
    let (mut window, _folder) = Window::with(&blank);
    window.tab("一、");
    window.click("写一段");
    window.press(Key::ArrowDown);
    assert!(window.says("空白的没有写：表三"));
    window.press(Key::Escape);
    assert_eq!(text_of(&mut window, "s1"), "");
    let cell = full.form().find("t3.r1.natural").unwrap();
    let slip = full.with(|report| Edit::cells(report, [(cell, nianbao::value::Value::Count(5))]));
    let (mut window, _folder) = Window::with(&slip);
    window.tab("一、");
    window.click("写一段");
    window.press(Key::ArrowDown);
    assert!(window.says("表还不平，先改平再写"));
}

fn ctrl(window: &mut Window, key: Key) {
    window.press_with(Modifiers::COMMAND, key);
}

fn two_texts() -> Report {
    let report = with_text(report("pingtan_2022"), "s1", "局里公开12条，局里培训2次。");
    with_text(report, "s5", "局里人手不足。")
}

#[test]
fn words_are_found_and_replaced_one_by_one_over_all_texts() {
    let (mut window, _folder) = Window::with(&two_texts());
    window.tab("二、");
    ctrl(&mut window, Key::H);
    window.type_text("局里");
    assert!(window.says("共 3 处，按回车逐处查看"));
    window.press(Key::Tab);
    window.press(Key::Tab);
    window.press(Key::Tab);
    window.press(Key::Tab);
    window.type_text("本局");
    // The first time it is shown what would be replaced.
    window.press_with(Modifiers::ALT, Key::R);
    assert_eq!(text_of(&mut window, "s1"), "局里公开12条，局里培训2次。");
    assert!(window.says("第 1 处，共 3 处"));
    window.press_with(Modifiers::ALT, Key::R);
    assert_eq!(text_of(&mut window, "s1"), "本局公开12条，局里培训2次。");
    assert!(window.says("第 1 处，共 2 处"));
    // This one stays.
    window.press(Key::Enter);
    assert!(window.says("第 2 处，共 2 处"));
    window.press_with(Modifiers::ALT, Key::R);
    assert_eq!(text_of(&mut window, "s1"), "本局公开12条，局里培训2次。");
    assert_eq!(text_of(&mut window, "s5"), "本局人手不足。");
    assert!(window.tabs().iter().any(|tab| tab.starts_with("五、")));
    ctrl(&mut window, Key::Z);
    assert_eq!(text_of(&mut window, "s5"), "局里人手不足。");
}

#[test]
fn all_are_replaced_in_one_step_and_links_elsewhere_stay() {
    let report = two_texts();
    let text = report.form().find_text("s1").unwrap();
    let of = report.form().find("t3.r1.total").unwrap();
    let sum = nianbao::form::Sum {
        plus: vec![of],
        ..Default::default()
    };
    let at = "局里公开".len().."局里公开12".len();
    let report = report.with(|report| Edit::link(report, text, at, Some(sum)));
    let (mut window, _folder) = Window::with(&report);
    ctrl(&mut window, Key::H);
    window.type_text("局里");
    window.press_with(Modifiers::ALT, Key::A);
    assert_eq!(text_of(&mut window, "s1"), "公开12条，培训2次。");
    assert_eq!(text_of(&mut window, "s5"), "人手不足。");
    assert!(window.says("已全部替换，共 3 处"));
    let links = window.report().links(text).to_vec();
    assert_eq!(links[0].at, "公开".len().."公开12".len());
    ctrl(&mut window, Key::Z);
    assert_eq!(text_of(&mut window, "s1"), "局里公开12条，局里培训2次。");
    assert_eq!(text_of(&mut window, "s5"), "局里人手不足。");
    // The way back to a search that replaces nothing; its words stay.
    ctrl(&mut window, Key::F);
    assert!(!window.says("替换为"));
    window.press(Key::Escape);
    assert!(!window.says("上一处"));
}

/// Everything typed at once into a window that has stood still: no key goes elsewhere, none into the cell that was active.
#[test]
fn keys_that_pile_up_go_where_they_were_meant() {
    let (mut window, _folder) = Window::with(&two_texts());
    window.tab("二、");
    let before = window.report();
    let events = &mut window.0.input_mut().events;
    let mut stroke = |key: Key, modifiers: Modifiers, types: &str| {
        for pressed in [true, false] {
            events.push(Event::Key {
                key,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers,
            });
            if pressed && !types.is_empty() {
                events.push(Event::Text(types.to_owned()));
            }
        }
    };
    stroke(Key::H, Modifiers::COMMAND, "");
    stroke(Key::J, Modifiers::NONE, "局里");
    stroke(Key::A, Modifiers::ALT, "a");
    stroke(Key::Escape, Modifiers::NONE, "");
    window.run();
    assert_eq!(text_of(&mut window, "s5"), "人手不足。");
    assert_eq!(window.report().values(), before.values());
    assert!(!window.says("上一处"));
}

/// Last year's report with this text in part one, beside this year's with that.
fn beside_last(now: &str, last: &str) -> Report {
    let made = |report: Report, n: i64| {
        let cell = report.form().find("t2.normdoc.made").unwrap();
        report.with(|report| Edit::cells(report, [(cell, nianbao::value::Value::Count(n))]))
    };
    let last = with_text(made(report("pingtan_2021"), 3), "s1", last);
    let now = with_text(made(report("pingtan_2022"), 8), "s1", now);
    crate::support::with_last(&now, &last)
}

#[test]
fn a_paragraph_of_last_year_comes_in_with_this_years_numbers_linked() {
    let report = beside_last("", "2021年，制发行政规范性文件3件。\n公开信息312条。");
    let text = report.form().find_text("s1").unwrap();
    let (mut window, _folder) = Window::with(&report);
    window.tab("一、");
    let links = window.0.get_all_by_label("采用这一段");
    links.last().unwrap().click();
    window.run();
    assert_eq!(text_of(&mut window, "s1"), "公开信息【上年：312】条。");
    assert!(window.says("1 处换不了，【】里还是上年的，要重新写"));
    window.click("采用这一段");
    let words = text_of(&mut window, "s1");
    assert!(words.starts_with("2022年，制发行政规范性文件"), "{words}");
    assert!(
        words.ends_with("件。\n公开信息【上年：312】条。"),
        "{words}"
    );
    assert_eq!(window.report().links(text).len(), 1);
    assert!(window.says("年份改为 2022 年 1 处，1 个数换成本年表里的"));
    ctrl(&mut window, Key::Z);
    assert_eq!(text_of(&mut window, "s1"), "公开信息【上年：312】条。");
}

#[test]
fn what_is_typed_goes_on_behind_words_that_have_been_put_in() {
    let report = beside_last(
        "",
        "来信请寄 hz2021@126.com，我局认真答复。\n通过政务APP312条。",
    );
    let (mut window, _folder) = Window::with(&report);
    window.tab("一、");
    let links = window.0.get_all_by_label("采用这一段");
    links.last().unwrap().click();
    window.run();
    // What is counted is, whatever stands before it.
    assert_eq!(text_of(&mut window, "s1"), "通过政务APP【上年：312】条。");
    ctrl(&mut window, Key::Z);
    let first = window.0.get_all_by_label("采用这一段").next();
    first.unwrap().click();
    window.run();
    // An address is no number of last year's.
    let taken = "来信请寄 hz2021@126.com，我局认真答复。";
    assert_eq!(text_of(&mut window, "s1"), taken);
    window.type_text("又及");
    assert_eq!(text_of(&mut window, "s1"), format!("{taken}又及"));
}

#[test]
fn tab_goes_from_the_words_looked_for_to_those_that_come_instead() {
    let report = beside_last("公开信息三条。", "");
    let (mut window, _folder) = Window::with(&report);
    window.tab("一、");
    ctrl(&mut window, Key::H);
    window.type_text("三");
    window.press(Key::Tab);
    window.type_text("五");
    window.press_with(Modifiers::SHIFT, Key::Tab);
    window.press(Key::Enter);
    window.press_with(Modifiers::ALT, Key::A);
    assert_eq!(text_of(&mut window, "s1"), "公开信息五条。");
}

/// On a slow computer all of it comes in one frame.
#[test]
fn keys_that_pile_up_go_into_the_field_that_tab_leads_to() {
    let report = beside_last("公开信息三条。", "");
    let (mut window, _folder) = Window::with(&report);
    window.tab("一、");
    let key = |key, modifiers, pressed| Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    };
    let press = |it, modifiers| [key(it, modifiers, true), key(it, modifiers, false)];
    let mut events = Vec::new();
    events.extend(press(Key::H, Modifiers::COMMAND));
    events.push(Event::Text("三".to_owned()));
    events.extend(press(Key::Tab, Modifiers::NONE));
    events.push(Event::Text("五".to_owned()));
    events.extend(press(Key::Enter, Modifiers::NONE));
    events.extend(press(Key::A, Modifiers::ALT));
    window.0.input_mut().events.extend(events);
    window.run();
    assert_eq!(text_of(&mut window, "s1"), "公开信息五条。");
}

#[test]
fn a_paragraph_that_is_last_years_stands_beside_it() {
    let paragraph = "2021年，我区扎实推进政务公开工作，全年在门户网站公开政府信息312条，\
        组织业务培训2次，进一步完善信息发布审核机制，确保公开内容准确、及时、规范，群众满意度持续提升。";
    let now = paragraph.replace("2021", "2022").replace("312", "455");
    let report = beside_last(&now, &format!("另外一段。\n{paragraph}"));
    let (mut window, _folder) = Window::with(&report);
    window.tab("一、");
    assert!(window.says("这一段与上年的 100% 相同"));
    window.click("本年正文里有几乎一样的一段，并排看");
    assert!(window.says("上年（2021 年度）的这一段；标出的是不同的地方"));
    assert!(!window.says("另外一段。"));
    window.click("看上年全文");
    assert!(window.says("另外一段。"));
    assert!(window.0.query_by_label("保留").is_some());
}
