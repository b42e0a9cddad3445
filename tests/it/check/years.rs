//! This year held against the last one: what carries over, what must agree, what changed too much, what was copied.

use crate::support::random::{Random, wild};
use crate::support::{fixture, on_the_wrong_form, report, with_last};
use nianbao::check::{self, Evaluation};
use nianbao::disk;
use nianbao::form::{self, CellIx, Level};
use nianbao::report::{Edit, History, Origin, Report};
use nianbao::rollover;
use nianbao::value::{self, Value};
use nianbao::{draft, import};

/// Years of one organ that follow each other, over the change of form too.
const CHAINS: [(&str, &str); 4] = [
    ("pingtan_2019", "pingtan_2020"),
    ("pingtan_2020", "pingtan_2021"),
    ("pingtan_2021", "pingtan_2022"),
    ("hongze_2023", "hongze_2024"),
];

fn cell(report: &Report, id: &str) -> CellIx {
    report.form().find(id).unwrap()
}

/// The report with a number typed into a cell.
fn changed(report: Report, id: &str, number: &str) -> Report {
    let at = cell(&report, id);
    let spec = report.form().cell(at);
    let value = value::parse(number, spec.kind, spec.unit.as_deref()).unwrap();
    let mut history = History::new(report);
    history.apply(Edit::cells(history.report(), [(at, value)]));
    history.report().clone()
}

fn text(report: Report, id: &str, words: &str) -> Report {
    let text = report.form().find_text(id).unwrap();
    let mut history = History::new(report);
    history.apply(Edit::text(history.report(), text, words));
    history.report().clone()
}

/// What is found about last year: the rule and the cells.
fn about_last_year(report: &Report, evaluation: &Evaluation) -> Vec<(String, Vec<String>)> {
    let form = report.form();
    let is_about = |rule: &str| {
        let ends = [
            "-CARRY",
            "-ROLL",
            "-SLIP",
            "SWING",
            "STALE-YEAR",
            "PRIOR-YEAR",
        ];
        ends.iter().any(|end| rule.ends_with(end))
    };
    let found = evaluation
        .findings
        .iter()
        .filter(|finding| is_about(finding.rule_id(form)));
    found
        .map(|finding| {
            let cells = finding.about.cells.iter();
            let ids = cells.map(|&cell| form.cell(cell).id.clone()).collect();
            (finding.rule_id(form).to_owned(), ids)
        })
        .collect()
}

fn across(report: &Report) -> Vec<(String, Vec<String>)> {
    let mut found = about_last_year(report, &check::evaluate(report));
    found.retain(|(rule, _)| rule.ends_with("-CARRY") || rule.ends_with("-ROLL"));
    found
}

#[test]
fn published_years_carry_over_into_each_other() {
    for (last, name) in CHAINS {
        let report = with_last(&report(name), &report(last));
        assert_eq!(across(&report), [], "{last} → {name}");
        let evaluation = check::evaluate(&report);
        assert_eq!(evaluation.unchecked_across, [0_usize; 0], "{last} → {name}");
        // All that the form knows of last year was compared, but for what the last form did not have.
        let new_form = last == "pingtan_2020";
        let compared = report.form().across.len();
        assert_eq!(compared, if name == "pingtan_2020" { 12 } else { 9 });
        let last_one = &report.form().across[compared - 1].last;
        let known = report.prior().unwrap().figures.last_sum(last_one);
        assert_eq!(known.is_none(), new_form, "{last} → {name}");
    }
}

#[test]
fn a_break_in_one_column_is_found_with_its_column() {
    for (last, name) in CHAINS {
        let (report, last) = (report(name), report(last));
        for column in ["natural", "biz", "research", "welfare", "legal", "other"] {
            let id = format!("t3.r2.{column}");
            let three_more = report.value(cell(&report, &id)).plus(Value::Count(3));
            let broken = changed(report.clone(), &id, &three_more.to_string());
            let broken = with_last(&broken, &last);
            assert_eq!(
                across(&broken),
                [("T3-CARRY".to_owned(), vec![id])],
                "{name}"
            );
        }
    }
    // In the words that the clerk sees.
    let broken = with_last(
        &changed(report("pingtan_2022"), "t3.r2.biz", "4"),
        &report("pingtan_2021"),
    );
    let evaluation = check::evaluate(&broken);
    let found = evaluation
        .findings
        .iter()
        .find(|finding| finding.rule_id(broken.form()).ends_with("-CARRY"))
        .unwrap();
    assert_eq!(
        found.message(&broken, &evaluation),
        "表三 · 二、上年结转政府信息公开申请数量 · 商业企业 · 本年所填=4，上年“四、结转下年度继续办理”=0，差 4"
    );
    assert_eq!(found.level, Level::Query);
    assert!(found.wants_reason());
}

