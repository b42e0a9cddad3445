//! What several tests need: the real reports, and the window without a screen.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::{
    Harness, HarnessBuilder, TestRenderer,
    kittest::{NodeT as _, Queryable as _},
};
use nianbao::check;
use nianbao::disk::Home;
use nianbao::export::typeset::Faces;
use nianbao::export::{Document, Format};
use nianbao::import::{self, Imported};
use nianbao::report::{Edit, History, Report};
use nianbao::rollover;
use nianbao::ui::app::{App, Surroundings};
use nianbao::value::Value;
use std::path::{Path, PathBuf};

/// A file under `tests/`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

/// The published reports that lie under `tests/reports`, by name.
pub fn published() -> Vec<(String, Imported)> {
    let mut all: Vec<_> = std::fs::read_dir(fixture("reports"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, import::from_file(&path).unwrap())
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// One of them.
pub fn report(name: &str) -> Report {
    import::from_file(&fixture(&format!("reports/{name}.json")))
        .unwrap()
        .report
}

/// Every number, stated totals included.
pub fn numbers(report: &Report) -> Vec<(String, Value)> {
    let evaluation = check::evaluate(report);
    let number = |ix| (report.form().cell(ix).id.clone(), evaluation.effective(ix));
    report.cells().map(number).collect()
}

/// Cells that were read as something else than they are, and that nobody is told of.
/// Each as the line that the clerk reads.
pub fn lines<T: ToString>(all: &[T]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

pub fn silently_wrong(truth: &Report, read: &Imported) -> Vec<String> {
    let (truth, found) = (numbers(truth), numbers(&read.report));
    let told = |id: &str| read.not_placed.iter().any(|lost| lost.id == id);
    let pairs = truth.into_iter().zip(found);
    let wrong = pairs.filter(|((id, a), (_, b))| a != b && !told(id));
    // A total of which a part was lost is not known either.
    let is_total = |id: &str| {
        let form = read.report.form();
        form.find(id).is_some_and(|cell| form.cell(cell).computed)
    };
    let wrong = wrong.filter(|((id, _), _)| !is_total(id));
    wrong.map(|((id, ..), _)| id).collect()
}

/// A report with another one's figures in it as last year's, from a file 2021.docx.
pub fn with_last(report: &Report, last: &Report) -> Report {
    let mut history = History::new(report.clone());
    let prior = rollover::prior_of(last, "2021.docx", "00");
    history.apply(Edit::prior(history.report(), Some(prior)));
    history.report().clone()
}

/// The figures of 2020 as if somebody had used that year's form once more in 2022.
pub fn on_the_wrong_form() -> Report {
    let old = report("pingtan_2020");
    let mut history = History::new(Report::new(old.form().clone(), old.organ(), 2022));
    let values = old.cells().map(|cell| (cell, old.value(cell)));
    history.apply(Edit::cells(history.report(), values.collect::<Vec<_>>()));
    history.report().clone()
}

/// A report as the document that is exported.
pub fn document(report: &Report) -> Document {
    Document::new(
        report,
        &check::evaluate(report),
        &nianbao::draft::digest(report),
        true,
    )
}

/// A report in an official format, with the program's own fonts.
pub fn exported(report: &Report, format: Format) -> Vec<u8> {
    let written = format.write_document(&document(report), Faces::bundled());
    written.unwrap().bytes
}

/// A part of a Word or Excel file, as it lies in the zip archive.
pub fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read as _;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut part = zip.by_name(name).unwrap();
    part.read_to_string(&mut text).unwrap();
    text
}

/// A report as a web page.
pub fn page(report: &Report) -> String {
    String::from_utf8(exported(report, Format::Html)).unwrap()
}

/// The program's window, driven by keys and names, without a screen.
pub struct Window(pub Harness<'static, Option<App>>, Option<tempfile::TempDir>);

impl Window {
    /// A window of the usual size with nothing open; files are asked for by the window's own path field.
    pub fn new() -> Self {
        Self::sized(1280.0, 860.0, 1.0)
    }

    /// A window of some size, in points, and scale.
    pub fn sized(width: f32, height: f32, scale: f32) -> Self {
        // What a window keeps for itself must not meet another test's.
        let home = tempfile::tempdir().unwrap();
        let mut window = Self::with_home(home.path().to_owned(), width, height, scale);
        window.1 = Some(home);
        window
    }

    /// A window that keeps what is its own in this folder.
    pub fn at_home(home: &Path) -> Self {
        Self::with_home(home.to_owned(), 1280.0, 860.0, 1.0)
    }

    /// The same where names may hold what no font has.
    pub fn at_home_of_odd_names(home: &Path) -> Self {
        let builder = Harness::builder().allow_missing_glyphs();
        Self::build(builder, home.to_owned(), 1280.0, 860.0, 1.0)
    }

    fn with_home(home: PathBuf, width: f32, height: f32, scale: f32) -> Self {
        Self::build(Harness::builder(), home, width, height, scale)
    }

    /// A small window that is painted by something of one's own.
    pub fn painted(home: &Path, scale: f32, painter: impl TestRenderer + 'static) -> Self {
        let (home, size) = (home.to_owned(), [640.0, 400.0]);
        Self::drawn(Harness::builder(), home, size, scale, painter)
    }

    fn build(
        builder: HarnessBuilder<Option<App>>,
        home: PathBuf,
        width: f32,
        height: f32,
        scale: f32,
    ) -> Self {
        let painter = paint::Painter::default();
        Self::drawn(builder, home, [width, height], scale, painter)
    }

    fn drawn(
        builder: HarnessBuilder<Option<App>>,
        home: PathBuf,
        size: [f32; 2],
        scale: f32,
        painter: impl TestRenderer + 'static,
    ) -> Self {
        let harness = builder
            .with_size(size)
            .with_pixels_per_point(scale)
            .with_os(egui::os::OperatingSystem::Nix)
            .renderer(painter)
            .with_context_setup(nianbao::ui::theme::install)
            .build_ui_state(
                move |ui, app: &mut Option<App>| {
                    let surroundings = || Surroundings {
                        desktop: false,
                        home: Home::at(&home),
                        ..Surroundings::default()
                    };
                    app.get_or_insert_with(|| App::new(ui.ctx(), &surroundings()))
                        .ui(ui, None);
                },
                None,
            );
        let mut window = Self(harness, None);
        window.run();
        window
    }

    /// Opens a draft that lies in a file.
    pub fn open(path: &Path) -> Self {
        let mut window = Self::new();
        window.app().open(path);
        window.run();
        window
    }

    /// Opens a draft with this report in a passing file.
    pub fn with(report: &Report) -> (Self, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("年报.ron");
        nianbao::draft::save(report, &path).unwrap();
        (Self::open(&path), folder)
    }

    /// Draws until nothing moves any more and no job is left.
    pub fn run(&mut self) {
        let mut unsettled = 0;
        loop {
            let settled = self.0.try_run();
            let working = |window: &mut Self| window.app().is_working();
            if working(self) {
                while working(self) {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                    self.0.step();
                }
                continue;
            }
            match settled {
                Ok(_) => return,
                // A job that ended in between has woken the window once more.
                Err(_) if unsettled == 0 => unsettled += 1,
                Err(error) => panic!("{error}"),
            }
        }
    }

    pub fn app(&mut self) -> &mut App {
        self.0.state_mut().as_mut().unwrap()
    }

    pub fn report(&mut self) -> Report {
        self.app().report().expect("a report is open").clone()
    }

    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.0.key_press_modifiers(modifiers, key);
        self.run();
    }

    /// Types a text as a keyboard does, character by character.
    pub fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            self.0.event(Event::Text(c.to_string()));
        }
        self.run();
    }

    /// Drops a file onto the window.
    pub fn drop_file(&mut self, path: PathBuf) {
        self.drop_quietly(path);
        self.run();
    }

    /// The same, with nothing drawn yet.
    pub fn drop_quietly(&mut self, path: PathBuf) {
        let file = std::sync::Arc::new(Dropped(path));
        self.0.input_mut().dropped_files.push(file);
    }

    /// Clicks a button, link or tab by what it says.
    pub fn click(&mut self, name: &str) {
        self.0.get_by_label(name).click();
        self.run();
    }

    /// Goes to a tab whose name begins so.
    pub fn tab(&mut self, name: &str) {
        let named = |tab: &egui_kittest::Node<'_>| {
            tab.accesskit_node()
                .label()
                .is_some_and(|label| label.starts_with(name))
        };
        let tab = self.0.get_all_by_role(Role::Tab).find(named);
        tab.unwrap_or_else(|| panic!("no tab {name}")).click();
        self.run();
    }

    /// The label of every tab.
    pub fn tabs(&self) -> Vec<String> {
        self.0
            .get_all_by_role(Role::Tab)
            .filter_map(|tab| tab.accesskit_node().label())
            .collect()
    }

    /// Makes a cell active by clicking on it.
    pub fn click_cell(&mut self, name: &str) {
        self.0.get_by_role_and_label(Role::GridCell, name).click();
        self.run();
    }

    /// Asks the window to close, as the desktop does; whether it declined.
    pub fn request_close(&mut self) -> bool {
        let root = egui::ViewportId::ROOT;
        self.0
            .input_mut()
            .viewports
            .get_mut(&root)
            .unwrap()
            .events
            .push(egui::ViewportEvent::Close);
        self.0.run_steps(1);
        let declined = self.0.output().viewport_output[&root]
            .commands
            .contains(&egui::ViewportCommand::CancelClose);
        self.0
            .input_mut()
            .viewports
            .get_mut(&root)
            .unwrap()
            .events
            .clear();
        self.run();
        declined
    }

    /// Where a cell is.
    pub fn rect(&self, name: &str) -> egui::Rect {
        self.0.get_by_role_and_label(Role::GridCell, name).rect()
    }

    /// Clicks at a place.
    pub fn click_at(&mut self, at: egui::Pos2) {
        self.0.hover_at(at);
        self.run();
        for pressed in [true, false] {
            let button = egui::PointerButton::Primary;
            self.0.event(Event::PointerButton {
                pos: at,
                button,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
        self.run();
    }

    /// Clicks on a cell with Shift held.
    pub fn shift_click(&mut self, name: &str) {
        self.0
            .get_by_role_and_label(Role::GridCell, name)
            .click_modifiers(Modifiers::SHIFT);
        self.run();
    }

    /// What a cell shows.
    pub fn cell(&self, name: &str) -> String {
        self.0
            .get_by_role_and_label(Role::GridCell, name)
            .value()
            .unwrap_or_default()
    }

    /// The id of the cell that the field for numbers lies over; none over a computed one, which takes no text.
    pub fn active_cell(&self) -> Option<String> {
        let mut fields = self.0.query_all_by_role(Role::TextInput);
        fields.find_map(|field| field.accesskit_node().author_id().map(str::to_owned))
    }

    /// The same by its name.
    pub fn active_cell_name(&mut self) -> String {
        let id = self.active_cell().unwrap_or_default();
        let report = self.report();
        let cell = report.form().find(&id);
        let name = cell.map(|cell| report.form().full_name(cell));
        let name = nianbao::form::with_year(&name.unwrap_or_default(), report.year());
        name.replace(" · ", " ")
    }

    /// Whether a cell is marked as wrong.
    pub fn is_red(&self, name: &str) -> bool {
        self.0
            .get_by_role_and_label(Role::GridCell, name)
            .accesskit_node()
            .data()
            .invalid()
            .is_some()
    }

    /// Whether these words stand anywhere in the window.
    pub fn says(&self, words: &str) -> bool {
        self.0.query_all_by_label_contains(words).next().is_some()
    }
}

/// A file for which everybody waits who opens it, as on a network drive that does not answer, until the lease on it goes.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
pub fn endless(folder: &Path, name: &str) -> (PathBuf, std::fs::File) {
    use std::os::fd::AsRawFd as _;
    let path = folder.join(name);
    let lease = std::fs::File::create(&path).unwrap();
    // SAFETY: a signal that is ignored and a lease on a file of our own touch no memory.
    let leased = unsafe {
        libc::signal(libc::SIGIO, libc::SIG_IGN);
        libc::fcntl(lease.as_raw_fd(), libc::F_SETLEASE, libc::F_WRLCK)
    };
    assert_eq!(leased, 0, "{}", std::io::Error::last_os_error());
    (path, lease)
}

/// A file that is dropped onto the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[path = "../support/paint.rs"]
pub mod paint;

#[path = "../support/random.rs"]
pub mod random;

#[path = "../support/typos.rs"]
pub mod typos;
