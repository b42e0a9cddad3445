//! From a draft's text to a report.

mod file;
mod links;
mod notes;
mod reader;

use super::problem::Problem;
use super::version::VERSION;
use crate::file_text::FileText;
use crate::report::Report;
use file::{DraftFile, Probe};
use reader::Reader;

/// Reads a draft.
///
/// # Errors
/// [`Problem`] with the line; nothing in a draft may be lost but links whose digits are gone, of which [`read`] tells.
pub fn from_text(text: &str) -> Result<Report, Problem> {
    read(text).map(|(report, _)| report)
}

/// Reads a draft, with what is to be told of it: a sentence for each text whose links are no longer where they were.
pub(super) fn read(text: &str) -> Result<(Report, Vec<String>), Problem> {
    let probe: Probe = ron::from_str(text).map_err(|error| match text.contains("nianbao") {
        true => damaged(&error),
        false => Problem::Foreign,
    })?;
    match probe.nianbao {
        0 if probe.nianbao_collection > 0 => return Err(Problem::Collection),
        0 => return Err(Problem::Foreign),
        version if version > VERSION => return Err(Problem::Newer(version)),
        _ => {}
    }
    let file: DraftFile<'_> = ron::from_str(text).map_err(|error| damaged(&error))?;
    let reader = Reader {
        source: FileText::new(text),
    };
    reader.report(&reader.migrated(file)?)
}

fn damaged(error: &ron::error::SpannedError) -> Problem {
    use ron::Error;
    let reason = match &error.code {
        Error::Eof => "文件在这里中断了".to_owned(),
        Error::NoSuchStructField { found, .. } => format!("没有名为“{found}”的项目"),
        Error::MissingStructField { field, .. } => format!("缺少“{field}”一项"),
        Error::DuplicateStructField { field, .. } => format!("“{field}”出现了两次"),
        Error::ExpectedComma | Error::ExpectedStructLikeEnd | Error::ExpectedMapEnd => {
            "这里缺少逗号或右括号".to_owned()
        }
        Error::ExpectedStringEnd => "引号没有配对".to_owned(),
        Error::TrailingCharacters => "结尾之后还有多余的内容".to_owned(),
        Error::Message(message) => message.clone(),
        Error::ExpectedMapColon => "名称后面缺少冒号".to_owned(),
        // The parser's own words are English and say nothing to a clerk.
        _ => "写法不对".to_owned(),
    };
    Problem::Damaged {
        line: error.span.start.line,
        reason,
    }
}
