//! Selectors of style sheets, as far as they can be followed while a page is read from its beginning to its end.

/// An element as rules name it.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub name: String,
    pub id: Option<String>,
    /// With blanks between.
    pub classes: Option<String>,
    /// The others.
    pub attributes: Vec<(String, String)>,
    /// Which child of its parent it is, from 1, of all and of those of its name.
    pub nth: usize,
    pub nth_of_type: usize,
}

impl Named {
    fn attribute(&self, name: &str) -> Option<&str> {
        match name {
            "id" => self.id.as_deref(),
            "class" => self.classes.as_deref(),
            name => {
                let mut all = self.attributes.iter();
                let found = all.find(|(own, _)| own == name);
                found.map(|(_, value)| value.as_str())
            }
        }
    }
}

/// A selector: the element itself last, before it those that it must stand in.
#[derive(Debug)]
pub(super) struct Selector {
    steps: Vec<Step>,
    pub weight: usize,
    /// Whether it also asks for something that cannot be known yet, as which element is the last.
    pub is_perhaps: bool,
}

impl Selector {
    /// `None` for what no element fits while nobody points at it, and for what is no selector.
    pub fn of(text: &str) -> Option<Self> {
        let text = without_inner_blanks(text).replace('>', " ");
        let text = text.replace('+', " + ").replace('~', " ~ ");
        let mut is_perhaps = false;
        let mut steps = Vec::new();
        for word in text.split_ascii_whitespace() {
            let word = word.replace(SIGN, "~").replace(PLUS, "+");
            if word == "+" || word == "~" {
                // Those before are neighbours, and not around it.
                is_perhaps |= steps.pop().is_some();
                continue;
            }
            let (step, perhaps) = Step::of(&word)?;
            is_perhaps |= perhaps;
            steps.push(step);
        }
        let weight = steps.iter().map(Step::weight).sum();
        (!steps.is_empty()).then_some(Self {
            steps,
            weight,
            is_perhaps,
        })
    }

    /// The word by which it is found; nothing for one that fits any element.
    pub fn key(&self) -> String {
        let Some(own) = self.steps.last() else {
            return String::new();
        };
        let class = || own.classes.first().map(|class| format!(".{class}"));
        let id = own.id.as_ref().map(|id| format!("#{id}"));
        id.or_else(class)
            .or_else(|| own.name.clone())
            .unwrap_or_default()
    }

    /// Whether an element fits that stands in these, the nearest last.
    pub fn fits<'a>(
        &self,
        element: &Named,
        around: impl DoubleEndedIterator<Item = &'a Named>,
    ) -> bool {
        let Some((own, outer)) = self.steps.split_last() else {
            return false;
        };
        if !own.fits(element) {
            return false;
        }
        let mut outer = outer.iter().rev().peekable();
        for element in around.rev() {
            match outer.peek() {
                None => break,
                Some(step) if step.fits(element) => drop(outer.next()),
                Some(_) => {}
            }
        }
        outer.peek().is_none()
    }
}

/// Stand for a sign between brackets, where it is none between steps.
const SIGN: char = '\u{1}';
const PLUS: char = '\u{2}';

/// Brackets without blanks in them.
fn without_inner_blanks(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match c {
            c if depth > 0 && c.is_ascii_whitespace() => {}
            '~' if depth > 0 => out.push(SIGN),
            '+' if depth > 0 => out.push(PLUS),
            '>' if depth > 0 => out.push(','),
            c => out.push(c),
        }
    }
    out
}

/// The element before or behind which a selector puts something.
pub(super) fn beside(selector: &str) -> Option<&str> {
    let selector = selector.trim();
    let ends = ["::before", "::after", ":before", ":after"];
    ends.iter().find_map(|end| selector.strip_suffix(end))
}

/// The parts of a list, split at commas outside of brackets.
pub(super) fn list(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let is_end = |c: char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    };
    text.split(is_end).collect()
}

/// One step of a selector, such as `td.x:nth-child(2)`.
#[derive(Clone, Debug, Default)]
struct Step {
    name: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    attributes: Vec<Attribute>,
    places: Vec<Place>,
    none_of: Vec<Step>,
    /// Of each list one.
    one_of: Vec<Vec<Step>>,
}

/// `[name^=value]`.
#[derive(Clone, Debug)]
struct Attribute {
    name: String,
    /// The sign before `=`; a blank for `=` alone.
    how: Option<(char, String)>,
}

