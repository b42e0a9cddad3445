//! 交件 in the window: what is missing is shown and gone to; the folder is made, or nothing is.

use crate::support::{Window, report};
use nianbao::handin::{MANIFEST, Manifest, folder_name};
use nianbao::report::{Edit, History};
use nianbao::value::Value;
use nianbao::{draft, form};

#[test]
fn the_folder_is_made_beside_the_draft_and_never_over_another() {
    let truth = report("hongze_2024");
    let (mut window, folder) = Window::with(&truth);
    window.click("交件");
    // Its texts are empty.
    assert!(window.says("没有填：一、总体情况"));
    window.click("仍然交件");
    assert!(window.says("都读回来核对过"), "made");
    let made = folder.path().join(folder_name(&truth));
    let manifest = std::fs::read_to_string(made.join(MANIFEST)).unwrap();
    let manifest: Manifest = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest.organ, truth.organ());
    assert_eq!(manifest.draft_sha256, draft::digest(&truth));
    // Once more under the same name is refused, and leaves what is there.
    let before = std::fs::metadata(made.join(MANIFEST))
        .unwrap()
        .modified()
        .unwrap();
    window.click("交件");
    window.click("仍然交件");
    assert!(window.says("已经有这个文件夹"));
    let after = std::fs::metadata(made.join(MANIFEST))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(before, after);
    let entries = std::fs::read_dir(folder.path()).unwrap().count();
    // The draft, its lock and the folder: nothing half done.
    assert!(entries <= 3, "{entries}");
}

#[test]
fn what_is_missing_is_gone_to() {
    let truth = report("pingtan_2022");
    let form = form::by_year(truth.year()).unwrap();
    let cell = form.find("t3.r1.natural").unwrap();
    let mut history = History::new(truth.clone());
    history.apply(Edit::cells(&truth, [(cell, Value::Count(4711))]));
    let (mut window, folder) = Window::with(history.report());
    window.click("交件");
    let evaluation = nianbao::check::evaluate(history.report());
    let points = nianbao::handin::open_points(history.report(), &evaluation);
    assert!(points[0].words.starts_with("必改："), "{points:?}");
    window.click(&points[0].words);
    assert!(!window.says("仍然交件"), "the question is closed");
    assert!(!folder.path().join(folder_name(&truth)).exists());
}
