//! 公开后核对, on pages made by real means: our web page put through the editors of web sites in Chromium, between what a site
//! puts around it; our Word file saved again by LibreOffice. An untouched page agrees; damage is named, and nothing else.
//!
//! `PAGES=200 cargo test --test office published -- --nocapture` makes as many pages of either kind.

use super::damage::{self, Damage};
use super::random::{self, Random};
use super::{convert, document, root, run_with_input};
use nianbao::export::Format;
use nianbao::export::typeset::Faces;
use nianbao::import::{self, read};
use nianbao::report::{Edit, History, Report};
use nianbao::verify::{self, Published};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// What puts our page on a site.
pub const EDITORS: [&str; 7] = [
    "ckeditor4",
    "ckeditor4 all",
    "ckeditor5",
    "kindeditor",
    "tinymce",
    "ueditor",
    "wangeditor",
];
const WAYS: [&str; 2] = ["source", "paste"];

const ORGANS: [&str; 6] = [
    "青川市滨河区桥南街道办事处",
    "青川市发展和改革委员会",
    "滨河区城市管理局（综合行政执法局）",
    "长岭县青山镇人民政府",
    "国家税务总局青川市税务局",
    "青川市第三中学",
];

/// A draft with the texts of a published report and numbers of its own.
fn draft(seed: u64) -> Report {
    let mut random = Random::new(seed);
    const WITH_TEXTS: [&str; 6] = [
        "tests/reports/hongze_2023.pdf",
        "assets/samples/jiutai_xinglong_2020.ron",
        "tests/reports/shanghai_office_2019.html",
        "tests/reports/shuyang_fgj_2023.html",
        "tests/reports/hongze_2024.pdf",
        "tests/reports/jiutai_xinglong_2020.txt",
    ];
    let name = WITH_TEXTS[seed as usize % WITH_TEXTS.len()];
    let truth = import::from_file(&root().join(name)).unwrap().report;
    let organ = match random.below(2) {
        0 => truth.organ().to_owned(),
        _ => (*random.pick(&ORGANS)).to_owned(),
    };
    let numbers = random::balanced(truth.form(), [5, 60, 3000][seed as usize % 3], &mut random);
    let mut history = History::new(numbers);
    history.apply(Edit::organ(history.report(), &organ));
    history.apply(Edit::year(history.report(), truth.year()));
    for (text, _) in truth.form().indexed_texts() {
        history.apply(Edit::text(history.report(), text, truth.text(text)));
    }
    history.report().clone()
}

