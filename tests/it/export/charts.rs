//! Charts over the years: what is drawn where, in which files, by which command.

use crate::support::random::Random;
use crate::support::{fixture, paint, report};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbao::check;
use nianbao::export::chart::{self, Drawing, Item, Text};
use nianbao::export::typeset::Rect;
use nianbao::report::{Edit, History, Report};
use nianbao::trend::{self, Chart, Series};
use nianbao::value::Value;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::process::{Command, Output};

const ORGAN: &str = "平潭综合实验区管委会";

fn pingtan() -> Vec<Chart> {
    let figures: Vec<_> = (2019..=2022)
        .map(|year| check::figures(&report(&format!("pingtan_{year}"))))
        .collect();
    trend::charts(&figures)
}

fn texts(drawing: &Drawing) -> Vec<&Text> {
    let items = drawing.items.iter();
    items
        .filter_map(|item| match item {
            Item::Text(text) => Some(text),
            _ => None,
        })
        .collect()
}

/// Where the items are, the edges of lines and dots included.
fn bounds(item: &Item) -> Rect {
    match item {
        Item::Fill { at, .. } => *at,
        Item::Text(text) => text.bounds(),
        Item::Dot(dot) => dot.bounds(),
        Item::Strip(strip) => {
            let reach = strip.width / 2.0;
            let of = |axis: usize| strip.points.iter().map(move |point| point[axis]);
            let (x, y) = (
                of(0).fold(f32::MAX, f32::min),
                of(1).fold(f32::MAX, f32::min),
            );
            Rect {
                x: x - reach,
                y: y - reach,
                width: of(0).fold(f32::MIN, f32::max) - x + 2.0 * reach,
                height: of(1).fold(f32::MIN, f32::max) - y + 2.0 * reach,
            }
        }
    }
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x + 0.01 < b.x + b.width
        && b.x + 0.01 < a.x + a.width
        && a.y + 0.01 < b.y + b.height
        && b.y + 0.01 < a.y + a.height
}

/// The broad lines from year to year, by colour; those in a legend are as long as its samples.
fn runs(drawing: &Drawing, color: chart::Rgb) -> Vec<Vec<chart::Point>> {
    let strip = |item: &Item| match item {
        Item::Strip(strip) if strip.width > 1.0 && strip.color == color => {
            Some(strip.points.clone())
        }
        _ => None,
    };
    drawing.items.iter().filter_map(strip).collect()
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => Just(Value::Blank),
        2 => Just(Value::Count(0)),
        4 => (0i64..60).prop_map(Value::Count),
        2 => (0i64..3000).prop_map(Value::Count),
        1 => (0i64..=nianbao::value::LIMIT).prop_map(Value::Count),
        1 => (-500i64..0).prop_map(Value::Count),
    ]
}

