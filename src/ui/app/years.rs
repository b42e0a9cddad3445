//! The comparison of years in the window.

use super::{App, Window};
use crate::check;
use crate::export::{self, chart};
use crate::import::{self, Imported};
use crate::ui::dialogs::Purpose;
use crate::ui::view::View;
use std::path::Path;

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

    /// Takes a file of any kind into the comparison.
    pub(super) fn add_year(&mut self, path: &Path) {
        self.read(path, import::from_file, |app, path, read| match read {
            Err(error) => app.not_read(path, &error.why, &error),
            Ok(imported) => app.year_read(path, &imported),
        });
    }

    fn year_read(&mut self, path: &Path, imported: &Imported) {
        let source = path.file_name().unwrap_or_default().to_string_lossy();
        let figures = check::figures(&imported.report);
        if let Some(same) = self.years.same_as(&figures) {
            let text = format!("没有再加：{source} 与“{same}”的数和正文完全相同");
            return self.tell(text);
        }
        self.years.add(figures, source.to_string());
        let misprints = check::misprints(&imported.report).into_iter();
        let misprints = misprints.map(|line| format!("总计按各项之和比较：{line}"));
        let told: Vec<String> = imported.lines().into_iter().chain(misprints).collect();
        if told.is_empty() {
            return;
        }
        let said = format!(
            "已加入 {source}（{} 年），没有读到的格当作空白；请留意：\n{}",
            imported.report.year(),
            told.join("\n")
        );
        // What was said of the file before is not read yet.
        let earlier = self.notice.take().filter(|notice| notice.bad);
        self.complain(match earlier {
            Some(earlier) => format!("{}\n{said}", earlier.text),
            None => said,
        });
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
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let format = chart::Format::by_name(&ending.to_lowercase());
        let bytes = format.unwrap_or(chart::Format::Png).write(drawing);
        let saved = bytes
            .map_err(|error| error.to_string())
            .and_then(|bytes| export::save(&bytes, path).map_err(|error| error.to_string()));
        match saved {
            Ok(()) => {
                self.tell(format!("图片已保存：{}", path.display()));
                if let Some(notice) = &mut self.notice {
                    notice.file = Some(path.to_owned());
                }
            }
            Err(what) => self.complain(what),
        }
    }
}
