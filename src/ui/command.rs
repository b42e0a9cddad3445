//! Every action of the window: its words, what it does, its keys. Executed in `app`.

use egui::{Key, KeyboardShortcut, Modifiers};

/// Something that the clerk can do from the command row or by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    New,
    NewYear,
    Open,
    Save,
    SaveAs,
    Undo,
    Redo,
    Import,
    Export,
    Handin,
    Preview,
    ToggleLast,
    Years,
    CheckPublished,
    Recount,
    /// Only on the card of a report whose form is not that of its year.
    ChangeForm,
    ToggleFindings,
    /// A number of the tables into the text, or for the number at the caret.
    PutNumber,
    Find,
    /// In the texts.
    Replace,
    /// A paragraph from the tables' numbers.
    Compose,
    Help,
    About,
    NextFinding,
    PreviousFinding,
    /// What the blue button of the card does that is looked at.
    Answer,
    NextPart,
    PreviousPart,
    NextTab,
    PreviousTab,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..Modifiers::COMMAND
};
const SHIFT: Modifiers = Modifiers::SHIFT;
const NONE: Modifiers = Modifiers::NONE;

impl Command {
    /// Every command, in the order in which a clerk reads them.
    pub const ALL: [Self; 30] = [
        Self::New,
        Self::NewYear,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::Undo,
        Self::Redo,
        Self::Import,
        Self::Preview,
        Self::Export,
        Self::Handin,
        Self::ToggleLast,
        Self::Years,
        Self::CheckPublished,
        Self::Recount,
        Self::ChangeForm,
        Self::ToggleFindings,
        Self::PutNumber,
        Self::Find,
        Self::Replace,
        Self::Compose,
        Self::NextFinding,
        Self::PreviousFinding,
        Self::Answer,
        Self::NextPart,
        Self::PreviousPart,
        Self::NextTab,
        Self::PreviousTab,
        Self::Help,
        Self::About,
    ];

    /// The command row, in groups. What a narrow window has no room for goes into the menu, from the end.
    pub const ROW: [&[Self]; 4] = [
        &[Self::New, Self::Open, Self::Save],
        &[Self::Undo, Self::Redo],
        &[Self::Import, Self::Preview, Self::Export, Self::Handin],
        &[Self::ToggleLast, Self::ToggleFindings, Self::Find],
    ];

    /// What stands in the menu at the end of the row.
    pub const MENU: [Self; 8] = [
        Self::Replace,
        Self::NewYear,
        Self::Years,
        Self::CheckPublished,
        Self::Recount,
        Self::SaveAs,
        Self::Help,
        Self::About,
    ];

