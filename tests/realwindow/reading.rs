//! What a screen reader is told of the window, through AT-SPI.

use super::{Running, Screen, nianbao};
use nianbao::draft;
use nianbao::report::Report;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// One thing in the window.
#[derive(Debug)]
struct Node {
    role: String,
    name: String,
    description: String,
    text: String,
    states: String,
}

/// The window with something that listens to it.
struct Reading {
    asks: ChildStdin,
    hears: Receiver<String>,
    /// In the order in which they end.
    _running: [Running; 4],
    _home: tempfile::TempDir,
}

impl Reading {
    fn new(screen: &Screen, report: &Report) -> Self {
        let home = tempfile::tempdir().unwrap();
        let draft = home.path().join("a.ron");
        draft::save(report, &draft).unwrap();
        let mut bus = screen
            .command("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .env("XDG_RUNTIME_DIR", home.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let start = |program: &str, words: &[&str]| {
            let mut command = screen.command(program);
            command
                .args(words)
                .env("XDG_RUNTIME_DIR", home.path())
                .env("DBUS_SESSION_BUS_ADDRESS", address.trim())
                .stderr(Stdio::null());
            command
        };
        let launcher = start(
            "/usr/libexec/at-spi-bus-launcher",
            &["--launch-immediately", "--a11y=1", "--screen-reader=1"],
        )
        .spawn()
        .expect("at-spi2-core is installed");
        std::thread::sleep(Duration::from_millis(500));
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/realwindow/reader.py");
        // The one that Debian's pyatspi belongs to.
        let mut reader = start("/usr/bin/python3", &[script.to_str().unwrap()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3-pyatspi is installed");
        let lines = BufReader::new(reader.stdout.take().unwrap()).lines();
        let (told, hears) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = told.send(line);
            }
        });
        let asks = reader.stdin.take().unwrap();
        let place = home.path().to_str().unwrap();
        let program = start(nianbao(), &["--renderer", "cpu", "--data-dir", place])
            .arg(&draft)
            .spawn()
            .unwrap();
        let running = [program, reader, launcher, bus].map(Running);
        let mut reading = Self {
            asks,
            hears,
            _running: running,
            _home: home,
        };
        reading.hear("ready");
        screen.wait_for_title("a.ron");
        std::thread::sleep(Duration::from_millis(1000));
        reading
    }

    /// Waits until a line is heard that holds these words; between some of them (`…`) anything may stand. Returns the lines
    /// before it.
    fn hear(&mut self, words: &str) -> Vec<String> {
        let until = Instant::now() + Duration::from_secs(15);
        let mut heard = Vec::new();
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(line) = self.hears.recv_timeout(left) else {
                panic!("{words} is not among {heard:#?}");
            };
            if words.split('…').all(|words| line.contains(words)) {
                return heard;
            }
            heard.push(line);
        }
    }

    /// Waits until the window's name begins with these words: what every screen reader reads out as it changes.
    fn hear_said(&mut self, words: &str) {
        self.hear(&format!("accessible-name\t0\t{words}…\tframe\t"));
    }

    /// Everything in the window now.
    fn tree(&mut self) -> Vec<Node> {
        writeln!(self.asks, "tree").unwrap();
        let mut nodes = Vec::new();
        loop {
            let line = self.hears.recv_timeout(Duration::from_secs(30)).unwrap();
            let parts: Vec<String> = line.split('\t').map(String::from).collect();
            match parts.first().map(String::as_str) {
                Some("end") => return nodes,
                Some("node") => {
                    let [_, role, name, description, text, states] = parts.try_into().unwrap();
                    nodes.push(Node {
                        role,
                        name,
                        description,
                        text,
                        states,
                    });
                }
                _ => {}
            }
        }
    }

    /// The node of a role whose name begins so, as soon as it is there.
    fn node(&mut self, role: &str, name: &str) -> Node {
        self.node_that(role, name, |_| true)
    }

    /// The same, as soon as it is as it should be.
    fn node_that(&mut self, role: &str, name: &str, is_right: impl Fn(&Node) -> bool) -> Node {
        let until = Instant::now() + Duration::from_secs(15);
        loop {
            let mut nodes = self.tree();
            nodes.retain(|node| node.role == role);
            let is_it = |node: &Node| node.name.starts_with(name) && is_right(node);
            match nodes.iter().position(is_it) {
                Some(at) => return nodes.swap_remove(at),
                None if Instant::now() > until => panic!("{role} {name}: {nodes:#?}"),
                None => std::thread::sleep(Duration::from_millis(200)),
            }
        }
    }
}

