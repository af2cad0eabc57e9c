//! Ticks: which pages were printed, and which were taken out of the binder.
//!
//! They are lines of the ledger, chained like all others, and about paper alone: an edition stays what it is.

use serde::{Deserialize, Serialize};

use super::Kind;

/// One tick, as a line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// The version of this layout.
    pub schema: u32,
    /// The line's number, from 1.
    pub seq: u64,
    /// SHA-256 of the line before, in hex.
    pub prev: String,
    /// What was done with the page.
    pub event: Handled,
    /// The page.
    #[serde(flatten)]
    pub page: Page,
    /// The day somebody said so.
    pub day: String,
}

/// What was done with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handled {
    /// It was printed.
    Printed,
    /// Its packet was retired, and it was taken out of the binder.
    TakenOut,
}

impl Handled {
    /// The word in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::TakenOut => "taken-out",
        }
    }

    /// Whether a line of this event is a tick.
    pub(super) fn is_one(event: &str) -> bool {
        [Self::Printed, Self::TakenOut]
            .iter()
            .any(|it| it.as_str() == event)
    }
}

/// What is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Page {
    /// An edition of a packet.
    Packet {
        /// Server or pool.
        kind: Kind,
        /// Canonical FQDN.
        fqdn: String,
        /// The edition that was printed.
        edition: u32,
        /// Its fingerprint.
        fingerprint: String,
    },
    /// The cycle sheet.
    Cycle {
        /// SHA-256 of what the backup cycle says, in hex.
        cycle: String,
    },
}

impl Page {
    /// "server fe01.contoso.com", "cycle sheet".
    pub fn name(&self) -> String {
        match self {
            Self::Packet { kind, fqdn, .. } => format!("{} {fqdn}", kind.as_str()),
            Self::Cycle { .. } => "cycle sheet".to_owned(),
        }
    }

    /// The edition of a packet.
    pub fn edition(&self) -> Option<u32> {
        match self {
            Self::Packet { edition, .. } => Some(*edition),
            Self::Cycle { .. } => None,
        }
    }

    /// Whether it is the same sheet of the binder, whatever it says.
    pub fn is_same_sheet(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Cycle { .. }, Self::Cycle { .. }) => true,
            (
                Self::Packet { kind, fqdn, .. },
                Self::Packet {
                    kind: other,
                    fqdn: name,
                    ..
                },
            ) => (kind, fqdn) == (other, name),
            _ => false,
        }
    }
}
