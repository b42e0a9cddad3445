//! Where a number comes from, and what it is made of.

use crate::value::Value;

/// How a number came into its cell; a number without an origin was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// 粘贴.
    Pasted,
    /// 导入.
    Imported,
    /// 空白填 0.
    Zeroed,
    /// 分项相加.
    Added,
    /// 按审核提示改正.
    Mended,
    /// 上年年报.
    LastYear,
}

impl Origin {
    /// Every origin.
    pub const ALL: [Self; 6] = [
        Self::Pasted,
        Self::Imported,
        Self::Zeroed,
        Self::Added,
        Self::Mended,
        Self::LastYear,
    ];

    /// Its id in drafts.
    pub fn id(self) -> &'static str {
        match self {
            Self::Pasted => "pasted",
            Self::Imported => "imported",
            Self::Zeroed => "zeroed",
            Self::Added => "added",
            Self::Mended => "mended",
            Self::LastYear => "last_year",
        }
    }

    /// The origin with this id.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.id() == id)
    }

    /// Its name on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pasted => "粘贴",
            Self::Imported => "导入",
            Self::Zeroed => "空白填 0",
            Self::Added => "分项相加",
            Self::Mended => "按审核提示改正",
            Self::LastYear => "上年年报",
        }
    }
}

/// One named part of a cell's number (分项), e.g. one office's share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addend {
    /// Whose it is.
    pub name: String,
    /// How many.
    pub value: Value,
}

/// What addends come to; none if one is blank or they are more than a cell holds.
pub fn total(addends: &[Addend]) -> Option<Value> {
    let mut sum: Option<Value> = None;
    for Addend { value, .. } in addends {
        sum = Some(match (sum, *value) {
            (None, value) => value,
            (Some(Value::Count(a)), Value::Count(b)) => Value::count(a.checked_add(b)?)?,
            (Some(Value::Amount(a)), Value::Amount(b)) => Value::amount(a.checked_add(b)?)?,
            _ => return None,
        });
    }
    sum.filter(|sum| !sum.is_blank())
}
