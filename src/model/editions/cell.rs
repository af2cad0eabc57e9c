//! A cell as contents name it: kept with an edition, long after the worksheet has changed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::finding::Place;

/// A cell as programs see it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    /// The file, relative to the worksheets folder, with `/`.
    pub path: String,
    /// The sheet; null for CSV, which has none.
    pub sheet: Option<String>,
    /// The cell as spreadsheets name it: `D3`, or `row 3` for a whole row.
    pub cell: Option<String>,
}

impl Cell {
    /// The cell at a place.
    pub fn at(place: &Place) -> Self {
        Self {
            path: place.path.to_string(),
            sheet: place.in_sheet().map(str::to_owned),
            cell: place.address(),
        }
    }
}

impl fmt::Display for Cell {
    /// `pools.xlsx:Pools!D3`, as places are written on packets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ":{sheet}")?;
        }
        match (&self.sheet, &self.cell) {
            (_, None) => Ok(()),
            (Some(_), Some(cell)) => write!(f, "!{cell}"),
            (None, Some(cell)) => write!(f, ":{cell}"),
        }
    }
}
