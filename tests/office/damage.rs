//! What the editors of web sites, and those who paste into them, do to a page.

use super::document;
use super::random::Random;
use nianbao::export::document::{Block, TableBlock};
use nianbao::form::{CellIx, with_year};
use nianbao::import::read;
use nianbao::report::Report;
use nianbao::verify::{Became, Departure};
use std::ops::Range;

/// All kinds.
pub const KINDS: [&str; 10] = [
    "number changed",
    "0 dropped",
    "all 0 of a table dropped",
    "merged cell split",
    "row lost",
    "table as picture",
    "paragraph lost",
    "paragraph moved",
    "paragraph changed",
    "paragraph added",
];

/// A damaged page and what must be said of it.
pub struct Damage {
    pub html: String,
    pub wants: Vec<Want>,
}

/// What must be named.
#[derive(Debug)]
pub enum Want {
    /// Another number in a cell of this name.
    Other(String),
    /// Nothing any more in a cell of this name.
    Blank(String),
    /// A cell, or a table, that is not there.
    Unread(String),
    /// A merged cell with these words.
    Split(String),
    Gone(String),
    Moved(Vec<String>),
    Changed(String),
    Added(String),
}

impl Want {
    pub fn is_named_by(&self, it: &Departure) -> bool {
        match (self, &it.what) {
            (Self::Other(place), Became::Other(..))
            | (Self::Blank(place), Became::Blank(_))
            | (Self::Unread(place), Became::Unread(_)) => it.place == *place,
            (Self::Split(words), Became::Split(cell)) => squeezed(cell) == squeezed(words),
            (Self::Gone(words), Became::Gone(gone)) => gone == words,
            // Which of two was moved past the other, nobody can know.
            (Self::Moved(either), Became::Moved(moved)) => either.contains(moved),
            (Self::Changed(words), Became::Other(_, draft)) => draft == words,
            (Self::Added(words), Became::Added(added)) => added == words,
            _ => false,
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Does one kind of damage to a page; none if there is nothing to do it to.
pub fn damage(kind: &str, draft: &Report, html: &str, random: &mut Random) -> Option<Damage> {
    let document = document(draft);
    let tables: Vec<&TableBlock> = document.tables().collect();
    let named = |cell: CellIx| with_year(&draft.form().full_name(cell), draft.year());
    let page = Page::of(html, &tables);
    let nth = random.below(tables.len());
    match kind {
        "number changed" => {
            let (table, nth) = pick(&tables, random, |cell| cell.number.is_some())?;
            let cell = tables[table].cells[nth].number.unwrap().cell;
            let old = &tables[table].cells[nth].text;
            let new = changed(old, random);
            let html = page.with_cell(table, nth, &new);
            Some(Damage {
                html,
                wants: vec![Want::Other(named(cell))],
            })
        }
        "0 dropped" => {
            let (table, nth) = pick(&tables, random, |cell| {
                cell.number.is_some() && cell.text == "0"
            })?;
            let cell = tables[table].cells[nth].number.unwrap().cell;
            let html = page.with_cell(table, nth, "");
            Some(Damage {
                html,
                wants: vec![Want::Blank(named(cell))],
            })
        }
        "all 0 of a table dropped" => {
            let cells = tables[nth].cells.iter().enumerate();
            let zero: Vec<(usize, CellIx)> = cells
                .filter(|(_, cell)| cell.text == "0")
                .filter_map(|(at, cell)| Some((at, cell.number?.cell)))
                .collect();
            let mut html = html.to_owned();
            for (at, _) in zero.iter().rev() {
                html = Page::of(&html, &tables).with_cell(nth, *at, "");
            }
            if zero.is_empty() {
                return None;
            }
            let wants = zero
                .iter()
                .map(|(_, cell)| Want::Blank(named(*cell)))
                .collect();
            Some(Damage { html, wants })
        }
        "merged cell split" => {
            let (table, nth) = pick(&tables, random, |cell| {
                cell.cols > 1 && cell.rows == 1 && !cell.text.is_empty()
            })?;
            let cell = &tables[table].cells[nth];
            let html = page.with_cell_split(table, nth, cell.cols);
            Some(Damage {
                html,
                wants: vec![Want::Split(cell.text.clone())],
            })
        }
        "row lost" => {
            // Where no cell begins that goes on below, as an editor takes it out.
            let table = nth;
            let cells = &tables[table].cells;
            let is_lone = |row: usize| {
                let mut own = cells.iter().filter(|cell| cell.row == row);
                own.all(|cell| cell.rows == 1)
            };
            let rows: Vec<usize> = (0..tables[table].rows)
                .filter(|row| {
                    is_lone(*row)
                        && cells
                            .iter()
                            .any(|cell| cell.row == *row && cell.number.is_some())
                })
                .collect();
            let row = *rows.get(random.below(rows.len()))?;
            let own = cells.iter().filter(|cell| cell.row == row);
            let lost: Vec<CellIx> = own.filter_map(|cell| Some(cell.number?.cell)).collect();
            let all = cells.iter().filter(|cell| cell.number.is_some()).count();
            let wants = match lost.len() == all {
                true => vec![Want::Unread(
                    draft.form().tables[tables[table].table].name.clone(),
                )],
                false => lost
                    .into_iter()
                    .map(|cell| Want::Unread(named(cell)))
                    .collect(),
            };
            Some(Damage {
                html: page.without_row(table, row, tables[table]),
                wants,
            })
        }
        "table as picture" => {
            let name = draft.form().tables[tables[nth].table].name.clone();
            let html = page.with_table_as_picture(nth);
            Some(Damage {
                html,
                wants: vec![Want::Unread(name)],
            })
        }
        _ => {
            let texts: Vec<&str> = (document.blocks.iter())
                .filter_map(|block| match block {
                    Block::Paragraph(text)
                    | Block::Subheading(text)
                    | Block::RunIn { text, .. }
                    | Block::Signature { text, .. } => Some(text.trim()),
                    Block::Heading(_) | Block::Table(_) => None,
                })
                .collect();
            page.with_paragraph(kind, &texts, random)
        }
    }
}

/// A cell that is fit for something: its table and its number in it.
fn pick(
    tables: &[&TableBlock],
    random: &mut Random,
    is_fit: impl Fn(&nianbao::export::document::TableCell) -> bool,
) -> Option<(usize, usize)> {
    let mut all = Vec::new();
    for (table, block) in tables.iter().enumerate() {
        let cells = block.cells.iter().enumerate();
        let fit = cells.filter(|(_, cell)| is_fit(cell));
        all.extend(fit.map(|(nth, _)| (table, nth)));
    }
    all.get(random.below(all.len())).copied()
}

/// Another number.
fn changed(old: &str, random: &mut Random) -> String {
    let number: f64 = old.parse().unwrap_or(0.0);
    match random.below(3) {
        0 => format!("{old}1"),
        1 => format!("{}", number as i64 + 1),
        _ => format!("{}", number as i64 * 10 + 3),
    }
}

/// A page and where its parts stand.
struct Page<'a> {
    html: &'a str,
    /// The official tables, by their order.
    tables: Vec<Range<usize>>,
}

/// The elements of a name that hold none of the same name; their whole range.
fn innermost(html: &str, within: Range<usize>, name: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut open = None;
    let mut at = within.start;
    while let Some(found) = html[at..within.end].find('<') {
        let start = at + found;
        let end = start + html[start..within.end].find('>').map_or(0, |end| end + 1);
        let tag = html[start..end].trim_start_matches('<');
        let is = |tag: &str| {
            tag.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(['>', ' ', '\n', '\t']))
        };
        if is(tag) {
            open = Some(start);
        } else if tag.strip_prefix('/').is_some_and(is)
            && let Some(from) = open.take()
        {
            all.push(from..end);
        }
        at = end.max(start + 1);
    }
    all
}

impl<'a> Page<'a> {
    fn of(html: &'a str, tables: &[&TableBlock]) -> Self {
        // What stands around has fewer cells.
        let all = innermost(html, 0..html.len(), "table");
        let fewest = tables
            .iter()
            .map(|table| table.cells.len())
            .min()
            .unwrap_or(0);
        let own = all
            .into_iter()
            .filter(|range| cells(html, range.clone()).len() >= fewest.min(12));
        let own: Vec<Range<usize>> = own.collect();
        assert_eq!(own.len(), tables.len());
        for (range, table) in own.iter().zip(tables) {
            assert_eq!(cells(html, range.clone()).len(), table.cells.len());
        }
        Self { html, tables: own }
    }

