//! Rules about rows that name each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Place, Severity, suggest, words};
use crate::inventory::{DatabaseBackup, FileStoreBackup, Pool, Server};
use crate::product::schema;
use crate::rows::{Field, FilePath, Fqdn};

use super::{Case, pool_subject, server_subject};

/// A SQL Server, mirror or witness without a row of its own.
pub(super) fn unknown_server(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for (fqdn, cells) in unknown_servers(case) {
        let nearest = nearest_server(case, fqdn);
        let unfit = case.inventory.unfit_row(schema::SERVERS, fqdn);
        let nearest = nearest.filter(|_| unfit.is_none());
        let help = match (unfit, nearest) {
            (Some(row), _) => mend(row),
            (None, Some(server)) => {
                format!("did you mean `{}` ({})?", server.fqdn, server.name.place)
            }
            (None, None) => "add a row for it to the `servers` worksheet".to_owned(),
        };
        findings.extend(cells.into_iter().map(|(cell, pool)| {
            let message = format!("no server row is named `{}`", cell.text);
            let finding = Finding::new(Code::UnknownServer, message).at(&cell.place);
            let finding = finding.help(&help).about(pool_subject(pool));
            // Its packet lacks what the misspelt name would have brought it.
            match nearest {
                Some(server) => finding.about(server_subject(server)),
                None => finding,
            }
        }));
    }
}

/// What to do about a name whose row stands there, but could not be used.
fn mend(row: &Place) -> String {
    format!("its row does not fit the headings and was not used: mend {row}")
}

/// The names of SQL Servers, mirrors and witnesses without a row, with the cells that hold them.
pub(super) fn unknown_servers<'a>(
    case: &Case<'a>,
) -> BTreeMap<&'a Fqdn, Vec<(&'a Field<Fqdn>, &'a Pool)>> {
    let mut unknown: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let addresses = case.topology.addresses();
    for pool in &case.inventory.pools {
        for field in server_cells(pool) {
            let Some(fqdn) = &field.value else { continue };
            // A Standard Edition pool has its server's name; the pool's own row is no server row.
            if case.topology.server(fqdn).is_none() && !addresses.contains(fqdn) {
                unknown.entry(fqdn).or_default().push((field, pool));
            }
        }
    }
    unknown
}

/// Every cell of a pool's row that names a SQL Server or a witness.
fn server_cells(pool: &Pool) -> impl Iterator<Item = &Field<Fqdn>> {
    let cells = pool
        .stores
        .iter()
        .flat_map(|store| [&store.server, &store.mirror]);
    let copies = pool.copies.iter().flat_map(|it| &it.servers);
    cells.chain(copies).chain([&pool.witness])
}

/// The server whose name is most like this one.
pub(super) fn nearest_server<'a>(case: &Case<'a>, fqdn: &Fqdn) -> Option<&'a Server> {
    let servers = &case.inventory.servers;
    let names = servers.iter().map(|server| server.fqdn.as_str());
    let near = suggest::nearest(fqdn.as_str(), names)?;
    servers.iter().find(|server| server.fqdn.as_str() == near)
}

/// The pool whose name is most like this one.
fn nearest_pool<'a>(case: &Case<'a>, fqdn: &Fqdn) -> Option<&'a Pool> {
    let pools = &case.inventory.pools;
    let names = pools.iter().map(|pool| pool.fqdn.as_str());
    let near = suggest::nearest(fqdn.as_str(), names)?;
    pools.iter().find(|pool| pool.fqdn.as_str() == near)
}