const FIRST: &str = "表三 一、本年新收政府信息公开申请数量 自然人";
const SECOND: &str = "表三 一、本年新收政府信息公开申请数量 商业企业";

#[test]
fn a_screen_reader_is_told_what_the_eye_sees() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/jiutai_xinglong_2020.ron");
    let screen = Screen::new();
    let mut reading = Reading::new(&screen, &draft::open(&path).unwrap());

    // The window by its title, the tools by name and what they do.
    reading.node("frame", "a.ron — 年报填报");
    let save = reading.node("push button", "保存");
    assert!(save.description.contains("Ctrl+S"), "{save:?}");

    // A tab, and that it is the one in sight.
    for _ in 0..3 {
        screen.key("ctrl+Next");
    }
    reading.node_that("page tab", "三、依申请公开 全部为 0", |tab| {
        tab.states.contains("checked")
    });

    // A cell: where the keyboard goes is announced; its number is told.
    screen.key("ctrl+Home");
    screen.key("Right");
    reading.hear(&format!("focused\t1\t0\ttable cell\t{SECOND}"));
    screen.key("Left");
    reading.hear(&format!("focused\t1\t0\ttable cell\t{FIRST}"));

    // What is typed is announced, and the number and the red that come of it.
    screen.type_text("12");
    reading.hear("object:text-changed:insert…\tentry\t填写");
    screen.key("Return");
    reading.hear(&format!(
        "accessible-description\t0\t12，必改\ttable cell\t{FIRST}"
    ));
    // The next cell is told by its own name and by no other's.
    let before = reading.hear("focused\t1\t0\ttable cell\t表三 二、上年结转");
    let named = |line: &String| line.contains("accessible-name") && line.contains("\tentry\t");
    assert!(!before.iter().any(named), "{before:#?}");
    reading.node_that("table cell", "表三 （七）总计 自然人", |total| {
        total.description == "0，必改"
    });
    reading.node("page tab", "三、依申请公开 必改 2");

    // A total takes the keyboard, too.
    screen.key("ctrl+Home");
    screen.key("ctrl+Right");
    reading.hear("focused\t1\t0\ttable cell\t表三 一、本年新收政府信息公开申请数量 总计");
    screen.key("ctrl+Home");

    // A card: what is wrong, by how much, and what can be done.
    reading.node("label", "必改表三 · 自然人：一+二 ≠ 三（七）+四");
    reading.node("label", "差 12");
    let reason = reading.node("entry", "说明原因 一、总体情况写");
    assert!(reason.states.contains("editable"), "{reason:?}");
    let change = reading.node("push button", "改为 0");
    assert!(change.states.contains("sensitive"), "{change:?}");
    assert!(
        change.description.starts_with("表三 · 一、本年新收"),
        "which cell is meant: {change:?}"
    );

    // What a selection comes to.
    screen.key("ctrl+Home");
    screen.key("shift+Right");
    reading.hear_said("求和 12，计数 2，平均 6");
    screen.key("ctrl+Home");

    // A number that is refused: the reason is read out.
    screen.type_text("x");
    screen.key("Return");
    reading.hear("object:announcement\t1\t“x”不是一个数字");
    reading.hear_said("“x”不是一个数字");
    screen.key("Escape");

    // The next finding: what it says, and where it is.
    screen.key("F8");
    reading.hear_said("必改 表三 · 自然人：一+二 ≠ 三（七）+四，差 12");

    // A text, with a number that the table contradicts: read out when the caret comes to it.
    screen.key("ctrl+Prior");
    screen.key("ctrl+Prior");
    let text = reading.node("entry", "一、总体情况");
    assert!(text.text.starts_with("今年以来，兴隆街道"), "{text:?}");
    reading.node("label", "1048 字 · 正文里认出 1 个数：1 个不符");
    screen.key("F8");
    reading.hear_said("必改 表三 · 总计：一+二 ≠ 三（七）+四，差 12");
    screen.key("F8");
    reading.hear("object:announcement…不符");
    reading.hear_said("需说明 一、总体情况写“全年收到依申请公开0件”：与表格不符；“0件” → 表三");

    // That it is saved.
    screen.key("ctrl+s");
    reading.hear_said("已保存");
    screen.type_text("a");
    screen.wait_for_title("● ");

    // A question: what it asks, and its answers.
    screen.key("ctrl+n");
    reading.node("dialog", "有改动还没有保存");
    reading.hear_said("有改动还没有保存");
    reading.node("label", "有改动还没有保存");
    for answer in ["先保存", "不保存", "取消"] {
        reading.node("push button", answer);
    }
    screen.key("Escape");
}
