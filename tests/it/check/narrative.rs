//! Sentences with their truth: what they say of the tables is understood, and no true one is accused.
//!
//! `SENTENCES=file.json cargo test --test it sentences_of_a_file -- --nocapture` runs another file of the same kind as
//! `tests/narrative/sentences.json` and prints what came of it.

use crate::support::fixture;
use nianbao::check::{self, Readings, Verdict};
use nianbao::form::{self, Form};
use nianbao::import;
use nianbao::report::{Edit, History, Linked, Report};
use nianbao::value::Value;
use proptest::prelude::*;
use serde_json::Value as Json;
use std::path::Path;
use std::sync::Arc;

/// A form by its id: the program's own, or with FORMS=folder the one that lies there, so that words can be tried.
fn form_of(id: &str) -> Arc<Form> {
    let Some(folder) = std::env::var_os("FORMS") else {
        return form::by_id(id).unwrap();
    };
    let text = std::fs::read_to_string(Path::new(&folder).join(format!("{id}.ron"))).unwrap();
    Arc::new(Form::parse(&text).unwrap())
}

/// A report with a table's numbers; totals add up by themselves.
fn filled(table: &Json) -> Report {
    let form = form_of(table["form"].as_str().unwrap());
    let organ = table["organ"].as_str().unwrap();
    let year = i32::try_from(table["year"].as_i64().unwrap()).unwrap();
    let mut history = History::new(Report::new(form.clone(), organ, year));
    let mut values = Vec::new();
    for (id, value) in table["cells"].as_object().unwrap() {
        let cell = form.find(id).unwrap();
        if form.cell(cell).computed {
            continue;
        }
        values.push(match value {
            Json::String(amount) => (cell, Value::Amount(amount.parse().unwrap())),
            number => (cell, Value::Count(number.as_i64().unwrap())),
        });
    }
    history.apply(Edit::cells(history.report(), values));
    history.report().clone()
}

fn with_texts<'a>(report: &Report, texts: impl Iterator<Item = (&'a String, &'a Json)>) -> Report {
    let mut history = History::new(report.clone());
    for (id, text) in texts {
        let ix = report.form().find_text(id).unwrap();
        history.apply(Edit::text(history.report(), ix, text.as_str().unwrap()));
    }
    history.report().clone()
}

/// Something that a text is told to be wrong in: the words, the cells, the message.
struct Accusation {
    quoted: Vec<String>,
    cells: Vec<String>,
    message: String,
}

/// Everything that is told of places in the texts.
fn accusations(report: &Report) -> Vec<Accusation> {
    let evaluation = check::evaluate(report);
    let form = report.form();
    let of_places = evaluation.findings.iter().filter_map(|finding| {
        let passage = finding
            .about
            .passage
            .as_ref()
            .filter(|passage| !passage.at.is_empty())?;
        let text = report.text(passage.text);
        Some(Accusation {
            quoted: passage
                .at
                .iter()
                .map(|at| text[at.clone()].to_owned())
                .collect(),
            cells: finding
                .about
                .cells
                .iter()
                .map(|&cell| form.cell(cell).id.clone())
                .collect(),
            message: finding.message(report, &evaluation),
        })
    });
    of_places.collect()
}

#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    found: usize,
    to_find: usize,
    failures: Vec<String>,
}

impl Score {
    fn recall(&self) -> f64 {
        self.found as f64 / self.to_find.max(1) as f64
    }

    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }
}

fn strings(json: &Json) -> Vec<&str> {
    json.as_array().map_or_else(Vec::new, |all| {
        all.iter().filter_map(Json::as_str).collect()
    })
}

