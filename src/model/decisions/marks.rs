//! What a row of the decision table says of itself beside when it applies: what it is about, when it fits, what it does.

use serde::{Deserialize, Serialize};

/// Marks of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Marks {
    /// What is lost.
    pub about: About,
    /// With which losses of its mirror partner it fits.
    pub fits: Fits,
    /// Whether its procedure publishes the topology, so that file stores get their permissions with it.
    pub publishes_topology: bool,
}

/// What is lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A computer or a pool.
    #[default]
    Computer,
    /// A database rather than a computer.
    Database,
    /// A file store.
    FileStore,
}

/// With which losses a row fits, once it is known whether the mirror partner is lost too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fits {
    /// With all.
    #[default]
    Always,
    /// The server is the primary, and its mirror still runs.
    MirrorRuns,
    /// The server is the mirror, and its primary still runs.
    PrimaryRuns,
    /// Both partners are lost.
    BothLost,
    /// The primary is lost, whatever becomes of the mirror.
    PrimaryLost,
}

impl Fits {
    /// Whether it is about one half of a mirrored pair.
    pub fn is_half(self) -> bool {
        matches!(self, Self::MirrorRuns | Self::PrimaryRuns)
    }
}
