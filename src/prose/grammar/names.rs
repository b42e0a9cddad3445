//! Names of organs among characters that are not known.

/// How an organ's name ends (水务局).
const ENDS: &str = "局委办厅镇乡区县市处科所站队院司街村部会";

/// What names an organ wherever it stands.
const PARTS: &[&str] = &[
    "政府", "局", "委", "厅", "街道", "镇", "机关", "公司", "中心", "系统", "单位", "部门", "大队",
    "支队", "科室", "处室", "机构", "领域", "行业", "条线", "片区", "战线",
];

/// What stands behind a name and changes nothing of it (公安机关 of a 公安局).
const BEHIND: &[&str] = &["机关", "部门"];

/// Whether unknown characters name an organ.
pub fn is_organ(run: &str) -> bool {
    run.ends_with(|c| ENDS.contains(c)) || PARTS.iter().any(|name| run.contains(name))
}

/// Whether unknown characters are the name of an organ and no more.
pub fn is_organ_name(run: &str) -> bool {
    run.ends_with(|c| ENDS.contains(c)) || PARTS.iter().any(|name| run.ends_with(name))
}

/// Whether an organ sums up what others below it report.
pub fn is_government(name: &str) -> bool {
    name.contains("政府") && !name.contains("办公")
}

/// Whether some characters are a part of a name, or short for it (市水务局 of 青川市滨河区水务局).
pub fn is_short_for(name: &str, run: &str) -> bool {
    let is_part = |run: &str| {
        let mut rest = name.chars();
        run.chars().nth(1).is_some() && run.chars().all(|c| rest.any(|other| other == c))
    };
    // 乡 of 石桥乡人民政府, but not the 市 before a 区.
    if is_part(run) || name.trim_end_matches("人民政府").ends_with(run) {
        return true;
    }
    let mut behind = BEHIND.iter();
    behind.any(|behind| run.strip_suffix(behind).is_some_and(is_part))
}
