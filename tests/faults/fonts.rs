//! Only what lays pages out looks for the PC's fonts: a web page, a workbook, a Word file and JSON are there at once.

use std::path::Path;
use std::process::Command;

#[test]
fn fonts_are_loaded_by_what_needs_them_alone() {
    let draft =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/jiutai_xinglong_2020.ron");
    for (format, needs) in [
        ("html", false),
        ("xlsx", false),
        ("docx", false),
        ("json", false),
        ("pdf", true),
        ("ofd", true),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (trace, to) = (
            folder.path().join("trace"),
            folder.path().join(format!("年报.{format}")),
        );
        let mut strace = Command::new("strace");
        strace
            .args(["-f", "-e", "trace=open,openat,openat2", "-o"])
            .arg(&trace);
        strace
            .arg(env!("CARGO_BIN_EXE_nianbao"))
            .arg("export")
            .arg(&draft);
        strace.args(["--to", format, "-o"]).arg(&to);
        let done = strace
            .output()
            .unwrap_or_else(|error| panic!("strace: {error}; .ci/run installs it"));
        assert!(to.exists(), "{format}: {done:?}");
        let trace = std::fs::read_to_string(&trace).unwrap();
        let is_of_fonts = |line: &&str| line.contains("fonts") || line.contains("fontconfig");
        let looked: Vec<&str> = trace.lines().filter(is_of_fonts).collect();
        assert_eq!(!looked.is_empty(), needs, "{format}: {looked:#?}");
    }
}
