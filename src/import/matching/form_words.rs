//! The words of a form, made ready for comparing: once for each official form, and kept.

use super::head_words::HeadText;
use super::labels::{Label, Plain, SLIPS, plain};
use crate::form::{self, CellIx, Content, Form, GridCell, HeadWords, Table, with_year};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The index of a word in [`FormWords::words`].
pub(super) type FormWordIx = u16;

/// The words that stand right above the cells of a row; none where there is no head.
pub(super) type Heads = Vec<Option<FormWordIx>>;

/// The words of a form.
#[derive(Debug)]
pub struct FormWords {
    /// All that is printed in its tables, each once.
    pub(super) words: Vec<Plain>,
    index: HashMap<String, FormWordIx>,
    /// The labels of its rows, each once.
    pub(super) labels: Vec<Label>,
    /// For each number of characters the labels that are about as long.
    labels_about: Vec<Vec<usize>>,
    /// Its tables, in the form's order.
    pub(super) tables: Vec<TableWords>,
    /// The names of its rows, as labels are compared.
    row_names: Vec<Plain>,
    /// For each table and row id the row's name with any year, as labels are compared.
    named_rows: BTreeMap<(usize, String), String>,
    /// What heads say besides their nouns.
    pub(super) head_words: HeadWords,
    /// The heads that stand right over numbers, as heads are compared.
    pub(super) head_texts: BTreeMap<FormWordIx, HeadText>,
}

/// The words of a table.
#[derive(Debug)]
pub(super) struct TableWords {
    /// The rows that hold numbers.
    pub rows: Vec<WantedRow>,
    /// The different lists of heads over these rows.
    pub head_lists: Vec<Heads>,
    /// For each of these lists the nearest head of several columns over each cell.
    pub groups: Vec<Heads>,
    /// For each head of several columns the heads right below it.
    pub below: BTreeMap<FormWordIx, Vec<FormWordIx>>,
    /// Its heads in reading order.
    pub heads: Vec<FormWordIx>,
    /// The same with the heads of its blocks.
    pub heads_and_blocks: Vec<FormWordIx>,
    /// The blocks of columns of a table whose rows have no label.
    pub blocks: Vec<Block>,
}

/// Columns that stand under one head: 行政复议.
#[derive(Debug)]
pub(super) struct Block {
    /// The head.
    pub name: FormWordIx,
    /// The same as it is compared.
    pub plain: String,
    /// Its cells of the row.
    pub cells: Range<usize>,
}

/// A row of the form that holds numbers.
#[derive(Debug)]
pub(super) struct WantedRow {
    /// The nearest label as it is printed; empty where the table has none.
    pub label: String,
    /// The same in [`FormWords::labels`].
    pub label_ix: Option<usize>,
    /// What stands over its cells, in [`TableWords::head_lists`].
    pub heads: usize,
    pub cells: Vec<CellIx>,
    /// Whether it may be missing, as local additions (地方附加行) may.
    pub is_optional: bool,
}

impl FormWords {
    /// The words of a form; those of an official one are prepared once.
    pub fn of(form: &Form) -> Arc<Self> {
        static OFFICIAL: OnceLock<Vec<Arc<FormWords>>> = OnceLock::new();
        let prepare = || {
            form::official()
                .iter()
                .map(|form| Arc::new(Self::prepare(form)))
        };
        let official = OFFICIAL.get_or_init(|| prepare().collect());
        let mut pairs = form::official().iter().zip(official);
        let known = pairs.find(|(known, _)| std::ptr::eq(&***known, form));
        known.map_or_else(|| Arc::new(Self::prepare(form)), |(_, words)| words.clone())
    }

    fn prepare(form: &Form) -> Self {
        let mut words = Self {
            words: Vec::new(),
            index: HashMap::new(),
            labels: Vec::new(),
            labels_about: Vec::new(),
            tables: Vec::new(),
            row_names: Vec::new(),
            named_rows: BTreeMap::new(),
            head_words: form.head_words.clone(),
            head_texts: BTreeMap::new(),
        };
        for table in &form.tables {
            for printed in table
                .grid
                .cells
                .iter()
                .filter_map(|cell| cell.content.words())
            {
                words.add(printed);
            }
        }
        words.tables = form.tables.iter().map(|table| words.table(table)).collect();
        let heads = words.tables.iter().flat_map(|table| &table.head_lists);
        let heads: Vec<FormWordIx> = heads.flatten().flatten().copied().collect();
        for head in heads {
            let text = HeadText::of(&words.word(head).text, &words.head_words);
            words.head_texts.insert(head, text);
        }
        let mut labels = Vec::new();
        for row in words.tables.iter_mut().flat_map(|table| &mut table.rows) {
            if !row.label.is_empty() {
                row.label_ix = Some(labels.len());
                labels.push(Label::of(&row.label));
            }
        }
        let longest = labels.iter().map(Label::length).max().unwrap_or(0);
        let about = |length: usize| {
            let is_about = |label: &Label| label.length().abs_diff(length) <= SLIPS;
            let labels = labels.iter().enumerate();
            labels
                .filter_map(|(ix, label)| is_about(label).then_some(ix))
                .collect()
        };
        words.labels_about = (0..=longest + SLIPS).map(about).collect();
        words.labels = labels;
        let mut names: Vec<&str> = form.cells.iter().map(|cell| &*cell.row_name).collect();
        names.sort_unstable();
        names.dedup();
        words.row_names = names.into_iter().map(Plain::of).collect();
        for cell in &form.cells {
            let row = (cell.table, cell.row_id.clone());
            let name = || plain(&with_year(&cell.row_name, 0));
            words.named_rows.entry(row).or_insert_with(name);
        }
        words
    }

