//! The report that is open, with everything that is worked out from it once per change.

use super::following::Following;
use super::saving::{Known, SaveOrder};
use crate::check::{
    self, Culprit, Evaluation, Evidence, Finding, Readings, Recognised, Topic, Verdict,
};
use crate::disk::Home;
use crate::draft::{self, FileNow, Held, Hold, Identity, Leftover, OwnLock};
use crate::form::{self, Body, Cell, CellIx, Form, Level, TextIx};
use crate::report::{Change, Edit, History, Origin, Report};
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

/// How far a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing stands in it yet.
    Untouched,
    /// Something is missing, unchecked or wrong.
    Open,
    /// It is filled in, everything in it was checked, and nothing that does not balance was found.
    Fine,
    /// The same, with nothing but zeros in it: right for many offices, and to be seen.
    AllZero,
}

impl Progress {
    /// Its words; none while it is under way.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::Untouched => Some("还没有填"),
            Self::Open => None,
            Self::Fine => Some("已填，没有发现不平"),
            Self::AllZero => Some("全部为 0"),
        }
    }
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
    /// What the clerk is to be told of the draft as it was opened.
    pub told: Vec<String>,
    /// What an edit took away beside what it was made for, until it has been told.
    pub taken_away: Vec<String>,
    /// The texts as they were read.
    readings: Readings,
    evaluation: Evaluation,
    culprits: Vec<Culprit>,
    /// What else is known of the numbers: the cells that were typed in last.
    evidence: Evidence,
    /// For each cell of the form how it is marked.
    marks: Vec<Mark>,
    /// For each cell of the form what it shows.
    shown: Vec<String>,
    /// For each cell of the form what stood there last year; empty where nothing is known.
    last: Vec<String>,
    evaluated: Option<u64>,
    /// For each text its numbers that are of the tables.
    numbers: Vec<Vec<Recognised>>,
    /// Numbers of the texts that the tables have left behind.
    pub following: Following,
}

