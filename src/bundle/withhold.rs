//! Withholding: what a profile leaves out is taken out of the packets before they are rendered.
//!
//! 1. Collect the hidden values (`hidden.rs`): facts by their heading, sheets and columns whole, hosts of shares.
//! 2. Set those apart that are short or ordinary words (`ordinary.rs`), and those that a command of the bundle needs: they
//!    stay, or the procedure could not be carried out.
//! 3. Replace the rest, and whatever has a hidden look (`finder.rs`), in every text of packets, estate and restore order.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::beyond::Beyond;
use super::check::Survivors;
use super::finder::Finder;
use super::hidden::{Collected, Hidden, Spelled};
use super::ordinary;
use super::pattern::Pattern;
use super::profile::Profile;
use super::respelled::Respelled;
use super::values::{Edge, Values};
use super::view::{self, View};
use super::walk::{Texts, Visitor};
use crate::packets::Fact;

/// What a bundle leaves out.
pub struct Withheld {
    profile: Profile,
    finder: Finder,
    survivors: Survivors,
    offered: BTreeSet<(String, String)>,
    needed: BTreeSet<String>,
    count: usize,
    elsewhere: BTreeSet<String>,
    /// The texts of the contents, each once, with what is left of them; `None` where nothing is left out.
    known: HashMap<String, Option<String>>,
}

impl Withheld {
    /// For a bundle with these contents, which stay as they are.
    ///
    /// # Errors
    /// Too many values.
    pub fn of(
        profile: &Profile,
        contents: &mut dyn Texts,
        beyond: &Beyond,
    ) -> Result<Self, String> {
        let mut hidden = Hidden::new(profile, beyond);
        contents.walk(&mut hidden);
        let Collected {
            values,
            phones,
            hosts,
            fixed,
            texts,
        } = hidden.collected();
        let own: Vec<String> = ordinary::own_texts().collect();
        let ordinary = ordinary::among(&values, &own)?;
        let mut finder = Finder {
            patterns: profile.patterns.clone(),
            values: words(values.difference(&ordinary))?,
            respelled: Respelled::new(values.difference(&ordinary), &BTreeSet::new())?,
            phones,
            needed: BTreeSet::new(),
        };
        let mut needed = Needed::default();
        needed.by(&finder, &fixed);
        let count = needed.count();
        // What the program itself says is no secret, whatever it looks like.
        needed.by_program(&finder, &own);
        let hidden: Vec<&String> = values
            .difference(&ordinary)
            .filter(|it| !needed.values.contains(*it))
            .collect();
        finder.needed = needed.looks;
        finder.values = words(hidden.iter().copied())?;
        finder.respelled = Respelled::new(hidden.iter().copied(), &needed.keys)?;
        let told = words(ordinary.difference(&hosts))?;
        let mut left = Self {
            profile: profile.clone(),
            survivors: Survivors::new(words([])?)?,
            offered: beyond.offered.clone(),
            needed: needed.values,
            count,
            elsewhere: BTreeSet::new(),
            known: HashMap::new(),
            finder,
        };
        let spelled = left.read(texts, &told);
        let hidden = hidden.into_iter().map(|it| (it.clone(), Edge::Word));
        left.survivors = Survivors::new(Values::new(spelled.into_iter().chain(hidden))?)?;
        Ok(left)
    }

    /// Reads every text once; returns how what is left out is spelled.
    fn read(&mut self, texts: HashSet<String>, told: &Values) -> BTreeMap<String, Edge> {
        let mut spellings = BTreeMap::new();
        for text in texts {
            let view = View::of(&text);
            let spelled = Spelled::of(&view.text, &self.finder, told);
            let left = self.left_of(&text, &view);
            self.known.insert(text, left);
            self.elsewhere.extend(spelled.ordinary);
            for (spelling, edge) in spelled.spellings {
                let known = spellings.entry(spelling).or_insert(edge);
                *known = edge.max(*known);
            }
        }
        spellings
    }

    /// The profile it was made for.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What must not stand in any file.
    pub fn survivors(&self) -> &Survivors {
        &self.survivors
    }

