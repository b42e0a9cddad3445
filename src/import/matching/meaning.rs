//! Whether words that come near a label say something else: the slips of a pen are forgiven, a word that turns the meaning
//! is not.

use crate::form::HeadWords;

/// Steps from a label to the words of a source. Right characters are worth more than pairs of wrong ones.
const LEFT_OUT: usize = 10;
const REPLACED: usize = 11;

/// What stands between characters that are right.
#[derive(Default)]
struct Change {
    /// Of the label.
    of: String,
    /// In its place.
    to: String,
}

/// Whether words that are nearly a label mean something else.
pub(super) fn is_turned(words: &str, label: &str, known: &HeadWords) -> bool {
    let bare = |words: &str| -> Vec<char> {
        let own_year = known.own_year.iter();
        let words = own_year.fold(words.to_owned(), |words, own| words.replace(own, ""));
        without_number(&words).chars().collect()
    };
    let changes = changes(&bare(label), &bare(words));
    let slips: usize = changes.iter().map(Change::slips).sum();
    let is_own_year = |own: &String| words.contains(own) && !label.contains(own);
    // A single character may have got lost, unless another word tells of it: 结转本年度 for 结转下年度.
    let forgives_loss = slips == 1 && !known.own_year.iter().any(is_own_year);
    let turns = |change: &Change| change.is_other_word() || change.turns(known, forgives_loss);
    changes.iter().any(turns)
}

/// A label without its number, in which copies differ.
fn without_number(label: &str) -> &str {
    let is_number = |c: char| {
        c.is_ascii_digit()
            || ".()".contains(c)
            || "一二三四五六七八九十".contains(c)
            || ('①'..='⑳').contains(&c)
    };
    label.trim_start_matches(is_number)
}

impl Change {
    /// How many characters are wrong.
    fn slips(&self) -> usize {
        self.of.chars().count().max(self.to.chars().count())
    }

    /// Whether a whole word stands for another: nobody's pen slips so.
    fn is_other_word(&self) -> bool {
        const WORD: usize = 2;
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        letters(&self.of).min(letters(&self.to)) >= WORD
    }

    /// Whether a word came in that turns the meaning, or one got lost.
    fn turns(&self, known: &HeadWords, forgives_loss: bool) -> bool {
        let has = |text: &str, group: &Vec<String>| group.iter().any(|word| text.contains(word));
        let came = |group: &Vec<String>| has(&self.to, group) && !has(&self.of, group);
        let went = |group: &Vec<String>| has(&self.of, group) && !has(&self.to, group);
        known
            .turning
            .iter()
            .any(|group| came(group) || went(group) && !forgives_loss)
    }
}

/// What is wrong in words as a label, from left to right.
fn changes(label: &[char], words: &[char]) -> Vec<Change> {
    // The least that it takes from each place to both ends.
    let mut least = vec![vec![0; words.len() + 1]; label.len() + 1];
    for i in (0..=label.len()).rev() {
        for j in (0..=words.len()).rev() {
            let left_out = (i < label.len()).then(|| least[i + 1][j] + LEFT_OUT);
            let added = (j < words.len()).then(|| least[i][j + 1] + LEFT_OUT);
            let both = (i < label.len() && j < words.len())
                .then(|| least[i + 1][j + 1] + if label[i] == words[j] { 0 } else { REPLACED });
            let steps = [left_out, added, both];
            least[i][j] = steps.into_iter().flatten().min().unwrap_or(0);
        }
    }
    let mut changes = vec![Change::default()];
    let (mut i, mut j) = (0, 0);
    while i < label.len() || j < words.len() {
        let here = least[i][j];
        let pair = label.get(i).zip(words.get(j));
        if pair.is_some_and(|(a, b)| a == b && least[i + 1][j + 1] == here) {
            changes.push(Change::default());
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let Some(change) = changes.last_mut() else {
            break;
        };
        if pair.is_some() && least[i + 1][j + 1] + REPLACED == here {
            change.of.push(label[i]);
            change.to.push(words[j]);
            (i, j) = (i + 1, j + 1);
        } else if i < label.len() && least[i + 1][j] + LEFT_OUT == here {
            change.of.push(label[i]);
            i += 1;
        } else {
            change.to.extend(words.get(j));
            j += 1;
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;

    /// Whether the label with these words in it says something else with others in their place.
    fn is_other((of, from, to): &(&str, &str, &str)) -> bool {
        let form = &form::official()[0];
        let cells = form.tables.iter().flat_map(|table| &table.grid.cells);
        let mut labels = cells.filter_map(|cell| cell.content.words());
        let label = labels.find(|label| label.contains(of)).unwrap();
        let words = label.replace(from, to);
        assert_ne!(words, label);
        is_turned(&words, label, &form.head_words)
    }

    #[test]
    fn slips_and_other_wordings_are_the_label() {
        for slip in [
            ("重复申", "申请", "申情"),
            ("重复申", "复申", "复的申"),
            ("予以公", "开", "升"),
            ("予以公", "予以", "以予"),
            ("不予公", "不", ""),
            ("不予公", "不", "木"),
            ("本年新收", "本年", "今年"),
            ("本年新收", "本年", ""),
            ("上年结转", "上年", "上年度"),
            ("上年结转", "上年", "去年"),
            ("其他法律", "律行政", "律"),
            ("结转下", "结转", "本年结转"),
            ("结转下", "下", "下一"),
        ] {
            assert!(!is_other(&slip), "{slip:?}");
        }
    }

    #[test]
    fn a_word_that_turns_the_meaning_is_no_slip() {
        for turned in [
            ("本年新收", "本年", "上年"),
            ("本年新收", "本年", "上年度"),
            ("本年新收", "本年", "历年"),
            ("上年结转", "上年", "本年"),
            ("上年结转", "结转", "撤回"),
            ("结转下", "下", "本"),
            ("结转下", "继续", "停止"),
            ("予以公", "予以", "未予"),
            ("不予公", "不予", "予以"),
            ("不予公", "不予", "准予以"),
            ("部分公", "部分", ""),
            ("国家秘密", "属于", "非"),
            ("国家秘密", "属于", "未属于"),
            ("执法案卷", "执法", "复议"),
            ("重复申", "重复", "补正"),
            ("大量反复", "无正", "有正"),
        ] {
            assert!(is_other(&turned), "{turned:?}");
        }
    }
}