/// How a site shows what an editor gave it.
fn on_a_site(report: &Report, content: &str, random: &mut Random) -> String {
    let (organ, year, title) = (report.organ(), report.year(), report.title());
    let next = year + 1;
    let before = year - 1;
    let head = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}_{organ}</title>\
         <style>.nav li{{float:left}}.hide{{display:none}}</style></head><body>"
    );
    let foot = format!(
        "<div class=\"footer\"><p>主办：{organ}　承办：信息中心</p><p>地址：人民路1号　邮编：130000</p>\
         <p>网站标识码：2201120001　吉ICP备05001234号-1　<img src=\"ga.png\">吉公网安备 22011202000001号</p>\
         <p>Copyright © {next} All Rights Reserved</p></div></body></html>"
    );
    let links = format!(
        "<div class=\"other\"><p>上一篇：<a href=\"a.html\">{organ}{before}年政府信息公开工作年度报告</a></p>\
         <p>下一篇：没有了</p></div><div class=\"related\"><h4>相关链接</h4><ul>\
         <li><a href=\"b.html\">{organ}{before}年政府信息公开工作年度报告</a><span>{year}-01-21</span></li>\
         <li><a href=\"c.html\">{organ}政府信息公开指南</a></li></ul></div>"
    );
    match random.below(3) {
        0 => format!(
            "{head}<div class=\"nav\"><ul><li><a href=\"/\">首页</a></li><li><a href=\"/zw\">政务公开</a></li>\
             <li><a href=\"/fw\">政务服务</a></li><li><a href=\"/hd\">互动交流</a></li></ul></div>\
             <div class=\"crumbs\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/zw\">政务公开</a> &gt; \
             <a href=\"/nb\">政府信息公开年报</a> &gt; 正文</div><h1>{title}</h1>\
             <div class=\"info\">发布时间：{next}-01-24　来源：{organ}　浏览次数：<span id=\"hits\">128</span>　\
             字体：【<a>大</a> <a>中</a> <a>小</a>】</div><div class=\"content\" id=\"zoom\">{content}</div>\
             <div class=\"tools\"><a>打印本页</a> <a>关闭窗口</a> 分享到：<a>微信</a> <a>微博</a></div>{links}{foot}"
        ),
        // Old sites lay everything out in tables.
        1 => format!(
            "{head}<table width=\"1000\" align=\"center\"><tr><td><a href=\"/\">网站首页</a> | <a>信息公开</a> | \
             <a>办事大厅</a></td></tr></table><table width=\"1000\" align=\"center\" border=\"0\"><tr>\
             <td height=\"30\">您现在的位置：首页&gt;&gt;信息公开&gt;&gt;年度报告</td></tr><tr><td align=\"center\">\
             <b>{title}</b></td></tr><tr><td align=\"center\">日期：{next}年1月24日　作者：{organ}　点击：56次</td></tr>\
             <tr><td class=\"article\">{content}</td></tr><tr><td align=\"right\">【打印】【关闭】</td></tr></table>\
             {links}{foot}"
        ),
        // The head that the rules for sites want.
        _ => format!(
            "{head}<table class=\"index\"><tr><td>索引号：</td><td>11220112/{next}-00018</td><td>分类：</td>\
             <td>政府信息公开年报</td></tr><tr><td>发布机构：</td><td>{organ}</td><td>成文日期：</td>\
             <td>{next}年01月24日</td></tr><tr><td>标题：</td><td colspan=\"3\">{title}</td></tr></table>\
             <div class=\"TRS_Editor\">{content}</div><p class=\"qr\">扫一扫在手机打开当前页</p>{links}{foot}"
        ),
    }
}

/// A page that stands for a draft.
struct Page {
    /// How it was made.
    name: String,
    draft: Report,
    path: PathBuf,
}

/// As many pages as wanted, at least, and each way of making them.
fn pages(folder: &Path, wanted: usize) -> Vec<Page> {
    // Pages of a draft: each editor each way, and what LibreOffice makes.
    let ways = EDITORS.len() * WAYS.len() + 2;
    let drafts: Vec<Report> = (0..wanted.div_ceil(ways) as u64).map(draft).collect();
    let mut all = Vec::new();
    let mut jobs = Vec::new();
    for (nth, draft) in drafts.iter().enumerate() {
        let page = write(folder, nth, draft, Format::Html);
        for editor in EDITORS {
            for way in WAYS {
                let path = folder.join(format!("{nth}-{editor}-{way}.html"));
                jobs.push(json!({"page": page, "editor": editor, "way": way, "to": path}));
                all.push(Page {
                    name: format!("{nth} {editor} {way}"),
                    draft: draft.clone(),
                    path,
                });
            }
        }
    }
    edit(jobs);
    for (nth, page) in all.iter().enumerate() {
        let content = fs::read_to_string(&page.path).unwrap();
        let site = on_a_site(&page.draft, &content, &mut Random::new(nth as u64));
        fs::write(&page.path, site).unwrap();
    }
    let word: Vec<PathBuf> = (drafts.iter().enumerate())
        .map(|(nth, draft)| write(folder, nth, draft, Format::Docx))
        .collect();
    let again = folder.join("again");
    fs::create_dir(&again).unwrap();
    for (to, ending) in [("docx", "docx"), ("html:HTML (StarWriter)", "html")] {
        convert(&again, to, &word);
        for (path, draft) in word.iter().zip(&drafts) {
            let path = again.join(path.with_extension(ending).file_name().unwrap());
            all.push(Page {
                name: format!("LibreOffice {}", path.display()),
                draft: draft.clone(),
                path,
            });
        }
    }
    all
}