    /// How many values stay because a command or a name needs them.
    pub fn needed(&self) -> usize {
        self.count
    }

    /// Hidden values that are short or ordinary words: they stand elsewhere, and are left out in their own cells only.
    pub fn elsewhere(&self) -> &BTreeSet<String> {
        &self.elsewhere
    }

    /// Takes what is left out from a part of the contents.
    pub fn leave_out(&self, contents: &mut dyn Texts) {
        contents.walk(&mut StandIns(self));
    }

    /// Whether a fact is withheld whole: a hidden one that is known and not needed.
    fn hides(&self, fact: &Fact) -> bool {
        let Some(value) = fact.value.as_deref() else {
            return false;
        };
        let [value, text] = [value, &fact.text].map(|it| view::plain(it.trim()));
        let is_needed = self.needed.contains(&value) && self.needed.contains(&text);
        let is_offered = self.offered.contains(&(fact.name.clone(), value));
        self.profile.hides(fact) && !is_needed && !is_offered
    }

    /// A text without what is left out.
    pub fn text(&self, text: &str) -> String {
        let left = match self.known.get(text) {
            Some(left) => left.clone(),
            None => self.left_of(text, &View::of(text)),
        };
        left.unwrap_or_else(|| text.to_owned())
    }

    /// What is left of a text with this view; `None` where nothing is left out.
    fn left_of(&self, text: &str, view: &View) -> Option<String> {
        let holes = self.finder.holes(view);
        if holes.is_empty() {
            return None;
        }
        let mut left = String::with_capacity(text.len());
        let mut from = 0;
        for hole in holes {
            left.push_str(&text[from..hole.range.start]);
            let (before, after) = if hole.is_host { ("[", "]") } else { ("", "") };
            left.extend([before, &self.profile.stand_in(), after]);
            from = hole.range.end;
        }
        left.push_str(&text[from..]);
        Some(left)
    }
}

/// What stays because a command or a name needs it, or because the program itself says it.
#[derive(Debug, Default)]
struct Needed {
    values: BTreeSet<String>,
    looks: BTreeSet<(Pattern, String)>,
    /// Values by their letters and digits.
    keys: BTreeSet<String>,
}

impl Needed {
    /// Adds what stands in commands and names.
    fn by(&mut self, finder: &Finder, fixed: &BTreeSet<String>) {
        for text in fixed {
            let values = finder.values.find(text).map(|(_, value)| value.to_owned());
            self.values.extend(values);
            self.looks.extend(looks(finder, text));
            let respelled = finder.respelled.find(text).into_iter();
            self.keys.extend(respelled.map(|it| it.key));
        }
    }

    /// How many they are.
    fn count(&self) -> usize {
        let looks = self.looks.iter().map(|(_, key)| key);
        looks.chain(&self.values).collect::<BTreeSet<_>>().len()
    }

    /// Adds what the program's own texts say: their values are ordinary already.
    fn by_program(&mut self, finder: &Finder, own: &[String]) {
        for text in own {
            self.looks.extend(looks(finder, text));
            let respelled = finder.respelled.find(text).into_iter();
            self.keys.extend(respelled.map(|it| it.key));
        }
    }
}

/// What a text has of hidden looks.
fn looks(finder: &Finder, text: &str) -> Vec<(Pattern, String)> {
    let looks = finder.hidden_looks(text);
    looks.map(|(pattern, found)| (pattern, found.key)).collect()
}

fn words<'a>(values: impl IntoIterator<Item = &'a String>) -> Result<Values, String> {
    Values::new(values.into_iter().map(|it| (it.clone(), Edge::Word)))
}

/// Puts the stand-in in the place of what is withheld.
struct StandIns<'a>(&'a Withheld);

impl Visitor for StandIns<'_> {
    fn fact(&mut self, fact: &mut Fact) {
        if self.0.hides(fact) {
            fact.text = self.0.profile.stand_in();
            fact.value = Some(fact.text.clone());
        }
    }

    fn text(&mut self, text: &mut String) {
        if !matches!(self.0.known.get(text), Some(None)) {
            *text = self.0.text(text);
        }
    }

    /// What a command holds is needed, so nothing in it is replaced.
    fn command(&mut self, _: &mut String) {}

    fn name(&mut self, _: &str) {}
}

