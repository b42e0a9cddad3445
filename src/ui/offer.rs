//! What was left unsaved, held against its draft's file.

use crate::disk;
use crate::draft::{self, FileNow, Leftover};
use std::path::Path;
use std::sync::Arc;

/// A report that was left unsaved, with what would change.
pub struct Offer {
    pub leftover: Arc<Leftover>,
    /// What would change; none until it has been looked at.
    pub compared: Option<Compared>,
}

/// What recovering would change.
#[derive(Clone, Debug)]
pub struct Compared {
    /// In words, with when both were written.
    pub changes: String,
    /// Whether it says what the draft's own file says.
    pub is_same: bool,
}

impl Offer {
    /// Not looked at yet.
    pub fn new(leftover: Leftover) -> Self {
        Self {
            leftover: Arc::new(leftover),
            compared: None,
        }
    }

    /// What it changes, in words.
    pub fn changes(&self) -> &str {
        self.compared
            .as_ref()
            .map_or("正在与保存过的文件对照……", |compared| {
                compared.changes.as_str()
            })
    }
}

impl Compared {
    /// Holds what was left against the draft's own file.
    pub fn of(leftover: &Leftover) -> Self {
        const NAMED: usize = 3;
        let file = leftover.file.as_deref();
        let now = leftover.file_now();
        if let Some(FileNow::Another(title)) = &now {
            let what = title.as_ref().map_or_else(
                || "已经不是年报草稿".to_owned(),
                |title| format!("现在是另一份年报（{title}）"),
            );
            let changes = format!("它原来的文件{what}，不会被改动：恢复以后请另存为一份新的草稿。");
            return Self {
                changes,
                is_same: false,
            };
        }
        let saved = file.and_then(|file| draft::open(file).ok());
        let places = saved.and_then(|saved| saved.differences(&leftover.report));
        let is_same = places.as_ref().is_some_and(Vec::is_empty);
        let mut changes = match places {
            Some(places) if places.is_empty() => "与保存过的文件完全一样。".to_owned(),
            Some(places) => {
                let names: Vec<String> = places
                    .iter()
                    .take(NAMED)
                    .map(|place| place.name(&leftover.report))
                    .collect();
                let more = if places.len() > NAMED { "等" } else { "" };
                format!(
                    "与保存过的文件相比，改了 {} 处：{}{more}。",
                    places.len(),
                    names.join("；")
                )
            }
            None if file.is_some() => "它的文件现在找不到，可能已被移动、改名。".to_owned(),
            None => "它还没有保存到任何文件。".to_owned(),
        };
        if let (Some(kept), Some(saved)) = (time_of(&leftover.path), file.and_then(time_of)) {
            changes.push_str(&format!("没保存的内容留存于 {kept}，文件保存于 {saved}。"));
        }
        let keyed = leftover.keyed.len();
        if keyed > 0 {
            changes.push_str(&format!("复核时已打了 {keyed} 个数，恢复以后接着打。"));
        }
        if leftover.is_older_than_file() {
            changes.push_str("文件比没保存的内容新：恢复以后，保存前会再问。");
        }
        Self {
            changes,
            is_same: is_same && keyed == 0,
        }
    }
}

/// The unsaved work that belongs to a draft and says something else than its file.
pub fn about<'a>(
    leftovers: &'a [Arc<Leftover>],
    path: &Path,
) -> Option<(&'a Arc<Leftover>, Compared)> {
    let of_file = leftovers.iter().filter(|leftover| {
        let file = leftover.file.as_deref();
        file.is_some_and(|file| disk::is_same_file(file, path))
    });
    of_file
        .filter(|leftover| !matches!(leftover.file_now(), Some(FileNow::Another(_))))
        .map(|leftover| (leftover, Compared::of(leftover)))
        .find(|(_, compared)| !compared.is_same)
}

/// When a file was last written, for people.
fn time_of(path: &Path) -> Option<String> {
    let seconds = disk::written_at(path)?.as_secs().try_into().ok()?;
    let written = jiff::Timestamp::from_second(seconds).ok()?;
    let here = written.to_zoned_datetime(jiff::tz::TimeZone::system());
    Some(here.strftime("%m月%d日 %H:%M:%S").to_string())
}
