//! `cargo bench --bench speed`: what an edit and a frame cost, without a screen.

use nianbao::disk;
use nianbao::export::typeset::Faces;
use nianbao::export::{Document, Format};
use nianbao::report::{Edit, History, Report};
use nianbao::ui::app::{App, Surroundings};
use nianbao::value::Value;
use nianbao::{check, draft, import, rollover};
use std::path::Path;

fn main() {
    divan::main();
}

/// A published report of the 2021 form with texts as long as they usually are.
fn full_report() -> Report {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports/pingtan_2022.json");
    let mut history = History::new(import::from_file(&path).expect("the fixture").report);
    let sample = draft::from_text(include_str!(
        "../../assets/samples/jiutai_xinglong_2020.ron"
    ))
    .expect("the sample");
    for id in ["s1", "s5", "s6"] {
        let (from, to) = (
            sample.form().find_text(id),
            history.report().form().find_text(id),
        );
        if let (Some(from), Some(to)) = (from, to) {
            history.apply(Edit::text(history.report(), to, sample.text(from)));
        }
    }
    history.report().clone()
}

/// The same with every column out of balance.
fn broken_report() -> Report {
    let mut history = History::new(full_report());
    let form = history.report().form().clone();
    for column in ["natural", "biz", "research", "welfare", "legal", "other"] {
        if let Some(cell) = form.find(&format!("t3.r3_1.{column}")) {
            history.apply(Edit::cells(history.report(), [(cell, Value::Count(1000))]));
        }
    }
    history.report().clone()
}

/// Every number of table 3 negative: some two hundred findings.
fn hopeless_report() -> Report {
    let mut history = History::new(full_report());
    let form = history.report().form().clone();
    let wrong = form
        .indexed_cells()
        .filter(|(_, cell)| !cell.computed && cell.id.starts_with("t3"));
    let values: Vec<_> = wrong
        .enumerate()
        .map(|(n, (ix, _))| (ix, Value::Count(-1 - n as i64)))
        .collect();
    history.apply(Edit::cells(history.report(), values));
    history.report().clone()
}

#[divan::bench(sample_size = 100)]
fn evaluate_200_findings(bencher: divan::Bencher<'_, '_>) {
    let report = hopeless_report();
    assert!(check::evaluate(&report).findings.len() >= 180);
    bencher.bench(|| check::evaluate(divan::black_box(&report)));
}

#[divan::bench]
fn name_the_culprit(bencher: divan::Bencher<'_, '_>) {
    let mut history = History::new(full_report());
    if let Some(cell) = history.report().form().find("t3.r3_1.natural") {
        history.apply(Edit::cells(history.report(), [(cell, Value::Count(12))]));
    }
    let report = history.report().clone();
    let evaluation = check::evaluate(&report);
    bencher.bench(|| {
        check::culprits(
            divan::black_box(&report),
            &evaluation,
            &check::Evidence::default(),
        )
    });
}

#[divan::bench]
fn name_culprits_among_200_findings(bencher: divan::Bencher<'_, '_>) {
    let report = hopeless_report();
    let evaluation = check::evaluate(&report);
    bencher.bench(|| {
        check::culprits(
            divan::black_box(&report),
            &evaluation,
            &check::Evidence::default(),
        )
    });
}

#[divan::bench(sample_size = 100)]
fn evaluate_a_full_2021_report(bencher: divan::Bencher<'_, '_>) {
    let report = full_report();
    bencher.bench(|| check::evaluate(divan::black_box(&report)));
}

/// As in the window: the texts were read before, and an edit in a table changes none.
#[divan::bench(sample_size = 100)]
fn evaluate_with_the_texts_read(bencher: divan::Bencher<'_, '_>) {
    let report = full_report();
    let mut readings = check::Readings::new(&report);
    bencher.bench_local(|| {
        readings.follow(divan::black_box(&report));
        check::evaluate_read(&report, &readings)
    });
}

/// Two paragraphs as they are published, full of numbers; with `times` copies of them.
fn with_prose(times: usize) -> Report {
    const PARAGRAPH: &str = "（一）主动公开情况。2022年通过门户网站公开信息1,326条，其中政策法规类18条、业务动态类905条；\
        微信公众号推送412条，阅读量超20万次。发布政策解读26篇，组织新闻发布会2场、在线访谈4期。制发行政规范性文件88件，\
        废止55件，现行有效698件。作出行政许可10690件、行政处罚2113件。\n\
        （二）依申请公开情况。全年新收政府信息公开申请74件，较上年增加4件，加上上年结转1件，共75件。其中，通过网络提交41件、\
        邮寄提交22件、当面提交11件；按申请人分，自然人71件、商业企业3件。全年办结75件，其中予以公开21件、部分公开9件、\
        不予公开4件、无法提供37件、其他处理4件，未发生结转下年度的申请。因政府信息公开被申请行政复议2件、行政诉讼1件。\n";
    let mut history = History::new(full_report());
    let text = history.report().form().find_text("s1").expect("part one");
    let prose = PARAGRAPH.repeat(times);
    history.apply(Edit::text(history.report(), text, &prose));
    history.report().clone()
}

/// 1 500 characters that nobody has read yet; the two other texts of the report on top.
#[divan::bench(sample_size = 20)]
fn read_1500_characters_cold(bencher: divan::Bencher<'_, '_>) {
    let report = with_prose(5);
    bencher.bench(|| check::Readings::new(divan::black_box(&report)));
}

