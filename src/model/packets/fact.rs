//! What is known of a server, a pool or the deployment: a name, a value or a blank for it, and the cell.

use serde::{Deserialize, Serialize};

use crate::finding::Place;

/// Facts under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactGroup {
    /// For example "Certificates: Default".
    pub title: String,
    /// The facts, in the worksheet's own column order.
    pub facts: Vec<Fact>,
}

/// One fact, known or blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The column's English heading, or the organization's own for extra columns.
    pub name: String,
    /// The value to print; `None` prints as a blank to fill in by hand.
    pub value: Option<String>,
    /// The cell's own text, trimmed.
    pub text: String,
    /// Where it stands, or would stand; `None` where no worksheet has such a row.
    pub place: Option<Place>,
    /// The cell that asks for a row of its own, where no worksheet has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<Place>,
    /// Whether a blank makes the packet's status `gaps`.
    pub required: bool,
    /// Whether it changes with every backup cycle: printed on the cycle sheet and in the JSON only, and
    /// no part of the edition.
    pub routine: bool,
    /// Whether it stands in a column or setting that the program does not know.
    #[serde(default)]
    pub extra: bool,
}

impl Fact {
    /// A blank that no worksheet has a row for, and that nothing waits for.
    pub fn absent(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            value: None,
            text: String::new(),
            place: None,
            asked_by: None,
            required: false,
            routine: false,
            extra: false,
        }
    }
}
