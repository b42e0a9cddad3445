//! Everything that needs no window of the system: forms, checks, drafts, commands, and the window without a screen.

mod check;
mod commands;
mod compose;
mod desktop;
mod draft;
mod export;
mod form;
mod house;
mod import;
mod prose;
mod side;
mod support;
mod window;
