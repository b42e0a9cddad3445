//! The elements that are open, and whether a person sees what stands in them.

use super::css::{Rules, Sight};
use super::marker::Marker;
use super::selector::Named;
use crate::import::read::colour::{Colour, Ground};
use html5ever::tokenizer::Tag;
use std::collections::HashMap;

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
    /// Whether nobody knows if it is seen.
    perhaps: bool,
    /// Whether its text is said not to hold any more.
    struck: bool,
    colour: Option<Colour>,
    ground: Ground,
    /// Whether its text may be the mark of a note.
    raised: bool,
    /// What stands before the items of a list in it.
    marker: Marker,
    /// The number of the next item, of a list; none where that is not known.
    next: Option<i64>,
    /// How many children have begun, of all and by name.
    children: usize,
    by_name: HashMap<String, usize>,
}

/// All of them, the inmost last.
#[derive(Debug, Default)]
pub(super) struct OpenElements {
    all: Vec<Open>,
    pub rules: Rules,
    /// Whether the page has style sheets elsewhere, so that nobody knows what lies behind a text.
    has_other_sheets: bool,
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
        | "progress" | "meter" | "del" | "s" | "strike" => !tag.self_closing,
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

    /// Whether text that comes next has the colour of what lies behind it.
    pub fn is_lost(&self) -> bool {
        let lost = |open: &Open| {
            open.colour
                .is_some_and(|colour| open.ground.swallows(colour))
        };
        self.all.last().is_some_and(lost)
    }

    /// Whether nobody knows what lies behind a text: other style sheets may say it.
    pub fn has_other_sheets(&self) -> bool {
        self.has_other_sheets
    }

    /// Whether text that comes next is printed and struck out.
    pub fn is_struck(&self) -> bool {
        self.all.last().is_some_and(|open| open.struck)
    }

    /// Whether text that comes next may be the mark of a note; what has only become smaller is one behind other text.
    pub fn is_raised(&self) -> bool {
        self.all.last().is_some_and(|open| open.raised)
    }

    pub fn is_small(&self) -> bool {
        self.all
            .iter()
            .rev()
            .any(|open| &*open.named.name == "small")
    }

    /// Whether text beside the inmost element is not seen.
    pub fn is_unseen_around(&self) -> bool {
        let around = self.all.len().checked_sub(2).map(|at| &self.all[at]);
        around.is_some_and(|open| open.gone || open.unseen || open.tiny || open.invisible)
    }

    /// Whether nobody knows if what comes next is seen, and it is more than known of what is around.
    pub fn is_perhaps(&self) -> bool {
        self.all.last().is_some_and(|open| open.perhaps)
    }

    /// Takes a beginning tag.
    pub fn open(&mut self, tag: &Tag, is_block: bool) -> Begun {
        self.end_implied(&tag.name, is_block);
        let named = self.named(tag);
        let sight = self.sight(tag, &named);
        let before = match &*tag.name {
            "li" => self.before_item(tag, sight),
            _ => String::new(),
        };
        let around = self.all.last();
        let marker = list_marker(tag, sight);
        let marker = marker.or(around.map(|open| open.marker));
        let colour = match sight.colour.or_else(|| colour_of(tag)) {
            Some(colour) => colour,
            None => around.and_then(|open| open.colour),
        };
        let ground = sight.ground.or_else(|| ground_of(tag)).unwrap_or_default();
        let is_text = !matches!(&*tag.name, "td" | "th" | "tr" | "tbody" | "thead" | "table");
        let is_moved = matches!(&*tag.name, "sup" | "sub");
        self.has_other_sheets |= is_sheet(tag);
        let around = self.all.last();
        let is = |of: fn(&Open) -> bool| around.is_some_and(of);
        let open = Open {
            gone: is(|open| open.gone) || sight.gone == Some(true) || is_never_seen(tag),
            unseen: is(|open| open.unseen) || sight.struck == Some(true),
            tiny: sight.tiny.unwrap_or(is(|open| open.tiny)),
            invisible: sight.invisible.unwrap_or(is(|open| open.invisible)),
            perhaps: is(|open| open.perhaps) || sight.perhaps,
            struck: is(|open| open.struck)
                || sight.struck == Some(true)
                || matches!(&*tag.name, "del" | "s" | "strike"),
            colour,
            ground: ground.or(around.map(|open| open.ground).unwrap_or_default()),
            raised: is_text && (sight.raised.unwrap_or(is_moved) || is(|open| open.raised)),
            marker: marker.unwrap_or_default(),
            next: first_number(tag),
            named,
            children: 0,
            by_name: HashMap::new(),
        };
        let begun = Begun {
            is_gone: open.gone,
            is_invisible: open.invisible,
            is_perhaps: sight.perhaps || sight.adds == Some(true),
            before,
        };
        if !is_void(&tag.name) && self.all.len() < MAX_OPEN {
            self.all.push(open);
        }
        begun
    }