#[test]
fn a_stated_total_that_does_not_carry_over_is_found_too() {
    let report = report("pingtan_2022");
    let total = cell(&report, "t3.r2.total");
    let mut history = History::new(with_last(&report, &self::report("pingtan_2021")));
    history.apply(Edit::stated(history.report(), total, Some(Value::Count(8))));
    assert_eq!(
        across(history.report()),
        [("T3-CARRY".to_owned(), vec!["t3.r2.total".to_owned()])]
    );
}

#[test]
fn documents_in_force_are_last_years_and_the_new_ones_without_the_repealed() {
    let valid = |number: &str| {
        let report = changed(report("hongze_2024"), "t2.normdoc.valid", number);
        across(&with_last(&report, &self::report("hongze_2023")))
    };
    assert_eq!(valid("8"), []);
    let [(rule, cells)] = &valid("9")[..] else {
        panic!("one finding")
    };
    assert_eq!(rule, "T2-VALID-ROLL");
    assert_eq!(cells[0], "t2.normdoc.valid");
}

#[test]
fn blanks_of_either_year_are_unchecked_and_never_passed() {
    let last = report("hongze_2023");
    let empty = Report::new(form::by_year(2024).unwrap(), "甲", 2024);
    let evaluation = check::evaluate(&with_last(&empty, &last));
    assert_eq!(evaluation.unchecked_across.len(), 9);
    assert!(evaluation.unchecked_count() >= 9);
    let never = Report::new(form::by_year(2023).unwrap(), "甲", 2023);
    let evaluation = check::evaluate(&with_last(&report("hongze_2024"), &never));
    assert_eq!(evaluation.unchecked_across.len(), 9);
    // Without last year's figures nothing of it is demanded.
    assert_eq!(check::evaluate(&empty).unchecked_across.len(), 0);
}

#[test]
fn figures_of_another_year_are_named_and_not_used() {
    let wrong = with_last(&report("pingtan_2022"), &report("pingtan_2020"));
    let evaluation = check::evaluate(&wrong);
    assert_eq!(
        about_last_year(&wrong, &evaluation),
        [("PRIOR-YEAR".to_owned(), vec![])]
    );
}

#[test]
fn what_changed_too_much_is_named_by_its_likely_reason() {
    for (id, before, now, rule) in [
        // 元 for 万元, with a year's growth on top, either way.
        ("t2.fee.amount", "5923.2449", "59232449", Some("UNIT-SLIP")),
        ("t2.fee.amount", "5923.2449", "71000000", Some("UNIT-SLIP")),
        ("t2.fee.amount", "251000", "25.1", Some("UNIT-SLIP")),
        ("t2.fee.amount", "59.2", "70.5", None),
        // A digit too many, wherever it stands, or too few.
        ("t2.licence.decisions", "2293", "22930", Some("DIGIT-SLIP")),
        ("t2.licence.decisions", "2293", "92293", Some("DIGIT-SLIP")),
        ("t2.licence.decisions", "2293", "229", Some("DIGIT-SLIP")),
        ("t2.licence.decisions", "5293", "15293", Some("DIGIT-SLIP")),
        ("t2.licence.decisions", "15293", "5293", Some("DIGIT-SLIP")),
        ("t2.licence.decisions", "950", "1050", None),
        ("t2.fee.amount", "0.0001", "1", None),
        ("t2.licence.decisions", "2293", "10690", Some("SWING")),
        ("t2.licence.decisions", "550", "9487", Some("SWING")),
        ("t2.licence.decisions", "2293", "3100", None),
        ("t2.licence.decisions", "90", "190", None),
        ("t2.licence.decisions", "3", "31", None),
        // From and to nothing.
        ("t2.coercion.decisions", "0", "42", Some("ZERO-SWING")),
        ("t2.coercion.decisions", "42", "0", Some("ZERO-SWING")),
        ("t2.coercion.decisions", "0", "5", None),
        ("t2.coercion.decisions", "0", "0", None),
        ("t2.coercion.decisions", "", "500", None),
    ] {
        let last = changed(report("pingtan_2021"), id, before);
        let this = with_last(&changed(report("pingtan_2022"), id, now), &last);
        let found = about_last_year(&this, &check::evaluate(&this));
        let found: Vec<&str> = found
            .iter()
            .filter(|(_, cells)| cells == &[id])
            .map(|(rule, _)| rule.as_str())
            .collect();
        assert_eq!(found, Vec::from_iter(rule), "{id}: {before} → {now}");
    }
}