    fn add(&mut self, printed: &str) {
        let word = Plain::of(printed);
        if !self.index.contains_key(&word.text) {
            let ix = FormWordIx::try_from(self.words.len()).unwrap_or(FormWordIx::MAX);
            self.index.insert(word.text.clone(), ix);
            self.words.push(word);
        }
    }

    /// Words that are plain already, if the form has them to the character.
    pub(super) fn find(&self, plain: &str) -> Option<FormWordIx> {
        self.index.get(plain).copied()
    }

    pub(super) fn word(&self, ix: FormWordIx) -> &Plain {
        &self.words[usize::from(ix)]
    }

    /// The labels that are, with a few characters wrong, as long as these words; those in which any year may stand too.
    pub(super) fn labels_like<'a>(&'a self, words: &'a Plain) -> impl Iterator<Item = usize> + 'a {
        let about = |words: &Plain| self.labels_about.get(words.length());
        let whole = about(words).into_iter().flatten();
        let bare = words.bare.as_deref().and_then(about);
        let any_year = self.labels.iter().enumerate();
        let any_year = any_year
            .filter(|(_, label)| label.any_year)
            .map(|(ix, _)| ix);
        whole
            .chain(bare.into_iter().flatten())
            .copied()
            .chain(any_year)
    }

    /// Whether words are the label of a row, a slip aside.
    pub fn has_label(&self, words: &Plain) -> bool {
        let mut labels = self.labels.iter();
        labels.any(|label| label.slips(words, SLIPS, &self.head_words).is_some())
    }

    /// Whether a row of another form is, but for a slip, one of this one.
    pub fn has_row_like(&self, row_name: &str) -> bool {
        let name = Plain::of(row_name);
        self.row_names
            .iter()
            .any(|known| known.is_near(&name, SLIPS, &self.head_words))
    }

    /// The name of a row as labels are compared; empty where it has none.
    pub fn row_name(&self, table: usize, row_id: &str) -> &str {
        let name = self.named_rows.get(&(table, row_id.to_owned()));
        name.map_or("", String::as_str)
    }

    fn table(&self, table: &Table) -> TableWords {
        let mut words = TableWords {
            rows: Vec::new(),
            head_lists: Vec::new(),
            groups: Vec::new(),
            below: self.heads_below(table),
            heads: Vec::new(),
            heads_and_blocks: Vec::new(),
            blocks: self.blocks(table),
        };
        for cell in &table.grid.cells {
            let ix = || {
                cell.content
                    .words()
                    .and_then(|printed| self.find(&plain(printed)))
            };
            match &cell.content {
                Content::Head(_) => {
                    words.heads.extend(ix());
                    words.heads_and_blocks.extend(ix());
                }
                Content::Block(_) => words.heads_and_blocks.extend(ix()),
                _ => {}
            }
        }
        let mut label = (usize::MAX, "");
        let of_row = |a: &GridCell, b: &GridCell| a.row == b.row;
        for row in table.grid.cells.chunk_by(of_row) {
            let (mut cells, mut heads) = (Vec::new(), Heads::new());
            let mut groups = Heads::new();
            for cell in row {
                match &cell.content {
                    Content::Label(text) if cells.is_empty() => label = (cell.row, text),
                    Content::Value(ix) => {
                        cells.push(*ix);
                        let (head, group) = self.heads_above(table, cell);
                        heads.push(head);
                        groups.push(group);
                    }
                    _ => {}
                }
            }
            if cells.is_empty() {
                continue;
            }
            let known = words.head_lists.iter().position(|known| *known == heads);
            let heads = known.unwrap_or_else(|| {
                words.head_lists.push(heads);
                words.groups.push(groups);
                words.head_lists.len() - 1
            });
            words.rows.push(WantedRow {
                label: if label.0 == row[0].row { label.1 } else { "" }.to_owned(),
                label_ix: None,
                heads,
                cells,
                is_optional: table.grid.rows[row[0].row].is_some(),
            });
        }
        words
    }

