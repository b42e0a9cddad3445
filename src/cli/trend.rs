//! Charts over the years, from the reports in several files.

use super::output;
use super::status::{FAILED, FINE, FOUND};
use crate::disk;
use crate::export::chart::{self, Format};
use crate::report::{Figures, Prior};
use crate::{check, import, trend};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is wanted.
pub struct Wanted<'a> {
    /// The kind of picture.
    pub format: Format,
    /// Whether files that are there already are replaced.
    pub replace: bool,
    /// Where the pictures go.
    pub folder: &'a Path,
}

/// A year's figures, and where they come from.
struct Year {
    figures: Figures,
    source: String,
}

/// Draws the charts of these files' years into a folder and prints the pictures' paths.
pub fn draw_files(
    files: &[PathBuf],
    wanted: &Wanted<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let (years, status) = match gather(files, err)? {
        Ok(gathered) => gathered,
        Err(what) => return writeln!(err, "{what}").map(|()| FAILED),
    };
    let Some(newest) = years.last() else {
        return writeln!(err, "没有画图：至少要有一个年度的年报").map(|()| FAILED);
    };
    let organ = newest.figures.organ().to_owned();
    for other in years.iter().filter(|year| year.figures.organ() != organ) {
        let (year, name) = (other.figures.year(), other.figures.organ());
        writeln!(
            err,
            "提示：{year} 年的单位是“{name}”，与最近一年的“{organ}”不同\n文件：{}",
            other.source
        )?;
    }
    let all: Vec<Figures> = years.into_iter().map(|year| year.figures).collect();
    let sources: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    match write(&all, &sources, wanted, out, err)? {
        Ok(true) => Ok(status),
        Ok(false) => Ok(FAILED),
        Err(what) => writeln!(err, "{what}").map(|()| FAILED),
    }
}

/// The years in these files, in order, with the exit status so far; or why they cannot be drawn.
fn gather(files: &[PathBuf], err: &mut dyn Write) -> io::Result<Result<(Vec<Year>, u8), String>> {
    let mut status = FINE;
    let mut years: Vec<Year> = Vec::new();
    let mut priors: Vec<Arc<Prior>> = Vec::new();
    for file in files {
        let imported = match import::from_file(file) {
            Ok(imported) => imported,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let source = file.display().to_string();
        for note in imported.notes() {
            writeln!(err, "{source}：{note}")?;
        }
        for misprint in check::misprints(&imported.report) {
            writeln!(err, "{source}：总计印错了，按各项之和画：{misprint}")?;
        }
        if !imported.not_placed.is_empty() {
            status = FOUND;
        }
        let figures = check::figures(&imported.report);
        let year = figures.year();
        if let Some(same) = years.iter().find(|known| known.figures.year() == year) {
            return Ok(Err(format!(
                "没有画图：{year} 年的年报有两份，不知道用哪一份，请去掉一份\n文件：{}\n文件：{source}",
                same.source
            )));
        }
        priors.extend(imported.report.prior().cloned());
        years.push(Year { figures, source });
    }
    // What a draft says of last year counts where no file tells of that year.
    for prior in priors {
        let year = prior.figures.year();
        if years.iter().all(|known| known.figures.year() != year) {
            let figures = prior.figures.clone();
            let source = format!("{}（草稿里的上年数）", prior.source);
            years.push(Year { figures, source });
        }
    }
    years.sort_by_key(|year| year.figures.year());
    Ok(Ok((years, status)))
}

/// Writes the pictures, and says whether all of them are written; or why none can be.
fn write(
    all: &[Figures],
    sources: &[&Path],
    wanted: &Wanted<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Result<bool, String>> {
    let Wanted {
        format,
        replace,
        folder,
    } = *wanted;
    if folder.exists() && !folder.is_dir() {
        let folder = folder.display();
        return Ok(Err(format!(
            "没有画图：-o 要写一个文件夹，这是一个文件\n文件：{folder}"
        )));
    }
    if let Err(error) = std::fs::create_dir_all(folder) {
        let (why, folder) = (disk::io_reason(&error), folder.display());
        return Ok(Err(format!(
            "没有画图：建不了这个文件夹：{why}\n文件夹：{folder}"
        )));
    }
    let organ = trend::organs(all);
    let mut complete = true;
    for chart in trend::charts(all) {
        let path = folder.join(chart::file_name(&chart, format));
        if let Some(why) = output::refusal_in_folder(sources, &path, replace) {
            writeln!(err, "没有画图：{why}\n文件：{}", path.display())?;
            complete = false;
            continue;
        }
        let bytes = match format.write(&chart::draw(&chart, &organ)) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(error.to_string())),
        };
        match output::save_in_folder(&bytes, &path, replace) {
            Ok(()) => writeln!(out, "{}", path.display())?,
            Err(error) => return Ok(Err(error.to_string())),
        }
    }
    Ok(Ok(complete))
}
