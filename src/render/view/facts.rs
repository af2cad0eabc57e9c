//! Facts, known or blank, and people, who are facts too.

use serde::Serialize;

use super::situation::source;
use crate::packets::{Fact, FactGroup, Person};
use crate::render::pen::Pen;

/// Facts under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct FactGroupView {
    /// The heading.
    pub title: String,
    /// The facts.
    pub facts: Vec<FactView>,
}

/// One fact.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// The column's heading.
    pub name: String,
    /// The value; `None` prints as a blank to fill in by hand.
    pub value: Option<String>,
    /// Whether it is a blank.
    pub missing: bool,
    /// Whether a blank must shout, because the packet has a gap without it.
    pub required: bool,
    /// The cell it stands in, or would stand in, short; `None` where no worksheet has such a row.
    pub source: Option<String>,
}

impl FactView {
    pub(super) fn new(fact: &Fact, pen: Pen) -> Self {
        Self {
            name: pen.text(&fact.name),
            value: fact.value.as_deref().map(|value| pen.value(value)),
            missing: fact.value.is_none(),
            required: fact.required,
            source: source(fact.place.as_ref(), pen),
        }
    }

    /// A fact that the packet does not hold at all.
    pub(super) fn blank(name: &str, pen: Pen) -> Self {
        Self {
            name: pen.text(name),
            value: None,
            missing: true,
            required: false,
            source: None,
        }
    }
}

/// Facts that belong to the edition, in their order.
pub(super) fn list(facts: &[Fact], pen: Pen) -> Vec<FactView> {
    facts
        .iter()
        .filter(|fact| !fact.routine)
        .map(|fact| FactView::new(fact, pen))
        .collect()
}

/// Groups without their routine facts; a group that held nothing else is left out.
pub(super) fn groups(groups: &[FactGroup], pen: Pen) -> Vec<FactGroupView> {
    groups
        .iter()
        .map(|group| FactGroupView {
            title: pen.text(&group.title),
            facts: list(&group.facts, pen),
        })
        .filter(|group| !group.facts.is_empty())
        .collect()
}

/// Somebody to call.
#[derive(Clone, Debug, Serialize)]
pub struct PersonView {
    /// What for.
    pub responsibility: FactView,
    /// Who.
    pub name: FactView,
    /// How to reach them.
    pub phone: FactView,
    /// How to write to them.
    pub email: FactView,
    /// Who stands in.
    pub alternate: FactView,
    /// How to reach the one who stands in.
    pub alternate_phone: FactView,
}

pub(super) fn people(people: &[Person], pen: Pen) -> Vec<PersonView> {
    let view = |fact| FactView::new(fact, pen);
    people
        .iter()
        .map(|person| PersonView {
            responsibility: view(&person.responsibility),
            name: view(&person.name),
            phone: view(&person.phone),
            email: view(&person.email),
            alternate: view(&person.alternate),
            alternate_phone: view(&person.alternate_phone),
        })
        .collect()
}