    fn cell(&self, table: usize, nth: usize) -> Range<usize> {
        cells(self.html, self.tables[table].clone())[nth].clone()
    }

    fn replaced(&self, range: Range<usize>, with: &str) -> String {
        format!(
            "{}{with}{}",
            &self.html[..range.start],
            &self.html[range.end..]
        )
    }

    /// The page with other words in a cell.
    fn with_cell(&self, table: usize, nth: usize, words: &str) -> String {
        let range = self.cell(table, nth);
        let cell = &self.html[range.clone()];
        let (open, close) = (cell.find('>').unwrap() + 1, cell.rfind("</").unwrap());
        let new = format!("{}{words}{}", &cell[..open], &cell[close..]);
        self.replaced(range, &new)
    }

    /// The page with a cell that went over several columns as so many.
    fn with_cell_split(&self, table: usize, nth: usize, cols: usize) -> String {
        let range = self.cell(table, nth);
        let cell = &self.html[range.clone()];
        let (open, rest) = cell.split_at(cell.find('>').unwrap());
        let name = &cell[1..3];
        let open = without_attribute(open, "colspan");
        let empty = format!("<{name}></{name}>").repeat(cols - 1);
        self.replaced(range, &format!("{open}{rest}{empty}"))
    }

    /// The page without a row; cells that go over it are shorter by one.
    fn without_row(&self, table: usize, row: usize, block: &TableBlock) -> String {
        let rows = innermost(self.html, self.tables[table].clone(), "tr");
        let mut html = self.replaced(rows[row].clone(), "");
        let over = block.cells.iter().enumerate();
        let over = over.filter(|(_, cell)| cell.row < row && cell.row + cell.rows > row);
        for (nth, cell) in over {
            let all = innermost(&html, 0..html.len(), "table");
            let here = all
                .into_iter()
                .find(|range| range.start == self.tables[table].start)
                .unwrap();
            let range = cells(&html, here)[nth].clone();
            let end = range.start + html[range.clone()].find('>').unwrap();
            let open = without_attribute(&html[range.start..end], "rowspan");
            html.replace_range(
                range.start..end,
                &format!("{open} rowspan=\"{}\"", cell.rows - 1),
            );
        }
        html
    }

