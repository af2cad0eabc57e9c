//! What a run makes of one packet.

use crate::editions::Content;
use crate::finding::{Concern, Finding};
use crate::packets::Packet;
use crate::publish::{Body, PacketEntry, RenderKey};
use crate::render::IndexEntry;

use super::refresh::IssuedPacket;

/// A packet that was made, with what was found and what it rests on.
pub struct Made {
    /// What became of it.
    pub outcome: Outcome,
    /// What was found in making it.
    pub findings: Vec<Finding>,
    /// What it rests on.
    pub concerns: Vec<Concern>,
    /// Whether it was taken as it was, and not assembled.
    pub was: bool,
}

/// What became of one packet.
pub enum Outcome {
    /// It was rendered, or need not be.
    Rendered(Box<RenderedPacket>),
    /// It could not be written, so its last edition stays.
    Stays(Box<StandingPacket>),
}

/// A packet whose last edition stays.
pub struct StandingPacket {
    /// The packet as it would have been.
    pub packet: Packet,
    /// What the manifest says of it.
    pub entry: PacketEntry,
    /// Why it could not be written.
    pub finding: Finding,
}

/// One packet, rendered or kept.
pub struct RenderedPacket {
    /// The files that were rendered, by path below the output folder.
    pub files: Vec<(String, Body)>,
    /// What the manifest says of it.
    pub entry: PacketEntry,
    /// Its line of the index.
    pub index: IndexEntry,
    /// What it says, for ledger and changes.
    pub issued: IssuedPacket,
    /// What it was rendered from.
    pub key: RenderKey,
    /// What the backup cycle says in it, by its title.
    pub routine: (String, Content),
    /// Why it was rendered; `None` where it was kept.
    pub why: Option<String>,
    /// Why it could not be written whole, if so.
    pub finding: Option<Finding>,
}
