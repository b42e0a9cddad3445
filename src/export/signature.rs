//! Who signs a report and when (落款): organ and day at the right below the last part.

use super::clean::clean_line;
use super::document::Block;
use crate::form::{Body, TextIx};
use crate::prose;
use crate::report::{Edit, Report, Signature};

/// The signature of a report as it is printed.
pub struct Printed {
    /// Who signs, and when.
    pub signature: Signature,
    /// The text at whose end it was typed, and where that text ends without it, in bytes.
    pub typed: Option<(TextIx, usize)>,
}

/// The signature that was typed at the end of the last text, else the one of the cover; never both.
pub fn printed(report: &Report) -> Option<Printed> {
    let texts = report.form().sections.iter().rev();
    let last = texts.clone().find_map(|section| match section.body {
        Body::Text(text) => Some(text),
        Body::Table(_) => None,
    });
    let typed = last.and_then(|text| {
        let signed = prose::signature(report.text(text))?;
        Some(Printed {
            signature: Signature {
                organ: signed.organ.to_owned(),
                date: signed.date.to_owned(),
            },
            typed: Some((text, signed.start)),
        })
    });
    typed.or_else(|| {
        Some(Printed {
            signature: report.notes().signature.clone()?,
            typed: None,
        })
    })
}

/// A report signed otherwise, where the signature that is printed stands: at the end of the text where it was typed, else on
/// the cover.
pub fn signed(report: &Report, new: Signature) -> Edit {
    match printed(report).and_then(|printed| printed.typed) {
        Some((text, end)) => {
            let own = report.text(text)[..end].trim_end_matches('\n');
            let lines = [own, &new.organ, &new.date];
            let lines = lines.into_iter().filter(|line| !line.is_empty());
            Edit::text(report, text, &lines.collect::<Vec<_>>().join("\n"))
        }
        None => Edit::signature(report, new),
    }
}

/// Its lines: the day four characters from the right edge and the organ in the middle above it, or, where the organ's name
/// is longer, that two characters from the edge (GB/T 9704-2012, 7.3.5).
pub(super) fn blocks(signature: &Signature) -> impl Iterator<Item = Block> {
    const DATE: f32 = 4.0;
    const ORGAN: f32 = 2.0;
    let lines = [&signature.organ, &signature.date].map(|line| clean_line(line).trim().to_owned());
    let [organ, date] = lines.each_ref().map(|line| width(line));
    let middle = (DATE + date / 2.0).max(ORGAN + organ / 2.0);
    let indents = [middle - organ / 2.0, middle - date / 2.0];
    lines
        .into_iter()
        .zip(indents)
        .filter(|(text, _)| !text.is_empty())
        .map(|(text, indent)| Block::Signature { text, indent })
}

/// A line of the signature on paper, on several lines about as long as each other where it is too long for one.
pub(super) fn lines(text: &str) -> Vec<&str> {
    /// In characters; beside them two stay free at the right.
    const LONGEST: f32 = 25.0;
    prose::balanced(text, LONGEST)
}

/// How much room a line of the signature takes, in characters.
pub(super) fn width(text: &str) -> f32 {
    lines(text).into_iter().map(prose::ems).fold(0.0, f32::max)
}
