//! Style sheets as far as they say what is seen: rules of classes, elements and ids.

use super::marker::Marker;
use super::selector::{self, Named, Selector};
use crate::import::read::colour::{Colour, Ground};
use std::cell::Cell;
use std::collections::HashMap;

/// What a style says about being seen; nothing for what it leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sight {
    /// Takes no room at all, or stands where nobody looks.
    pub gone: Option<bool>,
    pub invisible: Option<bool>,
    /// Whether its text has no size.
    pub tiny: Option<bool>,
    pub struck: Option<bool>,
    /// What stands before the items of a list.
    pub marker: Option<Marker>,
    /// Whether it is shown as an item of a list.
    pub item: Option<bool>,
    /// Whether it might be hidden by a rule that cannot be followed.
    pub perhaps: bool,
    /// None inside for a colour that is not known.
    pub colour: Option<Option<Colour>>,
    pub ground: Option<Ground>,
    /// Whether its text stands above or below its line.
    pub raised: Option<bool>,
    /// Whether the page itself puts something before or behind it.
    pub adds: Option<bool>,
}

impl Sight {
    /// What declarations say, as they stand in a `style` attribute.
    pub fn of(declarations: &str) -> Self {
        let mut sight = Self::default();
        let (mut is_clipped, mut is_flat, mut is_far, mut is_lifted) = (false, false, false, false);
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let name = name.trim().to_ascii_lowercase();
            let value = value.trim().to_ascii_lowercase();
            let value = value.trim_end_matches("!important").trim();
            match name.as_str() {
                "display" => {
                    sight.gone = Some(value == "none");
                    sight.item = Some(value == "list-item");
                }
                "list-style-type" => sight.marker = Marker::named(value),
                "list-style" => {
                    let named = value.split_ascii_whitespace().find_map(Marker::named);
                    sight.marker = named.or(sight.marker);
                }
                "mso-hide" if value == "all" => sight.gone = Some(true),
                "visibility" => sight.invisible = Some(matches!(value, "hidden" | "collapse")),
                "opacity" if is_nothing(value) => sight.invisible = Some(true),
                "color" if is_transparent(value) => sight.invisible = Some(true),
                "color" => sight.colour = Some(Colour::of_css(value)),
                "background" | "background-color" => sight.ground = Some(Ground::of_css(value)),
                "background-image" if value != "none" => sight.ground = Some(Ground::Unknown),
                "vertical-align" => sight.raised = Some(is_raised(value)),
                "unicode-bidi" => sight.perhaps |= value.contains("override"),
                "content" => sight.adds = Some(adds_digits(value)),
                "font-size" => sight.tiny = Some(is_nothing(value)),
                "text-decoration" | "text-decoration-line" => {
                    sight.struck = Some(value.contains("line-through"));
                }
                "text-indent" | "left" | "top" | "margin-left" | "margin-top" => {
                    is_far |= is_far_out(value);
                    is_lifted |= name == "text-indent" || name.starts_with("margin");
                }
                "position" => is_lifted |= matches!(value, "absolute" | "fixed"),
                "overflow" => is_clipped |= value == "hidden" || value == "clip",
                "height" | "width" | "max-height" | "max-width" => is_flat |= is_nothing(value),
                "clip" => is_far |= value.replace(' ', "").starts_with("rect(0"),
                _ => {}
            }
        }
        if (is_clipped && is_flat) || (is_far && is_lifted) {
            sight.gone = Some(true);
        }
        sight
    }

    /// This, and what it leaves open as another says.
    pub fn or(self, other: Self) -> Self {
        Self {
            gone: self.gone.or(other.gone),
            invisible: self.invisible.or(other.invisible),
            tiny: self.tiny.or(other.tiny),
            struck: self.struck.or(other.struck),
            marker: self.marker.or(other.marker),
            item: self.item.or(other.item),
            perhaps: self.perhaps || other.perhaps,
            colour: self.colour.or(other.colour),
            ground: self.ground.or(other.ground),
            raised: self.raised.or(other.raised),
            adds: self.adds.or(other.adds),
        }
    }

    fn hides(self) -> bool {
        [self.gone, self.invisible, self.tiny, self.struck].contains(&Some(true))
    }
}

/// Whether a colour lets all through.
fn is_transparent(value: &str) -> bool {
    let alpha = || {
        let parts = value.strip_prefix("rgba(")?.strip_suffix(')')?;
        parts.rsplit([',', '/', ' ']).next().map(is_nothing)
    };
    value == "transparent" || alpha() == Some(true)
}

/// Whether text stands so that it may be the mark of a note.
fn is_raised(value: &str) -> bool {
    let is_length = || number(value).is_some_and(|length| length != 0.0);
    matches!(value, "super" | "sub" | "text-top" | "text-bottom") || is_length()
}