#[test]
fn a_reason_holds_for_just_these_numbers_of_both_years() {
    let reason = |report: &Report| {
        let evaluation = check::evaluate(report);
        let form = report.form();
        let swing = |finding: &&check::Finding| {
            ["-SLIP", "SWING"]
                .iter()
                .any(|end| finding.rule_id(form).ends_with(end))
        };
        let mut queries = evaluation
            .findings
            .iter()
            .filter(|f| f.level == Level::Query);
        let finding = queries.find(swing).unwrap();
        let key = finding.key(report.form());
        let about = finding.evidence(report, &evaluation);
        (key, about, finding.reason.is_some())
    };
    let with_penalties = |name: &str, n: &str| changed(report(name), "t2.penalty.decisions", n);
    let this = with_penalties("pingtan_2022", "2000");
    let this = with_last(&this, &with_penalties("pingtan_2021", "500"));
    let (key, about, excused) = reason(&this);
    assert!(!excused);
    let mut history = History::new(this);
    let given = nianbao::report::Reason::new("新承接了三十项审批事项", about);
    history.apply(Edit::reason(history.report(), &key, given));
    assert!(reason(history.report()).2);
    // Another number of last year's, and it has to be confirmed again.
    let last = with_penalties("pingtan_2021", "501");
    let prior = rollover::prior_of(&last, "last.docx", "00");
    history.apply(Edit::prior(history.report(), Some(prior)));
    assert!(!reason(history.report()).2);
}

#[test]
fn a_sentence_copied_with_last_years_date_is_found() {
    let copied = "统计期限从2021年1月1日起至12月31日止。";
    let last = text(
        report("pingtan_2021"),
        "s1",
        &format!("一、概述。\n{copied}"),
    );
    let stale = |words: &str| {
        let this = with_last(&text(report("pingtan_2022"), "s1", words), &last);
        let evaluation = check::evaluate(&this);
        let form = this.form();
        let mut findings = evaluation.findings.iter();
        let found = findings.find(|finding| finding.rule_id(form) == "STALE-YEAR");
        let found = found.and_then(|finding| Some(finding.about.passage.as_ref()?.at.clone()));
        found.map(|at| at.iter().map(|at| words[at.clone()].to_owned()).collect())
    };
    assert_eq!(
        stale(&format!("2022年的情况：\n{copied}")),
        Some(vec!["2021年".to_owned()])
    );
    assert_eq!(stale("统计期限从2022年1月1日起至12月31日止。"), None);
    // A few words changed make no other sentence of it.
    assert_eq!(
        stale("统计期限从2021年1月1日开始至12月31日为止。"),
        Some(vec!["2021年".to_owned()])
    );
    // Naming last year in words of one's own is no copy.
    assert_eq!(stale("比2021年增加三件。"), None);
}

#[test]
fn a_span_of_dates_must_lie_in_the_reports_year() {
    let found = |words: &str| {
        let report = text(report("pingtan_2022"), "preamble", words);
        let evaluation = check::evaluate(&report);
        let is_it = |f: &&check::Finding| f.rule_id(report.form()) == "PERIOD-YEAR";
        let found = evaluation.findings.iter().find(is_it);
        found.map(|found| found.headline(&report))
    };
    let span = |year| format!("所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。");
    assert_eq!(
        found(&span(2021)).as_deref(),
        Some("引言写“所列数据的统计期限自2021年1月1日”：不是报告年度 2022 年")
    );
    assert_eq!(found(&span(2022)), None);
    // A law in force since some other year is no span of the report's.
    assert_eq!(found("《行政复议法》自2024年1月1日起施行。"), None);
    assert_eq!(found("年1月1日至12月31日"), None);
}

#[test]
fn paragraphs_that_begin_with_another_year_are_told_in_every_part() {
    let found = |id: &str, words: &str| {
        let report = text(report("pingtan_2022"), id, words);
        let evaluation = check::evaluate(&report);
        let is_it = |f: &&check::Finding| f.rule_id(report.form()) == "TEXT-YEAR";
        let found = evaluation.findings.iter().find(is_it);
        found.map(|found| found.headline(&report))
    };
    for year in [2018, 2021, 2023] {
        for id in ["s1", "s5", "s6"] {
            let words = format!("{year}年，工作有序推进。\n（一）培训两次。\n{year}年度，无。");
            let told = found(id, &words).expect(id);
            assert!(
                told.ends_with(&format!("写“{year}年”等 2 处：不是报告年度 2022 年")),
                "{told}"
            );
        }
    }
    // Two years held against each other, the report's own, and years within a sentence.
    for words in [
        "2021年，收到3件；2022年，收到5件。",
        "2022年，工作有序推进。",
        "自2021年以来，工作有序推进。",
        "与2021年相比增加2件。",
    ] {
        assert_eq!(found("s1", words), None, "{words}");
    }
}

