//! Who is accused, over hundreds of seeded slips: nobody wrongly.

use crate::support::published;
use crate::support::random::Random;
use crate::support::typos::{Route, Sheet, Truth, WAYS, mistype};
use nianbao::check::{self, Culprit, Evidence, Readings};
use nianbao::form::{self, CellIx, Form, Level};
use nianbao::report::Report;
use nianbao::value::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What came out for one kind of report.
#[derive(Default)]
struct Tally {
    tried: usize,
    seen: usize,
    sure_right: usize,
    sure_wrong: usize,
    first: usize,
    third: usize,
}

impl Tally {
    fn take(&mut self, other: &Self) {
        self.tried += other.tried;
        self.seen += other.seen;
        self.sure_right += other.sure_right;
        self.sure_wrong += other.sure_wrong;
        self.first += other.first;
        self.third += other.third;
    }
}

/// What each culprit would change, and whether it is said to be sure.
fn accused(report: &Report) -> Vec<(Vec<(CellIx, Value)>, bool)> {
    let evaluation = check::evaluate(report);
    let evidence = Evidence::of_texts(report, &Readings::new(report));
    let culprits = check::culprits(report, &evaluation, &evidence);
    let said = |culprit: &Culprit| {
        let changes = culprit.changes.iter();
        let changes = changes.map(|&(cell, _, to)| (cell, to)).collect();
        (changes, culprit.is_sure())
    };
    culprits.iter().map(said).collect()
}

/// Opens a sheet and counts what is said of it.
fn count(truth: &Truth, broken: &Sheet, route: Route, tally: &mut Tally) {
    let wrong: BTreeMap<CellIx, Option<i64>> = truth
        .sheet
        .iter()
        .filter(|(cell, n)| broken[cell] != **n)
        .map(|(&cell, &n)| (cell, n))
        .collect();
    let report = truth.open(broken, route);
    tally.tried += 1;
    if check::evaluate(&report).count(Level::Error) == 0 {
        return;
    }
    tally.seen += 1;
    let accused = accused(&report);
    let is_right = |changes: &[(CellIx, Value)]| {
        changes.len() == wrong.len()
            && changes.iter().all(|(cell, to)| {
                let truth = wrong.get(cell).copied().flatten();
                to.same_number(truth.map_or(Value::Blank, Value::Count))
            })
    };
    let sure: Vec<_> = accused.iter().filter(|(_, sure)| *sure).collect();
    tally.sure_wrong += usize::from(sure.iter().any(|(changes, _)| !is_right(changes)));
    tally.sure_right += usize::from(sure.iter().any(|(changes, _)| is_right(changes)));
    tally.first += usize::from(accused.first().is_some_and(|(it, _)| is_right(it)));
    tally.third += usize::from(accused.iter().take(3).any(|(it, _)| is_right(it)));
}

const ROUTES: [(Route, &str); 5] = [
    (Route::Printed, "印有总计的文件"),
    (Route::Live, "手填"),
    (Route::LiveWithLastYear, "手填，有上年"),
    (Route::LiveWithTexts, "手填，正文写明各行总计"),
    (Route::WithoutTotals, "没有总计的文件"),
];

/// So many slips that are seen, of all ways, in reports of one form.
fn campaign(route: Route, form: &Arc<Form>, real: Option<&[Truth]>, slips: usize) -> Tally {
    let mut tally = Tally::default();
    for seed in 1.. {
        if tally.seen >= slips {
            break;
        }
        let mut random = Random::new(seed * 104_729 + route as u64);
        let size = *random.pick(&[3, 20, 150, 1200, 9000]);
        let made;
        let truth = match real {
            None => {
                made = Truth::synthetic(form, size, &mut random);
                &made
            }
            Some(real) => {
                let of_form: Vec<&Truth> = real.iter().filter(|it| it.form.id == form.id).collect();
                *random.pick(&of_form)
            }
        };
        let way = WAYS[seed as usize % WAYS.len()];
        if let Some(broken) = mistype(truth, way, route, &mut random) {
            count(truth, &broken, route, &mut tally);
        }
    }
    tally
}

fn line(tally: &Tally) -> String {
    let Tally {
        tried,
        seen,
        sure_right,
        sure_wrong,
        first,
        third,
    } = tally;
    let doubtful = seen.saturating_sub(sure_right + sure_wrong);
    format!(
        "试 {tried} 看出 {seen} 肯定且对 {sure_right} 肯定而错 {sure_wrong} 存疑 {doubtful} 三格之内 {third} 第一 {first}"
    )
}

/// Every sentence of the texts says just what it is meant to: else the campaign would be about other texts.
#[test]
fn the_texts_state_the_totals_of_their_rows() {
    for form in form::official() {
        let truth = Truth::synthetic(form, 1200, &mut Random::new(7));
        let report = truth.open(&truth.sheet, Route::LiveWithTexts);
        assert!(
            check::evaluate(&report)
                .findings
                .iter()
                .all(|it| it.about.cells.is_empty()
                    || it.level != Level::Error && it.about.passage.is_none())
        );
        let said = Evidence::of_texts(&report, &Readings::new(&report)).statements;
        let evaluation = check::evaluate(&report);
        let rows = report.cells().filter(|&cell| {
            let spec = form.cell(cell);
            spec.computed
                && spec.id.ends_with("total")
                && !["r3_6_3", "r3_7"].contains(&&*spec.row_id)
                && !evaluation.value(cell).same_number(Value::Count(0))
        });
        for cell in rows {
            let states = |it: &&check::Statement| it.of.plus == [cell];
            let id = &form.cell(cell).id;
            assert!(said.iter().any(|it| states(&it)), "{id} in {}", form.id);
        }
    }
}

/// `TYPOS=300 cargo test --test it accused -- --nocapture` runs the whole campaign and prints its table.
#[test]
fn nobody_is_accused_without_proof() {
    let slips: usize = std::env::var("TYPOS").map_or(25, |n| n.parse().unwrap());
    let real: Vec<Truth> = published()
        .iter()
        .filter_map(|(_, it)| Truth::real(&it.report))
        .collect();
    for (route, name) in ROUTES {
        let mut whole = Tally::default();
        for form in form::official() {
            for real in [None, Some(&real[..])] {
                let tally = campaign(route, form, real, slips);
                let of = if real.is_some() { "真实" } else { "随机" };
                println!("{name} {} {of}: {}", form.name, line(&tally));
                // In every row at most one in a hundred of what was tried.
                let most = tally.tried / 100;
                assert!(
                    tally.sure_wrong <= most,
                    "{name} {}: {}",
                    form.id,
                    line(&tally)
                );
                whole.take(&tally);
            }
        }
        // A few slips tell less than hundreds.
        let slack = if slips < 300 { 5 } else { 0 };
        let share = |part: usize| part * 100 / whole.seen + slack;
        match route {
            Route::Printed => assert!(
                share(whole.sure_right) >= 90 && share(whole.first) >= 95,
                "{}",
                line(&whole)
            ),
            // Without a witness nothing is sure; the right one is among the candidates all the same.
            Route::Live | Route::WithoutTotals => assert!(
                whole.sure_right == 0 && share(whole.third) >= 85,
                "{}",
                line(&whole)
            ),
            Route::LiveWithTexts => assert!(
                whole.sure_right > 0 && share(whole.first) >= 80,
                "{}",
                line(&whole)
            ),
            Route::LiveWithLastYear => assert!(
                whole.sure_right > 0 && share(whole.third) >= 90,
                "{}",
                line(&whole)
            ),
        }
    }
}
