//! The text of a document paragraph by paragraph, into parts.

use super::boxes::{Boxed, Boxes};
use super::lists::Lists;
use super::places::Places;
use super::properties::{Look, Paragraph, Runs};
use super::styles::Styles;
use super::table::{OpenTable, WHITE};
use super::text::{Character, characters};
use crate::import::error::ReadError;
use crate::import::read::field::{Ended, Field};
use crate::import::read::grid::{MAX_NESTING, few_enough, seen};
use crate::import::read::ole::Document;
use crate::import::read::signs;
use crate::import::source::{Part, UNREAD};

/// Stands where something hangs that lies over the page.
const ANCHOR: char = '\u{8}';

/// Fields inside of fields.
const MAX_FIELDS: usize = 64;

pub(super) struct DocReader<'a> {
    data: &'a [u8],
    characters: Vec<Character>,
    boxes: Boxes,
    boxed: Boxed,
    paragraph_runs: Runs<'a>,
    character_runs: Runs<'a>,
    styles: Styles<'a>,
    lists: Lists,
    parts: Vec<Part>,
    /// Paragraphs and cells so far.
    count: usize,
    tables: Vec<OpenTable>,
    fields: Vec<Field>,
    /// Whether fields begin and end as they should.
    follows_fields: bool,
    text: String,
}

impl<'a> DocReader<'a> {
    pub fn new(
        document: &'a Document,
        table: &'a [u8],
        places: &Places,
    ) -> Result<Self, ReadError> {
        let main = &document.main;
        let lists = places.lists.of(table);
        let boxed = characters(main, table, places, &places.boxes)?;
        let characters = characters(main, table, places, &places.text)?;
        let count = |mark: char| characters.iter().filter(|it| it.c == mark).count();
        Ok(Self {
            data: &document.data,
            follows_fields: count('\u{13}') == count('\u{15}'),
            characters,
            boxes: Boxes::read(table, places),
            boxed: Boxed::new(boxed),
            paragraph_runs: Runs::read(main, places.paragraph_pages.of(table), true),
            character_runs: Runs::read(main, places.character_pages.of(table), false),
            styles: Styles::read(places.styles.of(table), places.fonts.of(table)),
            // The levels stand behind the lists themselves, outside of their length.
            lists: Lists::read(
                lists,
                places.lists.behind(table),
                places.list_uses.of(table),
            ),
            parts: Vec::new(),
            count: 0,
            tables: Vec::new(),
            fields: Vec::new(),
            text: String::new(),
        })
    }

    /// Reads all of it: its parts, and the characters of boxes that hang nowhere.
    pub fn read(mut self) -> Result<(Vec<Part>, Vec<Character>), ReadError> {
        let characters = std::mem::take(&mut self.characters);
        self.paragraphs(&characters)?;
        Ok((self.parts, self.boxed.left()))
    }

    fn paragraphs(&mut self, characters: &[Character]) -> Result<(), ReadError> {
        let ends = |character: &Character| matches!(character.c, '\r' | '\u{7}' | '\u{C}');
        for paragraph in characters.split_inclusive(ends) {
            self.paragraph(paragraph)?;
            self.count += 1;
            few_enough(self.count)?;
        }
        self.end_tables(0);
        Ok(())
    }

    /// Reads the box that hangs on a character, before the paragraph in which that stands.
    fn hung(&mut self, anchor: &Character) -> Result<(), ReadError> {
        let Some(place) = self.boxes.take(anchor.nth) else {
            return Ok(());
        };
        let own = self.boxed.take(&place);
        let tables = std::mem::take(&mut self.tables);
        let parts = std::mem::take(&mut self.parts);
        let fields = std::mem::take(&mut self.fields);
        let text = std::mem::take(&mut self.text);
        self.paragraphs(&own)?;
        let boxed = std::mem::replace(&mut self.parts, parts);
        (self.tables, self.fields, self.text) = (tables, fields, text);
        match self.tables.last_mut() {
            Some(table) => table.parts.extend(boxed),
            None => self.parts.extend(boxed),
        }
        Ok(())
    }

    fn paragraph(&mut self, characters: &[Character]) -> Result<(), ReadError> {
        let Some(end) = characters.last() else {
            return Ok(());
        };
        let (style, changes) = self.paragraph_runs.at(end.at);
        let mut paragraph = self.styles.paragraph(style, self.data);
        paragraph.change(changes, self.data, false);
        let depth = paragraph.depth();
        if depth > MAX_NESTING {
            return Err(ReadError::TooDeep);
        }
        self.end_tables(depth);
        while self.tables.len() < depth {
            self.tables.push(OpenTable::default());
        }
        self.label(&paragraph, characters, style);
        for character in characters {
            if character.c == ANCHOR {
                self.hung(character)?;
            }
            let look = self.look(character.at, style);
            self.character(character.c, &look);
        }
        self.end_text();
        self.end_of_cell(end.c, paragraph)
    }

