//! Numbers by parts, and where numbers come from.

use crate::support::{Window, report};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::draft;
use nianbao::report::{Addend, Edit, History, Origin};
use nianbao::value::Value;

fn part(name: &str, n: i64) -> Addend {
    Addend {
        name: name.to_owned(),
        value: Value::Count(n),
    }
}

#[test]
fn parts_add_up_stay_in_the_draft_and_go_when_another_number_is_typed() {
    let mut history = History::new(report("pingtan_2022"));
    let cell = history.report().form().find("t3.r1.natural").unwrap();
    let before = history.report().clone();
    history.apply(Edit::addends(
        history.report(),
        cell,
        vec![part("科室A", 3), part("科室“B”", 9)],
    ));
    assert_eq!(history.report().value(cell), Value::Count(12));
    assert_eq!(history.report().origin(cell), Some(Origin::Added));
    let text = draft::to_text(history.report());
    assert!(
        text.contains("\"t3.r1.natural\": [(\"科室A\", 3), (\"科室“B”\", 9)],"),
        "{text}"
    );
    assert_eq!(draft::from_text(&text).unwrap(), *history.report());
    let wrong = text.replace("(\"科室A\", 3)", "(\"科室A\", 4)");
    assert!(
        draft::from_text(&wrong)
            .unwrap_err()
            .to_string()
            .contains("分项加起来不等于")
    );
    history.pause();
    history.apply(Edit::cells(history.report(), [(cell, Value::Count(5))]));
    assert!(history.report().addends(cell).is_empty() && history.report().origin(cell).is_none());
    history.undo();
    assert_eq!(history.report().addends(cell).len(), 2);
    history.undo();
    assert_eq!(*history.report(), before);
    // Blank parts make no number, and computed cells have none.
    assert!(!history.apply(Edit::addends(history.report(), cell, Vec::new())));
    let total = history.report().form().find("t3.r1.total").unwrap();
    assert!(!history.apply(Edit::addends(history.report(), total, vec![part("x", 1)])));
}

#[test]
fn origins_are_kept_row_by_row() {
    let imported = report("pingtan_2022");
    let text = draft::to_text(&imported);
    assert!(text.contains("\"imported\": [\"t2.rule\", \"t2.normdoc\","));
    let mut history = History::new(draft::from_text(&text).unwrap());
    assert_eq!(*history.report(), imported);
    let cell = history.report().form().find("t3.r1.natural").unwrap();
    history.apply(Edit::cells(history.report(), [(cell, Value::Count(70))]));
    let text = draft::to_text(history.report());
    assert!(
        text.contains("\"t3.r1.biz\", \"t3.r1.research\"") && !text.contains("\"t3.r1.natural\",")
    );
    assert_eq!(draft::from_text(&text).unwrap(), *history.report());
    assert!(draft::from_text(&text.replace("\"imported\"", "\"dreamt\"")).is_err());
    assert!(draft::from_text(&text.replace("\"t2.rule\",", "\"t2.rules\",")).is_err());
}

#[test]
fn parts_are_filled_in_through_the_menu_and_shown_on_demand() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    let name = "表三 一、本年新收政府信息公开申请数量 自然人";
    window.click_cell(name);
    assert!(window.says("来源：导入"));
    window.0.event(Event::Paste("72".to_owned()));
    window.run();
    assert!(window.says("来源：粘贴"));
    window
        .0
        .get_by_role_and_label(Role::GridCell, name)
        .click_secondary();
    window.run();
    window.click("分项填写……");
    window.type_text("科室A");
    window.press(Key::Tab);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("3");
    window.press(Key::Tab);
    window.type_text("科室B");
    window.press(Key::Tab);
    window.type_text("9");
    assert!(window.says("合计 12"));
    window.press(Key::Enter);
    assert_eq!(window.cell(name), "12");
    assert!(window.says("分项：科室A 3 + 科室B 9"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.cell(name), "72");
}
