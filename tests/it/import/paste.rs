//! Whole official tables from other programs: put into place by their labels, shown before anything is changed.

use crate::support::page;
use crate::support::{Window, fixture, report};
use egui::{Event, Key, Modifiers};
use nianbao::form::{CellIx, Content};
use nianbao::import::{self, Recognised};
use nianbao::report::Report;
use nianbao::value::Value;
use nianbao::{check, form};

/// What is recognised as far as it agrees with a report: (right, wrong).
fn compare(found: &Recognised, truth: &Report) -> (usize, usize) {
    let evaluation = check::evaluate(truth);
    let right = |&&(cell, value): &&(CellIx, Value)| {
        let stated = truth.form().cell(cell).computed && value.is_blank();
        stated || value.same_number(evaluation.effective(cell))
    };
    let good = found.placed.iter().filter(right).count();
    (good, found.placed.len() - good)
}

#[test]
fn a_published_web_page_is_recognised_cell_by_cell() {
    let page = std::fs::read_to_string(fixture("reports/shanghai_office_2019.html")).unwrap();
    let truth = report("shanghai_office_2019");
    let found = import::recognise(truth.form(), &import::read_html(&page));
    let (right, wrong) = compare(&found, &truth);
    assert_eq!((right, wrong), (22 + 161 + 15 - 1, 0));
    assert_eq!(found.refused.len(), 1, "251000元 is no bare number");
    assert!(found.missing.is_empty(), "{:?}", found.missing);
}

/// Parts of a page that was pasted from Word: labels cut into many spans, blanks for 0, only some rows.
#[test]
fn parts_of_a_table_are_recognised_and_the_rest_named() {
    let page = std::fs::read_to_string(fixture("reports/shuyang_fgj_2023.html")).unwrap();
    let form = form::by_id("2021").unwrap();
    let found = import::recognise(&form, &import::read_html(&page));
    let number = |id: &str| {
        let cell = form.find(id).unwrap();
        found
            .placed
            .iter()
            .find(|(other, _)| *other == cell)
            .map(|&(_, value)| value)
    };
    assert_eq!(found.placed.len(), 8 * 7);
    for id in ["t3.r1.natural", "t3.r3_1.natural", "t3.r3_7.total"] {
        assert_eq!(number(id), Some(Value::Count(26)), "{id}");
    }
    assert_eq!(number("t3.r1.biz"), Some(Value::Blank));
    assert_eq!(number("t3.r4.natural"), Some(Value::Count(0)));
    assert_eq!(found.missing.len(), 25 - 8);
}

#[test]
fn our_own_page_and_a_spreadsheets_text_are_recognised_too() {
    for name in ["pingtan_2022", "hongze_2023", "pingtan_2020"] {
        let truth = report(name);
        let evaluation = check::evaluate(&truth);
        let html = page(&truth);
        let found = import::recognise(truth.form(), &import::read_html(&html));
        let (right, wrong) = compare(&found, &truth);
        assert_eq!((right, wrong), (truth.cells().count(), 0), "{name}");
        // A spreadsheet's text: one field for every column, merged ones empty.
        for table in &truth.form().tables {
            let mut text = String::new();
            for row in 0..table.grid.rows.len() {
                for col in 0..table.grid.cols {
                    let cell = &table.grid.cells[table.grid.covering(row, col)];
                    let own = cell.row == row && cell.col == col;
                    let field = match &cell.content {
                        Content::Value(ix) if own => evaluation.effective(*ix).to_string(),
                        content if own => format!("\"{}\"", content.words().unwrap_or_default()),
                        _ => String::new(),
                    };
                    text.push_str(&field);
                    text.push(if col + 1 < table.grid.cols {
                        '\t'
                    } else {
                        '\n'
                    });
                }
            }
            if table.grid.rows.iter().any(Option::is_some) {
                continue;
            }
            let found = import::recognise(truth.form(), &[import::tsv_table(&text)]);
            let (right, wrong) = compare(&found, &truth);
            assert_eq!(
                (right, wrong),
                (table.cells.len(), 0),
                "{name} {}",
                table.id
            );
        }
    }
}

