//! Tables as other programs hand them over: rows of texts, from HTML or with tabs between.

use scraper::{ElementRef, Html, Selector};

/// A table's rows; each holds its own cells only, not those that reach in from above or from the left.
pub type Rows = Vec<Vec<String>>;

/// The fields of a table as spreadsheets put it on the clipboard: tabs between, fields with line breaks in quotes.
pub fn read_tsv(text: &str) -> Rows {
    let mut rows: Rows = Vec::new();
    let mut row = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut characters = text
        .strip_suffix('\n')
        .unwrap_or(text)
        .chars()
        .filter(|&c| c != '\r')
        .peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            '\t' if !quoted => row.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    row.push(field);
    rows.push(row);
    rows
}

/// Every innermost table of an HTML page or fragment.
pub fn read_html(html: &str) -> Vec<Rows> {
    let page = Html::parse_document(html);
    let select = |what: &str| Selector::parse(what).expect("a fixed selector");
    let (table, row, cell) = (select("table"), select("tr"), select("td, th"));
    let innermost = page
        .select(&table)
        .filter(|outer| outer.select(&table).next().is_none());
    innermost
        .map(|table| {
            table
                .select(&row)
                .map(|row| row.select(&cell).map(words).collect())
                .collect()
        })
        .collect()
}

/// The words of a cell, without what is never seen.
fn words(cell: ElementRef<'_>) -> String {
    let text: String = cell.text().collect();
    text.chars()
        .filter(|c| !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}'))
        .collect::<String>()
        .trim()
        .to_owned()
}
