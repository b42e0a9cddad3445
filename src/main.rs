//! Arguments → window or command.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use nianbao::args::{self, Request};
use nianbao::cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    match args::parse(std::env::args_os().skip(1)) {
        Request::Window(options) => nianbao::ui::run(options),
        Request::Command(command) => {
            cli::attach_console();
            let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
            ExitCode::from(cli::run(command, &mut out, &mut err))
        }
    }
}
