//! The body of a Word file as it comes.

use super::field;
use super::look::Look;
use super::numbering::Numbering;
use crate::import::read::colour::Ground;

use super::styles::{ParagraphLook, Styles};
use super::table::OpenTable;
use crate::import::error::ReadError;
use crate::import::read::field::{Ended, Field};
use crate::import::read::grid::{MAX_NESTING, few_enough, is_missed, seen};
use crate::import::read::signs;
use crate::import::read::xml::{Node, Tag, Xml};
use crate::import::source::{Part, UNREAD};
use crate::prose::is_digit;

/// Fields inside of fields.
const MAX_FIELDS: usize = 64;

pub(super) struct WordReader {
    styles: Styles,
    numbering: Numbering,
    parts: Vec<Part>,
    /// Files inside of this one: the part that each stands before, and its relation.
    chunks: Vec<(usize, String)>,
    /// Paragraphs and cells so far.
    count: usize,
    tables: Vec<OpenTable>,
    paragraph: String,
    /// How text without properties of its own looks here.
    paragraph_look: Look,
    /// Paragraphs around the text box that is being read.
    around: Vec<(String, Look)>,
    pub in_text: bool,
    run: Look,
    is_unseen: bool,
    fields: Vec<Field>,
    /// Whether fields begin and end as they should.
    follows_fields: bool,
    /// Whether something lies behind the whole page.
    has_ground: bool,
    /// Whether the picture that comes floats above the text, and whether nobody sees it.
    floats: bool,
    hides_graphic: bool,
}

impl WordReader {
    pub fn new(styles: Styles, numbering: Numbering, document: &str) -> Self {
        let count = |kind: &str| {
            let double = document.matches(&format!("fldCharType=\"{kind}\"")).count();
            double + document.matches(&format!("fldCharType='{kind}'")).count()
        };
        Self {
            follows_fields: count("begin") == count("end"),
            styles,
            numbering,
            parts: Vec::new(),
            chunks: Vec::new(),
            count: 0,
            tables: Vec::new(),
            paragraph: String::new(),
            paragraph_look: Look::default(),
            around: Vec::new(),
            in_text: false,
            run: Look::default(),
            is_unseen: false,
            fields: Vec::new(),
            has_ground: false,
            floats: false,
            hides_graphic: false,
        }
    }

    /// What has been read, and which files stand in between.
    pub fn finish(self) -> (Vec<Part>, Vec<(usize, String)>) {
        (self.parts, self.chunks)
    }

