//! What a report that leaves the window still lacks.

use crate::check::Finding;
use crate::form::Level;
use crate::ui::session::Session;

/// What must still be corrected, as a plain sentence; none if nothing must.
pub fn warning(session: &Session) -> Option<String> {
    let errors = session.evaluation().count(Level::Error);
    (errors > 0).then(|| format!("这份年报还有 {errors} 处必改没有改正。"))
}

/// What is not filled in or not explained yet, as a sentence; none if everything is.
pub fn open_points(session: &Session) -> Option<String> {
    let findings = session.evaluation().findings.iter();
    let unfilled = findings.filter(|finding| finding.unfilled);
    let (texts, tables): (Vec<&Finding>, Vec<_>) =
        unfilled.partition(|finding| finding.about.passage.is_some());
    let cells: usize = tables.iter().map(|finding| finding.about.cells.len()).sum();
    let texts = texts.len();
    let mut points = Vec::new();
    if session.report().organ().trim().is_empty() {
        points.push("没有填单位名称，标题里会缺少它".to_owned());
    }
    if cells > 0 {
        points.push(format!("还有 {cells} 格空白"));
    }
    if texts > 0 {
        points.push(format!("还有 {texts} 部分正文没有写"));
    }
    let open = |finding: &&Finding| finding.wants_reason() && finding.reason.is_none();
    let unexplained = session.evaluation().findings.iter().filter(open);
    let unexplained = unexplained.filter(|finding| !finding.unfilled).count();
    if unexplained > 0 {
        points.push(format!("还有 {unexplained} 处需说明没有写原因"));
    }
    (!points.is_empty()).then(|| points.join("；"))
}