#[test]
fn a_new_year_begins_with_what_carries_over_and_nothing_else() {
    let last = text(
        report("pingtan_2021"),
        "preamble",
        "本报告依据条例编制。联系地址：平潭县一号（电话：0591-1）。",
    );
    let last = text(last, "s1", "2021年的总体情况。");
    let new = rollover::begin(&last, "平潭2021.docx", "abcd").unwrap();
    let report = &new.report;
    assert_eq!((report.organ(), report.year()), (last.organ(), 2022));
    assert_eq!(report.form().id, "2021");
    let prior = report.prior().unwrap();
    assert_eq!(
        (prior.source.as_str(), prior.sha256.as_str()),
        ("平潭2021.docx", "abcd")
    );
    assert_eq!(prior.figures.find_text("s1"), "2021年的总体情况。");
    for (ix, spec) in report.form().indexed_cells() {
        let carried = spec.id.starts_with("t3.r2.") && !spec.computed;
        assert_eq!(report.value(ix).is_blank(), !carried, "{}", spec.id);
        assert_eq!(
            report.origin(ix),
            carried.then_some(Origin::LastYear),
            "{}",
            spec.id
        );
    }
    assert_eq!(report.value(cell(report, "t3.r2.natural")), Value::Count(1));
    for (ix, spec) in report.form().indexed_texts() {
        let words = match spec.id.as_str() {
            "preamble" => "联系地址：平潭县一号（电话：0591-1）。",
            _ => "",
        };
        assert_eq!(report.text(ix), words, "{}", spec.id);
    }
    assert_eq!(new.mapping.forms, None);
    assert_eq!(new.mapping.filled.len(), 6);
}

#[test]
fn a_report_on_the_wrong_form_goes_onto_the_right_one() {
    let old = report("pingtan_2020");
    let mut history = History::new(on_the_wrong_form());
    let total = cell(history.report(), "t3.r3_7.natural");
    history.apply(Edit::stated(history.report(), total, old.stated(total)));
    let words = "收到申请21件，采购8项。";
    let wrong = text(history.report().clone(), "s5", words);
    // What the other form has stays linked, what it lacks does not.
    let link = |report: &Report, digits: &str, of: &str| {
        let at = words.find(digits).unwrap();
        let (s5, of) = (report.form().find_text("s5"), report.form().find_sum(of));
        Edit::link(
            report,
            s5.unwrap(),
            at..at + digits.len(),
            Some(of.unwrap()),
        )
    };
    let wrong = wrong.with(|it| link(it, "21", "t3.r1.total + t3.r2.total"));
    let wrong = wrong.with(|it| link(it, "8", "t2.procurement.count"));
    let form = form::by_year(2022).unwrap();
    let (right, mapping) = rollover::onto_form(&wrong, &form);
    assert_eq!((right.form().id.as_str(), right.year()), ("2021", 2022));
    for (ix, spec) in right.form().indexed_cells() {
        let before = wrong.form().find(&spec.id);
        let (value, stated) = before.map_or((Value::Blank, None), |from| {
            (wrong.value(from), wrong.stated(from))
        });
        assert_eq!(right.value(ix), value, "{}", spec.id);
        assert_eq!(right.stated(ix), stated, "{}", spec.id);
    }
    let s5 = right.form().find_text("s5").unwrap();
    assert_eq!(right.text(s5), words);
    let links = right.links(s5).iter();
    let links: Vec<String> = links.map(|link| form.sum_id(&link.of)).collect();
    assert_eq!(links, ["t3.r1.total + t3.r2.total"]);
    assert_eq!(mapping.split.len(), 7);
    assert!(
        mapping
            .gone
            .iter()
            .any(|(name, _)| name.contains("政府集中采购"))
    );
    let evaluation = check::evaluate(&right);
    let rules = evaluation.findings.iter().map(|f| f.rule_id(right.form()));
    assert!(rules.into_iter().all(|rule| rule != "FORM-YEAR"));
}

