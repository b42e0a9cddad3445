//! The program begun anew in its own place: one that has failed half-way cannot be trusted to let go of what it holds.

use std::process::Command;

/// Starts the program again as it was started, but for the change. Returns only where it cannot, or where the system knows
/// no such change of place and the new program runs beside this one.
///
/// # Errors
/// If the program cannot be started.
pub fn start_again(change: impl FnOnce(&mut Command)) -> std::io::Result<()> {
    let mut again = Command::new(std::env::current_exe()?);
    again.args(std::env::args_os().skip(1));
    change(&mut again);
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        Err(again.exec())
    }
    #[cfg(not(unix))]
    {
        again.spawn().map(drop)
    }
}
