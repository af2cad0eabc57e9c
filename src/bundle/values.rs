//! A set of values that is looked for in texts: whatever their case, as words of their own.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::AhoCorasick;

/// Values shorter than this stand in too many texts by chance; they are withheld where they are recorded, and not
/// looked for elsewhere.
const SHORTEST: usize = 4;

/// Values to look for.
#[derive(Debug)]
pub struct Values {
    values: Vec<String>,
    finder: AhoCorasick,
}

impl Values {
    /// These values.
    ///
    /// # Errors
    /// More text than can be looked for at once.
    pub fn new(values: BTreeSet<String>) -> Result<Self, String> {
        let long = values
            .into_iter()
            .filter(|it| it.chars().count() >= SHORTEST);
        // The search ignores the case of ASCII letters; other letters are given in both.
        let cases = |it: String| [it.to_lowercase(), it.to_uppercase(), it];
        let values: Vec<String> = long
            .flat_map(cases)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(&values)
            .map_err(|error| error.to_string())?;
        Ok(Self { values, finder })
    }

    /// The first value that stands in a text.
    pub fn first(&self, text: &str) -> Option<&str> {
        let found = self.finder.find_overlapping_iter(text);
        let mut words =
            found.filter(|found| is_word(text, found.range(), &self.values[found.pattern()]));
        words
            .next()
            .map(|found| self.values[found.pattern()].as_str())
    }

    /// Where they stand in a text, the longer of two that overlap.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = self
            .finder
            .find_overlapping_iter(text)
            .filter(|found| is_word(text, found.range(), &self.values[found.pattern()]))
            .map(|found| found.range())
            .collect();
        found.sort_by_key(|range| (range.start, usize::MAX - range.end));
        let mut end = 0;
        found.retain(|range| {
            let is_free = range.start >= end;
            if is_free {
                end = range.end;
            }
            is_free
        });
        found
    }
}

/// Whether a match is no part of a longer word. A plain word is no match inside a name either: the site Redmond is
/// not what `redmond-fe01.contoso.com` says.
fn is_word(text: &str, range: Range<usize>, value: &str) -> bool {
    let before = text[..range.start].chars().rev();
    let after = text[range.end..].chars();
    let is_plain = value.chars().all(char::is_alphabetic);
    let is_joined = |edge: Option<char>, mut next: Box<dyn Iterator<Item = char> + '_>| {
        if !edge.is_some_and(char::is_alphanumeric) {
            return false;
        }
        match next.next() {
            Some(c) if c.is_alphanumeric() => true,
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

    fn values(list: &[&str]) -> Values {
        Values::new(list.iter().map(|&it| it.to_owned()).collect()).unwrap()
    }

    #[test]
    fn values_are_found_in_any_case_as_words_of_their_own() {
        let values = values(&["10.0.0.5", "Redmond", "Jörg Ödön", r"\\fs01\", "abc"]);
        let cases = [
            ("at 10.0.0.5.", true),
            ("at 10.0.0.51", false),
            ("REDMOND, west", true),
            ("redmond-fe01.contoso.com", false),
            ("Redmonds", false),
            ("JÖRG ÖDÖN", true),
            (r"x\\FS01\share", true),
            ("abc", false),
        ];
        for (text, found) in cases {
            assert_eq!(values.first(text).is_some(), found, "{text}");
            assert_eq!(!values.ranges(text).is_empty(), found, "{text}");
        }
    }

    #[test]
    fn of_two_that_overlap_the_longer_is_taken() {
        let text = "call Anna Berg now";
        let ranges = values(&["Anna", "Anna Berg"]).ranges(text);
        assert_eq!((ranges.len(), &text[ranges[0].clone()]), (1, "Anna Berg"));
    }
}
