//! What documents beside the worksheets say of the worksheets' cells.
//!
//! Entry points: [`of_blueprint`], which turns a topology document into rows as a worksheet would have them, each cell with
//! the element it comes from; [`differences`], which holds them against the tables; and [`settle`], which lets them fill
//! blank cells and keeps a cell from being used where the two disagree. A typed cell is never overwritten, and nothing is
//! surmised: what a document does not say outright is no cell.

mod agree;
mod blueprint;
mod difference;
mod differences;
mod draft;
mod settle;

use serde::{Deserialize, Serialize};

use crate::finding::Place;

pub use blueprint::{of_blueprint, versions};
pub use difference::{At, Difference, Drift};
pub use differences::differences;
pub use settle::settle;

/// What documents say, and what weighs more than the worksheets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Testimony {
    /// The rows, in the order of the documents.
    pub rows: Vec<ToldRow>,
    /// Columns in which the documents are right where the two disagree.
    pub wins: Vec<String>,
}

/// A row as a worksheet of this kind would have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldRow {
    /// The kind of sheet.
    pub kind: String,
    /// What the row is about, as the document writes it.
    pub key: String,
    /// The element.
    pub place: Place,
    /// Its cells, the key's first.
    pub cells: Vec<ToldCell>,
}

/// A cell that a document gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldCell {
    /// The column's heading.
    pub column: String,
    /// What stands in it.
    pub text: String,
    /// The element that says so.
    pub place: Place,
    /// How it is compared with what somebody typed.
    pub manner: Manner,
}

/// How a cell of a document is compared with a typed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Manner {
    /// The name of a computer or a pool.
    Host,
    /// A database instance.
    Instance,
    /// Roles: the document's must be among the typed, and no other that it would have named.
    Roles,
    /// Types of pools: the document's must be among the typed.
    Types,
    /// A share.
    Share,
    /// Addresses: the document's must be among the typed.
    Addresses,
    /// Whether a pool hosts the store of the configuration.
    Central,
    /// Anything else, whatever its case and blanks.
    Text,
}

impl Testimony {
    /// The rows of a kind of sheet.
    pub fn of<'t>(&'t self, kind: &'t str) -> impl Iterator<Item = &'t ToldRow> {
        self.rows.iter().filter(move |row| row.kind == kind)
    }
}

impl ToldRow {
    /// The cell of a column.
    pub fn cell(&self, column: &str) -> Option<&ToldCell> {
        self.cells.iter().find(|cell| cell.column == column)
    }
}