/// What LibreOffice makes of the same report, opened in Writer and in Calc and written in the formats that they put on
/// the clipboard; and a fragment as Excel puts it there.
#[test]
fn other_programs_clipboards_are_recognised() {
    let truth = report("pingtan_2022");
    let read = |name: &str| std::fs::read_to_string(fixture(&format!("clipboard/{name}"))).unwrap();
    for name in ["writer.html", "calc.html", "calc.tsv"] {
        let text = read(name);
        let tables = if name.ends_with("html") {
            import::read_html(&text)
        } else {
            vec![import::tsv_table(&text)]
        };
        let found = import::recognise(truth.form(), &tables);
        assert_eq!(
            compare(&found, &truth),
            (truth.cells().count(), 0),
            "{name}"
        );
        assert!(
            found.missing.is_empty() && found.refused.is_empty(),
            "{name}: {:?}",
            found.missing
        );
    }
    let found = import::recognise(truth.form(), &import::read_html(&read("excel.html")));
    let ids: Vec<_> = found
        .placed
        .iter()
        .map(|&(cell, value)| format!("{}={value}", truth.form().cell(cell).id))
        .collect();
    assert_eq!(
        &ids[..3],
        ["t2.rule.made=0", "t2.rule.repealed=0", "t2.rule.valid=0"]
    );
    assert_eq!(ids.last().unwrap(), "t2.fee.amount=9116.36");
}

#[test]
fn misspelt_labels_and_other_numbering_are_met() {
    let truth = report("pingtan_2022");
    let html = page(&truth)
        .replace("2.其他法律行政法规禁止公开", "2、其他法律行政止公开")
        .replace("1.属于国家秘密", "１．属于 国家秘密")
        .replace("危及“三安全一稳定”", "危及\"三安全一稳定\"");
    let found = import::recognise(truth.form(), &import::read_html(&html));
    assert_eq!(compare(&found, &truth).1, 0);
    assert!(found.missing.len() <= 1, "{:?}", found.missing);
}

#[test]
fn tables_of_other_things_are_left_alone() {
    let form = form::by_id("2021").unwrap();
    for text in [
        "",
        "1\t2\n3\t4",
        "姓名\t电话\n张三\t123",
        "<table><tr><td>1</td></tr></table>",
        "规章\t1\t2\t3",
    ] {
        let tables = if text.starts_with('<') {
            import::read_html(text)
        } else {
            vec![import::tsv_table(text)]
        };
        assert!(import::recognise(&form, &tables).is_empty(), "{text}");
    }
}

#[test]
fn a_row_that_is_lost_is_named_and_never_guessed() {
    let truth = report("pingtan_2022");
    let html = page(&truth);
    let row = html
        .find("2.重复申请")
        .map(|at| html[..at].rfind("<tr>").unwrap())
        .unwrap();
    let end = html[row..].find("</tr>").unwrap() + row;
    let without = format!("{}{}", &html[..row], &html[end + 5..]);
    let found = import::recognise(truth.form(), &import::read_html(&without));
    assert_eq!(found.missing, ["2.重复申请"]);
    assert_eq!(compare(&found, &truth), (truth.cells().count() - 7, 0));
}

