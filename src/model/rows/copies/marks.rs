//! Whether a file's name says that it is a copy. The marks are data, in `copies.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::plain::{is_unspaced, plain};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    words: Vec<String>,
    leading: Vec<String>,
    anywhere: Vec<String>,
}

static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    crate::data::parse(include_str!("../copies.toml")).expect("copies.toml is part of the program")
});

/// Whether the name of the file at this path bears the mark of a copy.
pub(super) fn is_copy(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = plain(stem).replace(['（', '）'], " ");
    MARKS
        .anywhere
        .iter()
        .any(|mark| stem.contains(mark.as_str()))
        || MARKS
            .leading
            .iter()
            .any(|mark| stem.starts_with(mark.as_str()))
        || in_brackets(&stem)
        || ends_in_word(&stem)
}

/// `servers (1)` and `servers (Anna's conflicted copy)`, but not `servers (2014)` or `servers (north)`.
fn in_brackets(stem: &str) -> bool {
    let inner = stem
        .trim_end()
        .strip_suffix(')')
        .and_then(|it| it.rsplit_once('('));
    inner.is_some_and(|(before, inner)| {
        let is_number = (1..=2).contains(&inner.len()) && inner.chars().all(|c| c.is_ascii_digit());
        let has_word = MARKS.words.iter().any(|word| inner.contains(word.as_str()));
        !before.is_empty() && (is_number || has_word)
    })
}

/// `servers - Copy`, `servers copy 2`.
fn ends_in_word(stem: &str) -> bool {
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let is_apart = |before: &str, word: &str| {
        let wide = word.starts_with(is_unspaced);
        !before.is_empty() && (wide || !before.ends_with(char::is_alphanumeric))
    };
    let mut words = MARKS.words.iter();
    words.any(|word| {
        stem.strip_suffix(word.as_str())
            .is_some_and(|it| is_apart(it, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_the_names_that_programs_give_them() {
        for name in [
            "servers - Copy.xlsx",
            "servers - Copy (2).xlsx",
            "north/Copy of servers.xlsx",
            "servers (1).csv",
            "servers copy 2.xlsx",
            "pools (J Doe's conflicted copy 2014-06-01).xlsx",
            "servers.sync-conflict-20140601-101500-ABCDEFG.xlsx",
            "Kopie von servers.xlsx",
            "servers - Kopie.xlsx",
            "servers - Copie.xlsx",
            "servers (copia).ods",
            "servers - Cópia.xlsx",
            "servers — копия.xlsx",
            "servers - コピー.xlsx",
            "serversのコピー.xlsx",
            "servers - 副本.xlsx",
            "复件 servers.xlsx",
        ] {
            assert!(is_copy(name), "{name}");
        }
        for name in [
            "servers.xlsx",
            "servers (2014).xlsx",
            "servers (north).xlsx",
            "servers 2.xlsx",
            "photocopy.xlsx",
            "copy.csv",
            "copyright.xlsx",
        ] {
            assert!(!is_copy(name), "{name}");
        }
    }
}
