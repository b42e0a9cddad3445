//! What was asked for on the command line.

use crate::export::{Format, chart};
use lexopt::prelude::*;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

const HELP: &str = "\
年报填报：填写、审核、输出政府信息公开工作年度报告

用法
  nianbao [文件]                                   打开窗口（并打开草稿，或导入别的文件）
  nianbao check 草稿或文件夹… [--json]             审核；文件夹连同子文件夹里的草稿（.ron）都审核；
                                                   --json 每份草稿输出一行
  nianbao export 草稿 --to docx|pdf|ofd|html|xlsx|json [-o 文件] [--no-mark]
                                                   导出；不写 -o 则输出到标准输出；
                                                   还有必改的每页注明“草稿”，--no-mark 则不注明
  nianbao export 草稿或文件夹… --to all|docx,pdf,… -o 文件夹 [--replace] [--no-mark]
                                                   一次导出多份、多种格式（all：docx、pdf、ofd、
                                                   html、xlsx），文件名用年报的标题；已经有的文件
                                                   不替换，加 --replace 才替换
  nianbao handin 草稿 -o 文件夹 [--anyway]         交件：先审核，缺什么就说什么、不做；不缺就写出 Word、
                                                   PDF、OFD、网页、Excel、草稿、审核情况表和清单，
                                                   逐个读回来核对；--anyway 缺着也做
  nianbao verify 导出的文件 草稿                   核对导出的文件与草稿是否逐格逐段一致
  nianbao diff 草稿甲 草稿乙 [--json]              两份草稿逐格逐段比较
  nianbao trend 文件… --to svg|png -o 文件夹 [--replace]
                                                   几年的年报画成历年趋势图，只有一年的画成这一年的
                                                   图；草稿、导出的文件或能导入的文件都可以；已经有
                                                   的文件不替换，加 --replace 才替换
  nianbao import 文件 [-o 草稿.ron] [--to json] [--year 年度]
                                                   读入 Word、网页、Excel、PDF、OFD、文本或 JSON；
                                                   不写 -o 则输出到屏幕；文件里没有年度就用
                                                   --year 写明
  nianbao next 上年的年报 [-o 草稿.ron]             结转新年度：由上年的草稿或 Word、网页、Excel、PDF
                                                   等开始下一年度的草稿，带上上年数

窗口选项
  --renderer cpu|gl   由程序自己（cpu）还是由显卡（gl）画窗口；不写则自动选择
  --data-dir 文件夹   程序自己的设置放在这里（例如 U 盘），不放在用户目录

其他
  --install-desktop   加进当前用户的应用菜单，双击草稿用它打开（Windows 上只绑定双击）；不需要管理员权限
  --remove-desktop    撤回上一条
  -h, --help          显示这段说明
  -V, --version       显示版本

退出状态
  0  正常
  1  有必须改正的问题、不一致的地方、交件还缺的，或有没能导入的单元格
  2  文件读不出、写不进，或命令写错
";

/// What to do.
#[derive(Debug)]
pub enum Request {
    /// Open the window.
    Window(WindowOptions),
    /// Do something and end.
    Command(Command),
}

/// How to open the window.
#[derive(Debug, Default)]
pub struct WindowOptions {
    /// The draft to open in it.
    pub file: Option<PathBuf>,
    /// Where the program keeps its own files; the user's folder if none.
    pub data_dir: Option<PathBuf>,
    /// What paints it; chosen by the program if none.
    pub renderer: Option<Renderer>,
    /// Run for so many seconds, then print what the window cost as one line of JSON and end; for measuring.
    pub measure: Option<f64>,
}

/// What paints the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Renderer {
    /// The graphics card, through OpenGL.
    Gl,
    /// This program itself.
    Cpu,
}

impl Renderer {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gl => "gl",
            Self::Cpu => "cpu",
        }
    }
}

