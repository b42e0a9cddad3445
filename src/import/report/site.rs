//! What web sites and editors put around a report: facts of its publication, links, tools, the page's foot. None of it is
//! the report's own.

use crate::import::matching::simplified;
use crate::prose::{self, half_width, squeezed};

/// What a site adds is no longer than this, in characters.
const LONGEST: usize = 80;

/// A line as it is compared: without blanks, and without the marks of a list before it.
fn bare(line: &str) -> String {
    let line: String = squeezed(line)
        .chars()
        .map(|c| simplified(half_width(c)))
        .collect();
    line.trim_start_matches(['[', '【', '•', '·', '>', '»', '◆', '■', '●', '*'])
        .to_owned()
}

/// Words before a colon that say what follows is a link.
const LINKS: [&str; 24] = [
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "上篇",
    "下篇",
    "前一篇",
    "后一篇",
    "相关链接",
    "相关阅读",
    "相关信息",
    "相关文章",
    "相关附件",
    "相关文档",
    "相关内容",
    "相关新闻",
    "相关报道",
    "相关稿件",
    "附件",
    "附件下载",
    "链接",
    "友情链接",
    "推荐阅读",
    "往年年报",
];

/// Endings of the names of files.
const FILES: [&str; 13] = [
    ".doc", ".docx", ".wps", ".pdf", ".ofd", ".xls", ".xlsx", ".et", ".zip", ".rar", ".html",
    ".htm", ".shtml",
];

/// Headings above a list of links.
const LISTS: [&str; 28] = [
    "相关信息",
    "相关链接",
    "相关阅读",
    "相关文章",
    "相关附件",
    "相关文档",
    "相关内容",
    "相关新闻",
    "历年年报",
    "往年年报",
    "年报列表",
    "历史年报",
    "往期年报",
    "推荐阅读",
    "附件下载",
    "附件",
    "相关解读",
    "政策解读",
    "图解",
    "一图读懂",
    "相关推荐",
    "热点推荐",
    "热门推荐",
    "热门文章",
    "最新信息",
    "猜你喜欢",
    "网友评论",
    "我要评论",
];

/// Whether a line is a link to something else, or the name of a file: by what stands before or behind it, or because it
/// belongs to a list of such.
pub(super) fn is_link(lines: &[&str], at: usize) -> bool {
    if is_link_line(lines[at]) {
        return true;
    }
    // The heading of the list stands some links above.
    let above = lines[..at].iter().rev();
    let mut above =
        above.skip_while(|line| is_titled(line) || is_link_line(line) && !is_list(line));
    above.next().is_some_and(|line| is_list(line))
}

/// Whether a line is about a report, so that it could be one of several links.
fn is_titled(line: &str) -> bool {
    let line = bare(line);
    line.chars().count() <= LONGEST
        && line.contains("信息公开")
        && ["年度报告", "年报", "工作报告"]
            .iter()
            .any(|end| line.contains(end))
        && !line.contains('。')
}

fn is_list(line: &str) -> bool {
    let line = bare(line);
    let line = line.trim_end_matches([':', ']', '】', '>', '»']);
    let line = line.trim_end_matches("更多");
    LISTS.contains(&line)
}

fn is_link_line(line: &str) -> bool {
    let line = bare(line);
    if line.chars().count() > LONGEST || line.contains('。') {
        return false;
    }
    let lead = |word: &&str| {
        let rest = line.strip_prefix(*word);
        // 附件1：
        let rest = rest.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ']', '】', '>', '.']))
    };
    LINKS.iter().any(lead) || is_file(&line) || is_trail(&line)
}

/// Whether a line is the name of a file, its size behind it or not.
fn is_file(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    // Where a report can be found is its own to say.
    if line.contains("://") || line.contains("www.") || line.contains(',') {
        return false;
    }
    let name = line.split(['(', '[']).next().unwrap_or_default();
    FILES.iter().any(|end| name.ends_with(end))
}

/// Whether a line says where on the site the page is: 首页 > 政务公开 > 年报.
fn is_trail(line: &str) -> bool {
    let steps = line.matches(['>', '»', '›']).count();
    steps >= 2
        || line.starts_with("当前位置")
        || line.starts_with("您的位置")
        || line.starts_with("你的位置")
        || line.starts_with("您所在的位置")
        || line.starts_with("首页") && line.contains(['>', '/', '»', '-', '|'])
}

/// What stands behind the name of a fact, where that is the name of the document: 名称：某局2023年……
pub(super) fn fact(line: &str) -> Option<&str> {
    const NAMES: [&str; 12] = [
        "名称",
        "标题",
        "信息名称",
        "文件名称",
        "公文名称",
        "信息标题",
        "主题",
        "题名",
        "文章标题",
        "文件标题",
        "内容名称",
        "标题名称",
    ];
    let (name, rest) = line.split_once([':', '：'])?;
    let name = bare(name);
    let name = name.trim_end_matches([']', '】']);
    NAMES.contains(&name).then(|| rest.trim())
}

