//! How cells, texts and local additions are named inside the program: by position, resolved once from the ids of the
//! form's file.

/// The index of a cell in [`super::Form::cells`]; an id such as `t3.r3_1.natural` resolved once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellIx(pub u16);

/// The index of a text in [`super::Form::texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextIx(pub u16);

/// The index of a local addition in [`super::Form::additions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AdditionIx(pub u16);
