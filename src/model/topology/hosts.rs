//! Which servers may host a pool's file store where the pool's own cell does not say: it is blank, or no share.
//!
//! A file server must not lose its procedure because somebody wrote `see notes` into another row. So the backups'
//! rows are asked, then the roles; what the cell would have said stays a gap in every command that needs it.

use crate::inventory::{FileStoreBackup, Pool, Server};
use crate::rows::FilePath;

use super::gather::tie;
use super::{Cell, End, Share, Tie, Topology, What};

/// A tie for each server that may host a share no cell names.
pub(super) fn surmised<'a>(topology: &Topology<'a>) -> Vec<Tie<'a>> {
    let pools = topology.inventory.pools.iter();
    pools.flat_map(|pool| of_pool(topology, pool)).collect()
}

fn of_pool<'a>(topology: &Topology<'a>, pool: &'a Pool) -> Vec<Tie<'a>> {
    let says_itself = pool.file_store.value.is_some();
    if says_itself || pool.is_one_computer() || !pool.has_file_store() {
        return Vec::new();
    }
    let mut recorded: Vec<(&Server, &FileStoreBackup)> = Vec::new();
    for row in topology.file_store_rows(pool) {
        match host_of(topology, row) {
            Some(host) if recorded.iter().all(|(known, _)| known.fqdn != host.fqdn) => {
                recorded.push((host, row));
            }
            _ => {}
        }
    }
    let hosts = |server: &'a Server, cell: Cell<'a>| {
        let (from, to) = (End::Server(&server.fqdn), End::Pool(&pool.fqdn));
        tie(from, What::Hosts(Share::FileStore), to, cell)
    };
    if recorded.is_empty() {
        let servers = file_servers(topology, pool).into_iter();
        return servers
            .map(|it| hosts(it, Cell::of(&it.roles, &it.fqdn)))
            .collect();
    }
    let recorded = recorded.into_iter();
    recorded
        .map(|(server, row)| hosts(server, Cell::of_backup(row, &pool.fqdn)))
        .collect()
}

/// The server a backup row is of: the host of its share, else its `Server name (FQDN)`.
fn host_of<'a>(topology: &Topology<'a>, row: &FileStoreBackup) -> Option<&'a Server> {
    let host = row.share.value.as_ref().and_then(FilePath::host);
    let host = host.and_then(|host| topology.host(host));
    let named = || topology.server(row.server.value.as_ref()?);
    let host = host.or_else(named)?;
    // A pool of one computer keeps its share on that, which hosts no other's.
    (!topology.is_one_computer(host)).then_some(host)
}

/// The file servers that host no other pool's file store. Where each hosts one, all of them for a pool whose cell says
/// something that cannot be read; a blank cell says nothing of them.
fn file_servers<'a>(topology: &Topology<'a>, pool: &Pool) -> Vec<&'a Server> {
    let servers = topology.inventory.servers.iter();
    let all = servers.filter(|server| topology.has(server, |role| role.shares));
    let is_hosting = |server: &&Server| !topology.file_stores_on(server).is_empty();
    let (hosting, idle): (Vec<_>, Vec<_>) = all.partition(is_hosting);
    if idle.is_empty() && !pool.file_store.is_blank() {
        hosting
    } else {
        idle
    }
}