/// Every heading of a fact.
pub fn headings(contents: &mut dyn Texts) -> BTreeSet<String> {
    let mut headings = Headings::default();
    contents.walk(&mut headings);
    headings.0
}

/// Collects the headings of facts.
#[derive(Default)]
struct Headings(BTreeSet<String>);

impl Visitor for Headings {
    fn fact(&mut self, fact: &mut Fact) {
        self.0.insert(fact.name.clone());
    }

    fn text(&mut self, _: &mut String) {}

    fn command(&mut self, _: &mut String) {}

    fn name(&mut self, _: &str) {}
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::packets::Exercise;
    use crate::packets::picture::{Mark, Node};
    use crate::render::fixture;

    fn profile(name: &str) -> Profile {
        Profile::named(name, &BTreeMap::new(), &BTreeSet::new()).unwrap()
    }

    fn fact(name: &str, value: &str) -> Fact {
        Fact {
            value: Some(value.to_owned()),
            text: value.to_owned(),
            ..Fact::absent(name)
        }
    }

    /// The contents without what the profile leaves out.
    fn copy<T: Texts>(profile_name: &str, mut contents: T) -> (Withheld, T) {
        let withheld =
            Withheld::of(&profile(profile_name), &mut contents, &Beyond::default()).unwrap();
        withheld.leave_out(&mut contents);
        (withheld, contents)
    }

    #[test]
    fn hidden_values_go_from_every_text_and_others_stay() {
        let mut issue = fixture::issue();
        let packet = &mut issue.packet;
        packet.control = vec![
            fact("Phone", "12345"),
            fact("Owner", "Ops"),
            fact("Vault entry", "LYNC/safe-77"),
        ];
        packet.role = r"call 12345, see SAFE-77 or lync\safe_77 at 10.0.0.5".to_owned();
        packet.pictures[0].rows[0].nodes = vec![Node {
            name: r"\\fs01\share".to_owned(),
            what: "rack 123456".to_owned(),
            mark: Mark::Plain,
        }];
        let (_, issue) = copy("ticket", issue);
        let packet = issue.packet;
        let gone = "withheld in this copy (profile ticket)";
        assert_eq!(packet.control[0].value.as_deref(), Some(gone));
        assert_eq!(packet.control[1].value.as_deref(), Some("Ops"));
        assert_eq!(
            packet.role,
            format!("call {gone}, see {gone} or {gone} at {gone}")
        );
        let node = &packet.pictures[0].rows[0].nodes[0];
        assert_eq!(node.name, format!(r"\\[{gone}]\share"));
        assert_eq!(node.what, "rack 123456");
    }

    #[test]
    fn only_a_vendor_is_not_told_who_exercised() {
        let by = |name| {
            let exercise = Exercise::new(date(2014, 6, 7), "AB");
            copy(name, exercise).1.by.value.unwrap()
        };
        assert_eq!(by("ticket"), "AB");
        assert_eq!(by("vendor"), "withheld in this copy (profile vendor)");
    }

    #[test]
    fn what_a_command_needs_stays_everywhere() {
        let mut issue = fixture::issue();
        let step = &mut issue.packet.checks.sections[0].steps[0];
        step.command = Some(r"robocopy \\fs01\a $Backup\b".to_owned());
        let command = step.command.clone();
        issue.packet.role = r"from \\fs01\a and \\fs02\a".to_owned();
        issue.packet.control = vec![fact("IP address", "10.0.0.1")];
        let (withheld, issue) = copy("ticket", issue);
        assert!(withheld.needed() >= 1);
        let role = &issue.packet.role;
        assert!(role.starts_with(r"from \\fs01\a and \\[withheld"), "{role}");
        let step = &issue.packet.checks.sections[0].steps[0];
        assert_eq!(step.command, command);
    }
}
