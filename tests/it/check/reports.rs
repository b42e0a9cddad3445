//! The published reports: totals and findings as adding up by hand says.

use crate::support::{published, report};
use nianbao::check;
use nianbao::form::Level;
use nianbao::value::Value;

/// For each report the errors that it really has, as (relation, first cell, left, right).
fn violations(name: &str) -> Vec<(&'static str, &'static str, i64, i64)> {
    match name {
        "pingtan_2020" => vec![
            ("T3-OUTCOME-SUM", "t3.r3_7.natural", 20, 26),
            ("T3-OUTCOME-SUM", "t3.r3_7.total", 21, 27),
        ],
        "hongze_2023" => vec![
            ("T4-BLOCK-TOTAL", "t4.row.rev_total", 0, 11),
            ("T4-BLOCK-TOTAL", "t4.row.post_total", 0, 5),
        ],
        _ => Vec::new(),
    }
}

#[test]
fn errors_are_exactly_the_violations() {
    let all = published();
    assert_eq!(all.len(), 8);
    for (name, imported) in all {
        let report = imported.report;
        let form = report.form();
        let evaluation = check::evaluate(&report);
        let found: Vec<_> = evaluation
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .map(
                |finding| match (finding.about.relation, finding.numbers()) {
                    (Some(_), Some((left, right))) => (
                        finding.rule_id(form),
                        form.cell(finding.about.cells[0]).id.as_str(),
                        left,
                        right,
                    ),
                    _ => panic!("{name}: {}", finding.message(&report, &evaluation)),
                },
            )
            .collect();
        let expected: Vec<_> = violations(&name)
            .into_iter()
            .map(|(rule, cell, l, r)| (rule, cell, Value::Count(l), Value::Count(r)))
            .collect();
        assert_eq!(found, expected, "{name}");
    }
}

/// Every printed total that adds up is computed to the same number; the others stay as stated values.
#[test]
fn printed_totals_are_computed_or_stated() {
    for (name, imported) in published() {
        let text =
            std::fs::read_to_string(crate::support::fixture(&format!("reports/{name}.json")))
                .unwrap();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let (report, evaluation) = (&imported.report, check::evaluate(&imported.report));
        let refused: Vec<_> = imported
            .not_placed
            .iter()
            .map(|cell| cell.id.as_str())
            .collect();
        for (id, printed) in json["cells"].as_object().unwrap() {
            if refused.contains(&id.as_str()) {
                continue;
            }
            let cell = report.form().find(id).unwrap();
            let printed = match printed {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                number => number.to_string(),
            };
            if printed.is_empty() && report.form().cell(cell).computed {
                continue;
            }
            assert_eq!(
                evaluation.effective(cell).to_string(),
                printed,
                "{name} {id}"
            );
        }
    }
}

#[test]
fn what_has_no_place_is_named() {
    let refused = |name: &str| -> Vec<String> {
        let imported = published().into_iter().find(|(n, _)| n == name).unwrap().1;
        imported
            .not_placed
            .into_iter()
            .map(|cell| format!("{}={}", cell.id, cell.content))
            .collect()
    };
    let hongze = refused("hongze_2023");
    assert_eq!(hongze.len(), 7);
    assert!(
        hongze
            .iter()
            .all(|cell| cell.starts_with("t3.r3_6.") && cell.ends_with("=0")),
        "{hongze:?}"
    );
    assert_eq!(
        refused("shanghai_office_2019"),
        ["t2.procurement.amount=251000元"]
    );
    assert_eq!(refused("pingtan_2022"), [""; 0]);
}

/// Blanks are neither 0 nor balanced.
#[test]
fn blanks_leave_relations_unchecked() {
    let report = report("shanghai_office_2019");
    let form = report.form();
    let evaluation = check::evaluate(&report);
    let total = form.find("t3.r1.total").unwrap();
    assert_eq!(evaluation.value(total), Value::Count(859));
    assert!(!evaluation.is_complete(total));
    assert_eq!(
        evaluation.value(form.find("t4.row.post_total").unwrap()),
        Value::Blank
    );
    // Seven column identities, seven outcome sums, 23 row totals, three blocks: all have blanks in them, but for two
    // between printed totals alone.
    assert_eq!(evaluation.unchecked.len(), 7 + 7 + 23 + 3 - 2);
}

#[test]
fn filling_the_blanks_with_zero_settles_everything() {
    use nianbao::report::{Edit, History};
    let mut history = History::new(report("shanghai_office_2019"));
    history.apply(Edit::zero_blanks(
        history.report(),
        history.report().cells().collect::<Vec<_>>(),
    ));
    let evaluation = check::evaluate(history.report());
    assert_eq!(
        (evaluation.count(Level::Error), evaluation.unchecked.len()),
        (0, 0)
    );
    history.undo();
    assert_eq!(*history.report(), report("shanghai_office_2019"));
}

#[test]
fn the_sample_is_whole_and_fine() {
    let sample = nianbao::draft::from_text(include_str!(
        "../../../assets/samples/jiutai_xinglong_2020.ron"
    ))
    .unwrap();
    let evaluation = check::evaluate(&sample);
    assert!(evaluation.findings.is_empty() && evaluation.unchecked.is_empty());
    assert_eq!(
        sample.value(sample.form().find("t2.published.total").unwrap()),
        Value::Count(1)
    );
    let length = |id: &str| {
        sample
            .text(sample.form().find_text(id).unwrap())
            .chars()
            .count()
    };
    assert!(length("s1") > 1000 && length("s5") > 300 && length("s6") == 1);
    for cell in report("jiutai_xinglong_2020").cells() {
        assert_eq!(
            sample.value(cell),
            report("jiutai_xinglong_2020").value(cell)
        );
    }
}
