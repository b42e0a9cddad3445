//! Gives the Windows program its icon, its version and its manifest: sharp on every screen, UTF-8 in every call of the
//! system, and paths of any length. Does nothing for other systems.

use std::env;
use std::process::ExitCode;
use winresource::WindowsResource;

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=assets/windows");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return ExitCode::SUCCESS;
    }
    const CHINESE: u16 = 0x0804;
    let compiled = WindowsResource::new()
        .set_language(CHINESE)
        .set("ProductName", "年报填报")
        .set("FileDescription", "年报填报：政府信息公开工作年度报告")
        .set("OriginalFilename", "nianbao.exe")
        .set("LegalCopyright", "MIT OR Apache-2.0")
        .set_icon("assets/windows/nianbao.ico")
        .set_manifest_file("assets/windows/nianbao.manifest")
        .compile_for("nianbao");
    let Err(error) = compiled else {
        return ExitCode::SUCCESS;
    };
    // Where nothing is linked, as by `cargo check`, none is needed; a program that is handed out has one.
    let is_checked_only = env::var("PROFILE").as_deref() == Ok("debug");
    println!("cargo:warning=no resources (windres or rc.exe is missing?): {error}");
    match is_checked_only {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
