//! Until when a page may be trusted, and what ends it.

use std::iter;

use crate::finding::{Place, words};
use crate::inventory::{Certificate, Inventory, Pool, Server};
use crate::topology::Topology;

use super::estate::ValidUntil;

/// Until when a packet may be trusted, and what it relies on that expires.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Validity {
    /// The first of what expires, and of the review of the documents.
    pub until: Option<ValidUntil>,
    /// What expires, the first first.
    pub expiries: Vec<ValidUntil>,
    /// The first of its own to expire: a pool's members each have a packet that prints theirs.
    pub own: Option<ValidUntil>,
}

/// The certificates a server relies on.
pub(super) fn of_server(topology: &Topology<'_>, server: &Server) -> Validity {
    let own = topology.certificates_of(server).into_iter();
    of_certificates(topology.inventory, own, iter::empty())
}

/// The same for a pool: its own certificates and those of its members.
pub(super) fn of_pool(topology: &Topology<'_>, pool: &Pool) -> Validity {
    let members = topology.members(pool);
    let theirs = members.flat_map(|member| topology.certificates_of(member));
    let own = topology.certificates_for(&pool.fqdn).into_iter();
    of_certificates(topology.inventory, own, theirs)
}

/// What ends the cycle sheet: the next backup, or the first of its sets to expire.
pub fn of_cycle(inventory: &Inventory) -> Option<ValidUntil> {
    let next = deployment(inventory, "Next backup", "the next backup is due");
    let sets = inventory.databases.iter().filter_map(|row| {
        let set = row.set.value.as_ref()?;
        let name = set.name.as_deref().unwrap_or("a backup set");
        Some(ValidUntil {
            date: set.expires?,
            why: format!("{name} expires"),
            place: row.set.place.clone(),
        })
    });
    next.into_iter().chain(sets).min()
}

fn of_certificates<'a>(
    inventory: &Inventory,
    own: impl Iterator<Item = &'a Certificate>,
    theirs: impl Iterator<Item = &'a Certificate>,
) -> Validity {
    let mut expiries: Vec<ValidUntil> = own.filter_map(expiry).collect();
    let own = expiries.iter().min().cloned();
    expiries.extend(theirs.filter_map(expiry));
    expiries.sort();
    expiries.dedup();
    let review = deployment(inventory, "Review due", "the document is due for review");
    Validity {
        until: expiries.first().cloned().into_iter().chain(review).min(),
        expiries,
        own,
    }
}

fn expiry(row: &Certificate) -> Option<ValidUntil> {
    let uses = row.uses.value.iter().flatten().map(|name| name.printed);
    let uses = words::list(uses);
    let what = if uses.is_empty() {
        "certificate".to_owned()
    } else {
        format!("{uses} certificate")
    };
    Some(ValidUntil {
        date: row.expires.value?,
        why: format!("{what} of {} expires", row.fqdn),
        place: row.expires.place.clone(),
    })
}

fn deployment(inventory: &Inventory, setting: &str, why: &str) -> Option<ValidUntil> {
    let date = inventory.deployment.date(setting)?;
    let place: &Place = &inventory.deployment.setting(setting)?.place;
    Some(ValidUntil {
        date,
        why: why.to_owned(),
        place: place.clone(),
    })
}
