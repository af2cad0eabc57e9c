//! Which servers may host a pool's file store where the pool's own cell does not say: it is blank, or no share.
//!
//! A file server must not lose its procedure because somebody wrote `see notes` into another row. So the backups'
//! rows are asked, then the roles; what the cell would have said stays a gap in every command that needs it.

use std::collections::BTreeSet;

use super::index::Index;
use super::lookup::has_file_store;
use super::path::FilePath;
use super::{FileStoreBackup, Inventory, Pool, Server};

/// The role of a computer that hosts shares.
const FILE_SERVER: &str = "file";

/// What says that a server hosts a pool's file store, the best first.
#[derive(Clone, Copy, Debug)]
pub enum HostSource<'a> {
    /// The pool's own `File store`.
    Pool,
    /// A row of the file store backups.
    Backup(&'a FileStoreBackup),
    /// The server's role alone.
    Role,
}

impl Inventory {
    /// What says that this server hosts the pool's file store.
    pub fn host_source(&self, server: &Server, pool: &Pool) -> HostSource<'_> {
        if pool.file_store.value.is_some() {
            return HostSource::Pool;
        }
        let rows = backups(self, &self.index, pool).into_iter();
        let mut of_server = rows.filter(|row| {
            host_of(self, &self.index, row)
                .and_then(|host| self.servers.get(host))
                .is_some_and(|host| host.fqdn == server.fqdn)
        });
        of_server
            .next()
            .map_or(HostSource::Role, HostSource::Backup)
    }
}

/// The positions of the servers that may host a pool's file store, for pools whose own cell names no share.
pub(super) fn possible(inventory: &Inventory, index: &Index, pool: &Pool) -> BTreeSet<usize> {
    let says_itself = pool.file_store.value.is_some();
    if says_itself || pool.is("standard-edition") || !has_file_store(pool) {
        return BTreeSet::new();
    }
    let rows = backups(inventory, index, pool).into_iter();
    let recorded: BTreeSet<usize> = rows
        .filter_map(|row| host_of(inventory, index, row))
        .collect();
    if recorded.is_empty() {
        file_servers(inventory, index, pool)
    } else {
        recorded
    }
}

/// The backup rows that may be of a pool's file store: those that name the pool, else those of shares that no other
/// pool names.
fn backups<'a>(inventory: &'a Inventory, index: &Index, pool: &Pool) -> Vec<&'a FileStoreBackup> {
    let row = |position: &usize| inventory.file_stores.get(*position);
    let of_pool = index.stores_by_pool.get(&pool.fqdn).into_iter().flatten();
    let of_pool: Vec<_> = of_pool.filter_map(row).collect();
    if !of_pool.is_empty() {
        return of_pool;
    }
    let of_no_pool = index.stores_by_server.values().flatten().filter_map(row);
    of_no_pool
        .filter(|row| !is_claimed(inventory, index, row))
        .collect()
}

/// Whether a pool names the share of a row as its own.
fn is_claimed(inventory: &Inventory, index: &Index, row: &FileStoreBackup) -> bool {
    let Some(share) = &row.share.value else {
        return false;
    };
    let key = |path: &FilePath| inventory.share_key(path, index);
    let named = inventory.pools.iter();
    let mut named = named.filter_map(|pool| pool.file_store.value.as_ref());
    named.any(|path| key(path) == key(share))
}

/// The server a backup row is of: the host of its share, else its `Server name (FQDN)`.
fn host_of(inventory: &Inventory, index: &Index, row: &FileStoreBackup) -> Option<usize> {
    let host = row.share.value.as_ref().and_then(FilePath::host);
    let host = host.and_then(|host| index.host(host));
    let named = || index.servers.get(row.server.value.as_ref()?).copied();
    let host = host.or_else(named)?;
    // A Standard Edition server hosts its own pool's share and no other's.
    let is_own = |server: &Server| {
        let pool = index.pools.get(&server.fqdn);
        pool.and_then(|pool| inventory.pools.get(*pool))
            .is_some_and(|pool| pool.is("standard-edition"))
    };
    let server = inventory.servers.get(host)?;
    (!server.has_role("standard-edition") && !is_own(server)).then_some(host)
}

/// The file servers that host no other pool's file store. Where each hosts one, all of them for a pool whose cell says
/// something that cannot be read; a blank cell says nothing of them.
fn file_servers(inventory: &Inventory, index: &Index, pool: &Pool) -> BTreeSet<usize> {
    let servers = inventory.servers.iter().enumerate();
    let all = servers.filter(|(_, server)| server.has_role(FILE_SERVER));
    let (hosting, idle): (Vec<_>, Vec<_>) =
        all.partition(|(_, server)| index.shares_on.contains_key(&server.fqdn));
    let chosen = if idle.is_empty() && !pool.file_store.is_blank() {
        hosting
    } else {
        idle
    };
    chosen.into_iter().map(|(position, _)| position).collect()
}