fn made() -> impl Strategy<Value = Chart> {
    (1usize..=6, 1usize..=15, "[一-龥]{1,30}", 0u8..2).prop_flat_map(
        |(lines, years, name, whole)| {
            let numbers = if whole == 0 {
                value().boxed()
            } else {
                (0i64..90).prop_map(Value::Count).boxed()
            };
            let line = ("[一-龥]{1,24}", prop::collection::vec(numbers, years));
            prop::collection::vec(line, lines).prop_map(move |lines| Chart {
                name: name.clone(),
                unit: "件".to_owned(),
                years: (2010..2010 + years as i32).collect(),
                series: lines
                    .into_iter()
                    .map(|(name, values)| Series { name, values })
                    .collect(),
                shares: name.chars().count() % 4 == 0,
                notes: Vec::new(),
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_leaves_the_drawing_and_no_words_overlap(chart in made(), organ in "[一-龥a-z ]{0,120}") {
        let drawing = chart::draw(&chart, &organ);
        for item in &drawing.items {
            let at = bounds(item);
            let inside = at.x >= 0.0 && at.y >= 0.0
                && at.x + at.width <= drawing.width && at.y + at.height <= drawing.height;
            prop_assert!(inside, "{item:?}");
        }
        let texts = texts(&drawing);
        for (at, a) in texts.iter().enumerate() {
            for b in &texts[at + 1..] {
                prop_assert!(!overlap(a.bounds(), b.bounds()), "{} and {}", a.words, b.words);
            }
        }
        for item in &drawing.items {
            let Item::Dot(dot) = item else { continue };
            let core = Rect { x: dot.at[0] - 2.0, y: dot.at[1] - 2.0, width: 4.0, height: 4.0 };
            prop_assert!(texts.iter().all(|text| !overlap(text.bounds(), core)), "words on a dot");
        }
        prop_assert_eq!(&drawing, &chart::draw(&chart, &organ));
    }

    #[test]
    fn lines_go_from_year_to_year_and_gaps_stay_gaps(chart in made()) {
        prop_assume!(chart.years.len() > 2 && !chart.shares);
        let drawing = chart::draw(&chart, "");
        let looks: Vec<_> = drawing.items.iter().filter_map(|item| match item {
            Item::Dot(dot) => Some((dot.color, dot.shape)),
            _ => None,
        }).collect();
        // Every line has a dot before its name, in the lines' order.
        for (line, &(color, _)) in chart.series.iter().zip(&looks) {
            let known: Vec<bool> = line.values.iter().map(|value| !value.is_blank()).collect();
            let expected: Vec<usize> = known.split(|known| !known)
                .map(<[bool]>::len).filter(|&len| len > 1).collect();
            let mut drawn = runs(&drawing, color);
            // The sample in the legend is short and comes first.
            drawn.retain(|run| !(run.len() == 2 && run[1][0] - run[0][0] == 22.0));
            prop_assert_eq!(drawn.iter().map(Vec::len).collect::<Vec<_>>(), expected);
            let numbers: Vec<_> = line.values.split(|value| value.is_blank())
                .filter(|run| run.len() > 1).flatten().map(|value| value.decimal().unwrap()).collect();
            let points: Vec<_> = drawn.iter().flatten().collect();
            for (a, b) in points.iter().zip(&points[points.len().min(1)..]) {
                prop_assert!(a[0] < b[0], "years go to the right");
            }
            for (a, m) in points.iter().zip(&numbers) {
                for (b, n) in points.iter().zip(&numbers) {
                    prop_assert!(m >= n || a[1] >= b[1], "more stands higher");
                }
            }
            let dots = drawing.items.iter().filter(
                |item| matches!(item, Item::Dot(dot) if dot.color == color)).count();
            prop_assert_eq!(dots, 1 + known.iter().filter(|known| **known).count());
        }
    }

    #[test]
    fn an_svg_is_xml_whatever_the_names_are(name in "\\PC{0,12}", organ in ".{0,12}") {
        let mut chart = pingtan().remove(0);
        chart.name = name;
        let svg = chart::svg(&chart::draw(&chart, &organ));
        let mut reader = quick_xml::Reader::from_str(&svg);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => prop_assert!(false, "{error}\n{svg}"),
            }
        }
    }
}

#[test]
fn lines_differ_in_more_than_their_colour() {
    let outcomes = &pingtan()[2];
    let drawing = chart::draw(outcomes, ORGAN);
    let shapes: BTreeSet<String> = drawing
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Dot(dot) => Some(format!("{:?}", dot.shape)),
            _ => None,
        })
        .collect();
    assert_eq!((outcomes.series.len(), shapes.len()), (6, 6));
}

#[test]
fn every_number_of_real_reports_is_in_the_svg() {
    let charts = pingtan();
    assert_eq!(charts.len(), 9);
    for chart in &charts {
        let drawing = chart::draw(chart, ORGAN);
        let svg = chart::svg(&drawing);
        assert!(svg.contains(&format!("<title>{}</title>", chart.name)));
        assert!(svg.contains(ORGAN) && svg.contains(&format!("单位：{}", chart.unit)));
        for line in &chart.series {
            assert!(svg.contains(&format!(">{}</text>", line.name)));
            let told: Vec<String> = chart
                .years
                .iter()
                .zip(&line.values)
                .map(|(year, value)| match value {
                    Value::Blank => format!("{year}年没有数字"),
                    value => format!("{year}年 {value}"),
                })
                .collect();
            let told = format!("{}：{}。", line.name, told.join("，"));
            assert!(svg.contains(&told), "{told}");
        }
    }
    // The large ones are written at their dots as well.
    let counts = charts.iter().filter(|chart| !chart.shares);
    for (chart, numbers) in counts.zip([
        vec!["23", "21", "70", "74"],
        // The report of 2020 prints 21 where its outcomes add up to 27.
        vec!["23", "27", "69", "75"],
        vec!["12", "7", "30", "25", "37", "21"],
        vec!["3", "12"],
    ]) {
        let svg = chart::svg(&chart::draw(chart, ORGAN));
        for number in numbers {
            assert!(svg.contains(&format!(">{number}</text>")), "{number}");
        }
    }
}

