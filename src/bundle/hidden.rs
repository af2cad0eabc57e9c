//! Looks through the contents of a bundle: which values are hidden, and how they are spelled there.

use std::collections::{BTreeMap, BTreeSet, HashSet};
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
    pub fixed: BTreeSet<String>,
    /// All texts as they stand, each once.
    pub texts: HashSet<String>,
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
        self.look();
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

    /// Collects what has the look of a host or of an entry, wherever it stands.
    fn look(&mut self) {
        let wants = |it| self.profile.patterns.contains(&it);
        let (hosts, entries) = (wants(Pattern::ShareHost), wants(Pattern::VaultEntry));
        let look = |view: &str| {
            let found = hosts.then(|| Pattern::ShareHost.find(view));
            let parts = entries.then(|| Pattern::VaultEntry.find(view));
            let parts = parts.into_iter().flatten();
            (
                found.unwrap_or_default(),
                parts
                    .filter_map(|it| last_part(&it.key))
                    .collect::<Vec<_>>(),
            )
        };
        let texts = self.collected.texts.iter();
        let texts = texts.map(|text| look(&view::plain(text)));
        let fixed = self.collected.fixed.iter().map(|view| look(view));
        let found: Vec<_> = texts.chain(fixed).collect();
        for (hosts, parts) in found {
            self.hosts.extend(hosts.into_iter().map(|it| it.key));
            self.collected.values.extend(parts);
        }
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
        if !self.collected.texts.contains(text) {
            self.collected.texts.insert(text.clone());
        }
    }

    fn command(&mut self, command: &mut String) {
        self.name(command);
    }

    fn name(&mut self, name: &str) {
        self.collected.fixed.insert(view::plain(name));
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

/// What is known of a text: how what is left out is spelled there, for the last look into the files; and what stands in it
/// of values that are left out in their own cells only.
#[derive(Debug, Default)]
pub struct Spelled {
    /// Ordinary values that are not all of the text.
    pub ordinary: BTreeSet<String>,
    /// Spellings, as views have them.
    pub spellings: BTreeMap<String, Edge>,
}

/// Shorter spellings stand in files by chance.
const SHORTEST: usize = 7;

impl Spelled {
    /// What is known of a text by its view.
    pub fn of(view: &str, finder: &Finder, ordinary: &Values) -> Self {
        let view = view.trim();
        let found = ordinary.find(view).map(|(_, value)| value);
        let found = found.filter(|value| *value != view).map(str::to_owned);
        let looks = finder.hidden_looks(view);
        let looks = looks.filter_map(|(pattern, found)| match pattern {
            Pattern::ShareHost => with_signs(view, found.range),
            _ => Some(found.range),
        });
        let respelled = finder.respelled.find(view).into_iter();
        let ranges = looks.chain(respelled.map(|it| it.range));
        let spelled = ranges.filter(|it| it.len() >= SHORTEST);
        Self {
            ordinary: found.collect(),
            spellings: spelled
                .map(|range| (view[range.clone()].to_owned(), edge(view, &range)))
                .collect(),
        }
    }
}

/// A host with the signs around it: `\\fs01\` is not the beginning of `\\fs01.contoso.com`, which may stay.
fn with_signs(view: &str, host: Range<usize>) -> Option<Range<usize>> {
    let sign = view[host.end..].chars().next();
    let sign = sign.filter(|it| r"\/:".contains(*it))?;
    let before = view[..host.start].trim_end();
    Some(before.trim_end_matches(['\\', '/']).len()..host.end + sign.len_utf8())
}

fn edge(view: &str, range: &Range<usize>) -> Edge {
    let is_glued = |edge: Option<char>| edge.is_some_and(char::is_alphanumeric);
    let before = view[..range.start].chars().next_back();
    if is_glued(before) || is_glued(view[range.end..].chars().next()) {
        Edge::Glued
    } else {
        Edge::Word
    }
}