/// Whether what a style adds may hold digits: words from elsewhere, or such in quotes; icons are none.
fn adds_digits(value: &str) -> bool {
    let mut rest = value;
    let mut plain = String::new();
    while let Some((before, code)) = rest.split_once('\\') {
        plain.push_str(before);
        rest = code.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    }
    plain.push_str(rest);
    plain.contains("attr(") || plain.contains("counter") || plain.contains(|c: char| c.is_numeric())
}

/// The number that a value begins with.
fn number(value: &str) -> Option<f64> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || "+-.".contains(c)));
    value[..end.unwrap_or(value.len())].parse().ok()
}

fn is_nothing(value: &str) -> bool {
    number(value) == Some(0.0)
}

/// Whether a length leads far to the left or above; in any unit.
fn is_far_out(value: &str) -> bool {
    const FAR: f64 = -99.0;
    number(value).is_some_and(|length| length < FAR)
}

#[derive(Debug)]
struct Rule {
    selector: Selector,
    sight: Sight,
}

/// The rules of a page.
#[derive(Debug, Default)]
pub(super) struct Rules {
    by_key: HashMap<String, Vec<Rule>>,
    count: usize,
    /// How often a rule has been held against an element.
    held: Cell<usize>,
}

/// The width of a window on a PC, in CSS pixels.
const WIDTH: f32 = 1280.0;

/// Whether a PC's width lies in a span: `width >= 768px`, `768px <= width < 1600px`; none if it is no such span.
fn in_range(feature: &str, length: impl Fn(&str) -> Option<f32>) -> Option<bool> {
    let parts: Vec<&str> = feature.split(['<', '>']).collect();
    let signs = feature.chars().filter(|c| matches!(c, '<' | '>'));
    let place = |part: &str| {
        let bare = part.trim_start_matches('=').trim();
        match bare {
            "width" | "device-width" => Some(WIDTH),
            bare => length(bare),
        }
    };
    let places: Vec<f32> = parts
        .iter()
        .map(|part| place(part))
        .collect::<Option<_>>()?;
    let mut holds = places.windows(2).zip(&parts[1..]).zip(signs);
    let is_in = |((pair, part), sign): ((&[f32], &&str), char)| {
        let equal = part.starts_with('=') && pair[0] == pair[1];
        equal
            || if sign == '<' {
                pair[0] < pair[1]
            } else {
                pair[0] > pair[1]
            }
    };
    (places.len() > 1).then(|| holds.all(is_in))
}

/// Whether the rules of a block hold on the screen of a PC: `media screen and (min-width: 768px)`.
fn holds_on_a_pc(condition: &str) -> bool {
    const PIXELS_PER_EM: f32 = 16.0;
    let condition = condition.trim().to_ascii_lowercase();
    let end = condition.find(|c: char| c.is_whitespace() || c == '(');
    let (kind, queries) = condition.split_at(end.unwrap_or(condition.len()));
    if kind != "media" {
        return matches!(kind, "layer" | "supports");
    }
    let length = |value: &str| {
        let value = value.trim();
        let (number, unit) = match value.strip_suffix("px") {
            Some(number) => (number, 1.0),
            None => (
                value
                    .strip_suffix("rem")
                    .or_else(|| value.strip_suffix("em"))?,
                PIXELS_PER_EM,
            ),
        };
        number
            .trim()
            .parse::<f32>()
            .ok()
            .map(|number| number * unit)
    };
    let holds = |feature: &str| {
        let feature = feature.trim().trim_matches(['(', ')']).trim();
        let Some((name, value)) = feature.split_once(':') else {
            let plain = matches!(feature, "screen" | "all" | "only screen" | "only all");
            return plain || in_range(feature, |value| length(value)).unwrap_or(false);
        };
        let value = value.trim();
        match name.trim() {
            "min-width" | "min-device-width" => length(value).is_some_and(|least| least <= WIDTH),
            "max-width" | "max-device-width" => length(value).is_some_and(|most| most >= WIDTH),
            "orientation" => value == "landscape",
            "hover" | "any-hover" => value == "hover",
            "pointer" | "any-pointer" => value == "fine",
            "prefers-color-scheme" => value == "light",
            _ => value == "no-preference",
        }
    };
    let mut queries = queries.split(',');
    queries.any(|query| query.split(" and ").all(holds))
}

impl Rules {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether there are so many rules and elements that holding them against each other takes too long.
    pub fn are_too_many(&self) -> bool {
        const MOST: usize = 3_000_000;
        self.held.get() > MOST
    }