#[test]
fn the_change_of_form_is_reported_cell_by_cell() {
    let new = rollover::begin(&report("pingtan_2020"), "2020.pdf", "").unwrap();
    assert_eq!(new.report.form().id, "2021");
    let mapping = &new.mapping;
    assert_eq!(
        mapping.forms,
        Some(("2019年格式".to_owned(), "2021年格式".to_owned()))
    );
    assert_eq!(mapping.split.len(), 7);
    assert!(mapping.split.iter().all(|(_, these)| these.len() == 3));
    assert!(mapping.renamed.contains(&(
        "表二 · 规范性文件 · 本年新制作数量".to_owned(),
        "表二 · 行政规范性文件 · 本年制发件数".to_owned()
    )));
    assert!(mapping.gone.contains(&(
        "表二 · 其他对外管理服务事项 · 处理决定数量".to_owned(),
        Value::Count(105)
    )));
    // Every cell of both forms is accounted for.
    let (old, now) = (form::by_id("2019").unwrap(), form::by_id("2021").unwrap());
    let official = |form: &form::Form| {
        let cells = form.cells.iter();
        cells.filter(|cell| cell.addition.is_none()).count()
    };
    let same = old
        .indexed_cells()
        .filter(|(ix, spec)| {
            now.find(&spec.id)
                .is_some_and(|other| now.full_name(other) == old.full_name(*ix))
        })
        .count();
    assert_eq!(
        same + mapping.renamed.len() + mapping.split.len() + mapping.gone.len(),
        official(&old)
    );
    assert_eq!(
        same + mapping.renamed.len() + mapping.split.len() * 3 + mapping.only_new.len(),
        official(&now)
    );
}

#[test]
fn last_years_items_carry_over_on_the_older_form() {
    let new = rollover::begin(&report("pingtan_2019"), "2019.html", "").unwrap();
    assert_eq!(new.report.form().id, "2019");
    assert_eq!(new.mapping.filled.len(), 11);
    assert_eq!(
        new.report.value(cell(&new.report, "t2.penalty.items_prev")),
        report("pingtan_2020").value(cell(&new.report, "t2.penalty.items_prev"))
    );
}

#[test]
fn what_last_year_left_blank_is_not_carried_as_zero() {
    let last = changed(report("pingtan_2021"), "t3.r4.legal", "");
    let new = rollover::begin(&last, "2021.docx", "").unwrap();
    assert_eq!(new.mapping.filled.len(), 5);
    assert_eq!(
        new.mapping.not_filled,
        ["表三 · 二、上年结转政府信息公开申请数量 · 法律服务机构"]
    );
    assert!(
        new.report
            .value(cell(&new.report, "t3.r2.legal"))
            .is_blank()
    );
}

#[test]
fn last_years_figures_come_into_a_begun_report_in_one_step_and_go_again() {
    let begun = changed(
        Report::new(form::by_year(2022).unwrap(), "平潭", 2022),
        "t3.r2.natural",
        "7",
    );
    let mut history = History::new(begun.clone());
    let prior = rollover::prior_of(&report("pingtan_2021"), "2021.docx", "00");
    history.apply(rollover::bring(history.report(), prior));
    // What is filled in already stays.
    let value = |id: &str| history.report().value(cell(history.report(), id));
    assert_eq!(value("t3.r2.natural"), Value::Count(7));
    assert_eq!(value("t3.r2.biz"), Value::Count(0));
    history.undo();
    assert_eq!(*history.report(), begun);
}

#[test]
fn drafts_keep_last_years_figures() {
    for seed in 0..20 {
        let forms = form::official();
        let mut random = Random::new(700 + seed);
        let last = wild(&forms[seed as usize % 2], &mut random);
        let this = wild(&forms[(seed as usize / 2) % 2], &mut random);
        let report = with_last(&this, &last);
        let text = draft::to_text(&report);
        let read = draft::from_text(&text).unwrap_or_else(|problem| panic!("{problem}\n{text}"));
        assert_eq!(read, report, "{seed}");
        assert_eq!(draft::to_text(&read), text, "{seed}");
    }
}

#[test]
fn damage_in_last_years_figures_is_named_with_its_line() {
    let report = with_last(&report("pingtan_2022"), &report("pingtan_2021"));
    let text = draft::to_text(&report);
    let at = text.find("    prior: (").unwrap();
    let (head, prior) = text.split_at(at);
    let line = |what: &str| head.lines().count() + 1 + line_in(prior, what);
    fn line_in(text: &str, what: &str) -> usize {
        text[..text.find(what).unwrap()].matches('\n').count()
    }
    for (what, instead, says) in [
        ("\"r3_1\":", "\"r3_9\":", "没有单元格“t3.r3_9.natural”"),
        ("form: \"2021\"", "form: \"2031\"", "没有“2031”这种年报格式"),
        ("\"s5\":", "\"s7\":", "没有正文“s7”"),
        (
            "form: \"2021\",\n        year: 2021",
            "form: \"2021\",\n        year: 2147483647",
            "不是四位数",
        ),
    ] {
        let damaged = format!("{head}{}", prior.replacen(what, instead, 1));
        let problem = draft::from_text(&damaged).unwrap_err().to_string();
        assert!(problem.contains(says), "{problem}");
        assert!(
            problem.contains(&format!("第 {} 行", line(what))),
            "{problem}"
        );
    }
}

