//! What a product calls the things that the one it builds on calls otherwise.
//!
//! The sentences of the other, in its procedures and in the files that hold them, are taken over with these names in them,
//! so that no file has to be repeated for the sake of a name.

use std::collections::{BTreeMap, BTreeSet};

use super::{card, effects, plan};

/// The files of data that are sentences. What stands in others is looked up, and merged by its id.
const SENTENCES: [&str; 4] = [card::FILE, effects::FILE, plan::FILE, plan::ONCE];

/// Names by those they take the place of.
pub(super) struct Renamed<'n>(Vec<(&'n str, &'n str)>);

impl<'n> Renamed<'n> {
    /// The longest come first: the name of a tool may hold that of its product.
    pub(super) fn new(names: &'n BTreeMap<String, String>) -> Self {
        let mut names: Vec<_> = names
            .iter()
            .map(|(from, to)| (from.as_str(), to.as_str()))
            .collect();
        names.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        Self(names)
    }

    /// Whether a text of this name is one in which things are called by their names.
    pub(super) fn concerns(name: &str) -> bool {
        name.rsplit('.').next() == Some("md") || SENTENCES.contains(&name)
    }

    /// A text with the names in it; those that were met are added to `met`.
    pub(super) fn put_into(&self, text: &str, met: &mut BTreeSet<&'n str>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let is_begun = out.chars().next_back().is_some_and(char::is_alphanumeric);
            let here = |(from, _): &&(&str, &str)| {
                let rest = text[at..].strip_prefix(from);
                rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            };
            let name = self.0.iter().find(here).filter(|_| !is_begun);
            if let Some((from, to)) = name {
                out.push_str(to);
                met.insert(from);
                at += from.len();
            } else {
                out.push(c);
                at += c.len_utf8();
            }
        }
        out
    }

    /// The first name that was not met.
    pub(super) fn unmet(&self, met: &BTreeSet<&str>) -> Option<&'n str> {
        let mut names = self.0.iter().map(|(from, _)| *from);
        names.find(|from| !met.contains(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_replaced_once_the_longest_first() {
        let names = [
            ("Talk", "Acme"),
            ("Talk Shell", "Acme Talk Console"),
            ("Chat", "Talk"),
        ];
        let names = names.map(|(from, to)| (from.to_owned(), to.to_owned()));
        let names = BTreeMap::from(names);
        let renamed = Renamed::new(&names);
        let mut met = BTreeSet::new();
        let text = "In the Talk Shell, Talk-2; no Talker, no SmallTalk: Talk";
        let put = renamed.put_into(text, &mut met);
        assert_eq!(
            put,
            "In the Acme Talk Console, Acme-2; no Talker, no SmallTalk: Acme"
        );
        assert_eq!(renamed.unmet(&met), Some("Chat"));
    }
}
