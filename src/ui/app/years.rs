//! The comparison of years in the window.

use super::files::name_of;
use super::outputs::STILL_WRITING;
use super::{App, Window};
use crate::check;
use crate::export::{self, chart};
use crate::import::{self, ImportError, Imported};
use crate::ui::dialogs::Purpose;
use crate::ui::job::Kind;
use crate::ui::notice::Notice;
use crate::ui::view::View;
use std::path::{Path, PathBuf};

impl App {
    /// Opens the comparison with the open report and, if it is at hand, the one of last year.
    pub(super) fn open_years(&mut self) {
        if self.session.is_some() && !self.commit() {
            return;
        }
        let mut reports = Vec::new();
        if let Some(session) = &self.session {
            let report = session.report();
            if let Some(prior) = report.prior() {
                let source = format!("{}（上年数）", prior.source);
                reports.push((prior.figures.clone(), source));
            }
            reports.push((check::figures(report), "打开着的这份".to_owned()));
        }
        self.view = View::Years;
        self.years.set_open(reports);
    }

    /// Takes files of any kind into the comparison.
    pub(super) fn add_years(&mut self, paths: Vec<PathBuf>) {
        let Some(first) = paths.first() else { return };
        let words = reading(first, 1, paths.len());
        self.add_years_of(words, move || paths);
    }

    /// Takes files into the comparison that were typed one after the other.
    pub(super) fn add_typed_years(&mut self, typed: &Path) {
        let typed = typed.to_owned();
        self.add_years_of(reading(&typed, 1, 1), move || several(&typed));
    }

    fn add_years_of(
        &mut self,
        words: String,
        paths: impl FnOnce() -> Vec<PathBuf> + Send + 'static,
    ) {
        // Whatever becomes of it, what was typed before is kept.
        self.hand_over();
        self.jobs.start(Kind::Reading, words, move |progress| {
            let paths = paths();
            let mut read = Vec::new();
            for (nth, path) in paths.iter().enumerate() {
                progress.say(reading(path, nth + 1, paths.len()));
                if progress.is_given_up() {
                    break;
                }
                read.push((path.clone(), import::from_file(path)));
            }
            Box::new(move |app: &mut Self, _: Window<'_>| app.years_read(read))
        });
    }

    fn years_read(&mut self, read: Vec<(PathBuf, Result<Imported, ImportError>)>) {
        // What was said of the file before is not read yet.
        let earlier = self.notice.take().filter(|notice| notice.bad);
        let (mut bad, mut said): (bool, Vec<String>) = match earlier {
            Some(earlier) => (true, vec![earlier.text]),
            None => (false, Vec::new()),
        };
        for (path, imported) in read {
            match imported {
                Err(error) => {
                    self.note_unread(&path, &error.why);
                    bad = true;
                    said.push(error.to_string());
                }
                Ok(imported) => {
                    let (is_odd, words) = self.year_read(&path, &imported);
                    bad |= is_odd;
                    said.extend(words);
                }
            }
        }
        match (bad, said.is_empty()) {
            (_, true) => {}
            (true, _) => self.complain(said.join("\n")),
            (false, _) => self.tell(said.join("\n")),
        }
    }

    /// Takes a report in; returns what there is to say of it, and whether it must be minded.
    fn year_read(&mut self, path: &Path, imported: &Imported) -> (bool, Option<String>) {
        let source = path.file_name().unwrap_or_default().to_string_lossy();
        let figures = check::figures(&imported.report);
        if let Some(same) = self.years.same_as(&figures) {
            let text = format!("没有再加：{source} 与“{same}”的数和正文完全相同");
            return (false, Some(text));
        }
        self.years.add(figures, source.to_string());
        let misprints = check::misprints(&imported.report).into_iter();
        let misprints = misprints.map(|line| format!("总计按各项之和比较：{line}"));
        let told: Vec<String> = imported.lines().into_iter().chain(misprints).collect();
        if told.is_empty() {
            return (false, None);
        }
        let said = format!(
            "已加入 {source}（{} 年），没有读到的格当作空白；请留意：\n{}",
            imported.report.year(),
            told.join("\n")
        );
        (true, Some(said))
    }

    /// Puts a chart on the clipboard as a picture.
    pub(super) fn copy_chart(&mut self, nth: usize, window: Window<'_>) {
        let Some(drawing) = self.years.chart(nth) else {
            return;
        };
        let bytes = chart::Format::Png.write(drawing).map_err(|e| e.to_string());
        let picture = bytes.and_then(|bytes| {
            tiny_skia::Pixmap::decode_png(&bytes).map_err(|error| error.to_string())
        });
        match picture {
            Ok(picture) => {
                let size = [picture.width() as usize, picture.height() as usize];
                let image = egui::ColorImage::from_rgba_premultiplied(size, picture.data());
                window.ctx.copy_image(image);
                self.tell("趋势图已复制，可以粘贴到 Word、WPS 里".to_owned());
            }
            Err(what) => self.complain(format!("趋势图没有复制成：{what}；可以存为图片再插入")),
        }
    }

    /// Asks into which file a chart is saved.
    pub(super) fn ask_chart_file(&mut self, nth: usize, window: Window<'_>) {
        self.years.saving = Some(nth);
        self.ask_file(Purpose::SaveChart, window);
    }

    /// The usual name of the chart that is about to be saved.
    pub(super) fn chart_name(&self) -> Option<String> {
        self.years.chart_file(self.years.saving?)
    }

    /// Saves a chart as the kind of picture that its name says.
    pub(super) fn save_chart(&mut self, path: &Path) {
        let saving = self.years.saving.take();
        let Some(drawing) = saving.and_then(|nth| self.years.chart(nth)) else {
            return;
        };
        if self.jobs.is_running(Kind::Writing) {
            return self.complain(STILL_WRITING.to_owned());
        }
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let format = chart::Format::by_name(&ending.to_lowercase());
        let drawing = drawing.clone();
        let path = path.to_owned();
        let words = format!("正在保存 {}", name_of(&path));
        self.jobs.start(Kind::Writing, words, move |_| {
            let bytes = format.unwrap_or(chart::Format::Png).write(&drawing);
            let saved = bytes
                .map_err(|error| error.to_string())
                .and_then(|bytes| export::save(&bytes, &path).map_err(|error| error.to_string()));
            let notice = match saved {
                Ok(()) => {
                    let words = format!("图片已保存：{}", path.display());
                    Notice::told(words, None).with_file(Some(path))
                }
                Err(what) => Notice::complaint(what),
            };
            Box::new(move |app: &mut Self, _: Window<'_>| app.notice = Some(notice))
        });
    }
}

/// The files that were typed one after the other, with semicolons between; one whose name holds a semicolon is itself.
fn several(typed: &Path) -> Vec<PathBuf> {
    let whole = typed.to_string_lossy();
    if typed.exists() || !whole.contains([';', '；']) {
        return vec![typed.to_owned()];
    }
    let paths = whole.split([';', '；']).map(str::trim);
    let paths = paths.filter(|path| !path.is_empty());
    paths.map(PathBuf::from).collect()
}

/// What is being read, and how far it is.
fn reading(path: &Path, nth: usize, all: usize) -> String {
    let name = name_of(path);
    match all {
        0 | 1 => format!("正在读 {name}"),
        _ => format!("正在读 {name}（第 {nth} 份，共 {all} 份）"),
    }
}
