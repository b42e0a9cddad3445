//! The same official table several times in one report: which one is read is chosen with a reason, told, and can be changed.

use crate::support::{Window, exported, report};
use nianbao::export::Format;
use nianbao::import::{Imported, Wanted, WhyTable, from_source, from_source_as, read};

/// Tables 3 of a report and of the one before it stand one after the other, each below its line.
fn page(first: (&str, &str), second: (&str, &str)) -> String {
    let html = |name: &str| String::from_utf8(exported(&report(name), Format::Html)).unwrap();
    let table = |page: &str| {
        let from = page.match_indices("<table").nth(1).unwrap().0;
        let to = page.match_indices("</table>").nth(1).unwrap().0 + "</table>".len();
        (from, to)
    };
    let own = html("pingtan_2022");
    let (from, to) = table(&own);
    let tables = [first, second].map(|(name, caption)| {
        let page = html(name);
        let (from, to) = table(&page);
        format!("<p>{caption}</p>{}", &page[from..to])
    });
    format!("{}{}{}", &own[..from], tables.concat(), &own[to..])
}

fn imported(page: &str, wanted: &Wanted) -> Imported {
    let source = read::read(page.as_bytes()).unwrap();
    from_source_as(&source, wanted).unwrap()
}

/// What stands in the first cell of table 3.
fn new_requests(read: &Imported) -> String {
    let cell = read.report.form().find("t3.r1.natural").unwrap();
    read.words[&cell].clone()
}

#[test]
fn the_one_of_the_reports_year_is_read_wherever_it_stands() {
    let (own, other) = ("pingtan_2022", "pingtan_2021");
    let ways = [
        (page((own, ""), (other, "")), own, 0, WhyTable::First),
        (page((other, ""), (own, "")), other, 0, WhyTable::First),
        (
            page((other, "附：2021年情况"), (own, "2022年情况")),
            own,
            1,
            WhyTable::NamesYear,
        ),
        (
            page((own, "二〇二二年情况"), (other, "上年情况")),
            own,
            0,
            WhyTable::NamesYear,
        ),
        (
            page((other, "上年情况"), (own, "本年情况")),
            own,
            1,
            WhyTable::OthersNameOtherYears,
        ),
    ];
    for (page, name, chosen, why) in ways {
        let read = imported(&page, &Wanted::default());
        let [several] = read.several_tables.as_slice() else {
            panic!("{:?}", read.several_tables);
        };
        assert_eq!((several.chosen, several.why), (chosen, why), "{several}");
        let truth = report(name);
        let cell = truth.form().find("t3.r1.natural").unwrap();
        assert_eq!(new_requests(&read), truth.value(cell).to_string());
        let told = read.remarks.iter().map(ToString::to_string);
        assert_eq!(told.filter(|line| line.contains("张表三")).count(), 1);
    }
}

#[test]
fn the_other_one_can_be_asked_for() {
    let page = page(("pingtan_2022", "2022年"), ("pingtan_2021", "2021年"));
    let table = imported(&page, &Wanted::default()).several_tables[0].table;
    let wanted = Wanted {
        tables: [(table, 1)].into(),
        ..Wanted::default()
    };
    let read = imported(&page, &wanted);
    assert_eq!(read.several_tables[0].why, WhyTable::Asked);
    let other = report("pingtan_2021");
    let cell = other.form().find("t3.r1.natural").unwrap();
    assert_eq!(new_requests(&read), other.value(cell).to_string());
    // The other tables stay what they are.
    assert_eq!(read.report.year(), 2022);
    // One that is not there is none.
    let wanted = Wanted {
        tables: [(table, 9)].into(),
        ..Wanted::default()
    };
    assert!(imported(&page, &wanted).several_tables[0].chosen < 2);
}

#[test]
fn a_table_that_only_stands_twice_is_one() {
    let page = page(("pingtan_2022", ""), ("pingtan_2022", "再附一次"));
    let source = read::read(page.as_bytes()).unwrap();
    assert_eq!(from_source(&source).unwrap().several_tables, []);
}

#[test]
fn the_window_changes_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("两张表三.html");
    let page = page(
        ("pingtan_2022", "2022年情况"),
        ("pingtan_2021", "2021年情况"),
    );
    std::fs::write(&path, &page).unwrap();
    let several = imported(&page, &Wanted::default()).several_tables;
    let known_by = &several[0].all;
    assert!(
        known_by[1].starts_with("表前写着“2021年情况”"),
        "{known_by:?}"
    );
    let mut window = Window::new();
    window.app().open_or_import(&path);
    window.run();
    let number = |window: &mut Window| {
        let report = window.report();
        report.value(report.form().find("t3.r1.natural").unwrap())
    };
    let is = |name: &str| {
        let truth = report(name);
        truth.value(truth.form().find("t3.r1.natural").unwrap())
    };
    assert_eq!(number(&mut window), is("pingtan_2022"));
    window.click(&format!("改读第 2 张表三（{}）", known_by[1]));
    assert_eq!(number(&mut window), is("pingtan_2021"));
    window.click(&format!("改读第 1 张表三（{}）", known_by[0]));
    assert_eq!(number(&mut window), is("pingtan_2022"));
}
