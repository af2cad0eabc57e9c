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
    sentences.extend(of_holdings(&holdings));
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

/// What happens to those who use the stores: one sentence for the pools that fare alike.
fn of_holdings(holdings: &[Holding<'_>]) -> Vec<String> {
    let mut fates: Vec<(StoreKind, Fate, Vec<&str>)> = Vec::new();
    for holding in holdings {
        let (kind, fate) = (holding.kind, Fate::of(holding));
        let pool = holding.pool.fqdn.as_str();
        match fates.iter_mut().find(|it| it.0 == kind && it.1 == fate) {
            Some((.., pools)) => pools.push(pool),
            None => fates.push((kind, fate, vec![pool])),
        }
    }
    fates.sort_by_key(|(kind, ..)| *kind);
    let sentence = |(kind, fate, pools): &(StoreKind, Fate, Vec<&str>)| {
        let whose = words::list(pools);
        let what = match kind {
            StoreKind::User => format!("User service of {whose}"),
            StoreKind::Archiving => format!("Archiving of {whose}"),
            StoreKind::Monitoring => format!("Monitoring of {whose}"),
            StoreKind::PersistentChat => format!("Persistent Chat of {whose}"),
        };
        fate.sentence(*kind, &what)
    };
    fates.iter().map(sentence).collect()
}

/// How a store fares when one of its servers is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It has no mirror.
    Down,
    /// Only its mirror is lost.
    Unprotected,
    /// Its mirror takes over by itself.
    FailsOver,
    /// Its mirror can take over.
    CanFailOver,
}

impl Fate {
    fn of(holding: &Holding<'_>) -> Self {
        let mirrored = holding.kind.of(holding.pool).mirror.value.is_some();
        match (holding.part, mirrored) {
            (Part::Mirror, _) => Self::Unprotected,
            (Part::Primary, false) => Self::Down,
            (Part::Primary, true) if holding.pool.witness.value.is_some() => Self::FailsOver,
            (Part::Primary, true) => Self::CanFailOver,
        }
    }

    fn sentence(self, kind: StoreKind, what: &str) -> String {
        let rest = match (self, kind) {
            (Self::Unprotected, _) => {
                "goes on with its primary, without protection against a second failure."
            }
            (Self::FailsOver | Self::CanFailOver, _) if kind != StoreKind::User => {
                "stops until its databases have failed over to the mirror."
            }
            (Self::FailsOver, _) => {
                "stops until its databases have failed over to the mirror, which the witness lets them do by themselves."
            }
            (Self::CanFailOver, _) => {
                "stops until somebody fails its databases over to the mirror: no witness is recorded."
            }
            (Self::Down, StoreKind::User) => "stops.",
            (Self::Down, StoreKind::Archiving) => {
                "is interrupted; find out whether its policy then blocks messages."
            }
            (Self::Down, StoreKind::Monitoring) => {
                "is interrupted: call detail and quality records are not written."
            }
            (Self::Down, StoreKind::PersistentChat) => "stops: chat rooms are not available.",
        };
        format!("{what} {rest}")
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
        .filter(|other| other.fqdn != pool.fqdn)
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
