//! The elements that are open, and whether a person sees what stands in them.

use super::css::{Named, Rules, Sight};
use html5ever::tokenizer::Tag;

/// Elements inside of elements; those that lie deeper are seen as those around them are.
const MAX_OPEN: usize = 500;

/// An element that is open.
#[derive(Debug)]
struct Open {
    named: Named,
    gone: bool,
    /// Whether its text is not seen, though it has its room.
    unseen: bool,
    tiny: bool,
    invisible: bool,
}

/// All of them, the inmost last.
#[derive(Debug, Default)]
pub(super) struct OpenElements {
    all: Vec<Open>,
    pub rules: Rules,
}

/// An attribute of a tag.
pub(super) fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .map(|attribute| attribute.value.to_string())
}

/// Elements that have no content.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose content nobody sees, or that is not said any more.
fn is_never_seen(tag: &Tag) -> bool {
    match &*tag.name {
        "select" | "template" | "svg" | "math" | "object" | "audio" | "video" | "canvas"
        | "del" | "s" | "strike" => !tag.self_closing,
        "rt" | "rp" | "datalist" => true,
        "dialog" => attribute(tag, "open").is_none(),
        _ => false,
    }
}

impl OpenElements {
    /// Whether what comes next takes no room.
    pub fn is_gone(&self) -> bool {
        self.all.last().is_some_and(|open| open.gone)
    }

    /// Whether text that comes next is not seen.
    pub fn is_unseen(&self) -> bool {
        self.all
            .last()
            .is_some_and(|open| open.gone || open.unseen || open.tiny || open.invisible)
    }

    /// Whether text beside the inmost element is not seen.
    pub fn is_unseen_around(&self) -> bool {
        let around = self.all.len().checked_sub(2).map(|at| &self.all[at]);
        around.is_some_and(|open| open.gone || open.unseen || open.tiny || open.invisible)
    }

    /// Takes a beginning tag; returns whether it takes no room.
    pub fn open(&mut self, tag: &Tag, is_block: bool) -> bool {
        self.end_implied(&tag.name, is_block);
        let sight = self.sight(tag);
        let around = self.all.last();
        let is = |of: fn(&Open) -> bool| around.is_some_and(of);
        let open = Open {
            gone: is(|open| open.gone) || sight.gone == Some(true) || is_never_seen(tag),
            unseen: is(|open| open.unseen) || sight.struck == Some(true),
            tiny: sight.tiny.unwrap_or(is(|open| open.tiny)),
            invisible: sight.invisible.unwrap_or(is(|open| open.invisible)),
            named: Named::default(),
        };
        let is_gone = open.gone;
        if !is_void(&tag.name) && self.all.len() < MAX_OPEN {
            let named = named(tag);
            self.all.push(Open { named, ..open });
        }
        is_gone
    }

    fn sight(&self, tag: &Tag) -> Sight {
        let own = attribute(tag, "style").map_or(Sight::default(), |style| Sight::of(&style));
        let around = self.all.iter().map(|open| &open.named);
        let mut sight = own.or(self.rules.sight(&named(tag), around));
        if sight.gone.is_none() && attribute(tag, "hidden").is_some() {
            sight.gone = Some(true);
        }
        sight
    }

    /// Takes an end tag; returns whether the element took no room.
    pub fn close(&mut self, name: &str) -> bool {
        let is_edge = |open: &Open| {
            let other = &*open.named.name;
            matches!(other, "td" | "th" | "caption") && !is_of_table(name)
                || other == "table" && name != "table"
        };
        let mut at = self.all.len();
        while at > 0 {
            at -= 1;
            if self.all[at].named.name == name {
                let was_gone = self.all[at].gone;
                self.all.truncate(at);
                return was_gone;
            }
            if is_edge(&self.all[at]) {
                break;
            }
        }
        self.is_gone()
    }

    /// Ends what ends where this element begins, as a row does where the next one begins.
    fn end_implied(&mut self, name: &str, is_block: bool) {
        let (ends, edges): (&[&str], &[&str]) = match name {
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "tr"], &["table"]),
            "li" => (&["li"], &["ul", "ol", "td", "th", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "td", "th", "table"]),
            "option" | "optgroup" => (&["option"], &["select"]),
            "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
            _ if is_block => (&["p"], &["td", "th", "table", "button"]),
            _ => return,
        };
        let mut found = None;
        for (at, open) in self.all.iter().enumerate().rev() {
            let other = &*open.named.name;
            if ends.contains(&other) {
                found = Some(at);
            } else if edges.contains(&other) {
                break;
            }
        }
        if let Some(at) = found {
            self.all.truncate(at);
        }
    }
}

fn is_of_table(name: &str) -> bool {
    matches!(
        name,
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption"
    )
}

fn named(tag: &Tag) -> Named {
    Named {
        name: tag.name.to_string(),
        id: attribute(tag, "id"),
        classes: attribute(tag, "class"),
    }
}