#[test]
fn lines_that_meet_have_one_number_and_only_then() {
    let line = |name: &str, values: [i64; 2]| Series {
        name: name.to_owned(),
        values: [values[0], values[0], values[1]].map(Value::Count).into(),
    };
    let chart = Chart {
        name: "办理结果".to_owned(),
        unit: "件".to_owned(),
        years: vec![2020, 2021, 2022],
        shares: false,
        notes: Vec::new(),
        // So close that their dots lie on one another.
        series: vec![
            line("甲", [5, 999_999_999_998]),
            line("乙", [5, 999_999_999_999]),
        ],
    };
    let drawing = chart::draw(&chart, "");
    let color = |words: &str| {
        let mut texts = texts(&drawing).into_iter();
        let text = texts.find(|text| text.words == words);
        text.map(|text| text.color)
    };
    let own = |line: usize| {
        let mut dots = drawing.items.iter().filter_map(|item| match item {
            Item::Dot(dot) => Some(dot.color),
            _ => None,
        });
        dots.nth(line)
    };
    // A shared number has neither line's colour.
    assert!(color("5").is_some() && color("5") != own(0) && color("5") != own(1));
    assert_eq!(color("999999999998"), own(0));
}

#[test]
fn a_long_organ_stands_whole_on_several_lines() {
    let years = pingtan();
    let two = [2021, 2022].map(|year| check::figures(&report(&format!("pingtan_{year}"))));
    for long in [
        "新疆生产建设兵团".repeat(20),
        "某市A区Street office 政务服务中心".repeat(6),
    ] {
        for chart in years.iter().chain(&trend::charts(&two)) {
            let (short, drawing) = (chart::draw(chart, "某局"), chart::draw(chart, &long));
            let words = |drawing: &Drawing| -> String {
                let texts = texts(drawing).into_iter();
                texts.map(|text| text.words.replace(' ', "")).collect()
            };
            let told = words(&drawing);
            assert!(told.contains(&long.replace(' ', "")), "{told}");
            assert!(!told.contains('…'), "{told}");
            let above = match chart.shares {
                true => "年·各项占比（%）",
                false => "年·单位：",
            };
            assert!(told.contains(above), "{told}");
            assert!(drawing.description.contains(&long));
            // All else stands as it does under a short name, further down.
            let more = drawing.height - short.height;
            assert!(more > 30.0);
            let lowest = |drawing: &Drawing| {
                let below = drawing.items[1..].iter().map(|item| {
                    let at = bounds(item);
                    at.y + at.height
                });
                below.fold(0.0, f32::max)
            };
            assert!((lowest(&drawing) - lowest(&short) - more).abs() < 0.01);
        }
    }
}

