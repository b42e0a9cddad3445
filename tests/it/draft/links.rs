//! Numbers in texts that are linked to the tables, through whatever is done to the texts.

use crate::support::random::Random;
use nianbao::draft;
use nianbao::form::{self, Sum, TextIx};
use nianbao::report::{Edit, History, Linked, Report};

const S1: TextIx = TextIx(1);

fn empty() -> Report {
    Report::new(form::by_id("2021").unwrap(), "某局", 2024)
}

fn of(report: &Report, id: &str) -> Sum {
    report.form().find_sum(id).unwrap()
}

/// `全年收到97件，办结21件。`, both linked.
fn linked_text() -> Report {
    empty().with(|report| {
        let mut words = Linked::from("全年收到");
        words.push_number("97", of(report, "t3.r1.total"));
        words.push_words("件，办结");
        words.push_number("21", of(report, "t3.r3_1.total + t3.r3_2.total"));
        words.push_words("件。");
        Edit::insert(report, S1, 0..0, words)
    })
}

fn digits(report: &Report) -> Vec<&str> {
    let links = report.links(S1).iter();
    links
        .map(|link| &report.text(S1)[link.at.clone()])
        .collect()
}

fn after(words: &str) -> Vec<String> {
    let report = linked_text().with(|report| Edit::text(report, S1, words));
    digits(&report).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_linked_number_keeps_its_link_as_long_as_it_is_one_number() {
    assert_eq!(digits(&linked_text()), ["97", "21"]);
    for (words, left) in [
        // Corrected, grown, shrunk, replaced by another number.
        ("全年收到98件，办结21件。", vec!["98", "21"]),
        ("全年收到970件，办结21件。", vec!["970", "21"]),
        ("全年收到197件，办结21件。", vec!["197", "21"]),
        ("全年收到9件，办结21件。", vec!["9", "21"]),
        ("全年收到3件，办结21件。", vec!["3", "21"]),
        ("全年收到1,097件，办结21件。", vec!["1,097", "21"]),
        ("全年收到９97件，办结21件。", vec!["９97", "21"]),
        // No number any more, no single one, or none of its own.
        ("全年收到件，办结21件。", vec!["21"]),
        ("全年收到若干件，办结21件。", vec!["21"]),
        ("全年收到9、7件，办结21件。", vec!["21"]),
        ("全年收到9721件。", vec![]),
        ("", vec![]),
        // Written around.
        ("2024年全年收到97件，办结21件。", vec!["97", "21"]),
        ("全年收到97件申请，其中办结21件。", vec!["97", "21"]),
    ] {
        assert_eq!(after(words), left, "{words}");
    }
}

#[test]
fn words_come_and_go_with_their_links() {
    let report = linked_text();
    let all = report.linked(S1, 0..report.text(S1).len());
    assert_eq!(all.links().len(), 2);
    // Half a number takes no link along.
    let half = report.linked(S1, 0.."全年收到9".len());
    assert_eq!((half.words(), half.links().len()), ("全年收到9", 0));
    let end = report.text(S1).len();
    let twice = report.with(|report| Edit::insert(report, S1, end..end, all.clone()));
    assert_eq!(digits(&twice), ["97", "21", "97", "21"]);
    // Right behind a digit it is another number.
    let glued = twice.with(|it| Edit::insert(it, S1, 0..0, Linked::from("1")));
    assert_eq!(digits(&glued).len(), 4);
    let mut words = Linked::default();
    words.push_number("5", of(&glued, "t3.r1.total"));
    let glued = glued.with(|it| Edit::insert(it, S1, 1..1, words));
    assert_eq!(digits(&glued).len(), 4, "{}", glued.text(S1));
}

#[test]
fn several_places_change_in_one_step_and_the_links_between_them_stay() {
    let mut history = History::new(linked_text());
    let before = history.report().clone();
    let text = before.text(S1);
    let places = text
        .match_indices("件")
        .map(|(at, it)| (at..at + it.len(), "宗".into()));
    let edit = Edit::places(&before, S1, places.collect());
    assert!(history.apply(edit));
    assert_eq!(history.report().text(S1), "全年收到97宗，办结21宗。");
    assert_eq!(digits(history.report()), ["97", "21"]);
    history.undo();
    assert_eq!(*history.report(), before);
    // Places that are none of the text, or not in order, change nothing.
    for places in [
        vec![(0..900, Linked::from("x"))],
        vec![(3..6, Linked::from("x")), (0..4, Linked::from("y"))],
        vec![(1..2, Linked::from("x"))],
    ] {
        assert!(Edit::places(&before, S1, places).is_empty());
    }
}

/// How many random edits; `EDITS=10000 cargo test --test it ten_thousand` runs them all.
fn edits() -> usize {
    std::env::var("EDITS").map_or(400, |n| n.parse().unwrap())
}

/// A random edit, as a keyboard, a paste or a card makes it.
fn edit(report: &Report, random: &mut Random) -> Edit {
    const WORDS: [&str; 14] = [
        "1",
        "97",
        "０",
        ",",
        ".",
        "件",
        "，",
        "十五",
        "三",
        "万",
        "\n",
        "全年收到",
        "2024年",
        "a",
    ];
    let text = TextIx(random.below(report.form().texts.len()) as u16);
    let words = report.text(text);
    let mut bounds: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    bounds.push(words.len());
    let mut place = || *random.pick(&bounds);
    let (a, b) = (place(), place());
    let (from, to) = (a.min(b), a.max(b));
    match random.below(8) {
        // Typed.
        0..=2 => Edit::insert(report, text, from..from, (*random.pick(&WORDS)).into()),
        // Erased.
        3 => {
            let next = bounds.iter().find(|&&at| at > from).copied();
            Edit::insert(report, text, from..next.unwrap_or(from), Linked::default())
        }
        // Cut, or copied and pasted at the end.
        4 => {
            let end = words.len();
            match random.below(2) {
                0 => Edit::insert(report, text, from..to, Linked::default()),
                _ => Edit::insert(report, text, end..end, report.linked(text, from..to)),
            }
        }
        5 => {
            let mut linked = Linked::from("收到");
            linked.push_number(
                *random.pick(&["97", "1,203", "十五", "3"]),
                of(report, "t3.r1.total"),
            );
            linked.push_words("件。");
            Edit::insert(report, text, from..from, linked)
        }
        6 => {
            let old = *random.pick(&["件", "9", "收到"]);
            let found = words.match_indices(old).map(|(at, it)| at..at + it.len());
            let new = *random.pick(&["件", "宗", "3", ""]);
            Edit::places(report, text, found.map(|at| (at, new.into())).collect())
        }
        _ => {
            let numbers = nianbao::prose::numbers(words);
            if numbers.is_empty() {
                return Edit::default();
            }
            let at = random.pick(&numbers).at.clone();
            let of = (random.below(2) == 0).then(|| of(report, "t2.normdoc.made"));
            Edit::link(report, text, at.start..at.end.max(to.min(at.end)), of)
        }
    }
}

/// Every link stands on just a number, in order and apart from the others.
fn assert_sound(report: &Report) {
    for (text, _) in report.form().indexed_texts() {
        let links = report.links(text);
        for link in links {
            assert!(
                report.is_number(text, &link.at),
                "{:?} in {}",
                link,
                report.text(text)
            );
        }
        assert!(links.windows(2).all(|two| two[0].at.end <= two[1].at.start));
    }
}

#[test]
fn links_stay_sound_through_ten_thousand_edits_and_undo_is_exact() {
    let mut random = Random::new(13);
    let mut history = History::new(linked_text());
    let mut states = vec![history.report().clone()];
    let mut linked: usize = 0;
    for nth in 0..edits() {
        let edit = edit(history.report(), &mut random);
        history.pause();
        if history.apply(edit) {
            states.push(history.report().clone());
        }
        assert_sound(history.report());
        let report = history.report();
        let texts = report.form().indexed_texts();
        let now = texts.map(|(text, _)| report.links(text).len()).sum();
        linked = linked.max(now);
        if nth % 50 == 0 {
            let text = draft::to_text(history.report());
            assert_eq!(draft::from_text(&text).unwrap(), *history.report());
        }
        // Texts that only grow would be slow, and soon nothing in them would be touched.
        if history.report().text(S1).len() > 3000 {
            history.pause();
            if history.apply(Edit::text(history.report(), S1, "收到97件。")) {
                states.push(history.report().clone());
            }
        }
        if states.len() > 200 {
            for state in states.iter().rev().skip(1) {
                history.undo();
                assert_eq!(history.report(), state);
            }
            for state in states.iter().skip(1) {
                history.redo();
                assert_eq!(history.report(), state);
            }
            states = vec![history.report().clone()];
            history = History::new(history.report().clone());
        }
    }
    assert!(linked > 5, "{linked}");
}

#[test]
fn a_file_edited_by_hand_keeps_the_links_whose_digits_it_still_holds_and_tells_of_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    let open = |from: &str, to: &str| {
        let text = draft::to_text(&linked_text());
        assert!(text.contains(from));
        std::fs::write(&path, text.replace(from, to)).unwrap();
        let opened = draft::open_told(&path).unwrap();
        let left: Vec<String> = digits(&opened.report)
            .into_iter()
            .map(str::to_owned)
            .collect();
        (left, opened.told.join("；"))
    };
    assert_eq!(
        open("全年", "全年"),
        (vec!["97".into(), "21".into()], String::new())
    );
    let (left, told) = open("全年收到", "2024年全年收到");
    assert_eq!(left, ["97", "21"]);
    assert!(told.contains("2 个与表格相连的数跟着移了位置"), "{told}");
    let (left, told) = open("收到97件", "收到98件");
    assert_eq!(left, ["21"]);
    assert!(told.contains("“97”已经不在原处"), "{told}");
    // The same digits at two places: nobody knows which were meant. Within a longer number they are none.
    assert_eq!(open("全年收到97件", "97，全年共收到97件").0, ["21"]);
    assert_eq!(open("收到97件", "收到975件").0, ["21"]);
}
