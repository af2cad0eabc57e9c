//! A packet's content as items: what its edition and fingerprint are derived from, and what is compared.
//!
//! Places, sources and routine facts are no part of the fingerprint, and the order of rows and columns is not
//! either: reordered rows, a renamed file or a new backup cycle change no edition. The order of steps counts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::finding::Place;
use crate::product::Product;
use crate::rows::canonical;
use crate::text::fingerprint::Fingerprint;
use crate::text::hosts::folded;
use crate::text::prose::to_text;

use super::cell::Cell;
use super::places::without_places;
use crate::packets::{Cycle, Fact, FactGroup, Packet, Person, Procedure, Step, procedures};

/// Everything a packet says, by what it is about, in order of that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Content(Vec<Item>);

/// One thing a packet says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Item {
    /// What it is about, in words and the only one of the name: "Server: Operating system".
    pub what: String,
    /// What the packet says; empty for a blank.
    pub value: String,
    /// The cell it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<Cell>,
}

impl Content {
    /// What a packet says. `files` are the worksheets, whose places are taken out of sentences.
    pub fn of(packet: &Packet, files: &[&str]) -> Self {
        let mut items = Items {
            files,
            items: Vec::new(),
        };
        items.head(packet);
        items.situation(packet);
        items.facts(&packet.facts, |fact| !fact.routine);
        items.people(&packet.people);
        for procedure in procedures(packet) {
            items.procedure(procedure);
        }
        items.settle()
    }

    /// The routine facts of a packet: what a new backup cycle changes, and no edition.
    pub fn routine(facts: &[FactGroup]) -> Self {
        let mut items = Items {
            files: &[],
            items: Vec::new(),
        };
        items.facts(facts, |fact| fact.routine);
        items.settle()
    }

    /// What a backup cycle says: its settings and sets, and the routine facts of packets, by their names, that
    /// stand in none of their cells.
    pub fn of_cycle(cycle: &Cycle, mut packets: Vec<(String, Self)>) -> Self {
        let mut items = Items {
            files: &[],
            items: Vec::new(),
        };
        for fact in [&cycle.name, &cycle.completed, &cycle.next, &cycle.location] {
            items.fact("Cycle", fact);
        }
        for set in &cycle.sets {
            let said = |fact: &Fact| fact.value.clone().unwrap_or_default();
            let group = format!("{} of {}", said(&set.content), said(&set.server));
            for fact in [&set.set, &set.expires, &set.last_backup, &set.destination] {
                items.fact(&group, fact);
            }
        }
        let mut known: BTreeSet<Cell> = items
            .items
            .iter()
            .filter_map(|it| it.cell.clone())
            .collect();
        packets.sort_by(|a, b| a.0.cmp(&b.0));
        for (packet, content) in packets {
            let news = content.0.into_iter().filter(|item| {
                let cell = item.cell.clone();
                cell.is_some_and(|cell| known.insert(cell))
            });
            items.items.extend(news.map(|item| Item {
                what: format!("{packet}: {}", item.what),
                ..item
            }));
        }
        items.settle()
    }

    /// The items, in order of what they are about.
    pub fn items(&self) -> &[Item] {
        &self.0
    }

    /// The fingerprint: the same for the same content, wherever it was read from and whatever the case of its names.
    pub fn fingerprint(&self) -> Fingerprint {
        let items = self.0.iter();
        let mut said: Vec<_> = items
            .map(|it| (folded(&it.what), folded(&it.value)))
            .collect();
        said.sort();
        let lines = said.iter().map(|(what, value)| {
            let (what, value) = (what.escape_debug(), value.escape_debug());
            format!("{what}\t{value}\n")
        });
        Fingerprint::of(lines.collect::<String>().as_bytes())
    }
}

impl FromIterator<Item> for Content {
    fn from_iter<I: IntoIterator<Item = Item>>(items: I) -> Self {
        let items = Items {
            files: &[],
            items: items.into_iter().collect(),
        };
        items.settle()
    }
}

