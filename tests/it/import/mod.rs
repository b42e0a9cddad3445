//! What comes in from elsewhere.

mod as_found;
mod damaged;
mod hostile;
mod imports;
mod paste;
mod readers;
mod readers_support;
