//! Organ and year beside their names, above the tables of a workbook or on its cover.

use crate::support::{lines, report};
use nianbao::export::{Format, xlsx};
use nianbao::import::source::{Part, RawCell, Source};
use nianbao::import::{self, Imported, read};

/// A workbook of ours whose cover is gone, with another line above its tables.
fn without_cover(line: &str) -> Source {
    let bytes = crate::support::exported(&report("hongze_2024"), Format::Xlsx);
    let mut source = read::read(&bytes).unwrap();
    source.properties.clear();
    source.parts.retain(|part| match part {
        Part::Table(table) => ![xlsx::COVER, xlsx::DATA].contains(&table.name.as_str()),
        Part::Text(_) => true,
    });
    for part in &mut source.parts {
        if let Part::Table(table) = part {
            let above = |cell: &&mut RawCell| cell.row == 1;
            let facts = table.cells.iter_mut().find(above).unwrap();
            assert!(facts.text.starts_with("单位名称："));
            facts.text = line.to_owned();
        }
    }
    source
}

fn read_with(line: &str) -> Imported {
    import::from_source(&without_cover(line)).unwrap()
}

#[test]
fn what_stands_beside_its_name_is_sure() {
    for line in [
        "填报单位：淮安市洪泽区水务局　　年度：2024",
        "填报单位:淮安市洪泽区水务局  填报年度:２０２４年度   计量单位:件",
        "年度：2024年 报送单位：淮安市洪泽区水务局",
    ] {
        let read = read_with(line);
        assert_eq!(read.report.organ(), "淮安市洪泽区水务局", "{line}");
        assert_eq!(read.report.year(), 2024, "{line}");
        assert_eq!(lines(&read.notes()), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn what_is_no_such_fact_is_told() {
    // Names no organ and no year.
    let read = read_with("填报单位：　　年度：二〇二四年上半年");
    assert!(read.lacks_year);
    // A telephone number has no place in a report.
    let read = read_with("填报单位：淮安市洪泽区水务局　　联系电话：0517-87000000");
    let unused = "没有用到的一行：填报单位：淮安市洪泽区水务局 联系电话：0517-87000000";
    assert!(lines(&read.notes()).contains(&unused.to_owned()));
}

#[test]
fn facts_that_disagree_are_told() {
    let bytes = crate::support::exported(&report("hongze_2024"), Format::Xlsx);
    let mut source = read::read(&bytes).unwrap();
    for (name, other) in [("报告年度", "2023年"), ("单位名称", "盱眙县水务局")] {
        let mut tables = source.parts.iter_mut().filter_map(|part| match part {
            Part::Table(table) if table.name == xlsx::COVER => Some(table),
            _ => None,
        });
        let cover = tables.next().unwrap();
        let named = cover.cells.iter().position(|cell| cell.text == name);
        cover.cells[named.unwrap() + 1].text = other.to_owned();
    }
    let read = import::from_source(&source).unwrap();
    let told = lines(&read.notes());
    for said in [
        "“单位名称”“报告年度”一栏写的是 2023",
        "“单位名称”“报告年度”一栏是“盱眙县水务局”",
    ] {
        assert!(
            told.iter().any(|line| line.contains(said)),
            "{said}: {told:#?}"
        );
    }
}
