//! Where a line of Chinese may end, and short texts on lines about as long as each other.

use std::borrow::Cow;
use std::ops::Range;
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// The width of a digit or a Latin letter in ems, as the wider ones of the usual fonts have it; a Chinese character is 1.
const LATIN: f32 = 0.6;

/// How wide a text is on one line, in ems.
pub fn ems(text: &str) -> f32 {
    text.chars().map(width).sum()
}

fn width(c: char) -> f32 {
    if c.is_ascii() { LATIN } else { 1.0 }
}

/// Behind which bytes of a text a line may end, its end included.
pub fn line_breaks(text: &str) -> impl Iterator<Item = usize> {
    // Unicode cannot know on which side a quotation mark belongs; in Chinese the mark itself says so. The signs put in
    // their place have as many bytes.
    let sides = |c| match c {
        '“' | '‘' => '「',
        '”' | '’' => '」',
        c => c,
    };
    let shadow: Cow<'_, str> = match text.contains(['“', '”', '‘', '’']) {
        true => text.chars().map(sides).collect(),
        false => text.into(),
    };
    let breaks: Vec<usize> = linebreaks(&shadow)
        .filter(|(_, kind)| *kind == BreakOpportunity::Allowed)
        .map(|(at, _)| at)
        .collect();
    breaks.into_iter().chain([text.len()])
}

/// Words of ASCII characters, numbers and addresses among them, with the signs in them.
pub fn latin_words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_other = |c: char| !c.is_ascii_graphic();
    let mut from = 0;
    text.split_inclusive(is_other).filter_map(move |piece| {
        let word = piece.trim_end_matches(is_other);
        let at = from..from + word.len();
        from += piece.len();
        (!word.is_empty()).then_some(at)
    })
}

/// Whether a word, an address mostly, is so long that the line before it would be left half empty if it were not torn.
pub fn is_long(word: &str) -> bool {
    const LONG: usize = 20;
    word.len() >= LONG
}

/// A short text, a label or a title, on as few lines as a width (in ems) allows, all about as long as each other, as the
/// official forms set them: （三）不／予公开, 三、本／年度办／理结果. Where a single character would be left over, a short
/// word stands upright instead.
pub fn balanced(text: &str, width: f32) -> Vec<&str> {
    let balanced_line = |line| match ems(line) <= width {
        true => vec![line],
        false => Unbroken::new(line).balanced(width),
    };
    text.split('\n').flat_map(balanced_line).collect()
}

/// A title as [`balanced`] has it, its lines ending behind whole names of places and organs wherever one is near (回行时词意
/// 完整, GB/T 9704-2012, 7.3.1).
pub fn balanced_title(title: &str, width: f32) -> Vec<&str> {
    let mut title = Unbroken::new(title);
    title.joints = joints(title.text).collect();
    title.balanced(width)
}

/// A line with what its breaks depend on, whatever the room.
struct Unbroken<'a> {
    text: &'a str,
    ems: f32,
    in_pairs: bool,
    /// Behind which bytes it may be broken.
    breaks: Vec<usize>,
    /// Behind which of them it is best broken.
    joints: Vec<usize>,
}

impl<'a> Unbroken<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            ems: ems(text),
            in_pairs: is_in_pairs(text),
            breaks: line_breaks(text).collect(),
            joints: Vec::new(),
        }
    }

    fn balanced(&self, room: f32) -> Vec<&'a str> {
        /// A word this short may stand upright.
        const SHORT: usize = 4;
        let text = self.text;
        if self.ems <= room {
            return vec![text];
        }
        let room = match self.in_pairs && room >= 2.0 {
            true => (room / 2.0).floor() * 2.0,
            false => room,
        };
        let lines = Breaking::new(self, room).best();
        let short = text.chars().count() <= SHORT && text.chars().all(|c| !c.is_ascii());
        if short && leaves_one_over(&lines) {
            return text
                .char_indices()
                .map(|(at, c)| &text[at..at + c.len_utf8()])
                .collect();
        }
        lines
    }
}

/// Whether a text is a few words of two characters each, as Chinese words mostly are: 社会／公益, 结果／维持. None of them
/// is torn.
fn is_in_pairs(text: &str) -> bool {
    const FEW: usize = 8;
    let count = text.chars().count();
    count <= FEW
        && count.is_multiple_of(2)
        && text.chars().all(|c| ('\u{4E00}'..'\u{A000}').contains(&c))
}

/// The least width (in ems) at which a text stands well on several lines: they are nearly full, and none of them holds a
/// single character.
pub fn least_width(text: &str) -> f32 {
    const LEAST: usize = 2;
    const FULL: f32 = 0.85;
    let long = ems(text);
    let most = long.ceil() as usize;
    let parts: Vec<Unbroken<'_>> = text.split('\n').map(Unbroken::new).collect();
    let stands_well = |&width: &usize| {
        let lines = parts.iter().flat_map(|part| part.balanced(width as f32));
        let lines: Vec<&str> = lines.collect();
        let room = (lines.len() * width) as f32;
        long >= FULL * room && !leaves_one_over(&lines)
    };
    (LEAST..most).find(stands_well).unwrap_or(most) as f32
}

