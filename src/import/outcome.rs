//! What an import comes to: the report, and all that must be said of how it was read, in words that are the same in the
//! window, on the command line and in other files.

use super::limits::MAX_CELLS;
use super::raw_table::RawTable;
use crate::form::{self, CellIx, Form, with_year};
use crate::prose::squeezed;
use crate::report::{self, Report};
use crate::value::{self, InputError, Value};
use std::collections::BTreeMap;
use std::fmt;

/// A report and what did not find its place in it.
#[derive(Debug)]
pub struct Imported {
    /// What was read.
    pub report: Report,
    /// What was not, by id.
    pub not_placed: Vec<NotPlaced>,
    /// Parts of the source that a report has no place for and that are no figures, such as its origin.
    pub ignored: Vec<String>,
    /// What the clerk should know of how it was read.
    pub remarks: Vec<Remark>,
    /// What the source says in each cell that was found in it, word for word; nothing for sources that say no more than
    /// the number.
    pub words: BTreeMap<CellIx, String>,
    /// What of the source was not used.
    pub left_over: Vec<LeftOver>,
    /// For each part of the form, by its place, the heading as the source has it.
    pub headings: BTreeMap<usize, String>,
    /// The tables of the source as they are laid out.
    pub tables: Vec<RawTable>,
    /// The reports of the source, where it holds several.
    pub reports: Vec<ReportInFile>,
    /// Which of them was read.
    pub chosen: usize,
    /// The official tables that the source holds several of.
    pub several_tables: Vec<TablesInFile>,
    /// What the clerk had said of the file.
    pub wanted: Wanted,
    /// Whether nothing names the year: that of the report is none, and must be asked for.
    pub lacks_year: bool,
}

/// What the clerk says of a file before it is read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The report's year, where the file does not say it.
    pub year: Option<i32>,
    /// Which of several reports, from 0.
    pub report: Option<usize>,
    /// Which of several equal tables, from 0, by the table's place in the form.
    pub tables: BTreeMap<usize, usize>,
}

/// One of several reports in a file. Its `Display` is what its title says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportInFile {
    /// Empty where its title does not say.
    pub organ: String,
    /// None where its title does not say.
    pub year: Option<i32>,
}

/// An official table that stands in a source several times, with different numbers. Its `Display` says which was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablesInFile {
    /// Its place in the form.
    pub table: usize,
    /// Its name in the form.
    pub name: String,
    /// For each what it is known by.
    pub all: Vec<String>,
    /// Which of them was read, from 0.
    pub chosen: usize,
    /// Why this one.
    pub why: WhyTable,
}

impl fmt::Display for TablesInFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            all,
            chosen,
            why,
            ..
        } = self;
        let (count, nth) = (all.len(), chosen + 1);
        write!(
            f,
            "文件里有 {count} 张{name}，数不一样，读的是第 {nth} 张（{why}），请核对是不是这一年度、这个单位的"
        )
    }
}

/// Why one of several tables was read. Its `Display` is said in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhyTable {
    /// The clerk has said so.
    #[error("按您选的")]
    Asked,
    /// The words above it name the report's year, and those above another do not.
    #[error("表前写着这一年度")]
    NamesYear,
    /// The words above another name another year.
    #[error("别的表前写着别的年度")]
    OthersNameOtherYears,
    /// It comes first.
    #[error("排在最前面")]
    First,
}

impl fmt::Display for ReportInFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year.map(|year| format!("{year} 年度"));
        write!(f, "{}{}", self.organ, year.unwrap_or_default())
    }
}

impl Imported {
    /// A report of which everything was read.
    pub fn whole(report: Report) -> Self {
        Self {
            report,
            not_placed: Vec::new(),
            ignored: Vec::new(),
            remarks: Vec::new(),
            words: BTreeMap::new(),
            left_over: Vec::new(),
            headings: BTreeMap::new(),
            tables: Vec::new(),
            reports: Vec::new(),
            chosen: 0,
            several_tables: Vec::new(),
            wanted: Wanted::default(),
            lacks_year: false,
        }
    }