/// Something to do without a window.
#[derive(Debug)]
pub enum Command {
    /// Print this.
    Say(String),
    /// The command line makes no sense; print this to standard error.
    Misused(String),
    /// Put the program into this user's desktop.
    InstallDesktop,
    /// Take it out again.
    RemoveDesktop,
    /// Check drafts, and the drafts in folders.
    Check {
        /// The drafts and folders.
        files: Vec<PathBuf>,
        /// Whether each draft is one line of JSON.
        json: bool,
    },
    /// Export a draft.
    Export {
        /// The draft.
        file: PathBuf,
        /// What it becomes.
        format: Format,
        /// Whether a report that must still be corrected says so on each page.
        mark: bool,
        /// The file to write; standard output if none.
        to: Option<PathBuf>,
    },
    /// Export drafts, and the drafts in folders, each to several formats.
    ExportAll {
        /// The drafts and folders.
        files: Vec<PathBuf>,
        /// What each becomes.
        formats: Vec<Format>,
        /// Whether a report that must still be corrected says so on each page.
        mark: bool,
        /// Whether files that are there already are replaced.
        replace: bool,
        /// The folder to write into.
        to: PathBuf,
    },
    /// Make the folder that is handed in.
    Handin {
        /// The draft.
        draft: PathBuf,
        /// Whether it is made though something is missing.
        anyway: bool,
        /// The folder.
        to: PathBuf,
    },
    /// Hold an exported file against its draft.
    Verify {
        /// The exported file.
        export: PathBuf,
        /// The draft.
        draft: PathBuf,
    },
    /// Compare two drafts.
    Diff {
        /// The first.
        a: PathBuf,
        /// The second.
        b: PathBuf,
        /// Whether the differences are JSON.
        json: bool,
    },
    /// Draw charts over the years into a folder.
    Trend {
        /// A report a year.
        files: Vec<PathBuf>,
        /// The kind of picture.
        format: chart::Format,
        /// Whether files that are there already are replaced.
        replace: bool,
        /// The folder.
        to: PathBuf,
    },
    /// Import a file.
    Import {
        /// The file.
        file: PathBuf,
        /// Whether it becomes JSON and not a draft.
        json: bool,
        /// The file to write; standard output if none.
        to: Option<PathBuf>,
        /// The report's year, where the file does not say it.
        year: Option<i32>,
    },
    /// Begin the year after a report's.
    Next {
        /// Last year's report.
        last: PathBuf,
        /// The draft to write; standard output if none.
        to: Option<PathBuf>,
    },
}

/// Reads the arguments (without the program's name).
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Request {
    read(args).unwrap_or_else(|what| {
        Request::Command(Command::Misused(format!("{what}\n用法见 nianbao --help\n")))
    })
}

fn read(args: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
    let mut given = Given::default();
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next().map_err(|error| chinese(&error))? {
        match arg {
            Short('h') | Long("help") => {
                return Ok(Request::Command(Command::Say(HELP.to_owned())));
            }
            Short('V') | Long("version") => {
                return Ok(Request::Command(Command::Say(format!(
                    "nianbao {}\n",
                    env!("CARGO_PKG_VERSION")
                ))));
            }
            Long("install-desktop") => {
                return Ok(Request::Command(Command::InstallDesktop));
            }
            Long("remove-desktop") => return Ok(Request::Command(Command::RemoveDesktop)),
            Long("json") => given.json = true,
            Long("year") => {
                let year = parser.value().map_err(|error| chinese(&error))?;
                given.year = Some(year.parse().map_err(|error| chinese(&error))?);
            }
            Long("no-mark") => given.no_mark = true,
            Long("replace") => given.replace = true,
            Long("anyway") => given.anyway = true,
            Long("to") => given.to = Some(parser.value().map_err(|error| chinese(&error))?),
            Short('o') | Long("output") => {
                given.output = Some(parser.value().map_err(|error| chinese(&error))?.into());
            }
            Long("data-dir") => {
                given.data_dir = Some(parser.value().map_err(|error| chinese(&error))?.into());
            }
            Long("renderer") => {
                let name = parser.value().map_err(|error| chinese(&error))?;
                let known = [Renderer::Gl, Renderer::Cpu];
                let asked = known.into_iter().find(|known| name == known.name());
                let unknown = || format!("--renderer 后面写 cpu 或 gl，不能写“{}”", name.display());
                given.renderer = Some(asked.ok_or_else(unknown)?);
            }
            Long("measure") => {
                let seconds = parser.value().map_err(|error| chinese(&error))?;
                given.measure = Some(seconds.parse().map_err(|error| chinese(&error))?);
            }
            Value(word) => given.words.push(word),
            Short(_) | Long(_) => return Err(chinese(&arg.unexpected())),
        }
    }
    given.request()
}

