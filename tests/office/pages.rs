//! Word's pages are the PDF's: with the names of the official fonts standing for the program's own, LibreOffice sets the
//! Word file on as many pages as the PDF has, tears no table that the PDF keeps whole, and begins every part on the same
//! page.

use super::random::{self, Random};
use super::{convert_in, document, root, run, squeezed};
use nianbao::export::Format;
use nianbao::export::document::{Block, Document, Place};
use nianbao::export::typeset::{Faces, Owner, PageItem, Typeset, typeset};
use nianbao::form;
use nianbao::report::{Edit, History, Report};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The official fonts, and which of the program's own stand for them.
const STANDS_FOR: [(&str, &str); 5] = [
    ("仿宋_GB2312", "Nianbao Serif"),
    ("宋体", "Nianbao Serif"),
    ("方正小标宋简体", "Nianbao Title"),
    ("黑体", "Nianbao Sans"),
    ("楷体_GB2312", "Nianbao Kai"),
];

/// A configuration of fontconfig that knows the program's fonts alone; its file.
fn our_fonts(folder: &Path) -> PathBuf {
    let fonts = folder.join("fonts");
    fs::create_dir(&fonts).unwrap();
    for entry in fs::read_dir(root().join("assets/fonts")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        // Headings are in the bold face, whatever it is asked for.
        let is_wanted = !path.ends_with("NianbaoSans-Regular.otf.gz");
        match path.extension().and_then(OsStr::to_str) {
            Some("gz") if is_wanted => {
                let mut font = Vec::new();
                let mut unpacked = flate2::read::GzDecoder::new(bytes.as_slice());
                unpacked.read_to_end(&mut font).unwrap();
                fs::write(fonts.join(path.file_stem().unwrap()), font).unwrap();
            }
            _ => {}
        }
    }
    let stands = STANDS_FOR.map(|(name, ours)| {
        format!(
            "<match target=\"pattern\"><test name=\"family\"><string>{name}</string></test>\
             <edit name=\"family\" mode=\"assign\" binding=\"same\"><string>{ours}</string></edit></match>"
        )
    });
    let configuration = folder.join("fonts.conf");
    let text = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>{}</dir><cachedir>{}</cachedir>{}</fontconfig>",
        fonts.display(),
        folder.join("fontcache").display(),
        stands.concat()
    );
    fs::write(&configuration, text).unwrap();
    configuration
}

/// Sentences as such reports have them.
const SENTENCES: [&str; 12] = [
    "全年主动公开政府信息{n}条，其中通过政府网站公开{n}条，通过“{q}”微信公众号公开{n}条。",
    "共收到政府信息公开申请{n}件（其中上年结转{n}件），均在法定期限内答复，办结率100%。",
    "严格落实《中华人民共和国政府信息公开条例》和《{q}》要求，健全“统一领导、分工负责、协调推进”的工作机制；",
    "组织业务培训{n}次，参训{n}人次，较上年增长{n}.5%，政务公开意识得到进一步提高。",
    "一是完善制度。修订《政府信息主动公开目录（2023年版）》，做到“应公开、尽公开”；二是规范流程，统一受理、审查、答复各环节文书格式。",
    "网站地址为https://www.example.gov.cn/col/col{n}/index.html，联系电话0431-8231{n}，邮编130500。",
    "因政府信息公开被申请行政复议{n}件、提起行政诉讼{n}件，均已审结。",
    "存在的主要问题是：公开的深度不够——部分栏目更新不及时……，解读形式较为单一。",
    "下一步，我们将坚持以公开为常态、不公开为例外，围绕群众关切，持续加大财政预决算、公共资源配置、重大建设项目批准和实施、社会公益事业建设等领域的公开力度。",
    "制发规范性文件{n}件，废止{n}件，现行有效{n}件，全部同步解读。",
    "办理人大代表建议{n}件、政协提案{n}件，答复率、满意率均达100%；",
    "没有其他需要报告的事项。",
];
const SAYINGS: [&str; 4] = [
    "某某发布",
    "关于进一步做好政务公开工作的意见",
    "放管服",
    "三安全一稳定",
];
const HEADINGS: [&str; 6] = [
    "（一）主动公开情况",
    "（二）依申请公开情况。",
    "(三)政府信息管理",
    "（四）存在的问题。",
    "（五）坚持以人民为中心，深入推进决策公开、执行公开和管理公开，不断提升服务水平",
    "1.政策文件公开情况",
];

fn text(random: &mut Random, most: usize) -> String {
    let mut text = String::new();
    for _ in 0..1 + random.below(most) {
        if random.below(3) == 0 {
            let heading = *random.pick(&HEADINGS);
            text.push_str(heading);
            if !heading.ends_with('。') {
                text.push('\n');
            }
        }
        for _ in 0..1 + random.below(5) {
            let mut sentence = (*random.pick(&SENTENCES)).to_owned();
            while sentence.contains("{n}") {
                let digits = [10, 100, 5_000, 100_000][random.below(4)];
                sentence = sentence.replacen("{n}", &random.below(digits).to_string(), 1);
            }
            text.push_str(&sentence.replace("{q}", SAYINGS[random.below(SAYINGS.len())]));
        }
        text.push('\n');
    }
    text
}

