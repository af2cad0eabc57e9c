//! Rules about what other rows give away: a backup tells what a server holds, a share whose it is.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, words};
use crate::inventory::{DatabaseBackup, FileStoreBackup, Pool, Server};
use crate::product::StoreKind;
use crate::rows::{FilePath, Fqdn};

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
            findings.extend(users_elsewhere(case, row, kind, server));
            continue;
        }
        let held = case
            .topology
            .holdings(name)
            .iter()
            .any(|it| it.kind == kind);
        if held {
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

/// A backup of the users' store that is of neither a pool nor one of its computers.
fn users_elsewhere(
    case: &Case<'_>,
    row: &DatabaseBackup,
    kind: &StoreKind,
    server: &Server,
) -> Option<Finding> {
    // A name that cannot be told may be this server's, and has a finding of its own.
    let is_open = case.inventory.pools.iter().any(|pool| {
        let store = &pool.store(kind).server;
        let known = store.value.as_ref().and_then(|it| case.topology.server(it));
        !store.is_blank() && known.is_none()
    });
    let is_of_pool = is_open
        || case.topology.pool_of(server).is_some()
        || case.topology.pool(&server.fqdn).is_some()
        || !case.topology.holdings_of(&server.fqdn, kind).is_empty();
    let database = row.database.value?;
    let message = format!(
        "`{}` is backed up from `{}`, which is neither a member of a pool nor the server of one's {}",
        database.printed, server.fqdn, kind.label
    );
    (!is_of_pool).then(|| {
        Finding::new(Code::BackupWithoutStore, message)
            .at(&row.server.place)
            .help("name the pool, one of its servers or its SQL Server here, or delete this row")
            .about(server_subject(server))
    })
}

/// A backup row of a share that is another pool's than the one the row names.
pub(super) fn share_of_other_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in &case.inventory.file_stores {
        let (Some(named), Some(share)) = (&row.pool.value, &row.share.value) else {
            continue;
        };
        let is_own = |pool: &&Pool| {
            let store = pool.file_store.value.as_ref();
            store.is_some_and(|store| case.topology.same_share(store, share))
        };
        let mut owners = case.inventory.pools.iter().filter(is_own).peekable();
        if owners.peek().is_none() || owners.clone().any(|pool| pool.fqdn == *named) {
            continue;
        }
        for pool in owners {
            let message = format!(
                "the row names `{named}`, but its share is the file store of `{}` ({})",
                pool.fqdn, pool.file_store.place
            );
            findings.push(
                Finding::new(Code::FileStoreDiffers, message)
                    .at(&row.pool.place)
                    .help("look into the topology whose share it is, and correct the other cell")
                    .about(pool_subject(pool)),
            );
        }
    }
}

/// A backup row whose server belongs to another pool than the one the row names.
pub(super) fn server_of_other_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in &case.inventory.databases {
        let (Some(named), Some(host)) = (&row.pool.value, &row.server.value) else {
            continue;
        };
        let Some(pool) = case.topology.pool(named) else {
            continue;
        };
        let stores = pool.stores.iter();
        let mut holders = stores.flat_map(|store| [&store.server.value, &store.mirror.value]);
        let is_own = pool.fqdn == *host
            || case.topology.members(pool).any(|it| it.fqdn == *host)
            || holders.any(|it| it.as_ref() == Some(host));
        let other = case
            .topology
            .server(host)
            .and_then(|it| case.topology.pool_of(it));
        let other = other.or_else(|| case.topology.pool(host));
        let Some(other) = other.filter(|other| !is_own && other.fqdn != *named) else {
            continue;
        };
        let message = format!(
            "`{host}` is of `{}`, but the row names `{named}` ({})",
            other.fqdn, row.pool.place
        );
        findings.push(
            Finding::new(Code::ContradictingCells, message)
                .at(&row.server.place)
                .help("see of which pool the backup is, and correct the other cell")
                .about(pool_subject(pool)),
        );
    }
}

/// A backup of what a deployment has one of, from the servers of another pool than the one that is said to host it.
pub(super) fn central_of_other_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let Some(host) = case.topology.central_pool() else {
        return;
    };
    let central = &case.inventory.product.central.databases;
    let is_holder = |pool: &Pool, name: &Fqdn| {
        let store = pool.user_store();
        pool.fqdn == *name
            || [&store.server, &store.mirror]
                .iter()
                .any(|it| it.value.as_ref() == Some(name))
    };
    for row in &case.inventory.databases {
        let (Some(database), Some(name)) = (row.database.value, &row.server.value) else {
            continue;
        };
        let is_own = |pool: &Pool| pool.holds_central() && is_holder(pool, name);
        let mut pools = case.inventory.pools.iter();
        if !central.iter().any(|it| it.id == database.id) || pools.clone().any(is_own) {
            continue;
        }
        let Some(other) = pools.find(|pool| is_holder(pool, name) && pool.fqdn != host.fqdn) else {
            continue;
        };
        let message = format!(
            "`{}` is backed up from `{name}`, which is of `{}`, but `{}` is said to host it ({})",
            database.printed, other.fqdn, host.fqdn, host.central.place
        );
        findings.push(
            Finding::new(Code::ContradictingCells, message)
                .at(&row.server.place)
                .help("see which pool hosts it, and correct the cell that is wrong")
                .about(pool_subject(host))
                .about(pool_subject(other)),
        );
    }
}

/// A backup of what a pool is said not to have.
pub(super) fn backup_of_what_is_not(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let is_optional = |pool: &Pool, id: &str| {
        let mut databases = pool.stores.iter().flat_map(|it| &it.kind.databases);
        databases.any(|it| it.id == id && it.optional)
    };
    for row in &case.inventory.databases {
        let names = [&row.pool.value, &row.server.value].into_iter().flatten();
        let mut pools = names.filter_map(|it| case.topology.pool(it));
        let (Some(database), Some(pool)) = (row.database.value, pools.next()) else {
            continue;
        };
        if pool.response_group.value != Some(false) || !is_optional(pool, database.id) {
            continue;
        }
        let message = format!(
            "`{}` says that `{}` has none, but `{}` of it is backed up ({})",
            pool.response_group.text, pool.fqdn, database.printed, row.row
        );
        findings.push(
            Finding::new(Code::ContradictingCells, message)
                .at(&pool.response_group.place)
                .help("see whether the pool has it, and correct this cell or delete the row")
                .about(pool_subject(pool)),
        );
    }
}

/// Two rows that record one backup: the same database of the same server in the same place.
pub(super) fn backup_twice(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<(&str, &Fqdn, String), &DatabaseBackup> = BTreeMap::new();
    for row in &case.inventory.databases {
        let (Some(database), Some(server), Some(file)) =
            (row.database.value, &row.server.value, row.location())
        else {
            continue;
        };
        let key = (database.id, server, file.to_string().to_lowercase());
        let known = first.entry(key).or_insert(row);
        if known.row != row.row {
            let message = format!(
                "the same backup of `{}` has a row already ({})",
                database.printed, known.row
            );
            findings.push(Finding::new(Code::OddValue, message).at(&row.row).help(
                "delete one of the two rows, or correct the one that is about another backup",
            ));
        }
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