#[derive(Default)]
struct Given {
    words: Vec<OsString>,
    json: bool,
    no_mark: bool,
    replace: bool,
    anyway: bool,
    year: Option<i32>,
    to: Option<OsString>,
    output: Option<PathBuf>,
    data_dir: Option<PathBuf>,
    renderer: Option<Renderer>,
    measure: Option<f64>,
}

impl Given {
    fn request(mut self) -> Result<Request, String> {
        let first = self.words.first().and_then(|word| word.to_str());
        let read: fn(Self, Vec<PathBuf>) -> Result<Command, String> = match first {
            Some("check") => Self::check,
            Some("export") => Self::export,
            Some("handin") => Self::handin,
            Some("verify") => Self::verify,
            Some("diff") => Self::diff,
            Some("trend") => Self::trend,
            Some("import") => Self::import,
            Some("next") => Self::next,
            _ => return self.window(),
        };
        if self.data_dir.is_some() || self.renderer.is_some() || self.measure.is_some() {
            let name = first.unwrap_or_default();
            return Err(format!("{name} 不打开窗口，不用 --data-dir、--renderer"));
        }
        if self.year.is_some() && first != Some("import") {
            return Err("--year 只用于 import".to_owned());
        }
        if self.replace && !matches!(first, Some("export" | "trend")) {
            return Err("--replace 只用于 export、trend".to_owned());
        }
        if self.no_mark && first != Some("export") {
            return Err("--no-mark 只用于 export".to_owned());
        }
        if self.anyway && first != Some("handin") {
            return Err("--anyway 只用于 handin".to_owned());
        }
        let files = self.words.drain(1..).map(PathBuf::from).collect();
        read(self, files).map(Request::Command)
    }

    fn check(self, files: Vec<PathBuf>) -> Result<Command, String> {
        if self.to.is_some() || self.output.is_some() {
            return Err("check 只有 --json 一个选项".to_owned());
        }
        if files.is_empty() {
            return Err("check 后面要写草稿或文件夹的名字".to_owned());
        }
        let json = self.json;
        Ok(Command::Check { files, json })
    }

    fn export(self, files: Vec<PathBuf>) -> Result<Command, String> {
        let to = self
            .to
            .ok_or("export 要用 --to 写明导出成什么，例如 --to html")?;
        let unknown = |name: &str| {
            let known: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
            format!("不能导出成“{name}”；可以用 {}、all", known.join("、"))
        };
        let names = to.to_string_lossy();
        let formats = match &*names {
            "all" => Format::OFFICIAL.to_vec(),
            names => names
                .split(',')
                .map(|name| Format::by_name(name).ok_or_else(|| unknown(name)))
                .collect::<Result<_, _>>()?,
        };
        let mark = !self.no_mark;
        if files.is_empty() {
            return Err("export 后面要写草稿的名字".to_owned());
        }
        // One draft is replaced where a file is named, --replace or not.
        let names_file = |format: &Format| {
            let ending = self.output.as_deref().and_then(Path::extension);
            ending.is_some_and(|ending| ending.eq_ignore_ascii_case(format.name()))
        };
        if let ([format], [_]) = (&*formats, &*files)
            && (!self.replace || names_file(format))
        {
            return Ok(Command::Export {
                file: one(files, "export")?,
                format: *format,
                mark,
                to: self.output,
            });
        }
        let to = self.output;
        Ok(Command::ExportAll {
            files,
            formats,
            mark,
            replace: self.replace,
            to: to.ok_or("一次导出几份草稿或几种格式，要用 -o 写明放在哪个文件夹")?,
        })
    }

