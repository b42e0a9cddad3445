//! What comes in from elsewhere.

mod around;
mod as_found;
mod bounds;
mod cases;
mod columns;
mod damaged;
mod heads;
mod hostile;
mod imports;
mod in_lines;
mod kinds;
mod mutated;
mod ofd;
mod old_word;
mod own;
mod paste;
mod readers;
mod readers_support;
mod several_tables;
mod stated;
mod unruled;
mod unseen;
mod unseen_pages;
mod unseen_pdf;
mod unseen_sheets;
