//! Who waits for whom, server by server, each with the cell that says so.

use std::collections::BTreeSet;

use crate::inventory::lookup::{StoreKind, has_user_store};
use crate::inventory::path::FilePath;
use crate::inventory::pool::Store;
use crate::inventory::{Field, Fqdn, Inventory, Pool};
use crate::product::plan::Waits;
use crate::topology::Because;

use super::graph::Edge;
use super::stage;

/// Why one server waits for another; the strongest first. Where servers wait for each other, the weakest gives way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The topology is read from the Central Management store.
    CentralManagement,
    /// A member needs its database.
    Database,
    /// A member needs the pool's file store.
    FileStore,
    /// Publishing the topology sets permissions on the file store.
    Publish,
    /// A mirror is made from its primary.
    Mirror,
    /// A mirror is made through a share.
    MirrorShare,
    /// Mirroring with a witness is set up in one step.
    Witness,
    /// A server hands traffic on to its next hop.
    NextHop,
    /// Service comes before records.
    Later,
}

impl Kind {
    /// The reason, in words.
    pub(super) fn why(self, waits: &'static Waits) -> &'static str {
        match self {
            Self::CentralManagement => &waits.central_management,
            Self::Database => &waits.database,
            Self::FileStore => &waits.file_store,
            Self::Publish => &waits.publish,
            Self::Mirror => &waits.mirror,
            Self::MirrorShare => &waits.mirror_share,
            Self::Witness => &waits.witness,
            Self::NextHop => &waits.next_hop,
            Self::Later => &waits.later,
        }
    }
}

/// Finds the dependencies among lost servers.
pub(super) struct Finder<'a> {
    inventory: &'a Inventory,
    lost: &'a BTreeSet<Fqdn>,
    /// Whether the Central Management store has failed over and is waited for no longer.
    moved: bool,
    edges: Vec<Edge>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(inventory: &'a Inventory, lost: &'a BTreeSet<Fqdn>, moved: bool) -> Self {
        Self {
            inventory,
            lost,
            moved,
            edges: Vec::new(),
        }
    }

    /// All dependencies, one for each pair of servers: the strongest.
    pub(super) fn edges(mut self) -> Vec<Edge> {
        self.central_management();
        for pool in &self.inventory.pools {
            self.stores(pool);
            self.file_store(pool);
            self.next_hop(pool);
        }
        self.edges.sort();
        self.edges
            .dedup_by(|b, a| (&a.waits, &a.on) == (&b.waits, &b.on));
        self.edges
    }

    /// Notes that one lost server waits for another.
    fn wait<T>(&mut self, waits: &Fqdn, on: &Fqdn, kind: Kind, pool: &Pool, cell: &Field<T>) {
        if waits == on || !self.lost.contains(waits) || !self.lost.contains(on) {
            return;
        }
        self.edges.push(Edge {
            waits: waits.clone(),
            on: on.clone(),
            kind,
            because: Because {
                text: format!("`{}` of `{}` is `{}`", cell.column, pool.fqdn, cell.text),
                place: cell.place.clone(),
            },
        });
    }

    fn central_management(&mut self) {
        let Some(pool) = self.inventory.cms_pool().filter(|_| !self.moved) else {
            return;
        };
        let Some(host) = Self::cms_host(self.inventory, pool) else {
            return;
        };
        for fqdn in self.lost {
            let witness_only = !self.inventory.witness_of(fqdn).is_empty()
                && self.inventory.holdings(fqdn).is_empty();
            if !witness_only {
                self.wait(fqdn, host, Kind::CentralManagement, pool, &pool.cms);
            }
        }
    }

    fn cms_host(inventory: &Inventory, pool: &'a Pool) -> Option<&'a Fqdn> {
        if pool.kinds(inventory.product).any(|it| it.one_computer) {
            Some(&pool.fqdn)
        } else {
            pool.user_store.server.value.as_ref()
        }
    }

    fn stores(&mut self, pool: &Pool) {
        for kind in StoreKind::ALL {
            if kind == StoreKind::User && !has_user_store(pool) {
                continue;
            }
            let store = kind.of(pool);
            self.mirror(pool, store, kind);
            if self.is_last(kind) {
                self.records(pool, store);
            } else {
                self.database(pool, store, kind);
            }
        }
    }

    /// Whether members do not wait for stores of this kind.
    fn is_last(&self, kind: StoreKind) -> bool {
        let mut stages = self.inventory.product.plan.stages.iter();
        stages.any(|it| it.last && it.stores.iter().any(|id| id == kind.id()))
    }

    fn mirror(&mut self, pool: &Pool, store: &Store, kind: StoreKind) {
        let Some(mirror) = &store.mirror.value else {
            return;
        };
        if let Some(primary) = &store.server.value {
            self.wait(mirror, primary, Kind::Mirror, pool, &store.mirror);
        }
        if let Some(host) = self.share_host(&pool.mirror_share) {
            self.wait(mirror, &host, Kind::MirrorShare, pool, &pool.mirror_share);
        }
        if let (StoreKind::User, Some(witness)) = (kind, &pool.witness.value) {
            self.wait(mirror, witness, Kind::Witness, pool, &pool.witness);
        }
    }

    /// Members wait for their database, unless its mirror goes on; and so does the database for the file store.
    fn database(&mut self, pool: &Pool, store: &Store, kind: StoreKind) {
        let Some(primary) = &store.server.value else {
            return;
        };
        let mirror_runs = store
            .mirror
            .value
            .as_ref()
            .is_some_and(|it| !self.lost.contains(it));
        if !mirror_runs {
            for member in self.members(pool) {
                self.wait(&member, primary, Kind::Database, pool, &store.server);
            }
        }
        let hosts_cms = stage::hosts_cms(self.inventory, primary, self.moved);
        if kind == StoreKind::User
            && !hosts_cms
            && let Some(host) = self.inventory.file_store_host(pool)
        {
            self.wait(primary, &host.fqdn, Kind::Publish, pool, &pool.file_store);
        }
    }

    /// Records come last, unless their server is needed for something else.
    fn records(&mut self, pool: &Pool, store: &Store) {
        let Some(server) = &store.server.value else {
            return;
        };
        if stage::is_last(self.inventory, server, self.moved) {
            for member in self.members(pool) {
                self.wait(server, &member, Kind::Later, pool, &store.server);
            }
        }
    }

    fn file_store(&mut self, pool: &Pool) {
        if pool.kinds(self.inventory.product).any(|it| it.one_computer) {
            return;
        }
        if let Some(host) = self.inventory.file_store_host(pool) {
            for member in self.members(pool) {
                self.wait(&member, &host.fqdn, Kind::FileStore, pool, &pool.file_store);
            }
        }
    }

    fn next_hop(&mut self, pool: &Pool) {
        let hop = pool
            .next_hop
            .value
            .as_ref()
            .and_then(|hop| self.inventory.pool(hop));
        let Some(hop) = hop else {
            return;
        };
        for member in self.members(pool) {
            for on in self.members(hop) {
                self.wait(&member, &on, Kind::NextHop, pool, &pool.next_hop);
            }
        }
    }

    fn members(&self, pool: &Pool) -> Vec<Fqdn> {
        self.inventory
            .members(pool)
            .map(|it| it.fqdn.clone())
            .collect()
    }

    fn share_host(&self, share: &Field<FilePath>) -> Option<Fqdn> {
        let host = share.value.as_ref().and_then(FilePath::host)?;
        self.inventory.host(host).map(|server| server.fqdn.clone())
    }
}
