//! What a published page says otherwise than the draft.

use crate::form::{CellIx, TextIx};
use crate::report::Signature;
use crate::value::Value;
use crate::verify::shortened::{shortened, where_they_differ};
use std::fmt;

/// Something that was published otherwise than it stands in the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Departure {
    /// Where, in the form's words.
    pub place: String,
    /// What became of it.
    pub what: Became,
    /// What the draft must take over to say what was published; none where that is not known.
    pub take: Option<Take>,
}

/// What became of something in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// Another number or wording: as published, as in the draft.
    Other(String, String),
    /// Nothing stands there; in the draft this does.
    Blank(String),
    /// It could not be read; in the draft this stands.
    Unread(String),
    /// A merged cell with these words stands as several.
    Split(String),
    /// A table stands there so many times, each with other numbers.
    Several(usize),
    /// A paragraph is gone.
    Gone(String),
    /// A paragraph has been added.
    Added(String),
    /// A paragraph stands elsewhere: it begins so.
    Moved(String),
}

/// What the draft takes over.
#[derive(Clone, Debug, PartialEq)]
pub enum Take {
    /// A number into an input cell.
    Number(CellIx, Value),
    /// The whole of a text.
    Text(TextIx, String),
    /// Who signs and when; nobody where it was published without. One that was typed at the end of a text stays there.
    Signature(Signature),
}

impl fmt::Display for Departure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = &self.place;
        match &self.what {
            Became::Other(page, draft) => {
                let [page, draft] = where_they_differ(page, draft);
                write!(f, "{place}：发布的是“{page}”，草稿里是“{draft}”")
            }
            Became::Blank(draft) => {
                write!(
                    f,
                    "{place}：发布的页面上是空白，草稿里是“{}”",
                    shortened(draft)
                )
            }
            Became::Unread(draft) => write!(
                f,
                "{place}：发布的页面上没有读到（是图片，或表格散了？），请看一看；草稿里是“{}”",
                shortened(draft)
            ),
            Became::Split(_) => write!(f, "{place}：发布的页面上，合并的单元格散开了"),
            Became::Several(count) => write!(
                f,
                "{place}：发布的页面上有 {count} 张，数不一样，只核对了其中一张，多出来的请看一看"
            ),
            Became::Gone(words) => {
                write!(f, "{place}：发布的页面上没有这一段“{}”", shortened(words))
            }
            Became::Added(words) => {
                write!(f, "{place}：发布的页面上多出一段“{}”", shortened(words))
            }
            Became::Moved(words) => {
                write!(
                    f,
                    "{place}：这一段在发布的页面上换了位置“{}”",
                    shortened(words)
                )
            }
        }
    }
}
