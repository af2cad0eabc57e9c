//! Withholding: what a profile leaves out is taken out of the packets before they are rendered.
//!
//! 1. Collect the hidden values: facts by their heading, and whatever has the look of a hidden kind.
//! 2. Take those out that a command of the bundle needs: they stay, or the procedure could not be carried out.
//! 3. Replace the rest in every text of packets, estate and restore order (`walk`).

use std::collections::BTreeSet;

use super::profile::Profile;
use super::values::Values;
use super::walk::{Texts, Visitor};
use crate::packets::Fact;

/// What a bundle leaves out.
pub struct Withheld {
    profile: Profile,
    values: Values,
    needed: BTreeSet<String>,
}

impl Withheld {
    /// For a bundle with these contents, which stay as they are.
    ///
    /// # Errors
    /// Too many values.
    pub fn of(profile: &Profile, contents: &mut dyn Texts) -> Result<Self, String> {
        let mut hidden = Hidden {
            profile,
            values: BTreeSet::new(),
            commands: Vec::new(),
        };
        contents.walk(&mut hidden);
        let (needed, values) = split(&hidden.values, &hidden.commands)?;
        Ok(Self {
            profile: profile.clone(),
            values: Values::new(values)?,
            needed,
        })
    }

    /// The values that must not stand in any file.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// How many values stay because a command needs them.
    pub fn needed(&self) -> usize {
        self.needed.len()
    }

    /// Takes what is left out from a part of the contents.
    pub fn leave_out(&self, contents: &mut dyn Texts) {
        contents.walk(&mut StandIns(self));
    }

    /// Whether a fact is withheld whole: a hidden one that is known and not needed.
    fn hides(&self, fact: &Fact) -> bool {
        let is_needed = |text: &str| self.needed.contains(text.trim());
        let known = fact.value.as_deref();
        self.profile.facts.contains(&fact.name)
            && known.is_some_and(|value| !(is_needed(value) && is_needed(&fact.text)))
    }

    fn text(&self, text: &str) -> String {
        let mut left = String::with_capacity(text.len());
        let mut from = 0;
        for range in self.values.ranges(text) {
            left.push_str(&text[from..range.start]);
            let is_host = text[range.clone()].starts_with(r"\\");
            let (before, after) = if is_host { (r"\\[", r"]\") } else { ("", "") };
            left.extend([before, &self.profile.stand_in(), after]);
            from = range.end;
        }
        left.push_str(&text[from..]);
        left
    }
}

/// What commands need, and the rest.
fn split(
    hidden: &BTreeSet<String>,
    commands: &[String],
) -> Result<(BTreeSet<String>, BTreeSet<String>), String> {
    let mut needed = BTreeSet::new();
    for value in hidden {
        let one = Values::new(BTreeSet::from([value.clone()]))?;
        if commands.iter().any(|command| one.first(command).is_some()) {
            needed.insert(value.clone());
        }
    }
    let rest = hidden.difference(&needed).cloned().collect();
    Ok((needed, rest))
}

/// Collects what a profile hides.
struct Hidden<'a> {
    profile: &'a Profile,
    values: BTreeSet<String>,
    commands: Vec<String>,
}

impl Visitor for Hidden<'_> {
    fn fact(&mut self, fact: &mut Fact) {
        if let Some(value) = &fact.value
            && self.profile.facts.contains(&fact.name)
        {
            let texts = [value, &fact.text].into_iter();
            let lines = texts.flat_map(|text| text.lines().chain([text.as_str()]));
            self.values.extend(lines.map(|line| line.trim().to_owned()));
        }
    }

    fn text(&mut self, text: &mut String) {
        self.name(text);
    }

    fn command(&mut self, command: &mut String) {
        self.name(command);
        self.commands.push(command.clone());
    }

    fn name(&mut self, name: &str) {
        let patterns = self.profile.patterns.iter();
        let found = patterns.flat_map(|pattern| pattern.find(name));
        self.values.extend(found.map(str::to_owned));
    }
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
        *text = self.0.text(text);
    }

    /// What a command holds is needed, so nothing in it is replaced.
    fn command(&mut self, command: &mut String) {
        self.text(command);
    }

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
            name: name.to_owned(),
            value: Some(value.to_owned()),
            text: value.to_owned(),
            place: None,
            asked_by: None,
            required: false,
            routine: false,
        }
    }

    /// The contents without what the profile leaves out.
    fn copy<T: Texts>(profile_name: &str, mut contents: T) -> (Withheld, T) {
        let withheld = Withheld::of(&profile(profile_name), &mut contents).unwrap();
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
            fact("Vault entry", "safe-7"),
        ];
        packet.role = "call 12345, see SAFE-7 at 10.0.0.5".to_owned();
        packet.pictures[0].rows[0].nodes = vec![Node {
            name: r"\\fs01\share".to_owned(),
            what: "call 123456".to_owned(),
            mark: Mark::Plain,
        }];
        let (_, issue) = copy("ticket", issue);
        let packet = issue.packet;
        let gone = "withheld in this copy (profile ticket)";
        assert_eq!(packet.control[0].value.as_deref(), Some(gone));
        assert_eq!(packet.control[1].value.as_deref(), Some("Ops"));
        assert_eq!(packet.role, format!("call {gone}, see {gone} at {gone}"));
        let node = &packet.pictures[0].rows[0].nodes[0];
        assert_eq!(node.name, format!(r"\\[{gone}]\share"));
        assert_eq!(node.what, "call 123456");
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
