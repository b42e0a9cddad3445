//! What helps while a table is being filled in.

use crate::support::{Window, report};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, ViewportCommand};
use egui_kittest::kittest::Queryable as _;
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;

fn new_table3() -> (Window, tempfile::TempDir) {
    let form = nianbao::form::by_year(2024).unwrap();
    let (mut window, folder) = Window::with(&Report::new(form, "某局", 2024));
    window.tab("三、");
    (window, folder)
}

fn fill(window: &mut Window, row: &str, number: &str) {
    window.click_cell(&format!("表三 {row} 自然人"));
    window.type_text(number);
    window.press(Key::Enter);
}

const NEW: &str = "一、本年新收政府信息公开申请数量";
const CARRIED: &str = "二、上年结转政府信息公开申请数量";

#[test]
fn the_status_line_says_what_a_column_still_lacks() {
    let (mut window, _folder) = new_table3();
    fill(&mut window, NEW, "71");
    assert!(!window.says("这一列还差"), "one side is not known yet");
    fill(&mut window, CARRIED, "1");
    assert!(window.says("这一列还差 72"));
    fill(&mut window, "（一）予以公开", "60");
    assert!(window.says("这一列还差 12"));
    // In another column nothing is known.
    window.press(Key::ArrowRight);
    assert!(!window.says("这一列还差"));
    fill(&mut window, "四、结转下年度继续办理", "12");
    assert!(window.says("这一列已经够了，空格应为 0"));
}

#[test]
fn a_side_that_is_too_big_already_is_red_at_once() {
    let (mut window, _folder) = new_table3();
    fill(&mut window, NEW, "71");
    fill(&mut window, CARRIED, "1");
    fill(&mut window, "（一）予以公开", "73");
    let first = format!("表三 {NEW} 自然人");
    assert!(window.is_red(&first), "before the column is filled");
    assert!(window.says("表三 · 自然人：三（七）+四 已经多于 一+二"));
    assert!(window.says("这一列多了 1"));
    assert!(!window.is_red(&format!("表三 {NEW} 商业企业")));
    // Nothing is named as wrong while blanks may hide as much.
    assert!(!window.says("最可能"));
    fill(&mut window, "（一）予以公开", "72");
    assert!(!window.is_red(&first));
    // The other way round: the outcomes are known and what came in is more.
    let (mut window, _folder) = new_table3();
    let rows = window.report();
    let form = rows.form().clone();
    let outcomes: Vec<String> = form
        .cells
        .iter()
        .filter(|cell| cell.id.starts_with("t3.r3_") || cell.id.starts_with("t3.r4"))
        .filter(|cell| cell.id.ends_with(".natural") && !cell.computed)
        .map(|cell| {
            form.full_name(form.find(&cell.id).unwrap())
                .replace(" · ", " ")
        })
        .collect();
    for name in outcomes {
        window.click_cell(&name);
        window.type_text("1");
        window.press(Key::Enter);
    }
    fill(&mut window, NEW, "22");
    assert!(!window.is_red(&first));
    fill(&mut window, NEW, "30");
    assert!(window.is_red(&first) && window.says("一+二 已经多于 三（七）+四"));
}

#[test]
fn enter_passes_over_what_is_computed() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    window.click_cell("表三 （六）其他处理3.其他 自然人");
    window.press(Key::Enter);
    assert_eq!(
        window.active_cell_name(),
        "表三 四、结转下年度继续办理 自然人"
    );
    window.press_with(Modifiers::SHIFT, Key::Enter);
    assert_eq!(
        window.active_cell_name(),
        "表三 （六）其他处理3.其他 自然人"
    );
}

#[test]
fn the_menu_pastes_what_lies_on_the_clipboard() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    let name = format!("表三 {NEW} 自然人");
    let cell = window.0.get_by_role_and_label(Role::GridCell, &name);
    cell.click_secondary();
    window.run();
    let entry = window.0.get_by_label("粘贴");
    entry.click();
    let mut asked = false;
    for _ in 0..4 {
        window.0.step();
        let output = window.0.output();
        let mut commands = output.viewport_output.values().flat_map(|v| &v.commands);
        asked |= commands.any(|command| *command == ViewportCommand::RequestPaste);
    }
    assert!(asked, "the desktop is asked for what it has");
    // Which it hands over as if Ctrl+V had been pressed.
    window.0.event(Event::Paste("75\t4".to_owned()));
    window.run();
    assert_eq!(window.cell(&name), "75");
    let value = |window: &mut Window, id: &str| {
        let report = window.report();
        report.value(report.form().find(id).unwrap())
    };
    assert_eq!(value(&mut window, "t3.r1.biz"), Value::Count(4));
}

#[test]
fn the_export_tells_what_is_not_explained() {
    // Last year's count of normative documents in force, a tenth of this year's.
    let this = report("pingtan_2022");
    let valid = this.form().find("t2.normdoc.valid").unwrap();
    let mut history = History::new(this);
    history.apply(Edit::cells(
        history.report(),
        [(valid, Value::Count(69_800))],
    ));
    let this = crate::support::with_last(history.report(), &report("pingtan_2021"));
    let (mut window, _folder) = Window::with(&this);
    window.click("导出");
    assert!(window.says("处需说明没有写原因"));
}