/// What sites and offices say of a document before a colon, squeezed: when, by whom, how often.
const FACTS: [&str; 75] = [
    "时间",
    "发布时间",
    "发布日期",
    "发文日期",
    "成文日期",
    "生成日期",
    "公开日期",
    "公布日期",
    "更新时间",
    "更新日期",
    "印发日期",
    "日期",
    "来源",
    "信息来源",
    "文章来源",
    "稿件来源",
    "作者",
    "撰稿",
    "撰稿人",
    "供稿",
    "供稿单位",
    "编辑",
    "责编",
    "责任编辑",
    "校对",
    "审核",
    "审核人",
    "审稿",
    "初审",
    "复审",
    "终审",
    "签发",
    "签发人",
    "录入",
    "录入人",
    "发布人",
    "发布者",
    "发布机构",
    "发布单位",
    "公开机构",
    "公开方式",
    "公开属性",
    "公开类别",
    "公开范围",
    "公开形式",
    "发文机关",
    "发文单位",
    "印发机关",
    "抄送",
    "主送",
    "索引号",
    "索取号",
    "文号",
    "发文字号",
    "信息分类",
    "信息类别",
    "主题分类",
    "主题词",
    "关键词",
    "体裁",
    "有效性",
    "浏览",
    "浏览次数",
    "浏览量",
    "访问量",
    "访问次数",
    "阅读量",
    "阅读次数",
    "阅读",
    "点击数",
    "点击量",
    "点击",
    "字号",
    "字体",
    "分类",
];

/// Whether a line is what web sites put between a title and its article, or below it: facts of its publication, one or
/// several in a row, the time of the day before them or not.
pub(super) fn is_fact(line: &str) -> bool {
    if is_tool(line) || is_imprint(line) {
        return true;
    }
    let bare = bare(line);
    if bare.chars().count() > LONGEST || bare.contains('。') {
        return false;
    }
    if fact(&bare).is_some() || is_stamped(line) {
        return true;
    }
    let mut pieces = bare.split([':', ']', '】']).peekable();
    let Some(first) = pieces.next().filter(|_| pieces.peek().is_some()) else {
        return bare.ends_with("打印");
    };
    // Before each further colon stands the value of the fact before, then a name.
    let names = pieces.clone().count() - 1;
    let is_named = |piece: &str| FACTS.iter().any(|name| piece.ends_with(name));
    let is_time = |piece: &str| piece.ends_with(|c: char| c.is_ascii_digit());
    let without_time =
        first.trim_start_matches(|c: char| c.is_ascii_digit() || "年月日-/.".contains(c));
    let mut between = pieces.take(names);
    match FACTS.contains(&without_time) {
        true => true,
        // 2024-01-22 16:30 来源：某局
        false => without_time.is_empty() && between.any(is_named) && is_time(first),
    }
}

/// Whether a line says when it was published, to the minute, and is no sentence: 青川水务 2024-01-22 16:30 四川
fn is_stamped(line: &str) -> bool {
    let line: String = line.chars().map(half_width).collect();
    let is_time = |at: usize| {
        let before = line[..at].ends_with(|c: char| c.is_ascii_digit());
        let behind = &line.as_bytes()[at + 1..];
        before && behind.len() >= 2 && behind[..2].iter().all(u8::is_ascii_digit)
    };
    let has_time = line.match_indices(':').any(|(at, _)| is_time(at));
    let is_day = |at: usize| {
        let day = line.get(at..at + 5).unwrap_or_default().as_bytes();
        day.len() == 5 && day[..4].iter().all(u8::is_ascii_digit) && b"-/.".contains(&day[4])
    };
    let mut starts = line.char_indices().map(|(at, _)| at);
    has_time && starts.any(is_day) && !line.contains([',', ';'])
}

/// Whether a line is what offices put at a document's end: who may read it, and who had it printed when.
fn is_imprint(line: &str) -> bool {
    let line = bare(line);
    let inner = line.trim_matches(['(', ')']);
    let copies = ["抄送:", "抄报:", "主送:", "主题词:"];
    let may_be_read = [
        "此件公开发布",
        "此件主动公开",
        "此件依申请公开",
        "此件不公开",
    ];
    may_be_read.contains(&inner)
        || copies.iter().any(|word| line.starts_with(word))
        || line.chars().count() <= LONGEST && line.ends_with("日印发") && !line.contains('。')
}

/// Whether a line stands below what is written and is no part of it: a fact of its publication, a heading of a list, a link.
pub(super) fn is_below(line: &str) -> bool {
    is_fact(line) || is_furniture(line) || is_list(line)
}