fn edit(jobs: Vec<serde_json::Value>) {
    let script = root().join("tests/office/editors/edit.mjs");
    let jobs = serde_json::Value::Array(jobs).to_string();
    run_with_input("node", [&script], &jobs);
}

/// What each editor makes of a page whose source is put in.
pub fn edited(folder: &Path, page: &Path) -> Vec<(&'static str, String)> {
    let to = |editor: &str| folder.join(format!("of-{editor}.html"));
    let job =
        |editor: &&str| json!({"page": page, "editor": editor, "way": "source", "to": to(editor)});
    edit(EDITORS.iter().map(job).collect());
    let content = |editor: &&'static str| (*editor, fs::read_to_string(to(editor)).unwrap());
    EDITORS.iter().map(content).collect()
}

/// A draft in one of our formats.
fn write(folder: &Path, nth: usize, draft: &Report, format: Format) -> PathBuf {
    let path = folder.join(format!("{nth}.{}", format.name()));
    let written = format
        .write_document(&document(draft), Faces::bundled())
        .unwrap();
    fs::write(&path, written.bytes).unwrap();
    path
}

/// What `verify` says of a page as it was saved from a site.
fn held(draft: &Report, bytes: &[u8]) -> Published {
    let source = read::read(bytes).unwrap();
    verify::published(draft, &import::from_source(&source).unwrap())
}

fn lines(found: &Published) -> Vec<String> {
    found.departures.iter().map(ToString::to_string).collect()
}

#[test]
fn published_pages_agree_until_they_are_damaged() {
    const SHARE: usize = 16;
    let wanted = std::env::var("PAGES").map_or(SHARE, |pages| pages.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(folder.path(), wanted);
    let mut alarms = Vec::new();
    for page in &pages {
        let found = held(&page.draft, &fs::read(&page.path).unwrap());
        let said = lines(&found);
        alarms.extend(
            said.into_iter()
                .map(|line| format!("{}: {line}", page.name)),
        );
    }
    let first = |all: &[String]| all.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    println!("{} 份没有动过的页面，误报 {} 处", pages.len(), alarms.len());
    println!("{}", first(&alarms));

    let (mut missed, mut false_ones) = (Vec::new(), Vec::new());
    let mut tried = std::collections::BTreeMap::<&str, usize>::new();
    // Each page in two ways.
    let twice = pages.iter().chain(&pages).enumerate();
    for (nth, page) in twice {
        let bytes = fs::read(&page.path).unwrap();
        let Ok(html) = String::from_utf8(bytes) else {
            continue;
        };
        let mut random = Random::new(nth as u64 + 7);
        // Every kind comes to every way of making a page; one that finds nothing to be done gives way to the next.
        let first = nth + nth / damage::KINDS.len();
        let kinds = (first..).map(|kind| damage::KINDS[kind % damage::KINDS.len()]);
        let mut done = kinds.filter_map(|kind| {
            let damage = damage::damage(kind, &page.draft, &html, &mut random)?;
            Some((kind, damage))
        });
        let (kind, Damage { html, wants }) = done.next().unwrap();
        *tried.entry(kind).or_default() += 1;
        let found = held(&page.draft, html.as_bytes());
        for want in &wants {
            if !found.departures.iter().any(|it| want.is_named_by(it)) {
                missed.push(format!(
                    "{} {kind}: {want:?}, only {:?}",
                    page.name,
                    lines(&found)
                ));
            }
        }
        for it in &found.departures {
            if !wants.iter().any(|want| want.is_named_by(it)) {
                false_ones.push(format!("{} {kind}: {it}", page.name));
            }
        }
    }
    let damaged: usize = tried.values().sum();
    println!(
        "{damaged} 份弄坏的页面（{tried:?}），漏报 {}，误报 {}",
        missed.len(),
        false_ones.len()
    );
    assert_eq!(first(&alarms), "");
    assert_eq!(first(&missed), "");
    assert_eq!(first(&false_ones), "");
}
