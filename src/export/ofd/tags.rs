//! What the pieces of text on the pages are: the title, headings, paragraphs, and tables of rows and cells. As the
//! structure of a tagged PDF does, it refers to the text objects and repeats no word of them.

use super::xml::{HEAD, OFD};
use crate::export::document::{Block, Document, TableBlock};
use crate::export::typeset::Owner;
use crate::report::STRUCTURE;
use std::collections::HashMap;

/// The list of the tags, of which there is one.
pub(super) fn list() -> String {
    format!(
        "{HEAD}<ofd:CustomTags xmlns:ofd=\"{OFD}\"><ofd:CustomTag NameSpace=\"{STRUCTURE}\"><ofd:FileLoc>Structure.xml</ofd:FileLoc></ofd:CustomTag></ofd:CustomTags>"
    )
}

/// The structure of a document over its objects.
pub(super) fn tags(document: &Document, objects: &HashMap<Owner, Vec<(u32, u32)>>) -> String {
    let refer = |owner: Owner| -> String {
        let all = objects.get(&owner).into_iter().flatten();
        all.map(|(page, id)| format!("<ofd:ObjectRef PageRef=\"{page}\">{id}</ofd:ObjectRef>"))
            .collect()
    };
    let mut out = format!(
        "{HEAD}<Report xmlns=\"{STRUCTURE}\" xmlns:ofd=\"{OFD}\"><Title>{}</Title>",
        refer(Owner::Title)
    );
    for (nth, block) in document.blocks.iter().enumerate() {
        let name = match block {
            Block::Heading(_) => "Heading",
            Block::Subheading(_) => "Subheading",
            Block::RunIn { .. } | Block::Signature { .. } | Block::Paragraph(_) => "Paragraph",
            Block::Table(table) => {
                out += &table_tags(table, nth, &refer);
                continue;
            }
        };
        out += &format!("<{name}>{}</{name}>", refer(Owner::Block(nth)));
    }
    out + "</Report>"
}

fn table_tags(table: &TableBlock, block: usize, refer: &impl Fn(Owner) -> String) -> String {
    let mut out = "<Table>".to_owned();
    for row in 0..table.rows {
        out += "<Row>";
        for (nth, cell) in table.cells.iter().enumerate() {
            if cell.row == row {
                out += &format!(
                    "<Cell RowSpan=\"{}\" ColSpan=\"{}\">{}</Cell>",
                    cell.rows,
                    cell.cols,
                    refer(Owner::Cell { block, cell: nth })
                );
            }
        }
        out += "</Row>";
    }
    out + "</Table>"
}
