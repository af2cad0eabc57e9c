//! The change report: what a run changed, field by field, and what to print again.

use serde::Serialize;

use super::heads::Heads;
use super::links::{self, Links, Reference};
use crate::contract::{ChangesData, EstateData};
use crate::editions::{ChangeKind, Changes, PacketChange};
use crate::packets::Estate;
use crate::render::Format;

/// What `changes.html` and `changes.md` see.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesContext {
    /// What changed.
    pub changes: ChangesData,
    /// What is true of the whole run.
    pub estate: EstateData,
    /// What only the page needs.
    pub page: ChangesPage,
}

/// What only the page needs.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesPage {
    /// The running heads and feet.
    #[serde(flatten)]
    pub heads: Heads,
    /// The pages of the packets, retired ones where they stand now.
    pub links: Links,
}

impl ChangesContext {
    pub(in crate::render) fn new(changes: &Changes, estate: &Estate, format: Format) -> Self {
        let mut links = Links::default();
        for change in &changes.packets {
            let subject = match change.kind.as_str() {
                "pool" => links::pool(&change.fqdn),
                _ => links::server(&change.fqdn),
            };
            let link = format!("{}{}", folder(change), links::file(&subject, format));
            links.add(&subject, Reference::to(Some(link)));
        }
        Self {
            changes: ChangesData::new(changes, estate),
            estate: EstateData::from(estate),
            page: ChangesPage {
                heads: Heads::of_estate(estate),
                links,
            },
        }
    }
}

fn folder(change: &PacketChange) -> &'static str {
    match change.change {
        ChangeKind::Retired => "retired/",
        _ => "",
    }
}
