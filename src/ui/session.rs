//! The report that is open, with everything that is worked out from it once per change.

use crate::check::{self, Culprit, Evaluation, Finding};
use crate::draft;
use crate::form::{Body, CellIx, Form, Level};
use crate::report::{Edit, History, Report};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a cell is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    #[default]
    None,
    Query,
    Error,
}

/// An open report.
pub struct Session {
    history: History,
    /// The draft's file; none until it is saved for the first time.
    pub path: Option<PathBuf>,
    evaluation: Evaluation,
    culprits: Vec<Culprit>,
    /// For each cell of the form how it is marked.
    marks: Vec<Mark>,
    /// For each cell of the form what it shows.
    shown: Vec<String>,
    evaluated: Option<u64>,
}

impl Session {
    /// A report that lies in a file.
    pub fn opened(report: Report, path: PathBuf) -> Self {
        Self::new(History::new(report), Some(path))
    }

    /// A report that lies nowhere yet; `worth_saving` if closing it would lose something.
    pub fn fresh(report: Report, worth_saving: bool) -> Self {
        let history = if worth_saving {
            History::unsaved(report)
        } else {
            History::new(report)
        };
        Self::new(history, None)
    }

    fn new(history: History, path: Option<PathBuf>) -> Self {
        let mut session = Self {
            history,
            path,
            evaluation: Evaluation::default(),
            culprits: Vec::new(),
            marks: Vec::new(),
            shown: Vec::new(),
            evaluated: None,
        };
        session.refresh();
        session
    }

    pub fn report(&self) -> &Report {
        self.history.report()
    }

    pub fn form(&self) -> &Arc<Form> {
        self.history.report().form()
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// What probably is behind a finding, best first.
    pub fn culprits_of(&self, finding: usize) -> impl Iterator<Item = &Culprit> {
        self.culprits
            .iter()
            .filter(move |culprit| culprit.explains.contains(&finding))
    }

    pub fn mark(&self, cell: CellIx) -> Mark {
        self.marks[usize::from(cell.0)]
    }

    /// What a cell shows, as the official table prints it.
    pub fn shown(&self, cell: CellIx) -> &str {
        &self.shown[usize::from(cell.0)]
    }

    /// Does an edit; totals and findings are up to date when it returns.
    pub fn apply(&mut self, edit: Edit) -> bool {
        let changed = self.history.apply(edit);
        self.refresh();
        changed
    }

    /// What is typed next is a step of its own.
    pub fn pause(&mut self) {
        self.history.pause();
    }

    pub fn undo(&mut self) -> Option<Edit> {
        let edit = self.history.undo().cloned();
        self.refresh();
        edit
    }

    pub fn redo(&mut self) -> Option<Edit> {
        let edit = self.history.redo().cloned();
        self.refresh();
        edit
    }

    /// Saves the draft; afterwards it belongs to that file.
    pub fn save(&mut self, path: &Path) -> Result<(), draft::DraftError> {
        draft::save(self.report(), path)?;
        self.path = Some(path.to_owned());
        self.history.mark_saved();
        Ok(())
    }

    /// The findings that belong to a section's tab, with their place in the whole list.
    pub fn findings_of(&self, section: usize) -> impl Iterator<Item = (usize, &Finding)> {
        self.evaluation
            .findings
            .iter()
            .enumerate()
            .filter(move |(_, finding)| self.section_of(finding) == Some(section))
    }

    /// The section where a finding is seen; none if it is about the report as a whole.
    pub fn section_of(&self, finding: &Finding) -> Option<usize> {
        let form = self.form();
        match (finding.cells(form).first(), finding.text(form)) {
            (Some(&cell), _) => form.section_of_table(form.cell(cell).table),
            (None, Some(text)) => form.section_of_text(text),
            (None, None) => None,
        }
    }

    /// Whether everything in a section is filled in, checked and without findings other than hints.
    pub fn is_fine(&self, section: usize) -> bool {
        let form = self.form();
        let unchecked = || {
            let Body::Table(table) = form.sections[section].body else {
                return false;
            };
            let in_table = |relation: usize| {
                form.relations[relation]
                    .cells
                    .iter()
                    .any(|&ix| form.cell(ix).table == table)
            };
            self.evaluation
                .unchecked
                .iter()
                .any(|&relation| in_table(relation))
        };
        self.findings_of(section)
            .all(|(_, finding)| finding.level == Level::Hint)
            && !unchecked()
    }

    fn refresh(&mut self) {
        if self.evaluated == Some(self.history.revision()) {
            return;
        }
        self.evaluated = Some(self.history.revision());
        let report = self.history.report();
        self.evaluation = check::evaluate(report);
        self.culprits = check::culprits(report, &self.evaluation);
        let form = report.form();
        self.marks.clear();
        self.marks.resize(form.cells.len(), Mark::None);
        for finding in self.evaluation.findings.iter().rev() {
            let mark = match (finding.level, &finding.detail) {
                // Blanks are seen as they are; an empty form is not all amber.
                (_, check::Detail::Blank { .. }) | (Level::Hint, _) => continue,
                (Level::Query, _) => Mark::Query,
                (Level::Error, _) => Mark::Error,
            };
            for cell in finding.cells(form) {
                self.marks[usize::from(cell.0)] = mark;
            }
        }
        for cell in &self.evaluation.discrepancies {
            self.marks[usize::from(cell.0)] = Mark::Error;
        }
        self.shown.clear();
        self.shown.extend(
            form.indexed_cells()
                .map(|(ix, cell)| self.evaluation.effective(ix).printed(cell.kind)),
        );
    }
}
