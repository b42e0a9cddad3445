//! Exporting many drafts at once, each to several formats, told in the order in which they were named.

use super::output;
use super::status::{FAILED, FINE};
use super::{drafts, in_order};
use crate::export::typeset::Faces;
use crate::export::{self, Document, Format};
use crate::form::Level;
use crate::report::Report;
use crate::{check, disk, draft};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What is wanted of each draft.
pub struct Wanted<'a> {
    /// The formats.
    pub formats: &'a [Format],
    /// Whether a report that must still be corrected says so on each page.
    pub mark: bool,
    /// Whether files that are there already are replaced.
    pub replace: bool,
    /// Where the files go.
    pub folder: &'a Path,
}

/// A draft with the names of its files, or why it has none.
type Named = Result<(PathBuf, String), String>;

/// What came of one draft.
#[derive(Default)]
struct Exported {
    /// The files written, one a line.
    out: String,
    /// What else there is to say.
    err: String,
    failed: bool,
}

/// Writes drafts, and all drafts in folders, into a folder and prints the paths of the files.
pub fn export_files(
    named: &[PathBuf],
    wanted: &Wanted<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    if wanted.folder.exists() && !wanted.folder.is_dir() {
        let folder = wanted.folder.display();
        return writeln!(
            err,
            "没有导出：-o 要写一个文件夹，这是一个文件\n文件：{folder}"
        )
        .map(|()| FAILED);
    }
    if let Err(error) = fs::create_dir_all(wanted.folder) {
        let (why, folder) = (disk::io_reason(&error), wanted.folder.display());
        return writeln!(err, "没有导出：建不了这个文件夹：{why}\n文件夹：{folder}")
            .map(|()| FAILED);
    }
    let files = names(once_each(drafts::named(named, "没有导出")), err)?;
    let mut status = FINE;
    in_order::on_all_cores(
        &files,
        |file| export(file, wanted),
        |exported| {
            out.write_all(exported.out.as_bytes())?;
            err.write_all(exported.err.as_bytes())?;
            if exported.failed {
                status = FAILED;
            }
            Ok(())
        },
    )?;
    Ok(status)
}

/// Without those that were named before.
fn once_each(files: Vec<Result<PathBuf, String>>) -> Vec<Result<PathBuf, String>> {
    let mut seen = HashSet::new();
    let is_new = |file: &Result<PathBuf, String>| {
        let real = file
            .as_ref()
            .ok()
            .and_then(|path| fs::canonicalize(path).ok());
        real.is_none_or(|real| seen.insert(real))
    };
    files.into_iter().filter(is_new).collect()
}

/// Gives each draft the name of its files: the report's title, and a number where two drafts have the same one.
fn names(files: Vec<Result<PathBuf, String>>, err: &mut dyn Write) -> io::Result<Vec<Named>> {
    let title = |file: &Result<PathBuf, String>| match file {
        Ok(file) => draft::open(file)
            .map(|report| export::file_stem(&report))
            .map_err(|error| error.to_string()),
        Err(what) => Err(what.clone()),
    };
    let mut taken = HashSet::new();
    let mut all = Vec::new();
    let mut paths = files.iter();
    in_order::on_all_cores(&files, title, |title| {
        let path = paths.next().and_then(|file| file.as_ref().ok());
        let (Ok(title), Some(path)) = (&title, path) else {
            all.push(Err(title.err().unwrap_or_default()));
            return Ok(());
        };
        let numbered = (2..).map(|n: u32| format!("{title}（{n}）"));
        // Some file systems take great and small letters for the same.
        let mut free = std::iter::once(title.clone()).chain(numbered);
        let name = free.find(|name| taken.insert(name.to_lowercase()));
        let name = name.unwrap_or_else(|| title.clone());
        if name != *title {
            let file = path.display();
            writeln!(
                err,
                "提示：前面有一份草稿的标题和它相同，文件名写作“{name}”\n文件：{file}"
            )?;
        }
        all.push(Ok((path.clone(), name)));
        Ok(())
    })?;
    Ok(all)
}

impl Exported {
    fn fail(&mut self, what: impl std::fmt::Display) {
        self.failed = true;
        // Writing to a String cannot fail.
        let _ = writeln!(self.err, "{what}");
    }
}

fn export(named: &Named, wanted: &Wanted<'_>) -> Exported {
    let mut exported = Exported::default();
    let (path, name) = match named {
        Ok(named) => named,
        Err(what) => {
            exported.fail(what);
            return exported;
        }
    };
    match draft::open(path) {
        Ok(report) => write(&report, path, name, wanted, &mut exported),
        Err(error) => exported.fail(error),
    }
    exported
}

fn write(report: &Report, path: &Path, name: &str, wanted: &Wanted<'_>, exported: &mut Exported) {
    let evaluation = check::evaluate(report);
    let digest = draft::digest(report);
    let document = Document::new(report, &evaluation, &digest, wanted.mark);
    let errors = evaluation.count(Level::Error);
    if errors > 0 {
        let marked = if wanted.mark {
            "，每页已注明“草稿”"
        } else {
            ""
        };
        let file = path.display();
        let _ = writeln!(
            exported.err,
            "这份年报还有 {errors} 处必改{marked}\n文件：{file}"
        );
    }
    for format in wanted.formats {
        let to = wanted.folder.join(format!("{name}.{}", format.name()));
        if let Some(why) = output::refusal_in_folder(&[path], &to, wanted.replace) {
            exported.fail(format!("没有导出：{why}\n文件：{}", to.display()));
            continue;
        }
        let written = match format {
            Format::Json => Ok(export::to_json(report, &evaluation).into_bytes().into()),
            format => format.write_document(&document, Faces::of_this_pc()),
        };
        match written {
            Ok(written) => {
                if let Some(remark) = written.remark() {
                    let _ = writeln!(exported.err, "{remark}\n文件：{}", to.display());
                }
                match output::save_in_folder(&written.bytes, &to, wanted.replace) {
                    Ok(()) => drop(writeln!(exported.out, "{}", to.display())),
                    Err(error) => exported.fail(error),
                }
            }
            Err(error) => exported.fail(error),
        }
    }
}
