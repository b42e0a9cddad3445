//! The report that is open, with everything that is worked out from it once per change.

use super::following::Following;
use super::saving::{Known, SaveOrder};
use crate::check::{self, Culprit, Evaluation, Finding, Readings, Recognised, Topic};
use crate::disk::Home;
use crate::draft::{self, FileNow, Held, Hold, Identity, Leftover};
use crate::form::{Body, Cell, CellIx, Form, Level, TextIx};
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
    /// The draft's file, with its full path; none until it is saved for the first time.
    pub path: Option<PathBuf>,
    /// The stamp of the file as it was last read or written.
    stamp: Option<u64>,
    /// Which report the file was then.
    identity: Identity,
    /// The stamp of the state that is being saved.
    being_saved: Option<u64>,
    /// Tells this session from every other one.
    token: Arc<()>,
    /// Whether it goes on with what was left unsaved.
    pub is_recovered: bool,
    /// The draft's lock, while this window has it.
    held: Option<Held>,
    /// Who else has the draft open; it can then only be saved under another name.
    pub taken_by: Option<String>,
    /// Whether the draft's folder allows no lock, so that nobody is told when two open it.
    pub is_unlocked: bool,
    /// The texts as they were read.
    readings: Readings,
    evaluation: Evaluation,
    culprits: Vec<Culprit>,
    /// For each cell of the form how it is marked.
    marks: Vec<Mark>,
    /// For each cell of the form what it shows.
    shown: Vec<String>,
    /// For each cell of the form what stood there last year; empty where nothing is known.
    last: Vec<String>,
    evaluated: Option<u64>,
    /// Numbers of the texts that the tables have left behind.
    pub following: Following,
}

impl Session {
    /// Reads a draft; its lock is still to be asked for.
    ///
    /// # Errors
    /// As [`draft::open`].
    pub fn read(path: &Path) -> Result<Self, draft::DraftError> {
        let (report, stamp) = draft::open_stamped(path)?;
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let mut session = Self::new(History::new(report), Some(path));
        session.stamp = Some(stamp);
        Ok(session)
    }

    /// A report that was left unsaved; it belongs to its draft's file if that is still the same report. Was that saved
    /// later, it counts as changed by others, so that saving asks first.
    pub fn recovered(leftover: &Leftover) -> Self {
        let file = leftover.file.clone();
        let now = leftover.file_now();
        let file = file.filter(|_| !matches!(now, Some(FileNow::Another(_))));
        let mut session = Self::new(History::unsaved(leftover.report.clone()), file);
        session.is_recovered = true;
        if let Some(FileNow::Same(stamp)) = now {
            session.stamp = Some(stamp);
        }
        session
    }

    /// Where the lock lies that this window has.
    pub fn lock(&self) -> Option<PathBuf> {
        self.held.as_ref().map(|held| held.path().to_owned())
    }

    /// Takes over what came of asking for the lock of the draft's file.
    pub fn hold(&mut self, hold: Hold) {
        (self.held, self.taken_by, self.is_unlocked) = match hold {
            Hold::Ours(held) => (Some(held), None, false),
            Hold::Theirs(who) => (None, Some(who), false),
            Hold::Unknown => (None, None, true),
        };
    }