/// What has no room in the drawing stands below it: no number is lost.
#[test]
fn numbers_without_room_are_written_below() {
    let line = |name: &str, values: &[i64]| Series {
        name: name.to_owned(),
        values: values.iter().copied().map(Value::Count).collect(),
    };
    let chart = |shares, series: Vec<Series>| Chart {
        name: "构成".to_owned(),
        unit: "件".to_owned(),
        years: (2022 - series[0].values.len() as i32 + 1..=2022).collect(),
        shares,
        notes: Vec::new(),
        series,
    };
    let below = |chart: &Chart| {
        let drawing = chart::draw(chart, ORGAN);
        let words: String = texts(&drawing)
            .into_iter()
            .map(|text| text.words.as_str())
            .collect();
        let at = words.find("图里写不下的数：");
        at.map(|at| words[at..].replace(' ', ""))
    };
    let shares = chart(
        true,
        vec![
            line("公民", &[980, 90]),
            line("企业", &[7, 10]),
            line("机构", &[13, 0]),
        ],
    );
    assert_eq!(
        below(&shares).as_deref(),
        Some("图里写不下的数：企业2021年0.7%；机构2021年1.3%。")
    );
    let wide = chart(true, vec![line("公民", &[50]), line("企业", &[50])]);
    assert_eq!(below(&wide), None);
    // Nine lines a hair apart: those of whose numbers there is no room are told with their lines and years.
    let close: Vec<Series> = (0..9)
        .map(|nth| {
            line(
                &format!("线{nth}"),
                &[7000 + nth, 8000 - nth, 7000 + 3 * nth],
            )
        })
        .collect();
    let close = chart(false, close);
    let told = below(&close).unwrap();
    let drawing = chart::draw(&close, ORGAN);
    for series in &close.series {
        for (year, value) in close.years.iter().zip(&series.values) {
            let at_dot = texts(&drawing)
                .iter()
                .any(|text| text.words == value.to_string());
            let of_line = told.split(&series.name).nth(1).unwrap_or_default();
            let of_line = of_line.split(['；', '。']).next().unwrap();
            assert!(
                at_dot || of_line.contains(&format!("{year}年{value}")),
                "{} {year}: {told}",
                series.name
            );
        }
    }
}

/// Print has another sign than typing for less than nothing.
#[test]
fn less_than_nothing_has_a_minus_and_no_hyphen() {
    let chart = |years: i32| Chart {
        name: "增减".to_owned(),
        unit: "件".to_owned(),
        years: (2023 - years..2023).collect(),
        shares: false,
        notes: Vec::new(),
        series: vec![Series {
            name: "文件".to_owned(),
            values: (0..years)
                .map(|nth| Value::Count(4 - 30 * i64::from(nth)))
                .collect(),
        }],
    };
    for (years, wanted) in [(2, "−26（同比 −750%）"), (4, "−86")] {
        let drawing = chart::draw(&chart(years), ORGAN);
        let texts = texts(&drawing);
        let mut words = texts.iter().map(|text| text.words.as_str());
        assert!(words.clone().all(|words| !words.contains('-')));
        assert!(words.any(|words| words == wanted), "{wanted}");
    }
}

#[test]
fn a_png_is_of_its_size_and_shows_something() {
    let drawing = chart::draw(&pingtan()[2], ORGAN);
    let bytes = chart::png(&drawing, 1.5).unwrap();
    let image = image::load_from_memory(&bytes).unwrap().to_rgba8();
    assert_eq!(image.dimensions(), (1080, (drawing.height * 1.5) as u32));
    assert!(image.pixels().all(|pixel| pixel.0[3] == 255));
    let colors: BTreeSet<[u8; 4]> = image.pixels().map(|pixel| pixel.0).collect();
    for item in &drawing.items {
        if let Item::Dot(dot) = item {
            let [r, g, b] = dot.color;
            assert!(colors.contains(&[r, g, b, 255]));
        }
    }
    let ink = image.pixels().filter(|pixel| pixel.0[0] < 128).count();
    assert!((2000..80_000).contains(&ink), "{ink} dark pixels");
    assert_eq!(bytes, chart::png(&drawing, 1.5).unwrap());
    assert!(chart::png(&drawing, 0.0).is_err());
}

