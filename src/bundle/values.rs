//! A set of values that is looked for in texts, in the view of them: whatever their case and punctuation marks.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

/// How a value stands among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// As a word of its own.
    Word,
    /// Glued to words, as `VLAN10.77.0.1`.
    Glued,
}

/// Values to look for.
#[derive(Debug)]
pub struct Values {
    values: Vec<(String, Edge)>,
    finder: AhoCorasick,
}

impl Values {
    /// These values, as views have them.
    ///
    /// # Errors
    /// More text than can be looked for at once.
    pub fn new(values: impl IntoIterator<Item = (String, Edge)>) -> Result<Self, String> {
        let values: BTreeMap<String, Edge> = values
            .into_iter()
            .filter(|(value, _)| !value.trim().is_empty())
            .collect();
        let values: Vec<(String, Edge)> = values.into_iter().collect();
        let texts = values.iter().map(|(value, _)| value);
        let finder = AhoCorasick::new(texts).map_err(|error| error.to_string())?;
        Ok(Self { values, finder })
    }

    /// The values.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|(value, _)| value.as_str())
    }

    /// Where values stand in the view of a text, each with the value.
    pub fn find<'a>(&'a self, view: &'a str) -> impl Iterator<Item = (Range<usize>, &'a str)> {
        let found = self.finder.find_overlapping_iter(view);
        found.filter_map(move |found| {
            let (value, edge) = &self.values[found.pattern()];
            is_whole(view, &found.range(), value, *edge).then_some((found.range(), value.as_str()))
        })
    }

    /// The first value that stands in the view of a text.
    pub fn first<'a>(&'a self, view: &'a str) -> Option<&'a str> {
        self.find(view).next().map(|(_, value)| value)
    }
}

/// Whether a match is no part of a longer word or number. A plain word is no match inside a name either: the site Redmond
/// is not what `redmond-fe01.contoso.com` says.
fn is_whole(view: &str, range: &Range<usize>, value: &str, edge: Edge) -> bool {
    let before = view[..range.start].chars().rev();
    let after = view[range.end..].chars();
    let is_plain = value.chars().all(char::is_alphabetic);
    let is_joined = |own: Option<char>, mut next: Box<dyn Iterator<Item = char> + '_>| {
        let Some(own) = own.filter(|c| c.is_alphanumeric()) else {
            return false;
        };
        match next.next() {
            Some(c) if c.is_alphanumeric() => {
                edge == Edge::Word || c.is_ascii_digit() == own.is_ascii_digit()
            }
            Some('-' | '_' | '.') if is_plain => next.next().is_some_and(char::is_alphanumeric),
            _ => false,
        }
    };
    !is_joined(value.chars().next(), Box::new(before))
        && !is_joined(value.chars().next_back(), Box::new(after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::view;

    fn values(list: &[(&str, Edge)]) -> Values {
        Values::new(list.iter().map(|(it, edge)| (view::plain(it), *edge))).unwrap()
    }

    #[test]
    fn values_are_found_in_any_case_as_words_of_their_own() {
        let values = values(&[
            ("10.0.0.5", Edge::Word),
            ("Redmond", Edge::Word),
            ("Jörg Ödön", Edge::Word),
            (r"\\fs01\", Edge::Word),
            ("10.0.7.7", Edge::Glued),
        ]);
        let cases = [
            ("at 10.0.0.5.", true),
            ("at 10.0.0.51", false),
            ("at10.0.0.5", false),
            ("VLAN10.0.7.7x", true),
            ("110.0.7.7", false),
            ("REDMOND, west", true),
            ("redmond-fe01.contoso.com", false),
            ("Redmonds", false),
            ("JÖRG  ÖDÖN", true),
            (r"x\\FS01\share", true),
        ];
        for (text, found) in cases {
            assert_eq!(values.first(&view::plain(text)).is_some(), found, "{text}");
        }
    }
}
