//! What the words on both sides of a number name. Those behind it count where those before it lack something.

use super::lexicon::Classes;
use super::role::{Sign, Tags};
use super::side::Side;
use crate::prose::numeral::Numeral;

/// What the words on both sides of a number name.
pub struct Words {
    /// What happens.
    pub acts: Tags,
    /// What divides the things counted.
    pub qualities: Tags,
    /// What is spoken of.
    pub subject: Tags,
    /// Whether what happens is said behind the number.
    pub takes_act: bool,
    /// Whether the words behind it belong to it.
    pub uses_right: bool,
    /// Whether some of what is named is named behind it.
    from_right: bool,
}

impl Words {
    /// Those on two sides.
    pub fn of(left: &Side, right: &Side, classes: &Classes) -> Self {
        let kinds = classes.subjects.with(classes.qualities);
        let either = |left: Tags, right: Tags| if left.is_empty() { right } else { left };
        let both = |class: Tags| either(left.tags.both(class), right.tags.both(class));
        let acts = left.tags.without(kinds);
        let words = Self {
            takes_act: acts.is_empty(),
            acts: either(acts, right.tags.without(kinds)),
            qualities: both(classes.qualities),
            subject: both(classes.subjects),
            uses_right: false,
            from_right: false,
        };
        let lacks_subject = left.tags.both(classes.subjects).is_empty();
        let from_right = words.all() != left.tags || left.tags.is_empty();
        Self {
            uses_right: from_right || lacks_subject,
            from_right,
            ..words
        }
    }

    /// All of it.
    pub fn all(&self) -> Tags {
        self.acts.with(self.qualities).with(self.subject)
    }

    /// Whether every word around a number is understood.
    pub fn are_clear(
        &self,
        numeral: &Numeral,
        left: &Side,
        right: &Side,
        classes: &Classes,
    ) -> bool {
        let kinds = classes.subjects.with(classes.qualities);
        let first_is_act = left
            .named
            .first()
            .is_some_and(|(tag, _)| tag.both(kinds).is_empty());
        let is_outcome = !self.acts.both(classes.outcomes).is_empty();
        let of_part = is_outcome || !self.acts.is_empty() && self.acts.is_in(classes.vague);
        // 因涉及某事不予公开: the reason divides what is counted.
        let reason = left.says(Sign::Reason) || self.uses_right && right.says(Sign::Reason);
        // Only what is left undone is so for a reason and still all of it.
        let divides = reason && self.acts.both(classes.carried).is_empty();
        let of_part = of_part && left.says(Sign::Unknown) || divides;
        let blurred =
            left.mixed || of_part || left.clings && !first_is_act || left.says(Sign::Organ);
        // What tells so plainly what it is is only described by what stands beside it.
        let is_plain = !self.acts.both(classes.distinct).is_empty() && !left.says(Sign::Organ);
        let blurred_behind = self.from_right && right.signs.has_any(&[Sign::Unknown, Sign::Rest]);
        (!blurred || is_plain) && !blurred_behind && !numeral.rough && !left.says(Sign::Rough)
    }

    /// What is said of the years before and after, where something is carried over.
    pub fn years(&self, left: &Side, right: &Side, classes: &Classes) -> Tags {
        let mut tags = Tags::default();
        let says = |sign| left.says(sign) || self.takes_act && right.says(sign);
        if !self.acts.both(classes.carried).is_empty() {
            let signs = [
                (Sign::Last, Tags::LAST),
                (Sign::Next, Tags::NEXT),
                (Sign::More, Tags::MORE),
                (Sign::Less, Tags::LESS),
            ];
            for (sign, tag) in signs {
                if says(sign) {
                    tags = tags.with(tag);
                }
            }
        }
        tags
    }
}