/// Behind which bytes of an organ's name a place ends, or a body with something behind it: 内蒙古自治区／鄂尔多斯市／准格尔
/// 旗／大路镇人民政府.
fn joints(name: &str) -> impl Iterator<Item = usize> {
    /// How names of places and of the bodies in front of others end, and what makes another word of it: behind it (市／场) or
    /// in front of it (城／市).
    const ENDS: [(&str, &str, &str); 14] = [
        ("省", "级直", ""),
        ("市", "场政民容县区辖直级", "城都"),
        ("县", "级直城域", "市郊"),
        ("区", "域块级直", "社小园片"),
        ("州", "市区县", ""),
        ("盟", "", "联"),
        ("旗", "", ""),
        ("乡", "村镇", "城"),
        ("镇", "区江街", "城乡"),
        ("街道", "", ""),
        ("政府", "采信网投和", "电子"),
        ("委员会", "", ""),
        ("局", "", ""),
        ("厅", "", "客餐"),
    ];
    let is_joint = move |at: usize| {
        let (front, behind) = name.split_at(at);
        behind.chars().nth(1).is_some()
            && ENDS.iter().any(|(end, not_behind, not_before)| {
                let Some(front) = front.strip_suffix(end) else {
                    return false;
                };
                front.chars().nth(1).is_some()
                    && !front.ends_with(|c: char| not_before.contains(c))
                    && !behind.starts_with(|c: char| not_behind.contains(c))
            })
    };
    let ends = name.char_indices().map(|(at, _)| at);
    ends.skip(1).filter(move |&at| is_joint(at))
}

fn leaves_one_over(lines: &[&str]) -> bool {
    lines.len() > 1 && lines.iter().any(|line| line.chars().count() < 2)
}

/// A text cut wherever a line may end.
struct Breaking<'a, 'b> {
    unbroken: &'b Unbroken<'a>,
    room: f32,
    /// The offsets of the cuts, both ends of the text included.
    cuts: Vec<usize>,
    /// How wide the text is up to each cut, in ems.
    widths: Vec<f32>,
}

impl<'a, 'b> Breaking<'a, 'b> {
    fn new(unbroken: &'b Unbroken<'a>, room: f32) -> Self {
        let text = unbroken.text;
        let mut cuts = vec![0];
        for &end in &unbroken.breaks {
            let from = cuts[cuts.len() - 1];
            // What is too long for a line must be torn somewhere.
            if ems(&text[from..end]) > room {
                cuts.extend((text[from..end].char_indices().skip(1)).map(|(at, _)| from + at));
            }
            if end > from {
                cuts.push(end);
            }
        }
        let mut widths = vec![0.0; cuts.len()];
        for at in 1..cuts.len() {
            widths[at] = widths[at - 1] + ems(&text[cuts[at - 1]..cuts[at]]);
        }
        Self {
            unbroken,
            room,
            cuts,
            widths,
        }
    }

    fn line(&self, from: usize, to: usize) -> &'a str {
        &self.unbroken.text[self.cuts[from]..self.cuts[to]]
    }

    /// How wide a line is, the blanks at its end included.
    fn width(&self, from: usize, to: usize) -> f32 {
        self.widths[to] - self.widths[from]
    }

    fn fits(&self, from: usize, to: usize) -> bool {
        // Summed up otherwise, the same width differs in its last digits.
        const ROUNDING: f32 = 0.001;
        let width = self.width(from, to);
        to == from + 1
            || width <= self.room + ROUNDING
            || self.line(from, to).ends_with(char::is_whitespace)
                && ems(self.line(from, to).trim_end()) <= self.room
    }

    /// The lines whose lengths differ least, among those of the fewest lines; a break behind a sign is a good one.
    fn best(&self) -> Vec<&'a str> {
        let last = self.cuts.len() - 1;
        // For each cut the fewest lines up to it, what they cost, and where the last of them begins.
        let mut best = vec![(usize::MAX, f32::MAX, 0); last + 1];
        best[0] = (0, 0.0, 0);
        for to in 1..=last {
            for from in (0..to).rev() {
                if !self.fits(from, to) {
                    break;
                }
                let (lines, cost, _) = best[from];
                let cost = cost + self.cost(from, to);
                // On equal terms the lines above are the longer ones.
                if (lines + 1, cost) < (best[to].0, best[to].1 - 0.01) || lines + 1 < best[to].0 {
                    best[to] = (lines + 1, cost, from);
                }
            }
        }
        let mut lines = Vec::new();
        let mut to = last;
        while to > 0 {
            let from = best[to].2;
            lines.push(self.line(from, to));
            to = from;
        }
        lines.reverse();
        lines
    }

    fn cost(&self, from: usize, to: usize) -> f32 {
        const LONELY: f32 = 1000.0;
        const SIGN: f32 = 3.0;
        const LONG: usize = 6;
        const TORN: f32 = 2.0;
        /// A name is kept whole where the lines differ by some ten characters even so.
        const JOINT: f32 = 60.0;
        let line = self.line(from, to);
        let long = self.width(from, to);
        // Of as many lines as there are, the squares add up to least where they are equal.
        let mut cost = long * long;
        let count = line.chars().count();
        if count < 2 {
            cost += LONELY;
        }
        if self.unbroken.joints.contains(&self.cuts[to]) {
            cost -= JOINT;
        }
        if self.unbroken.in_pairs && !count.is_multiple_of(2) {
            cost += TORN;
        }
        if count >= LONG && line.ends_with(['，', '、', '；', '。']) {
            cost -= SIGN;
        }
        cost
    }
}