impl Attribute {
    fn of(text: &str) -> Self {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let signs = ['~', '|', '^', '$', '*'];
        let sign = name.chars().next_back().filter(|c| signs.contains(c));
        let value = value.map(|value| value.trim_matches(['"', '\'']).to_owned());
        Self {
            name: name.trim_end_matches(signs).to_ascii_lowercase(),
            how: value.map(|value| (sign.unwrap_or(' '), value)),
        }
    }

    fn fits(&self, element: &Named) -> bool {
        let Some(own) = element.attribute(&self.name) else {
            return false;
        };
        let Some((sign, value)) = &self.how else {
            return true;
        };
        match sign {
            '~' => own.split_ascii_whitespace().any(|word| word == value),
            '|' => own.split('-').next() == Some(value) || own == value,
            '^' => !value.is_empty() && own.starts_with(value.as_str()),
            '$' => !value.is_empty() && own.ends_with(value.as_str()),
            '*' => !value.is_empty() && own.contains(value.as_str()),
            _ => own == value,
        }
    }
}

/// `an+b` among the children of a parent.
#[derive(Clone, Copy, Debug)]
struct Place {
    a: i64,
    b: i64,
    of_type: bool,
}

impl Place {
    fn of(text: &str, of_type: bool) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let (a, b) = match text.as_str() {
            "odd" => (2, 1),
            "even" => (2, 0),
            text => match text.split_once('n') {
                Some((a, b)) => {
                    let a = match a {
                        "" | "+" => 1,
                        "-" => -1,
                        a => a.parse().ok()?,
                    };
                    let b = b.strip_prefix('+').unwrap_or(b);
                    (a, if b.is_empty() { 0 } else { b.parse().ok()? })
                }
                None => (0, text.parse().ok()?),
            },
        };
        Some(Self { a, b, of_type })
    }

    fn fits(&self, element: &Named) -> bool {
        let nth = match self.of_type {
            true => element.nth_of_type,
            false => element.nth,
        };
        let Some(past) = i64::try_from(nth)
            .ok()
            .and_then(|nth| nth.checked_sub(self.b))
        else {
            return false;
        };
        match self.a {
            0 => past == 0,
            a => past.checked_rem(a) == Some(0) && past / a >= 0,
        }
    }
}

impl Step {
    /// A step, and whether it also asks for what cannot be known; `None` for what nothing fits.
    fn of(text: &str) -> Option<(Self, bool)> {
        let mut step = Self::default();
        let mut perhaps = false;
        let end = |text: &str| text.find(['.', '#', ':', '[']).unwrap_or(text.len());
        let (name, mut rest) = text.split_at(end(text));
        if !name.is_empty() && name != "*" {
            step.name = Some(name.to_ascii_lowercase());
        }
        let is_word = |word: &str| {
            word.chars()
                .all(|c| c.is_alphanumeric() || "-_".contains(c))
        };
        while let Some(sign) = rest.chars().next() {
            rest = &rest[1..];
            if sign == '[' {
                let (inside, after) = rest.split_once(']')?;
                step.attributes.push(Attribute::of(inside));
                rest = after;
                continue;
            }
            let stop = rest.find('(').filter(|at| *at < end(rest));
            let (word, after) = rest.split_at(stop.unwrap_or_else(|| end(rest)));
            if !is_word(word) || word.is_empty() {
                return None;
            }
            rest = after;
            match sign {
                '.' => step.classes.push(word.to_owned()),
                '#' => step.id = Some(word.to_owned()),
                _ => {
                    let mut inside = "";
                    if stop.is_some() {
                        let close = closing(rest)?;
                        inside = &rest[1..close];
                        rest = &rest[close + 1..];
                    }
                    perhaps |= step.state(word, inside)?;
                }
            }
        }
        is_word(step.name.as_deref().unwrap_or_default()).then_some((step, perhaps))
    }

