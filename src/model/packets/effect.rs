//! What stops and what goes on while a server or a pool is down, in plain sentences.

use crate::finding::words;
use crate::inventory::{Pool, Server};
use crate::product::{Also, OfStore, PoolType, Sentence, StoreKind};
use crate::topology::{Holding, Part, Topology};

/// The effect of losing a server.
pub(super) fn of_server(topology: &Topology<'_>, server: &Server) -> Vec<String> {
    let says = &topology.inventory.product.effects.server;
    let mut sentences = Vec::new();
    if topology.is_one_computer(server) {
        let pool = topology
            .pool_of(server)
            .map_or(&server.fqdn, |pool| &pool.fqdn);
        sentences.push(says.one_computer.with("pool", pool.as_str()));
    }
    let holdings = topology.holdings(&server.fqdn);
    sentences.extend(of_central(topology, server, &holdings));
    sentences.extend(of_holdings(topology, &holdings));
    let stores = topology.file_stores_on(server).into_iter();
    let (of_users, of_rooms) = stores.partition(|pool| pool.serves_users());
    let of_pools = [
        (&says.witness, topology.witness_of(&server.fqdn)),
        (&says.file_store, of_users),
        (&says.file_store_of_rooms, of_rooms),
        (&says.mirror_share, topology.mirror_shares_on(server)),
    ];
    for (sentence, pools) in of_pools {
        let said = pools
            .into_iter()
            .map(|it| sentence.with("pool", it.fqdn.as_str()));
        sentences.extend(said);
    }
    sentences.extend(of_roles(topology, server));
    sentences.dedup();
    sentences
}

