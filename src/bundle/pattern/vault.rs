//! Entries of vaults: what stands behind the word for a vault and looks like the name of an entry.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Found;
use super::cursor::Cursor;
use crate::bundle::profile::words;

/// The words for a vault, looked for all at once.
static WORDS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(&words().vaults).expect("some twenty words"));

/// Where they stand.
pub(super) fn find(view: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for word in WORDS.find_overlapping_iter(view) {
        let start = Cursor::new(view, word.start());
        if !start.last().is_some_and(char::is_alphanumeric) {
            found.extend(behind(Cursor::new(view, word.end()), &words().entries));
        }
    }
    found
}

/// The entry behind the word, if one follows: its name has a slash, a digit or a hyphen.
fn behind(word: Cursor<'_>, entries: &[String]) -> Option<Found> {
    let mut cursor = word;
    let gap = cursor.take(|c| " :=\"'`".contains(c));
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    if gap.is_empty() {
        return None;
    }
    if cursor.skip_one(&entries) {
        cursor.take(|c| " :=\"'`".contains(c));
    }
    let start = cursor.at;
    let name = cursor.take(|c| !c.is_whitespace() && !",;\"'`()<>".contains(c));
    let name = name.trim_end_matches(['.', ':', '!', '?']);
    let is_entry =
        name.len() > 2 && name.contains(|c: char| c.is_ascii_digit() || "/\\-_".contains(c));
    is_entry.then(|| Found {
        range: start..start + name.len(),
        key: name.to_owned(),
    })
}
