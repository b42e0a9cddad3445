//! All keys on one sheet.

use crate::ui::action::Action;
use crate::ui::command::Command;
use crate::ui::theme;
use crate::ui::widgets::{default_button, heading, scroll_ui};
use egui::{RichText, Ui};

/// All keys: those of the commands, then those of the tables.
pub fn keys_ui(ui: &mut Ui) -> Option<Action> {
    const TABLE: [(&str, &str); 17] = [
        ("方向键", "移动；Ctrl+方向键移到头"),
        ("Tab / Shift+Tab", "下一格、上一格，跳过自动计算的格"),
        (
            "回车 / Shift+回车",
            "向下、向上；连按 Tab 之后回车，回到起头那格的下一行",
        ),
        ("直接输入", "替换原来的数；=3+4 得 7"),
        ("Ctrl+回车", "把正在填的数填进选中的每一格"),
        ("F2 或双击", "在原来的数上修改；Esc 放弃"),
        ("Delete", "清除选中的格"),
        ("Shift+方向键、拖动", "选中一片；点行名或列名选中整行整列"),
        ("Ctrl+A", "选中整张表"),
        ("Ctrl+C / X / V", "复制、剪切、粘贴；可以粘贴整张官方表格"),
        ("Ctrl+D / Ctrl+R", "向下填充、向右填充"),
        ("Home / End", "行首、行尾；Ctrl+Home、Ctrl+End 到表首、表尾"),
        ("PgUp / PgDn", "上下翻十行"),
        ("Ctrl++ / Ctrl+−", "整个界面放大、缩小"),
        (
            "Ctrl+滚轮",
            "表格和正文放大、缩小；右下角可选适合窗口、适合宽度",
        ),
        (
            "问题里的回车 / Esc",
            "按蓝色的按钮、取消；会盖掉或丢掉东西的不是蓝色，要点它",
        ),
        ("Alt+F4", "关闭窗口；没有保存会先问"),
    ];
    const HELP: [&str; 4] = [
        "由上年的年报开始，或新建一份；六个部分各占一页，合计自动算。",
        "红色是必改，黄色要说明原因，蓝色只是提示；空白不等于 0，没填的不算平衡。",
        "右边每一条都写明差在哪里；蓝色按钮照改，改错了 Ctrl+Z 撤销。",
        "没保存的内容随时留存，死机、断电以后重新打开就能恢复。",
    ];
    const INPUT_METHOD: &str = "打不出中文时：系统语言应是 zh_CN.UTF-8，XMODIFIERS 应是 @im=fcitx 或 @im=ibus；\
                                想让拼音直接显示在正文里，在 fcitx 的 XIM 设置里选“On The Spot”。";
    heading(ui, "帮助与按键");
    let input_method = cfg!(target_os = "linux").then_some(INPUT_METHOD);
    for line in HELP.into_iter().chain(input_method) {
        ui.add(egui::Label::new(RichText::new(line).size(13.0)).wrap());
    }
    ui.add_space(6.0);
    ui.label(RichText::new("按键一览").font(theme::bold(theme::TEXT_SIZE)));
    let height = (ui.ctx().content_rect().height() - 340.0).clamp(160.0, 480.0);
    let area = egui::ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height);
    scroll_ui(ui, area, theme::PAPER, |ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        egui::Grid::new("keys")
            .num_columns(2)
            .spacing([18.0, 5.0])
            .show(ui, |ui| {
                let commands = Command::ALL
                    .into_iter()
                    .filter_map(|command| Some((command.keys_text()?, command.tooltip())));
                for (keys, what) in commands.chain(
                    TABLE
                        .into_iter()
                        .map(|(keys, what)| (keys.to_owned(), what)),
                ) {
                    ui.label(RichText::new(keys).font(theme::bold(13.0)));
                    ui.add(egui::Label::new(RichText::new(what).size(13.0)).wrap());
                    ui.end_row();
                }
            });
    });
    ui.add_space(10.0);
    default_button(ui, "知道了").then_some(Action::Cancel)
}
