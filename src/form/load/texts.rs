//! Texts, the sections that hold them or a table, and what is demanded of the words and numbers in a text.

use super::file::{BodyFile, RequirementFile, SectionFile, TextFile};
use super::loader::{Loaded, Loader};
use crate::form::expr::Choice;
use crate::form::index::TextIx;
use crate::form::parts::{Body, Section, TextSpec};
use crate::form::rules::Requirement;

impl<'a> Loader<'a> {
    /// The texts and the sections in their official order; the preamble is a text of no section.
    pub fn texts(
        &mut self,
        preamble: Option<TextFile<'a>>,
        sections: Vec<SectionFile<'a>>,
    ) -> Loaded<()> {
        if let Some(preamble) = preamble {
            self.text("preamble", preamble, String::new(), true);
        }
        for section in sections {
            let body = match section.body {
                BodyFile::Text(text) => {
                    Body::Text(self.text(section.id, text, section.heading.clone(), false))
                }
                BodyFile::Table(id) => Body::Table(self.find_table(id)?),
            };
            self.form.sections.push(Section {
                id: section.id.to_owned(),
                heading: section.heading,
                tab: section.tab,
                body,
            });
        }
        Ok(())
    }

    fn text(&mut self, id: &str, file: TextFile<'_>, heading: String, optional: bool) -> TextIx {
        let name = if file.name.is_empty() {
            heading
        } else {
            file.name.into_owned()
        };
        self.form.texts.push(TextSpec {
            id: id.to_owned(),
            name,
            hint: file.hint,
            advice: file.advice,
            optional,
            carries: file.carries,
            least: file.least,
        });
        TextIx((self.form.texts.len() - 1) as u16)
    }

    /// Words that a text must contain.
    pub fn requirements(&mut self, files: Vec<RequirementFile<'a>>) -> Loaded<()> {
        for file in files {
            let rule = self.rule(file.id, file.level, file.wording, file.source);
            let text = self.find_text(file.text)?;
            let when = file
                .when
                .map(|when| self.sum(when, &Choice::new()))
                .transpose()?;
            self.form.requirements.push(Requirement {
                rule,
                text,
                any_of: file.any_of,
                when,
            });
        }
        Ok(())
    }
}
