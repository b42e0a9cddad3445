//! Everything that needs no window of the system: forms, checks, drafts, commands, and the window without a screen.

mod checks;
mod commands;
mod culprits;
mod drafts;
mod exports;
mod fonts;
mod forms;
mod fresh;
mod history;
mod imports;
mod parts;
mod paste;
mod reasons;
mod reports;
mod safety;
mod support;
mod tidy;
mod values;
mod verify;
mod window;
mod window_blocks;
mod window_keys;
mod window_manners;
mod window_outputs;
mod window_texts;
mod xlsx;
