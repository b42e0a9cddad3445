//! What is found in a report.

mod checks;
mod culprits;
mod narrative;
mod reasons;
mod reports;
mod years;
