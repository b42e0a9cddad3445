//! Calls of the system that fail, by strace.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

/// The calls that touch files, and what each of them may answer.
const ANSWERS: [(&str, &[&str]); 22] = [
    ("openat", &["EACCES", "EIO", "EMFILE", "ENOSPC", "EROFS"]),
    ("write", &["ENOSPC", "EIO", "EDQUOT"]),
    ("read", &["EIO"]),
    ("fsync", &["EIO", "ENOSPC"]),
    ("fdatasync", &["EIO"]),
    ("rename", &["EACCES", "EIO", "ENOSPC", "EROFS"]),
    ("renameat", &["EACCES", "EIO"]),
    ("renameat2", &["EACCES", "EIO"]),
    ("unlink", &["EACCES", "EIO", "EROFS"]),
    ("link", &["EPERM", "EMLINK", "EIO"]),
    ("linkat", &["EPERM", "EMLINK", "EIO"]),
    ("mkdir", &["EACCES", "ENOSPC", "EROFS"]),
    ("fchmod", &["EPERM"]),
    ("chmod", &["EPERM"]),
    ("fchown", &["EPERM"]),
    ("flock", &["ENOLCK"]),
    ("ftruncate", &["EIO", "ENOSPC"]),
    ("getdents64", &["EIO"]),
    ("statx", &["EIO", "EACCES"]),
    ("newfstatat", &["EIO"]),
    ("copy_file_range", &["EIO", "ENOSPC"]),
    ("readlink", &["EIO"]),
];

/// One call that goes wrong.
#[derive(Debug)]
pub struct Fault {
    call: &'static str,
    /// What it answers; none if the program ends there.
    answer: Option<&'static str>,
    /// Which of the calls of this name, from 1.
    nth: usize,
    /// Whether all later ones go wrong too.
    lasts: bool,
}

impl Fault {
    /// Every call of a name answers the same.
    pub fn always(call: &'static str, answer: &'static str) -> Self {
        Self {
            call,
            answer: Some(answer),
            nth: 1,
            lasts: true,
        }
    }

    /// One of those that can happen, each call of each name as likely as any other name's.
    pub fn pick(calls: &BTreeMap<String, usize>, mut below: impl FnMut(usize) -> usize) -> Self {
        let made: Vec<_> = ANSWERS
            .iter()
            .filter_map(|(call, answers)| Some((*call, *answers, *calls.get(*call)?)))
            .collect();
        let (call, answers, times) = made[below(made.len())];
        let answer = (below(4) > 0).then(|| answers[below(answers.len())]);
        Self {
            call,
            answer,
            nth: 1 + below(times),
            lasts: answer.is_some() && below(3) == 0,
        }
    }

    fn words(&self) -> String {
        let what = match self.answer {
            Some(answer) => format!("error={answer}"),
            None => "signal=KILL".to_owned(),
        };
        let on = if self.lasts { "+" } else { "" };
        format!("inject={}:{what}:when={}{on}", self.call, self.nth)
    }
}

/// Watches a process, and makes a call of it fail.
pub struct Strace {
    child: Child,
    lines: BufReader<std::process::ChildStderr>,
    /// A pipe would fill up, and hold the process up.
    trace: tempfile::NamedTempFile,
}

impl Strace {
    pub fn attach(process: u32, fault: Option<&Fault>) -> Self {
        let calls: Vec<&str> = ANSWERS.iter().map(|(call, _)| *call).collect();
        let trace = tempfile::NamedTempFile::new().unwrap();
        let mut command = Command::new("strace");
        command
            .args(["-f", "-s", "80", "-p", &process.to_string(), "-e"])
            .arg(format!("trace={}", calls.join(",")))
            .arg("-o")
            .arg(trace.path());
        if let Some(fault) = fault {
            command.args(["-e", &fault.words()]);
        }
        let mut child = command
            .stderr(Stdio::piped())
            .spawn()
            .expect("strace is installed");
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        assert!(first.contains("attached"), "{first}");
        Self {
            child,
            lines,
            trace,
        }
    }

    /// Lets the process go; what it did meanwhile.
    pub fn detach(mut self) -> String {
        let told = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status();
        assert!(told.is_ok());
        let mut rest = Vec::new();
        self.lines.read_to_end(&mut rest).unwrap();
        let _ = self.child.wait();
        let trace = std::fs::read(self.trace.path()).unwrap();
        String::from_utf8_lossy(&trace).into_owned()
    }
}

/// How often each call stands in a trace.
pub fn calls(trace: &str) -> BTreeMap<String, usize> {
    let mut calls = BTreeMap::new();
    for line in trace.lines() {
        // `12 openat(…`, or a call of which only the end is seen.
        let line = line
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start();
        let Some((name, _)) = line.split_once('(') else {
            continue;
        };
        *calls.entry(name.to_owned()).or_default() += 1;
    }
    calls
}
