//! Profiles: which values a copy leaves out. Built-in ones are data (`profiles.toml`); the project file adds more.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::pattern::Pattern;
use super::view;
use crate::finding::{suggest, words};
use crate::packets::Fact;
use crate::text::reserved;

/// How what stands in place of a value begins; the profile follows in brackets.
pub const STAND_IN: &str = "withheld in this copy";

/// The profile of a copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// As asked for.
    pub name: String,
    /// What is left out, for people: kinds and headings.
    pub hide: Vec<String>,
    /// The headings of the facts that are left out.
    pub facts: BTreeSet<String>,
    /// Those of them whose values are names with a path in front: the last part is looked for as well.
    pub parted: BTreeSet<String>,
    /// The kinds of sheets whose every value is left out.
    pub sheets: BTreeSet<String>,
    /// Whether columns and settings that the program does not know are left out.
    pub extras: bool,
    /// The headings that are let through whatever hides them.
    pub shown: BTreeSet<String>,
    /// What is left out wherever it stands.
    pub patterns: BTreeSet<Pattern>,
    /// What was looked for, for people.
    pub looked_for: Vec<String>,
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
#[serde(deny_unknown_fields)]
struct File {
    kinds: BTreeMap<String, Kind>,
    profiles: BTreeMap<String, Hide>,
    words: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Kind {
    facts: Vec<String>,
    pattern: Option<Pattern>,
    sheet: Option<String>,
    #[serde(default)]
    extras: bool,
    #[serde(default)]
    last_part: bool,
    looked_for: String,
}

/// Words beside which hidden values stand, as views have them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// In front of a phone number.
    pub phones: Vec<String>,
    /// In front of an extension.
    pub extensions: Vec<String>,
    /// In front of an entry of a vault.
    pub vaults: Vec<String>,
    /// Between the two.
    pub entries: Vec<String>,
    /// In front of two numbers with a hyphen that are no phone's.
    pub numbers: Vec<String>,
}

/// A profile as written in the project file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hide {
    /// What it is for, for people.
    #[serde(default)]
    #[expect(dead_code, reason = "people read it in the file")]
    pub about: String,
    /// Kinds of value, or headings; where it is left out, what the built-in profile of this name hides.
    #[serde(rename = "hide")]
    pub kinds: Option<Vec<String>>,
    /// Headings that are let through all the same.
    #[serde(default)]
    pub show: Vec<String>,
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
        let File {
            kinds, profiles, ..
        } = &*BUILT_IN;
        let built_in = profiles.get(name);
        let Some(found) = own.get(name).or(built_in) else {
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
        let usual = built_in.and_then(|it| it.kinds.as_ref());
        let hide = found.kinds.as_ref().or(usual).ok_or_else(|| BadProfile {
            message: format!("profile `{name}` does not say what it hides"),
            help: "write `hide = [...]`; only a built-in profile can be changed by `show` alone"
                .to_owned(),
        })?;
        // They are printed, and compared with headings, which are free of such characters already.
        let clean = |list: &[String]| -> Vec<String> {
            let clean = list.iter().map(|it| reserved::replaced(it));
            clean.map(Cow::into_owned).collect()
        };
        let mut profile = Self {
            name: reserved::replaced(name).into_owned(),
            hide: clean(hide),
            shown: clean(&found.show).into_iter().collect(),
            ..Self::default()
        };
        for what in profile.hide.clone() {
            profile.add(&what, kinds, headings)?;
        }
        profile.checked(headings)
    }

    /// Adds a kind of value, or a heading.
    fn add(
        &mut self,
        what: &str,
        kinds: &BTreeMap<String, Kind>,
        headings: &BTreeSet<String>,
    ) -> Result<(), BadProfile> {
        if let Some(kind) = kinds.get(what) {
            self.facts.extend(kind.facts.iter().cloned());
            if kind.last_part {
                self.parted.extend(kind.facts.iter().cloned());
            }
            self.patterns.extend(kind.pattern);
            self.sheets.extend(kind.sheet.clone());
            self.extras |= kind.extras;
            self.looked_for.push(kind.looked_for.clone());
            return Ok(());
        }
        if headings.contains(what) {
            self.facts.insert(what.to_owned());
            self.looked_for.push(format!("`{what}`"));
            return Ok(());
        }
        let name = &self.name;
        let known = kinds.keys().chain(headings).map(String::as_str);
        let all = words::quoted(kinds.keys().map(String::as_str));
        Err(BadProfile {
            message: format!(
                "profile `{name}` hides `{what}`, which is neither a kind of value nor the heading of a fact"
            ),
            help: suggest::did_you_mean(what, known)
                .unwrap_or_else(|| format!("the kinds are {all}")),
        })
    }

    /// Without the facts it lets through; only headings can be.
    fn checked(mut self, headings: &BTreeSet<String>) -> Result<Self, BadProfile> {
        if let Some(stranger) = self.shown.iter().find(|it| !headings.contains(*it)) {
            let known = headings.iter().map(String::as_str);
            return Err(BadProfile {
                message: format!(
                    "profile `{}` shows `{stranger}`, which is the heading of no fact",
                    self.name
                ),
                help: suggest::did_you_mean(stranger, known).unwrap_or_else(|| {
                    "write the heading as it stands in the worksheet".to_owned()
                }),
            });
        }
        self.facts.retain(|fact| !self.shown.contains(fact));
        Ok(self)
    }

    /// Whether a fact is hidden by its heading, or because nobody knows its column.
    pub fn hides(&self, fact: &Fact) -> bool {
        self.facts.contains(&fact.name)
            || (self.extras && fact.extra && !self.shown.contains(&fact.name))
    }

    /// What stands in place of a value.
    pub fn stand_in(&self) -> String {
        format!("{STAND_IN} (profile {})", self.name)
    }
}

fn nearest(text: &str, known: BTreeSet<&str>, list: &str) -> String {
    suggest::did_you_mean(text, known.iter().copied())
        .unwrap_or_else(|| format!("{list} {}", words::quoted(known)))
}

/// The words of `profiles.toml`.
pub fn words() -> &'static Words {
    &BUILT_IN.words
}

static BUILT_IN: LazyLock<File> = LazyLock::new(|| {
    let mut file: File = crate::data::parse(include_str!("profiles.toml"))
        .expect("profiles.toml is part of the program");
    let Words {
        phones,
        extensions,
        vaults,
        entries,
        numbers,
    } = &mut file.words;
    for word in [phones, extensions, vaults, entries, numbers]
        .into_iter()
        .flatten()
    {
        *word = view::plain(word);
    }
    file
});

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, hide: &[&str]) -> BTreeMap<String, Hide> {
        let hide = Hide {
            kinds: Some(hide.iter().map(|&it| it.to_owned()).collect()),
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
    fn a_built_in_profile_can_be_made_to_show_a_column() {
        let headings = BTreeSet::from(["Rack".to_owned(), "Owner".to_owned()]);
        let show = |name: &str, heading: &str| {
            let show = Hide {
                show: vec![heading.to_owned()],
                ..Hide::default()
            };
            let own = BTreeMap::from([(name.to_owned(), show)]);
            Profile::named(name, &own, &headings)
        };
        let profile = show("vendor", "Owner").unwrap();
        assert!(
            profile.extras && profile.facts.contains("Phone") && !profile.facts.contains("Owner")
        );
        assert!(show("ticket", "Rack").unwrap().shown.contains("Rack"));
        assert_eq!(
            show("ticket", "Rak").unwrap_err().help,
            "did you mean `Rack`?"
        );
        assert!(
            show("mine", "Rack")
                .unwrap_err()
                .message
                .contains("does not say")
        );
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