    /// What a browser puts before an item; counts it.
    fn before_item(&mut self, tag: &Tag, sight: Sight) -> String {
        let is_edge = |open: &Open| matches!(&*open.named.name, "td" | "th" | "table");
        let is_list = |open: &Open| matches!(&*open.named.name, "ol" | "ul" | "menu" | "dir");
        let mut inner = self.all.iter_mut().rev();
        let list = inner.find(|open| is_edge(open) || is_list(open));
        let Some(list) = list.filter(|open| is_list(open)) else {
            return String::new();
        };
        let value = attribute(tag, "value").and_then(|value| value.trim().parse().ok());
        let number = value.or(list.next);
        list.next = number.and_then(|number: i64| number.checked_add(1));
        let kind = attribute(tag, "type").and_then(|kind| Marker::of_type(&kind));
        let marker = sight.marker.or(kind).unwrap_or(list.marker);
        match sight.item {
            Some(false) => String::new(),
            _ => marker.before(number),
        }
    }

    /// An element as rules name it.
    fn named(&mut self, tag: &Tag) -> Named {
        const MOST: usize = 64;
        let mut named = Named {
            name: tag.name.to_string(),
            id: attribute(tag, "id"),
            classes: attribute(tag, "class"),
            ..Named::default()
        };
        if let Some(parent) = self.all.last_mut() {
            parent.children += 1;
            named.nth = parent.children;
            if parent.by_name.len() < MOST || parent.by_name.contains_key(&named.name) {
                let nth = parent.by_name.entry(named.name.clone()).or_default();
                *nth += 1;
                named.nth_of_type = *nth;
            }
        }
        if !self.rules.is_empty() {
            let others = tag.attrs.iter().map(|attribute| {
                let name = attribute.name.local.to_string();
                (name, attribute.value.to_string())
            });
            let is_other =
                |(name, _): &(String, String)| !matches!(name.as_str(), "id" | "class" | "style");
            named.attributes = others.filter(is_other).collect();
        }
        named
    }

    fn sight(&self, tag: &Tag, named: &Named) -> Sight {
        let own = attribute(tag, "style").map_or(Sight::default(), |style| Sight::of(&style));
        let around = self.all.iter().map(|open| &open.named);
        let mut sight = own.or(self.rules.sight(named, around));
        // Its digits stand there the other way round.
        sight.perhaps |= &*tag.name == "bdo";
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
            "tr" => (&["tr", "colgroup"], &["table"]),
            "thead" | "tbody" | "tfoot" => {
                (&["thead", "tbody", "tfoot", "tr", "colgroup"], &["table"])
            }
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

/// The colour of text that a tag says without a style.
fn colour_of(tag: &Tag) -> Option<Option<Colour>> {
    let name = if &*tag.name == "body" {
        "text"
    } else {
        "color"
    };
    let has_colour = matches!(&*tag.name, "font" | "body");
    let colour = attribute(tag, name).filter(|_| has_colour)?;
    Some(Colour::of_css(&colour).or_else(|| Colour::of(colour.trim())))
}

/// What a tag puts behind its text without a style.
fn ground_of(tag: &Tag) -> Option<Ground> {
    if attribute(tag, "background").is_some() {
        return Some(Ground::Unknown);
    }
    attribute(tag, "bgcolor").map(|colour| Ground::of_css(&colour))
}

/// Whether a tag names a style sheet that stands elsewhere.
fn is_sheet(tag: &Tag) -> bool {
    let kind = attribute(tag, "rel").filter(|_| &*tag.name == "link");
    kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("stylesheet"))
}

fn is_of_table(name: &str) -> bool {
    matches!(
        name,
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption"
    )
}

/// What begins with a tag.
pub(super) struct Begun {
    /// Whether it takes no room.
    pub is_gone: bool,
    /// Whether it is not seen, though it may have its room; of columns that they are left out.
    pub is_invisible: bool,
    /// Whether nobody knows if it is seen.
    pub is_perhaps: bool,
    /// What a browser puts before it.
    pub before: String,
}

/// What stands before the items of a list that begins here.
fn list_marker(tag: &Tag, sight: Sight) -> Option<Marker> {
    let kind = || attribute(tag, "type").and_then(|kind| Marker::of_type(&kind));
    let own = match &*tag.name {
        "ol" => Some(kind().unwrap_or(Marker::DECIMAL)),
        "ul" | "menu" | "dir" => Some(Marker::Dot),
        _ => None,
    };
    sight.marker.or(own)
}

/// The number of a list's first item; one that counts down must be read to its end first.
fn first_number(tag: &Tag) -> Option<i64> {
    let start = attribute(tag, "start").and_then(|start| start.trim().parse().ok());
    let is_reversed = attribute(tag, "reversed").is_some();
    (!is_reversed).then(|| start.unwrap_or(1))
}
