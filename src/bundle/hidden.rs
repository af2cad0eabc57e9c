//! Looks through the contents of a bundle: which values are hidden, and how they are spelled there.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::beyond::Beyond;
use super::finder::Finder;
use super::pattern::{self, Pattern};
use super::profile::Profile;
use super::values::{Edge, Values};
use super::view;
use super::walk::Visitor;
use crate::packets::Fact;

/// What was collected, as views have it.
#[derive(Debug, Default)]
pub struct Collected {
    /// Hidden values that are looked for.
    pub values: BTreeSet<String>,
    /// Phone numbers among them, by their digits.
    pub phones: BTreeSet<String>,
    /// Those of them that were only found as hosts of shares.
    pub hosts: BTreeSet<String>,
    /// Commands and names, which stay as they are.
    pub fixed: Vec<String>,
}

/// Collects what a profile hides.
pub struct Hidden<'a> {
    profile: &'a Profile,
    beyond: &'a Beyond,
    collected: Collected,
    /// Values of unknown columns.
    extras: BTreeSet<String>,
    /// Hosts of shares.
    hosts: BTreeSet<String>,
    /// Values that are shown.
    shown: BTreeSet<String>,
}

impl<'a> Hidden<'a> {
    /// Nothing yet but what is known beyond the contents.
    pub fn new(profile: &'a Profile, beyond: &'a Beyond) -> Self {
        let mut hidden = Self {
            profile,
            beyond,
            collected: Collected::default(),
            extras: BTreeSet::new(),
            hosts: BTreeSet::new(),
            shown: BTreeSet::new(),
        };
        for value in &beyond.values {
            hidden.hide(value);
        }
        hidden
    }

    /// Everything that was collected. The host of a share has no value of its own if it is a server of the worksheets or
    /// stands in another column; nor has a value of an unknown column that a known one shows.
    pub fn collected(mut self) -> Collected {
        let is_known = |it: &String| self.shown.contains(it) || self.beyond.names.contains(it);
        let [hosts, extras] = [&self.hosts, &self.extras].map(|list| {
            let list = list.iter().filter(|it| !is_known(it));
            list.cloned().collect::<BTreeSet<_>>()
        });
        for value in &extras {
            self.hide(value);
        }
        self.collected.hosts = hosts.difference(&self.collected.values).cloned().collect();
        self.collected.values.extend(hosts);
        self.collected
    }

    fn hide(&mut self, value: &str) {
        let value = value.trim();
        self.collected.phones.extend(pattern::numbers(value));
        self.collected.values.extend(turned(value));
        self.collected.values.insert(value.to_owned());
    }

    fn look(&mut self, view: &str) {
        if self.profile.patterns.contains(&Pattern::ShareHost) {
            let found = Pattern::ShareHost.find(view).into_iter();
            self.hosts.extend(found.map(|it| it.key));
        }
        if self.profile.patterns.contains(&Pattern::VaultEntry) {
            for found in Pattern::VaultEntry.find(view) {
                self.collected.values.extend(last_part(&found.key));
            }
        }
    }

    fn fixed(&mut self, text: &str) {
        let view = view::plain(text);
        self.look(&view);
        self.collected.fixed.push(view);
    }
}

impl Visitor for Hidden<'_> {
    fn fact(&mut self, fact: &mut Fact) {
        let Some(value) = &fact.value else { return };
        let texts = [value, &fact.text].into_iter();
        let texts = texts.flat_map(|text| text.lines().chain([text.as_str()]));
        let views: Vec<String> = texts.map(|it| view::plain(it.trim())).collect();
        let is_offered = |it: &String| {
            let offered = (fact.name.clone(), it.clone());
            self.beyond.offered.contains(&offered)
        };
        if !self.profile.hides(fact) || views.iter().any(is_offered) {
            self.shown.extend(views);
            return;
        }
        if fact.extra && !self.profile.facts.contains(&fact.name) {
            self.extras.extend(views);
            return;
        }
        for value in views {
            if self.profile.parted.contains(&fact.name) {
                self.collected.values.extend(last_part(&value));
            }
            self.hide(&value);
        }
    }

    fn text(&mut self, text: &mut String) {
        self.look(&view::plain(text));
    }

    fn command(&mut self, command: &mut String) {
        self.fixed(command);
    }

    fn name(&mut self, name: &str) {
        self.fixed(name);
    }
}

