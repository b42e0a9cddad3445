//! Arguments → window or command.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use nianbao::cli::{self, Request};
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os().skip(1)) {
        Request::Window(options) => {
            let _ = options;
            ExitCode::SUCCESS
        }
        Request::Command(command) => {
            cli::attach_console();
            ExitCode::from(cli::run(
                command,
                &mut std::io::stdout().lock(),
                &mut std::io::stderr().lock(),
            ))
        }
    }
}