    /// All that the clerk must hear of how it was read, in the order in which it is said.
    pub fn notes(&self) -> Vec<Note> {
        let ignored = (!self.ignored.is_empty()).then(|| Note::Ignored(self.ignored.clone()));
        let remarks = self.remarks.iter().cloned().map(Note::Remark);
        let lost = self.lost_rows().into_iter().map(Note::Lost);
        let left_over = self.left_over.iter().cloned().map(Note::LeftOver);
        let notes = ignored.into_iter().chain(remarks);
        notes.chain(lost).chain(left_over).collect()
    }

    /// The same as lines.
    pub fn lines(&self) -> Vec<String> {
        self.notes().iter().map(ToString::to_string).collect()
    }

    /// What was not placed, for a person: what is not understood cell by cell, what is not there or belongs to another
    /// form row by row.
    pub fn lost_rows(&self) -> Vec<LostRow> {
        let form = self.report.form();
        let row = |lost: &NotPlaced| {
            let (of, cell) = place(form, &lost.id)?;
            let whole = lost.content.is_empty() || of.id != form.id;
            whole.then(|| (&of.id, of.cell(cell).table, &of.cell(cell).row_id))
        };
        let same_row = |a: &NotPlaced, b: &NotPlaced| row(a).is_some() && row(a) == row(b);
        let rows = self.not_placed.chunk_by(same_row);
        rows.map(|row| self.lost_row(row)).collect()
    }

    fn lost_row(&self, row: &[NotPlaced]) -> LostRow {
        let form = self.report.form();
        let first = &row[0];
        let cells: Vec<CellIx> = row.iter().filter_map(|lost| form.find(&lost.id)).collect();
        let what = match (place(form, &first.id), cells.first()) {
            (Some((_, cell)), Some(_)) if first.content.is_empty() => {
                let spec = form.cell(cell);
                format!("{} · {}", form.tables[spec.table].name, spec.row_name)
            }
            (Some((_, cell)), Some(_)) => {
                let name = form.full_name(cell);
                format!("{name}：原件写“{}”，{}", first.content, first.why)
            }
            (Some((other, cell)), None) => {
                let numbers: Vec<&str> = row.iter().map(|lost| &*lost.content).collect();
                let name = &other.cell(cell).row_name;
                format!("原件的“{name}”（{}）：{}", numbers.join("、"), first.why)
            }
            (None, _) => format!("原件的“{}”写“{}”：{}", first.id, first.content, first.why),
        };
        LostRow {
            what: with_year(&what, self.report.year()),
            is_absent: first.content.is_empty(),
            cells,
        }
    }
}

/// The form that has a cell of this id, this one before the others.
fn place<'a>(form: &'a Form, id: &str) -> Option<(&'a Form, CellIx)> {
    let others = form::official().iter().map(|form| &**form);
    let mut known = std::iter::once(form).chain(others);
    known.find_map(|form| form.find(id).map(|cell| (form, cell)))
}

/// One thing that the clerk must hear. Its `Display` is a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// What a report has no place for.
    Ignored(Vec<String>),
    /// What should be known of how it was read.
    Remark(Remark),
    /// What was not found, or has no place.
    Lost(LostRow),
    /// What was not used.
    LeftOver(LeftOver),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ignored(parts) => {
                write!(f, "以下内容不属于年报，没有导入：{}", parts.join("、"))
            }
            Self::Remark(remark) => remark.fmt(f),
            Self::Lost(lost) => lost.fmt(f),
            Self::LeftOver(left_over) => left_over.fmt(f),
        }
    }
}

