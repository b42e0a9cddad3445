//! Everything that a part of the window can ask for. The parts only ask; `app` carries it out.

use super::beginning::Beginning;
use super::command::Command;
use super::dialogs::Purpose;
use super::exporting::ExportChoice;
use super::job::Kind;
use super::mending::Mending;
use super::tab::Tab;
use super::zoom::Zoom;
use crate::args::Renderer;
use crate::form::{CellIx, TextIx};
use crate::import::Wanted;
use crate::report::{Edit, Linked, Prior, Recount, Report};
use crate::value::Value;
use crate::verify::Take;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// Something that a part of the window asks for.
#[derive(Debug)]
pub enum Action {
    /// A command, as from the command row or by its key.
    Command(Command),
    /// Something that closes the open report, once nothing would be lost.
    Leave(Intent),
    /// Back to the report, or to the start if none is open.
    CloseView,

    /// Go to a tab.
    GoTo(Tab),
    /// Show a cell and make it the active one.
    ShowCell(CellIx),
    /// Show a text and mark some bytes of it.
    ShowText(TextIx, Option<Range<usize>>),
    /// Show where a finding is; its place in the evaluation's list.
    ShowFinding(usize),
    CloseFind,
    /// Put words in place of others in these places of texts, in order; of one place the next one is shown then.
    Replace(Vec<(TextIx, Range<usize>)>, String),
    /// Show the sheet as large as this.
    ZoomSheet(Zoom),
    /// Show everything so many times its usual size.
    ZoomAll(f32),

    /// Change the report; what is typed goes into one step until it pauses.
    Edit(Edit),
    /// Change the report by one step of its own.
    Step(Edit),
    /// What is typed next is a step of its own.
    PauseTyping,
    /// Leave the numbers of the texts that are offered to follow the tables as they are.
    LeaveBehind,
    /// Put a paragraph that was written from the tables into a text, where the caret is.
    Insert(TextIx, Linked),
    /// Take over a paragraph of last year's text, which stands there at these bytes.
    TakeLast(TextIx, Range<usize>),
    /// Mend a finding by what its card offers.
    Mend(Mending),
    /// Put a pasted text into a table, or ask what goes where if it is an official table.
    Paste {
        table: usize,
        text: String,
    },
    /// Ask for the parts of a cell's number.
    AskParts(CellIx),
    /// Ask for a number of the tables: for a place in a text, in bytes, or for the number that stands there.
    AskNumber(TextIx, usize),
    /// Change a text by one step of its own, and go on writing behind these bytes of it.
    Write {
        edit: Edit,
        text: TextIx,
        show: Range<usize>,
    },
    /// Go to the next of the numbers that are offered to follow the tables.
    WalkBehind,
    /// Take over what was published; the question about it stays open.
    TakePublished(Take),
    /// Copy a rectangle of cells, as it is shown.
    CopyBlock(Vec<Vec<String>>),
    /// Copy a whole official table.
    CopyTable(usize),

    /// The import has been looked through.
    FinishReview,
    GiveUpImport,
    /// Read the file of the import once more, as another of the reports in it.
    ReadOther(PathBuf, Wanted),

    /// Take the second count down in the draft.
    KeepRecount(Recount),
    /// Leave the second count for a cell of the report.
    LeaveRecountFor(CellIx),
    /// Lose what was keyed in the second count, and do what closes the report.
    LoseRecount(Intent),

    /// Make the folder that is handed in.
    HandIn(PathBuf),
    /// Print; asks first if something must still be corrected.
    AskPrint,
    /// Choose one more report for the comparison of years.
    AddYear,
    /// Take these files into the comparison of years.
    AddYears(Vec<PathBuf>),
    /// Put the chart at this place on the clipboard.
    CopyChart(usize),
    /// Save the chart at this place as a picture.
    SaveChart(usize),

    /// The question is answered with no, or closed.
    Cancel,
    /// Begin with this report.
    Create(Box<Report>),
    /// Save, and then do what closes the report.
    SaveFirst(Intent),
    /// Do what closes the report without saving.
    Discard(Intent),
    /// Use a file; `replaces` if the clerk has agreed that it is replaced.
    UsePath {
        purpose: Purpose,
        path: PathBuf,
        replaces: bool,
    },
    /// Save the draft into its file, though somebody else has saved it since.
    SaveTo(PathBuf),
    SaveElsewhere,
    /// Go on with what was left unsaved, by its place in the list.
    Recover(usize),
    /// Ask whether it shall be offered no more.
    AskThrowAway(usize),
    /// Offer it no more; a copy is kept for a while.
    ThrowAway(usize),
    /// Open a draft as it was saved.
    OpenSaved(PathBuf),
    /// Put the numbers of a pasted official table into their cells.
    Place(Vec<(CellIx, Value)>),
    /// Export as it was chosen.
    Export(ExportChoice),
    /// Choose the folder to export into, from this one on; the question stays open.
    ChooseFolder(PathBuf),
    /// Print without asking.
    Print,
    /// Choose the file of last year's report.
    ChooseLastYear,
    /// Begin the year after the open report's.
    RollOverOpen,
    /// Bring last year's figures into the open report.
    BringLastYear(Arc<Prior>),

    /// What paints the window from the next start on; what fits if none.
    ChooseRenderer(Option<Renderer>),

    /// Give up what is done off the window's thread.
    GiveUp(Kind),
    /// Tell the clerk of something that went well.
    Tell(String),
    /// Tell the clerk of something that was not done.
    Complain(String),
    DismissNotice,
    /// What could not be kept has been seen.
    TroublesSeen,
    OpenFolder(PathBuf),
}

impl Action {
    /// Whether it is carried out only when the whole frame is drawn, so that what was typed in the frame is part of it.
    pub fn waits(&self) -> bool {
        matches!(self, Self::Command(_) | Self::Leave(_))
    }
}

/// What the parts of the window have asked for in a frame, in order.
#[derive(Debug, Default)]
pub struct Actions(Vec<Action>);

impl Actions {
    /// Asks for one thing more.
    pub fn push(&mut self, action: Action) {
        self.0.push(action);
    }

    /// Takes out what need not wait for the end of the frame.
    pub fn take_ready(&mut self) -> Vec<Action> {
        self.0.extract_if(.., |action| !action.waits()).collect()
    }

    /// Takes out everything.
    pub fn take_all(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.0)
    }
}

/// Something that closes the open report, once nothing would be lost.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    New,
    Open,
    OpenPath(PathBuf),
    Import,
    ImportPath(PathBuf),
    /// Import a file of which something was asked.
    ImportAs(PathBuf, Wanted),
    NewYear,
    /// A new year's report, ready to be begun.
    Begin(Box<Beginning>),
    Sample,
    Recover(usize),
    /// Close the open report and show the start.
    Close,
    CloseWindow,
}
