//! Where each name stands among the records, so that look-ups cost the same in an estate of two thousand servers as
//! in one of twenty. Built once, when everything is read; [`super::lookup`] asks it.

use std::collections::{BTreeMap, BTreeSet};

use super::Inventory;
use super::fqdn::Fqdn;
use super::hosts;
use super::lookup::{Part, StoreKind, has_user_store};
use super::path::FilePath;

/// Positions in the inventory's lists, in worksheet order.
type Positions = BTreeMap<Fqdn, Vec<usize>>;

/// A share as shares are compared: its host in full, if it has one, and the rest in lower case.
pub(super) type ShareKey = (Option<String>, Option<String>);

/// The index.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Servers by name.
    pub(super) servers: BTreeMap<Fqdn, usize>,
    /// Servers by computer name; `None` where several share one.
    computers: BTreeMap<String, Option<usize>>,
    /// Servers by the pool they name, or whose name they bear.
    pub(super) members: Positions,
    /// Pools by name.
    pub(super) pools: BTreeMap<Fqdn, usize>,
    /// Pools by the pool they name as their backup pool; the first of each.
    pub(super) paired: BTreeMap<Fqdn, usize>,
    /// Pools by their witness.
    pub(super) witnessed: Positions,
    /// The first pool that hosts the active Central Management store.
    pub(super) cms: Option<usize>,
    /// What each SQL Server holds: pool, store, part.
    pub(super) holdings: BTreeMap<Fqdn, Vec<(usize, StoreKind, Part)>>,
    /// Enterprise Edition pools by the server that hosts their file store, or may, where their own cell names none.
    pub(super) shares_on: Positions,
    /// The servers that may host a pool's file store, by the position of a pool whose own cell names none.
    pub(super) possible_hosts: BTreeMap<usize, BTreeSet<usize>>,
    /// Certificates by the server or pool they are for.
    pub(super) certificates: Positions,
    /// Rows of database backups.
    pub(super) databases: Databases,
    /// File store backups by share.
    pub(super) stores_by_share: BTreeMap<ShareKey, Vec<usize>>,
    /// File store backups by `Pool FQDN`.
    pub(super) stores_by_pool: Positions,
    /// File store backups by server, where no pool is named.
    pub(super) stores_by_server: Positions,
}

/// Rows of database backups, by the id of the database.
#[derive(Clone, Debug, Default)]
pub(super) struct Databases {
    /// All rows of a database.
    pub(super) all: BTreeMap<&'static str, Vec<usize>>,
    /// Those that name a pool, by pool.
    pub(super) by_pool: BTreeMap<(&'static str, Fqdn), Vec<usize>>,
    /// Those that name none, by server.
    pub(super) by_server: BTreeMap<(&'static str, Fqdn), Vec<usize>>,
}

impl Index {
    /// The index of these records.
    pub(super) fn of(inventory: &Inventory) -> Self {
        let mut index = Self::default();
        index.add_servers(inventory);
        index.add_pools(inventory);
        for (position, certificate) in inventory.certificates.iter().enumerate() {
            let of_name = index.certificates.entry(certificate.fqdn.clone());
            of_name.or_default().push(position);
        }
        index.add_databases(inventory);
        index.add_file_stores(inventory);
        index.add_unnamed_hosts(inventory);
        index
    }

    /// The server a host name in a path means: by FQDN, or by a short name that only one server has.
    pub(super) fn host(&self, host: &str) -> Option<usize> {
        let host = host.trim_end_matches('.').to_lowercase();
        if host.contains('.') {
            let name = Fqdn::parse(&host).ok()?;
            return self.servers.get(&name).copied();
        }
        self.computers.get(&host).copied().flatten()
    }

    fn add_servers(&mut self, inventory: &Inventory) {
        for (position, server) in inventory.servers.iter().enumerate() {
            self.servers.entry(server.fqdn.clone()).or_insert(position);
            self.computers
                .entry(server.fqdn.computer_name().to_owned())
                .and_modify(|known| *known = None)
                .or_insert(Some(position));
            let named = server.pool.value.as_ref();
            for pool in named.into_iter().chain([&server.fqdn]) {
                let members = self.members.entry(pool.clone()).or_default();
                if members.last() != Some(&position) {
                    members.push(position);
                }
            }
        }
    }

    fn add_pools(&mut self, inventory: &Inventory) {
        for (position, pool) in inventory.pools.iter().enumerate() {
            self.pools.entry(pool.fqdn.clone()).or_insert(position);
            if let Some(partner) = &pool.backup_pool.value {
                self.paired.entry(partner.clone()).or_insert(position);
            }
            if let Some(witness) = &pool.witness.value {
                let of_witness = self.witnessed.entry(witness.clone());
                of_witness.or_default().push(position);
            }
            if self.cms.is_none() && pool.hosts_cms() {
                self.cms = Some(position);
            }
            for kind in StoreKind::ALL {
                if kind == StoreKind::User && !has_user_store(pool) {
                    continue;
                }
                let store = kind.of(pool);
                for (server, part) in [
                    (&store.server, Part::Primary),
                    (&store.mirror, Part::Mirror),
                ] {
                    if let Some(server) = &server.value {
                        let held = self.holdings.entry(server.clone()).or_default();
                        held.push((position, kind, part));
                    }
                }
            }
            let host = pool.file_store.value.as_ref().and_then(FilePath::host);
            let host = host.and_then(|host| self.host(host));
            if let Some(host) = host.filter(|_| !pool.is("standard-edition")) {
                let name = inventory.servers[host].fqdn.clone();
                self.shares_on.entry(name).or_default().push(position);
            }
        }
    }

    fn add_databases(&mut self, inventory: &Inventory) {
        for (position, row) in inventory.databases.iter().enumerate() {
            let Some(database) = row.database.value.map(|name| name.id) else {
                continue;
            };
            let rows = &mut self.databases;
            rows.all.entry(database).or_default().push(position);
            let (list, name) = match (&row.pool.value, &row.server.value) {
                (Some(pool), _) => (&mut rows.by_pool, pool),
                (None, Some(server)) => (&mut rows.by_server, server),
                (None, None) => continue,
            };
            let of_name = list.entry((database, name.clone()));
            of_name.or_default().push(position);
        }
    }

    fn add_file_stores(&mut self, inventory: &Inventory) {
        for (position, row) in inventory.file_stores.iter().enumerate() {
            if let Some(share) = &row.share.value {
                let key = inventory.share_key(share, self);
                self.stores_by_share.entry(key).or_default().push(position);
            }
            let (list, name) = match (&row.pool.value, &row.server.value) {
                (Some(pool), _) => (&mut self.stores_by_pool, pool),
                (None, Some(server)) => (&mut self.stores_by_server, server),
                (None, None) => continue,
            };
            list.entry(name.clone()).or_default().push(position);
        }
    }

    /// After all else, since it asks which shares and servers other pools have named.
    fn add_unnamed_hosts(&mut self, inventory: &Inventory) {
        for (position, pool) in inventory.pools.iter().enumerate() {
            let hosts = hosts::possible(inventory, self, pool);
            if !hosts.is_empty() {
                self.possible_hosts.insert(position, hosts);
            }
        }
        for (pool, hosts) in &self.possible_hosts {
            for host in hosts {
                let name = inventory.servers[*host].fqdn.clone();
                self.shares_on.entry(name).or_default().push(*pool);
            }
        }
    }
}
