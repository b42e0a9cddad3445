//! Whole reports typed on a slow computer: keys pile up while the window does something else, and come all at once.
//!
//! `TYPED=200 cargo test --test it window::typing` is the whole campaign.

use crate::support::random::Random;
use crate::support::{Window, report};
use egui::{Event, Key, Modifiers};
use nianbao::form::{Body, CellIx, Content, Form};
use nianbao::report::Report;
use nianbao::value::Value;

/// What a keyboard sends.
#[derive(Default)]
struct Keyboard {
    events: Vec<Event>,
    /// Keys that were pressed.
    strokes: usize,
}

impl Keyboard {
    fn key(&mut self, key: Key) {
        self.key_with(Modifiers::NONE, key, None);
    }

    /// With Ctrl held.
    fn ctrl(&mut self, key: Key) {
        self.events
            .push(Event::ModifiersChanged(Modifiers::COMMAND));
        self.key_with(Modifiers::COMMAND, key, None);
        self.events.push(Event::ModifiersChanged(Modifiers::NONE));
    }

    fn key_with(&mut self, modifiers: Modifiers, key: Key, typed: Option<char>) {
        let event = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        self.strokes += 1;
        self.events.push(event(true));
        self.events
            .extend(typed.map(|c| Event::Text(c.to_string())));
        self.events.push(event(false));
    }

    fn digits(&mut self, number: &str) {
        for c in number.chars() {
            let name = if c == '-' {
                "Minus".to_owned()
            } else {
                c.to_string()
            };
            match Key::from_name(&name) {
                Some(key) => self.key_with(Modifiers::NONE, key, Some(c)),
                None => self.events.push(Event::Text(c.to_string())),
            }
        }
    }

    /// One number, the way people get there: at once, after a slip, after thinking again.
    fn number(&mut self, value: Value, random: &mut Random) {
        let number = value.to_string();
        match random.below(12) {
            0 => {
                self.digits("77");
                self.key(Key::Escape);
                self.digits(&number);
            }
            1 => {
                self.digits(&number);
                self.digits("9");
                self.key(Key::Backspace);
            }
            2 => {
                let (head, tail) = number.split_at(number.len() - 1);
                self.digits(head);
                self.key(Key::F2);
                self.digits(tail);
                self.key(Key::Home);
                self.key(Key::Delete);
                self.digits(&number[..1]);
            }
            _ => self.digits(&number),
        }
    }
}

/// The numbers of a table from left to right, top to bottom, inputs only.
fn inputs(form: &Form, table: usize) -> Vec<CellIx> {
    let cells = form.tables[table].grid.cells.iter();
    cells
        .filter_map(|cell| match cell.content {
            Content::Value(ix) if !form.cell(ix).computed && form.cell(ix).addition.is_none() => {
                Some(ix)
            }
            _ => None,
        })
        .collect()
}

/// A table by Tab.
fn by_rows(keyboard: &mut Keyboard, truth: &Report, table: usize, random: &mut Random) {
    for cell in inputs(truth.form(), table) {
        keyboard.number(truth.value(cell), random);
        keyboard.key(Key::Tab);
    }
}

/// Table three from top to bottom, column after column, as it is often read out.
fn by_columns(keyboard: &mut Keyboard, truth: &Report, table: usize, random: &mut Random) {
    let form = truth.form();
    let first = inputs(form, table)[0];
    let grid = &form.tables[table].grid;
    let columns = grid.cells.iter().filter_map(|cell| match cell.content {
        Content::Value(ix) if form.cell(ix).row_id == form.cell(first).row_id => {
            Some((cell.col, form.cell(ix).computed))
        }
        _ => None,
    });
    for (col, _) in columns.filter(|(_, computed)| !computed) {
        let cells = grid.cells.iter().filter_map(|cell| match cell.content {
            Content::Value(ix) if cell.col == col && form.cell(ix).addition.is_none() => Some(ix),
            _ => None,
        });
        for cell in cells {
            if !form.cell(cell).computed {
                keyboard.number(truth.value(cell), random);
            }
            keyboard.key(Key::Enter);
        }
        keyboard.ctrl(Key::ArrowUp);
        keyboard.key(Key::ArrowRight);
    }
}

