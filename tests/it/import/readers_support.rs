//! Small Office and PDF files, made for a test.

use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// A zip archive of these parts.
pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file with this body.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version='1.0' encoding='UTF-8'?><w:document><w:body>{body}</w:body></w:document>"
    );
    zipped(&[("word/document.xml", &document)])
}

/// A PDF file whose only font is `/F1` and takes UTF-16, unless it is given another; its only form is `/X1`.
pub struct Pdf {
    font: String,
    descendant: String,
    pages: Vec<String>,
    form: String,
    structure: Option<String>,
}

impl Pdf {
    pub fn new() -> Self {
        Self {
            font: "/Encoding/UniGB-UCS2-H".to_owned(),
            descendant: "/Ordering(GB1)/Supplement 2>>".to_owned(),
            pages: Vec::new(),
            form: String::new(),
            structure: None,
        }
    }

    /// Another font: what it says beside its name, and its descendant from the ordering of its collection on.
    pub fn font(&mut self, font: &str, descendant: &str) {
        font.clone_into(&mut self.font);
        descendant.clone_into(&mut self.descendant);
    }

    pub fn page(&mut self, content: &str) {
        self.pages.push(content.to_owned());
    }

    pub fn form(&mut self, content: &str) {
        content.clone_into(&mut self.form);
    }

    /// The root element of the structure, which is object 90; pages are objects 10, 12 and so on.
    pub fn structure(&mut self, element: &str) {
        self.structure = Some(element.to_owned());
    }

    pub fn bytes(&self) -> Vec<u8> {
        let stream = |dictionary: &str, content: &str| {
            format!(
                "<<{dictionary}/Length {}>>\nstream\n{content}\nendstream",
                content.len()
            )
        };
        let tree = match self.structure {
            Some(_) => "/StructTreeRoot<</Type/StructTreeRoot/K 90 0 R>>",
            None => "",
        };
        let kids: Vec<String> = (0..self.pages.len())
            .map(|at| format!("{} 0 R", 10 + 2 * at))
            .collect();
        let resources = "<</Font<</F1 3 0 R>>/XObject<</X1 5 0 R>>>>";
        let mut objects = vec![
            (1, format!("<</Type/Catalog/Pages 2 0 R{tree}>>")),
            (
                2,
                format!(
                    "<</Type/Pages/Count {}/Kids[{}]/MediaBox[0 0 595 842]/Resources {resources}>>",
                    kids.len(),
                    kids.join(" ")
                ),
            ),
            (
                3,
                format!(
                    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light{}/DescendantFonts[4 0 R]>>",
                    self.font
                ),
            ),
            (
                4,
                format!(
                    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]/CIDSystemInfo<</Registry(Adobe){}>>",
                    self.descendant
                ),
            ),
            (
                5,
                stream(
                    &format!("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources {resources}"),
                    &self.form,
                ),
            ),
        ];
        for (at, content) in self.pages.iter().enumerate() {
            let id = 10 + 2 * at;
            objects.push((
                id,
                format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", id + 1),
            ));
            objects.push((id + 1, stream("", content)));
        }
        objects.extend(self.structure.iter().map(|element| (90, element.clone())));
        let mut file = "%PDF-1.7\n".to_owned();
        let mut table = String::new();
        for (id, object) in objects {
            table.push_str(&format!("{id} 1\n{:010} 00000 n \n", file.len()));
            file.push_str(&format!("{id} 0 obj\n{object}\nendobj\n"));
        }
        let start = file.len();
        file.push_str(&format!(
            "xref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Size 100/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
        ));
        file.into_bytes()
    }
}
