//! Questions in the middle of the window: new report, unsaved changes, path field, overwrite.

use super::app::Intent;
use super::command::Command;
use super::dialogs::Purpose;
use super::session::Session;
use super::theme;
use crate::form::{self, AdditionIx, CellIx, Form};
use crate::import::Recognised;
use crate::report::{Addend, Edit, History, Report, total};
use crate::value::{self, Value};
use egui::{Context, Id, Key, RichText, TextEdit, Ui};
use egui_extras::{Column, TableBuilder};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A question.
pub enum Modal {
    New(NewReport),
    Unsaved(Intent),
    PathField {
        purpose: Purpose,
        text: String,
        complaint: Option<String>,
        fresh: bool,
    },
    Overwrite(Purpose, PathBuf),
    /// The draft's file was changed by somebody else.
    Changed(PathBuf),
    /// Official tables were pasted: what goes where?
    Paste(Recognised),
    /// A cell's number by parts: names and numbers as typed.
    Parts {
        cell: CellIx,
        rows: Vec<(String, String)>,
        complaint: Option<String>,
        fresh: bool,
    },
    /// All keys on one sheet.
    Keys,
}

/// What was answered.
pub enum Reply {
    Cancel,
    Create { report: Report },
    SaveFirst(Intent),
    Discard(Intent),
    Path(Purpose, PathBuf),
    Overwrite(Purpose, PathBuf),
    SaveMine(PathBuf),
    SaveElsewhere,
    Place(Vec<(CellIx, Value)>),
    Parts(CellIx, Vec<Addend>),
}

/// What a new report needs.
pub struct NewReport {
    organ: String,
    year: String,
    additions: BTreeSet<AdditionIx>,
    complaint: Option<String>,
    fresh: bool,
}

impl Modal {
    /// Asks for a new report; the year proposed is the one that is reported on in January.
    pub fn new_report(now: &jiff::ZonedDateTime) -> Self {
        let year = (now.year() - 1).to_string();
        Self::New(NewReport {
            organ: String::new(),
            year,
            additions: BTreeSet::new(),
            complaint: None,
            fresh: true,
        })
    }

    /// Asks for the parts of a cell's number.
    pub fn parts(report: &Report, cell: CellIx) -> Self {
        let parts = report
            .addends(cell)
            .iter()
            .map(|part| (part.name.clone(), part.value.to_string()));
        let mut rows: Vec<_> = parts.collect();
        if rows.is_empty() && !report.value(cell).is_blank() {
            rows.push((String::new(), report.value(cell).to_string()));
        }
        rows.push(Default::default());
        Self::Parts {
            cell,
            rows,
            complaint: None,
            fresh: true,
        }
    }

    /// Asks for a path, where no file dialog can.
    pub fn path_field(purpose: Purpose, near: Option<&Path>, report: Option<&Report>) -> Self {
        let folder = near
            .and_then(Path::parent)
            .map(Path::to_owned)
            .or_else(documents)
            .unwrap_or_default();
        let text = match (purpose, near, report) {
            (Purpose::SaveDraft, Some(path), _) => path.to_owned(),
            (_, _, Some(report)) if purpose.saves() => {
                purpose.with_ending(folder.join(crate::export::file_stem(report)))
            }
            _ => folder.join(""),
        };
        Self::PathField {
            purpose,
            text: text.to_string_lossy().into_owned(),
            complaint: None,
            fresh: true,
        }
    }
}

fn documents() -> Option<PathBuf> {
    let user = directories::UserDirs::new()?;
    user.document_dir()
        .filter(|folder| folder.is_dir())
        .or(Some(user.home_dir()))
        .map(Path::to_owned)
}

