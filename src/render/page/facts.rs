//! Facts as pages print them, and people, who are facts too.

use serde::Serialize;

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
}

impl PrintedFact {
    pub(super) fn new(group: &str, fact: &Fact) -> Self {
        Self {
            fact: FactData::new(group, fact),
            required: fact.required,
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
pub(super) fn groups(groups: &[FactGroup]) -> Vec<PrintedGroup> {
    let printed = groups.iter().map(|group| PrintedGroup {
        title: group.title.clone(),
        facts: list(&group.title, &group.facts),
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
