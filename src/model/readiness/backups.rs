//! Rules about backups.

use crate::finding::{Code, Finding, Place, Severity, words};
use crate::inventory::{Inventory, Pool};
use crate::product::{Database, Product};
use crate::rows::cell_words::{self, Meaning};
use crate::rows::{Field, FilePath, Fqdn};
use crate::topology::NoBackup;

use super::{Case, Day, joins, pool_subject};

/// The databases a pool is expected to have a backup of.
fn expected(product: &'static Product, pool: &Pool) -> Vec<&'static Database> {
    let kinds = product.stores.iter().filter(|kind| {
        if kind.users {
            pool.keeps(kind) || pool.is_one_computer()
        } else {
            pool.store(kind).server.value.is_some()
        }
    });
    let databases = kinds.flat_map(|kind| &kind.databases);
    databases
        .filter(|it| !it.optional || pool.response_group.value == Some(true))
        .collect()
}

/// A database, settings store or file store without a backup row.
pub(super) fn no_backup(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let lost = expected(case.inventory.product, pool)
            .into_iter()
            .filter(|database| matches!(case.topology.backup(database, pool), Err(NoBackup::None)));
        let mut lost: Vec<&str> = lost.map(|it| it.name.as_str()).collect();
        // Where the file store's host is not certain, that comes first.
        if pool.has_file_store()
            && joins::possible_hosts(case, pool).len() < 2
            && case
                .topology
                .file_store_backup(pool)
                .is_err_and(|rows| rows.is_empty())
        {
            lost.push("file store");
        }
        if pool.holds_central() {
            let central = case.inventory.product.central.databases.iter();
            let central = central.filter(|database| {
                matches!(case.topology.global_backup(database), Err(NoBackup::None))
            });
            lost.extend(central.map(|it| it.name.as_str()));
        }
        if !lost.is_empty() {
            findings.push(
                Finding::new(
                    Code::NoBackup,
                    format!("no backup row is recorded for {} of `{}`", words::quoted(&lost), pool.fqdn),
                )
                .at(&pool.name.place)
                .help("add the rows to the backup worksheets; without them the packet's commands stay blank")
                .about(pool_subject(pool)),
            );
        }
    }
}

/// Several backup rows that could be a pool's.
pub(super) fn ambiguous_backup(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        for database in expected(case.inventory.product, pool) {
            if let Err(NoBackup::Several(rows)) = case.topology.backup(database, pool) {
                let places: Vec<&Place> = rows.iter().map(|row| &row.database.place).collect();
                let undecided = rows.iter().any(|row| row.pool.is_blank());
                findings.extend(ambiguous(&database.name, &places, Some(pool), undecided));
            }
        }
        if let Err(rows) = case.topology.file_store_backup(pool) {
            let places: Vec<&Place> = rows.iter().map(|row| &row.content.place).collect();
            let undecided = rows.iter().any(|row| row.pool.is_blank());
            findings.extend(ambiguous("file store", &places, Some(pool), undecided));
        }
    }
    for database in &case.inventory.product.central.databases {
        if let Err(NoBackup::Several(rows)) = case.topology.global_backup(database) {
            let places: Vec<&Place> = rows.iter().map(|row| &row.database.place).collect();
            let pool = case.topology.central_pool();
            findings.extend(ambiguous(&database.name, &places, pool, false));
        }
    }
}

/// `undecided`: a `Pool FQDN` would tell whose each row is.
fn ambiguous(
    what: &str,
    places: &[&Place],
    pool: Option<&Pool>,
    undecided: bool,
) -> Option<Finding> {
    let last = places.last()?;
    let owner = pool.map_or_else(
        || "the deployment".to_owned(),
        |pool| format!("`{}`", pool.fqdn),
    );
    let message = match places {
        [_] => format!(
            "it cannot be told of which pool this backup of `{what}` is, so {owner} has none"
        ),
        [others @ .., _] => {
            let others: Vec<String> = others.iter().map(ToString::to_string).collect();
            format!(
                "this backup of `{what}` and that in {} could both be of {owner}",
                words::list(others)
            )
        }
        [] => return None,
    };
    let help = if undecided {
        "fill in `Pool FQDN` in each row, or delete the row that is out of date"
    } else {
        "delete the row that is out of date"
    };
    let finding = Finding::new(Code::AmbiguousBackup, message)
        .at(last)
        .help(help);
    Some(match pool {
        Some(pool) => finding.about(pool_subject(pool)),
        None => finding,
    })
}

