//! Profiles: which values a copy leaves out. Built-in ones are data (`profiles.toml`); the project file adds more.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::pattern::Pattern;
use crate::finding::{suggest, words};
use crate::text::reserved;

/// The profile of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// As asked for.
    pub name: String,
    /// What is left out, for people: kinds and headings.
    pub hide: Vec<String>,
    /// The headings of the facts that are left out.
    pub facts: BTreeSet<String>,
    /// What is left out wherever it stands.
    pub patterns: BTreeSet<Pattern>,
}

/// A profile nobody defined, or one that says what nobody understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadProfile {
    /// What is wrong.
    pub message: String,
    /// What was probably meant, or what there is.
    pub help: String,
}

#[derive(Deserialize)]
struct File {
    kinds: BTreeMap<String, Kind>,
    profiles: BTreeMap<String, Hide>,
}

#[derive(Deserialize)]
struct Kind {
    facts: Vec<String>,
    pattern: Option<Pattern>,
}

/// A profile as written in the project file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hide {
    /// What it is for, for people.
    #[serde(default)]
    #[expect(dead_code, reason = "people read it in the file")]
    pub about: String,
    /// Kinds of value, or headings.
    pub hide: Vec<String>,
}

impl Profile {
    /// The profile of this name; the organization's own come before the built-in ones. `headings` are those of the
    /// packets, for a profile may name any.
    ///
    /// # Errors
    /// A profile nobody defined; one that names neither a kind nor a heading.
    pub fn named(
        name: &str,
        own: &BTreeMap<String, Hide>,
        headings: &BTreeSet<String>,
    ) -> Result<Self, BadProfile> {
        let File { kinds, profiles } = built_in();
        let Some(found) = own.get(name).or_else(|| profiles.get(name)) else {
            let known: BTreeSet<&str> = own
                .keys()
                .chain(profiles.keys())
                .map(String::as_str)
                .collect();
            return Err(BadProfile {
                message: format!("`{name}` is no profile"),
                help: nearest(name, known, "the profiles are"),
            });
        };
        // They are printed, and compared with headings, which are free of such characters already.
        let hide = found.hide.iter().map(|it| reserved::replaced(it));
        let hide: Vec<String> = hide.map(Cow::into_owned).collect();
        let mut profile = Self {
            name: reserved::replaced(name).into_owned(),
            hide: hide.clone(),
            facts: BTreeSet::new(),
            patterns: BTreeSet::new(),
        };
        for what in &hide {
            if let Some(kind) = kinds.get(what) {
                profile.facts.extend(kind.facts.iter().cloned());
                profile.patterns.extend(kind.pattern);
            } else if headings.contains(what) {
                profile.facts.insert(what.clone());
            } else {
                let known = kinds.keys().chain(headings).map(String::as_str);
                return Err(BadProfile {
                    message: format!(
                        "profile `{name}` hides `{what}`, which is neither a kind of value nor the heading of a fact"
                    ),
                    help: suggest::did_you_mean(what, known).unwrap_or_else(|| {
                        format!(
                            "the kinds are {}",
                            words::quoted(kinds.keys().map(String::as_str))
                        )
                    }),
                });
            }
        }
        Ok(profile)
    }

    /// What stands in place of a value.
    pub fn stand_in(&self) -> String {
        format!("withheld in this copy (profile {})", self.name)
    }
}

fn nearest(text: &str, known: BTreeSet<&str>, list: &str) -> String {
    suggest::did_you_mean(text, known.iter().copied())
        .unwrap_or_else(|| format!("{list} {}", words::quoted(known)))
}

fn built_in() -> File {
    crate::data::parse(include_str!("profiles.toml")).expect("profiles.toml is part of the program")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, hide: &[&str]) -> BTreeMap<String, Hide> {
        let hide = Hide {
            hide: hide.iter().map(|&it| it.to_owned()).collect(),
            ..Hide::default()
        };
        BTreeMap::from([(name.to_owned(), hide)])
    }

    #[test]
    fn the_built_in_profiles_grow_stricter() {
        let none = BTreeSet::new();
        let [vault, ticket, vendor] = ["vault", "ticket", "vendor"]
            .map(|name| Profile::named(name, &BTreeMap::new(), &none).unwrap());
        assert!(vault.facts.is_empty() && vault.patterns.is_empty());
        assert!(ticket.facts.is_subset(&vendor.facts) && ticket.facts.len() < vendor.facts.len());
        assert!(ticket.patterns.is_subset(&vendor.patterns));
        assert!(ticket.facts.contains("Alternate phone") && vendor.facts.contains("Owner"));
    }

    #[test]
    fn an_own_profile_names_kinds_and_headings() {
        let headings = BTreeSet::from(["Rack".to_owned()]);
        let profile = Profile::named("a", &own("a", &["phone", "Rack"]), &headings).unwrap();
        assert!(profile.facts.contains("Rack") && profile.facts.contains("Phone"));
        assert_eq!(profile.stand_in(), "withheld in this copy (profile a)");
    }

    #[test]
    fn what_nobody_defined_is_refused_with_the_nearest() {
        let none = BTreeSet::new();
        let bad = Profile::named("tiket", &BTreeMap::new(), &none).unwrap_err();
        assert_eq!(bad.help, "did you mean `ticket`?");
        let bad = Profile::named("a", &own("a", &["phones"]), &none).unwrap_err();
        assert!(bad.message.contains("`phones`"));
        assert_eq!(bad.help, "did you mean `phone`?");
    }
}
