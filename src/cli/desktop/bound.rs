//! Whom an ending belongs to: bound only if nobody holds it, given back only if it is ours.

/// Who opens files of an ending, as the system's settings have it.
#[derive(Debug, Default)]
pub struct Held {
    /// The kind of file that the ending names.
    pub kind: Option<String>,
    /// The program that the user has chosen for it.
    pub chosen: Option<String>,
}

impl Held {
    /// The other program that holds the ending; none if it is free, or `own`.
    pub fn by_another(&self, own: &str) -> Option<&str> {
        let other = |name: &&String| !name.is_empty() && !name.eq_ignore_ascii_case(own);
        let [chosen, kind] = [&self.chosen, &self.kind].map(Option::as_ref);
        chosen
            .filter(other)
            .or(kind.filter(other))
            .map(String::as_str)
    }

    /// Whether the ending names our kind of file, so that it is ours to give back.
    pub fn is_own(&self, own: &str) -> bool {
        let kind = self.kind.as_deref();
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case(own))
    }
}

#[cfg(test)]
mod tests {
    use super::Held;

    fn held(kind: Option<&str>, chosen: Option<&str>) -> Held {
        Held {
            kind: kind.map(str::to_owned),
            chosen: chosen.map(str::to_owned),
        }
    }

    #[test]
    fn an_ending_is_taken_only_if_it_is_free_and_given_back_only_if_it_is_ours() {
        for (kind, chosen, other, own) in [
            (None, None, None, false),
            (Some(""), None, None, false),
            (Some("nianbao.draft"), None, None, true),
            (Some("Nianbao.Draft"), Some("nianbao.draft"), None, true),
            (Some("rust.ron"), None, Some("rust.ron"), false),
            (
                None,
                Some("Applications\\notepad.exe"),
                Some("Applications\\notepad.exe"),
                false,
            ),
            (
                Some("nianbao.draft"),
                Some("VSCode.ron"),
                Some("VSCode.ron"),
                true,
            ),
        ] {
            let held = held(kind, chosen);
            assert_eq!(held.by_another("nianbao.draft"), other, "{held:?}");
            assert_eq!(held.is_own("nianbao.draft"), own, "{held:?}");
        }
    }
}