    /// Takes what stands behind a colon; whether it cannot be known, and `None` where nothing fits.
    fn state(&mut self, word: &str, inside: &str) -> Option<bool> {
        let all = |inside: &str| {
            let steps = list(inside).into_iter().filter_map(Self::of);
            steps.collect::<Vec<_>>()
        };
        let place = match word {
            "first-child" => Place::of("1", false),
            "first-of-type" => Place::of("1", true),
            "nth-child" => Place::of(inside, false),
            "nth-of-type" => Place::of(inside, true),
            _ => None,
        };
        if let Some(place) = place {
            self.places.push(place);
            return Some(false);
        }
        match word {
            "not" => {
                let none = all(inside);
                let perhaps = none.iter().any(|(_, perhaps)| *perhaps);
                let sure = none.into_iter().filter(|(_, perhaps)| !perhaps);
                self.none_of.extend(sure.map(|(step, _)| step));
                Some(perhaps)
            }
            "is" | "where" | "matches" => {
                let some = all(inside);
                let perhaps = some.iter().any(|(_, perhaps)| *perhaps);
                self.one_of
                    .push(some.into_iter().map(|(step, _)| step).collect());
                Some(perhaps)
            }
            "last-child" | "last-of-type" | "only-child" | "only-of-type" | "nth-last-child"
            | "nth-last-of-type" | "nth-child" | "nth-of-type" | "has" | "lang" | "dir" => {
                Some(true)
            }
            "root" | "link" | "any-link" | "enabled" | "defined" => Some(false),
            _ => None,
        }
    }

    fn weight(&self) -> usize {
        100 * usize::from(self.id.is_some())
            + 10 * (self.classes.len() + self.attributes.len() + self.places.len())
            + usize::from(self.name.is_some())
    }

    fn fits(&self, element: &Named) -> bool {
        let has = |class: &String| {
            let classes = element.classes.as_deref().unwrap_or_default();
            classes.split_ascii_whitespace().any(|own| own == class)
        };
        self.name.as_ref().is_none_or(|name| *name == element.name)
            && self
                .id
                .as_ref()
                .is_none_or(|id| element.id.as_ref() == Some(id))
            && self.classes.iter().all(has)
            && self.attributes.iter().all(|it| it.fits(element))
            && self.places.iter().all(|place| place.fits(element))
            && !self.none_of.iter().any(|step| step.fits(element))
            && self
                .one_of
                .iter()
                .all(|steps| steps.iter().any(|step| step.fits(element)))
    }
}

/// Where a bracket with which a text begins is closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Named, Selector};

    fn cell(nth: usize) -> Named {
        Named {
            name: "td".to_owned(),
            classes: Some("a b".to_owned()),
            attributes: vec![("data-x".to_owned(), "col-3".to_owned())],
            nth,
            nth_of_type: nth,
            ..Named::default()
        }
    }

    fn fits(selector: &str, nth: usize) -> bool {
        let row = Named {
            name: "tr".to_owned(),
            nth: 2,
            nth_of_type: 2,
            ..Named::default()
        };
        let selector = Selector::of(selector);
        selector.is_some_and(|selector| selector.fits(&cell(nth), [row].iter()))
    }

    #[test]
    fn places_are_counted() {
        let places = |selector: &str| {
            (1..=7)
                .filter(|nth| fits(selector, *nth))
                .collect::<Vec<_>>()
        };
        assert_eq!(places("td:nth-child(3)"), [3]);
        assert_eq!(places("tr > td:nth-child( 2n + 1 )"), [1, 3, 5, 7]);
        assert_eq!(places("td:nth-child(even)"), [2, 4, 6]);
        assert_eq!(places("td:nth-of-type(-n+2)"), [1, 2]);
        assert_eq!(places("td:nth-child(n+6)"), [6, 7]);
        assert_eq!(places("tr:nth-child(2) td:first-child"), [1]);
        assert!(places("tr:nth-child(3) td").is_empty());
        assert_eq!(places("td:not(:first-child):not(.c)").len(), 6);
        assert!(places("td:not(.a, .c)").is_empty());
        assert_eq!(places("td:is(.c,.b)").len(), 7);
    }

    #[test]
    fn attributes_are_looked_at() {
        for yes in [
            "[data-x]",
            "td[data-x='col-3']",
            "[data-x^=\"col\"]",
            "[class~=b]",
            "[data-x|=col]",
            ".a[data-x$='3']",
        ] {
            assert!(fits(yes, 1), "{yes}");
        }
        for no in [
            "[hidden]",
            "td[data-x=col]",
            "[class~=c]",
            "[data-x^='']",
            "td:hover",
            "td::before",
            "*|td",
            "td:nth-child(x",
        ] {
            assert!(!fits(no, 1), "{no}");
        }
    }

    #[test]
    fn what_is_not_known_yet_is_perhaps() {
        for perhaps in [
            "td:last-child",
            "th + td",
            "tr ~ td",
            "td:nth-last-child(2)",
            "td:not(:last-child)",
        ] {
            assert!(Selector::of(perhaps).unwrap().is_perhaps, "{perhaps}");
            assert!(fits(perhaps, 1), "{perhaps}");
        }
        assert!(!Selector::of("td:nth-child(2)").unwrap().is_perhaps);
    }
}
