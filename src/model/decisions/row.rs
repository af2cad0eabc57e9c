//! A row of the decision table: when it applies, and what it leads to.

use std::collections::BTreeMap;

use super::claims::Trait;
use super::marks::Marks;
use crate::product;

/// What a row may ask beside what it applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The user store is mirrored.
    Mirrored,
    /// The server holds no user store.
    StandAlone,
    /// The one computer of its pool holds all of it.
    OneComputer,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// The id in the manifest.
    pub id: String,
    /// "If this failed".
    pub if_this_failed: String,
    /// "See this section": the procedure's name.
    pub see: String,
    /// What the chooser calls the situation.
    pub situation: String,
    /// The same where the store is mirrored.
    pub situation_mirrored: Option<String>,
    /// The same in the packet of the mirror, whose loss alone is another row's situation.
    pub situation_of_mirror: Option<String>,
    /// What it applies to.
    pub applies_to: Vec<Trait>,
    /// Conditions, each with whether it must hold or must not.
    pub conditions: Vec<(Condition, bool)>,
    /// What the rows mean that take its place where they apply too.
    pub yields_to: Vec<String>,
    /// What other rows refer to it by, whatever its id is.
    pub means: String,
    /// The states its procedure is for.
    pub only: product::Condition,
    /// What else it says of itself.
    pub marks: Marks,
    /// What it is called in other languages, by language.
    pub also: Names,
    /// The procedure's file below `procedures/`.
    pub procedure: String,
}

/// Names of a row, by language.
pub type Names = BTreeMap<String, Vec<String>>;
