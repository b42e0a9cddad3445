//! Whose report it is and on which year: by its title, else by what stands below it, who signs, and what is named most.

use super::page::Page;
use super::title;
use crate::import::outcome::Remark;
use crate::import::source::Source;

/// What a source says about the report as a whole.
pub(super) struct Facts {
    /// Empty where nothing says.
    pub organ: String,
    /// None where nothing says.
    pub year: Option<i32>,
    /// The line in which the report itself begins, behind its title.
    pub body: usize,
    /// How sure that is, if there is anything to say about it.
    pub remark: Option<Remark>,
}

/// Reads them.
pub(super) fn read(page: &Page<'_>, source: &Source) -> Facts {
    let lines = &page.lines;
    let Some(title) = title::find(lines, page.headings.first(), source) else {
        let fields = page.content.fields.iter().map(|field| &*field.text);
        let year = title::named_most(fields);
        return Facts {
            organ: String::new(),
            year,
            body: 0,
            remark: year.map(Remark::YearGuessed),
        };
    };
    let (year, body) = (Some(title.year), title.next);
    if !title.organ.is_empty() {
        return Facts {
            organ: title.organ,
            year,
            body,
            remark: None,
        };
    }
    let below = lines.get(body).and_then(|line| title::organ_alone(line));
    // Such a line below the title belongs to it.
    let body = body + usize::from(below.is_some());
    let organ = below
        .or_else(|| title::signature(lines))
        .unwrap_or_default();
    let remark = match organ.is_empty() {
        true => Remark::NoOrgan,
        false => Remark::OrganBelowTitle(organ.clone()),
    };
    Facts {
        organ,
        year,
        body,
        remark: Some(remark),
    }
}
