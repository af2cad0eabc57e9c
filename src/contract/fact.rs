//! Facts, known or blank, and people.

use serde::Serialize;

use super::place::SourceCell;
use crate::packets::{Fact, Person};

/// One fact.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FactData {
    /// The heading it stands under.
    pub group: String,
    /// The column's English heading, or the organization's own.
    pub name: String,
    /// The value; null where no worksheet gives it.
    pub value: Option<String>,
    /// The cell's own text, trimmed; dates ISO 8601.
    pub text: String,
    /// Whether the value is missing.
    pub missing: bool,
    /// Whether it changes with every backup cycle and is no part of the edition.
    pub routine: bool,
    /// Where it stands, or would stand; null where no worksheet has such a row.
    pub source: Option<SourceCell>,
}

impl FactData {
    /// A fact under its heading.
    pub fn new(group: &str, fact: &Fact) -> Self {
        Self {
            group: group.to_owned(),
            name: fact.name.clone(),
            value: fact.value.clone(),
            text: fact.text.clone(),
            missing: fact.value.is_none(),
            routine: fact.routine,
            source: fact.place.as_ref().map(SourceCell::at),
        }
    }
}

/// Somebody to call.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PersonData {
    /// What for.
    pub responsibility: Option<String>,
    /// Who.
    pub name: Option<String>,
    /// How to reach them.
    pub phone: Option<String>,
    /// How to write to them.
    pub email: Option<String>,
    /// Who stands in.
    pub alternate: Option<String>,
    /// How to reach the one who stands in.
    pub alternate_phone: Option<String>,
}

impl From<&Person> for PersonData {
    fn from(person: &Person) -> Self {
        Self {
            responsibility: person.responsibility.value.clone(),
            name: person.name.value.clone(),
            phone: person.phone.value.clone(),
            email: person.email.value.clone(),
            alternate: person.alternate.value.clone(),
            alternate_phone: person.alternate_phone.value.clone(),
        }
    }
}