/// What the clerk should know of how a source was read. Its `Display` is a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    /// A sheet of this name is not shown in its program.
    #[error("工作表“{0}”是隐藏的，没有读取")]
    HiddenSheet(String),
    /// A sheet of this name is no official table.
    #[error("工作表“{0}”超过了 {MAX_CELLS} 格，不像年报的表格，没有读取")]
    SheetTooLarge(String),
    /// The end of the PDF is missing.
    #[error("这个 PDF 没有下载完整，后面的内容可能缺了；请重新取得它再导入")]
    HalfPdf,
    /// Glyphs of the PDF do not say which characters they are.
    #[error("PDF 里有些字没有编码，读不出来；请与原件核对")]
    UnencodedGlyphs,
    /// Notes on the pages of an OFD, or drawings put together elsewhere in it, may hold words.
    #[error("这个 OFD 文件里有批注或组合图形，其中的文字没有读到；请看原件核对")]
    UnreadInOfd,
    /// An OFD that holds further documents.
    #[error("这个 OFD 文件里有 {0} 个文档，只读了第一个")]
    FirstOfSeveral(usize),
    /// A paragraph with something in it that a person sees and the program cannot read, by how it begins.
    #[error("“{0}”这一段里有没有读到的内容（□ 处：图片、控件或特殊符号），请看原件核对")]
    UnreadInText(String),
    /// A box of text that lies over the page, by how it begins.
    #[error("文件里有文本框，没有读入：“{0}”，请看原件核对")]
    TextBox(String),
    /// A line that stands on several pages at their edge.
    #[error("各页的页眉或页脚“{0}”没有读入")]
    RunningLine(String),
    /// A note at a page's foot, by how it begins.
    #[error("页下的注“{0}”没有读入，请看原件核对")]
    Footnote(String),
    /// A file inside of the file, which cannot be read.
    #[error("文件里嵌着另一个文件（altChunk），没有读到，请看原件核对")]
    UnreadChunk,
    /// There is no title with a year; it is named elsewhere.
    #[error("没有找到写明年度的标题，年度按{}写作 {year}，请核对", joined(.by, "、"))]
    YearGuessed {
        /// The year that was taken.
        year: i32,
        /// Where it is named.
        by: Vec<Witness>,
    },
    /// Different places name different years.
    #[error("年度按{}写作 {year}，而{}，请看原件核对", joined(.by, "、"), years_elsewhere(.others))]
    YearsDisagree {
        /// The year that was taken.
        year: i32,
        /// Where it is named.
        by: Vec<Witness>,
        /// Where which other years are named.
        others: Vec<(Witness, i32)>,
    },
    /// Nothing names the year.
    #[error("没有在文件里找到年度，请填写这是哪一年度的年报")]
    NoYear,
    /// Nothing names the organ.
    #[error("没有找到单位名称，请自己填写")]
    NoOrgan,
    /// The organ is named elsewhere than in the title.
    #[error("标题里没有单位名称，按{by}的“{organ}”填写，请核对")]
    OrganGuessed {
        /// The name that was taken.
        organ: String,
        /// Where it stands.
        by: Witness,
    },
    /// Different places name different organs.
    #[error("单位名称按{by}写作“{organ}”，而{other_by}是“{other}”，请看原件核对")]
    OrgansDisagree {
        /// The name that was taken.
        organ: String,
        /// Where it stands.
        by: Witness,
        /// Another name.
        other: String,
        /// Where that stands.
        other_by: Witness,
    },
    /// The file holds several reports.
    #[error("文件里有 {} 份年报（{}），读的是第 {} 份", .all.len(), joined(.all, "；"), .chosen + 1)]
    SeveralReports {
        /// What their titles say.
        all: Vec<ReportInFile>,
        /// Which of them was read, from 0.
        chosen: usize,
    },
    /// None of the official tables was found.
    #[error("没有认出任何一张表格（可能是图片），所有的格都没有读到，请对照原件填写")]
    NoTables,
    /// There was no official form in this year.
    #[error("这是 {0} 年度的年报，2019 年以前没有统一格式，没有读到的请对照原件填写")]
    BeforeAllForms(i32),
    /// The heads of this table's columns do not stand over the numbers that they belong to.
    #[error("{0}的列标题与数字错开了，按各列的次序读入（这样合计才对得上），请看原件核对")]
    HeadsAstray(String),
    /// The numbers of this table cannot be told apart by its heads.
    #[error("{0}的列标题与数字对不上，不知道哪个数在哪一列，有关的行没有读入，请看原件填写")]
    DoubtfulTable(String),
    /// Nothing but where words stand says what the cells of this table are; heads and totals bear it out.
    #[error("{0}没有画框线，各格按文字的位置读入，请看原件核对")]
    NoLines(String),
    /// The same, where heads and totals do not bear out all.
    #[error("{0}没有画框线，有些格的列标题不全或者合计对不上，没有读入，请看原件填写")]
    NoLinesNoWitness(String),
    /// The source has a table of the form more than once.
    #[error("{0}")]
    SeveralTables(TablesInFile),
    /// A cell with more than a number in it.
    #[error("{name}：原文是“{words}”，读作 {value}")]
    ReadAs {
        /// The cell in the form's words.
        name: String,
        /// What stands in it.
        words: String,
        /// The number that was taken.
        value: Value,
    },
    /// A row that only another form has.
    #[error(
        "这个文件把两种格式混用了：表格是{form}，而“{row}”这一行属于{other}，请看原件后自己填写"
    )]
    MixedForms {
        /// The name of the report's form.
        form: String,
        /// The name of the other one.
        other: String,
        /// The row's label.
        row: String,
    },
    /// A heading in other words than the form's.
    #[error("原件的标题“{said}”当作“{heading}”，请核对这一部分")]
    HeadingInOtherWords {
        /// As the source has it.
        said: String,
        /// The form's own.
        heading: String,
    },
    /// A part that the form has not, by its heading.
    #[error("原件还有“{0}”，统一格式没有这一部分，文字放在最后一部分里，请看要不要保留")]
    FurtherPart(String),
    /// The first part, which the source begins without its heading.
    #[error("没有找到“{heading}”这个标题，“{from}”起放在这一部分，请核对")]
    PartWithoutHeading {
        /// How it begins.
        from: String,
        /// The heading that is missing.
        heading: String,
    },
    /// Parts of the form, by their headings, without any text.
    #[error("这些部分没有读到文字：{}", .0.join("；"))]
    NoText(Vec<String>),
    /// The tables are those of a form that is not the year's.
    #[error("{year} 年度的年报应使用别的格式，而这个文件里的表格是{form}")]
    FormOfOtherYears {
        /// The report's year.
        year: i32,
        /// The name of the form.
        form: String,
    },
}