/// Items in the making.
struct Items<'a> {
    files: &'a [&'a str],
    items: Vec<Item>,
}

impl Items<'_> {
    fn add(&mut self, what: impl Into<String>, value: impl Into<String>, place: Option<&Place>) {
        self.items.push(Item {
            what: what.into(),
            value: value.into(),
            cell: place.map(Cell::at),
        });
    }

    fn head(&mut self, packet: &Packet) {
        self.add(
            "Packet",
            format!("{} {}", packet.subject.kind.as_str(), packet.subject.fqdn),
            None,
        );
        self.add("Title", &packet.title, None);
        self.add("Role", &packet.role, None);
        self.add("Site", packet.site.as_deref().unwrap_or_default(), None);
        self.add("Status", packet.status.as_str(), None);
        self.add("Missing", &packet.missing, None);
        if let Some(until) = packet.ready_until() {
            let value = format!("{}: {}", until.date, until.why);
            self.add("Ready until", value, Some(&until.place));
        }
        for fact in &packet.control {
            self.fact("Document", fact);
        }
        if let Some(until) = &packet.valid_until {
            let value = format!("{}: {}", until.date, until.why);
            self.add("Valid until", value, Some(&until.place));
        }
    }

    fn situation(&mut self, packet: &Packet) {
        for sentence in &packet.effect {
            self.add("Effect of the loss", sentence, None);
        }
        for choice in &packet.chooser {
            let mut because: Vec<&str> = choice.because.iter().map(|it| it.text.as_str()).collect();
            because.sort_unstable();
            let value = format!(
                "{}: {} (because {})",
                choice.situation,
                choice.procedure,
                because.join("; ")
            );
            let place = choice.because.first().map(|because| &because.place);
            self.add(
                format!("Situation {}", choice.means),
                self.placeless(&value),
                place,
            );
        }
        self.lanes(packet);
        for finding in &packet.findings {
            let message = self.placeless(&finding.message);
            self.add(
                format!("{} {}", finding.severity, finding.code),
                message,
                finding.place.as_ref(),
            );
        }
        for picture in &packet.pictures {
            for sentence in picture.description() {
                self.add(format!("Picture of {}", picture.title), sentence, None);
            }
        }
        for member in &packet.members {
            self.add(
                format!("Member {}", member.fqdn),
                format!("{}. {}", member.order, member.role),
                None,
            );
            if let Some(address) = &member.address {
                let name = format!("Address of member {}", member.fqdn);
                self.add(name, address.clone(), None);
            }
            if let Some(rto) = member.rto {
                let name = format!("RTO of member {}", member.fqdn);
                self.add(name, rto.to_string(), None);
            }
        }
    }

    /// What is asked, and which lanes the answers lead to.
    fn lanes(&mut self, packet: &Packet) {
        for question in &packet.questions {
            let answers = question.answers.iter().map(|it| it.text.as_str());
            let value = format!(
                "{} {}",
                question.text,
                answers.collect::<Vec<_>>().join(" / ")
            );
            self.add(format!("Question {}", question.id), value, None);
        }
        for lane in packet.lanes.iter().filter(|_| packet.lanes.len() > 1) {
            let parts: Vec<String> = lane.parts.iter().map(usize::to_string).collect();
            let value = format!("{}{PARTS}{}", lane.only_if, parts.join(", "));
            self.add(format!("{LANE}{}", lane.id), value, None);
        }
    }

    fn facts(&mut self, groups: &[FactGroup], is_wanted: impl Fn(&Fact) -> bool) {
        // Groups of one title are told apart by what they say, not by which row comes first.
        let mut groups: Vec<_> = groups
            .iter()
            .map(|group| {
                let facts: Vec<&Fact> = group.facts.iter().filter(|it| is_wanted(it)).collect();
                let said: Vec<_> = facts.iter().map(|it| (&it.name, &it.value)).collect();
                (&group.title, said, facts)
            })
            .collect();
        groups.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let mut titles = Numbers::default();
        for (title, _, facts) in groups {
            let title = titles.number(title);
            for fact in facts {
                self.fact(&title, fact);
            }
        }
    }

    fn fact(&mut self, group: &str, fact: &Fact) {
        // Editions are compared across products; dates are dates in all of them.
        let schema = &Product::built_in().schema;
        let value = canonical(
            schema,
            &fact.name,
            fact.value.as_deref().unwrap_or_default(),
        );
        self.add(
            format!("{group}: {}", fact.name),
            value,
            fact.place.as_ref(),
        );
    }

    fn people(&mut self, people: &[Person]) {
        for person in people {
            let said = |fact: &Fact| fact.value.clone().unwrap_or_default();
            let value = [
                &person.name,
                &person.phone,
                &person.email,
                &person.alternate,
                &person.alternate_phone,
            ]
            .map(said)
            .join(", ");
            self.add(
                format!("Call: {}", said(&person.responsibility)),
                value,
                person.name.place.as_ref(),
            );
        }
    }

    fn procedure(&mut self, procedure: &Procedure) {
        let title = &procedure.title;
        let steps = procedure
            .steps()
            .map(|step| format!("{} {}", step.number, step.title));
        let order = format!(
            "{} {title}: {}",
            procedure.number,
            steps.collect::<Vec<_>>().join("; ")
        );
        self.add(format!("{title}{ORDER}"), order, None);
        self.add(
            format!("{title}: introduction"),
            self.placeless(&to_text(&procedure.intro)),
            None,
        );
        let mut titles = Numbers::default();
        for section in &procedure.sections {
            if !section.intro.is_empty() {
                let intro = self.placeless(&to_text(&section.intro));
                self.add(format!("{title}, {}", section.title), intro, None);
            }
            for step in &section.steps {
                let name = format!("{title}, {}", titles.number(&step.title));
                self.step(&name, step);
            }
        }
    }

    fn step(&mut self, name: &str, step: &Step) {
        let mut lines = vec![
            format!("Where: {}", step.run_on),
            format!("As: {}", step.account),
            format!("Expect: {}", step.expect),
            self.placeless(&to_text(&step.body)),
        ];
        if step.point_of_no_return {
            lines.push(NO_RETURN.to_owned());
        }
        self.add(name, lines.join("\n"), None);
        if let Some(command) = &step.command {
            self.add(format!("{name}: command"), command, None);
        } else if !step.gaps.is_empty() {
            let gaps: Vec<&str> = step.gaps.iter().map(|gap| gap.what.as_str()).collect();
            let value = format!("withheld: {}", gaps.join(", "));
            self.add(format!("{name}: command"), value, None);
        }
    }

    fn placeless(&self, text: &str) -> String {
        without_places(text, self.files)
    }

    /// Sorts the items and gives those about the same thing a number.
    fn settle(mut self) -> Content {
        self.items
            .sort_by_cached_key(|it| (folded(&it.what), folded(&it.value)));
        let mut numbers = Numbers::default();
        for item in &mut self.items {
            item.what = numbers.number(&item.what);
        }
        self.items.sort();
        Content(self.items)
    }
}

/// How the item that holds a procedure's steps in their order ends.
pub(super) const ORDER: &str = ": steps in order";

/// How the item of a lane begins.
pub(super) const LANE: &str = "Lane ";

/// What stands before the numbers of its parts.
pub(super) const PARTS: &str = ": parts ";

/// How the text of a step ends that cannot be taken back.
pub(super) const NO_RETURN: &str = "Nothing can be taken back after this step.";

/// Names that come again get a number.
#[derive(Default)]
pub(super) struct Numbers(BTreeMap<String, usize>);

impl Numbers {
    pub(super) fn number(&mut self, name: &str) -> String {
        let count = self.0.entry(name.to_owned()).or_default();
        *count += 1;
        match *count {
            1 => name.to_owned(),
            number => format!("{name} ({number})"),
        }
    }
}
