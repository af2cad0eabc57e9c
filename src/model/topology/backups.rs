//! Which backup row is whose: by the pool it names, else by the servers a pool has to do with.

use std::collections::{BTreeMap, BTreeSet};

use crate::inventory::{DatabaseBackup, Inventory, Pool};
use crate::product::Database;
use crate::rows::Fqdn;

use super::Topology;
use super::names::{Names, ShareKey};

/// Positions in one of the inventory's lists, in worksheet order.
type Positions<'a> = BTreeMap<&'a Fqdn, Vec<usize>>;

/// Rows of databases by database and name.
type Databases<'a> = BTreeMap<(&'static str, &'a Fqdn), Vec<usize>>;

/// Where the rows of backups and certificates stand.
#[derive(Debug, Default)]
pub(super) struct Backups<'a> {
    /// Certificates by the server or pool they are for.
    certificates: Positions<'a>,
    /// All rows of a database.
    databases: BTreeMap<&'static str, Vec<usize>>,
    /// Those that name a pool, by pool.
    databases_by_pool: Databases<'a>,
    /// Those that name none, by server.
    databases_by_server: Databases<'a>,
    /// File store backups by share.
    pub(super) shares_by_key: BTreeMap<ShareKey, Vec<usize>>,
    /// File store backups by `Pool FQDN`.
    pub(super) shares_by_pool: Positions<'a>,
    /// File store backups by server, where no pool is named.
    pub(super) shares_by_server: Positions<'a>,
    /// The shares that pools name as their file stores.
    file_stores: BTreeSet<ShareKey>,
}

/// Why there is not exactly one backup row.
#[derive(Clone, Debug)]
pub enum NoBackup<'a> {
    /// No row fits.
    None,
    /// Several do.
    Several(Vec<&'a DatabaseBackup>),
}

impl<'a> Backups<'a> {
    pub(super) fn of(inventory: &'a Inventory, names: &Names<'a>) -> Self {
        let mut backups = Self::default();
        for (position, row) in inventory.certificates.iter().enumerate() {
            let of_name = backups.certificates.entry(&row.fqdn).or_default();
            of_name.push(position);
        }
        backups.add_databases(inventory);
        backups.add_shares(inventory, names);
        backups
    }

    fn add_databases(&mut self, inventory: &'a Inventory) {
        for (position, row) in inventory.databases.iter().enumerate() {
            let Some(database) = row.database.value.map(|name| name.id) else {
                continue;
            };
            self.databases.entry(database).or_default().push(position);
            let (list, name) = match (&row.pool.value, &row.server.value) {
                (Some(pool), _) => (&mut self.databases_by_pool, pool),
                (None, Some(server)) => (&mut self.databases_by_server, server),
                (None, None) => continue,
            };
            list.entry((database, name)).or_default().push(position);
        }
    }

    fn add_shares(&mut self, inventory: &'a Inventory, names: &Names<'a>) {
        let pools = inventory.pools.iter();
        let named = pools.filter_map(|pool| pool.file_store.value.as_ref());
        self.file_stores = named.map(|share| names.share_key(share)).collect();
        for (position, row) in inventory.file_stores.iter().enumerate() {
            if let Some(share) = &row.share.value {
                let of_share = self.shares_by_key.entry(names.share_key(share));
                of_share.or_default().push(position);
            }
            let (list, name) = match (&row.pool.value, &row.server.value) {
                (Some(pool), _) => (&mut self.shares_by_pool, pool),
                (None, Some(server)) => (&mut self.shares_by_server, server),
                (None, None) => continue,
            };
            list.entry(name).or_default().push(position);
        }
    }

    /// The positions of the certificates for this name.
    pub(super) fn certificates(&self, name: &Fqdn) -> impl Iterator<Item = usize> {
        let found = self.certificates.get(name);
        found.into_iter().flatten().copied()
    }

    pub(super) fn is_file_store(&self, share: &ShareKey) -> bool {
        self.file_stores.contains(share)
    }
}

impl<'a> Topology<'a> {
    /// The backup row of one of a pool's databases: the row whose `Pool FQDN` is the pool, else the one
    /// whose server is the pool, its SQL Server, its mirror or a member.
    ///
    /// # Errors
    /// No such row, or several.
    pub fn backup(
        &self,
        database: &Database,
        pool: &Pool,
    ) -> Result<&'a DatabaseBackup, NoBackup<'a>> {
        let decided = self
            .backups
            .databases_by_pool
            .get(&(database.id.as_str(), &pool.fqdn));
        if let Some(decided) = decided {
            return only(self.databases(decided));
        }
        let names = self.names_near(database, pool).into_iter();
        let rows = &self.backups.databases_by_server;
        let found = names.filter_map(|name| rows.get(&(database.id.as_str(), name)));
        let positions: BTreeSet<&usize> = found.flatten().collect();
        let near = self.databases(positions);
        // An export is of one pool; a SQL Server that holds two pools' stores does not say of which.
        if database.of_pool && near.iter().any(|row| self.serves_several(row)) {
            return Err(NoBackup::Several(near));
        }
        only(near)
    }

    /// The backup row of a database of which a deployment has one.
    ///
    /// # Errors
    /// No such row, or several.
    pub fn global_backup(&self, database: &Database) -> Result<&'a DatabaseBackup, NoBackup<'a>> {
        let rows = self.backups.databases.get(database.id.as_str());
        only(self.databases(rows.into_iter().flatten()))
    }

    /// Database backups at these positions.
    fn databases<'p>(
        &self,
        positions: impl IntoIterator<Item = &'p usize>,
    ) -> Vec<&'a DatabaseBackup> {
        let rows = positions.into_iter();
        rows.filter_map(|position| self.inventory.databases.get(*position))
            .collect()
    }

    /// The names under which a backup row may have to do with a pool's database.
    fn names_near<'p>(&self, database: &Database, pool: &'p Pool) -> BTreeSet<&'p Fqdn>
    where
        'a: 'p,
    {
        let found = self.inventory.product.database(&database.id);
        let store = found.map(|(kind, _)| pool.store(kind)).into_iter();
        let cells = store.flat_map(|store| [&store.server.value, &store.mirror.value]);
        let stores = cells.flatten();
        let members = self.members(pool).map(|member| &member.fqdn);
        stores.chain(members).chain([&pool.fqdn]).collect()
    }

    fn serves_several(&self, row: &DatabaseBackup) -> bool {
        let Some(server) = &row.server.value else {
            return false;
        };
        self.users_on(server).len() > 1
    }
}

fn only(rows: Vec<&DatabaseBackup>) -> Result<&DatabaseBackup, NoBackup<'_>> {
    match rows.as_slice() {
        [one] => Ok(one),
        [] => Err(NoBackup::None),
        _ => Err(NoBackup::Several(rows)),
    }
}