impl Remark {
    /// What is said of words in a box that was not read; nothing of an empty one.
    pub(super) fn box_of(words: &str) -> Option<Self> {
        const BEGINNING: usize = 40;
        let words = squeezed(words);
        let beginning: String = words.chars().take(BEGINNING).collect();
        (!beginning.is_empty()).then_some(Self::TextBox(beginning))
    }

    /// Whether it says how sure the year is.
    pub(super) fn is_about_year(&self) -> bool {
        matches!(
            self,
            Self::YearGuessed { .. } | Self::YearsDisagree { .. } | Self::NoYear
        )
    }
}

/// A place that names the year or the organ. Its `Display` is what the clerk would call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Witness {
    /// The title above the report.
    #[error("标题")]
    Title,
    /// Another line like a title.
    #[error("另一行标题")]
    OtherTitle,
    /// The line above the title.
    #[error("标题上面一行")]
    AboveTitle,
    /// A fact beside its name.
    #[error("“单位名称”“报告年度”一栏")]
    Stated,
    /// The line below the title.
    #[error("标题下")]
    BelowTitle,
    /// What the file says about itself.
    #[error("网页或文件自带的标题")]
    PageTitle,
    /// A list of facts beside the report.
    #[error("“名称”一栏")]
    Fact,
    /// The sentences above the first part.
    #[error("引言")]
    Preamble,
    /// The days from and to which the numbers count.
    #[error("数据统计期限")]
    Period,
    /// Who signed it, and when.
    #[error("落款")]
    Signature,
    /// What the text names most often.
    #[error("正文里最常出现的年份")]
    Body,
}

/// Where which other years are named.
fn years_elsewhere(others: &[(Witness, i32)]) -> String {
    let said = others
        .iter()
        .map(|(place, year)| format!("{place}写的是 {year}"));
    said.collect::<Vec<_>>().join("，")
}

/// Lines as one, with a sign between.
pub(super) fn joined(lines: &[impl fmt::Display], between: &str) -> String {
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    lines.join(between)
}