    /// Its word on the button.
    pub fn text(self) -> &'static str {
        match self {
            Self::New => "新建",
            Self::NewYear => "结转新年度",
            Self::Open => "打开",
            Self::Save => "保存",
            Self::SaveAs => "另存为",
            Self::Undo => "撤销",
            Self::Redo => "重做",
            Self::Import => "导入",
            Self::Export => "导出",
            Self::Handin => "交件",
            Self::Preview => "预览打印",
            Self::ToggleLast => "上年对照",
            Self::Years => "历年比较",
            Self::CheckPublished => "公开后核对",
            Self::Recount => "复核",
            Self::ChangeForm => "换成这一年度的格式……",
            Self::ToggleFindings => "审核",
            Self::PutNumber => "插入表中的数",
            Self::Find => "查找",
            Self::Replace => "查找替换",
            Self::Compose => "写一段",
            Self::Help => "帮助与按键",
            Self::About => "关于",
            Self::NextFinding => "下一条审核结果",
            Self::PreviousFinding => "上一条审核结果",
            Self::Answer => "照这一条改",
            Self::NextPart => "到下一处",
            Self::PreviousPart => "到上一处",
            Self::NextTab => "下一页",
            Self::PreviousTab => "上一页",
        }
    }

    /// What it does, for the tooltip.
    pub fn tooltip(self) -> &'static str {
        match self {
            Self::New => "为一个单位、一个年度新建年报",
            Self::NewYear => "由上年的年报开始新一年的，或把上年数带入打开着的年报",
            Self::Open => "打开一份草稿",
            Self::Save => "把草稿保存到文件",
            Self::SaveAs => "把草稿另存为一个新文件",
            Self::Undo => "撤销上一步，各页通用",
            Self::Redo => "重做刚才撤销的一步",
            Self::Import => "读入已有的年报：Word、网页、Excel、PDF、OFD、文本或 JSON",
            Self::Export => "导出成 Word、PDF、OFD、网页、Excel 文件",
            Self::Handin => "把各种文件、草稿和审核情况表写进一个文件夹，逐个核对，交给上级",
            Self::Preview => "看打印出来的样子，打印",
            Self::ToggleLast => "在表格和正文旁边显示或收起上年的数和写法",
            Self::Years => "几个年度的表格、正文并排比较，历年趋势图",
            Self::CheckPublished => "把公开后存下的网页，或改过、退回来的文件，与草稿逐格逐段核对",
            Self::Recount => "另一个人不看原数，把各表的数逐列再打一遍，最后比较",
            Self::ChangeForm => "按报告年度应用的格式另建一份，把数和正文带过去",
            Self::ToggleFindings => "显示或收起审核结果",
            Self::PutNumber => "在正文里光标处插入表中的数，或把光标处的数连到表里",
            Self::Find => "在表格、正文和审核结果里查找",
            Self::Replace => "在引言和各部分正文里查找、替换",
            Self::Compose => "按表里的数写一段，放在正文光标所在的地方",
            Self::Help => "所有按键一览",
            Self::About => "版本、画窗口的方式、组成部分和许可",
            Self::NextFinding => "跳到下一条审核结果",
            Self::PreviousFinding => "跳到上一条审核结果",
            Self::Answer => {
                "选中的审核结果照蓝色按钮改；没有蓝色按钮的，到卡片上第一个能按的，或“说明原因”里"
            }
            Self::NextPart => "表格、审核结果、工具栏之间轮换；按 Esc 回到表格",
            Self::PreviousPart => "倒着轮换",
            Self::NextTab => "到下一部分",
            Self::PreviousTab => "到上一部分",
        }
    }

    /// Its keys.
    pub fn shortcuts(self) -> &'static [KeyboardShortcut] {
        const fn keys(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
            KeyboardShortcut::new(modifiers, key)
        }
        match self {
            Self::New => const { &[keys(CTRL, Key::N)] },
            Self::Open => const { &[keys(CTRL, Key::O)] },
            Self::Save => const { &[keys(CTRL, Key::S)] },
            Self::SaveAs => const { &[keys(CTRL_SHIFT, Key::S)] },
            Self::Undo => const { &[keys(CTRL, Key::Z)] },
            Self::Redo => const { &[keys(CTRL, Key::Y), keys(CTRL_SHIFT, Key::Z)] },
            Self::PutNumber => const { &[keys(CTRL, Key::J)] },
            Self::Find => const { &[keys(CTRL, Key::F)] },
            Self::Replace => const { &[keys(CTRL, Key::H)] },
            Self::Compose => const { &[keys(CTRL_SHIFT, Key::J)] },
            Self::Help => const { &[keys(NONE, Key::F1)] },
            Self::NextFinding => const { &[keys(NONE, Key::F8)] },
            Self::PreviousFinding => const { &[keys(SHIFT, Key::F8)] },
            Self::Answer => const { &[keys(Modifiers::ALT, Key::Enter)] },
            Self::NextPart => const { &[keys(NONE, Key::F6)] },
            Self::PreviousPart => const { &[keys(SHIFT, Key::F6)] },
            Self::NextTab => const { &[keys(CTRL, Key::PageDown)] },
            Self::PreviousTab => const { &[keys(CTRL, Key::PageUp)] },
            Self::Preview => const { &[keys(CTRL, Key::P)] },
            Self::NewYear
            | Self::Import
            | Self::Export
            | Self::Handin
            | Self::ToggleLast
            | Self::Years
            | Self::CheckPublished
            | Self::Recount
            | Self::ChangeForm
            | Self::ToggleFindings
            | Self::About => &[],
        }
    }

    /// Its first shortcut as clerks know it from other programs, e.g. `Ctrl+S`.
    pub fn keys_text(self) -> Option<String> {
        let shortcut = self.shortcuts().first()?;
        let mut words = Vec::new();
        if shortcut.modifiers.command {
            words.push("Ctrl");
        }
        if shortcut.modifiers.alt {
            words.push("Alt");
        }
        if shortcut.modifiers.shift {
            words.push("Shift");
        }
        words.push(match shortcut.logical_key {
            Key::Enter => "回车",
            key => key.name(),
        });
        Some(words.join("+"))
    }

    /// The command whose shortcut was pressed; the key is taken, so that no text field sees it.
    pub fn pressed(ctx: &egui::Context) -> Option<Self> {
        let mut all: Vec<(Self, &KeyboardShortcut)> = Self::ALL
            .into_iter()
            .flat_map(|command| command.shortcuts().iter().map(move |keys| (command, keys)))
            .collect();
        // egui takes Ctrl+Shift+S for Ctrl+S as well: the one with more keys first.
        let held = |keys: Modifiers| [keys.command, keys.shift, keys.alt].map(usize::from);
        all.sort_by_key(|(_, keys)| std::cmp::Reverse(held(keys.modifiers).iter().sum::<usize>()));
        let mut pressed = all.into_iter();
        ctx.input_mut(|input| pressed.find(|(_, keys)| input.consume_shortcut(keys)))
            .map(|(command, _)| command)
    }
}