#[test]
fn a_draft_is_a_last_year_like_any_other_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("2021.ron");
    draft::save(&report("pingtan_2021"), &path).unwrap();
    let (imported, sha256) = import::from_file_with_sha256(&path).unwrap();
    assert_eq!(imported.report, report("pingtan_2021"));
    assert_eq!(sha256, disk::sha256(&std::fs::read(&path).unwrap()));
    let from_pdf = import::from_file_with_sha256(&fixture("reports/hongze_2023.pdf")).unwrap();
    let new = rollover::begin(&from_pdf.0.report, "hongze_2023.pdf", &from_pdf.1).unwrap();
    assert_eq!(new.report.year(), 2024);
    assert_eq!(
        new.report.prior().unwrap().figures.find("t2.normdoc.valid"),
        Some(Value::Count(5))
    );
}

#[test]
fn a_total_of_last_year_with_a_blank_part_is_not_known() {
    // Of last year's parts one is blank: what its total would be nobody knows.
    let last = changed(report("pingtan_2021"), "t3.r4.natural", "");
    let this = with_last(&report("pingtan_2022"), &last);
    assert_eq!(across(&this), []);
    let unchecked = |report: &Report| {
        let form = report.form();
        let evaluation = check::evaluate(report);
        let first = |&nth: &usize| form.cell(form.across[nth].cells[0]).id.clone();
        let ids: Vec<String> = evaluation.unchecked_across.iter().map(first).collect();
        ids
    };
    assert_eq!(unchecked(&this), ["t3.r2.natural", "t3.r2.total"]);
    // And a sum of what is there is neither agreed with nor compared.
    let organ = this.organ().to_owned();
    let mut only = Report::new(form::by_year(2021).unwrap(), organ, 2021);
    only = changed(only, "t3.r4.natural", "1");
    only = changed(only, "t3.r1.natural", "5");
    let this = with_last(&report("pingtan_2022"), &only);
    assert_eq!(unchecked(&this).len(), 8);
    assert_eq!(about_last_year(&this, &check::evaluate(&this)), []);
}

#[test]
fn misprinted_totals_of_last_year_are_named_and_what_adds_up_counts() {
    let last = report("hongze_2023");
    assert_eq!(
        check::misprints(&last),
        [
            "表四 · 行政复议·总计 印着 0，各项之和是 11",
            "表四 · 复议后起诉·总计 印着 0，各项之和是 5",
        ]
    );
    let new = rollover::begin(&last, "2023.pdf", "").unwrap();
    let figures = &new.report.prior().unwrap().figures;
    assert_eq!(figures.find("t4.row.rev_total"), Some(Value::Count(11)));
    let lines = new.mapping.lines();
    assert!(lines.iter().any(|line| line.contains("上年印错的总计")));
    // So the real numbers of both years raise no alarm about a zero that nobody had.
    let this = with_last(&report("hongze_2024"), &last);
    let found = about_last_year(&this, &check::evaluate(&this));
    assert!(
        found.iter().all(|(rule, _)| rule != "ZERO-SWING"),
        "{found:?}"
    );
}

#[test]
fn figures_of_another_organ_want_a_reason() {
    let other = with_last(&report("pingtan_2022"), &{
        let mut history = History::new(report("pingtan_2021"));
        history.apply(Edit::organ(history.report(), "别的单位"));
        history.report().clone()
    });
    let evaluation = check::evaluate(&other);
    let found = &evaluation.findings;
    let found = found
        .iter()
        .find(|f| f.rule_id(other.form()) == "PRIOR-ORGAN");
    let message = found.unwrap().message(&other, &evaluation);
    assert!(message.contains("“别的单位”"), "{message}");
    assert!(found.unwrap().wants_reason());
}