impl Session {
    /// Reads a draft; its lock is still to be asked for.
    ///
    /// # Errors
    /// As [`draft::open`].
    pub fn read(path: &Path) -> Result<Self, draft::DraftError> {
        let opened = draft::open_told(path)?;
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let mut session = Self::new(History::new(opened.report), Some(path));
        session.stamp = Some(opened.stamp);
        session.told = opened.told;
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

    /// The lock that this window has.
    pub fn lock(&self) -> Option<OwnLock> {
        self.held.as_ref().map(Held::own)
    }

    /// Takes over what came of asking for the lock of the draft's file.
    pub fn hold(&mut self, hold: Hold) {
        (self.held, self.taken_by, self.is_unlocked) = match hold {
            Hold::Ours(held) => (Some(held), None, false),
            Hold::Theirs(who) => (None, Some(who), false),
            Hold::Unknown => (None, None, true),
            Hold::Already(at) => return self.lock_lies_at(at),
        };
    }

    /// Goes on holding the lock that another session has of the same draft, which lies here now.
    pub fn hold_on(&mut self, other: &mut Self, at: PathBuf) {
        self.held = other.held.take();
        self.lock_lies_at(at);
    }

    fn lock_lies_at(&mut self, at: PathBuf) {
        if let Some(held) = &mut self.held {
            held.lies_at(at);
        }
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
            told: Vec::new(),
            taken_away: Vec::new(),
            readings: Readings::default(),
            evaluation: Evaluation::default(),
            culprits: Vec::new(),
            evidence: Evidence::default(),
            marks: Vec::new(),
            shown: Vec::new(),
            last: Vec::new(),
            evaluated: None,
            numbers: Vec::new(),
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
    pub fn recognised(&self, text: TextIx) -> &[Recognised] {
        let numbers = self.numbers.get(usize::from(text.0));
        numbers.map_or(&[], Vec::as_slice)
    }

    /// The numbers of the texts that are a cell's, or should be.
    pub fn spoken_of(&self, cell: CellIx) -> impl Iterator<Item = (TextIx, &Recognised)> {
        let is_of = move |number: &&Recognised| {
            let meanings = number.meanings.iter();
            let mut fitting = meanings.filter(|meaning| match number.verdict {
                Verdict::Agrees => number.says(meaning),
                Verdict::Contradicts | Verdict::NotYet => true,
                Verdict::Unsure => false,
            });
            // What it says first is what is meant, where several are the same.
            let meant = fitting.next().and_then(|meaning| meaning.of.only());
            !number.is_share && meant == Some(cell)
        };
        let texts = self.form().indexed_texts().map(|(text, _)| text);
        texts.flat_map(move |text| {
            let numbers = self.recognised(text).iter().filter(is_of);
            numbers.map(move |number| (text, number))
        })
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
        self.remember_typed(&edit);
        let in_parts = self.cells_that_lose_parts(&edit);
        let is_number = |change: &Change| {
            matches!(
                change,
                Change::Cell { .. } | Change::Stated { .. } | Change::Year { .. }
            )
        };
        // Texts, which are typed key by key, change nothing about it.
        let was_recounted = edit.changes().iter().any(is_number) && self.is_recounted();
        let changed = self.history.apply(edit);
        self.refresh();
        if changed {
            self.taken_away.extend(in_parts);
            let expired = was_recounted && !self.is_recounted();
            let words = "表里的数改过了，上一次复核已经失效，要再复核一遍".to_owned();
            self.taken_away.extend(expired.then_some(words));
        }
        changed
    }

    /// Whether a second person's count holds for the numbers as they are.
    fn is_recounted(&self) -> bool {
        let recount = self.report().notes().recount.as_ref();
        recount.is_some_and(|recount| draft::recount_holds(recount, self.report()))
    }

    /// What is to be said of cells that have been filled in by parts, and have none after an edit.
    fn cells_that_lose_parts(&self, edit: &Edit) -> Vec<String> {
        let (report, form) = (self.report(), self.form());
        let loses = |change: &Change| match change {
            Change::Addends { cell, old, new } if new.is_empty() && !old.is_empty() => {
                let name = form::with_year(&form.full_name(*cell), report.year());
                let parts = old.len();
                Some(format!(
                    "{name}：原来的 {parts} 个分项没有了（Ctrl+Z 找回）"
                ))
            }
            _ => None,
        };
        edit.changes().iter().filter_map(loses).collect()
    }

    /// Keeps in mind which cells are typed in, the latest first.
    fn remember_typed(&mut self, edit: &Edit) {
        const KEPT: usize = 8;
        let typed = edit.changes().iter().filter_map(|change| match change {
            Change::Cell { cell, .. } => Some(*cell),
            _ => None,
        });
        let mut typed: Vec<CellIx> = typed.collect();
        // A whole block that comes in is not typed.
        if typed.len() > KEPT {
            typed.clear();
        }
        for cell in typed {
            let known = &mut self.evidence.typed;
            known.retain(|other| *other != cell);
            known.insert(0, cell);
            known.truncate(KEPT);
        }
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
    pub fn saved(&mut self, path: PathBuf, stamp: u64, identity: Identity, hold: Hold) {
        self.history.end_save(true);
        self.being_saved = None;
        self.is_recovered = false;
        (self.stamp, self.identity) = (Some(stamp), identity);
        self.hold(hold);
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

    /// How far a section is.
    pub fn progress(&self, section: usize) -> Progress {
        let body = self.form().sections[section].body;
        if self.is_untouched(body) {
            return Progress::Untouched;
        }
        let is_settled =
            |finding: &Finding| finding.level == Level::Hint || finding.reason.is_some();
        let all_settled = self.findings_of(section).all(|(_, it)| is_settled(it));
        if !all_settled || !self.is_filled(body) || !self.is_checked(body) {
            return Progress::Open;
        }
        match body {
            Body::Table(table) if self.inputs(table).all(|cell| self.is_zero(cell)) => {
                Progress::AllZero
            }
            _ => Progress::Fine,
        }
    }

    /// Whether nothing at all has been filled in by hand.
    pub fn is_new(&self) -> bool {
        let sections = 0..self.form().sections.len();
        sections
            .into_iter()
            .all(|it| self.progress(it) == Progress::Untouched)
    }

    /// Whether a finding says of a report in which nothing stands yet that it is not filled in: no fault so far.
    pub fn is_to_come(&self, finding: &Finding) -> bool {
        finding.unfilled && finding.reason.is_none() && self.is_new()
    }

    /// The input cells of a table.
    fn inputs(&self, table: usize) -> impl Iterator<Item = CellIx> {
        let form = self.form();
        let cells = self.report().cells();
        cells.filter(move |&cell| form.cell(cell).table == table && !form.cell(cell).computed)
    }

    fn is_zero(&self, cell: CellIx) -> bool {
        let number = self.report().value(cell).decimal();
        number.is_some_and(|number| number.is_zero())
    }

    /// Whether a section holds nothing but what last year carries over.
    fn is_untouched(&self, body: Body) -> bool {
        let report = self.report();
        match body {
            Body::Text(text) => report.text(text).trim().is_empty(),
            Body::Table(table) => self.inputs(table).all(|cell| {
                report.value(cell).is_blank() || report.origin(cell) == Some(Origin::LastYear)
            }),
        }
    }

    /// Whether all of a section is there: no cell is blank, and a text is more than a few signs.
    fn is_filled(&self, body: Body) -> bool {
        match body {
            Body::Text(text) => {
                let words = self.report().text(text).chars();
                words.filter(|c| c.is_alphanumeric()).count() >= self.form().text(text).least
            }
            Body::Table(table) => self
                .inputs(table)
                .all(|it| !self.report().value(it).is_blank()),
        }
    }

    /// Whether no blank keeps a section's own numbers from being checked.
    fn is_checked(&self, body: Body) -> bool {
        let form = self.form();
        match body {
            Body::Text(text) => !self.evaluation.unchecked_texts.contains(&text),
            Body::Table(table) => {
                let mut unchecked = self.evaluation.unchecked.iter();
                !unchecked.any(|&relation| {
                    let mut cells = form.relations[relation].cells.iter();
                    cells.any(|&cell| form.cell(cell).table == table)
                })
            }
        }
    }

    fn refresh(&mut self) {
        if self.evaluated == Some(self.history.revision()) {
            return;
        }
        self.evaluated = Some(self.history.revision());
        let report = self.history.report();
        self.readings.follow(report);
        self.evaluation = check::evaluate_read(report, &self.readings);
        self.evidence.statements = match self.evaluation.count(Level::Error) {
            0 => Vec::new(),
            _ => Evidence::of_texts(report, &self.readings).statements,
        };
        self.culprits = check::culprits(report, &self.evaluation, &self.evidence);
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
        let (readings, evaluation) = (&self.readings, &self.evaluation);
        self.numbers = texts
            .map(|text| check::recognised(report, readings, evaluation, text))
            .collect();
        self.following
            .follow(report, &self.evaluation, &self.numbers);
    }
}
