//! What stops and what goes on while a server or a pool is down, in plain sentences.

use crate::finding::words;
use crate::inventory::lookup::{Holding, Part, StoreKind};
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
    let holdings = inventory.holdings(&server.fqdn);
    sentences.extend(of_cms(inventory, server, &holdings));
    sentences.extend(holdings.iter().map(of_holding));
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
    sentences.extend(inventory.mirror_shares_on(server).iter().map(|pool| {
        format!(
            "The mirroring file share of {} is gone: make it again, empty, before a mirror is created.",
            pool.fqdn
        )
    }));
    sentences.extend(of_roles(inventory, server));
    sentences.dedup();
    sentences
}

/// What happens to the Central Management store; the loss of its mirror alone leaves it running.
fn of_cms(inventory: &Inventory, server: &Server, holdings: &[Holding<'_>]) -> Option<String> {
    let pool = inventory.hosts_cms(server)?;
    let only_mirror = holdings.iter().any(|holding| {
        holding.kind == StoreKind::User
            && holding.part == Part::Mirror
            && holding.pool.fqdn == pool.fqdn
    });
    let sentence = if only_mirror {
        "The Central Management store goes on with its primary, without protection against a second failure."
    } else {
        "No configuration of the whole deployment can be changed while the Central Management store is down; the other pools go on."
    };
    Some(sentence.to_owned())
}

/// What happens to the users of one store.
fn of_holding(holding: &Holding<'_>) -> String {
    let pool = &holding.pool.fqdn;
    let mirrored = holding.kind.of(holding.pool).mirror.value.is_some();
    let what = match holding.kind {
        StoreKind::User => format!("The user pool {pool}"),
        StoreKind::Archiving => format!("Archiving of {pool}"),
        StoreKind::Monitoring => format!("Monitoring of {pool}"),
        StoreKind::PersistentChat => format!("Persistent Chat of {pool}"),
    };
    match (holding.part, mirrored) {
        (Part::Mirror, _) => {
            format!("{what} goes on with its primary, without protection against a second failure.")
        }
        (Part::Primary, true) if holding.pool.witness.value.is_some() => {
            format!(
                "{what} stops until its databases have failed over to the mirror, which the witness lets them do by themselves."
            )
        }
        (Part::Primary, true) => {
            format!(
                "{what} stops until somebody fails its databases over to the mirror: no witness is recorded."
            )
        }
        (Part::Primary, false) => alone(holding.kind, &what),
    }
}

/// The loss of a store that has no mirror.
fn alone(kind: StoreKind, what: &str) -> String {
    match kind {
        StoreKind::User => format!("{what} stops."),
        StoreKind::Archiving => {
            format!("{what} is interrupted; find out whether its policy then blocks messages.")
        }
        StoreKind::Monitoring => {
            format!("{what} is interrupted: call detail and quality records are not written.")
        }
        StoreKind::PersistentChat => format!("{what} stops: chat rooms are not available."),
    }
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
            "No configuration of the whole deployment can be changed while the Central Management store is down."
                .to_owned(),
        );
    }
    for (kind, sentence) in POOLS {
        if pool.is(kind) {
            sentences.push((*sentence).to_owned());
        }
    }
    let others: Vec<&str> = inventory
        .pools
        .iter()
        .filter(|other| other.next_hop.value.as_ref() == Some(&pool.fqdn))
        .map(|other| other.fqdn.as_str())
        .collect();
    if let [only] = others.as_slice() {
        sentences.push(format!(
            "{only} has this pool as its next hop and is cut off with it."
        ));
    } else if !others.is_empty() {
        sentences.push(format!(
            "{} have this pool as their next hop and are cut off with it.",
            words::list(others)
        ));
    }
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