/// A report as an office writes it.
fn report(seed: u64) -> Report {
    let mut random = Random::new(seed);
    let forms = form::official();
    let form = &forms[seed as usize % forms.len()];
    let size = *random.pick(&[9, 99, 5_000, 200_000, 2_000_000]);
    let mut history = History::new(random::balanced(form, size, &mut random));
    for (ix, spec) in form.indexed_texts() {
        let most = if spec.id == "s1" { 14 } else { 6 };
        let words = text(&mut random, most);
        history.apply(Edit::text(history.report(), ix, &words));
    }
    history.report().clone()
}

/// On which page each heading begins and each table begins and ends, counted from 1.
fn pages_of_blocks(typeset: &Typeset) -> BTreeMap<usize, (usize, usize)> {
    let mut pages = BTreeMap::new();
    for (nth, page) in typeset.pages.iter().enumerate() {
        for item in &page.items {
            let PageItem::Run(run) = item else { continue };
            let (Owner::Block(block) | Owner::Cell { block, .. }) = run.owner else {
                continue;
            };
            pages.entry(block).or_insert((nth + 1, nth + 1)).1 = nth + 1;
        }
    }
    pages
}

/// What differs between the PDF's pages and those that LibreOffice has made of the Word file.
fn differences(document: &Document, typeset: &Typeset, pages: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    if pages.len() != typeset.pages.len() {
        let (word, pdf) = (pages.len(), typeset.pages.len());
        found.push(format!("{word} pages instead of {pdf}"));
    }
    let of_blocks = pages_of_blocks(typeset);
    let page_of = |words: &str| {
        pages
            .iter()
            .position(|page| page.contains(words))
            .map(|at| at + 1)
    };
    for (nth, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Heading(text) => {
                let heading = squeezed(text);
                if page_of(&heading) != Some(of_blocks[&nth].0) {
                    found.push(format!("{text} on page {:?}", page_of(&heading)));
                }
            }
            Block::Table(table) if table.setting.place != Place::Split => {
                let (first, last) = of_blocks[&nth];
                assert_eq!(first, last, "whole in the PDF");
                let on_page = |row: usize, page: &str| {
                    let mut cells = table.cells.iter().filter(|cell| cell.row == row);
                    cells.all(|cell| cell.lines.iter().all(|line| page.contains(&squeezed(line))))
                };
                let whole = |page: &String| {
                    let page = page.split_once(&squeezed(&table.heading));
                    page.is_some_and(|(_, page)| on_page(0, page) && on_page(table.rows - 1, page))
                };
                if !pages.iter().any(whole) {
                    found.push(format!("torn: {}", table.heading));
                }
            }
            _ => {}
        }
    }
    found
}

/// `PAGES=50 cargo test --test office pages -- --nocapture` runs the whole campaign.
#[test]
fn word_begins_its_pages_where_the_pdf_does() {
    let count: u64 = std::env::var("PAGES").map_or(6, |n| n.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("KEEP").map(PathBuf::from);
    let folder = kept.as_deref().unwrap_or(folder.path());
    let fonts = our_fonts(folder);
    let files: Vec<PathBuf> = (0..count)
        .map(|seed| {
            let path = folder.join(format!("{seed}.docx"));
            let document = document(&report(seed));
            let written = Format::Docx.write_document(&document, Faces::bundled());
            fs::write(&path, written.unwrap().bytes).unwrap();
            path
        })
        .collect();
    convert_in(folder, "pdf", &files, Some(&fonts));
    let mut as_many = 0;
    let mut torn = Vec::new();
    for (seed, path) in files.iter().enumerate() {
        let document = document(&report(seed as u64));
        let typeset = typeset(&document, Faces::bundled());
        let _ = fs::write(
            path.with_extension("ours.pdf"),
            Format::Pdf
                .write_document(&document, Faces::bundled())
                .unwrap()
                .bytes,
        );
        let text = run(
            "pdftotext",
            [path.with_extension("pdf").as_os_str(), OsStr::new("-")],
        );
        let mut pages: Vec<String> = text.split('\u{c}').map(squeezed).collect();
        pages.pop();
        let found = differences(&document, &typeset, &pages);
        println!("{seed}: {} pages {found:?}", typeset.pages.len());
        as_many += usize::from(pages.len() == typeset.pages.len());
        torn.extend(found.into_iter().filter(|words| words.starts_with("torn")));
    }
    println!("{as_many} of {count} have as many pages");
    assert_eq!(torn, [""; 0]);
    assert!(as_many as u64 * 50 >= count * 48, "{as_many} of {count}");
}
