//! One server waits for another: for what reason, and which cell says so.

use crate::product::plan::Waits;
use crate::rows::Fqdn;
use crate::topology::Because;

/// One server waits for another. The order puts the strongest reason of a pair first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) waits: Fqdn,
    pub(super) on: Fqdn,
    pub(super) kind: Kind,
    pub(super) because: Because,
}

/// Why one server waits for another; the strongest first. Where servers wait for each other, the weakest gives way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The topology is read from the Central Management store.
    Central,
    /// A member needs its database.
    Database,
    /// A member needs the pool's file store.
    FileStore,
    /// Publishing the topology sets permissions on the file store.
    Publish,
    /// A mirror is made from its primary.
    Mirror,
    /// A mirror is made through a share.
    MirrorShare,
    /// Mirroring with a witness is set up in one step.
    Witness,
    /// A server hands traffic on to its next hop.
    NextHop,
    /// Service comes before records.
    Later,
}

impl Kind {
    /// The reason, in words.
    pub(super) fn why(self, waits: &'static Waits) -> &'static str {
        match self {
            Self::Central => &waits.central,
            Self::Database => &waits.database,
            Self::FileStore => &waits.file_store,
            Self::Publish => &waits.publish,
            Self::Mirror => &waits.mirror,
            Self::MirrorShare => &waits.mirror_share,
            Self::Witness => &waits.witness,
            Self::NextHop => &waits.next_hop,
            Self::Later => &waits.later,
        }
    }
}
