//! The window on screens of many sizes, and after bad settings.

use super::{Running, Screen, nianbao, pictures};
use std::path::Path;
use std::time::{Duration, Instant};

/// Where the window's content lies on the screen: left, top, width, height.
fn content(screen: &Screen) -> Option<[i32; 4]> {
    let mut asked = screen.command("xwininfo");
    let output = asked.args(["-id", &screen.window()?]).output();
    let words = String::from_utf8(output.expect("xwininfo is installed").stdout).ok()?;
    let number = |name: &str| {
        let mut lines = words.lines().map(str::trim);
        let number = lines.find_map(|line| line.strip_prefix(name))?;
        number.strip_prefix(':')?.trim().parse().ok()
    };
    Some([
        number("Absolute upper-left X")?,
        number("Absolute upper-left Y")?,
        number("Width")?,
        number("Height")?,
    ])
}

/// Where it lies once it no longer moves.
fn settled(screen: &Screen) -> [i32; 4] {
    let begun = Instant::now();
    let mut before = None;
    loop {
        std::thread::sleep(Duration::from_millis(1500));
        let now = content(screen);
        match now {
            Some(content) if now == before => return content,
            _ => before = now,
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{before:?}");
    }
}

fn start(screen: &Screen, home: &Path, file: Option<&Path>) -> Running {
    let mut program = screen.command(nianbao());
    program.arg("--data-dir").arg(home).args(file);
    Running(program.spawn().unwrap())
}

fn sample() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/jiutai_xinglong_2020.ron")
}

fn is_within(content: [i32; 4], width: i32, height: i32) -> bool {
    let [left, top, wide, high] = content;
    left >= 0 && top >= 0 && left + wide <= width && top + high <= height
}

#[test]
fn the_first_window_fits_the_screen_that_it_opens_on() {
    for (width, height) in [(1024, 700), (1366, 768), (1280, 860), (1920, 1080)] {
        let screen = Screen::sized(width, height);
        let folder = tempfile::tempdir().unwrap();
        let draft = folder.path().join("a.ron");
        std::fs::copy(sample(), &draft).unwrap();
        let _program = start(&screen, folder.path(), Some(&draft));
        screen.wait_for_title("a.ron");
        for _ in 0..3 {
            screen.key("ctrl+Next");
        }
        let content = settled(&screen);
        screen.picture(&pictures().join(format!("fits-{width}x{height}.png")));
        let (width, height) = (width as i32, height as i32);
        assert!(
            is_within(content, width, height),
            "{width}x{height}: {content:?}"
        );
        // Small screens are filled, large ones are not.
        let fills = content[2] > width - 20 && content[3] > height - 60;
        assert_eq!(fills, width < 1900, "{width}x{height}: {content:?}");
    }
}

#[test]
fn bad_settings_and_other_screens_are_no_hindrance() {
    for settings in [
        "(size: Some((1900, 1060)))",
        "(size: Some((1e30, NaN)), zoom: Some(0))",
        "(size: Some((20000, 150)), zoom: Some(2.0))",
        "(size: Some((1200, 800)), zoom: Some(0.75), position: Some((-9e9, 9e9)))",
    ] {
        let screen = Screen::sized(1366, 768);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("settings.ron"), settings).unwrap();
        let _program = start(&screen, folder.path(), None);
        screen.wait_for_title("年报填报");
        let content = settled(&screen);
        let name = settings.replace(|c: char| !c.is_alphanumeric(), "");
        let words = screen.picture(&pictures().join(format!("{name}.png")));
        assert!(is_within(content, 1366, 768), "{settings}: {content:?}");
        assert!(words > 1000, "{settings}");
    }
}

#[test]
fn a_window_that_filled_the_screen_does_so_again() {
    let screen = Screen::sized(1920, 1080);
    let folder = tempfile::tempdir().unwrap();
    for filled in [false, true] {
        let mut program = start(&screen, folder.path(), None);
        screen.wait_for_title("年报填报");
        let [left, top, width, height] = settled(&screen);
        if filled {
            assert!(width > 1900 && height > 1000, "{width}x{height}");
            screen.picture(&pictures().join("maximised-again.png"));
        } else {
            assert_eq!((width, height), (1280, 860));
            // Two clicks on the title.
            let (x, y) = ((left + 400).to_string(), (top - 8).to_string());
            screen.xdotool(&["mousemove", &x, &y]);
            screen.xdotool(&["click", "--repeat", "2", "--delay", "80", "1"]);
            let [_, _, width, _] = settled(&screen);
            assert!(width > 1900, "openbox fills the screen");
        }
        screen.close(&screen.window().unwrap());
        let begun = Instant::now();
        while program.0.try_wait().unwrap().is_none() {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "the window closes"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    // What it comes back to is as large as it was before.
    let settings = std::fs::read_to_string(folder.path().join("settings.ron")).unwrap();
    assert!(settings.contains("maximised: true"), "{settings}");
}
