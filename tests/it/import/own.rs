//! Our own exports read as somebody reads them who has lost the draft: nothing is guessed, nothing strange is said, and
//! the report is the one that was exported.

use crate::support::{exported, fixture, published};
use nianbao::compare::compare;
use nianbao::export::Format;
use nianbao::import::{self, read};
use nianbao::report::{Edit, History, Report, Signature};
use nianbao::value::Value;

fn is_the_same(what: &str, report: &Report) {
    for format in Format::OFFICIAL {
        let source = read::read(&exported(report, format)).unwrap_or_else(|why| panic!("{why}"));
        let back = import::from_source(&source).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(back.lines(), Vec::<String>::new(), "{what} {format:?}");
        assert!(!back.lacks_year, "{what} {format:?}");
        let both = compare(report, &back.report);
        assert!(both.is_empty(), "{what} {format:?}: {both:?}");
        let signed = |report: &Report| report.notes().signature.clone();
        assert_eq!(signed(report), signed(&back.report), "{what} {format:?}");
    }
}

/// The sample with its texts.
fn sample() -> Report {
    let path = fixture("../assets/samples/jiutai_xinglong_2020.ron");
    nianbao::draft::open(&path).unwrap()
}

#[test]
fn every_published_report_comes_back_without_a_word() {
    let reports = published().into_iter().map(|(name, it)| (name, it.report));
    for (name, report) in reports.chain([("sample".to_owned(), sample())]) {
        is_the_same(&name, &report);
    }
}

#[test]
fn a_draft_with_its_mark_comes_back_without_a_word() {
    for (name, read) in published() {
        let mut history = History::new(read.report);
        let cell = history.report().form().find("t3.r1.natural").unwrap();
        history.apply(Edit::cells(
            history.report(),
            [(cell, Value::Count(98_765))],
        ));
        is_the_same(&name, history.report());
    }
}

/// Excel has no row as high as such a paragraph: it goes on in the next ones.
#[test]
fn a_long_paragraph_stays_one_paragraph() {
    let sentence = "街道办事处主动公开重点领域信息，依法依规答复申请，做到应公开尽公开。";
    let mut history = History::new(sample());
    let long = [sentence.repeat(60), sentence.repeat(2), sentence.repeat(90)].join("\n");
    for id in ["s1", "s6"] {
        let text = history.report().form().find_text(id).unwrap();
        history.apply(Edit::text(history.report(), text, &long));
    }
    is_the_same("long", history.report());
}

#[test]
fn a_signature_comes_back_as_one() {
    let mut history = History::new(sample());
    let signature = Signature {
        organ: "长春市九台区兴隆街道办事处".to_owned(),
        date: "2021年1月20日".to_owned(),
    };
    history.apply(Edit::signature(history.report(), signature));
    is_the_same("signed", history.report());
}

/// Names as offices have them: several in one, with brackets, with figures, longer than a line.
#[test]
fn every_kind_of_name_comes_back() {
    for organ in [
        "中共平潭综合实验区工作委员会、平潭综合实验区管委会办公室",
        "某某市发展和改革委员会（某某市粮食和物资储备局、某某市人民防空办公室、某某市国防动员办公室）",
        "国家税务总局某某市某某区税务局第一税务所",
        "某某市第101中学",
        "新疆生产建设兵团第八师石河子市某某镇（某某团）人民政府",
        "某某自来水有限责任公司",
    ] {
        let mut history = History::new(sample());
        history.apply(Edit::organ(history.report(), organ));
        is_the_same(organ, history.report());
    }
}