#[test]
fn a_superior_place_in_front_makes_no_other_organ() {
    let asked = |now: &str, before: &str| {
        let named = |report: Report, organ: &str| report.with(|it| Edit::organ(it, organ));
        let last = named(report("pingtan_2021"), before);
        let this = with_last(&named(report("pingtan_2022"), now), &last);
        let evaluation = check::evaluate(&this);
        let mut rules = evaluation.findings.iter().map(|f| f.rule_id(this.form()));
        rules.any(|rule| rule == "PRIOR-ORGAN")
    };
    for (now, before) in [
        ("福建省平潭县教育局", "平潭县教育局"),
        ("洪泽区人民政府", "江苏省淮安市洪泽区人民政府"),
        ("九台区兴隆街道办事处", "长春市九台区兴隆街道办事处"),
    ] {
        assert!(!asked(now, before), "{now} {before}");
    }
    for (now, before) in [
        ("平潭县教育局", "福清市教育局"),
        ("黄浦区公安局", "区公安局"),
        ("某县公安局交警大队", "某县公安局"),
        ("县政府", "政府"),
    ] {
        assert!(asked(now, before), "{now} {before}");
    }
}

#[test]
fn licences_and_fees_that_swing_are_worth_a_look_and_no_more() {
    let level = |id: &str, before: &str, now: &str| {
        let last = changed(report("pingtan_2021"), id, before);
        let this = with_last(&changed(report("pingtan_2022"), id, now), &last);
        let evaluation = check::evaluate(&this);
        let form = this.form();
        let mut found = evaluation.findings.iter();
        let found =
            found.find(|f| f.rule_id(form) == "SWING" && form.cell(f.about.cells[0]).id == id);
        found.map(|found| found.level)
    };
    assert_eq!(
        level("t2.licence.decisions", "2293", "10690"),
        Some(Level::Hint)
    );
    assert_eq!(level("t2.fee.amount", "100", "900"), Some(Level::Hint));
    assert_eq!(
        level("t2.penalty.decisions", "500", "2000"),
        Some(Level::Query)
    );
}

#[test]
fn the_right_file_puts_right_what_a_wrong_one_brought() {
    let begun = Report::new(form::by_year(2022).unwrap(), "平潭", 2022);
    let mut history = History::new(changed(begun, "t3.r2.biz", "7"));
    let wrong = changed(report("pingtan_2021"), "t3.r4.natural", "88");
    for last in [&wrong, &report("pingtan_2021")] {
        let prior = rollover::prior_of(last, "2021.docx", "");
        history.apply(rollover::bring(history.report(), prior));
    }
    let value = |id: &str| history.report().value(cell(history.report(), id));
    assert_eq!(value("t3.r2.natural"), Value::Count(1));
    assert_eq!(value("t3.r2.biz"), Value::Count(7), "typed by hand");
    // Where the right file says nothing, what the wrong one brought goes.
    let silent = changed(report("pingtan_2021"), "t3.r4.natural", "");
    let prior = rollover::prior_of(&silent, "2021.docx", "");
    history.apply(rollover::bring(history.report(), prior));
    let value = |id: &str| history.report().value(cell(history.report(), id));
    assert_eq!(value("t3.r2.natural"), Value::Blank);
    assert_eq!(value("t3.r2.biz"), Value::Count(7), "typed by hand");
    // Figures of a year that does not come before are not brought in at all.
    let strange = rollover::prior_of(&report("pingtan_2019"), "2019.docx", "");
    assert!(rollover::bring(history.report(), strange).is_empty());
}

#[test]
fn what_no_cell_holds_is_not_carried_over() {
    let last = changed(
        report("pingtan_2019"),
        "t2.penalty.items_prev",
        "999999999999",
    );
    let last = changed(last, "t2.penalty.items_delta", "5");
    let new = rollover::begin(&last, "2019.docx", "").unwrap();
    let names = &new.mapping.not_filled;
    assert!(names.iter().any(|name| name.contains("行政处罚")));
    let text = draft::to_text(&new.report);
    assert_eq!(draft::from_text(&text).unwrap(), new.report);
    let late = Report::new(form::by_year(2021).unwrap(), "甲", 9999);
    assert!(rollover::begin(&late, "", "").is_err());
}

#[test]
fn a_reason_outlives_the_mending_of_another_number() {
    let words = "收到申请9件，答复申请8件。";
    let mut history = History::new(text(report("pingtan_2022"), "s1", words));
    let second = |report: &Report| {
        let evaluation = check::evaluate(report);
        let about = |f: &&check::Finding| f.message(report, &evaluation).contains("答复申请8件");
        let found = evaluation.findings.iter().find(about).unwrap();
        let evidence = found.evidence(report, &evaluation);
        (found.key(report.form()), evidence, found.reason.is_some())
    };
    let (key, evidence, _) = second(history.report());
    let reason = nianbao::report::Reason::new("只写本机关的，表是全区的", evidence);
    history.apply(Edit::reason(history.report(), &key, reason));
    assert!(second(history.report()).2);
    let s1 = history.report().form().find_text("s1").unwrap();
    let mended = "收到申请74件，答复申请8件。";
    history.apply(Edit::text(history.report(), s1, mended));
    assert!(second(history.report()).2);
}

