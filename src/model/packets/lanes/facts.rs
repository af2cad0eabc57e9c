//! What the worksheets record about a packet, by the names under which `states.toml` asks for it.

use std::collections::BTreeSet;

use crate::finding::words;
use crate::inventory::pool::CentralStore;
use crate::inventory::{Pool, Server};
use crate::product::Sentence;
use crate::product::states::Question;
use crate::rows::Fqdn;
use crate::topology::{Holding, Part, Topology};

/// What is true of a packet, and the names in its questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Of `product::states::FACTS` those that are true.
    true_ids: BTreeSet<&'static str>,
    /// What stands in the places of sentences.
    places: Vec<(&'static str, String)>,
    /// The packet's own FQDN.
    this: String,
    /// The pools whose users are cut off.
    pools: Vec<String>,
}

impl Facts {
    /// Of a server's packet.
    pub fn of_server(topology: &Topology<'_>, server: &Server) -> Self {
        let is_one_computer = topology.is_one_computer(server);
        let all = topology.holdings(&server.fqdn);
        let of_users = all.iter().copied().filter(|it| it.kind.users);
        let of_users: Vec<Holding<'_>> = of_users.collect();
        // What lies beside the users' store is restored with that.
        let holdings = if of_users.is_empty() { all } else { of_users };
        let held = held(topology, server);
        let partners = |part| partners(&holdings, part);
        let is = |part| {
            holdings
                .iter()
                .any(|it| it.part == part && it.is_mirrored())
        };
        let both = [Part::Primary, Part::Mirror].map(partners).concat();
        let is_of_one = both.iter().collect::<BTreeSet<_>>().len() == 1;
        let of_copies = holdings.iter().find(|it| it.part == Part::Copy);
        let others = of_copies.into_iter().flat_map(Holding::others);
        let others: Vec<String> = others.map(Fqdn::to_string).collect();
        let for_users = topology.is_for_users(server);
        let (primary, mirror) = (is(Part::Primary), is(Part::Mirror));
        let mut facts = Self::new(topology, server.fqdn.as_str(), &held);
        facts.hold([
            ("server", true),
            ("one-computer", is_one_computer),
            ("one-of-several", is_one_of_several(topology, server)),
            ("holds-users", !held.is_empty() || for_users),
            (
                "holds-databases",
                !is_one_computer && (!holdings.is_empty() || for_users),
            ),
            ("hosts-files", !topology.file_stores_on(server).is_empty()),
            ("mirrored-primary", primary),
            ("mirrored-mirror", mirror),
            ("one-partner", primary && mirror && is_of_one),
            ("one-of-copies", of_copies.is_some()),
            ("mixed", is_mixed(&holdings)),
            ("follows", follows(&holdings)),
            (
                "configuration-store",
                topology.holds_central(server).is_some(),
            ),
        ]);
        facts.place("mirror", &partners(Part::Primary));
        facts.place("primary", &partners(Part::Mirror));
        facts.place("others", &others);
        facts
    }

    /// Of a pool's packet.
    pub fn of_pool(topology: &Topology<'_>, pool: &Pool) -> Self {
        let serves = pool.serves_users() || topology.quorum_members(pool).next().is_some();
        let is_one_computer = pool.is_one_computer();
        // A pool of one computer is restored by the packet of that.
        let cut_off: Vec<&Pool> = [pool]
            .into_iter()
            .filter(|_| serves && !is_one_computer)
            .collect();
        let mut facts = Self::new(topology, pool.fqdn.as_str(), &cut_off);
        facts.hold([
            ("pool", true),
            ("one-computer", is_one_computer),
            ("holds-users", serves),
            ("hosts-files", serves && pool.has_file_store()),
            ("configuration-store", pool.holds_central()),
        ]);
        let store = pool.user_store();
        let halves = [&store.server, &store.mirror].map(|it| it.value.as_ref());
        let halves = halves.into_iter().flatten().map(Fqdn::to_string);
        facts.place("sql", &halves.collect::<Vec<_>>());
        let share = pool.file_store.value.as_ref();
        facts.place(
            "store",
            &share
                .map(|_| pool.file_store.text.clone())
                .into_iter()
                .collect::<Vec<_>>(),
        );
        facts
    }