/// Runs a file of sentences.
fn run(path: &Path) -> Score {
    let file: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let of_another = file["tables_of"].as_str().map(|name| {
        let text = std::fs::read_to_string(path.with_file_name(name)).unwrap();
        serde_json::from_str::<Json>(&text).unwrap()
    });
    let tables = &of_another.as_ref().unwrap_or(&file)["tables"];
    let neutral = file["neutral"].as_object().unwrap();
    let mut score = Score::default();
    for case in file["cases"].as_array().unwrap() {
        let base = with_texts(
            &filled(&tables[case["table"].as_str().unwrap()]),
            neutral.iter(),
        );
        let sections = case["sections"].as_object().unwrap();
        let report = with_texts(&base, sections.iter());
        let told = accusations(&report);
        let (wrong, cells) = (strings(&case["wrong"]), strings(&case["contradicts"]));
        let consistent = case["consistent"].as_bool().unwrap();
        let is_right = |accusation: &Accusation| {
            let words = accusation.quoted.iter().any(|quoted| {
                wrong
                    .iter()
                    .any(|wrong| quoted.contains(wrong) || wrong.contains(quoted.as_str()))
            });
            let named = cells.is_empty()
                || cells
                    .iter()
                    .any(|cell| accusation.cells.iter().any(|c| c == cell));
            !consistent && words && named
        };
        let right = told
            .iter()
            .filter(|accusation| is_right(accusation))
            .count();
        score.right += right;
        score.wrong += told.len() - right;
        score.to_find += usize::from(!consistent);
        score.found += usize::from(right > 0);
        let id = case["id"].as_str().unwrap();
        let text: String = sections.values().filter_map(Json::as_str).collect();
        if !consistent && right == 0 {
            score
                .failures
                .push(format!("{id} missed {wrong:?} {cells:?}: {text}"));
        }
        for accusation in told.iter().filter(|accusation| !is_right(accusation)) {
            score.failures.push(format!(
                "{id} accused falsely: {}\n    {text}",
                accusation.message
            ));
        }
    }
    score
}

#[test]
fn sentences_are_understood() {
    let score = run(&fixture("narrative/sentences.json"));
    assert_eq!(score.failures, [""; 0]);
    assert_eq!(score.found, 22);
    for (name, least) in [("more", 200), ("kinds", 140)] {
        let score = run(&fixture(&format!("narrative/{name}.json")));
        assert_eq!(score.failures, [""; 0], "{name}");
        assert!(score.found > least, "{name}");
    }
}

/// Sentences of authors who had not seen the grammar: none is accused falsely, and most that are false are found.
#[test]
fn sentences_of_other_hands_are_understood() {
    let least = [
        ("another", 0.94),
        ("third", 0.93),
        ("fourth", 0.90),
        ("fifth", 0.94),
    ];
    for (name, recall) in least {
        let score = run(&fixture(&format!("narrative/{name}_hand.json")));
        assert_eq!(score.wrong, 0, "{name}: {:#?}", score.failures);
        assert!(score.recall() >= recall, "{name}: {:#?}", score.failures);
    }
}

/// For a file that nobody has seen while the grammar was written.
#[test]
fn sentences_of_a_file() {
    let Some(path) = std::env::var_os("SENTENCES") else {
        return;
    };
    let score = run(Path::new(&path));
    for failure in &score.failures {
        println!("{failure}");
    }
    println!(
        "recall {}/{} = {:.1} %, precision {}/{} = {:.1} %",
        score.found,
        score.to_find,
        100.0 * score.recall(),
        score.right,
        score.right + score.wrong,
        100.0 * score.precision()
    );
    assert!(score.recall() >= 0.90 && score.precision() >= 0.98);
}

/// Whole small reports: each has one text that its tables contradict, but the one that is true.
#[test]
fn small_reports_are_held_against_their_tables() {
    let mut files: Vec<_> = std::fs::read_dir(fixture("narrative"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let mut told = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let report = import::from_file(&path).unwrap().report;
        let all: Vec<String> = accusations(&report)
            .into_iter()
            .map(|told| told.quoted.join(" "))
            .collect();
        told.push(format!("{name}: {}", all.join("、")));
    }
    assert_eq!(
        told,
        [
            "n00_true: ",
            "n01_natural: 4件",
            "n02_qi: 4起",
            "n04_tiao: 4条",
            "n05_none: 未收到",
            "n06_carry: 3件",
            "n08_penalty: 3件",
            "n09_doc: 7件",
            "n10_outcome: 3件、3件",
            "n11_parts: 197条 99条 74条 86条 12条",
            "n14_cleared: 已全部办结",
            "n15_items_as_decisions: ",
        ]
    );
}

/// Published reports, true and false as they are: no number of their texts is accused that is no slip.
#[test]
fn published_texts_are_not_accused() {
    let mut told = Vec::new();
    for name in [
        "jiutai_xinglong_2020.txt",
        "shanghai_office_2019.html",
        "hongze_2023.pdf",
        "hongze_2024.pdf",
        "shuyang_fgj_2023.html",
    ] {
        let report = import::from_file(&fixture("reports").join(name))
            .unwrap()
            .report;
        let all = accusations(&report).into_iter();
        told.extend(all.map(|told| format!("{name}: {}", told.message)));
    }
    assert_eq!(told, [""; 0]);
}

/// A form that no code knows: its own words, its own cells.
#[test]
fn a_made_up_form_reads_its_own_words() {
    let form = Arc::new(Form::parse(include_str!("../../forms/small.ron")).unwrap());
    let mut history = History::new(Report::new(form.clone(), "某店", 2030));
    let cells = [
        ("f.apple.in", 12),
        ("f.apple.out", 5),
        ("f.pear.in", 7),
        ("f.pear.out", 7),
    ];
    let cells = cells.map(|(id, count)| (form.find(id).unwrap(), Value::Count(count)));
    history.apply(Edit::cells(history.report(), cells));
    let paid = form.find("f.money.paid").unwrap();
    history.apply(Edit::cells(
        history.report(),
        [(paid, Value::Amount("3.5".parse().unwrap()))],
    ));
    let text = form.find_text("a").unwrap();
    history.apply(Edit::text(
        history.report(),
        text,
        "2030年买进苹果12箱，卖出6箱；梨进货七件，未卖出。苹果和梨共进货20件，货款35000元。香蕉进货9件。",
    ));
    let report = history.report();
    let told: Vec<_> = accusations(report)
        .into_iter()
        .map(|told| (told.quoted.join(""), told.cells))
        .collect();
    let cells = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        told,
        [
            ("6箱".to_owned(), cells(&["f.apple.out"])),
            ("未卖出".to_owned(), cells(&["f.pear.out"])),
            ("20件".to_owned(), cells(&["f.apple.in", "f.pear.in"])),
        ]
    );
}

