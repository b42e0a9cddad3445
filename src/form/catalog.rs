//! The official forms that the program carries, and which report year uses which.

use super::edition::Form;
use std::sync::{Arc, LazyLock};

static OFFICIAL: LazyLock<Vec<Arc<Form>>> = LazyLock::new(|| {
    // The files are part of the program; tests/it/forms.rs reads each of them.
    [
        include_str!("../../assets/forms/2019.ron"),
        include_str!("../../assets/forms/2021.ron"),
    ]
    .into_iter()
    .map(|text| Arc::new(Form::parse(text).expect("the official forms are sound")))
    .collect()
});

/// All official forms, oldest first.
pub fn official() -> &'static [Arc<Form>] {
    &OFFICIAL
}

/// The form that reports on `year` use; none before the first one.
pub fn by_year(year: i32) -> Option<Arc<Form>> {
    official()
        .iter()
        .find(|form| form.years.contains(year))
        .cloned()
}

/// The form with this id.
pub fn by_id(id: &str) -> Option<Arc<Form>> {
    official().iter().find(|form| form.id == id).cloned()
}
