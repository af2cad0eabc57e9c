//! Until when a page may be trusted, and what ends it.

use crate::finding::{Place, words};
use crate::inventory::{Certificate, Inventory, Pool, Server};
use crate::topology::Topology;

use super::model::ValidUntil;

/// The earliest of the certificates a server relies on and the review of the documents.
pub(super) fn of_server(topology: &Topology<'_>, server: &Server) -> Option<ValidUntil> {
    let own = topology.certificates_of(server).into_iter();
    earliest(topology.inventory, own)
}

/// The same for a pool: its own certificates and those of its members.
pub(super) fn of_pool(topology: &Topology<'_>, pool: &Pool) -> Option<ValidUntil> {
    let members = topology.members(pool);
    let theirs = members.flat_map(|member| topology.certificates_of(member));
    let own = topology.certificates_for(&pool.fqdn).into_iter();
    earliest(topology.inventory, own.chain(theirs))
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

fn earliest<'a>(
    inventory: &Inventory,
    certificates: impl Iterator<Item = &'a Certificate>,
) -> Option<ValidUntil> {
    let expiries = certificates.filter_map(|row| {
        let uses = row.uses.value.iter().flatten().map(|name| name.printed);
        Some(ValidUntil {
            date: row.expires.value?,
            why: format!(
                "certificate of {} ({}) expires",
                row.fqdn,
                words::list(uses)
            ),
            place: row.expires.place.clone(),
        })
    });
    let review = deployment(inventory, "Review due", "the document is due for review");
    expiries.chain(review).min()
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