/// A key in a text of 5 000 characters: its line is read again, and the report held against its form.
#[divan::bench(sample_size = 20)]
fn a_key_in_5000_characters(bencher: divan::Bencher<'_, '_>) {
    let reports = ["", "又"].map(|key| {
        let mut history = History::new(with_prose(17));
        let text = history.report().form().find_text("s1").expect("part one");
        let prose = history
            .report()
            .text(text)
            .replacen("办结75件", &format!("办结{key}75件"), 1);
        history.apply(Edit::text(history.report(), text, &prose));
        history.report().clone()
    });
    let mut readings = check::Readings::new(&reports[0]);
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        let report = divan::black_box(&reports[turn % 2]);
        readings.follow(report);
        check::evaluate_read(report, &readings)
    });
}

/// The same where last year's text is nearly the same, paragraph by paragraph.
#[divan::bench(sample_size = 20)]
fn a_key_in_5000_characters_beside_last_year(bencher: divan::Bencher<'_, '_>) {
    let last = with_prose(17);
    let prior = rollover::prior_of(&last, "上年.ron", "");
    let reports = ["", "又"].map(|key| {
        let report = with_prose(17).with(|report| Edit::year(report, last.year() + 1));
        let report = report.with(|report| Edit::prior(report, Some(prior.clone())));
        let text = report.form().find_text("s1").expect("part one");
        let prose = report
            .text(text)
            .replacen("办结75件", &format!("办结{key}75件"), 1);
        report.with(|report| Edit::text(report, text, &prose))
    });
    let mut readings = check::Readings::new(&reports[0]);
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        let report = divan::black_box(&reports[turn % 2]);
        readings.follow(report);
        check::evaluate_read(report, &readings)
    });
}

/// An edit in a table beside three pages of text full of numbers.
#[divan::bench(sample_size = 100)]
fn evaluate_beside_three_pages(bencher: divan::Bencher<'_, '_>) {
    let report = with_prose(7);
    let mut readings = check::Readings::new(&report);
    bencher.bench_local(|| {
        readings.follow(divan::black_box(&report));
        check::evaluate_read(&report, &readings)
    });
}

/// With last year's figures, which every edit is held against as well.
#[divan::bench(sample_size = 100)]
fn evaluate_against_last_year(bencher: divan::Bencher<'_, '_>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports/pingtan_2021.json");
    let last = import::from_file(&path).expect("the fixture").report;
    let mut history = History::new(full_report());
    let prior = rollover::prior_of(&last, "2021.docx", "");
    history.apply(Edit::prior(history.report(), Some(prior)));
    let report = history.report().clone();
    bencher.bench(|| check::evaluate(divan::black_box(&report)));
}

#[divan::bench(sample_size = 100)]
fn evaluate_a_report_out_of_balance(bencher: divan::Bencher<'_, '_>) {
    let report = broken_report();
    bencher.bench(|| check::evaluate(divan::black_box(&report)));
}

#[divan::bench]
fn write_a_draft(bencher: divan::Bencher<'_, '_>) {
    let report = full_report();
    bencher.bench(|| draft::to_text(divan::black_box(&report)));
}

#[divan::bench]
fn read_a_draft(bencher: divan::Bencher<'_, '_>) {
    let text = draft::to_text(&full_report());
    bencher.bench(|| draft::from_text(divan::black_box(&text)));
}

#[divan::bench]
fn write_html(bencher: divan::Bencher<'_, '_>) {
    let report = full_report();
    let evaluation = check::evaluate(&report);
    bencher.bench(|| {
        let document = Document::new(
            divan::black_box(&report),
            &evaluation,
            &draft::digest(&report),
            true,
        );
        Format::Html.write_document(&document, Faces::bundled())
    });
}

/// One frame of the table 3 tab: layout and tessellation, no graphics driver.
#[divan::bench(args = ["balanced", "broken", "200 findings, all selected"])]
fn frame_of_table_3(bencher: divan::Bencher<'_, '_>, state: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.ron");
    let report = match state {
        "balanced" => full_report(),
        "broken" => broken_report(),
        _ => hopeless_report(),
    };
    draft::save(&report, &path).expect("a draft");
    let ctx = egui::Context::default();
    let mut app = App::new(
        &ctx,
        &Surroundings {
            desktop: false,
            home: disk::Home::at(folder.path()),
            ..Surroundings::default()
        },
    );
    app.open(&path);
    while app.is_working() {
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| app.ui(ui, None));
        output.textures_delta.clear();
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let mut frame = |keys: &[egui::Key]| {
        let key = |&key| egui::Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: egui::Modifiers::COMMAND,
        };
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(
                egui::Pos2::ZERO,
                egui::vec2(1280.0, 860.0),
            )),
            events: keys.iter().map(key).collect(),
            ..egui::RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| app.ui(ui, None));
        output.textures_delta.clear();
        ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point)
    };
    for _ in 0..3 {
        frame(&[egui::Key::PageDown]);
    }
    if state.ends_with("selected") {
        frame(&[egui::Key::A]);
    }
    for _ in 0..5 {
        frame(&[]);
    }
    bencher.bench_local(|| frame(&[]));
}
