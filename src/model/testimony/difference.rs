//! One difference between documents and worksheets: what kind it is, and how it is said.

use crate::finding::{Code, Finding, Place, Severity, words};

/// What kind of difference it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Drift {
    /// The halves of a mirror stand the other way round.
    Swapped,
    /// A pool bears another name.
    Renamed,
    /// A share lies elsewhere.
    Moved,
    /// A cell says something else.
    Differs,
    /// No worksheet has a row for it.
    OnlyTold,
    /// The document does not list it.
    OnlyTyped,
    /// A blank cell that the document could fill.
    Fills,
}

/// Where something stands in the tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The position of the table.
    pub table: usize,
    /// The row.
    pub row: u32,
    /// The column's heading.
    pub column: String,
}

/// A difference.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What kind it is.
    pub drift: Drift,
    /// How much it weighs.
    pub severity: Severity,
    /// The kind of sheet.
    pub kind: String,
    /// What it is about.
    pub name: String,
    /// The column, where it is about a cell.
    pub column: Option<String>,
    /// What the worksheets say, and where.
    pub typed: Option<(String, Place)>,
    /// What the document says, and where.
    pub told: Option<(String, Place)>,
    /// The cells that cannot be used before somebody has decided.
    pub cells: Vec<At>,
}

impl Difference {
    /// The code of what is said of it.
    pub fn code(&self) -> Code {
        match self.drift {
            Drift::Swapped => Code::MirrorSwapped,
            Drift::Renamed => Code::PoolRenamed,
            Drift::Moved | Drift::Differs => Code::TopologyDiffers,
            Drift::OnlyTold => Code::OnlyInTopology,
            Drift::OnlyTyped => Code::NotInTopology,
            Drift::Fills => Code::TopologyFills,
        }
    }

    /// The difference in a sentence.
    pub fn message(&self) -> String {
        let quoted = |it: &Option<(String, Place)>| {
            let text = it.as_ref().map_or("", |(text, _)| text);
            format!("`{}`", words::excerpt(&text.replace('\n', " / ")))
        };
        let place = self.told.as_ref().map(|(_, place)| place.to_string());
        let place = place.unwrap_or_default();
        let (typed, told) = (quoted(&self.typed), quoted(&self.told));
        let (name, column) = (&self.name, self.column.as_deref().unwrap_or_default());
        match self.drift {
            Drift::Swapped => format!(
                "of the two halves of a mirror of `{name}`, the worksheet takes {typed} for the primary, and the topology {told}, its mirror here ({place})"
            ),
            Drift::Renamed => format!(
                "the pool {typed} is not in the topology, and {told} there has the same members ({place}): it seems to bear another name"
            ),
            Drift::Moved => format!(
                "`{column}` of `{name}` is {typed}, and lies on another server in the topology: {told} ({place})"
            ),
            Drift::Differs => {
                format!("`{column}` of `{name}` is {typed}, and {told} in the topology ({place})")
            }
            Drift::OnlyTold => format!("`{name}` is in the topology ({place}) and in no worksheet"),
            Drift::OnlyTyped => format!("`{name}` is not in the topology"),
            Drift::Fills => {
                format!("`{column}` of `{name}` is blank, and {told} in the topology ({place})")
            }
        }
    }

    fn help(&self) -> &'static str {
        match self.drift {
            Drift::OnlyTold => {
                "add a row for it, or import the topology; without one there is no packet"
            }
            Drift::OnlyTyped => {
                "delete its row if it is gone, or look whether the topology is of today"
            }
            Drift::Fills => "type it into the cell, or import the topology",
            Drift::Renamed => "write the name it has today wherever the old one stands",
            Drift::Swapped => "write today's primary and its mirror into their cells",
            Drift::Moved | Drift::Differs => {
                "correct the cell, or name its column in `topology-wins` of the project file"
            }
        }
    }

    /// What is said of it.
    pub fn finding(&self) -> Finding {
        let place = self.typed.as_ref().or(self.told.as_ref());
        let mut finding = Finding::new(self.code(), self.message()).help(self.help());
        finding.place = place.map(|(_, place)| place.clone());
        finding.severity = self.severity;
        finding
    }
}