/// The last part of a name with a path in front: `LYNC/pfx-1`.
fn last_part(name: &str) -> Option<String> {
    const MARKS: [char; 8] = ['/', '\\', '>', '|', ':', '\u{2192}', '\u{203a}', '\u{2044}'];
    let last = name.rsplit(MARKS).next()?.trim();
    (last.len() < name.len()).then(|| last.to_owned())
}

/// A name of two or three words with the last in front: `Whitfield, Dana`.
fn turned(name: &str) -> Vec<String> {
    let is_word = |word: &&str| word.chars().all(|c| c.is_alphabetic() || "-.'".contains(c));
    let words: Vec<&str> = name.split(' ').collect();
    match words[..] {
        [.., last] if (2..=3).contains(&words.len()) && words.iter().all(is_word) => {
            let first = words[..words.len() - 1].join(" ");
            vec![format!("{last}, {first}"), format!("{last} {first}")]
        }
        _ => Vec::new(),
    }
}

/// Collects how what is left out is spelled, for the last look into the files; and what stands elsewhere of values that are
/// left out in their own cells only.
pub struct Spellings<'a> {
    finder: &'a Finder,
    ordinary: Values,
    elsewhere: BTreeSet<String>,
    spelled: BTreeMap<String, Edge>,
}

/// Shorter spellings stand in files by chance.
const SHORTEST: usize = 7;

impl<'a> Spellings<'a> {
    /// Of what a finder finds, and of these ordinary values.
    pub fn new(finder: &'a Finder, ordinary: Values) -> Self {
        Self {
            finder,
            ordinary,
            elsewhere: BTreeSet::new(),
            spelled: BTreeMap::new(),
        }
    }

    /// The ordinary values that stand elsewhere, and the spellings.
    pub fn seen(self) -> (BTreeSet<String>, BTreeMap<String, Edge>) {
        (self.elsewhere, self.spelled)
    }
}

impl Visitor for Spellings<'_> {
    fn fact(&mut self, _: &mut Fact) {}

    fn text(&mut self, text: &mut String) {
        let view = view::plain(text.trim());
        let elsewhere = self.ordinary.find(&view).map(|(_, value)| value);
        let elsewhere = elsewhere.filter(|value| *value != view);
        self.elsewhere.extend(elsewhere.map(str::to_owned));
        for (pattern, found) in self.finder.hidden_looks(&view) {
            let Range { mut start, mut end } = found.range;
            if pattern == Pattern::ShareHost {
                // With the signs around it: `\\fs01\` is not the beginning of `\\fs01.contoso.com`, which may stay.
                let Some(sign) = view[end..].chars().next().filter(|it| r"\/:".contains(*it))
                else {
                    continue;
                };
                start = view[..start].trim_end().trim_end_matches(['\\', '/']).len();
                end += sign.len_utf8();
            }
            let spelled = &view[start..end];
            if spelled.len() < SHORTEST {
                continue;
            }
            let is_glued = |edge: Option<char>| edge.is_some_and(char::is_alphanumeric);
            let glued =
                is_glued(view[..start].chars().next_back()) || is_glued(view[end..].chars().next());
            let edge = if glued { Edge::Glued } else { Edge::Word };
            self.spelled.insert(spelled.to_owned(), edge);
        }
    }

    fn command(&mut self, _: &mut String) {}

    fn name(&mut self, _: &str) {}
}
