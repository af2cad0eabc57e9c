//! Rules about what other rows give away: a backup tells what a server holds, an address whose it is.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, words};
use crate::inventory::{FileStoreBackup, Server};
use crate::rows::FilePath;

use super::{Case, pool_subject, server_subject};

/// A database that is backed up from a server although no pool says that it is there: the server's packet would lack
/// its restore, and look whole.
pub(super) fn backup_without_store(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    for row in &inventory.databases {
        let (Some(database), Some(name)) = (row.database.value, &row.server.value) else {
            continue;
        };
        let (Some((kind, _)), Some(server)) = (
            inventory.product.database(database.id),
            case.topology.server(name),
        ) else {
            continue;
        };
        // The users' store is named by their pool.
        if kind.users {
            continue;
        }
        let held = case
            .topology
            .holdings(name)
            .iter()
            .any(|it| it.kind == kind);
        // A Standard Edition server holds its own without being named.
        if held || case.topology.is_one_computer(server) {
            continue;
        }
        let message = format!(
            "`{}` is backed up from `{}`, but no pool names that server for its {}",
            database.printed, server.fqdn, kind.label
        );
        findings.push(
            Finding::new(Code::BackupWithoutStore, message)
                .at(&row.server.place)
                .help("name the server in the `pools` worksheet, or correct or delete this row")
                .about(server_subject(server)),
        );
    }
}

/// A pool whose backup rows are of another share than the one its own row names. A pool may have further shares, so one
/// row that fits is enough.
pub(super) fn file_store_differs(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    for pool in &inventory.pools {
        let Some(store) = &pool.file_store.value else {
            continue;
        };
        let rows = inventory.file_stores.iter();
        let own: Vec<(&FileStoreBackup, &FilePath)> = rows
            .filter(|row| row.pool.value.as_ref() == Some(&pool.fqdn))
            .filter_map(|row| Some((row, row.share.value.as_ref()?)))
            .collect();
        if own
            .iter()
            .any(|(_, share)| case.topology.same_share(share, store))
        {
            continue;
        }
        let Some((row, _)) = own.first() else {
            continue;
        };
        let message = format!(
            "the file store is `{}` here and `{}` in the pool's backup row ({})",
            words::excerpt(&pool.file_store.text),
            words::excerpt(&row.share.text),
            row.share.place
        );
        findings.push(
            Finding::new(Code::FileStoreDiffers, message)
                .at(&pool.file_store.place)
                .help("look into the topology which share it is, and correct the other cell")
                .about(pool_subject(pool)),
        );
    }
}

/// One address in the rows of two servers. Several in one cell stand on lines of their own.
pub(super) fn shared_address(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut owners: BTreeMap<&str, Vec<&Server>> = BTreeMap::new();
    for server in &case.inventory.servers {
        let text = server.ip_address.value.as_deref().unwrap_or_default();
        let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/'));
        for address in parts.filter(|it| it.parse::<core::net::IpAddr>().is_ok()) {
            let owners = owners.entry(address).or_default();
            if owners.iter().all(|it| it.fqdn != server.fqdn) {
                owners.push(server);
            }
        }
    }
    for (address, owners) in owners.iter().filter(|(_, owners)| owners.len() > 1) {
        for server in owners {
            let others = owners.iter().filter(|it| it.fqdn != server.fqdn);
            let others = words::quoted(others.map(|it| it.fqdn.as_str()));
            let message = format!("`{address}` is the address of {others} too");
            findings.push(
                Finding::new(Code::SharedAddress, message)
                    .at(&server.ip_address.place)
                    .help("look at the servers themselves, and correct the row that is wrong"),
            );
        }
    }
}