    pub fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        match tag.name() {
            // Tab stops, borders and the like have names of their own; deleted and doubled text is not to be read.
            "tblPrEx" | "sectPr" | "sdtPr" | "sdtEndPr" | "del" | "moveFrom" | "delText"
            | "delInstrText" | "Fallback" | "rt" | "rubyPr" => xml.skip()?,
            "instrText" => {
                let text = xml.inner_text()?;
                if let Some(field) = self.fields.last_mut() {
                    field.instruction.push_str(&text);
                }
            }
            "background" => self.has_ground = true,
            "p" => self.paragraph_look = self.styles.paragraph(None),
            "pPr" => self.paragraph_properties(xml)?,
            "r" => self.begin_run(&Look::default()),
            "rPr" => {
                let look = Look::read(xml)?;
                self.begin_run(&look);
            }
            "t" => self.in_text = true,
            "tab" | "ptab" => self.push(" "),
            "br" | "cr" => self.line(tag),
            "noBreakHyphen" => self.push("-"),
            "sym" => self.sign(tag),
            "fldChar" => self.field(tag, xml)?,
            "fldSimple" => self.fields.push(Field {
                instruction: tag.owned("instr"),
                ..Field::default()
            }),
            "oMath" => self.formula(xml)?,
            "altChunk" => self.chunk(tag),
            "txbxContent" => {
                let look = self.paragraph_look.clone();
                self.around
                    .push((std::mem::take(&mut self.paragraph), look));
            }
            "shape" | "rect" | "group" | "anchor" | "inline" => self.frame(tag, xml)?,
            "docPr" => self.hides_graphic = is_on(tag.attribute("hidden").as_deref()),
            "graphic" if self.hides_graphic => xml.skip()?,
            "blip" | "imagedata" => self.picture(),
            _ => self.open_in_table(tag, xml)?,
        }
        Ok(())
    }

    fn open_in_table(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        if tag.is("tbl") {
            if self.tables.len() >= MAX_NESTING {
                return Err(ReadError::TooDeep);
            }
            self.end_paragraph();
            self.tables.push(OpenTable::default());
            return Ok(());
        }
        if tag.is("tblPr") {
            return self.table_properties(xml);
        }
        let Some(table) = self.tables.last_mut() else {
            return Ok(());
        };
        match tag.name() {
            "tr" => table.begin_row()?,
            "gridCol" => {
                let width = tag.number("w").and_then(|w| u32::try_from(w).ok());
                table.widths.push(width.unwrap_or(u32::MAX));
            }
            "trPr" => table.row_properties(xml)?,
            "tc" => {
                table.begin_cell();
                self.paragraph.clear();
            }
            "tcPr" => table.cell_properties(xml)?,
            _ => {}
        }
        Ok(())
    }

    pub fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "t" => self.in_text = false,
            "p" => {
                self.end_paragraph();
                self.count += 1;
                few_enough(self.count)?;
            }
            "fldSimple" => self.end_field(),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row()?;
                }
            }
            "txbxContent" => {
                self.end_paragraph();
                let around = self.around.pop().unwrap_or_default();
                (self.paragraph, self.paragraph_look) = around;
            }
            "tc" => {
                self.end_paragraph();
                self.count += 1;
                few_enough(self.count)?;
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell()?;
                }
            }
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    let parts = table.finish();
                    self.here().extend(parts);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn table_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    let ground = match tag.name() {
                        "shd" => Ground::of_shading(&tag),
                        "tblStyle" if self.styles.colours_cells(&tag.owned("val")) => {
                            Ground::Unknown
                        }
                        _ => Ground::Clear,
                    };
                    if let Some(table) = self.tables.last_mut() {
                        table.ground = ground.or(table.ground);
                    }
                    xml.skip()?;
                }
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn paragraph_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let own = ParagraphLook::read(xml)?;
        let style = own.style.as_deref();
        let behind = own.ground.or(self.styles.ground(style));
        self.paragraph_look = self.styles.paragraph(style);
        self.paragraph_look.ground = self.paragraph_look.ground.or(behind);
        let numbered = own.numbered.over(&self.styles.numbered(style));
        let label = self.numbering.next(&numbered, !self.tables.is_empty());
        let mark = own.mark.over(&self.paragraph_look);
        if let Some(label) = label
            && !mark.is_unseen(self.ground())
        {
            self.is_unseen = false;
            self.push(&label);
            // Behind a bare number another one would go on with it.
            if label.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                self.push(" ");
            }
        }
        Ok(())
    }

    /// What lies behind what is being read, whatever its own paragraph says.
    fn ground(&self) -> Ground {
        // Shapes and pages have colours that are not looked up.
        let page = match self.has_ground || !self.around.is_empty() {
            true => Ground::Unknown,
            false => Ground::Clear,
        };
        let cell = self.tables.iter().rev().find(|table| table.in_cell);
        let cell = cell.map_or(Ground::Clear, OpenTable::cell_ground);
        match self.around.is_empty() {
            true => cell.or(page),
            false => page,
        }
    }

    fn begin_run(&mut self, own: &Look) {
        let style = self.styles.look(own.style.as_deref());
        let mut run = own.over(&style).over(&self.paragraph_look);
        // Hidden by both styles is shown.
        if own.hidden.is_none() && style.hidden == Some(true) {
            run.hidden = Some(self.paragraph_look.hidden != Some(true));
        }
        self.is_unseen = run.is_unseen(self.ground());
        self.run = run;
    }

    /// Adds text as it is seen.
    pub fn push(&mut self, text: &str) {
        if !self.is_said() {
            return self.miss(text);
        }
        // The mark of a note is no digit of the number before it.
        let in_cell = self.tables.last().is_some_and(|table| table.in_cell);
        let is_note = self.run.raised == Some(true) && in_cell;
        let (before, behind) = if is_note { ("[", "]") } else { ("", "") };
        self.paragraph.push_str(before);
        let font = self.run.font.as_deref().unwrap_or_default();
        let characters = signs::text(font, text).map(|c| c.unwrap_or(UNREAD));
        let characters = characters.filter_map(seen);
        self.paragraph
            .extend(characters.map(|c| if c == '\n' || c == '\t' { ' ' } else { c }));
        self.paragraph.push_str(behind);
    }

    /// Notes a number that nobody sees, or that is struck out.
    fn miss(&mut self, text: &str) {
        let is_struck = self.run.struck == Some(true) && text.contains(is_digit);
        let is_result = !self.fields.iter().any(|field| field.in_instruction);
        if is_result
            && (is_struck || is_missed(text))
            && let Some(table) = self.tables.last_mut()
        {
            table.unseen();
        }
    }

    /// Whether a person sees what stands here; notes that fields have a result.
    fn is_said(&mut self) -> bool {
        if self.fields.iter().any(|field| field.in_instruction) {
            return false;
        }
        for field in &mut self.fields {
            field.has_result = true;
        }
        !self.is_unseen
    }

    fn unread(&mut self) {
        if self.is_said() {
            self.paragraph.push(UNREAD);
        }
    }

    fn sign(&mut self, tag: &Tag<'_>) {
        let [font, code] = tag.attributes(["font", "char"]);
        let code = code.and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
        let meant = code.and_then(|code| signs::meant(&font.unwrap_or_default(), code));
        match meant {
            Some(c) => self.push(c.encode_utf8(&mut [0; 4])),
            None => self.unread(),
        }
    }

    fn field(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let kind = tag.owned("fldCharType");
        let mut choice = None;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.is("ffData") => choice = field::choice(xml)?,
                Node::Open(_) => xml.skip()?,
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        if !self.follows_fields {
            return Ok(());
        }
        match kind.as_str() {
            "begin" if self.fields.len() >= MAX_FIELDS => return Err(ReadError::TooDeep),
            "begin" => self.fields.push(Field {
                choice,
                ..Field::begun()
            }),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_instruction = false;
                }
            }
            "end" => self.end_field(),
            _ => {}
        }
        Ok(())
    }

    fn end_field(&mut self) {
        match self.fields.pop().map(Field::end) {
            Some(Ended::Text(text)) => self.push(&text),
            Some(Ended::Unread) => self.unread(),
            Some(Ended::Nothing) | None => {}
        }
    }

    /// A formula: its characters, if they stand in one line and are no more than that.
    fn formula(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let mut text = String::new();
        let (mut is_plain, mut in_text, mut depth) = (true, false, 0);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    depth += 1;
                    in_text = tag.is("t");
                    is_plain &= depth > 1 || tag.is("r");
                }
                Node::Text(piece) if in_text => text.push_str(&piece),
                Node::Text(_) => {}
                Node::Close(_) if depth == 0 => break,
                Node::Close(_) => {
                    depth -= 1;
                    in_text = false;
                }
            }
        }
        match is_plain {
            true => self.push(&text),
            false => self.unread(),
        }
        Ok(())
    }

    /// What holds a picture, a shape or an object.
    fn frame(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let [style, hidden] = tag.attributes(["style", "hidden"]);
        let style = style.unwrap_or_default();
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        if style.contains("visibility:hidden") || is_on(hidden.as_deref()) {
            return xml.skip();
        }
        self.hides_graphic = false;
        self.floats = tag.is("anchor") || style.contains("position:absolute");
        Ok(())
    }

    /// A picture; one that only floats above the text belongs to no cell.
    fn picture(&mut self) {
        if !self.floats
            && self.is_said()
            && let Some(table) = self.tables.last_mut()
        {
            table.picture();
        }
    }

    fn chunk(&mut self, tag: &Tag<'_>) {
        self.end_paragraph();
        self.chunks.push((self.parts.len(), tag.owned("id")));
    }

    /// A line break: in a cell a new line, elsewhere as good as a new paragraph.
    fn line(&mut self, tag: &Tag<'_>) {
        if tag
            .attribute("type")
            .is_some_and(|kind| kind != "textWrapping")
        {
            return;
        }
        if self.tables.is_empty() {
            self.end_paragraph();
        } else {
            self.paragraph.push('\n');
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.paragraph);
        let text = text.trim();
        if !text.is_empty() {
            let text = text.to_owned();
            self.here().push(Part::Text(text));
        }
    }

    /// Where parts belong now: a cell, or the page.
    fn here(&mut self) -> &mut Vec<Part> {
        match self.tables.iter().rposition(|table| table.in_cell) {
            Some(at) => &mut self.tables[at].parts,
            None => &mut self.parts,
        }
    }
}

/// Whether a switch that is off where it is missing is on.
fn is_on(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true" | "on"))
}