#[test]
fn a_pasted_official_table_is_shown_first_and_is_one_step() {
    let (mut window, _folder) = Window::with(&report("pingtan_2021"));
    let before = window.report();
    window.tab("三、");
    let truth = report("pingtan_2022");
    let html = page(&truth);
    window.0.event(Event::Paste(html));
    window.run();
    assert!(window.says("粘贴官方表格") && window.says("表三 144 格"));
    assert_eq!(window.report(), before, "nothing has changed yet");
    window.press(Key::Escape);
    assert_eq!(window.report(), before);
    window.0.event(Event::Paste(page(&truth)));
    window.run();
    window.click("粘贴");
    for cell in truth.cells() {
        assert_eq!(window.report().value(cell), truth.value(cell));
    }
    assert!(window.says("总计与粘贴的一致"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.report(), before);
}

/// Pastes into table 3 of a report, from its first cell on.
fn paste_into_table_3(text: &str) -> (Window, Report, tempfile::TempDir) {
    let (mut window, folder) = Window::with(&report("pingtan_2021"));
    let before = window.report();
    window.tab("三、");
    window.0.event(Event::Paste(text.to_owned()));
    window.run();
    (window, before, folder)
}

/// Too few rows for a table, and each with its name: nothing but the name says where its numbers belong.
#[test]
fn a_few_rows_with_their_names_are_placed_by_them() {
    let rows = [
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）\t11\t12\t0\t0\t0\t14\t37",
        "1.属于国家秘密\t21\t0\t0\t0\t0\t0\t21",
    ];
    let blocks = [
        rows[0].to_owned(),
        rows.join("\n") + "\n",
        // With an empty column in front, and heads above.
        format!("\t{}", rows.join("\n\t")),
        format!(
            "<table><tr><td>{}</td></tr></table>",
            rows.join("</td></tr><tr><td>").replace('\t', "</td><td>")
        ),
    ];
    for (nth, block) in blocks.iter().enumerate() {
        let (mut window, before, _folder) = paste_into_table_3(block);
        assert!(window.says("粘贴官方表格"), "{block}");
        assert_eq!(window.report(), before, "nothing has changed yet");
        window.click("粘贴");
        let now = window.report();
        let value = |id: &str| now.value(now.form().find(id).unwrap());
        assert_eq!(value("t3.r3_2.natural"), Value::Count(11));
        assert_eq!(value("t3.r3_2.other"), Value::Count(14));
        assert_eq!(
            value("t3.r1.natural"),
            before.value(now.form().find("t3.r1.natural").unwrap())
        );
        if nth > 0 {
            assert_eq!(value("t3.r3_3_1.natural"), Value::Count(21));
        }
    }
}

#[test]
fn numbers_with_names_that_say_nothing_are_refused_whole() {
    let label = "1.属于国家秘密";
    for block in [
        // No row of the form.
        "其他单位申请\t1\t2\t3\t4\t5\t6\t21",
        // One that is known, and one that is not.
        &format!("{label}\t1\t2\t3\t4\t5\t6\t21\n其他单位申请\t1\t2\t3\t4\t5\t6\t21"),
        // Some of its numbers: which columns are they?
        &format!("{label}\t1\t2\t3"),
        &format!("{label}\t1\t2\n7\t8\t9"),
        // Heads above numbers.
        "自然人\t商业企业\n1\t2",
        // One cell a line, as some programs hand a table over.
        &format!("{label}\n1\n2\n3"),
        // Years beside them.
        "2023年\t1\t2\n2024年\t3\t4",
        // A number of the row in front of its name.
        "5\t其他单位申请\t1\t2",
        "<table><tr><td>其他单位申请</td><td>1</td><td>2</td></tr></table>",
    ] {
        let (mut window, before, _folder) = paste_into_table_3(block);
        assert!(window.says("没有粘贴：内容里有行名或列名"), "{block}");
        assert!(window.report() == before, "{block}");
    }
}

#[test]
fn blocks_of_numbers_are_pasted_as_they_are() {
    for block in [
        "1\t2\n3\t4",
        "1件\t２\n-\t4",
        "1\t2\n3（其中修订2件）\t4",
        "\t1\n甲\t2",
    ] {
        let (window, before, _folder) = paste_into_table_3(block);
        assert!(!window.says("没有粘贴：内容里有行名"), "{block}");
        let mut window = window;
        assert!(window.report() != before, "{block}");
    }
}
