//! From a form's file to a [`Form`], step by step: resolves spans and names, expands relations, orders computations.

mod file;
mod loader;
mod narrative;
mod narrative_file;
mod passages;
mod passages_file;
mod relations;
mod tables;
mod texts;
mod years;

pub use loader::FormError;

use super::edition::Form;
use file::FormFile;
use loader::Loader;
use ron::extensions::Extensions;

/// The version of the form files that this program reads.
const FORMAT: u32 = 1;

impl Form {
    /// Reads a form from the text of its RON file.
    ///
    /// # Errors
    /// Refuses overlapping or missing cells, spans that leave the table, unknown cells, rows, lists or tables,
    /// relations over unknown cells and computed cells that depend on themselves; says on which line.
    pub fn parse(text: &str) -> Result<Self, FormError> {
        let options = ron::Options::default().with_default_extension(
            Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES,
        );
        let file: FormFile<'_> = options.from_str(text).map_err(|error| FormError {
            line: error.span.start.line,
            what: format!("不是完整的格式文件（{}）", error.code),
        })?;
        let mut loader = Loader::new(text, &file);
        if file.format != FORMAT {
            return loader.fail(
                file.id,
                format!("格式文件的版本是 {}，本程序只认 {FORMAT}", file.format),
            );
        }
        // Cells first: all the rest names them. Sections before what speaks of their texts.
        loader.tables(&file.tables, &file.additions)?;
        loader.texts(file.preamble, file.sections)?;
        loader.relations(file.relations)?;
        loader.cell_rules(&file.cell_rules)?;
        loader.requirements(file.requirements)?;
        loader.narrative(file.narrative)?;
        loader.writing(file.writing)?;
        loader.passages(file.passages)?;
        loader.computations()?;
        loader.across(file.across)?;
        loader.swings(file.swings)?;
        loader.formerly(file.formerly)?;
        loader.stale_years(file.stale_years)?;
        loader.alike(file.alike)?;
        loader.periods(file.periods)?;
        loader.trends(file.trends)?;
        Ok(loader.form)
    }
}
