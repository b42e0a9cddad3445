//! Fields of Word files: what they are made of is not seen, what they come to is.

/// A field that is open.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Whether what follows belongs to its instruction.
    pub in_instruction: bool,
    pub instruction: String,
    /// What a drop-down or an input shows by itself.
    pub choice: Option<String>,
    /// Whether anything stood in its result.
    pub has_result: bool,
}

/// What a field that has ended leaves to be said.
pub(super) enum Ended {
    Nothing,
    Text(String),
    /// Something is shown that the file does not hold.
    Unread,
}

impl Field {
    pub fn begun() -> Self {
        Self {
            in_instruction: true,
            ..Self::default()
        }
    }

    /// Fields that show nothing, or nothing that is a report's.
    const SILENT: [&str; 22] = [
        "ADVANCE",
        "ASK",
        "AUTOTEXT",
        "BIBLIOGRAPHY",
        "COMMENTS",
        "GOTOBUTTON",
        "HYPERLINK",
        "INDEX",
        "LISTNUM",
        "NEXT",
        "NOTEREF",
        "PAGE",
        "PAGEREF",
        "PRIVATE",
        "RD",
        "SECTION",
        "SET",
        "SKIPIF",
        "TA",
        "TC",
        "TOC",
        "XE",
    ];

    /// What is to be said behind its result.
    pub fn end(self) -> Ended {
        let name = self.instruction.split_whitespace().next();
        let name = name.unwrap_or_default().to_ascii_uppercase();
        match (name.as_str(), self.choice) {
            _ if self.has_result => Ended::Nothing,
            ("FORMDROPDOWN" | "FORMTEXT", Some(choice)) => Ended::Text(choice),
            ("FORMTEXT" | "", _) => Ended::Nothing,
            (name, _) if Self::SILENT.contains(&name) => Ended::Nothing,
            _ => Ended::Unread,
        }
    }
}