const PARTS: [&str; 3] = [
    "本年度共主动公开政府信息1203条，其中网站公开980条。",
    "一是公开内容还不够全面，二是回应关切还不够及时。",
    "无其他需要报告的事项。",
];

/// Everything that is typed for a report, from its cover on.
fn typed(truth: &Report, random: &mut Random) -> Keyboard {
    let mut keyboard = Keyboard::default();
    let mut texts = PARTS.iter();
    for section in &truth.form().sections {
        keyboard.ctrl(Key::PageDown);
        match section.body {
            Body::Text(_) => {
                for c in texts.next().unwrap().chars() {
                    keyboard.events.push(Event::Text(c.to_string()));
                    keyboard.strokes += 1;
                }
            }
            Body::Table(table) if random.below(2) == 0 && truth.form().tables[table].id == "t3" => {
                by_columns(&mut keyboard, truth, table, random);
            }
            Body::Table(table) => by_rows(&mut keyboard, truth, table, random),
        }
        // There and back again in one breath.
        if random.below(2) == 0 {
            keyboard.ctrl(Key::PageUp);
            keyboard.ctrl(Key::PageUp);
            keyboard.ctrl(Key::PageDown);
            keyboard.ctrl(Key::PageDown);
        }
    }
    keyboard
}

/// Lets frames of up to 0.4 s gather what was typed meanwhile.
fn replay(window: &mut Window, keyboard: Keyboard, random: &mut Random) {
    let mut events = keyboard.events.into_iter().peekable();
    let mut time = window.0.ctx.input(|input| input.time);
    while events.peek().is_some() {
        // Ten strokes a second at most, most frames being fast.
        let most = *random.pick(&[1, 1, 2, 3, 5, 12, 40]);
        let gathered: Vec<_> = events.by_ref().take(1 + random.below(most)).collect();
        time += 0.001 + random.below(400) as f64 / 1000.0;
        window.0.input_mut().time = Some(time);
        window.0.input_mut().events.extend(gathered);
        window.0.step();
    }
    window.0.input_mut().time = None;
    window.run();
}

/// What stands in a folder, with its content.
fn files(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(entry.path()).unwrap_or_default())
        })
        .filter(|(name, _)| !name.contains(".lock"))
        .collect();
    all.sort();
    all
}

#[test]
fn a_whole_report_typed_on_a_slow_computer() {
    let runs = std::env::var("TYPED").map_or(4, |n| n.parse().unwrap());
    let truths = [report("pingtan_2022"), report("jiutai_xinglong_2020")];
    for seed in 0..runs {
        let mut random = Random::new(seed);
        let truth = &truths[seed as usize % truths.len()];
        let empty = Report::new(truth.form().clone(), truth.organ(), truth.year());
        let (mut window, folder) = Window::with(&empty);
        let before = files(folder.path());
        let keyboard = typed(truth, &mut random);
        assert!(keyboard.strokes >= 400, "{}", keyboard.strokes);
        replay(&mut window, keyboard, &mut random);

        let got = window.report();
        for (cell, spec) in truth
            .form()
            .indexed_cells()
            .filter(|(_, spec)| !spec.computed)
        {
            let (is, should) = (got.value(cell), truth.value(cell));
            if spec.addition.is_none() {
                assert_eq!(is, should, "seed {seed}: {}", spec.id);
            }
        }
        let texts: Vec<&str> = (truth.form().sections.iter())
            .filter_map(|section| match section.body {
                Body::Text(text) => Some(got.text(text)),
                Body::Table(_) => None,
            })
            .collect();
        assert_eq!(texts, PARTS, "seed {seed}");
        assert_eq!(
            files(folder.path()),
            before,
            "seed {seed}: a file was written"
        );
        assert!(
            window.app().is_dirty() && window.tabs().len() > 5,
            "seed {seed}: a command was carried out"
        );
    }
}

