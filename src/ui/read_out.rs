//! What screen readers read out by itself, as it comes into sight and as it changes.
//!
//! There are two ways to have something read out, and no reader on Linux knows both: from version 45 on Orca takes a live
//! region's announcement, before it did not; of every version is the change of the window's name read out. So what is new
//! becomes the beginning of the window's name as well.

use egui::accesskit::Live;
use egui::{Context, Id, Response};
use std::time::Duration;

/// Over the frames: what stands in sight, and what of it has been handed over.
#[derive(Clone, Default)]
struct Reading {
    now: Vec<String>,
    before: Vec<String>,
    /// What is told in this frame, whether or not it stays in sight.
    told: Vec<String>,
    /// What is new, and when the last of it came, in seconds; with each whether it is read out only if it is still in sight.
    waiting: Option<(f64, Vec<(String, bool)>)>,
    title: String,
    /// The window's name as it was handed over last.
    name: String,
}

/// More at once nobody can follow.
const MOST: usize = 4;
/// Where the keyboard goes is read out at once, and readers break off whatever they say for it; a name that changes before
/// they have come to it is no change to them. So words wait until that is over, and until no more come, in seconds.
const PATIENCE: f64 = 0.5;

fn key() -> Id {
    Id::unique("read out")
}

/// Has screen readers read out what something says.
pub fn read_out(response: &Response, words: &str) {
    let ctx = &response.ctx;
    ctx.accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
    ctx.data_mut(|data| {
        let reading: &mut Reading = data.get_temp_mut_or_default(key());
        reading.now.push(words.to_owned());
    });
}

/// Has screen readers read out once what something says that was come to.
pub fn read_out_once(response: &Response, words: &str) {
    response.ctx.data_mut(|data| {
        let reading: &mut Reading = data.get_temp_mut_or_default(key());
        reading.told.push(words.to_owned());
    });
}

/// Has screen readers pass over something whose words are another thing's name already.
pub fn say_nothing(response: &Response) {
    let ctx = &response.ctx;
    ctx.accesskit_node_builder(response.id, |node| node.set_hidden());
}

/// The window's name for screen readers in this frame, once everything is drawn: its title behind what was read out last,
/// until the title is another one.
pub fn window_name(ctx: &Context, title: &str) -> String {
    let time = ctx.input(|input| input.time);
    let (name, waits) = ctx.data_mut(|data| {
        let reading: &mut Reading = data.get_temp_mut_or_default(key());
        reading.follow(time, title);
        (reading.name.clone(), reading.waiting.is_some())
    });
    if waits {
        ctx.request_repaint_after(Duration::from_secs_f64(PATIENCE));
    }
    name
}

impl Reading {
    fn follow(&mut self, time: f64, title: &str) {
        let now = std::mem::take(&mut self.now);
        let told = std::mem::take(&mut self.told).into_iter();
        let come = now.iter().filter(|it| !self.before.contains(it));
        let new = told
            .map(|it| (it, false))
            .chain(come.map(|it| (it.clone(), true)));
        let new: Vec<_> = new.collect();
        if !new.is_empty() {
            let mut words = self.waiting.take().map_or(Vec::new(), |(_, words)| words);
            words.extend(new);
            words.drain(..words.len().saturating_sub(MOST));
            self.waiting = Some((time, words));
        }
        self.before = now;
        let is_time = |(since, _): &mut (f64, _)| time - *since >= PATIENCE;
        let mut words = self
            .waiting
            .take_if(is_time)
            .map_or(Vec::new(), |(_, words)| words);
        words.retain(|(words, lasts)| !lasts || self.before.contains(words));
        if !words.is_empty() {
            let words: Vec<_> = words.into_iter().map(|(words, _)| words).collect();
            let mut name = format!("{} · {title}", words.join("；"));
            // The same words once more are read out once more: only another name is a change.
            if name == self.name {
                name.push(' ');
            }
            self.name = name;
            title.clone_into(&mut self.title);
        } else if title != self.title && self.waiting.is_none() {
            title.clone_into(&mut self.name);
            title.clone_into(&mut self.title);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reading;

    /// The names after frames a quarter of a second apart, each with a title and the words in sight.
    fn names(frames: &[(&str, &[&str])]) -> Vec<String> {
        let mut reading = Reading::default();
        let frames = frames.iter().enumerate();
        frames
            .map(|(nth, (title, words))| {
                reading.now = words.iter().map(|&it| it.to_owned()).collect();
                reading.follow(nth as f64 / 4.0, title);
                reading.name.clone()
            })
            .collect()
    }

    #[test]
    fn what_is_new_is_read_once_when_no_more_comes() {
        let named = names(&[
            ("a", &[]),
            ("a", &["x 不是数"]),
            ("a", &["x 不是数"]),
            ("a", &["x 不是数"]),
            ("a", &["x 不是数"]),
            // Beside what stands already only the new is read out.
            ("a", &["x 不是数", "还差 2"]),
            ("a", &["x 不是数", "还差 2", "多了 3"]),
            ("a", &["还差 2", "多了 3"]),
            ("a", &["还差 2", "多了 3"]),
            // What goes at once is not.
            ("a", &["还差 2", "请稍等"]),
            ("a", &[]),
            ("a", &[]),
        ]);
        let one = "x 不是数 · a";
        let two = "还差 2；多了 3 · a";
        assert_eq!(named[3..8], [one; 5]);
        assert_eq!(named[8..], [two; 4]);
    }

    #[test]
    fn what_is_come_to_is_read_though_it_goes() {
        let mut reading = Reading::default();
        reading.follow(0.0, "a");
        reading.told.push("差 12".to_owned());
        for time in 1..4 {
            reading.follow(f64::from(time) / 4.0, "a");
        }
        assert_eq!(reading.name, "差 12 · a");
    }

    #[test]
    fn the_same_once_more_is_read_once_more() {
        let x: (&str, &[&str]) = ("a", &["x"]);
        let named = names(&[x, x, x, ("a", &[]), x, x, x]);
        assert_eq!(named[2], "x · a");
        assert_eq!(named[6], "x · a ");
    }

    #[test]
    fn a_title_that_changes_with_the_words_is_told_with_them() {
        let saved: (&str, &[&str]) = ("a", &["已保存"]);
        let named = names(&[("未保存：a", &[]), saved, saved, saved, ("未保存：a", &[])]);
        let both = "已保存 · a";
        let not = "未保存：a";
        assert_eq!(named, [not, not, not, both, not]);
    }
}
