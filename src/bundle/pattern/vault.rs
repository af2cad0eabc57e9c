//! Entries of vaults: what stands behind the word for a vault and looks like the name of an entry.

use super::Found;
use super::cursor::Cursor;
use crate::bundle::profile::words;

/// Where they stand.
pub(super) fn find(view: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let words = words();
    for word in &words.vaults {
        for (at, _) in view.match_indices(word.as_str()) {
            let start = Cursor::new(view, at);
            if start.last().is_some_and(char::is_alphanumeric) {
                continue;
            }
            found.extend(behind(Cursor::new(view, at + word.len()), &words.entries));
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