/// Whether a line is no sentence, nor part of one: a word of a site's, a name.
pub(super) fn is_fragment(line: &str) -> bool {
    const LONGEST: usize = 24;
    const SIGNS: [char; 11] = ['。', '，', '；', '：', '！', '？', ',', ';', ':', '、', '.'];
    let says = ["无", "没有", "未", "不"];
    line.chars().count() <= LONGEST
        && !line.contains(SIGNS)
        && !says.iter().any(|word| line.contains(word))
        && prose::heading(line).is_none()
}

/// Whether a line is nothing but what can be clicked on.
fn is_tool(line: &str) -> bool {
    const TOOLS: [&str; 42] = [
        "打印",
        "关闭",
        "打印本页",
        "关闭窗口",
        "关闭本页",
        "打印正文",
        "收藏",
        "分享",
        "分享到",
        "大",
        "中",
        "小",
        "字体",
        "字号",
        "默认",
        "返回",
        "返回顶部",
        "返回列表",
        "返回首页",
        "首页",
        "微信",
        "微博",
        "QQ空间",
        "下载",
        "无障碍",
        "长者模式",
        "繁体",
        "简体",
        "朗读",
        "收起",
        "原创",
        "阅读",
        "阅读原文",
        "浏览",
        "赞",
        "点赞",
        "在看",
        "评论",
        "写留言",
        "转发",
        "推荐",
        "举报",
    ];
    let is_between = |c: char| c.is_whitespace() || "[]【】|:：()（）/->·<".contains(c);
    let words = line.split(is_between).filter(|word| !word.is_empty());
    let is_count = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let (counts, words): (Vec<&str>, Vec<&str>) = words.partition(|word| is_count(word));
    // How often something was clicked on.
    counts.len() <= words.len()
        && !words.is_empty()
        && words.iter().all(|word| TOOLS.contains(word))
}

/// Whether a line is no text of any part, wherever it stands: facts of publication, links, names of files, trails, tools,
/// pictures to be scanned, what tells whose the site is, and numbers of
/// pages.
pub(super) fn is_furniture(line: &str) -> bool {
    let plain = bare(line);
    if plain.chars().count() > LONGEST {
        return false;
    }
    is_link_line(line)
        || is_owner(&plain)
        || is_picture(&plain)
        || is_tool(line)
        || is_page_number(&plain)
}

/// Whether a line is the number of a printed page: — 3 —, 第3页 共5页.
fn is_page_number(line: &str) -> bool {
    const DASHES: [char; 6] = ['-', '‐', '‑', '–', '—', '―'];
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let is_count = |words: &str| words.strip_suffix('页').is_some_and(is_number);
    let line = match line.split_once('共') {
        Some((this, all)) if is_count(all) => this.trim_end_matches([',', '/']),
        _ => line,
    };
    let between_dashes = || line.strip_prefix(DASHES)?.strip_suffix(DASHES);
    let number = between_dashes().map(|number| number.trim_matches(DASHES));
    number.is_some_and(is_number) || line.strip_prefix('第').is_some_and(is_count)
}

/// Whether a line tells whose a site is.
fn is_owner(line: &str) -> bool {
    let low = line.to_ascii_lowercase();
    let says = [
        "copyright",
        "©",
        "icp备",
        "公网安备",
        "版权所有",
        "网站标识码",
        "allrightsreserved",
    ];
    says.iter().any(|word| low.contains(word))
}

/// Whether a line asks to scan a picture.
fn is_picture(line: &str) -> bool {
    line.contains("二维码")
        && ["扫", "关注", "识别"]
            .iter()
            .any(|word| line.contains(word))
        || line.contains("扫一扫")
}

/// Whether a line begins the foot of a web page, below which nothing is the report's.
pub(super) fn is_foot(line: &str) -> bool {
    const ROLES: [&str; 9] = [
        "主办",
        "承办",
        "协办",
        "主办单位",
        "承办单位",
        "技术支持",
        "维护单位",
        "运行维护",
        "网站维护",
    ];
    const WORDS: [&str; 6] = [
        "打印本页",
        "关闭窗口",
        "分享到",
        "网站地图",
        "联系我们",
        "友情链接",
    ];
    let plain = bare(line);
    if plain.chars().count() > LONGEST {
        return false;
    }
    let is_sentence = plain.ends_with('。');
    let has_role = ROLES.iter().any(|role| {
        plain
            .strip_prefix(role)
            .is_some_and(|rest| rest.starts_with(':'))
    });
    let is_list = is_list(line) && !is_sentence;
    let neighbours = ["上一篇", "下一篇", "上一条", "下一条"];
    let is_neighbour = neighbours.iter().any(|word| plain.starts_with(word));
    has_role
        || is_owner(&plain)
        || is_picture(&plain)
        || is_list
        || is_neighbour && !is_sentence
        || is_tool(line)
        || !is_sentence && WORDS.iter().any(|word| plain.contains(word))
}