/// A server, certificate or pool that names a pool without a row.
pub(super) fn unknown_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    let servers = inventory.servers.iter().map(|server| &server.pool);
    let pools = inventory
        .pools
        .iter()
        .flat_map(|pool| [&pool.backup_pool, &pool.next_hop]);
    let databases = inventory.databases.iter().map(|row| &row.pool);
    let stores = inventory.file_stores.iter().map(|row| &row.pool);
    let mut unknown: BTreeMap<&Fqdn, Vec<&Field<Fqdn>>> = BTreeMap::new();
    for field in servers.chain(pools).chain(databases).chain(stores) {
        if let Some(fqdn) = field
            .value
            .as_ref()
            .filter(|fqdn| case.topology.pool(fqdn).is_none())
        {
            unknown.entry(fqdn).or_default().push(field);
        }
    }
    for (fqdn, cells) in unknown {
        let nearest = nearest_pool(case, fqdn);
        let unfit = inventory.unfit_row(schema::POOLS, fqdn);
        findings.extend(cells.into_iter().map(|cell| {
            let message = format!("no pool row is named `{}`", cell.text);
            let finding = Finding::new(Code::UnknownPool, message).at(&cell.place);
            match nearest {
                _ if unfit.is_some() => finding.help_if(unfit.map(mend)),
                Some(pool) => finding
                    .help(format!(
                        "did you mean `{}` ({})?",
                        pool.fqdn, pool.name.place
                    ))
                    .about(pool_subject(pool)),
                None => finding.help("add a row for it to the `pools` worksheet"),
            }
        }));
    }
}

/// A pool no server is a member of. Where servers misspell its name, that has been said.
pub(super) fn pool_without_members(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    let named = inventory
        .servers
        .iter()
        .filter_map(|server| server.pool.value.as_ref());
    let misspelt: BTreeSet<&Fqdn> = named
        .filter(|fqdn| case.topology.pool(fqdn).is_none())
        .filter_map(|fqdn| Some(&nearest_pool(case, fqdn)?.fqdn))
        .collect();
    for pool in &inventory.pools {
        if case.topology.members(pool).next().is_none() && !misspelt.contains(&pool.fqdn) {
            findings.push(
                Finding::new(
                    Code::PoolWithoutMembers,
                    format!(
                        "no server with a {} role is a member of the pool `{}`",
                        inventory.product.names.short, pool.fqdn
                    ),
                )
                .at(&pool.name.place)
                .help("name the pool in `Pool FQDN` of its servers (`servers` worksheet)")
                .about(pool_subject(pool)),
            );
        }
    }
}

/// Two pools that name different partners, a pool that names itself, or one whose partner names none.
pub(super) fn unpaired_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let Some(partner) = pool
            .backup_pool
            .value
            .as_ref()
            .and_then(|it| case.topology.pool(it))
        else {
            continue;
        };
        let back = &partner.backup_pool;
        if back.is_blank() && back.place.at_column().is_some() {
            let message = format!(
                "`{}` names this pool as its backup pool ({}), but `{}` is blank here",
                pool.fqdn, pool.backup_pool.place, back.column
            );
            let mut finding = Finding::new(Code::UnpairedPool, message)
                .at(&back.place)
                .help(format!(
                    "write `{}` here, if they are a pair; pairing is mutual",
                    pool.fqdn
                ))
                .about(pool_subject(pool));
            // The pair is known from the other cell.
            finding.severity = Severity::Warning;
            findings.push(finding);
            continue;
        }
        let message = match &back.value {
            _ if partner.fqdn == pool.fqdn => "a pool cannot be its own backup pool".to_owned(),
            // A partner that names itself is said at its own row.
            Some(other) if *other != pool.fqdn && *other != partner.fqdn => {
                format!(
                    "the backup pool is `{}`, whose own backup pool is `{other}` ({})",
                    partner.fqdn, back.place
                )
            }
            _ => continue,
        };
        findings.push(
            Finding::new(Code::UnpairedPool, message)
                .at(&pool.backup_pool.place)
                .help("look at the topology, and correct the row that is wrong; pairing is mutual")
                .about(pool_subject(partner)),
        );
    }
}

