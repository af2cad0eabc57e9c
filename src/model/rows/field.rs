//! A typed value that keeps the cell it was read from.

use crate::finding::{Gap, Place};

/// One cell of a record: its text, its place, and its value where the text could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Field<T> {
    /// The column's English heading.
    pub column: &'static str,
    /// The cell's text, trimmed; empty for a blank cell.
    pub text: String,
    /// The cell, or the row where the sheet has no such column.
    pub place: Place,
    /// The value; `None` where the cell is blank or could not be read (which has its own finding).
    pub value: Option<T>,
}

impl<T> Field<T> {
    /// The value, or the gap that says which cell would supply it.
    ///
    /// # Errors
    /// The gap, for `owner` (a server or a pool, as a phrase).
    pub fn known(&self, owner: &str) -> Result<&T, Gap> {
        self.value.as_ref().ok_or_else(|| self.gap(owner))
    }

    /// The gap a missing value leaves.
    pub fn gap(&self, owner: &str) -> Gap {
        let column = self.column;
        let cure = match (self.place.at_column(), self.text.is_empty()) {
            (None, _) => format!(
                "add a column `{column}` and fill it in for {owner} ({})",
                self.place
            ),
            (_, true) => format!("fill in `{column}` for {owner} ({})", self.place),
            (_, false) => format!(
                "correct `{column}` for {owner}: `{}` cannot be used ({})",
                crate::finding::words::excerpt(&self.text),
                self.place
            ),
        };
        Gap::new(column, cure).at(&self.place).of(column)
    }

    /// Whether the cell holds nothing.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// The same cell with another value.
    pub fn with<U>(self, value: Option<U>) -> Field<U> {
        Field {
            column: self.column,
            text: self.text,
            place: self.place,
            value,
        }
    }

    /// The same field with its value read further.
    pub fn map<U>(self, read: impl FnOnce(T) -> U) -> Field<U> {
        Field {
            column: self.column,
            text: self.text,
            place: self.place,
            value: self.value.map(read),
        }
    }
}

/// A column the tool does not know, carried into the packet as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Extra {
    /// The organization's own heading.
    pub heading: String,
    /// The cell's text, trimmed.
    pub text: String,
    /// The text where it is a fact; `None` where it only says that another cell or nobody knows.
    pub value: Option<String>,
    /// The cell.
    pub place: Place,
}