fn close(window: &mut Window) -> &mut egui::ViewportInfo {
    let info = window
        .0
        .input_mut()
        .viewports
        .get_mut(&egui::ViewportId::ROOT);
    let info = info.unwrap();
    info.events.push(egui::ViewportEvent::Close);
    info
}

#[test]
fn what_was_typed_before_the_window_is_closed_is_not_lost() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("二、");
    let mut keyboard = Keyboard::default();
    keyboard.digits("12");
    keyboard.key(Key::Tab);
    keyboard.digits("3");
    window.0.input_mut().events.extend(keyboard.events);
    // In the same frame.
    assert!(window.request_close());
    assert!(window.says("有改动还没有保存"));
    assert_eq!(window.cell("表二 规章 本年制发件数"), "12");
}

#[test]
fn a_minimised_window_comes_into_sight_before_it_closes() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("二、");
    window.type_text("7");
    let info = close(&mut window);
    info.minimized = Some(true);
    info.occluded = Some(false);
    let hidden = window.0.input_mut().clone();
    window.0.input_mut().viewports.clear();
    window
        .0
        .input_mut()
        .viewports
        .insert(egui::ViewportId::ROOT, egui::ViewportInfo::default());
    let ctx = window.0.ctx.clone();
    // What the system does with a window of which nothing can be seen.
    let output = ctx.run_logic(&hidden, |ctx| window.app().guard_hidden(ctx));
    let commands = &output.viewport_commands[&egui::ViewportId::ROOT];
    assert!(commands.contains(&egui::ViewportCommand::CancelClose));
    assert!(commands.contains(&egui::ViewportCommand::Minimized(false)));
    window.run();
    assert!(window.says("有改动还没有保存"));
}

#[test]
fn a_question_takes_what_was_typed_ahead_for_it() {
    let (mut window, folder) = Window::with(&report("pingtan_2022"));
    let other = folder.path().join("另一份.ron");
    nianbao::draft::save(&report("jiutai_xinglong_2020"), &other).unwrap();
    window.tab("二、");
    let mut keyboard = Keyboard::default();
    keyboard.ctrl(Key::O);
    keyboard.ctrl(Key::A);
    let path = other.to_str().unwrap().chars();
    keyboard
        .events
        .extend(path.map(|c| Event::Text(c.to_string())));
    keyboard.key(Key::Enter);
    window.0.input_mut().events.extend(keyboard.events);
    window.run();
    assert_eq!(window.report().year(), 2020);
    assert!(!window.app().is_dirty());
}

#[test]
fn what_was_typed_behind_a_refused_number_goes_into_no_other_cell() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    let before = window.report();
    let mut keyboard = Keyboard::default();
    keyboard.events.push(Event::Text("2x".to_owned()));
    keyboard.key(Key::Tab);
    keyboard.digits("33");
    keyboard.key(Key::Tab);
    keyboard.digits("44");
    keyboard.ctrl(Key::PageDown);
    window.0.input_mut().events.extend(keyboard.events);
    window.run();
    assert!(window.says("不是一个数字") && window.says("在它之后打的都没有填入"));
    assert!(window.says("三、收到和处理"), "still there");
    window.press(Key::Escape);
    assert_eq!(window.report(), before);
}

#[test]
fn what_was_typed_into_a_computed_cell_is_said_to_be_lost() {
    let (mut window, _folder) = Window::with(&report("pingtan_2022"));
    window.tab("三、");
    window.click_cell("表三 一、本年新收政府信息公开申请数量 总计");
    let before = window.report();
    let mut keyboard = Keyboard::default();
    keyboard.digits("9");
    keyboard.key(Key::Enter);
    keyboard.key(Key::Enter);
    window.0.input_mut().events.extend(keyboard.events);
    window.run();
    assert!(window.says("刚才打的没有填入"));
    assert_eq!(window.report(), before);
}