/// A pool that hands its traffic on and does not say to which, though its sheet has the column: the steps that reach the
/// other one would be missing.
pub(super) fn next_hop_missing(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let hop = &pool.next_hop;
        let hands_on = pool.kinds().any(|kind| !kind.next_hops.is_empty());
        if hands_on && hop.is_blank() && hop.place.at_column().is_some() {
            let message = format!(
                "`{}` names none, and {} cannot do without one",
                hop.column,
                words::with_article(&pool.types.text)
            );
            findings.push(
                Finding::new(Code::MissingValue, message)
                    .at(&hop.place)
                    .help("look into the topology, and write the name of the pool")
                    .about(pool_subject(pool)),
            );
        }
    }
}

/// A short host name in a file store path that two servers have.
pub(super) fn ambiguous_host(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let named = possible_hosts(case, pool);
        if named.len() > 1 {
            let names = named.iter().map(|server| server.fqdn.as_str());
            let message = format!(
                "the host of `{}` can be {}",
                words::excerpt(&pool.file_store.text),
                words::quoted(names).replace(" and ", " or ")
            );
            let finding = Finding::new(Code::AmbiguousHost, message)
                .at(&pool.file_store.place)
                .help("write the full name if the topology has it; else correct or delete the row of the server that is not meant")
                .about(pool_subject(pool));
            let subjects = named.into_iter().map(server_subject);
            findings.push(subjects.fold(finding, Finding::about));
        }
    }
}

/// The servers a pool's file store can be on, where its path has only a short name.
pub(super) fn possible_hosts<'a>(case: &Case<'a>, pool: &Pool) -> Vec<&'a Server> {
    let host = pool.file_store.value.as_ref().and_then(FilePath::host);
    let Some(short) = host
        .filter(|host| !host.contains('.'))
        .map(str::to_lowercase)
    else {
        return Vec::new();
    };
    let servers = case.inventory.servers.iter();
    servers
        .filter(|server| server.fqdn.computer_name() == short)
        .collect()
}

/// A certificate or backup row whose name is neither a server nor a pool, and that nothing else connects.
pub(super) fn unused_row(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    let is_pool = |name: &Field<Fqdn>| {
        let name = name.value.as_ref();
        name.is_some_and(|name| case.topology.pool(name).is_some())
    };
    // A deployment has one of these, whatever server the row names.
    let is_global = |row: &DatabaseBackup| {
        let mut central = inventory.product.central.databases.iter();
        let database = row.database.value;
        database.is_some_and(|name| central.any(|it| it.id == name.id))
    };
    let is_of_share = |row: &FileStoreBackup| {
        let share = row.share.value.as_ref();
        share.is_some_and(|share| case.topology.is_file_store(share))
    };
    let certificates = inventory
        .certificates
        .iter()
        .map(|row| ("certificate", &row.name));
    let databases = inventory
        .databases
        .iter()
        .filter(|row| !is_pool(&row.pool) && !is_global(row))
        .map(|row| ("backup", &row.server));
    let stores = inventory
        .file_stores
        .iter()
        .filter(|row| !is_pool(&row.pool) && !is_of_share(row))
        .map(|row| ("backup", &row.server));
    for (what, field) in certificates.chain(databases).chain(stores) {
        let Some(fqdn) = &field.value else { continue };
        if case.topology.server(fqdn).is_some() || case.topology.pool(fqdn).is_some() {
            continue;
        }
        let servers = inventory.servers.iter().map(|server| server.fqdn.as_str());
        let names = servers.chain(inventory.pools.iter().map(|pool| pool.fqdn.as_str()));
        findings.push(
            Finding::new(
                Code::UnusedRow,
                format!(
                    "`{}` is neither a server nor a pool, so no packet can use this {what}",
                    field.text
                ),
            )
            .at(&field.place)
            .help(
                suggest::did_you_mean(fqdn.as_str(), names).unwrap_or_else(|| {
                    "add the server to the `servers` worksheet, or delete this row".to_owned()
                }),
            ),
        );
    }
}
