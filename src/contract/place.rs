//! Where a value stands, as scripts and templates see it, and what a worksheet cell is the reason for.

use serde::{Deserialize, Serialize};

use crate::editions::Cell;
use crate::finding::Place;
use crate::packets::{Because, SourceDigest};

/// A place in the worksheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SourceCell {
    /// The file, relative to the worksheets folder, with `/`.
    pub path: String,
    /// The sheet; null for CSV.
    pub sheet: Option<String>,
    /// The cell in A1 notation, or `row 3`; null for a whole sheet.
    pub cell: Option<String>,
}

impl SourceCell {
    /// The cell at a place.
    pub fn at(place: &Place) -> Self {
        Self {
            path: place.path.to_string(),
            sheet: place.in_sheet().map(str::to_owned),
            cell: place.address(),
        }
    }
}

impl From<&Cell> for SourceCell {
    fn from(cell: &Cell) -> Self {
        Self {
            path: cell.path.clone(),
            sheet: cell.sheet.clone(),
            cell: cell.cell.clone(),
        }
    }
}

/// A reason with its cell.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BecauseData {
    /// The reason.
    pub text: String,
    /// The cell.
    pub source: SourceCell,
}

impl From<&Because> for BecauseData {
    fn from(because: &Because) -> Self {
        Self {
            text: because.text.clone(),
            source: SourceCell::at(&because.place),
        }
    }
}

/// A worksheet file and its digest.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SourceFile {
    /// Path relative to the worksheets folder.
    pub path: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
}

impl From<&SourceDigest> for SourceFile {
    fn from(source: &SourceDigest) -> Self {
        Self {
            path: source.path.clone(),
            sha256: source.sha256.clone(),
        }
    }
}