/// What the window underlines and what a search for culprits takes as witness.
#[test]
fn numbers_are_recognised_one_by_one() {
    let mut history = History::new(crate::support::report("pingtan_2022"));
    let text = history.report().form().find_text("s1").unwrap();
    let prose = "新收申请74件，予以公开12件，共办理申请75件，行政复议近3件；发布信息20条。";
    history.apply(Edit::text(history.report(), text, prose));
    let report = history.report();
    let (readings, evaluation) = (Readings::new(report), check::evaluate(report));
    let recognised = check::recognised(report, &readings, &evaluation, text);
    let all: Vec<_> = recognised
        .iter()
        .map(|one| (&prose[one.at.clone()], one.verdict))
        .collect();
    assert_eq!(
        all,
        [
            ("74件", Verdict::Agrees),
            ("12件", Verdict::Contradicts),
            ("75件", Verdict::Unsure),
        ]
    );
    let granted = report.form().find("t3.r3_1.total").unwrap();
    assert_eq!(recognised[1].meanings[0].cells, [granted]);
    assert_eq!(recognised[1].meanings[0].value, Value::Count(21));
    let stated = check::stated(report, &readings);
    let firm: Vec<_> = stated
        .iter()
        .filter(|one| one.only)
        .map(|one| (one.sum.plus.as_slice(), one.value))
        .collect();
    let received = report.form().find("t3.r1.total").unwrap();
    assert_eq!(
        firm,
        [(&[received][..], 74.into()), (&[granted][..], 12.into())]
    );
    let topics = check::topics(report, &readings, text);
    let covered: Vec<_> = topics
        .iter()
        .filter(|topic| topic.covered.is_some())
        .map(|topic| topic.name)
        .collect();
    assert_eq!((topics.len(), covered), (5, vec!["主动公开"]));
}

proptest! {
    /// A text that is followed through an edit is read as one that is read anew, whatever stands in it.
    #[test]
    fn texts_are_followed_as_if_read_anew(
        before in "(全年|新收|申请|57|件|，|。|、|（|）|其中|自然人|未|收到|结转|下年|占|12.5%|一百零三|分别|共|\n|热线|上年){0,30}",
        after in "(全年|新收|申请|57|件|，|。|、|（|）|其中|自然人|未|收到|结转|下年|占|12.5%|一百零三|分别|共|\n|热线|上年){0,30}",
        keep in 0usize..40,
    ) {
        let with = |prose: &str| {
            let form = form::by_id("2021").unwrap();
            let mut history = History::new(Report::new(form.clone(), "某局", 2025));
            history.apply(Edit::text(history.report(), form.find_text("s1").unwrap(), prose));
            history.report().clone()
        };
        let start: String = before.chars().take(keep).collect();
        let (first, second) = (with(&before), with(&(start + &after)));
        let mut followed = Readings::new(&first);
        followed.follow(&second);
        let evaluation = check::evaluate(&second);
        let text = second.form().find_text("s1").unwrap();
        let anew = Readings::new(&second);
        prop_assert_eq!(
            check::recognised(&second, &followed, &evaluation, text),
            check::recognised(&second, &anew, &evaluation, text)
        );
        prop_assert_eq!(check::stated(&second, &followed), check::stated(&second, &anew));
        for one in check::recognised(&second, &anew, &evaluation, text) {
            prop_assert!(second.text(text).get(one.at).is_some());
        }
    }
}