    fn handin(self, files: Vec<PathBuf>) -> Result<Command, String> {
        if self.to.is_some() || self.json {
            return Err("handin 只有 -o 和 --anyway 两个选项".to_owned());
        }
        let to = self.output;
        Ok(Command::Handin {
            draft: one(files, "handin")?,
            anyway: self.anyway,
            to: to.ok_or("handin 要用 -o 写明交件的文件夹，它应该还不存在")?,
        })
    }

    fn verify(self, files: Vec<PathBuf>) -> Result<Command, String> {
        let [export, draft] = <[PathBuf; 2]>::try_from(files)
            .map_err(|_| "verify 后面要写两个文件名：导出的文件和草稿".to_owned())?;
        Ok(Command::Verify { export, draft })
    }

    fn diff(self, files: Vec<PathBuf>) -> Result<Command, String> {
        let [a, b] = <[PathBuf; 2]>::try_from(files)
            .map_err(|_| "diff 后面要写两份草稿的文件名".to_owned())?;
        let json = self.json;
        Ok(Command::Diff { a, b, json })
    }

    fn trend(self, files: Vec<PathBuf>) -> Result<Command, String> {
        let to = self.to.ok_or("trend 要用 --to 写明 svg 还是 png")?;
        let format = to.to_str().and_then(chart::Format::by_name);
        Ok(Command::Trend {
            files,
            format: format.ok_or_else(|| format!("不能画成“{}”；可以用 svg、png", to.display()))?,
            replace: self.replace,
            to: self.output.ok_or("trend 要用 -o 写明图片放在哪个文件夹")?,
        })
    }

    fn import(self, files: Vec<PathBuf>) -> Result<Command, String> {
        if self.to.as_ref().is_some_and(|to| to != "json") {
            return Err("import 的 --to 只能是 json".to_owned());
        }
        Ok(Command::Import {
            file: one(files, "import")?,
            json: self.to.is_some(),
            to: self.output,
            year: self.year,
        })
    }

    fn next(self, files: Vec<PathBuf>) -> Result<Command, String> {
        if self.to.is_some() || self.json {
            return Err("next 只有 -o 一个选项".to_owned());
        }
        Ok(Command::Next {
            last: one(files, "next")?,
            to: self.output,
        })
    }

    fn window(mut self) -> Result<Request, String> {
        if self.year.is_some() {
            return Err("--year 只用于 import".to_owned());
        }
        if self.json || self.to.is_some() || self.output.is_some() {
            return Err("打开窗口时没有 --json、--to、-o 这些选项".to_owned());
        }
        if self.words.len() > 1 {
            return Err(format!("不认识命令“{}”", self.words[0].display()));
        }
        let file = self.words.pop().map(PathBuf::from);
        Ok(Request::Window(WindowOptions {
            file,
            data_dir: self.data_dir,
            renderer: self.renderer,
            measure: self.measure,
        }))
    }
}

fn one(mut files: Vec<PathBuf>, name: &str) -> Result<PathBuf, String> {
    match (files.pop(), files.is_empty()) {
        (Some(file), true) => Ok(file),
        (None, _) => Err(format!("{name} 后面要写一个文件名")),
        _ => Err(format!("{name} 一次只能处理一个文件")),
    }
}

fn chinese(error: &lexopt::Error) -> String {
    match error {
        lexopt::Error::MissingValue { option } => {
            format!("{} 后面缺少内容", option.as_deref().unwrap_or("选项"))
        }
        lexopt::Error::UnexpectedOption(option) => format!("没有“{option}”这个选项"),
        lexopt::Error::UnexpectedValue { option, .. } => format!("{option} 后面不带内容"),
        lexopt::Error::UnexpectedArgument(word) => format!("多出了“{}”", word.display()),
        lexopt::Error::ParsingFailed { value, .. } => format!("“{value}”不是数字"),
        other => format!("命令写错了（{other}）"),
    }
}
