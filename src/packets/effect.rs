//! What stops and what goes on while a server or a pool is down, in plain sentences.

use crate::inventory::lookup::{Part, StoreKind};
use crate::inventory::{Inventory, Pool, Server};

/// The effect of losing a server.
pub(super) fn of_server(inventory: &Inventory, server: &Server) -> Vec<String> {
    let mut sentences = Vec::new();
    if inventory.is_standard_edition(server) {
        let pool = inventory
            .pool_of(server)
            .map_or(&server.fqdn, |pool| &pool.fqdn);
        sentences.push(format!(
            "The user pool {pool} stops: this server is all of it."
        ));
    }
    if inventory.hosts_cms(server).is_some() {
        sentences.push("Service goes on, but the configuration cannot be changed while the Central Management store is down.".to_owned());
    }
    for holding in inventory.holdings(&server.fqdn) {
        let pool = &holding.pool.fqdn;
        let mirrored = holding.kind.of(holding.pool).mirror.value.is_some();
        sentences.push(match (holding.kind, holding.part, mirrored) {
            (StoreKind::User, Part::Mirror, _) => {
                format!("The user pool {pool} goes on with its primary, without protection against a second failure.")
            }
            (StoreKind::User, Part::Primary, true) => {
                format!("The user pool {pool} stops until its databases have failed over to the mirror.")
            }
            (StoreKind::User, Part::Primary, false) => format!("The user pool {pool} stops."),
            (StoreKind::Archiving, ..) => format!("Archiving of {pool} is interrupted; find out whether its policy then blocks messages."),
            (StoreKind::Monitoring, ..) => format!("Call detail and quality records of {pool} are not written."),
            (StoreKind::PersistentChat, ..) => format!("Chat rooms of {pool} are not available."),
        });
    }
    sentences.extend(inventory.witness_of(&server.fqdn).iter().map(|pool| {
        format!(
            "The databases of {} no longer fail over by themselves.",
            pool.fqdn
        )
    }));
    sentences.extend(inventory.file_stores_on(server).iter().map(|pool| {
        format!(
            "{} loses its file store: meeting content, address book and device updates.",
            pool.fqdn
        )
    }));
    sentences.extend(of_roles(inventory, server));
    sentences.dedup();
    sentences
}

/// The effect of losing a whole pool.
pub(super) fn of_pool(inventory: &Inventory, pool: &Pool) -> Vec<String> {
    let mut sentences = Vec::new();
    if pool.is("front-end") || pool.is("standard-edition") {
        sentences.push("The users of this pool lose service.".to_owned());
        if let Some(partner) = inventory.partner(pool) {
            sentences.push(format!(
                "Its backup pool {} can take the users over: fail over first, restore later.",
                partner.fqdn
            ));
        }
    }
    if pool.hosts_cms() {
        sentences.push(
            "The configuration cannot be changed while the Central Management store is down."
                .to_owned(),
        );
    }
    for (kind, sentence) in POOLS {
        if pool.is(kind) {
            sentences.push((*sentence).to_owned());
        }
    }
    let edges = inventory
        .pools
        .iter()
        .filter(|other| other.next_hop.value.as_ref() == Some(&pool.fqdn));
    sentences.extend(edges.map(|other| {
        format!(
            "{} has this pool as its next hop and is cut off with it.",
            other.fqdn
        )
    }));
    sentences
}

const POOLS: &[(&str, &str)] = &[
    (
        "edge",
        "External users, federation and conferencing from outside are cut off.",
    ),
    (
        "director",
        "External sign-in is no longer screened by a Director; users still sign in at their own pool if DNS leads there.",
    ),
    (
        "mediation",
        "Calls through the gateways of this pool fail unless a route leads around it.",
    ),
    ("persistent-chat", "Chat rooms are not available."),
];

/// What the loss of one member means, by role; the rest of the pool carries on if there is a rest.
fn of_roles(inventory: &Inventory, server: &Server) -> Vec<String> {
    if inventory.is_standard_edition(server) || !inventory.is_lync(server) {
        return Vec::new();
    }
    let Some(pool) = inventory.pool_of(server) else {
        return Vec::new();
    };
    let others = inventory
        .members(pool)
        .filter(|member| member.fqdn != server.fqdn)
        .count();
    match others {
        0 => of_pool(inventory, pool),
        1 => vec![format!(
            "The pool {} carries on with one other member.",
            pool.fqdn
        )],
        n => vec![format!(
            "The pool {} carries on with {n} other members.",
            pool.fqdn
        )],
    }
}
