//! A new, empty report: nothing is passed, nothing is 0.

use nianbao::check;
use nianbao::form::{self, Level};
use nianbao::report::Report;

#[test]
fn nothing_is_passed_on_an_empty_form() {
    for form in form::official() {
        let report = Report::new(form.clone(), "某局", form.years.from);
        let evaluation = check::evaluate(&report);
        assert_eq!(evaluation.count(Level::Error), 0);
        // Three tables with blanks, three texts not written.
        assert_eq!(evaluation.count(Level::Query), 6);
        let always = form
            .relations
            .iter()
            .filter(|r| r.organs.contain("某局") && r.addition.is_none())
            .count();
        assert_eq!(evaluation.unchecked.len(), always);
        assert!(report.cells().all(|cell| evaluation.value(cell).is_blank()));
    }
}
