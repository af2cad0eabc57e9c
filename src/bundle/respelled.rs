//! Hidden values in other spellings: `LYNC/pfx-1` as `lync pfx 1`, `Dana Whitfield` as `dana.whitfield`.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;

use super::pattern::Found;
use super::squeezed::{self, Squeezed};

/// Fewer letters and digits are written together by chance.
const SHORTEST: usize = 6;

/// What may stand between two letters of a value, and how much of it.
const BETWEEN: &str = " -_./\\|>:,'";
const MOST_BETWEEN: usize = 3;

/// Values by their letters and digits.
#[derive(Debug)]
pub struct Respelled {
    keys: Vec<String>,
    finder: AhoCorasick,
}

impl Respelled {
    /// Those of the values, as views have them, that can be written otherwise: with a letter and in several pieces, or of
    /// letters and digits. Without those that are `needed`, named by their keys.
    ///
    /// # Errors
    /// More text than can be looked for at once.
    pub fn new<'a>(
        values: impl IntoIterator<Item = &'a String>,
        needed: &BTreeSet<String>,
    ) -> Result<Self, String> {
        let keys = values.into_iter().filter(|it| is_telling(it));
        let keys: BTreeSet<String> = keys.map(|it| squeezed::key(it)).collect();
        let keys = keys.into_iter();
        let keys: Vec<String> = keys
            .filter(|it| it.chars().count() >= SHORTEST && !needed.contains(it))
            .collect();
        let finder = AhoCorasick::new(&keys).map_err(|error| error.to_string())?;
        Ok(Self { keys, finder })
    }

    /// Where they stand in the view of a text, as words of their own.
    pub fn find(&self, view: &str) -> Vec<Found> {
        if self.keys.is_empty() {
            return Vec::new();
        }
        let squeezed = Squeezed::of(view);
        let found = self.finder.find_overlapping_iter(&squeezed.text);
        let found = found.filter_map(|found| {
            let mut range = squeezed.origin(&found.range());
            range.end =
                range.start + first_of(view.get(range.start..)?, &self.keys[found.pattern()])?;
            let is_joined = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let is_part = is_joined(view[..range.start].chars().next_back())
                || is_joined(view[range.end..].chars().next());
            (!is_part).then(|| Found {
                range,
                key: self.keys[found.pattern()].clone(),
            })
        });
        found.collect()
    }
}

/// How long the text is in which a key's letters and digits stand first; `None` if too much stands between them.
fn first_of(text: &str, key: &str) -> Option<usize> {
    let mut left = key.chars().count();
    let mut between = 0;
    for (at, symbol) in text.char_indices() {
        if symbol.is_alphanumeric() {
            left -= 1;
            between = 0;
        } else {
            between += 1;
            if between > MOST_BETWEEN || !BETWEEN.contains(symbol) {
                return None;
            }
        }
        if left == 0 {
            return Some(at + symbol.len_utf8());
        }
    }
    None
}

/// Whether a value has a letter, and either several pieces or a digit.
fn is_telling(value: &str) -> bool {
    let pieces = value
        .split(|c: char| !c.is_alphanumeric())
        .filter(|it| !it.is_empty());
    let has_letter = value.contains(char::is_alphabetic);
    has_letter && (pieces.count() > 1 || value.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_in_other_spellings() {
        let values = [
            "lync/leak-pfx-1",
            "dana whitfield",
            "10.77.0.1",
            "ops",
            "leak-pfx-1",
        ];
        let values = values.map(str::to_owned);
        let respelled = Respelled::new(&values, &BTreeSet::new()).unwrap();
        let of = |view: &str| -> Vec<String> {
            let found = respelled.find(view).into_iter();
            found.map(|it| view[it.range].to_owned()).collect()
        };
        assert_eq!(
            of(r"use lync\leak_pfx 1 now"),
            [r"lync\leak_pfx 1", "leak_pfx 1"]
        );
        assert_eq!(
            of("leakpfx1, (dana.whitfield)"),
            ["leakpfx1", "dana.whitfield"]
        );
        assert_eq!(
            of("leakpfx12, xdana whitfield, 107701, dana (whitfield)"),
            [""; 0]
        );
        let needed = BTreeSet::from(["danawhitfield".to_owned()]);
        let respelled = Respelled::new(&values, &needed).unwrap();
        assert!(respelled.find("dana whitfield").is_empty());
    }
}
