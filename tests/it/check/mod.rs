//! What is found in a report.

mod accused;
mod checks;
mod culprits;
mod narrative;
mod reasons;
mod reports;
mod years;
