//! Whether the figures brought along as last year's are those of this organ's last year.

use crate::check::about::{About, Rule};
use crate::check::evaluation::{Evaluation, Finding, Said};
use crate::check::remedy::{Remedies, Remedy};
use crate::form::Level;
use crate::report::{Figures, Report};

/// They are of `year`, which is not the year before.
#[derive(Debug)]
struct OtherYear {
    year: i32,
}

/// They are of another organ.
#[derive(Debug)]
struct OtherOrgan {
    organ: String,
}

pub(super) fn check(report: &Report, last: &Figures, result: &mut Evaluation) {
    if report.last_year().is_none() {
        let year = OtherYear { year: last.year() };
        result.findings.push(query("PRIOR-YEAR", year));
        return;
    }
    let (before, now) = (last.organ().trim(), report.organ().trim());
    if !before.is_empty() && !now.is_empty() && !is_same_organ(before, now) {
        let organ = last.organ().to_owned();
        result
            .findings
            .push(query("PRIOR-ORGAN", OtherOrgan { organ }));
    }
}

/// Whether two names are the same but for the superior place, which one of them has in front:
/// `淮安市洪泽区教育局` and `洪泽区教育局`.
fn is_same_organ(one: &str, other: &str) -> bool {
    /// How names of places end.
    const PLACES: [&str; 11] = [
        "省", "市", "县", "区", "州", "盟", "旗", "乡", "镇", "街道", "兵团",
    ];
    let (long, short) = match one.len() > other.len() {
        true => (one, other),
        false => (other, one),
    };
    match long.strip_suffix(short).map(str::trim_end) {
        Some("") => true,
        // What stands alone behind a place must be a name of its own.
        Some(place) => short.chars().count() > 2 && PLACES.iter().any(|end| place.ends_with(end)),
        None => false,
    }
}

fn query(id: &'static str, said: impl Said + 'static) -> Finding {
    Finding::new(Level::Query, Rule::Program(id), About::report(), said)
}

impl Said for OtherYear {
    fn headline(&self, _: &Finding, report: &Report) -> String {
        format!(
            "带入的上年数是 {} 年度的，不是 {} 年度的",
            self.year,
            report.year() - 1
        )
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        format!(
            "{}，没有拿来审核；请用“结转新年度”带入 {} 年度的年报",
            self.headline(finding, report),
            report.year() - 1
        )
    }

    fn remedies(&self, _: &Finding, _: &Report, _: &Evaluation) -> Remedies {
        Some(Remedy::ChooseLastYear).into()
    }
}

impl Said for OtherOrgan {
    fn headline(&self, _: &Finding, report: &Report) -> String {
        format!(
            "带入的上年数是“{}”的，本年的单位是“{}”",
            self.organ,
            report.organ()
        )
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        format!(
            "{}；选错了就用“结转新年度”重新带入，单位改了名称的写明原因",
            self.headline(finding, report)
        )
    }

    fn remedies(&self, _: &Finding, _: &Report, _: &Evaluation) -> Remedies {
        Some(Remedy::ChooseLastYear).into()
    }
}
