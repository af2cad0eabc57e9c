//! What messages show of the worksheets: the path as the user knows it, and the row around a cell.

use std::collections::BTreeMap;

use crate::finding::Place;
use crate::inventory::{Table, parse};
use crate::sources::Source;

use super::messages::{Excerpt, Excerpts};

/// How many columns to the left of a cell are shown, and how many to the right.
const AROUND: (usize, usize) = (1, 2);

/// The worksheets as messages need them.
pub struct Worksheets {
    shown: BTreeMap<String, String>,
    tables: Vec<Table>,
}

impl Worksheets {
    /// From the sources and the recognised tables.
    pub fn new(sources: &[Source], tables: Vec<Table>) -> Self {
        let shown = sources
            .iter()
            .map(|source| (source.name.to_string(), source.shown.clone()));
        Self {
            shown: shown.collect(),
            tables,
        }
    }

    /// How much of each recognised sheet was used: one line a sheet.
    pub fn usage(&self) -> Vec<String> {
        let line = |table: &Table| {
            format!(
                "{}: {} (heading row {}), {} used{}",
                table.place,
                table.kind.id,
                u64::from(table.heading_row) + 1,
                crate::finding::words::count(table.columns.len(), "column", "columns"),
                match table.extras.len() {
                    0 => String::new(),
                    n => format!(", {n} carried as extra facts"),
                }
            )
        };
        self.tables.iter().map(line).collect()
    }

    fn table(&self, place: &Place) -> Option<&Table> {
        self.tables
            .iter()
            .find(|table| table.place.path == place.path && table.place.sheet == place.sheet)
    }
}

impl Excerpts for Worksheets {
    fn shown(&self, path: &str) -> String {
        self.shown
            .get(path)
            .cloned()
            .unwrap_or_else(|| path.to_owned())
    }

    fn row(&self, place: &Place) -> Option<Excerpt> {
        let table = self.table(place)?;
        let row = place.row?;
        let cells = table.rows.get(&row)?;
        let heads: BTreeMap<u32, &str> = table
            .columns
            .iter()
            .map(|(heading, column)| (*column, *heading))
            .chain(
                table
                    .extras
                    .iter()
                    .map(|(column, heading)| (*column, heading.as_str())),
            )
            .collect();
        let columns: Vec<u32> = heads.keys().copied().collect();
        let at = place
            .column
            .and_then(|column| columns.iter().position(|it| *it == column));
        let from = at.unwrap_or(0).saturating_sub(AROUND.0);
        let to = (at.unwrap_or(0) + AROUND.1 + 1).min(columns.len());
        let shown = columns.get(from..to)?;
        Some(Excerpt {
            heads: shown
                .iter()
                .map(|column| heads[column].to_owned())
                .collect(),
            cells: shown
                .iter()
                .map(|column| cells.get(column).map(parse::text_of).unwrap_or_default())
                .collect(),
            caret: at.map_or(shown.len(), |at| at - from),
            row_number: row + 1,
        })
    }
}
/// Files below a folder, of which messages show nothing but the path.
pub struct At(std::path::PathBuf);

impl At {
    /// Below this folder, or in this archive.
    pub fn new(path: &std::path::Path) -> Self {
        Self(path.to_owned())
    }
}

impl Excerpts for At {
    fn shown(&self, path: &str) -> String {
        self.0.join(path).display().to_string()
    }

    fn row(&self, _place: &Place) -> Option<Excerpt> {
        None
    }
}