/// Shows a question; an answer closes it.
pub fn modal_ui(ctx: &Context, modal: &mut Modal, session: Option<&Session>) -> Option<Reply> {
    let frame = egui::Frame::window(&ctx.global_style()).inner_margin(20);
    let response = egui::Modal::new(Id::unique("modal"))
        .frame(frame)
        .show(ctx, |ui| {
            ui.set_width(460.0);
            match modal {
                Modal::New(new) => new_report_ui(ui, new),
                Modal::Unsaved(intent) => unsaved_ui(ui, intent),
                Modal::PathField {
                    purpose,
                    text,
                    complaint,
                    fresh,
                } => path_ui(ui, *purpose, text, complaint, fresh),
                Modal::Overwrite(purpose, path) => overwrite_ui(ui, *purpose, path),
                Modal::Changed(path) => changed_ui(ui, path),
                Modal::Keys => keys_ui(ui),
                Modal::Parts {
                    cell,
                    rows,
                    complaint,
                    fresh,
                } => session.map_or(Some(Reply::Cancel), |session| {
                    parts_ui(ui, session, *cell, rows, complaint, fresh)
                }),
                Modal::Paste(found) => {
                    session.map_or(Some(Reply::Cancel), |session| paste_ui(ui, found, session))
                }
            }
        });
    let escaped = ctx.input(|input| input.key_pressed(Key::Escape));
    response.inner.or(escaped.then_some(Reply::Cancel))
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(theme::bold(theme::HEADING_SIZE)));
    ui.add_space(6.0);
}

/// A button that the eye finds first.
pub fn main_button(ui: &mut Ui, text: &str) -> egui::Response {
    ui.add(egui::Button::new(RichText::new(text).color(theme::PAPER)).fill(theme::ACCENT))
}

fn field(ui: &mut Ui, label: &str, text: &mut String, width: f32) -> egui::Response {
    let label = ui.label(label);
    ui.add(
        TextEdit::singleline(text)
            .desired_width(width)
            .margin(egui::Margin::symmetric(8, 5)),
    )
    .labelled_by(label.id)
}

fn complaint_ui(ui: &mut Ui, complaint: Option<&str>) {
    if let Some(complaint) = complaint {
        ui.colored_label(theme::ERROR, complaint);
    }
}