/// What happens to the Central Management store; the loss of its mirror alone leaves it running.
fn of_central(
    topology: &Topology<'_>,
    server: &Server,
    holdings: &[Holding<'_>],
) -> Option<String> {
    let pool = topology.holds_central(server)?;
    let only_mirror = holdings.iter().any(|holding| {
        holding.kind.users && holding.part == Part::Mirror && holding.pool.fqdn == pool.fqdn
    });
    // It goes on with the others that hold it; what they are to it, the pool's sentence says.
    let goes_on = holdings
        .iter()
        .any(|holding| holding.part == Part::Copy && holding.pool.fqdn == pool.fqdn);
    let says = &topology.inventory.product.effects.server;
    if goes_on {
        return None;
    }
    let sentence = if only_mirror {
        &says.central_mirror
    } else {
        &says.central
    };
    Some(sentence.as_str().to_owned())
}

/// What happens to those who use the stores: one sentence for the pools that fare alike.
fn of_holdings(topology: &Topology<'_>, holdings: &[Holding<'_>]) -> Vec<String> {
    let mut fates: Vec<(&StoreKind, Fate, Vec<&str>)> = Vec::new();
    for holding in holdings {
        let (kind, fate) = (holding.kind, Fate::of(topology, holding));
        let pool = holding.pool.fqdn.as_str();
        match fates.iter_mut().find(|it| it.0 == kind && it.1 == fate) {
            Some((.., pools)) => pools.push(pool),
            None => fates.push((kind, fate, vec![pool])),
        }
    }
    fates.sort_by_key(|(kind, ..)| *kind);
    let sentence = |(kind, fate, pools): &(&StoreKind, Fate, Vec<&str>)| {
        let says = topology.inventory.product.effects.store.get(&kind.id)?;
        let first = fate.sentence(says).with("pools", &words::list(pools));
        let deployment = &topology.inventory.deployment;
        let is_needless = |it: &Also| deployment.answers(&it.unless.setting, it.unless.is);
        let also = (says.also.iter()).filter(|it| *fate == Fate::Down && !is_needless(it));
        let sentences = std::iter::once(first.as_str()).chain(also.map(|it| it.says.as_str()));
        Some(sentences.collect::<Vec<_>>().join(" "))
    };
    fates.iter().filter_map(sentence).collect()
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
    /// Others hold it too, in this way.
    GoesOn(&'static Sentence),
}

impl Fate {
    fn of(topology: &Topology<'_>, holding: &Holding<'_>) -> Self {
        match (holding.part, holding.is_mirrored()) {
            (Part::Copy, _) => match &holding.pool.copies {
                Some(copies) => Self::GoesOn(&copies.way.one_lost),
                None => Self::Down,
            },
            (Part::Mirror, _) => Self::Unprotected,
            (Part::Primary, false) => Self::Down,
            (Part::Primary, true) if topology.witness(holding.pool).is_some() => Self::FailsOver,
            (Part::Primary, true) => Self::CanFailOver,
        }
    }

    fn sentence(self, says: &'static OfStore) -> &'static Sentence {
        match self {
            Self::Down => &says.down,
            Self::Unprotected => &says.unprotected,
            Self::FailsOver => &says.fails_over,
            Self::CanFailOver => &says.can_fail_over,
            Self::GoesOn(sentence) => sentence,
        }
    }
}

/// The effect of losing a whole pool.
pub(super) fn of_pool(topology: &Topology<'_>, pool: &Pool) -> Vec<String> {
    let says = &topology.inventory.product.effects.pool;
    let types: Vec<&PoolType> = pool.kinds().collect();
    let mut sentences = Vec::new();
    if types.iter().any(|it| it.users) {
        sentences.push(says.users.with("pool", pool.fqdn.as_str()));
        if let Some(partner) = topology.partner(pool) {
            sentences.push(says.partner.with("partner", partner.fqdn.as_str()));
        }
    }
    if pool.holds_central() {
        sentences.push(says.central.as_str().to_owned());
    }
    let of_types = types.iter().filter_map(|it| it.down.as_ref());
    sentences.extend(of_types.map(|it| it.as_str().to_owned()));
    let relying = topology.relying_on(pool);
    let others = relying.filter(|other| other.fqdn != pool.fqdn);
    sentences.extend(others.flat_map(|other| cut_off(&says.next_hop, other)));
    sentences
}

/// What a pool loses with its next hop, by its types.
fn cut_off(unknown: &Sentence, pool: &Pool) -> Vec<String> {
    let name = pool.fqdn.as_str();
    if pool.kinds().next().is_none() {
        return vec![unknown.with("pool", name)];
    }
    let says = pool.kinds().filter_map(|kind| kind.cut_off.as_ref());
    says.map(|sentence| sentence.with("pool", name)).collect()
}

/// What the loss of one member means, by role; the rest of the pool carries on if there is a rest.
fn of_roles(topology: &Topology<'_>, server: &Server) -> Vec<String> {
    if topology.is_one_computer(server) || !topology.runs_services(server) {
        return Vec::new();
    }
    let Some(pool) = topology.pool_of(server) else {
        return Vec::new();
    };
    let others = topology
        .members(pool)
        .filter(|member| member.fqdn != server.fqdn)
        .count();
    let says = &topology.inventory.product.effects.server;
    let name = pool.fqdn.as_str();
    if others > 0
        && let Some(sentence) = of_together(topology, server, pool)
    {
        return vec![sentence];
    }
    match others {
        0 => of_pool(topology, pool),
        1 => vec![says.one_other.with("pool", name)],
        n => {
            let values = [("pool", name), ("others", &n.to_string())];
            vec![says.others.with_all(&values)]
        }
    }
}

/// What it means where the members' services start and stop together: how many more may fail before all stop.
fn of_together(topology: &Topology<'_>, server: &Server, pool: &Pool) -> Option<String> {
    let product = topology.inventory.product;
    let all = topology.quorum_members(pool).count();
    let keep = product.quorum.keeps(all)?;
    let others = all.checked_sub(1).filter(|it| *it >= keep)?;
    topology.has(server, |role| role.together).then(|| {
        let numbers = [others, keep, others - keep].map(|it| it.to_string());
        let values = [
            ("pool", pool.fqdn.as_str()),
            ("others", &numbers[0]),
            ("keep", &numbers[1]),
            ("more", &numbers[2]),
        ];
        product.effects.server.together.with_all(&values)
    })
}
