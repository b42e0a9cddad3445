//! The official forms that the program carries, and which report year uses which.

use super::edition::Form;
use std::sync::{Arc, LazyLock};

/// A form of the program's own: its id, and itself, read when it is asked for.
struct Official {
    id: &'static str,
    form: LazyLock<Arc<Form>>,
}

/// Oldest first. A report is mostly on the newest form, and then the others are not read at all.
static OFFICIAL: [Official; 2] = [
    Official {
        id: "2019",
        form: LazyLock::new(|| read(include_str!("../../assets/forms/2019.ron"))),
    },
    Official {
        id: "2021",
        form: LazyLock::new(|| read(include_str!("../../assets/forms/2021.ron"))),
    },
];

static ALL: LazyLock<Vec<Arc<Form>>> =
    LazyLock::new(|| OFFICIAL.iter().map(|it| (*it.form).clone()).collect());

fn read(text: &str) -> Arc<Form> {
    // The files are part of the program; tests/it/form reads each of them.
    Arc::new(Form::parse(text).expect("the official forms are sound"))
}

/// All official forms, oldest first.
pub fn official() -> &'static [Arc<Form>] {
    &ALL
}

/// The form that reports on `year` use; none before the first one.
pub fn by_year(year: i32) -> Option<Arc<Form>> {
    let mut newest_first = OFFICIAL.iter().rev().map(|it| &*it.form);
    newest_first.find(|form| form.years.contains(year)).cloned()
}

/// The form with this id.
pub fn by_id(id: &str) -> Option<Arc<Form>> {
    let found = OFFICIAL.iter().find(|it| it.id == id)?;
    Some((*found.form).clone())
}

#[cfg(test)]
mod tests {
    use super::OFFICIAL;

    #[test]
    fn each_form_has_the_id_by_which_it_is_found() {
        for official in &OFFICIAL {
            assert_eq!(official.form.id, official.id);
        }
    }
}