fn new_report_ui(ui: &mut Ui, new: &mut NewReport) -> Option<Reply> {
    heading(ui, "新建年报");
    let organ = field(ui, "单位名称（全称）", &mut new.organ, f32::INFINITY);
    if std::mem::take(&mut new.fresh) {
        organ.request_focus();
    }
    ui.add_space(4.0);
    let year = field(ui, "报告年度", &mut new.year, 90.0);
    if year.gained_focus() {
        // Typing replaces the year that was proposed.
        select_all(ui, year.id, &new.year);
    }
    if organ.changed() || year.changed() {
        new.complaint = None;
    }
    let form = year_of(&new.year).and_then(form::by_year);
    match &form {
        Some(form) => {
            ui.label(
                RichText::new(format!("适用{}（{}）", form.name, form.doc_no)).color(theme::WEAK),
            );
            additions_ui(ui, form, &mut new.additions);
        }
        None => {
            let first = form::official().first().map_or(0, |form| form.years.from);
            ui.colored_label(theme::ERROR, format!("请填四位数的年度，{first} 年起"));
        }
    }
    complaint_ui(ui, new.complaint.as_deref());
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        if main_button(ui, "新建").clicked() || enter {
            match (new.organ.trim(), &form) {
                ("", _) => {
                    new.complaint = Some("请填写单位名称，它会印在标题里".to_owned());
                    organ.request_focus();
                }
                (organ, Some(form)) => {
                    let mut history = History::new(Report::new(
                        form.clone(),
                        organ,
                        year_of(&new.year).unwrap_or_default(),
                    ));
                    for &addition in &new.additions {
                        history.apply(Edit::addition(history.report(), addition, true));
                    }
                    reply = Some(Reply::Create {
                        report: history.report().clone(),
                    });
                }
                (_, None) => year.request_focus(),
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

/// Marks the whole text of a field.
fn select_all(ui: &Ui, id: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut field = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    field
        .cursor
        .set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
    field.store(ui.ctx(), id);
}

fn year_of(text: &str) -> Option<i32> {
    let half: String = text
        .trim()
        .chars()
        .map(|c| {
            if ('０'..='９').contains(&c) {
                char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
            } else {
                c
            }
        })
        .collect();
    half.trim_end_matches('年')
        .parse()
        .ok()
        .filter(|year| (1000..=9999).contains(year))
}

fn additions_ui(ui: &mut Ui, form: &Arc<Form>, chosen: &mut BTreeSet<AdditionIx>) {
    for (ix, addition) in (0..).map(AdditionIx).zip(&form.additions) {
        let mut on = chosen.contains(&ix);
        if ui
            .checkbox(&mut on, &addition.name)
            .on_hover_text(&addition.source)
            .changed()
        {
            if on {
                chosen.insert(ix)
            } else {
                chosen.remove(&ix)
            };
        }
    }
}

fn unsaved_ui(ui: &mut Ui, intent: &Intent) -> Option<Reply> {
    heading(ui, "有改动还没有保存");
    ui.label("要先把这份年报保存到文件吗？不保存的话，上次保存之后的改动会丢失。");
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "先保存").clicked() {
            reply = Some(Reply::SaveFirst(intent.clone()));
        }
        if ui.button("不保存").clicked() {
            reply = Some(Reply::Discard(intent.clone()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

fn path_ui(
    ui: &mut Ui,
    purpose: Purpose,
    text: &mut String,
    complaint: &mut Option<String>,
    fresh: &mut bool,
) -> Option<Reply> {
    heading(ui, purpose.title());
    ui.label(
        RichText::new("这台电脑没有可用的文件对话框，请直接输入完整的路径。").color(theme::WEAK),
    );
    let response = field(ui, "文件路径", text, f32::INFINITY);
    if std::mem::take(fresh) {
        response.request_focus();
    }
    complaint_ui(ui, complaint.as_deref());
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        if main_button(ui, "确定").clicked() || enter {
            let path = purpose.with_ending(PathBuf::from(text.trim()));
            if text.trim().is_empty() || path.is_dir() {
                *complaint = Some("请写到文件名为止".to_owned());
            } else {
                reply = Some(Reply::Path(purpose, path));
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

fn overwrite_ui(ui: &mut Ui, purpose: Purpose, path: &Path) -> Option<Reply> {
    heading(ui, "这个文件已经有了");
    ui.label(format!("{}\n要用现在的内容替换它吗？", path.display()));
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "替换").clicked() {
            reply = Some(Reply::Overwrite(purpose, path.to_owned()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

fn changed_ui(ui: &mut Ui, path: &Path) -> Option<Reply> {
    heading(ui, "这个文件在别处被改过");
    ui.label(format!(
        "{}\n打开以后，别的程序或别的人保存过它。另存为可以两份都留着；用这里的内容替换时，文件现在的样子会留作备份（.bak）。",
        path.display()
    ));
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "另存为……").clicked() {
            reply = Some(Reply::SaveElsewhere);
        }
        if ui.button("用这里的内容替换").clicked() {
            reply = Some(Reply::SaveMine(path.to_owned()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

fn parts_ui(
    ui: &mut Ui,
    session: &Session,
    cell: CellIx,
    rows: &mut Vec<(String, String)>,
    complaint: &mut Option<String>,
    fresh: &mut bool,
) -> Option<Reply> {
    let (report, spec) = (session.report(), session.form().cell(cell));
    heading(ui, "分项填写");
    ui.label(form::with_year(
        &session.form().full_name(cell),
        report.year(),
    ));
    ui.label(
        RichText::new("写明每一项是谁的、有多少；这一格填它们的和，分项留在草稿里，不印出来。")
            .size(13.0)
            .color(theme::WEAK),
    );
    let read = |text: &str| value::parse(text, spec.kind, spec.unit.as_deref());
    egui::ScrollArea::vertical()
        .max_height(300.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (nth, (name, number)) in rows.iter_mut().enumerate() {
                ui.horizontal(|ui| {
                    for (what, text, width) in [("名称", name, 240.0), ("数", number, 110.0)] {
                        let field = TextEdit::singleline(text)
                            .desired_width(width)
                            .hint_text(what)
                            .margin(egui::Margin::symmetric(8, 4));
                        let response = ui.add(field);
                        let label = format!("第 {} 项{what}", nth + 1);
                        ui.ctx()
                            .accesskit_node_builder(response.id, |node| node.set_label(label));
                        if nth == 0 && what == "名称" && std::mem::take(fresh) {
                            response.request_focus();
                        }
                    }
                });
            }
        });
    // There is always room for one more.
    if rows
        .last()
        .is_none_or(|(name, number)| !name.is_empty() || !number.is_empty())
    {
        rows.push(Default::default());
    }
    let filled = rows.iter().filter(|(_, number)| !number.trim().is_empty());
    let parts: Result<Vec<Addend>, _> = filled
        .map(|(name, number)| {
            Ok(Addend {
                name: name.trim().to_owned(),
                value: read(number)?,
            })
        })
        .collect::<Result<_, value::InputError>>();
    let sum = parts.as_ref().ok().and_then(|parts| total(parts));
    ui.label(match sum {
        Some(sum) => format!("合计 {sum}"),
        None => "合计 ——".to_owned(),
    });
    complaint_ui(ui, complaint.as_deref());
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "确定").clicked() || ui.input(|input| input.key_pressed(Key::Enter)) {
            match (&parts, sum) {
                (Ok(parts), Some(_)) => reply = Some(Reply::Parts(cell, parts.clone())),
                (Err(reason), _) => *complaint = Some(reason.to_string()),
                (Ok(_), None) => *complaint = Some("还没有填数，或者合起来太大".to_owned()),
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

/// All keys: those of the commands, then those of the tables.
fn keys_ui(ui: &mut Ui) -> Option<Reply> {
    const TABLE: [(&str, &str); 14] = [
        ("方向键", "移动；Ctrl+方向键移到头"),
        ("Tab / Shift+Tab", "下一格、上一格，跳过自动计算的格"),
        (
            "回车 / Shift+回车",
            "向下、向上；连按 Tab 之后回车，回到起头那格的下一行",
        ),
        ("直接输入", "替换原来的数；=3+4 得 7"),
        ("F2 或双击", "在原来的数上修改；Esc 放弃"),
        ("Delete", "清除选中的格"),
        ("Shift+方向键、拖动", "选中一片；点行名或列名选中整行整列"),
        ("Ctrl+A", "选中整张表"),
        ("Ctrl+C / X / V", "复制、剪切、粘贴；可以粘贴整张官方表格"),
        ("Ctrl+D / Ctrl+R", "向下填充、向右填充"),
        ("Home / End", "行首、行尾；Ctrl+Home、Ctrl+End 到表首、表尾"),
        ("PgUp / PgDn", "上下翻十行"),
        ("Ctrl+滚轮", "放大、缩小"),
        ("Alt+F4", "关闭窗口；没有保存会先问"),
    ];
    heading(ui, "按键一览");
    egui::ScrollArea::vertical()
        .max_height(480.0)
        .show(ui, |ui| {
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
    main_button(ui, "知道了").clicked().then_some(Reply::Cancel)
}

/// What a pasted table would change, and what of it has no place.
fn paste_ui(ui: &mut Ui, found: &Recognised, session: &Session) -> Option<Reply> {
    let (report, form) = (session.report(), session.form());
    let name = |cell| form::with_year(&form.full_name(cell), report.year());
    let (totals, inputs): (Vec<_>, Vec<_>) = found
        .placed
        .iter()
        .copied()
        .partition(|&(cell, _)| form.cell(cell).computed);
    let filled: Vec<_> = inputs
        .into_iter()
        .filter(|(_, value)| !value.is_blank())
        .collect();
    let changed: Vec<_> = filled
        .iter()
        .filter(|&&(cell, value)| report.value(cell) != value)
        .collect();
    heading(ui, "粘贴官方表格");
    let counts = (0..form.tables.len()).filter_map(|table| {
        let n = filled
            .iter()
            .filter(|&&(cell, _)| form.cell(cell).table == table)
            .count();
        (n > 0).then(|| format!("{} {n} 格", form.tables[table].name))
    });
    let counts: Vec<String> = counts.collect();
    ui.label(format!(
        "按表中的行名认出了：{}。其中 {} 格与现在不同。",
        counts.join("、"),
        changed.len()
    ));
    let small = |text: String| RichText::new(text).size(13.0);
    // What needs a look comes first.
    let refused = found.refused.iter().map(|(cell, text, reason)| {
        small(format!("没有采用 {}：{text}（{reason}）", name(*cell))).color(theme::ERROR)
    });
    let missing = found
        .missing
        .iter()
        .map(|label| small(format!("没有找到这一行：{label}")).color(theme::QUERY));
    let problems: Vec<RichText> = refused.chain(missing).collect();
    if !problems.is_empty() {
        egui::ScrollArea::vertical()
            .id_salt("problems")
            .max_height(120.0)
            .show(ui, |ui| {
                for problem in problems {
                    ui.add(egui::Label::new(problem).wrap());
                }
            });
        ui.separator();
    }
    changes_ui(ui, report, &changed);
    if !totals.is_empty() {
        ui.label(
            RichText::new("总计由程序计算，粘贴的总计只用来核对。")
                .size(theme::SMALL_SIZE)
                .color(theme::WEAK),
        );
    }
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "粘贴").clicked() || ui.input(|input| input.key_pressed(Key::Enter)) {
            reply = Some(Reply::Place(
                found
                    .placed
                    .iter()
                    .copied()
                    .filter(|(_, value)| !value.is_blank())
                    .collect(),
            ));
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

/// Cells with what they hold now and what they would hold.
fn changes_ui(ui: &mut Ui, report: &Report, changed: &[&(CellIx, Value)]) {
    const ROW: f32 = 20.0;
    let cell_ui = |ui: &mut Ui, text: &str| {
        ui.add(egui::Label::new(RichText::new(text).size(13.0)).truncate());
    };
    TableBuilder::new(ui)
        .striped(true)
        .max_scroll_height(240.0)
        .column(Column::exact(300.0).clip(true))
        .column(Column::exact(64.0))
        .column(Column::remainder())
        .header(ROW, |mut header| {
            for title in ["单元格", "现在", "粘贴后"] {
                header.col(|ui| {
                    ui.label(RichText::new(title).font(theme::bold(13.0)));
                });
            }
        })
        .body(|body| {
            body.rows(ROW, changed.len(), |mut row| {
                let &(cell, value) = changed[row.index()];
                let name = form::with_year(&report.form().full_name(cell), report.year());
                let now = report.value(cell);
                let now = if now.is_blank() {
                    "空白".to_owned()
                } else {
                    now.to_string()
                };
                row.col(|ui| cell_ui(ui, &name));
                row.col(|ui| cell_ui(ui, &now));
                row.col(|ui| cell_ui(ui, &value.to_string()));
            });
        });
}

/// Says that the system's dialog is open; `true` if the clerk would rather type a path.
pub fn waiting_ui(ctx: &Context) -> bool {
    let mut give_up = false;
    egui::Area::new(Id::unique("waiting"))
        .anchor(egui::Align2::CENTER_BOTTOM, [0.0, -60.0])
        .show(ctx, |ui| {
            egui::Frame::popup(ui.style()).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.label("正在等待文件对话框……没有看到它？");
                    give_up = ui.button("改为输入路径").clicked();
                });
            });
        });
    give_up
}