    /// The heads that stand over several columns of the only row of numbers.
    fn blocks(&self, table: &Table) -> Vec<Block> {
        let values = table.grid.cells.iter();
        let values = values.filter(|cell| matches!(cell.content, Content::Value(_)));
        let columns: Vec<(usize, usize)> = values.map(|cell| (cell.row, cell.col)).collect();
        let is_one_row = columns.windows(2).all(|pair| pair[0].0 == pair[1].0);
        if !is_one_row {
            return Vec::new();
        }
        let block = |cell: &GridCell| {
            let Content::Head(text) = &cell.content else {
                return None;
            };
            let within = |col: usize| (cell.col..cell.col + cell.cols).contains(&col);
            let from = columns.iter().position(|(_, col)| within(*col))?;
            let count = columns.iter().filter(|(_, col)| within(*col)).count();
            let plain = plain(text);
            (count > 1).then_some(Block {
                name: self.find(&plain)?,
                plain,
                cells: from..from + count,
            })
        };
        table.grid.cells.iter().filter_map(block).collect()
    }

    /// The head right over a cell, and the nearest one over that which covers several columns.
    fn heads_above(
        &self,
        table: &Table,
        cell: &GridCell,
    ) -> (Option<FormWordIx>, Option<FormWordIx>) {
        let above = (0..cell.row).rev();
        let above = above.map(|row| &table.grid.cells[table.grid.covering(row, cell.col)]);
        let mut heads = above.filter_map(|head| match &head.content {
            Content::Head(text) => Some((self.find(&plain(text)), head.cols)),
            _ => None,
        });
        let own = heads.next();
        let cols = own.map_or(0, |(_, cols)| cols);
        let group = heads.find(|(_, wider)| *wider > cols);
        let ix = |head: Option<(Option<FormWordIx>, usize)>| head.and_then(|(ix, _)| ix);
        (ix(own), ix(group))
    }

    /// For each head that covers several others those in the row below it.
    fn heads_below(&self, table: &Table) -> BTreeMap<FormWordIx, Vec<FormWordIx>> {
        let head = |cell: &GridCell| match &cell.content {
            Content::Head(text) => self.find(&plain(text)),
            _ => None,
        };
        let mut all: BTreeMap<FormWordIx, Vec<FormWordIx>> = BTreeMap::new();
        for group in &table.grid.cells {
            let within = |cell: &&GridCell| {
                cell.row == group.row + group.rows
                    && (group.col..group.col + group.cols).contains(&cell.col)
            };
            let below = table.grid.cells.iter().filter(within).filter_map(head);
            let below: Vec<FormWordIx> = below.collect();
            if let Some(group) = head(group).filter(|_| below.len() > 1) {
                all.insert(group, below);
            }
        }
        all
    }

    /// The printed words of a head of a form's table.
    pub(super) fn printed_head(&self, table: &Table, head: FormWordIx) -> String {
        let is_it = |cell: &&GridCell| {
            let words = cell.content.words();
            words.is_some_and(|words| self.find(&plain(words)) == Some(head))
        };
        let cell = table.grid.cells.iter().find(is_it);
        let words = cell.and_then(|cell| cell.content.words());
        words.unwrap_or_default().replace('\n', "")
    }
}

/// The heads over numbers of all official forms, each once.
pub(super) fn official_heads() -> &'static [HeadText] {
    static HEADS: OnceLock<Vec<HeadText>> = OnceLock::new();
    HEADS.get_or_init(|| {
        let mut all: Vec<HeadText> = Vec::new();
        for form in form::official() {
            for head in FormWords::of(form).head_texts.values() {
                if !all.contains(head) {
                    all.push(head.clone());
                }
            }
        }
        all
    })
}

/// What the tables of the official forms say: whole words, and how such words begin.
pub(super) struct OfficialWords {
    pub whole: HashSet<String>,
    pub beginnings: HashSet<String>,
}

impl OfficialWords {
    pub fn get() -> &'static Self {
        static WORDS: OnceLock<OfficialWords> = OnceLock::new();
        WORDS.get_or_init(|| {
            let forms: Vec<Arc<FormWords>> = form::official()
                .iter()
                .map(|form| FormWords::of(form))
                .collect();
            let whole: HashSet<String> = forms
                .iter()
                .flat_map(|form| form.words.iter().map(|word| word.text.clone()))
                .collect();
            let ends = |word: &String| {
                let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
                ends.map(|end| word[..end].to_owned()).collect::<Vec<_>>()
            };
            let beginnings = whole.iter().flat_map(ends).collect();
            Self { whole, beginnings }
        })
    }
}

/// Whether some official word begins so; as labels are compared.
pub fn begins_official(plain: &str) -> bool {
    OfficialWords::get().beginnings.contains(plain)
}

/// The words that only this one of the official forms has, as labels are compared.
pub fn own_words(nth: usize) -> &'static [String] {
    static OWN: OnceLock<Vec<Vec<String>>> = OnceLock::new();
    let own = OWN.get_or_init(|| {
        let forms: Vec<Arc<FormWords>> = form::official()
            .iter()
            .map(|form| FormWords::of(form))
            .collect();
        let own = |nth: usize| {
            let others = || {
                forms
                    .iter()
                    .enumerate()
                    .filter(move |(other, _)| *other != nth)
            };
            let words = forms[nth].words.iter().map(|word| &word.text);
            let own = words.filter(|word| !others().any(|(_, form)| form.find(word).is_some()));
            own.cloned().collect()
        };
        (0..forms.len()).map(own).collect()
    });
    own.get(nth).map_or(&[], Vec::as_slice)
}
