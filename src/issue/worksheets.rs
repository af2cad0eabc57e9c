//! The worksheets as messages need them: the path as the user knows it, the recognised tables, and what cells cost.

use std::collections::BTreeMap;

use crate::finding::{Costs, Place};
use crate::rows::Table;

/// The worksheets of a run.
pub struct Worksheets {
    shown: BTreeMap<String, String>,
    tables: Vec<Table>,
    costs: Costs,
}

impl Worksheets {
    /// From the files' paths as the user knows them, by name, and the recognised tables.
    pub fn new(shown: BTreeMap<String, String>, tables: Vec<Table>) -> Self {
        Self {
            shown,
            tables,
            costs: Costs::default(),
        }
    }

    /// Takes in what the cells cost the packets that were made of them.
    pub fn weigh(&mut self, costs: Costs) {
        self.costs = costs;
    }

    /// What the cells cost the packets; nothing before they were made.
    pub fn costs(&self) -> &Costs {
        &self.costs
    }

    /// The recognised sheets.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// A file's path as the user knows it.
    pub fn shown<'a>(&'a self, path: &'a str) -> &'a str {
        self.shown.get(path).map_or(path, String::as_str)
    }

    /// The place with the path the user knows.
    pub fn shown_place(&self, place: &Place) -> Place {
        place.in_file(self.shown(&place.path))
    }

    /// The table a place belongs to: the one that has the row, else the one with the nearest headings above it.
    pub fn table(&self, place: &Place) -> Option<&Table> {
        let row = place.at_row()?;
        let mut of_sheet = self.tables.iter().filter(|table| {
            table.place.path == place.path && table.place.in_sheet() == place.in_sheet()
        });
        let holding = of_sheet.clone().find(|table| table.rows.contains_key(&row));
        holding.or_else(|| of_sheet.rfind(|table| table.heading_row <= row))
    }
}