/// A backup set past its expiration may be gone.
pub(super) fn backup_expired(day: &Day<'_>, findings: &mut Vec<Finding>) {
    for row in &day.inventory.databases {
        let expires = row.set.value.as_ref().and_then(|set| set.expires);
        if let Some(expires) = expires.filter(|expires| *expires < day.as_of) {
            findings.push(
                Finding::new(
                    Code::BackupExpired,
                    format!("this backup set expired on {expires}; it may be gone"),
                )
                .at(&row.set.place)
                .help("record the current set, or check that the old one is still kept"),
            );
        }
    }
}

/// A set that is said to be expired, without a day.
pub(super) fn said_expired(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in &case.inventory.databases {
        let is_dated = row
            .set
            .value
            .as_ref()
            .is_some_and(|set| set.expires.is_some());
        if is_dated || !cell_words::mentions(Meaning::Over, &row.set.text) {
            continue;
        }
        let typed = words::excerpt(&row.set.text);
        let mut finding = Finding::new(
            Code::BackupExpired,
            format!("`{typed}` says that this backup set is no longer kept"),
        )
        .at(&row.set.place)
        .help("record the current set; if this one is kept, write the day behind `Expiration:`");
        finding.severity = Severity::Error;
        findings.push(finding);
    }
}

/// What every backup row protects, and where its backup goes.
fn destinations(inventory: &Inventory) -> impl Iterator<Item = (&Field<Fqdn>, &Field<FilePath>)> {
    let databases = inventory
        .databases
        .iter()
        .map(|row| (&row.server, &row.destination));
    let stores = inventory
        .file_stores
        .iter()
        .map(|row| (&row.server, &row.destination));
    databases.chain(stores)
}

/// A backup that would be lost together with what it protects.
pub(super) fn backup_on_itself(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    let share = inventory
        .deployment
        .backup_share()
        .and_then(|share| FilePath::parse(share).ok());
    for (server, destination) in destinations(inventory) {
        let (Some(server), Some(path)) = (&server.value, &destination.value) else {
            continue;
        };
        let path = match path {
            FilePath::UnderBackup(_) => share.as_ref(),
            FilePath::Absolute(_) => Some(path),
        };
        if path.is_some_and(|path| lies_on(case, path, server)) {
            findings.push(
                Finding::new(
                    Code::BackupOnItself,
                    format!(
                        "`{}` lies on `{server}`, the server it protects: it would be lost with it",
                        words::excerpt(&destination.text)
                    ),
                )
                .at(&destination.place)
                .help("let the backup go to another computer"),
            );
        }
    }
}

/// A UNC path on that server, or a local drive of it.
fn lies_on(case: &Case<'_>, path: &FilePath, server: &Fqdn) -> bool {
    match path.host() {
        Some(host) => case
            .topology
            .host(host)
            .is_some_and(|it| it.fqdn == *server),
        None => matches!(path, FilePath::Absolute(_)) && case.topology.server(server).is_some(),
    }
}

/// A backup on another member of the same pool: a lost pool takes it along.
pub(super) fn backup_in_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    for (server, destination) in destinations(inventory) {
        let host = destination.value.as_ref().and_then(FilePath::host);
        let (Some(name), Some(host)) = (
            &server.value,
            host.and_then(|host| case.topology.host(host)),
        ) else {
            continue;
        };
        let own = case
            .topology
            .server(name)
            .and_then(|server| case.topology.pool_of(server))
            .or_else(|| case.topology.pool(name));
        let same = own.is_some()
            && own.map(|pool| &pool.fqdn) == case.topology.pool_of(host).map(|pool| &pool.fqdn);
        if same && host.fqdn != *name {
            findings.push(
                Finding::new(
                    Code::BackupInPool,
                    format!(
                        "`{}` lies on `{}`, a member of the pool it protects",
                        words::excerpt(&destination.text),
                        host.fqdn
                    ),
                )
                .at(&destination.place)
                .help("let the backup go to a computer outside the pool"),
            );
        }
    }
}
