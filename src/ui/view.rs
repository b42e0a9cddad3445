//! What the middle of the window shows.

use super::preview::Preview;

/// What stands in the middle of the window.
#[derive(Default)]
pub enum View {
    /// Nothing is open yet.
    #[default]
    Start,
    /// The open report, tab by tab.
    Report,
    /// The open report as it will be printed (预览).
    Preview(Box<Preview>),
    /// Years side by side (历年比较), with or without an open report.
    Years,
    /// The second count (复核) of the open report.
    Recount,
}

impl View {
    /// Whether it covers the open report.
    pub fn is_cover(&self) -> bool {
        matches!(self, Self::Preview(_) | Self::Years | Self::Recount)
    }

    /// Whether years stand side by side.
    pub fn compares(&self) -> bool {
        matches!(self, Self::Years)
    }
}