/// A paragraph of last year's, of more than sixty characters.
const PARAGRAPH: &str = "2024年，青川市水务局扎实推进政务公开工作，全年在门户网站公开政府信息312条，\
    组织业务培训2次，进一步完善信息发布审核机制，确保公开内容准确、及时、规范，群众满意度持续提升。";

/// A report with one text beside last year's with another.
fn beside(last: &str, now: &str) -> Report {
    let form = form::by_id("2021").unwrap();
    let text = form.find_text("s1").unwrap();
    let of = |year: i32, words: &str| {
        let report = Report::new(form.clone(), "青川市水务局", year);
        report.with(|report| Edit::text(report, text, words))
    };
    with_last(&of(2025, now), &of(2024, last))
}

fn same_as_last<'a>(report: &Report, evaluation: &'a Evaluation) -> Vec<&'a check::Finding> {
    let findings = evaluation.findings.iter();
    findings
        .filter(|finding| finding.rule_id(report.form()) == "SAME-AS-LAST")
        .collect()
}

fn alike(last: &str, now: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let report = beside(last, now);
    let evaluation = check::evaluate(&report);
    let told = same_as_last(&report, &evaluation).into_iter();
    told.map(|finding| {
        let passage = finding.about.passage.as_ref().unwrap();
        let words = report.text(passage.text)[passage.at[0].clone()].to_owned();
        (words, finding.last_year().unwrap().1)
    })
    .collect()
}

#[test]
fn a_paragraph_that_is_to_stay_is_kept_until_it_changes() {
    let report = beside(PARAGRAPH, PARAGRAPH);
    let evaluation = check::evaluate(&report);
    let finding = same_as_last(&report, &evaluation)[0].clone();
    let remedies = finding.remedies(&report, &evaluation);
    let [keep] = &remedies.all[..] else {
        panic!("{remedies:?}");
    };
    assert!(!remedies.is_plain);
    assert_eq!(keep.words(), "保留");
    let kept = report.with(|report| keep.edit(report));
    assert!(same_as_last(&kept, &check::evaluate(&kept)).is_empty());
    let text = kept.form().find_text("s1").unwrap();
    let other = PARAGRAPH.replace("门户网站", "政务新媒体");
    let changed = kept.with(|report| Edit::text(report, text, &other));
    assert_eq!(same_as_last(&changed, &check::evaluate(&changed)).len(), 1);
}

#[test]
fn a_paragraph_that_is_last_years_but_for_its_numbers_is_told() {
    let now = PARAGRAPH
        .replace("2024年，青川市水务局", "2025年，我局")
        .replace("312", "1,455");
    let last = format!("（一）主动公开\n{PARAGRAPH}");
    let told = alike(&last, &format!("新的一段。\n{now}\n"));
    let start = last.find("2024").unwrap();
    assert_eq!(told, [(now, start..last.len())]);
}

#[test]
fn a_paragraph_that_is_another_or_short_is_not() {
    let other = PARAGRAPH
        .replace(
            "组织业务培训2次，",
            "新设公开专区三处，面向企业发放政策汇编，",
        )
        .replace("群众满意度持续提升", "对照第三方评估意见整改完毕");
    assert_eq!(alike(PARAGRAPH, &other), []);
    let short = "2024年，青川市水务局扎实推进政务公开工作，公开政府信息312条。";
    assert_eq!(alike(short, short), []);
}

/// What the program itself writes from the tables is the same every year, and so are the law's words.
#[test]
fn the_programs_own_paragraphs_and_the_laws_words_are_left_out() {
    let own = |year: i32| {
        format!(
            "{year}年，新收政府信息公开申请{}件，其中自然人7件、商业企业3件。上年结转政府信息公开申请1件。\
             办结政府信息公开申请73件，其中予以公开63件、不予处理10件。结转下年度继续办理2件。",
            year - 1990
        )
    };
    assert_eq!(alike(&own(2024), &own(2025)), []);
    let law = "行政机关公开政府信息，应当坚持以公开为常态、不公开为例外，遵循公正、公平、合法、便民的原则，\
               及时、准确地公开政府信息，这是做好各项工作的基本要求，必须长期坚持。";
    assert_eq!(alike(law, law), []);
    let both = format!("{}{PARAGRAPH}", own(2024));
    assert_eq!(alike(&both, &format!("{}{PARAGRAPH}", own(2025))).len(), 1);
}