fn trend(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .arg("trend")
        .args(args)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn published(name: &str) -> String {
    let path = fixture(&format!("reports/{name}.json"));
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_command_draws_every_chart() {
    let folder = tempfile::tempdir().unwrap();
    let draft = |year: i32| {
        let path = folder.path().join(format!("{year}.ron"));
        nianbao::draft::save(&report(&format!("pingtan_{year}")), &path).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let to = folder.path().join("图/年");
    // In any order, drafts and others.
    let files = [draft(2022), draft(2019), published("pingtan_2021")];
    for ending in ["svg", "png"] {
        let mut args: Vec<&str> = files.iter().map(String::as_str).collect();
        args.extend(["--to", ending, "-o", to.to_str().unwrap()]);
        let output = trend(&args);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let paths: Vec<&str> = text(&output.stdout).lines().collect();
        let charts = pingtan();
        let expected: Vec<String> = charts
            .iter()
            .map(|chart| {
                let path = to.join(format!("历年趋势-{}.{ending}", chart.name));
                path.display().to_string()
            })
            .collect();
        assert_eq!(paths, expected);
        let first = std::fs::read(paths[2]).unwrap();
        // What is there is replaced only where that was asked for.
        std::fs::write(paths[2], "别人的图").unwrap();
        std::fs::remove_file(paths[0]).unwrap();
        let again = trend(&args);
        assert_eq!(again.status.code(), Some(2));
        assert_eq!(text(&again.stdout).trim(), paths[0]);
        let refused = format!(
            "没有画图：已经有这个文件；要替换它就加 --replace，或者换一个文件夹\n文件：{}\n",
            paths[2]
        );
        let said = text(&again.stderr);
        assert!(said.contains(&refused), "{said}");
        assert_eq!(said.matches("没有画图").count(), paths.len() - 1, "{said}");
        assert_eq!(std::fs::read(paths[2]).unwrap(), "别人的图".as_bytes());
        args.push("--replace");
        let replaced = trend(&args);
        assert_eq!(replaced.status.code(), Some(0));
        assert_eq!(text(&replaced.stdout), text(&output.stdout));
        assert_eq!(first, std::fs::read(paths[2]).unwrap());
        if ending == "svg" {
            assert!(text(&first).contains("2019至2022年") && text(&first).contains("不予公开"));
            // No file tells of 2020.
            assert!(text(&first).contains("2020年没有数字"));
        }
    }
}

#[test]
fn last_year_inside_a_draft_is_a_year_too() {
    use nianbao::report::{Edit, History, Prior};
    let folder = tempfile::tempdir().unwrap();
    let prior = Prior {
        figures: check::figures(&report("pingtan_2021")),
        source: "去年.docx".to_owned(),
        sha256: "0".repeat(64),
    };
    let mut history = History::new(report("pingtan_2022"));
    let edit = Edit::prior(history.report(), Some(std::sync::Arc::new(prior)));
    history.apply(edit);
    let draft = folder.path().join("2022.ron");
    nianbao::draft::save(history.report(), &draft).unwrap();
    let (draft, to) = (draft.to_str().unwrap(), folder.path().to_str().unwrap());
    let output = trend(&[draft, "--to", "svg", "-o", to]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let drawn = std::fs::read_to_string(folder.path().join("历年趋势-收到的申请.svg")).unwrap();
    assert!(drawn.contains("本年新收：2021年 70，2022年 74。"));
    // A file of that year goes before it.
    let both = [draft, &published("pingtan_2021"), "--to", "svg", "-o", to];
    let same = trend(&[&both[..], &["--replace"]].concat());
    assert_eq!(same.status.code(), Some(0));
}

/// One year has charts, and they are not said to show a trend.
#[test]
fn one_year_alone_is_called_by_its_year() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let output = trend(&[&published("pingtan_2021"), "--to", "svg", "-o", to]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let paths: Vec<&str> = text(&output.stdout).lines().collect();
    assert_eq!(paths.len(), 9);
    for path in paths {
        let name = std::path::Path::new(path).file_name().unwrap();
        assert!(name.to_str().unwrap().starts_with("2021年-"), "{path}");
        let drawn = std::fs::read_to_string(path).unwrap();
        assert!(
            drawn.contains("2021年") && !drawn.contains("趋势"),
            "{path}"
        );
    }
    let help = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .arg("--help")
        .output()
        .unwrap();
    assert!(text(&help.stdout).contains("只有一年的画成这一年的"));
}

#[test]
fn the_command_says_what_it_cannot_draw() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("图");
    let run = |files: &[&str]| {
        let files: Vec<String> = files.iter().map(|name| published(name)).collect();
        let mut args: Vec<&str> = files.iter().map(String::as_str).collect();
        args.extend(["--to", "svg", "-o", to.to_str().unwrap()]);
        trend(&args)
    };
    let refused = |output: Output, words: &str| {
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text(&output.stderr).contains(words),
            "{}",
            text(&output.stderr)
        );
        assert!(output.stdout.is_empty() && !to.exists());
    };
    refused(
        run(&["pingtan_2020", "pingtan_2020"]),
        "2020 年的年报有两份",
    );
    refused(run(&["pingtan_2020", "没有"]), "没有.json");
    refused(trend(&["a.ron", "--to", "gif", "-o", "x"]), "gif");
    refused(trend(&["a.ron", "-o", "x"]), "--to");
    refused(trend(&["a.ron", "--to", "svg"]), "-o");
    let other = run(&["pingtan_2022", "jiutai_xinglong_2020"]);
    assert_eq!(other.status.code(), Some(0), "{}", text(&other.stderr));
    assert!(text(&other.stderr).contains("提示：2020 年的单位是“"));
    assert_eq!(text(&other.stdout).lines().count(), 9);
    std::fs::remove_dir_all(&to).unwrap();
    // Cells that were not read are said, and the status tells.
    let partly = run(&["hongze_2023", "hongze_2024"]);
    assert_eq!(partly.status.code(), Some(1));
    assert!(text(&partly.stderr).contains("hongze_2023.json："));
}

#[test]
fn the_window_shows_the_same_chart_and_says_its_numbers() {
    let drawing = chart::draw(&pingtan()[2], ORGAN);
    let mut window = Harness::builder()
        .with_size([1000.0, 580.0])
        .renderer(paint::Painter::default())
        .with_context_setup(nianbao::ui::theme::install)
        .build_ui(move |ui| {
            nianbao::ui::chart::chart_ui(ui, &drawing);
        });
    window.run();
    let told = "办理结果：平潭综合实验区管委会，2019至2022年，单位：件。予以公开：2019年 7，2020年 7，\
                2021年 30，2022年 21。部分公开：";
    let shown = window.get_by_role(egui::accesskit::Role::Image);
    assert!(shown.accesskit_node().label().unwrap().starts_with(told));
    let picture = window.render().unwrap();
    let colors: BTreeSet<[u8; 4]> = picture.pixels().map(|pixel| pixel.0).collect();
    assert!(colors.contains(&[0x1A, 0x56, 0xB4, 255]) && colors.contains(&[0x7A, 0x3E, 0x9D, 255]));
    if let Some(folder) = std::env::var_os("CHARTS") {
        let path = std::path::Path::new(&folder).join("窗口.png");
        picture.save(path).unwrap();
    }
}

/// Whoever changes the layout looks at `CHARTS=folder cargo test --test it charts::hard`.
#[test]
fn hard_cases_are_drawn() {
    let names = [
        "予以公开",
        "部分公开",
        "不予公开",
        "无法提供",
        "不予处理",
        "其他处理",
    ];
    let huge = nianbao::value::LIMIT;
    let chart = |name: &str, lines: &[&[Option<i64>]]| Chart {
        name: name.to_owned(),
        unit: "件".to_owned(),
        years: (2024 - lines[0].len() as i32..2024).collect(),
        shares: false,
        notes: Vec::new(),
        series: names
            .iter()
            .zip(lines)
            .map(|(name, values)| Series {
                name: (*name).to_owned(),
                values: values
                    .iter()
                    .map(|value| value.map_or(Value::Blank, Value::Count))
                    .collect(),
            })
            .collect(),
    };
    let some = |values: &[i64]| values.iter().copied().map(Some).collect::<Vec<_>>();
    let crossing = [
        some(&[5, 40, 12, 33, 25]),
        some(&[40, 5, 33, 12, 24]),
        some(&[20, 22, 21, 20, 23]),
        some(&[0, 10, 20, 30, 26]),
        some(&[33, 25, 14, 8, 2]),
        some(&[1, 1, 0, 2, 1]),
    ];
    let mut random = Random::new(7);
    let many: Vec<Vec<Option<i64>>> = (0..6)
        .map(|_| {
            (0..15)
                .map(|_| (random.below(9) > 0).then(|| random.below(2000) as i64))
                .collect()
        })
        .collect();
    let large = vec![
        Some(huge),
        Some(123_456_789_012),
        None,
        Some(700_000_000_001),
        Some(huge),
    ];
    let next = some(&[1, 100_000_000_000, 300_000_000_000, 0, huge - 9]);
    let mut all = pingtan();
    fn of<T>(lines: &[Vec<T>]) -> Vec<&[T]> {
        lines.iter().map(Vec::as_slice).collect()
    }
    all.push(chart("六条线相交", &of(&crossing)));
    all.push(chart("很大的数", &of(&[large, next])));
    all.push(chart("全是零", &of(&vec![some(&[0; 5]); 6])));
    all.push(chart("十五年", &of(&many)));
    all.push(chart("一条线", &of(&many[..1])));
    all.push(chart("两年", &of(&[some(&[-7, 12]), some(&[-3, -3])])));
    all.push(chart(
        "缺得多",
        &of(&[vec![Some(7), None, Some(3), None], vec![None; 4]]),
    ));
    let organ = "某市某区政务服务和大数据管理局（行政审批局）政府信息公开工作领导小组办公室";
    for chart in &all {
        let drawing = chart::draw(chart, &organ.repeat(2));
        let bytes = chart::png(&drawing, 2.0).unwrap();
        if let Some(folder) = std::env::var_os("CHARTS") {
            let path = std::path::Path::new(&folder).join(&chart.name);
            std::fs::write(path.with_extension("png"), bytes).unwrap();
            std::fs::write(path.with_extension("svg"), chart::svg(&drawing)).unwrap();
        }
    }
}

#[test]
fn two_years_are_bars_with_what_changed_and_one_year_is_drawn_too() {
    let figures = [2021, 2022].map(|year| check::figures(&report(&format!("pingtan_{year}"))));
    let said = |chart: &Chart| -> Vec<String> {
        let drawing = chart::draw(chart, ORGAN);
        assert!(
            drawing
                .items
                .iter()
                .all(|item| !matches!(item, Item::Strip(_) | Item::Dot(_)))
        );
        texts(&drawing)
            .iter()
            .map(|text| text.words.clone())
            .collect()
    };
    for (charts, years) in [
        (trend::charts(&figures), 2),
        (trend::charts(&figures[1..]), 1),
    ] {
        assert_eq!(charts.len(), 9);
        for chart in charts.iter().filter(|chart| !chart.shares) {
            let words = said(chart);
            for value in chart.series.iter().flat_map(|series| &series.values) {
                let number = if value.is_blank() {
                    "没有数字".to_owned()
                } else {
                    value.to_string()
                };
                assert!(
                    words.iter().any(|words| words.starts_with(&number)),
                    "{number}: {words:?}"
                );
            }
            let compares = |words: &&String| words.contains("同比") || words.contains("上年为 0");
            let both = |series: &&Series| series.values.iter().all(|value| !value.is_blank());
            let expected = if years == 2 {
                chart.series.iter().filter(both).count()
            } else {
                0
            };
            assert_eq!(words.iter().filter(compares).count(), expected, "{words:?}");
        }
    }
    let of =
        |before, now, unit| trend::change(Value::Count(before), Value::Count(now), unit).unwrap();
    let change = |before, now| of(before, now, "件");
    assert_eq!(of(9, 50, "%"), "同比 +41 个百分点");
    assert_eq!(change(200, 225), "同比 +12.5%");
    assert_eq!(change(3, 2), "同比 −33.3%");
    assert_eq!(of(50, 9, "%"), "同比 −41 个百分点");
    // What differs by less than can be written is not the same.
    assert_eq!(change(100_000, 100_001), "同比 +0.0%");
    assert_eq!(change(100_001, 100_000), "同比 −0.0%");
    assert_eq!(change(0, 2), "上年为 0");
    assert_eq!(change(2, 2), "同比持平");
}

/// A total that was printed wrong is drawn as it was printed, and said so.
#[test]
fn totals_that_do_not_add_up_carry_a_note() {
    let right = report("pingtan_2022");
    let cell = right.form().find("t3.r3_7.total").unwrap();
    let mut history = History::new(right.clone());
    history.apply(Edit::stated(&right, cell, Some(Value::Count(4711))));
    let notes = |report: &Report| {
        let charts = trend::charts(&[check::figures(report)]);
        let drawn = charts.iter().map(|chart| chart::draw(chart, ORGAN));
        let notes = drawn.flat_map(|drawing| {
            let texts = texts(&drawing).into_iter().map(|text| text.words.clone());
            texts
                .filter(|words| words.contains("注："))
                .collect::<Vec<_>>()
        });
        notes.collect::<Vec<_>>()
    };
    assert!(notes(&right).is_empty());
    let said = notes(history.report());
    assert!(
        said.iter().all(|words| words.contains("印的是 4711")),
        "{said:?}"
    );
    assert!(!said.is_empty());
}
