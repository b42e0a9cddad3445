//! 公开后核对: a file that came back, held against the open report.

use crate::support::{Window, exported, report};
use egui::{Key, Modifiers};
use nianbao::export::Format;
use nianbao::report::{Edit, History, Signature};
use nianbao::value::Value;

#[test]
fn what_came_back_is_shown_and_taken_over_where_it_is_right() {
    let draft = report("pingtan_2022");
    let mut history = History::new(draft.clone());
    let cell = draft.form().find("t3.r1.natural").unwrap();
    history.apply(Edit::cells(history.report(), [(cell, Value::Count(72))]));
    let s6 = draft.form().find_text("s6").unwrap();
    history.apply(Edit::text(history.report(), s6, "无其他需要报告的事项。"));
    let (mut window, folder) = Window::with(&draft);
    let back = folder.path().join("退回.docx");
    std::fs::write(&back, exported(history.report(), Format::Docx)).unwrap();

    window.click("更多…");
    window.click("公开后核对");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(back.to_str().unwrap());
    window.press(Key::Enter);
    assert!(window.says("退回.docx 与草稿有"));
    assert!(window.says("自然人：发布的是“72”，草稿里是“71”"));
    window.click("采用 72");
    assert_eq!(window.report().value(cell), Value::Count(72));
    assert!(
        !window.says("采用 72"),
        "it agrees now, and the rest is still asked"
    );
    window.click("采用文件里的这一部分");
    assert_eq!(window.report().text(s6), "无其他需要报告的事项。");
    assert!(window.says("退回.docx 与草稿一致：比较了"));
    window.press(Key::Enter);
    assert!(!window.says("公开后核对"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.report(), draft);
}

/// Whoever signs, on the cover or typed at the end of the last text: it is taken over where it stands.
#[test]
fn a_signature_that_came_back_otherwise_is_taken_over() {
    let signature = |date: &str| Signature {
        organ: "平潭综合实验区管委会".to_owned(),
        date: date.to_owned(),
    };
    let back = |signed: Option<Signature>, text: &str| {
        let mut history = History::new(report("pingtan_2022"));
        let s6 = history.report().form().find_text("s6").unwrap();
        history.apply(Edit::text(history.report(), s6, text));
        if let Some(signed) = signed {
            history.apply(Edit::signature(history.report(), signed));
        }
        history.report().clone()
    };
    let typed = |date: &str| format!("无。\n平潭综合实验区管委会\n{date}");
    let (old, new) = ("2023年1月20日", "2023年1月30日");
    for (draft, published, says, after) in [
        (
            back(Some(signature(old)), "无。"),
            back(Some(signature(new)), "无。"),
            "采用文件里的落款",
            back(Some(signature(new)), "无。"),
        ),
        (
            back(None, &typed(old)),
            back(Some(signature(new)), "无。"),
            "采用文件里的落款",
            back(None, &typed(new)),
        ),
        (
            back(None, "无。"),
            back(Some(signature(new)), "无。"),
            "采用文件里的落款",
            back(Some(signature(new)), "无。"),
        ),
        (
            back(Some(signature(old)), "无。"),
            back(None, "无。"),
            "去掉落款",
            back(None, "无。"),
        ),
        (
            back(None, &typed(old)),
            back(None, "无。"),
            "去掉落款",
            back(None, "无。"),
        ),
    ] {
        let (mut window, folder) = Window::with(&draft);
        let file = folder.path().join("退回.docx");
        std::fs::write(&file, exported(&published, Format::Docx)).unwrap();
        window.click("更多…");
        window.click("公开后核对");
        window.press_with(Modifiers::COMMAND, Key::A);
        window.type_text(file.to_str().unwrap());
        window.press(Key::Enter);
        window.click(says);
        assert_eq!(window.report(), after);
        assert!(window.says("退回.docx 与草稿一致：比较了"));
        window.press(Key::Enter);
        window.press_with(Modifiers::COMMAND, Key::Z);
        assert_eq!(window.report(), draft);
    }
}
