//! Where a topology document and the worksheets say different things.

use serde::Serialize;

use super::estate::EstateData;
use super::place::{SourceCell, SourceFile};
use crate::finding::Place;
use crate::packets::{Estate, SourceDigest};
use crate::testimony::{Difference, Drift};

/// The schema that these reports name.
pub const DRIFT_SCHEMA: &str = "restore-packets/drift/1";

/// All differences, the worst first.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "Drift between a topology and the worksheets")
)]
pub struct DriftData {
    /// The version of this shape: `restore-packets/drift/1`.
    pub schema: &'static str,
    /// The program and its version.
    pub tool: &'static str,
    /// What is true of the whole run.
    pub estate: EstateData,
    /// The document.
    pub topology: SourceFile,
    /// The days on which the files were last written; null where the document is no older than the worksheets.
    pub older: Option<OlderData>,
    /// The differences.
    pub differences: Vec<DriftedData>,
}

/// A document that was written before the worksheets.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OlderData {
    /// The day the document was last written, ISO 8601.
    pub topology: String,
    /// The day the newest worksheet was.
    pub worksheets: String,
}

/// A difference.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DriftedData {
    /// What kind it is: `mirror-swapped`, `pool-renamed`, `share-moved`, `cell-differs`, `only-in-topology`,
    /// `only-in-worksheets` or `blank`.
    pub kind: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// The kind of sheet.
    pub sheet: String,
    /// The server or pool.
    pub name: String,
    /// The column; null where it is about a whole row.
    pub column: Option<String>,
    /// What the worksheets say; null where they have no such row.
    pub worksheets: Option<SaidData>,
    /// What the document says; null where it does not list it.
    pub topology: Option<SaidData>,
    /// The difference in a sentence.
    pub message: String,
}

/// What stands somewhere.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SaidData {
    /// The text; empty for a blank cell.
    pub text: String,
    /// Where: a cell, or of a document the element, as its `cell`.
    pub source: SourceCell,
    /// The same in words.
    pub place: String,
}

impl DriftData {
    /// The report.
    pub fn new(
        differences: &[Difference],
        topology: &SourceDigest,
        older: Option<OlderData>,
        estate: &Estate,
    ) -> Self {
        Self {
            schema: DRIFT_SCHEMA,
            tool: super::TOOL,
            estate: EstateData::from(estate),
            topology: SourceFile::from(topology),
            older,
            differences: differences.iter().map(DriftedData::from).collect(),
        }
    }

    /// Whether there is anything to say.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty() && self.older.is_none()
    }
}

impl From<&Difference> for DriftedData {
    fn from(difference: &Difference) -> Self {
        let said = |it: &Option<(String, Place)>| {
            it.as_ref().map(|(text, place)| SaidData {
                text: text.clone(),
                source: SourceCell::at(place),
                place: place.to_string(),
            })
        };
        Self {
            kind: kind(difference.drift),
            severity: difference.severity.as_str(),
            sheet: difference.kind.clone(),
            name: difference.name.clone(),
            column: difference.column.clone(),
            worksheets: said(&difference.typed),
            topology: said(&difference.told),
            message: difference.message(),
        }
    }
}

fn kind(drift: Drift) -> &'static str {
    match drift {
        Drift::Swapped => "mirror-swapped",
        Drift::Renamed => "pool-renamed",
        Drift::Moved => "share-moved",
        Drift::Differs => "cell-differs",
        Drift::OnlyTold => "only-in-topology",
        Drift::OnlyTyped => "only-in-worksheets",
        Drift::Fills => "blank",
    }
}
