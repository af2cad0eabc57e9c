//! Shares: which two are one, and which backup is of which.

use std::collections::BTreeSet;

use crate::inventory::{FileStoreBackup, Pool};
use crate::rows::{FilePath, Fqdn};

use super::Topology;

impl<'a> Topology<'a> {
    /// Whether two shares are one: alike but for case, and for a host written short or in full.
    pub fn same_share(&self, one: &FilePath, other: &FilePath) -> bool {
        self.names.share_key(one) == self.names.share_key(other)
    }

    /// Whether a pool names this share as its file store.
    pub fn is_file_store(&self, share: &FilePath) -> bool {
        self.backups.is_file_store(&self.names.share_key(share))
    }

    /// The backup row of a pool's file store: by the share itself, else by `Pool FQDN`, else by the server.
    ///
    /// # Errors
    /// The rows that fit, if not one.
    pub fn file_store_backup(
        &self,
        pool: &Pool,
    ) -> Result<&'a FileStoreBackup, Vec<&'a FileStoreBackup>> {
        let share = pool.file_store.value.as_ref();
        let of_share = share.and_then(|share| {
            let key = self.names.share_key(share);
            self.backups.shares_by_key.get(&key)
        });
        let is_of_share = |position: &&usize| of_share.is_none_or(|it| it.contains(position));
        if let Some([one]) = of_share.map(Vec::as_slice) {
            return self.inventory.file_stores.get(*one).ok_or_else(Vec::new);
        }
        let of_pool = self.backups.shares_by_pool.get(&pool.fqdn);
        let of_pool: Vec<_> = of_pool.into_iter().flatten().filter(is_of_share).collect();
        if !of_pool.is_empty() {
            return only(self.shares(of_pool));
        }
        let near: BTreeSet<&usize> = self.near(pool).into_iter().filter(is_of_share).collect();
        // A row that names another share of the server is not this one.
        let is_open = |row: &&FileStoreBackup| row.share.value.is_none() || share.is_none();
        let rows: Vec<_> = self.shares(near).into_iter().filter(is_open).collect();
        match of_share {
            // Several rows name the share, and nothing says which of them counts.
            Some(several) if rows.is_empty() => Err(self.shares(several)),
            _ => only(rows),
        }
    }

    /// The rows that name no pool but the host of this pool's share, or its own name.
    fn near(&self, pool: &Pool) -> Vec<&usize> {
        let host = pool.file_store.value.as_ref().and_then(FilePath::host);
        let host = host.and_then(|host| self.host(host)).map(|it| &it.fqdn);
        let names: BTreeSet<&Fqdn> = host.into_iter().chain([&pool.fqdn]).collect();
        let rows = names.into_iter();
        let rows = rows.filter_map(|name| self.backups.shares_by_server.get(name));
        rows.flatten().collect()
    }

    /// The backup rows that may be of a pool's file store: those that name the pool, else those of shares that no
    /// pool names.
    pub(super) fn file_store_rows(&self, pool: &Pool) -> Vec<&'a FileStoreBackup> {
        let of_pool = self.backups.shares_by_pool.get(&pool.fqdn);
        let of_pool = self.shares(of_pool.into_iter().flatten());
        if !of_pool.is_empty() {
            return of_pool;
        }
        let of_no_pool = self.shares(self.backups.shares_by_server.values().flatten());
        let is_open = |row: &&FileStoreBackup| {
            let share = row.share.value.as_ref();
            !share.is_some_and(|share| self.is_file_store(share))
        };
        of_no_pool.into_iter().filter(is_open).collect()
    }

    /// File store backups at these positions.
    fn shares<'p>(
        &self,
        positions: impl IntoIterator<Item = &'p usize>,
    ) -> Vec<&'a FileStoreBackup> {
        let rows = positions.into_iter();
        rows.filter_map(|position| self.inventory.file_stores.get(*position))
            .collect()
    }
}

fn only(rows: Vec<&FileStoreBackup>) -> Result<&FileStoreBackup, Vec<&FileStoreBackup>> {
    match rows.as_slice() {
        [one] => Ok(one),
        _ => Err(rows),
    }
}
