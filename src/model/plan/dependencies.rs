//! Who waits for whom, server by server, each with the cell that says so.

use std::collections::BTreeSet;

use crate::inventory::Pool;
use crate::product::StoreKind;
use crate::rows::Fqdn;
use crate::topology::{End, Part, Share, Tie, Topology, What};

use super::edge::{Edge, Kind};
use super::stage;

/// Finds the dependencies among lost servers.
pub(super) struct Finder<'a> {
    topology: &'a Topology<'a>,
    lost: &'a BTreeSet<Fqdn>,
    /// Whether the Central Management store has failed over and is waited for no longer.
    moved: bool,
    edges: Vec<Edge>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(topology: &'a Topology<'a>, lost: &'a BTreeSet<Fqdn>, moved: bool) -> Self {
        Self {
            topology,
            lost,
            moved,
            edges: Vec::new(),
        }
    }

    /// All dependencies, one for each pair of servers: the strongest.
    pub(super) fn edges(mut self) -> Vec<Edge> {
        self.central();
        for pool in &self.topology.inventory.pools {
            self.stores(pool);
            self.file_store(pool);
            self.next_hop(pool);
        }
        self.edges.sort();
        self.edges
            .dedup_by(|b, a| (&a.waits, &a.on) == (&b.waits, &b.on));
        self.edges
    }

    /// Notes that one lost server waits for another, because of this tie.
    fn wait(&mut self, waits: &Fqdn, on: &Fqdn, kind: Kind, tie: &Tie<'_>) {
        if waits == on || !self.lost.contains(waits) || !self.lost.contains(on) {
            return;
        }
        self.edges.push(Edge {
            waits: waits.clone(),
            on: on.clone(),
            kind,
            because: tie.because(),
        });
    }

    fn central(&mut self) {
        let topology = self.topology;
        let tie = topology.to_deployment().next().filter(|_| !self.moved);
        let (Some(tie), Some(host)) = (tie, topology.central_host()) else {
            return;
        };
        for fqdn in self.lost {
            let witness_only =
                !topology.witness_of(fqdn).is_empty() && topology.holdings(fqdn).is_empty();
            if !witness_only {
                self.wait(fqdn, host, Kind::Central, tie);
            }
        }
    }

    fn stores(&mut self, pool: &Pool) {
        let topology = self.topology;
        for tie in topology.to_pool(&pool.fqdn) {
            match (tie.what, tie.from) {
                (What::Holds(kind, Part::Mirror), End::Server(mirror)) => {
                    self.mirror(pool, kind, mirror, tie);
                }
                (What::Holds(kind, Part::Primary), End::Server(primary)) => {
                    if topology.inventory.product.comes_last(kind) {
                        self.records(pool, primary, tie);
                    } else {
                        self.database(pool, kind, primary, tie);
                    }
                }
                (What::Holds(kind, Part::Copy), End::Server(copy))
                    if topology.is_lost_with(self.lost, pool, kind) =>
                {
                    self.database(pool, kind, copy, tie);
                }
                _ => {}
            }
        }
    }

    fn mirror(&mut self, pool: &Pool, kind: &StoreKind, mirror: &Fqdn, tie: &Tie<'_>) {
        let topology = self.topology;
        if let Some(primary) = topology.holder(pool, kind, Part::Primary) {
            self.wait(mirror, primary, Kind::Mirror, tie);
        }
        for tie in topology.to_pool(&pool.fqdn) {
            match (tie.what, tie.from) {
                (What::Hosts(Share::Mirror), End::Server(host)) => {
                    self.wait(mirror, host, Kind::MirrorShare, tie);
                }
                (What::Witnesses, End::Server(witness)) if kind.witnessed => {
                    self.wait(mirror, witness, Kind::Witness, tie);
                }
                _ => {}
            }
        }
    }

    /// Members wait for their database, unless its mirror goes on; and so does the database for the file store.
    fn database(&mut self, pool: &Pool, kind: &StoreKind, primary: &Fqdn, tie: &Tie<'_>) {
        let mirror = self.topology.holder(pool, kind, Part::Mirror);
        let mirror_runs = mirror.is_some_and(|it| !self.lost.contains(it));
        if !mirror_runs {
            for member in self.topology.members(pool) {
                self.wait(&member.fqdn, primary, Kind::Database, tie);
            }
        }
        let holds_central = stage::holds_central(self.topology, primary, self.moved);
        if kind.users && !holds_central {
            self.wait_for_share(pool, Kind::Publish, [primary]);
        }
    }

    /// Records come last, unless their server is needed for something else.
    fn records(&mut self, pool: &Pool, server: &Fqdn, tie: &Tie<'_>) {
        if stage::is_last(self.topology, server, self.moved) {
            for member in self.topology.members(pool) {
                self.wait(server, &member.fqdn, Kind::Later, tie);
            }
        }
    }

    fn file_store(&mut self, pool: &Pool) {
        if !pool.is_one_computer() {
            let members = self.topology.members(pool).map(|it| &it.fqdn);
            self.wait_for_share(pool, Kind::FileStore, members);
        }
    }

    /// Notes that servers wait for the host of a pool's file store.
    fn wait_for_share<'f>(
        &mut self,
        pool: &Pool,
        kind: Kind,
        waiting: impl IntoIterator<Item = &'f Fqdn>,
    ) {
        let tie = self.topology.host_tie(pool, Share::FileStore);
        if let Some((tie, End::Server(host))) = tie.map(|tie| (tie, tie.from)) {
            for waits in waiting {
                self.wait(waits, host, kind, tie);
            }
        }
    }

    fn next_hop(&mut self, pool: &Pool) {
        let topology = self.topology;
        let mut ties = topology.of_pool(&pool.fqdn);
        let tie = ties.find(|tie| tie.what == What::NextHop);
        let (Some(tie), Some(hop)) = (tie, topology.next_hop(pool)) else {
            return;
        };
        for member in topology.members(pool) {
            for on in topology.members(hop) {
                self.wait(&member.fqdn, &on.fqdn, Kind::NextHop, tie);
            }
        }
    }
}
