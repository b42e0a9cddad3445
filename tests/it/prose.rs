//! Running text: numbers, sentences and clauses.

use nianbao::prose::{
    Reading, balanced, balanced_title, clauses, half_width, is_nearly, least_width, numbers,
    sentences,
};
use proptest::prelude::*;

fn found(text: &str) -> Vec<String> {
    let found = numbers(text).into_iter();
    found.map(|number| number.value.to_string()).collect()
}

#[test]
fn numbers_are_read_as_they_are_written() {
    for (text, expected) in [
        ("收到申请1,234件，办结９８件。", &["1234", "98"][..]),
        ("分别为1,2,3件", &["1", "2", "3"]),
        ("收费１２．５万元", &["12.5"]),
        ("共3.", &["3"]),
        ("12,3456", &["12", "3456"]),
        ("1,234,567.89元", &["1234567.89"]),
        ("1234,567", &["1234", "567"]),
        ("1，200", &["1", "200"]),
        ("一二三", &[]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn a_unit_stands_right_behind_its_number() {
    let reading = Reading::of("收到75 件、60余件，12.5件，7条");
    let before: Vec<_> = reading.before_unit("件").collect();
    let values: Vec<_> = before.iter().map(|(n, _)| n.value.to_string()).collect();
    assert_eq!(values, ["75", "12.5"]);
    assert_eq!(&reading.text()[before[0].1.clone()], "75 件");
}

#[test]
fn marks_that_close_belong_to_the_sentence_before() {
    let text = "他说：“行。”收到3件；办结2件。\n无";
    let cut = |ranges: Vec<std::ops::Range<usize>>| -> Vec<&str> {
        ranges.into_iter().map(|range| &text[range]).collect()
    };
    assert_eq!(
        cut(sentences(text).collect()),
        ["他说：“行。”", "收到3件；办结2件。\n", "无"]
    );
    assert_eq!(
        cut(clauses(text).collect()),
        ["他说：“行。”", "收到3件；", "办结2件。\n", "无"]
    );
}

#[test]
fn sentences_are_alike_but_for_a_few_words() {
    assert!(is_nearly(
        "全年主动公开信息100条。",
        "全年主动公开信息120条。"
    ));
    assert!(!is_nearly(
        "全年主动公开信息100条。",
        "无其他需要报告的事项。"
    ));
}

#[test]
fn chinese_numerals_and_rough_numbers_are_read() {
    use nianbao::prose::numeral_at;
    for (text, value, rough) in [
        ("一百零三件", "103", false),
        ("一百三件", "130", false),
        ("壹拾件", "10", false),
        ("十五件", "15", false),
        ("两件", "2", false),
        ("三万二千零五件", "32005", false),
        ("二〇二五年", "2025", false),
        ("30余件", "30", true),
        ("1.2万件", "12000", false),
        ("3万件", "30000", true),
        ("1,234件", "1234", false),
        ("３５万元", "35", false),
    ] {
        let (numeral, _) = numeral_at(text, 0).unwrap();
        assert_eq!(
            (
                numeral.value().normalize().to_string().as_str(),
                numeral.rough
            ),
            (value, rough),
            "{text}"
        );
    }
}

proptest! {
    /// Clauses and sentences cover a text without gaps; every number stands where it says, in one clause.
    #[test]
    fn texts_are_covered_and_numbers_stand_where_they_say(text in "[0-9０-９,，.．件。；！“”（）\n 一二]{0,40}") {
        for ranges in [sentences(&text).collect::<Vec<_>>(), clauses(&text).collect()] {
            let joined: String = ranges.into_iter().map(|range| &text[range]).collect();
            prop_assert_eq!(&joined, &text);
        }
        let reading = Reading::of(&text);
        for number in reading.numbers() {
            let digits: String = text[number.at.clone()].chars().map(half_width).filter(|&c| c != ',').collect();
            prop_assert_eq!(digits.parse(), Ok(number.value));
            let clause = reading.clause_at(number.at.start);
            prop_assert!(clause.start <= number.at.start && number.at.end <= clause.end);
        }
    }
}

#[test]
fn labels_stand_as_on_the_official_form() {
    let set = |text: &str, width: f32| balanced(text, width).join("／");
    assert_eq!(set("（三）不予公开", 4.0), "（三）不／予公开");
    assert_eq!(set("（六）其他处理", 4.3), "（六）其／他处理");
    assert_eq!(set("三、本年度办理结果", 3.1), "三、本／年度办／理结果");
    assert_eq!(set("商业企业", 2.5), "商业／企业");
    assert_eq!(set("商业企业", 3.5), "商业／企业");
    assert_eq!(set("社会公益组织", 2.0), "社会／公益／组织");
    assert_eq!(set("社会公益组织", 3.5), "社会／公益／组织");
    assert_eq!(set("社会公益组织", 4.5), "社会公益／组织");
    assert_eq!(set("三、本年度办理结果", 5.0), "三、本年度／办理结果");
    assert_eq!(set("三、本年度办理结果", 4.5), "三、本／年度办／理结果");
    assert_eq!(set("总计", 2.0), "总计");
    assert_eq!(
        set(
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            17.0
        ),
        "（二）部分公开（区分处理的，／只计这一情形，不计其他情形）"
    );
}

#[test]
fn no_character_is_left_over() {
    assert_eq!(balanced("自然人", 2.5), ["自", "然", "人"]);
    assert_eq!(balanced("自然人", 3.0), ["自然人"]);
    assert_eq!(least_width("自然人"), 3.0);
    assert_eq!(least_width("（三）不予公开"), 4.0);
    assert_eq!(least_width("三、本年度办理结果"), 3.0);
    assert_eq!(least_width("法律服务机构"), 2.0);
    assert_eq!(least_width("其他"), 2.0);
    for width in 4..30 {
        let lines = balanced("5.要求行政机关确认或重新出具已获取信息", width as f32);
        assert!(
            !lines.iter().any(|line| line.chars().count() < 2),
            "{lines:?}"
        );
    }
}

#[test]
fn nothing_is_lost_however_narrow_it_is() {
    let text = "1.申请人无正当理由（逾期）不补正、abcdefghijk 12345";
    for width in 1..60 {
        assert_eq!(balanced(text, width as f32).concat(), text, "{width}");
    }
    assert_eq!(balanced("", 3.0), [""]);
    assert_eq!(balanced("申请\n人", 1.5), ["申", "请", "人"]);
}

#[test]
fn titles_are_broken_behind_names() {
    let set = |text: &str| balanced_title(text, 20.0).join("／");
    let broken = [
        "内蒙古自治区鄂尔多斯市／准格尔旗大路镇人民政府",
        "黑龙江省大兴安岭地区呼玛县／市场监督管理综合行政执法大队",
        "广西壮族自治区柳州市／三江侗族自治县林溪镇人民政府",
        "新疆维吾尔自治区住房和城乡建设厅／房地产市场监管处",
        "中国（上海）自由贸易试验区／临港新片区管理委员会",
        "乌鲁木齐市水磨沟区人民政府／六道湾片区街道办事处",
    ];
    for wanted in broken {
        assert_eq!(set(&wanted.replace('／', "")), wanted);
    }
    // No name ends near, and one that fits is left alone.
    let abroad = "某某某某某某某某某某某某某某某某某某某某某某";
    assert_eq!(set(abroad), format!("{}／{}", &abroad[..33], &abroad[33..]));
    assert_eq!(set("济南市历下区人民政府"), "济南市历下区人民政府");
}