    /// Goes on holding the lock that another session has of the same draft.
    pub fn hold_on(&mut self, other: &mut Self) {
        self.held = other.held.take();
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
            identity: Identity::of(history.report()),
            history,
            path,
            stamp: None,
            being_saved: None,
            token: Arc::default(),
            is_recovered: false,
            held: None,
            taken_by: None,
            is_unlocked: false,
            readings: Readings::default(),
            evaluation: Evaluation::default(),
            culprits: Vec::new(),
            marks: Vec::new(),
            shown: Vec::new(),
            last: Vec::new(),
            evaluated: None,
            following: Following::default(),
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

    /// The numbers of a text that are of the tables, in order.
    pub fn recognised(&self, text: TextIx) -> Vec<Recognised> {
        check::recognised(self.report(), &self.readings, &self.evaluation, text)
    }

    /// The topics that a text is to write about, and where it does.
    pub fn topics(&self, text: TextIx) -> Vec<Topic<'_>> {
        check::topics(self.report(), &self.readings, text)
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

    /// What stood in a cell last year, as the official table prints it; empty where nothing is known.
    pub fn last(&self, cell: CellIx) -> &str {
        self.last
            .get(usize::from(cell.0))
            .map_or("", String::as_str)
    }

    /// Does an edit; totals and findings are up to date when it returns.
    pub fn apply(&mut self, edit: Edit) -> bool {
        let changed = self.history.apply(edit);
        self.refresh();
        changed
    }

    /// Does an edit that is one step by itself.
    pub fn do_step(&mut self, edit: Edit) -> bool {
        self.pause();
        let changed = self.apply(edit);
        self.pause();
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

    /// What the draft's own file is known to hold.
    pub fn stamps(&self) -> Vec<u64> {
        self.stamp.into_iter().chain(self.being_saved).collect()
    }

    /// Tells this session from every other one, for as long as something is done for it elsewhere.
    pub fn token(&self) -> Arc<()> {
        self.token.clone()
    }

    /// Whether this is the session that the token was taken from.
    pub fn is_of(&self, token: &Arc<()>) -> bool {
        Arc::ptr_eq(&self.token, token)
    }

    /// Orders the report to be saved as it stands. `agreed` if the clerk has agreed that what
    /// somebody else has saved there is replaced.
    pub fn begin_save(&mut self, path: &Path, agreed: bool, home: &Home) -> SaveOrder {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let known = (self.path.as_ref() == Some(&path)).then(|| Known {
            stamp: self.stamp,
            identity: self.identity.clone(),
            may_replace: agreed,
            is_recovered: self.is_recovered,
        });
        self.history.begin_save();
        self.being_saved = Some(draft::stamp_of(self.report()));
        SaveOrder {
            report: self.report().clone(),
            path,
            known,
            lock: self.lock(),
            home: home.clone(),
        }
    }

    /// It could not be saved.
    pub fn not_saved(&mut self) {
        self.history.end_save(false);
        self.being_saved = None;
    }

    /// What was ordered is saved: the draft belongs to this file now.
    pub fn saved(&mut self, path: PathBuf, stamp: u64, identity: Identity, hold: Option<Hold>) {
        self.history.end_save(true);
        self.being_saved = None;
        self.is_recovered = false;
        (self.stamp, self.identity) = (Some(stamp), identity);
        if let Some(hold) = hold {
            self.hold(hold);
        }
        self.path = Some(path);
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
        finding.about.section
    }

    /// Whether everything in a section is filled in, checked and without findings other than hints.
    pub fn is_fine(&self, section: usize) -> bool {
        let form = self.form();
        let unchecked = || match form.sections[section].body {
            Body::Text(text) => self.evaluation.unchecked_texts.contains(&text),
            Body::Table(table) => {
                let in_table = |cells: &[CellIx]| {
                    let mut tables = cells.iter().map(|&ix| form.cell(ix).table);
                    tables.any(|other| other == table)
                };
                let of_this_year = self.evaluation.unchecked.iter();
                let across = self.evaluation.unchecked_across.iter();
                of_this_year
                    .map(|&relation| &form.relations[relation].cells)
                    .chain(across.map(|&across| &form.across[across].cells))
                    .any(|cells| in_table(cells))
            }
        };
        self.findings_of(section)
            .all(|(_, finding)| finding.level == Level::Hint || finding.reason.is_some())
            && !unchecked()
    }

    fn refresh(&mut self) {
        if self.evaluated == Some(self.history.revision()) {
            return;
        }
        self.evaluated = Some(self.history.revision());
        let report = self.history.report();
        self.readings.follow(report);
        self.evaluation = check::evaluate_read(report, &self.readings);
        self.culprits = check::culprits(report, &self.evaluation);
        let form = report.form();
        self.marks.clear();
        self.marks.resize(form.cells.len(), Mark::None);
        for finding in self.evaluation.findings.iter().rev() {
            let mark = match finding.level {
                // Blanks are seen as they are; an empty form is not all amber.
                _ if finding.unfilled || finding.reason.is_some() => continue,
                Level::Hint => continue,
                Level::Query => Mark::Query,
                Level::Error => Mark::Error,
            };
            for cell in finding.about.marked() {
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
        let last = report.last_year().map(|prior| {
            let before = |(ix, cell): (CellIx, &Cell)| {
                let value = prior.figures.same_cell(form, ix).unwrap_or_default();
                value.printed(cell.kind)
            };
            form.indexed_cells().map(before).collect()
        });
        self.last = last.unwrap_or_default();
        let texts = form.indexed_texts().map(|(text, _)| text);
        let numbers = texts.flat_map(|text| {
            let (readings, evaluation) = (&self.readings, &self.evaluation);
            let numbers = check::recognised(report, readings, evaluation, text);
            numbers.into_iter().map(move |number| (text, number))
        });
        let numbers = numbers.collect();
        self.following.follow(report, &self.evaluation, numbers);
    }
}