    /// The number before a paragraph.
    fn label(&mut self, paragraph: &Paragraph, characters: &[Character], style: u16) {
        const NO_LIST: u16 = 0x07FF;
        if paragraph.list == 0 || paragraph.list >= NO_LIST {
            return;
        }
        let in_table = !self.tables.is_empty();
        let label = self.lists.next(paragraph.list, paragraph.level, in_table);
        let end = characters.last().map_or(0, |end| end.at);
        if let Some(label) = label
            && !self.look(end, style).is_unseen()
        {
            self.text.push_str(&label);
            // Behind a bare number another one would go on with it.
            if label.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                self.text.push(' ');
            }
        }
    }

    fn look(&self, at: usize, style: u16) -> Look {
        let (_, changes) = self.character_runs.at(at);
        let mut look = Look::default();
        self.styles.put_on(&mut look, style);
        let mut own = look;
        own.change(changes);
        // A style of characters lies below what is said of them directly.
        if let Some(style) = own.style.take() {
            self.styles.put_on(&mut look, style);
            own = look;
            own.change(changes);
        }
        own
    }

    fn character(&mut self, c: char, look: &Look) {
        match c {
            '\u{13}'..='\u{15}' if !self.follows_fields => {}
            '\u{13}' => {
                if self.fields.len() < MAX_FIELDS {
                    self.fields.push(Field::begun());
                }
            }
            '\u{14}' => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_instruction = false;
                }
            }
            '\u{15}' => match self.fields.pop().map(Field::end) {
                Some(Ended::Text(text)) => self.say(&text, look),
                Some(Ended::Unread) => self.say(UNREAD.encode_utf8(&mut [0; 4]), look),
                Some(Ended::Nothing) | None => {}
            },
            _ if self.fields.last().is_some_and(|field| field.in_instruction) => {
                if let Some(field) = self.fields.last_mut() {
                    field.instruction.push(c);
                }
            }
            '\u{1}' => {
                let in_result = !self.fields.iter().any(|field| field.in_instruction);
                if let Some(table) = self.tables.last_mut().filter(|_| in_result) {
                    table.has_picture |= look.is_special;
                }
            }
            '(' if look.is_special && look.sign.is_some() => self.sign(look),
            '\u{F020}'..='\u{F0FF}' if look.font.is_some() => {
                let font = self.styles.font(look.font.unwrap_or(0));
                let meant = signs::meant(font, u32::from(c)).unwrap_or(c);
                self.say(meant.encode_utf8(&mut [0; 4]), look);
            }
            '\u{B}' => self.line(),
            '\u{1E}' => self.say("-", look),
            '\t' | '\u{A0}' => self.say(" ", look),
            c if c < ' ' => {}
            c => self.say(c.encode_utf8(&mut [0; 4]), look),
        }
    }

    fn sign(&mut self, look: &Look) {
        let Some((font, code)) = look.sign else {
            return;
        };
        let meant = signs::meant(self.styles.font(font), u32::from(code));
        self.say(meant.unwrap_or(UNREAD).encode_utf8(&mut [0; 4]), look);
    }

    /// Adds text as it is seen.
    fn say(&mut self, text: &str, look: &Look) {
        if self.fields.iter().any(|field| field.in_instruction) {
            return;
        }
        for field in &mut self.fields {
            field.has_result = true;
        }
        let in_table = !self.tables.is_empty();
        if look.is_unseen() || look.is_white() && !in_table {
            if let Some(table) = self.tables.last_mut() {
                table.has_unseen |= look.is_missed(text);
            }
            return;
        }
        // Only the end of its row says what lies behind it.
        if look.is_white() && text.chars().any(|c| !c.is_whitespace()) {
            self.text.push(WHITE);
        }
        // The mark of a note is no digit of the number before it.
        let (before, behind) = if look.is_raised && in_table {
            ("[", "]")
        } else {
            ("", "")
        };
        self.text.push_str(before);
        self.text.extend(text.chars().filter_map(seen));
        self.text.push_str(behind);
    }

    /// A line break: in a cell a new line, elsewhere as good as a new paragraph.
    fn line(&mut self) {
        match self.tables.is_empty() {
            true => self.end_text(),
            false => self.text.push('\n'),
        }
    }

    fn end_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if !text.is_empty() {
            let part = Part::Text(text.to_owned());
            match self.tables.last_mut() {
                Some(table) => table.parts.push(part),
                None => self.parts.push(part),
            }
        }
    }

    fn end_of_cell(&mut self, mark: char, paragraph: Paragraph) -> Result<(), ReadError> {
        let is_inner = self.tables.len() > 1;
        let Some(table) = self.tables.last_mut() else {
            return Ok(());
        };
        if paragraph.ends_row || (is_inner && paragraph.ends_inner_row) {
            table.end_row(paragraph.row)
        } else if mark == '\u{7}' || (is_inner && paragraph.ends_inner_cell) {
            table.end_cell()
        } else {
            Ok(())
        }
    }

    /// Ends tables until so many are open.
    fn end_tables(&mut self, open: usize) {
        while self.tables.len() > open {
            let parts = self.tables.pop().map(OpenTable::finish).unwrap_or_default();
            match self.tables.last_mut() {
                Some(around) => around.parts.extend(parts),
                None => self.parts.extend(parts),
            }
        }
    }
}