    /// Adds a style sheet; only what says something about being seen is kept.
    pub fn add(&mut self, sheet: &str) {
        const MOST: usize = 2_000;
        let sheet = without_comments(sheet);
        let mut rest = sheet.as_str();
        while let Some((head, after)) = rest.split_once('{') {
            let head = head.rsplit([';', '}']).next().unwrap_or_default().trim();
            let head = head.trim_start_matches("<!--").trim();
            if let Some(condition) = head.strip_prefix('@') {
                // Rules for a PC's screen stand there like others; those for paper and narrow windows are left out.
                rest = match holds_on_a_pc(condition) {
                    true => after,
                    false => behind_block(after),
                };
                continue;
            }
            let (body, after) = after.split_once('}').unwrap_or((after, ""));
            let sight = Sight::of(body);
            if sight != Sight::default() {
                for selector in selector::list(head).into_iter().take(MOST - self.count) {
                    match selector::beside(selector) {
                        // Words that only the style sheet has.
                        Some(element) if sight.adds == Some(true) => {
                            let adds = sight.adds;
                            self.rule(
                                element,
                                Sight {
                                    adds,
                                    ..Sight::default()
                                },
                            );
                        }
                        Some(_) => {}
                        None => self.rule(
                            selector,
                            Sight {
                                adds: None,
                                ..sight
                            },
                        ),
                    }
                }
            }
            rest = after;
        }
    }

    fn rule(&mut self, selector: &str, sight: Sight) {
        let Some(selector) = Selector::of(selector) else {
            return;
        };
        let sight = match selector.is_perhaps {
            false => sight,
            true if sight.hides() => Sight {
                perhaps: true,
                ..Sight::default()
            },
            true => return,
        };
        self.count += 1;
        let rules = self.by_key.entry(selector.key()).or_default();
        rules.push(Rule { selector, sight });
    }

    /// What the rules say of an element that stands in these, the nearest last.
    pub fn sight<'a>(
        &self,
        element: &Named,
        around: impl DoubleEndedIterator<Item = &'a Named> + Clone,
    ) -> Sight {
        if self.count == 0 {
            return Sight::default();
        }
        let classes = element.classes.as_deref().unwrap_or_default();
        let keys = classes
            .split_ascii_whitespace()
            .map(|class| format!(".{class}"));
        let id = element.id.as_ref().map(|id| format!("#{id}"));
        let keys = keys.chain(id).chain([element.name.clone(), String::new()]);
        let rules = keys.filter_map(|key| self.by_key.get(&key));
        let rules = rules.inspect(|rules| self.held.set(self.held.get() + rules.len()));
        let rules = rules.flatten();
        let mut fitting: Vec<&Rule> = rules
            .filter(|rule| rule.selector.fits(element, around.clone()))
            .collect();
        fitting.sort_by_key(|rule| rule.selector.weight);
        let none = Sight::default();
        fitting
            .iter()
            .fold(none, |sight, rule| rule.sight.or(sight))
    }
}

fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// What stands behind a block of which the beginning has been met.
fn behind_block(text: &str) -> &str {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[at + 1..];
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::super::selector::Named;
    use super::{Rules, Sight};

    fn named(name: &str, classes: &str) -> Named {
        Named {
            name: name.to_owned(),
            classes: Some(classes.to_owned()),
            ..Named::default()
        }
    }

    #[test]
    fn rules_hide_what_they_name() {
        let mut rules = Rules::default();
        rules.add(
            "/* .a {display:none} */ .b, td.c { color:red; display : none !important } @media print {.d{display:none}} \
             .e span{visibility:hidden} @media screen {.f{font-size:0}} .g:hover{display:none} .b.h{display:block}",
        );
        let gone = |name: &str, classes: &str| {
            rules.sight(&named(name, classes), [].iter()).gone == Some(true)
        };
        assert!(gone("p", "b") && gone("tr", "x b") && gone("td", "c"));
        assert!(!gone("p", "a") && !gone("p", "c") && !gone("p", "d") && !gone("p", "g"));
        assert!(!gone("p", "b h"));
        let around = [named("div", "e"), named("p", "")];
        assert_eq!(
            rules.sight(&named("span", ""), around.iter()).invisible,
            Some(true)
        );
        assert_eq!(rules.sight(&named("span", ""), [].iter()), Sight::default());
        assert_eq!(rules.sight(&named("b", "f"), [].iter()).tiny, Some(true));
    }

    #[test]
    fn declarations_hide_in_many_ways() {
        for hidden in [
            "display:none",
            "text-indent:-9999px",
            "position:absolute; left:-1000px",
            "height:0;overflow:hidden",
            "position:absolute;clip:rect(0 0 0 0)",
        ] {
            assert_eq!(Sight::of(hidden).gone, Some(true), "{hidden}");
        }
        for shown in [
            "text-indent:-2em",
            "left:-1000px",
            "height:0",
            "overflow:hidden",
            "margin-left:-3px",
        ] {
            assert_ne!(Sight::of(shown).gone, Some(true), "{shown}");
        }
        assert_eq!(Sight::of("font-size:0px").tiny, Some(true));
        assert_eq!(Sight::of("font-size:0.5em").tiny, Some(false));
        assert_eq!(Sight::of("opacity:0").invisible, Some(true));
    }
}
