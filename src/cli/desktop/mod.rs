//! The program in this user's desktop: in the menu, with its icon, and opening drafts by a double click. Needs no rights,
//! touches nothing of other users, and can be taken back.

#[cfg(any(windows, test))]
mod bound;
#[cfg(windows)]
mod windows;
#[cfg(not(windows))]
mod xdg;

#[cfg(windows)]
use windows as here;
#[cfg(not(windows))]
use xdg as here;

use super::status::{FAILED, FINE};
use std::io::{self, Write};

/// Puts the program into the desktop.
pub fn install(out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    say(here::install(), out, err)
}

/// Takes out of the desktop what [`install`] put there.
pub fn remove(out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    say(here::remove(), out, err)
}

/// Says what was done; or what was not, and why.
fn say(done: Result<String, String>, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    match done {
        Ok(words) => writeln!(out, "{words}").map(|()| FINE),
        Err(words) => writeln!(err, "{words}").map(|()| FAILED),
    }
}
