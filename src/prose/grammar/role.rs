//! What a word does in a sentence that counts things.

/// The things that a word of a vocabulary can name, as a set. The vocabulary numbers them; the last few are the
/// language's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tags(u128);

impl Tags {
    /// The most tags that a vocabulary may have.
    pub const MOST: usize = 120;
    /// The year before the report's is named.
    pub const LAST: Self = Self(1 << 120);
    /// The year after the report's is named.
    pub const NEXT: Self = Self(1 << 121);
    /// Something is said to be included (含).
    pub const INCLUDING: Self = Self(1 << 122);
    /// It grew by so many (增加).
    pub const MORE: Self = Self(1 << 123);
    /// It shrank by so many (减少).
    pub const LESS: Self = Self(1 << 124);

    /// The set of one tag.
    pub fn of(tag: u8) -> Self {
        Self(1 << tag)
    }

    /// Both together.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This without the other.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What both have.
    pub fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of it is in the other.
    pub fn is_in(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// How many tags there are.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The place of its last tag.
    pub fn last(self) -> Option<usize> {
        self.0.checked_ilog2().map(|place| place as usize)
    }

    /// Its tags one by one.
    pub fn each(self) -> impl Iterator<Item = Self> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let lowest = left & left.wrapping_neg();
            left ^= lowest;
            (lowest != 0).then_some(Self(lowest))
        })
    }
}

/// What a word says beside the things that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Something that is no thing of the vocabulary: what is counted is not in the tables.
    Aside,
    /// A part of a whole: a channel, a place.
    Part,
    /// A part that is an organ.
    Body,
    /// The organ's own level: a part of what a government sums up, all of what another organ reports.
    OwnLevel,
    /// The report's own organ, by its name.
    Own,
    /// All of them together (全市).
    Everywhere,
    /// Ends a list of ways that are all of them (等形式): no part, though each alone would be one.
    Ways,
    /// An organ other than one's own.
    Organ,
    /// The report's year.
    This,
    /// The year before.
    Last,
    /// The year after.
    Next,
    /// Another time: other years, months, quarters.
    Other,
    /// From then on (以来): another time, unless it is the report's year.
    Ever,
    /// Over a time that may be longer (累计).
    Since,
    /// A difference, or what a difference is held against (较).
    Differs,
    /// A difference upwards (增加).
    More,
    /// A difference downwards (减少).
    Less,
    /// What something comes to after a change (降至).
    Became,
    /// The same, if a change was spoken of (达到).
    Reaches,
    /// What it was before a change, where a number follows at once (由).
    From,
    /// Adds up (共, 合计).
    Sum,
    /// Adds up what was counted before (合计).
    Total,
    /// Parts of what was counted before (其中).
    OfWhich,
    /// What was named is the whole of what is counted next (中, 方面).
    Among,
    /// The number before is divided into those that follow (按主体分).
    Divides,
    /// What remains of a list (其他, 其余).
    Rest,
    /// Each of several (均, 各).
    Each,
    /// Each of several; with no number behind it there are no others (均为).
    Only,
    /// One after the other (分别).
    Respectively,
    /// There is none (未, 无).
    No,
    /// Only hoped for, or a rule (确保, 应当).
    Hope,
    /// Rough (近, 约, 超过).
    Rough,
    /// Rough, said behind a number (以上).
    Bound,
    /// Part of a hundred (占).
    Share,
    /// Contains (含).
    Including,
    /// What the vocabulary is about, named without counting it (政府信息公开).
    Concern,
    /// A step on the way (审核, 征求意见): with a number something else, without one of no account.
    Step,
    /// Who had a hand in it (经, 会同): an organ behind it is not spoken of.
    By,
    /// A reason begins (因).
    Because,
    /// What came before is told, now comes what it led to (后, 而).
    Then,
    /// Adds what is named to something, or leaves it out (加上, 除去).
    Apart,
    /// Leaves out what was named before it (自然人以外).
    Except,
    /// What something is taken for (作为).
    As,
    /// Ends a list of examples (等).
    Etc,
    /// Joins another thing that was done as well (并).
    Also,
    /// Makes what was said one of the things counted (的, 情形).
    Of,
    /// Something begins to be said of what was named (已, 进行).
    Begins,
    /// Characters that are not known.
    Unknown,
    /// The same within a reason.
    Reason,
}

/// Several signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u64);

impl Signs {
    /// Adds one.
    pub fn add(&mut self, sign: Sign) {
        self.0 |= 1 << sign as u32;
    }

    /// Whether one is among them.
    pub fn has(self, sign: Sign) -> bool {
        self.0 & 1 << sign as u32 != 0
    }

    /// Whether one of several is among them.
    pub fn has_any(self, signs: &[Sign]) -> bool {
        signs.iter().any(|&sign| self.has(sign))
    }

    /// Takes one away.
    pub fn remove(&mut self, sign: Sign) {
        self.0 &= !(1 << sign as u32);
    }

    /// Both together.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Names a thing of the vocabulary.
    Tag(u8),
    /// The same, but only where it stands free: behind unknown characters it names something else (低保申请).
    Bare(u8),
    /// The same, and says by itself that there is none (全部办结).
    None(u8),
    /// Says something beside the things that are named.
    Says(Sign),
    /// Changes nothing.
    Plain,
    /// Means nothing that is understood: as if its characters were unknown.
    Odd,
}