    fn with_table_as_picture(&self, table: usize) -> String {
        self.replaced(self.tables[table].clone(), "<p><img src=\"table.png\"></p>")
    }

    /// The page with something done to a paragraph.
    fn with_paragraph(&self, kind: &str, texts: &[&str], random: &mut Random) -> Option<Damage> {
        let mut found = Vec::new();
        for name in ["p", "h2", "h3", "h4"] {
            for range in innermost(self.html, 0..self.html.len(), name) {
                let said = words(&self.html[range.clone()]);
                // One that stands there once.
                let same: Vec<&&str> = texts.iter().filter(|text| squeezed(text) == said).collect();
                if let [text] = same.as_slice() {
                    found.push((range, **text));
                }
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        if kind == "paragraph moved" {
            return self.with_paragraph_moved(&found, random);
        }
        let at = random.below(found.len());
        let (range, text) = found.get(at)?.clone();
        let own = &self.html[range.clone()];
        let (open, close) = (own.find('>').unwrap() + 1, own.rfind("</").unwrap());
        let with = |words: &str| format!("{}{words}{}", &own[..open], &own[close..]);
        Some(match kind {
            "paragraph lost" => Damage {
                html: self.replaced(range, ""),
                wants: vec![Want::Gone(text.to_owned())],
            },
            "paragraph changed" => {
                let middle = text.char_indices().nth(text.chars().count() / 2);
                let (before, behind) = text.split_at(middle.map_or(0, |(at, _)| at));
                let new = format!("{before}某{behind}");
                Damage {
                    html: self.replaced(range, &with(&new)),
                    wants: vec![Want::Changed(text.to_owned())],
                }
            }
            "paragraph added" => {
                let new = "此外，本机关还开展了新的工作。";
                Damage {
                    html: self.replaced(range.clone(), &format!("{own}{}", with(new))),
                    wants: vec![Want::Added(new.to_owned())],
                }
            }
            other => unreachable!("{other}"),
        })
    }

    /// The page with a paragraph behind the next one.
    fn with_paragraph_moved(
        &self,
        found: &[(Range<usize>, &str)],
        random: &mut Random,
    ) -> Option<Damage> {
        let between = |pair: &[(Range<usize>, &str)]| &self.html[pair[0].0.end..pair[1].0.start];
        let pairs = found.windows(2);
        let pairs: Vec<_> = pairs
            .filter(|pair| between(pair).trim().is_empty())
            .collect();
        let [(first, one), (second, other)] = pairs.get(random.below(pairs.len()))? else {
            return None;
        };
        let new = format!(
            "{}{}{}",
            &self.html[second.clone()],
            &self.html[first.end..second.start],
            &self.html[first.clone()]
        );
        Some(Damage {
            html: self.replaced(first.start..second.end, &new),
            wants: vec![Want::Moved(vec![(*one).to_owned(), (*other).to_owned()])],
        })
    }
}

/// The cells of a table in reading order.
fn cells(html: &str, table: Range<usize>) -> Vec<Range<usize>> {
    let mut all = innermost(html, table.clone(), "td");
    all.extend(innermost(html, table, "th"));
    all.sort_by_key(|range| range.start);
    all
}

/// A tag without an attribute.
fn without_attribute(tag: &str, name: &str) -> String {
    let Some(at) = tag.find(&format!(" {name}=")) else {
        return tag.to_owned();
    };
    let value = at + name.len() + 2;
    let end = match tag[value..].strip_prefix('"') {
        Some(rest) => value + 2 + rest.find('"').unwrap(),
        None => value + tag[value..].find(' ').unwrap_or(tag.len() - value),
    };
    format!("{}{}", &tag[..at], &tag[end..])
}

/// What an element says.
fn words(element: &str) -> String {
    let source = read::read(format!("<div>{element}</div>").as_bytes());
    let parts = source.map(|source| source.parts).unwrap_or_default();
    parts
        .iter()
        .filter_map(|part| part.text())
        .map(squeezed)
        .collect()
}
