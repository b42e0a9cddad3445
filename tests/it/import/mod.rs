//! What comes in from elsewhere.

mod as_found;
mod cases;
mod damaged;
mod heads;
mod hostile;
mod imports;
mod kinds;
mod paste;
mod readers;
mod readers_support;
