//! Finds everything hidden in a text: values that are known, and what has the look of a hidden kind.

use std::collections::BTreeSet;
use std::ops::Range;

use super::pattern::{self, Found, Pattern};
use super::respelled::Respelled;
use super::values::Values;
use super::view::View;

/// What is hidden, but for what commands need.
#[derive(Debug)]
pub struct Finder {
    /// Values by their text.
    pub values: Values,
    /// Values by their letters and digits.
    pub respelled: Respelled,
    /// Looks.
    pub patterns: BTreeSet<Pattern>,
    /// Phone numbers by their digits.
    pub phones: BTreeSet<String>,
    /// What has a look and stays.
    pub needed: BTreeSet<(Pattern, String)>,
}

/// A part of a text that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// Where, in the text itself.
    pub range: Range<usize>,
    /// Whether it is the host of a share and nothing else.
    pub is_host: bool,
}

impl Finder {
    /// What the view of a text has of hidden looks, needed or not.
    pub fn looks<'a>(&'a self, view: &'a str) -> impl Iterator<Item = (Pattern, Found)> + 'a {
        let patterns = self.patterns.iter();
        let looks = patterns.flat_map(|it| it.find(view).into_iter().map(|found| (*it, found)));
        let known = pattern::find_known(view, &self.phones).into_iter();
        looks.chain(known.map(|found| (Pattern::Phone, found)))
    }

    /// The same, but for what is needed.
    pub fn hidden_looks<'a>(
        &'a self,
        view: &'a str,
    ) -> impl Iterator<Item = (Pattern, Found)> + 'a {
        self.looks(view)
            .filter(|(pattern, found)| !self.needed.contains(&(*pattern, found.key.clone())))
    }

    /// What is left out of a text, in its order; what overlaps is one.
    pub fn holes(&self, view: &View) -> Vec<Hole> {
        let looks = self.hidden_looks(&view.text);
        let looks = looks.map(|(pattern, found)| (found.range, pattern == Pattern::ShareHost));
        let values = self
            .values
            .find(&view.text)
            .map(|(range, _)| (range, false));
        let respelled = self.respelled.find(&view.text).into_iter();
        let respelled = respelled.map(|found| (found.range, false));
        let mut found: Vec<(Range<usize>, bool)> = looks.chain(values).chain(respelled).collect();
        found.sort_by_key(|(range, is_host)| (range.start, range.end, *is_host));
        let mut holes: Vec<Hole> = Vec::new();
        for (range, is_host) in found {
            let range = view.origin(&range);
            match holes.last_mut() {
                Some(last) if range.start < last.range.end => {
                    last.is_host = range == last.range && (is_host || last.is_host);
                    last.range.end = last.range.end.max(range.end);
                }
                _ => holes.push(Hole { range, is_host }),
            }
        }
        holes
    }
}
