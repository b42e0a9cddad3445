//! Reports and their changes, on disk and off it.

mod drafts;
mod history;
mod links;
mod parts;
mod recovering;
mod safety;
mod saving;
