//! 复核: somebody else keys the numbers again, column by column, and sees what differs only at the end.

use crate::support::{Window, report};
use egui::{Key, Modifiers};
use nianbao::draft;
use nianbao::form::{CellIx, Content};
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;

/// The input cells of each table block by block and column by column, as they are keyed.
fn columns(report: &Report) -> Vec<Vec<CellIx>> {
    let form = report.form();
    let of_table = |table: &nianbao::form::Table| {
        let mut cells: Vec<(usize, usize, usize, CellIx)> = report
            .grid_cells(table)
            .filter_map(|(_, cell)| match cell.content {
                Content::Value(ix) if !form.cell(ix).computed => {
                    let block = table.grid.block_around(cell);
                    Some((block.start, cell.col, cell.row, ix))
                }
                _ => None,
            })
            .collect();
        cells.sort_by_key(|&(block, col, row, _)| (block, col, row));
        cells.into_iter().map(|(.., ix)| ix).collect()
    };
    form.tables.iter().map(of_table).collect()
}

fn begin(window: &mut Window) {
    window.click("更多…");
    window.click("复核");
}

/// Keys every number, one of them otherwise; some in other writings of the same number.
fn key_all(window: &mut Window, report: &Report, wrong: Option<(CellIx, &str)>) {
    for (nth, cell) in columns(report).concat().into_iter().enumerate() {
        let value = report.value(cell).to_string();
        let typed = match wrong {
            Some((it, typed)) if it == cell => typed.to_owned(),
            // Full-width digits, as an input method leaves them.
            _ if nth % 7 == 0 => value
                .chars()
                .map(|c| match c.to_digit(10) {
                    Some(digit) => char::from_u32('０' as u32 + digit).unwrap(),
                    None => c,
                })
                .collect(),
            _ => value,
        };
        for c in typed.chars() {
            window.0.event(egui::Event::Text(c.to_string()));
        }
        window.0.key_press(Key::Enter);
        if nth % 20 == 0 {
            window.run();
        }
    }
    window.run();
}

fn recount(window: &mut Window) -> Option<(String, String, bool)> {
    let report = window.report();
    let recount = report.notes().recount.clone()?;
    let holds = draft::recount_holds(&recount, &report);
    Some((recount.name, recount.date, holds))
}

#[test]
fn numbers_that_are_keyed_alike_are_taken_down_until_one_changes() {
    let truth = report("pingtan_2022");
    let (mut window, _folder) = Window::with(&truth);
    begin(&mut window);
    // Nothing of the first count is given away.
    let cell = truth.form().find("t3.r1.natural").unwrap();
    let name = truth.form().full_name(cell).replace(" · ", " ");
    window.press_with(Modifiers::COMMAND, Key::PageDown);
    assert_eq!(window.cell(&name), "");
    window.press_with(Modifiers::COMMAND, Key::PageUp);
    key_all(&mut window, &truth, None);
    assert!(window.says("两次打的数完全一致"));
    // Without a name nothing is taken down.
    window.press(Key::Enter);
    assert!(window.says("请填写复核人的姓名") && recount(&mut window).is_none());
    window.type_text("李四");
    window.press(Key::Enter);
    assert!(window.says("请保存草稿"));
    let (who, date, holds) = recount(&mut window).unwrap();
    assert_eq!((who.as_str(), date.len(), holds), ("李四", 10, true));
    // The report itself is the same, and prints nothing of it.
    let mut without = History::new(window.report());
    let notes = truth.notes().clone();
    without.apply(Edit::notes(without.report(), notes));
    assert!(*without.report() == truth);
    let page = crate::support::page(&window.report());
    assert!(!page.contains("李四") && !page.contains("复核人"));
    // A draft keeps it.
    let text = draft::to_text(&window.report());
    assert!(draft::from_text(&text).unwrap() == window.report());
    // A number changes, and it no longer holds; back again, it does.
    window.tab("三");
    window.click_cell(&name);
    window.type_text("99");
    window.press(Key::Enter);
    assert!(!recount(&mut window).unwrap().2);
    assert!(window.says("表里的数改过了，上一次复核已经失效"));
    begin(&mut window);
    assert!(window.says("之后改过数，已经失效"));
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(recount(&mut window).unwrap().2);
    begin(&mut window);
    assert!(window.says("仍然有效"));
}

#[test]
fn what_differs_is_shown_at_the_end_and_mended_on_either_side() {
    let truth = report("hongze_2024");
    let form = truth.form().clone();
    let (first, second) = (
        form.find("t2.normdoc.made")
            .or_else(|| form.find("t2.normdoc.valid"))
            .unwrap(),
        form.find("t3.r1.natural").unwrap(),
    );
    // The report has one number wrong; the second person another.
    let mut history = History::new(truth.clone());
    history.apply(Edit::cells(&truth, [(first, Value::Count(4711))]));
    let (mut window, _folder) = Window::with(history.report());
    begin(&mut window);
    key_all(&mut window, &truth, Some((second, "12345")));
    assert!(window.says("有 2 格不一样"));
    let full = |cell| nianbao::form::with_year(&form.full_name(cell), truth.year());
    window.click(&format!("重打 {}", full(second)));
    window.type_text(&truth.value(second).to_string());
    window.press(Key::Enter);
    window.click("打完了，比较");
    assert!(window.says("有 1 格不一样"));
    window.click(&format!("去改年报 {}", full(first)));
    window.type_text(&truth.value(first).to_string());
    window.press(Key::Enter);
    assert_eq!(window.report().value(first), truth.value(first));
    // What was keyed is still there.
    begin(&mut window);
    window.click("打完了，比较");
    assert!(window.says("两次打的数完全一致"));
}

#[test]
fn a_count_that_is_left_half_way_stays_or_is_said_to_be_lost() {
    let truth = report("pingtan_2022");
    let (mut window, _folder) = Window::with(&truth);
    begin(&mut window);
    // Not a number, not a paste.
    window.type_text("abc");
    window.press(Key::Enter);
    window.press(Key::Escape);
    assert!(
        window.says("打完了，比较"),
        "in a cell Esc takes back what is typed"
    );
    window.0.event(egui::Event::Paste("1\t2\t3".to_owned()));
    window.run();
    assert!(window.says("不能粘贴"));
    window.type_text("5");
    window.press(Key::Enter);
    // What is not keyed is not given away by comparing early.
    window.click("打完了，比较");
    assert!(window.says("没有打") && window.says("（还没有复核）"));
    window.press(Key::Escape);
    assert!(window.report() == truth);
    begin(&mut window);
    let left = columns(&truth)[0].len() - 1;
    assert!(window.says(&format!("还有 {left} 格")));
    // Closing the window asks first, and so does opening another report.
    assert!(window.request_close());
    assert!(window.says("复核打到一半"));
    window.click("取消");
    window.press_with(Modifiers::COMMAND, Key::N);
    assert!(window.says("复核打到一半"));
    window.click("接着复核");
    assert!(window.says(&format!("还有 {left} 格")));
    assert!(window.request_close());
    window.click("放弃复核");
    begin(&mut window);
    assert!(window.says(&format!("还有 {} 格", left + 1)));
}
