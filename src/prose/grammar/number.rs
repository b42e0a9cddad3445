//! A number with the words on both sides of it.

use super::figure::{Figure, Topic};
use super::lexicon::Unit;
use super::reader::{Reader, counts, is_mark, says};
use super::role::{Role, Sign, Signs, Tags};
use super::side::{Side, tags_of};
use super::tokens::{Kind, Token};
use super::words::Words;
use crate::prose::numeral::Numeral;
use rust_decimal::Decimal;

/// Units of those who do something.
const SOME: [&str; 4] = ["名", "户", "家", "位"];

/// Units that go with anything.
const LOOSE: [&str; 2] = ["个", "次"];

impl Reader<'_> {
    /// What stands behind a figure, if it ends before another one.
    fn right(&self, at: usize) -> Side {
        let rest = &self.tokens[at + 1..];
        let end = rest
            .iter()
            .position(|token| is_mark(token) || counts(token));
        let mut end = end.unwrap_or(rest.len());
        // 615件申请因甲、乙而无法提供: the reasons are a list, what they led to is said behind it.
        let stretch = rest
            .iter()
            .position(|token| counts(token) || is_mark(token) && token.kind != Kind::Pause);
        let stretch = stretch.unwrap_or(rest.len());
        let led_to = rest[..stretch]
            .iter()
            .rposition(|token| says(token, Sign::Then) || says(token, Sign::Etc));
        if led_to.is_some_and(|led_to| led_to > end) && !rest.get(stretch).is_some_and(counts) {
            end = stretch;
        }
        // 98件申请均未达到收费标准, 385件申请已办结371件: what is said of them does not say what they are.
        let named = |token: &Token| matches!(token.kind, Kind::Word(Role::Tag(_) | Role::Bare(_)));
        let tells = |token: &Token| {
            let signs = [Sign::Each, Sign::No, Sign::Begins, Sign::Among];
            signs.iter().any(|&sign| says(token, sign))
        };
        let first = rest[..end].iter().position(named).unwrap_or(end);
        // 3件并引导其…: another thing that was done.
        let joins = rest[..end].iter().position(|token| says(token, Sign::Also));
        let end = joins.unwrap_or(end);
        // 办结的61件中三成…: the whole of something else.
        let among = rest[..end]
            .iter()
            .position(|token| says(token, Sign::Among));
        let end = match among {
            Some(among) if among < first => among,
            _ => end,
        };
        let first = first.min(end);
        // 62件申请因需会商: a reason that leads to nothing here.
        let reason = rest[..end]
            .iter()
            .position(|token| says(token, Sign::Because));
        let leads = |reason: usize| rest[reason..end].iter().any(named);
        let end = reason.filter(|&reason| !leads(reason)).unwrap_or(end);
        let first = first.min(end);
        let said = rest[first..end].iter().position(tells);
        let ends_at_number = rest.get(end).is_some_and(counts);
        let cut = match (said, ends_at_number) {
            (Some(said), _) => first + said,
            (None, false) => end,
            // 385件申请已办结371件: the first thing named belongs to this number, what is said of it to the next.
            (None, true) => {
                let goes_on = first == 0 && rest[..end].iter().skip(1).any(named);
                usize::from(goes_on)
            }
        };
        let mut right = Side::of(&rest[..cut], self.context());
        // 19件应办件中: the whole of what follows.
        if among.is_some_and(|among| among <= cut + 1) {
            right.signs.add(Sign::Among);
        }
        if let Some(said) = said.filter(|_| !ends_at_number) {
            self.not_done(&rest[first + said..end], &mut right);
        }
        // 17件为无法提供、不予处理等: a list of which nobody knows the numbers.
        let list = rest.get(end).is_some_and(|token| token.kind == Kind::Pause) && cut == end;
        let next = rest[(end + 1).min(rest.len())..].iter();
        let mut next = next.take_while(|token| token.kind == Kind::Pause || !is_mark(token));
        if list && !right.named.is_empty() && !next.any(counts) {
            right.signs.add(Sign::Unknown);
        }
        right
    }

    /// What is said not to be done with what was named (2件申请未能按期办结): it names what they are.
    fn not_done(&self, said: &[Token], right: &mut Side) {
        if !said.first().is_some_and(|token| says(token, Sign::No)) {
            return;
        }
        let behind = Side::of(said, self.context());
        let opposite = self.lexicon.opposite(behind.tags);
        if !opposite.is_empty() && !behind.says(Sign::Unknown) {
            right.name(opposite, said[0].at.clone(), false);
        }
    }

    /// What a bracket right behind a figure says to be included in it.
    fn included(&self, at: usize) -> Tags {
        let rest = &self.tokens[at + 1..];
        if rest.first().is_none_or(|token| token.kind != Kind::Open) {
            return Tags::default();
        }
        let inner = &rest[1..];
        let end = inner
            .iter()
            .position(|token| token.kind == Kind::Close || counts(token));
        let side = Side::of(&inner[..end.unwrap_or(0)], self.context());
        let carried = side.tags.both(self.lexicon.classes.carried);
        match side.says(Sign::Including) && !carried.is_empty() {
            true => Tags::INCLUDING.with(carried),
            false => Tags::default(),
        }
    }

    /// What was said before a figure, with what it takes over from before.
    fn left(&mut self, at: usize) -> Side {
        let mut left = self.side(at);
        // 未办结的3件 is 在办.
        if let Some(no) = &left.no
            && !no.is_last
            && !no.blurred
        {
            let tags = tags_of(&left.named[no.behind..]);
            let opposite = self.lexicon.opposite(tags);
            if !opposite.is_empty() {
                let place = no.at.clone();
                left.named.truncate(no.behind);
                left.tags = tags_of(&left.named);
                left.no = None;
                left.name(opposite, place, false);
            }
        }
        let refers = left
            .signs
            .has_any(&[Sign::Sum, Sign::Each, Sign::Respectively]);
        if left.named.is_empty()
            && refers
            && let Some(carried) = self.carried.take()
        {
            left = carried.and(left);
        }
        // 自然人6人次提出6件: what else was counted between does not part them.
        let of_thing = self
            .last_figure()
            .is_some_and(|last| self.behind_figure && self.line.figures[last].unit == Unit::Thing);
        if of_thing {
            left = std::mem::take(&mut self.last).and(left);
        }
        // 3名申请人共提出42件: what some of them did.
        if self.sentence.of_some {
            left.signs.add(Sign::Organ);
        }
        // 累计收到312件，其中2025年40件: of the same, in the report's year.
        let of_years = left.says(Sign::OfWhich) && left.says(Sign::This);
        if left.named.is_empty() && of_years && self.last_figure().is_some() {
            let mut before = std::mem::take(&mut self.last);
            for sign in [Sign::Other, Sign::Since, Sign::Last, Sign::Sum] {
                before.signs.remove(sign);
            }
            left = before.and(left);
            left.signs.remove(Sign::OfWhich);
        }
        // 由19件降至15件, 增加18件，达到182件: of the same thing.
        let changed = self.last_figure().is_some_and(|last| {
            let signs = [Sign::More, Sign::Less, Sign::Differs];
            self.line.figures[last].signs.has_any(&signs) && left.says(Sign::Reaches)
        });
        if changed {
            left.signs.add(Sign::Became);
        }
        if left.named.is_empty() && left.says(Sign::Became) {
            let mut before = std::mem::take(&mut self.last);
            for sign in [
                Sign::From,
                Sign::Last,
                Sign::Other,
                Sign::Differs,
                Sign::More,
                Sign::Less,
            ] {
                before.signs.remove(sign);
            }
            left = before.and(left);
        }
        if left.says(Sign::Became) {
            for sign in [Sign::Differs, Sign::More, Sign::Less] {
                left.signs.remove(sign);
            }
        }
        left
    }

    /// Reads a figure.
    pub fn figure(&mut self, at: usize, numeral: Numeral, unit: Unit) {
        let mut left = self.left(at);
        let next = self.tokens.get(at + 1);
        if next.is_some_and(|next| says(next, Sign::Rough) || says(next, Sign::Bound)) {
            left.signs.add(Sign::Rough);
        }
        if let Kind::Number(_, _, length) = self.tokens[at].kind {
            let place = self.tokens[at].at.clone();
            let unit = place.end - length..place.end;
            let tag = self.lexicon.of_unit(&self.text[unit.clone()]);
            if !tag.is_empty() && !tag.is_in(left.tags) {
                left.name(tag, unit, false);
            }
        }
        self.goes_on(&left);
        self.time(&left);
        self.whole_in(&mut left);
        let right = self.right(at);
        let some = SOME
            .iter()
            .any(|some| self.text[..self.tokens[at].at.end].ends_with(some));
        let is_known = !left.says(Sign::Unknown) && !right.says(Sign::Unknown);
        self.sentence.of_some |= unit == Unit::Thing && some && is_known;
        self.took_behind = left.named.is_empty() && !right.named.is_empty();
        if unit == Unit::Percent {
            let share = self.share(at, numeral, &left);
            self.line.figures.extend(share);
        } else {
            let words = Words::of(&left, &right, &self.lexicon.classes);
            let figure = self.number(at, (numeral, unit), &words, (&left, &right));
            self.line.figures.push(figure);
            self.whole_of_figure(&words, &left, &right);
        }
        self.carried = None;
        self.last = left;
        self.start = at + 1;
        self.behind_figure = true;
        (self.listed, self.opens) = (false, false);
    }

    fn number(
        &mut self,
        at: usize,
        (numeral, unit): (Numeral, Unit),
        words: &Words,
        (left, right): (&Side, &Side),
    ) -> Figure {
        let classes = self.lexicon.classes;
        let aside = |side: &Side| side.signs.has_any(&[Sign::Aside, Sign::Step]);
        let aside = aside(left) || words.uses_right && aside(right);
        let carries = !words.acts.both(classes.carried).is_empty();
        let including = match left.says(Sign::Including) && carries && self.brackets.is_empty() {
            true => Tags::INCLUDING,
            false => Tags::default(),
        };
        let years = words.years(left, right, &classes);
        let tags = words.all().with(self.included(at)).with(including);
        let tags = tags.with(years);
        let changes = tags.both(Tags::MORE.with(Tags::LESS));
        let meant = unit != Unit::Thing && !aside && self.is_meant(&numeral, left, right, changes);
        let topic = self.line.topic;
        let of = match words.subject.is_empty() {
            true => self.goes_on_about(words, years, left, aside),
            false => Some(Tags::default()),
        };
        let whole = self.whole_of((numeral.value(), unit), left, words);
        self.whose(words, left);
        let since = left.says(Sign::Since) && !self.sentence.this_time;
        let is_rest = left.says(Sign::Rest) && self.is_vague_rest(words);
        let of_one_part = self.is_of_one_part(left);
        let other = self.counts_another_thing(at) || self.sentence.organ || of_one_part;
        let is_clear = words.are_clear(&numeral, left, right, &classes);
        let firm = is_clear && !(other || since || is_rest);
        // 主动公开5件、依申请公开3件: still the same other thing.
        let still_other =
            self.sentence.other_topic && words.acts.is_empty() && topic == Topic::Other;
        if !still_other {
            self.spoken_of(left, left.tags.with(words.subject), true);
        }
        let behind = right.named.iter().filter(|_| words.takes_act);
        let named = left.named.iter().chain(behind);
        let (place, length) = match self.tokens[at].kind {
            Kind::Number(_, _, length) => (self.tokens[at].at.clone(), length),
            _ => (self.tokens[at].at.clone(), 0),
        };
        Figure {
            unit,
            whole,
            unit_at: place.end - length,
            tags: tags.with(of.unwrap_or_default()),
            listed_acts: self.listed_acts(words),
            named: named.map(|&(tag, _)| tag).collect(),
            behind: match words.uses_right {
                true => right.signs,
                false => Signs::default(),
            },
            firm,
            meant: meant && of.is_some(),
            stands_free: !left.tags.both(classes.subjects).is_empty()
                && !left.in_short
                && !right.any
                && !self.sentence.other_topic,
            ..self.blank(place, numeral, left)
        }
    }

    /// What a number speaks of that does not say so itself; none where it is something else.
    fn goes_on_about(
        &mut self,
        words: &Words,
        years: Tags,
        left: &Side,
        aside: bool,
    ) -> Option<Tags> {
        let classes = &self.lexicon.classes;
        let tells = !words.all().both(classes.telling).is_empty();
        let nothing = Tags::default();
        let other = self.sentence.other_topic;
        match self.line.topic {
            Topic::Subject(subject) => Some(subject),
            Topic::Other if other => None,
            Topic::Other if !words.acts.is_empty() && words.acts.is_in(classes.continues) => {
                let named = self.sentence.subject;
                let before = self.before.both(classes.lasting);
                Some(if named.is_empty() { before } else { named })
            }
            // 结转下年 is said of nothing else.
            Topic::Other => {
                let carries = !words.acts.both(classes.carried).is_empty();
                let years = years.both(Tags::LAST.with(Tags::NEXT));
                (carries && !years.is_empty()).then_some(nothing)
            }
            Topic::Mentioned => (tells && !other).then_some(nothing),
            Topic::Nothing if aside => Some(nothing),
            Topic::Nothing if tells => {
                self.line.topic = Topic::Subject(classes.home);
                Some(nothing)
            }
            // 全年办结261件: of what, if nothing else was spoken of.
            Topic::Nothing => {
                let clear = !left.says(Sign::Unknown) && !self.sentence.counted_unknown;
                let is_done = clear && !words.acts.is_empty();
                Some(if is_done { classes.home } else { nothing })
            }
        }
    }

    /// Takes note of whose a number is, for those that follow.
    fn whose(&mut self, words: &Words, left: &Side) {
        if left.says(Sign::Unknown) && words.all().is_empty() {
            self.sentence.counted_unknown = true;
        }
        let organ = left.says(Sign::Organ) || left.of_body();
        if organ {
            self.own_is_part();
        }
        // 县政府8件，各部门9件，合计17件: all of them together.
        if left.says(Sign::Total) && !organ {
            self.sentence.organ = false;
        }
        self.sentence.organ |= organ && self.brackets.is_empty() && !left.named.is_empty();
    }

    /// Whether another noun stands right before a number whose unit goes with anything (涉及承办处室28个).
    fn counts_another_thing(&self, at: usize) -> bool {
        let Kind::Number(_, Unit::Count, length) = self.tokens[at].kind else {
            return false;
        };
        let end = self.tokens[at].at.end;
        let loose = LOOSE.contains(&&self.text[end - length..end]);
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        let noun = |token: &Token| {
            let is_long = token.at.len() > '的'.len_utf8();
            token.kind == Kind::Word(Role::Plain) && is_long
        };
        loose && before.is_some_and(noun)
    }

    /// Beside other organs what the report's own one did is a part as well (县政府受理8件，各部门9件).
    fn own_is_part(&mut self) {
        let (count, half) = (self.count, self.half);
        let figures = self.line.figures.iter_mut().rev();
        let same = figures.take_while(|figure| figure.sentence == count && figure.half == half);
        for figure in same.filter(|figure| figure.signs.has(Sign::Own)) {
            figure.firm = false;
        }
    }

    /// Whether it goes on about a part of a whole (征地类予以公开21件，不予公开9件); of several it does not.
    fn is_of_one_part(&mut self, left: &Side) -> bool {
        let is_part = left.says(Sign::Part);
        let of_one = !is_part && self.sentence.parts == 1 && !left.says(Sign::Sum);
        if is_part {
            self.sentence.parts += 1;
        }
        of_one
    }

    /// Whether what remains of a list is not told apart: by one thing, it is.
    fn is_vague_rest(&self, words: &Words) -> bool {
        let classes = &self.lexicon.classes;
        let acts = words.acts.both(classes.outcomes.with(classes.carried));
        acts.with(words.qualities).count() != 1
    }

    /// Whether a number speaks of the report's year and of the whole, and is one at all.
    fn is_meant(&self, numeral: &Numeral, left: &Side, right: &Side, changes: Tags) -> bool {
        // 一件 may be no number (每一件).
        let one = numeral.chinese && numeral.written == Decimal::ONE;
        let no_number = one && (left.named.is_empty() || left.mixed);
        let is_all = left.says(Sign::Ways) && !left.says(Sign::OfWhich);
        let part = left.says(Sign::Part) && !is_all || left.of_body();
        let differs = left.differs() && changes.is_empty();
        let other = part || differs || left.from || left.says(Sign::Hope);
        !(no_number
            || other
            || right.signs.has_any(&[Sign::Part, Sign::Body])
            || self.sentence.other_time
            || left.no.is_some())
    }

    /// What happens to the things of one list, by the one before (废止规章1件、规范性文件27件).
    fn listed_acts(&self, words: &Words) -> Tags {
        let classes = &self.lexicon.classes;
        let kinds = classes.subjects.with(classes.qualities);
        let goes_on = self.listed && words.acts.is_empty() && !words.subject.is_empty();
        let before = self.line.figures.last().filter(|_| goes_on);
        before.map_or(Tags::default(), |before| {
            before.tags.without(kinds).with(before.listed_acts)
        })
    }
}
