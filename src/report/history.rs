//! The report with everything that was done to it: undo, redo, and whether it is saved.

use super::{Edit, Report};

/// A report and its edits; the only holder of a mutable report.
#[derive(Debug)]
pub struct History {
    report: Report,
    done: Vec<Edit>,
    undone: Vec<Edit>,
    /// How many of `done` were there when it was last saved; none if that point can no longer be reached.
    saved: Option<usize>,
    /// The same for the state that is just being saved.
    saving: Option<usize>,
    /// Whether the last step may still take in more typing.
    open: bool,
    revision: u64,
}

impl History {
    /// Starts from a report as it lies on disk.
    pub fn new(report: Report) -> Self {
        Self {
            report,
            done: Vec::new(),
            undone: Vec::new(),
            saved: Some(0),
            saving: None,
            open: false,
            revision: 0,
        }
    }

    /// Starts from a report that lies nowhere yet.
    pub fn unsaved(report: Report) -> Self {
        Self {
            saved: None,
            ..Self::new(report)
        }
    }

    /// The report as it stands.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Grows with every change, undone or not: what is worked out from the report is valid for one revision.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether there are changes that are not saved.
    pub fn is_dirty(&self) -> bool {
        self.saved != Some(self.done.len())
    }

    /// Remembers that the report as it stands is saved.
    pub fn mark_saved(&mut self) {
        self.begin_save();
        self.end_save(true);
    }

    /// Remembers which state is about to be saved; what is typed meanwhile is not part of it.
    pub fn begin_save(&mut self) {
        self.saving = Some(self.done.len());
        self.open = false;
    }

    /// The state of [`Self::begin_save`] is saved now, or could not be.
    pub fn end_save(&mut self, saved: bool) {
        let state = self.saving.take();
        if saved {
            // None, if that state can no longer be reached.
            self.saved = state;
        }
    }

    /// Does an edit; one that changes nothing leaves no trace. Returns whether anything changed.
    ///
    /// # Panics
    /// In debug builds, if the edit was made for a report that stands otherwise; else such an edit is refused.
    pub fn apply(&mut self, edit: Edit) -> bool {
        if edit.is_empty() {
            return false;
        }
        let fits = edit.apply(&mut self.report);
        debug_assert!(fits, "an edit of another report: {edit:?}");
        if !fits {
            return false;
        }
        for state in [&mut self.saved, &mut self.saving] {
            state.take_if(|state| *state > self.done.len());
        }
        self.undone.clear();
        let absorbed = self.open && self.done.last_mut().is_some_and(|last| last.absorb(&edit));
        if !absorbed {
            self.done.push(edit);
        }
        self.open = true;
        self.revision += 1;
        true
    }

    /// Ends the current step: what is typed next is a step of its own.
    pub fn pause(&mut self) {
        self.open = false;
    }

    /// Whether there is anything to undo.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is anything to redo.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Undoes the last step and returns it, so that the cursor can go there.
    pub fn undo(&mut self) -> Option<&Edit> {
        let edit = self.done.pop()?;
        let fits = edit.revert(&mut self.report);
        debug_assert!(fits, "the report is not as the edit left it: {edit:?}");
        self.undone.push(edit);
        self.open = false;
        self.revision += 1;
        self.undone.last()
    }

    /// Does the last undone step again and returns it.
    pub fn redo(&mut self) -> Option<&Edit> {
        let edit = self.undone.pop()?;
        let fits = edit.apply(&mut self.report);
        debug_assert!(
            fits,
            "the report is not as the edit was undone from: {edit:?}"
        );
        self.done.push(edit);
        self.open = false;
        self.revision += 1;
        self.done.last()
    }
}