    fn new(topology: &Topology<'_>, this: &str, cut_off: &[&Pool]) -> Self {
        let names = |pools: &[&Pool]| -> Vec<String> {
            pools.iter().map(|it| it.fqdn.to_string()).collect()
        };
        let users = cut_off.iter().copied();
        let paired: Vec<(&Pool, &Pool)> = users
            .filter_map(|pool| Some((pool, topology.partner(pool)?)))
            .collect();
        let (pools, backups): (Vec<&Pool>, Vec<&Pool>) = paired.into_iter().unzip();
        let active = topology.central_pool().map(|pool| &pool.fqdn);
        let mut others = topology.inventory.pools.iter();
        let mut facts = Self {
            this: this.to_owned(),
            pools: names(&pools),
            ..Self::default()
        };
        facts.hold([
            ("backup-pool", !backups.is_empty()),
            (
                "configuration-standby",
                cut_off
                    .iter()
                    .any(|it| it.central.value == Some(CentralStore::Standby)),
            ),
            (
                "other-pool",
                others.any(|it| Some(&it.fqdn) != active && it.serves_users()),
            ),
        ]);
        facts.place("this", &[this.to_owned()]);
        facts.place("pools", &names(&pools));
        facts.place("backup", &names(&backups));
        facts
    }

    fn hold<const N: usize>(&mut self, facts: [(&'static str, bool); N]) {
        let holding = facts.into_iter().filter(|(_, holds)| *holds);
        self.true_ids.extend(holding.map(|(id, _)| id));
    }

    /// What is not known is left out of a sentence, which says the same without the name.
    fn place(&mut self, name: &'static str, values: &[String]) {
        self.places.push((name, words::list(values)));
    }

    /// Whether a fact holds.
    pub(super) fn are(&self, id: &str) -> bool {
        self.true_ids.contains(id)
    }

    /// A sentence with its places filled.
    pub(super) fn said(&self, sentence: &Sentence) -> String {
        let value = |name: &str| self.places.iter().find(|it| it.0 == name);
        let filled = sentence.fill(|name| Some(value(name).map_or("", |(_, value)| value)));
        filled.unwrap_or_default()
    }

    /// Whom a question is about, by FQDN.
    pub(super) fn about(&self, question: &Question) -> Vec<String> {
        if question.of_pools {
            self.pools.clone()
        } else {
            vec![self.this.clone()]
        }
    }
}

/// The pools whose service stops with a server: its own, if it is all there is of it, and those whose users it holds.
fn held<'a>(topology: &Topology<'a>, server: &Server) -> Vec<&'a Pool> {
    let own = topology.pool_of(server);
    let own = own.filter(|_| topology.is_one_computer(server));
    let mut held: Vec<&Pool> = own.into_iter().collect();
    for pool in topology.users_on(&server.fqdn) {
        if !held.iter().any(|it| it.fqdn == pool.fqdn) {
            held.push(pool);
        }
    }
    held
}

/// Whether a server is one of those that start together, and the pool goes on with the others.
fn is_one_of_several(topology: &Topology<'_>, server: &Server) -> bool {
    let pool = topology.pool_of(server);
    let together = topology.has(server, |role| role.together);
    together && pool.is_some_and(|pool| topology.quorum_members(pool).count() > 1)
}

/// Whether a server holds users' stores that fare differently when it is lost: as primary, as mirror, without a mirror.
fn is_mixed(holdings: &[Holding<'_>]) -> bool {
    let users = holdings.iter().filter(|it| it.kind.users);
    let ways = users.map(|it| (it.part == Part::Mirror, it.is_mirrored()));
    ways.collect::<BTreeSet<_>>().len() > 1
}

/// Whether a server is the mirror of all users' stores it holds, so that another packet leads where both halves are lost.
fn follows(holdings: &[Holding<'_>]) -> bool {
    let mut users = holdings.iter().filter(|it| it.kind.users).peekable();
    users.peek().is_some() && users.all(|it| it.part == Part::Mirror)
}

/// The servers of the other halves of what a server is this half of, each once.
fn partners(holdings: &[Holding<'_>], part: Part) -> Vec<String> {
    let own = holdings.iter().filter(|it| it.part == part);
    let mut partners: Vec<String> = Vec::new();
    for partner in own.filter_map(Holding::partner).map(Fqdn::to_string) {
        if !partners.contains(&partner) {
            partners.push(partner);
        }
    }
    partners
}
