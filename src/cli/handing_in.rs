//! Making the folder that is handed in.

use super::status::{FAILED, FINE, FOUND};
use crate::export::typeset::Faces;
use crate::{check, draft, handin};
use std::io::{self, Write};
use std::path::Path;

/// Makes the folder of a draft and prints the paths of its files; says what is missing instead, unless it is wanted anyway.
pub fn hand_in(
    file: &Path,
    anyway: bool,
    folder: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let report = match draft::open(file) {
        Ok(report) => report,
        Err(error) => return writeln!(err, "{error}").map(|()| FAILED),
    };
    let missing = handin::open_points(&report, &check::evaluate(&report));
    for point in &missing {
        writeln!(err, "{}", point.words)?;
    }
    if !missing.is_empty() && !anyway {
        let count = missing.len();
        return writeln!(
            err,
            "没有交件：还有上面 {count} 处。请填好、改好、写明原因再交件；一定要这样交就加 --anyway，审核情况表会写明"
        )
        .map(|()| FOUND);
    }
    match handin::make(&report, folder, Faces::of_this_pc(), &mut |_| true) {
        Ok(done) => {
            for remark in &done.remarks {
                writeln!(err, "{remark}")?;
            }
            for file in &done.files {
                writeln!(out, "{}", file.display())?;
            }
            Ok(if missing.is_empty() { FINE } else { FOUND })
        }
        Err(error) => writeln!(err, "{error}").map(|()| FAILED),
    }
}