/// A report whose text has a linked number in it.
fn linked(before: &str, digits: &str, behind: &str, of: &str) -> Report {
    let report = crate::support::report("pingtan_2022");
    let text = report.form().find_text("s1").unwrap();
    report.with(|report| {
        let mut words = Linked::from(before);
        words.push_number(digits, report.form().find_sum(of).unwrap());
        words.push_words(behind);
        let all = 0..report.text(text).len();
        Edit::insert(report, text, all, words)
    })
}

fn recognised_in(report: &Report) -> Vec<check::Recognised> {
    let (readings, evaluation) = (Readings::new(report), check::evaluate(report));
    let text = report.form().find_text("s1").unwrap();
    check::recognised(report, &readings, &evaluation, text)
}

#[test]
fn a_link_says_surely_what_the_words_do_not() {
    // No word of the vocabulary, an unsure one, one of the vocabulary that is meant otherwise, no unit at all.
    for (before, digits, behind) in [
        ("窗口共接待群众", "74", "人次。"),
        ("全年共办理申请", "74", "件。"),
        ("予以公开", "74", "件。"),
        ("合计", "７4", "。"),
        ("共", "七十四", "件。"),
    ] {
        let right = linked(before, digits, behind, "t3.r1.total");
        let all = recognised_in(&right);
        let [one] = &all[..] else {
            panic!("{before}: {all:?}")
        };
        assert_eq!((one.verdict, one.is_linked), (Verdict::Agrees, true));
        assert_eq!(one.meanings.len(), 1);
        // Held against its cell, surely.
        let wrong = linked(before, "75", behind, "t3.r1.total");
        let found = check::evaluate(&wrong);
        let about = found
            .findings
            .iter()
            .filter(|it| it.about.passage.is_some());
        let about: Vec<_> = about.filter(|it| !it.about.cells.is_empty()).collect();
        assert_eq!(about.len(), 1, "{before}");
        assert!(about[0].message(&wrong, &found).contains("这个数连着表中"));
        // It came from the table: it bears no witness.
        assert!(check::stated(&right, &Readings::new(&right)).is_empty());
    }
    // A share is the number of no cell; what is linked beside it is still its whole.
    let share = linked("占", "12", "%。", "t3.r1.total");
    assert!(recognised_in(&share).is_empty());
}

#[test]
fn what_is_none_of_the_tables_numbers_stays_so_until_its_sentence_changes() {
    let report = crate::support::report("pingtan_2022");
    let text = report.form().find_text("s1").unwrap();
    let words = "全年予以公开12件。经审查予以公开12件。新收申请74件。";
    let report = report.with(|report| Edit::text(report, text, words));
    let count = |report: &Report| {
        let wrong = |it: &check::Recognised| it.verdict == Verdict::Contradicts;
        recognised_in(report).into_iter().filter(wrong).count()
    };
    assert_eq!(count(&report), 2);
    let first = recognised_in(&report)[0].at.clone();
    let quiet = report
        .clone()
        .with(|report| check::rule_out(report, text, &first, true));
    assert_eq!(
        (count(&quiet), check::ruled_out(&quiet, text).len()),
        (1, 1)
    );
    let found = check::evaluate(&quiet).findings;
    let of_text = found.iter().filter(|it| it.about.passage.is_some());
    assert_eq!(of_text.filter(|it| !it.about.cells.is_empty()).count(), 1);
    // Remembered in the draft.
    let text_of = nianbao::draft::to_text(&quiet);
    assert_eq!(nianbao::draft::from_text(&text_of).unwrap(), quiet);
    // Other sentences may change, this one not.
    let other = quiet
        .clone()
        .with(|it| Edit::text(it, text, &words.replace("新收", "共收到")));
    assert_eq!(count(&other), 1);
    let same = quiet
        .clone()
        .with(|it| Edit::text(it, text, &words.replace("全年予以", "本年予以")));
    assert_eq!(count(&same), 2);
    // And it can be taken back.
    let back = quiet.with(|report| check::rule_out(report, text, &first, false));
    assert_eq!(back, report);
}
