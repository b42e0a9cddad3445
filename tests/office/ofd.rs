//! OFD files in two readers that are not ours: what each says on each page, and where, is what was laid out; drawn by
//! FreeType from the fonts in the file, the pages look as poppler draws those of the PDF.

use super::{document, random, reports, root, run};
use nianbao::export::document::DIGEST;
use nianbao::export::typeset::{Faces, Owner, PageItem, Run, Typeset, typeset};
use nianbao::export::{Document, Format};
use nianbao::form;
use nianbao::report::Report;
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Millimetres in a point.
const POINT: f64 = 25.4 / 72.0;

/// What the readers say of each of these files.
fn read(files: &[PathBuf], pictures: Option<&Path>) -> Vec<Json> {
    let mut command = Command::new("python3");
    command
        .env("PYTHONPATH", root().join("target/readers"))
        .arg(root().join("tests/office/ofd.py"));
    if let Some(folder) = pictures {
        command.arg("--pictures").arg(folder);
    }
    let output = command.args(files).output().unwrap();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{complained}; .ci/run installs easyofd and ofdkit"
    );
    let said = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Json> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), files.len());
    lines
}

/// The runs of each page: the document's, then the page's own.
fn runs(typeset: &Typeset) -> Vec<Vec<&Run>> {
    let pages = typeset.pages.iter();
    pages
        .map(|page| {
            let runs = page.items.iter().filter_map(|item| match item {
                PageItem::Run(run) => Some(run),
                _ => None,
            });
            let (own, rest): (Vec<&Run>, Vec<&Run>) =
                runs.partition(|run| run.owner == Owner::Page);
            rest.into_iter().chain(own).collect()
        })
        .collect()
}

fn plain<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let all = words.flat_map(str::chars);
    all.filter(|c| !c.is_whitespace()).collect()
}

fn holds(document: &Document, said: &Json, name: &str) {
    assert_eq!(said["title"], document.title.as_str(), "{name}");
    assert_eq!(
        said["properties"][DIGEST],
        document.digest.as_str(),
        "{name}"
    );
    let typeset = typeset(document, Faces::bundled());
    let pages = runs(&typeset);
    for reader in ["ofdkit", "easyofd"] {
        assert_eq!(
            said[reader].as_array().unwrap().len(),
            pages.len(),
            "{name}"
        );
    }
    for (nth, ours) in pages.iter().enumerate() {
        let wanted = plain(ours.iter().map(|run| run.text.as_str()));
        let kit = said["ofdkit"][nth].as_array().unwrap();
        let easy = said["easyofd"][nth].as_array().unwrap();
        let kit_words = plain(kit.iter().map(|run| run[0].as_str().unwrap()));
        assert_eq!(kit_words, wanted, "{name}, page {nth}: ofdkit");
        let easy_words = plain(easy.iter().map(|text| text.as_str().unwrap()));
        assert_eq!(easy_words, wanted, "{name}, page {nth}: easyofd");
        // Each run begins where it was laid out; those with rare characters come in pieces.
        let mut theirs = kit.iter();
        for run in ours {
            let begins = |said: &&Json| run.text.starts_with(said[0].as_str().unwrap());
            let near = |said: &Json, nth: usize, ours: f32| {
                (said[nth].as_f64().unwrap() - f64::from(ours) * POINT).abs() < 0.01
            };
            let found = theirs.find(|said| {
                begins(said)
                    && near(said, 1, run.x)
                    && near(said, 2, run.y)
                    && near(said, 3, run.size)
            });
            assert!(
                found.is_some(),
                "{name}, page {nth}: {} is elsewhere",
                run.text
            );
        }
    }
}

fn write(report: &Report, folder: &Path, name: &str, format: Format) -> PathBuf {
    let path = folder.join(format!("{name}.{}", format.name()));
    let written = format.write_document(&document(report), Faces::bundled());
    fs::write(&path, written.unwrap().bytes).unwrap();
    path
}

/// `REPORTS=200 cargo test --test office ofd` runs the whole campaign.
#[test]
fn two_readers_say_what_was_laid_out() {
    let folder = tempfile::tempdir().unwrap();
    let forms = form::official();
    let wild = std::env::var("REPORTS").map_or(4, |n| n.parse().unwrap());
    let wild = (0..wild).map(|seed| {
        let form = &forms[seed as usize % forms.len()];
        let report = random::wild(form, &mut random::Random::new(seed));
        (format!("wild{seed}"), report)
    });
    let all: Vec<(String, Report)> = reports().into_iter().take(6).chain(wild).collect();
    let files: Vec<PathBuf> = all
        .iter()
        .map(|(name, report)| write(report, folder.path(), name, Format::Ofd))
        .collect();
    for ((name, report), said) in all.iter().zip(read(&files, None)) {
        holds(&document(report), &said, name);
    }
}

#[test]
fn the_pages_look_like_those_of_the_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let all: Vec<(String, Report)> = reports().into_iter().take(3).collect();
    let mut files = Vec::new();
    for (name, report) in &all {
        files.push(write(report, folder.path(), name, Format::Ofd));
        let pdf = write(report, folder.path(), name, Format::Pdf);
        let to = folder.path().join(format!("pdf-{name}"));
        // Four dots in a millimetre.
        let args = ["-r", "101.6", "-png"].map(PathBuf::from);
        run("pdftoppm", args.into_iter().chain([pdf, to]));
    }
    read(&files, Some(folder.path()));
    for (name, report) in &all {
        let pages = typeset(&document(report), Faces::bundled()).pages.len();
        for page in 1..=pages {
            let picture = |name: String| {
                let path = folder.path().join(name);
                let picture = image::open(&path).unwrap_or_else(|why| panic!("{path:?}: {why}"));
                // What is left of hinting and of smoothing is less than a character's stroke.
                picture.to_luma8()
            };
            let ours = picture(format!("{name}-{page}.png"));
            let theirs = picture(format!("pdf-{name}-{page}.png"));
            let differs = apart(&ours, &theirs);
            assert!(differs < 0.03, "{name}, page {page}: {differs}");
            if let Some(keep) = std::env::var_os("PICTURES") {
                for name in [
                    format!("{name}-{page}.png"),
                    format!("pdf-{name}-{page}.png"),
                ] {
                    fs::copy(folder.path().join(&name), Path::new(&keep).join(&name)).unwrap();
                }
            }
        }
    }
}

/// How much of the ink of either picture has none of the other's near it.
fn apart(a: &image::GrayImage, b: &image::GrayImage) -> f64 {
    const DARK: u8 = 128;
    const GREY: u8 = 224;
    const NEAR: i64 = 2;
    let lonely = |a: &image::GrayImage, b: &image::GrayImage| {
        let dark = a.enumerate_pixels().filter(|(.., dot)| dot.0[0] < DARK);
        let mut all = 0;
        let mut alone = 0;
        for (x, y, _) in dark {
            all += 1;
            let is_near = (-NEAR..=NEAR).any(|down| {
                (-NEAR..=NEAR).any(|right| {
                    let (x, y) = (i64::from(x) + right, i64::from(y) + down);
                    let at = (u32::try_from(x), u32::try_from(y));
                    let (Ok(x), Ok(y)) = at else { return false };
                    b.get_pixel_checked(x, y).is_some_and(|dot| dot.0[0] < GREY)
                })
            });
            alone += usize::from(!is_near);
        }
        alone as f64 / f64::from(all.max(1))
    };
    lonely(a, b).max(lonely(b, a))
}
