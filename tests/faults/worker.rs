//! The process that the faults happen to. It is spoken with by datagrams, whose calls are left alone.

use super::SOCKET;
use super::kinds::{self, Act, Kind};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The longest message.
const MOST: usize = 100_000;

/// It does not answer.
pub struct Hangs;

pub struct Worker {
    child: Child,
    socket: UnixDatagram,
    theirs: PathBuf,
    _folder: tempfile::TempDir,
}

impl Worker {
    pub fn start() -> Self {
        Self::start_as(&["env"], &[])
    }

    /// By a command that starts another, with these variables.
    pub fn start_as(by: &[&str], variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        let socket = UnixDatagram::bind(&ours).unwrap();
        open_to_all(&ours);
        // Whoever it is started as.
        open_to_all(folder.path());
        let child = Command::new(by[0])
            .args(&by[1..])
            .arg(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "whatever_call_fails_nothing_is_lost_and_what_is_said_is_true",
                "--nocapture",
            ])
            .env(SOCKET, folder.path())
            .envs(variables.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut worker = Self {
            child,
            socket,
            theirs,
            _folder: folder,
        };
        assert_eq!(worker.hear().ok().flatten().as_deref(), Some("ready"));
        worker
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Has something done; what it answers.
    pub fn ask(&mut self, what: &str, kind: Kind, place: &Path) -> String {
        let answer = self.try_ask(what, kind, place).ok().flatten();
        answer.unwrap_or_else(|| panic!("{kind:?}: it ended or hangs while it has to {what}"))
    }

    /// The same; none if the process ended over it.
    ///
    /// # Errors
    /// If nothing comes within a minute.
    pub fn try_ask(
        &mut self,
        what: &str,
        kind: Kind,
        place: &Path,
    ) -> Result<Option<String>, Hangs> {
        let order = format!("{what}\n{}\n{}", kind as usize, place.display());
        match self.socket.send_to(order.as_bytes(), &self.theirs) {
            Ok(_) => self.hear(),
            Err(_) => Ok(None),
        }
    }

    fn hear(&mut self) -> Result<Option<String>, Hangs> {
        let mut bytes = vec![0; MOST];
        self.socket
            .set_read_timeout(Some(Duration::from_millis(50)))
            .unwrap();
        for _ in 0..1200 {
            if let Ok(length) = self.socket.recv(&mut bytes) {
                bytes.truncate(length);
                return Ok(Some(String::from_utf8(bytes).unwrap()));
            }
            if self.child.try_wait().unwrap().is_some() {
                return Ok(None);
            }
        }
        Err(Hangs)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn open_to_all(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o777)).unwrap();
}

/// Does what it is told until it is killed.
pub fn serve(folder: &Path) -> ! {
    let socket = UnixDatagram::bind(folder.join("theirs")).unwrap();
    let ours = folder.join("ours");
    let say = |words: &str| {
        let words = words.as_bytes();
        socket
            .send_to(&words[..words.len().min(MOST)], &ours)
            .unwrap();
    };
    say("ready");
    let mut act: Option<Act> = None;
    let mut bytes = vec![0; MOST];
    loop {
        let length = socket.recv(&mut bytes).unwrap();
        let order = std::str::from_utf8(&bytes[..length]).unwrap();
        let [what, kind, place] = order.splitn(3, '\n').collect::<Vec<_>>()[..] else {
            unreachable!("{order}")
        };
        let kind = kinds::KINDS[kind.parse::<usize>().unwrap()];
        let answer = match what {
            "prepare" => {
                act = Some(kinds::prepare(kind, Path::new(place)));
                String::new()
            }
            "act" => act.as_mut().expect("prepared")(),
            _ => {
                act = None;
                String::new()
            }
        };
        say(&answer);
    }
}
