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
    /// A difference, or what a difference is held against (较, 增加).
    Differs,
    /// Adds up (共, 合计).
    Sum,
    /// Parts of what was counted before (其中).
    OfWhich,
    /// What remains of a list (其他, 其余).
    Rest,
    /// Each of several (均, 各).
    Each,
    /// One after the other (分别).
    Respectively,
    /// There is none (未, 无).
    No,
    /// Only hoped for, or a rule (确保, 应当).
    Hope,
    /// Rough (近, 约, 超过).
    Rough,
    /// Part of a hundred (占).
    Share,
    /// Contains (含).
    Including,
    /// What the vocabulary is about, named without counting it (政府信息公开).
    Concern,
    /// Characters that are not known.
    Unknown,
}

/// Several signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u32);

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

/// Words of the language, whatever is counted; parted by blanks.
pub const LANGUAGE: &[(Role, &str)] = &[
    (
        Role::Says(Sign::This),
        "本年 本年度 全年 全年累计 本年累计 年内累计 年度累计 今年累计 今年 年内 当年 年度内 全年度 报告期内 报告期间 统计期间 统计期内 \
         报告年度 本报告期",
    ),
    (
        Role::Says(Sign::Last),
        "上年 上年度 上一年 上一年度 去年 前一年 上年末 往年 去年度 前一年度 跨年 跨年度",
    ),
    (
        Role::Says(Sign::Next),
        "下年 下年度 下一年 下一年度 次年 明年 翌年 来年 次年度 今后 下步 下一步",
    ),
    (
        Role::Says(Sign::Other),
        "上半年 下半年 季度 每月 月均 日均 每年 年均 平均 每日 每天 历年 上年同期 去年同期 \
         上月 当月 每件 近年来 近几年 前年 同期 近三年 近两年 近五年 三年来 五年来 连续三年 \
         月底 期间 上旬 中旬 下旬 每周 每季度",
    ),
    (Role::Says(Sign::Ever), "以来"),
    (Role::Says(Sign::Since), "累计 历史 共累计 截至目前"),
    (
        Role::Says(Sign::Differs),
        "较 同比 环比 相比 比上年 增加 增长 减少 下降 上升 增幅 降幅 增多 多收 少收 提高 \
         降低 翻 持平 比去年 与上年 比",
    ),
    (
        Role::Says(Sign::Sum),
        "共 共计 合计 总计 总共 一共 累计共 总量 总数 两项合计 三项合计",
    ),
    (Role::Says(Sign::OfWhich), "其中"),
    (
        Role::Says(Sign::Ways),
        "等形式 等方式 等渠道 等途径 等多种形式 等多种方式 等多种渠道 等各种方式 等各种渠道 多种形式 多种方式 多种渠道",
    ),
    (Role::Says(Sign::Rest), "其他 其它 其余 另外"),
    (
        Role::Says(Sign::Each),
        "均 都 各 皆 均为 都为 各为 都是 均是",
    ),
    (
        Role::Says(Sign::Respectively),
        "分别 分别为 依次 依次为 分别是",
    ),
    (
        Role::Says(Sign::No),
        "未 无 没有 没 尚未 并未 未曾 未有 暂无 尚无 并无 不存在 从未 未见 均未 均无 也未 \
         未出现 未发生 未产生 未引发 未涉及 没有发生 没有出现 没有产生 零 未发生一起 未发生一例 \
         没有发生一起 没有发生一例 无一起 无一例 没有一起 没有一例",
    ),
    (
        Role::Says(Sign::Hope),
        "确保 力争 努力 防止 避免 杜绝 做到 如果 若 除 除了 应当 不得 凡 对于",
    ),
    (
        Role::Says(Sign::Rough),
        "近 约 超 逾 超过 不足 大约 将近 接近 至少 最多 突破 约为 不到 不少于 约有 \
         近乎",
    ),
    (
        Role::Says(Sign::Share),
        "占 占比 比例 比重 约占 占比为 占比约 所占 占总数",
    ),
    (
        Role::Says(Sign::Including),
        "含 包含 包括 内含 其中含 其中包括 其中包含 并含 连同 含有",
    ),
    (
        Role::Plain,
        "的 了 已 目前 尚 尚在 以 有 为 是 达 达到 计 并 和 及 与 或 以及 等 也 还 又 则 即 之 另 \
         另有 还有 此外 同时 通过 按 按照 依法 依规 依法依规 及时 规范 认真 积极 妥善 严格 \
         按时 按期 按规定 按要求 如期 按规 全部 在 中 内 于 经 由 里 上述 上 加上 加 \
         再加上 提出 提交 因 被 对 将 予 而 且 所 剩余 其 该 多达 这些 此类 总 仅 只 作 \
         作出 做出 数 数量 数为 件数 量 情况 工作 方面 事项 案件 事件 情形 类 类型 结果 \
         情况如下 如下 现 截至 截止 截至年底 年底 止 底 日 当前 可 能 能够 进行 进一步 \
         全面 切实 有效 扎实 持续 不断 规范化 法定期限 规定期限 期限 法定时限 规定时限 时限 \
         均已 都已 已经 任何 相关 有关 涉及 所有 各类 各项 给 向 社会 请 方式 原因 理由 \
         主要 顺利 圆满 高效 稳妥 分 种 人 提请 新 又有 继续 余下 部分 到 至 自 从 起",
    ),
    (
        Role::Odd,
        "未来 未经 未成年 无关 无障碍 无纸化 无缝 无偿 无差别 无人 无误 无需 无须 有无 毫无 \
         无论 无权 无理 无法 未能 无正当理由 未成年人 无线 无疑 共同 公共 共享 共建 共治 \
         共性 国共 中共 总体 总书记 总结 总局 总台 总支 其中之一 约谈 约束 预约 节约 公约 \
         合约 条约 附近 最近 近期 近平 习近平 习近平总书记 接近尾声 超越 超市 超前 各级 各界 \
         各地 各自 大比 比如 比较 对比 比赛 评比 占用 占地 抢占 一是 二是 三是 四是 五是 \
         六是 七是 八是 一方面 另一方面 统一 唯一 第一 一律 一直 一定 一系列 一次性 一站式 \
         一网通办 一体化 一批 一些 一年一度 一对一 点对点 三审 三审三校 三级 两个 两化 双公示 \
         五公开 六稳 六保 三公经费 四类 三类 三安全一稳定 转发 转办 转载 转型 转变 好转 运转 \
         流转 周转 转换 转化 共产党 无锡 未央 人均 平均数 均衡 均等 都市 成都 首都 各族 \
         比例原则 含义 包含着 含量 较好 较大 较多 较高 较强 较少 较为 比对 若干 一起 \
         一如既往 零距离 零跑腿 零星 零容忍",
    ),
];