/// A cell of the source that the report does not hold, or one of the report that the source does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPlaced {
    /// The cell's id as the source gives it.
    pub id: String,
    /// What stood in it; nothing where the source has no such cell.
    pub content: String,
    /// Why it has no place.
    pub why: WhyNot,
}

/// Why a cell of the source has no place in the report. Its `Display` is a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhyNot {
    /// The source does not have the cell of this name.
    #[error("没有在文件里找到“{0}”这一格")]
    Absent(String),
    /// Something stands in it that a person sees and the program cannot read.
    #[error(
        "这一格里有读不到的内容（□ 处：图片、控件、没有结果的公式、特殊符号，或划掉、看不见的数），没有读到，请看原件后自己填写"
    )]
    Unread,
    /// It is no number for this cell.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The source counts in another unit, and what that comes to is not known for sure.
    #[error("原件写的单位是{said}，这一格按{wanted}填，没有读入，请看原件换算后填写")]
    OtherUnit {
        /// The units that the source names.
        said: String,
        /// The form's.
        wanted: String,
    },
    /// What stands over the number is not the form's head of its column.
    #[error("原件这一列的标题写的是“{said}”，不是“{wanted}”，没有读入，请看原件后自己填写")]
    OtherHead {
        /// As labels are compared.
        said: String,
        /// The form's.
        wanted: String,
    },
    /// Only another form has this cell.
    #[error("{form}没有这一格，它属于{other}")]
    OtherForm {
        /// The name of the report's form.
        form: String,
        /// The name of the other one.
        other: String,
    },
    /// The form of this name has no such cell.
    #[error("{0}没有这一格")]
    NoSuchCell(String),
    /// The form of this name has no such local addition.
    #[error("{0}没有这个附加行")]
    NoSuchAddition(String),
    /// The form of this name has no such text.
    #[error("{0}没有这一部分正文")]
    NoSuchText(String),
    /// A number or a list stands for a text.
    #[error("正文应是文字")]
    NotText,
    /// A stated total for a cell that is filled in.
    #[error("这一格不是总计，没有“原填值”")]
    NotATotal,
    /// Neither a number nor a text.
    #[error("这里应是一个数字")]
    NoNumber,
    /// Something besides the number.
    #[error("除了数字还有别的内容，请看原件后自己填写")]
    MoreThanANumber,
    /// A fraction in a cell of counts.
    #[error("这一格应是整数")]
    NotWhole,
    /// Beyond what a cell holds.
    #[error("数字太大或小数位太多（最多 12 位整数、{} 位小数）", value::MAX_SCALE)]
    TooLarge,
    /// A reason (原因) that says nothing.
    #[error("原因太短，至少要 {} 个字", report::Reason::LEAST)]
    ReasonTooShort,
}

/// Something of the form that was not found in the source, or of the source that has no place in the form. Its `Display`
/// is a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostRow {
    /// What it is and what is wrong with it, in the form's words.
    pub what: String,
    /// The report's cells that it is about.
    pub cells: Vec<CellIx>,
    /// Whether the source has nothing there.
    is_absent: bool,
}

impl fmt::Display for LostRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lead = if self.is_absent {
            "没有找到："
        } else {
            ""
        };
        write!(f, "{lead}{}", self.what)?;
        match self.cells.len() {
            0 | 1 => Ok(()),
            n => write!(f, "（{n} 格）"),
        }
    }
}

/// What of a source was not used, by how it begins. Its `Display` is a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeftOver {
    /// A row of numbers.
    #[error("没有用到的一行：{0}")]
    Row(String),
    /// A whole table.
    #[error("没有用到的表格（{rows} 行数）：{first}")]
    Table {
        /// Rows with numbers in them.
        rows: usize,
        /// The first of them.
        first: String,
    },
    /// A line of text.
    #[error("没有用到的文字：{0}")]
    Text(String),
    /// A second report, from its title on.
    #[error("没有用到的文字（另一份年报起）：{0}")]
    NextReport(String),
    /// The foot of a web page, from here on.
    #[error("没有用到的文字（页脚起）：{0}")]
    Footer(String),
}
