//! The tabs of an open report.

/// The page that is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// 封面.
    #[default]
    Cover,
    /// A section of the form.
    Section(usize),
}
