//! The part of a form's file that holds the paragraphs to be written from its tables, as it is written.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassageFile<'a> {
    pub name: String,
    #[serde(borrow)]
    pub texts: Vec<&'a str>,
    #[serde(default)]
    pub note: String,
    #[serde(borrow, default)]
    pub opens: &'a str,
    #[serde(borrow)]
    pub sentences: Vec<ClauseFile<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseFile<'a> {
    #[serde(borrow, default)]
    pub zero: Vec<&'a str>,
    #[serde(borrow, default)]
    pub some: Vec<&'a str>,
    /// Words; `{year}` is the report's year, any other `{…}` what these cells come to.
    #[serde(borrow, default)]
    pub says: &'a str,
    #[serde(borrow, default)]
    pub list: Vec<&'a str>,
    #[serde(borrow, default)]
    pub then: Vec<ClauseFile<'a>>,
}
