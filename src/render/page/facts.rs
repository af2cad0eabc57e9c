//! Facts as pages print them, and people, who are facts too.

use serde::Serialize;

use super::letters::Letters;
use crate::contract::FactData;
use crate::packets::{Fact, FactGroup, Person};

/// Facts under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct PrintedGroup {
    /// The heading.
    pub title: String,
    pub facts: Vec<PrintedFact>,
}

/// A fact, and whether its blank must shout.
#[derive(Clone, Debug, Serialize)]
pub struct PrintedFact {
    #[serde(flatten)]
    pub fact: FactData,
    /// Whether the packet has a gap without it.
    pub required: bool,
    /// Its source by the letter of its worksheet, "B14 of S"; `None` where no worksheet has such a row, or no key stands on the page.
    pub short: Option<String>,
}

impl PrintedFact {
    pub(super) fn new(group: &str, fact: &Fact) -> Self {
        Self {
            fact: FactData::new(group, fact),
            required: fact.required,
            short: None,
        }
    }

    /// A fact that the packet does not hold at all.
    pub(super) fn blank(name: &str) -> Self {
        Self::new("", &Fact::absent(name))
    }
}

/// Facts that belong to the edition, in their order.
pub(super) fn list(group: &str, facts: &[Fact]) -> Vec<PrintedFact> {
    let facts = facts.iter().filter(|fact| !fact.routine);
    facts.map(|fact| PrintedFact::new(group, fact)).collect()
}

/// Groups without their routine facts; a group that held nothing else is left out.
pub(super) fn groups(groups: &[FactGroup], letters: &Letters) -> Vec<PrintedGroup> {
    let printed = groups.iter().map(|group| {
        let mut facts = list(&group.title, &group.facts);
        for printed in &mut facts {
            let source = printed.fact.source.as_ref();
            printed.short = source.map(|source| letters.short(source));
        }
        let title = group.title.clone();
        PrintedGroup { title, facts }
    });
    printed.filter(|group| !group.facts.is_empty()).collect()
}

/// Somebody to call.
#[derive(Clone, Debug, Serialize)]
pub struct PrintedPerson {
    /// What for.
    pub responsibility: PrintedFact,
    /// Who.
    pub name: PrintedFact,
    /// How to reach them.
    pub phone: PrintedFact,
    /// How to write to them.
    pub email: PrintedFact,
    /// Who stands in.
    pub alternate: PrintedFact,
    /// How to reach the one who stands in.
    pub alternate_phone: PrintedFact,
}

impl From<&Person> for PrintedPerson {
    fn from(person: &Person) -> Self {
        let printed = |fact| PrintedFact::new("People", fact);
        Self {
            responsibility: printed(&person.responsibility),
            name: printed(&person.name),
            phone: printed(&person.phone),
            email: printed(&person.email),
            alternate: printed(&person.alternate),
            alternate_phone: printed(&person.alternate_phone),
        }
    }
}
