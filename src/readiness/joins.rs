//! Rules about rows that name each other.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, suggest, words};
use crate::inventory::lookup::StoreKind;
use crate::inventory::{Field, FilePath, Fqdn, Pool};

use super::{Case, pool_subject, server_subject};

/// A SQL Server, mirror or witness without a row of its own.
pub(super) fn unknown_server(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut unknown: BTreeMap<&Fqdn, Vec<(&Field<Fqdn>, &Pool)>> = BTreeMap::new();
    for pool in &case.inventory.pools {
        let stores = StoreKind::ALL.map(|kind| kind.of(pool));
        let cells = stores
            .iter()
            .flat_map(|store| [&store.server, &store.mirror]);
        for field in cells.chain([&pool.witness]) {
            let Some(fqdn) = &field.value else { continue };
            // A Standard Edition pool has its server's name; the pool's own row is no server row.
            if case.inventory.server(fqdn).is_none() {
                unknown.entry(fqdn).or_default().push((field, pool));
            }
        }
    }
    for (fqdn, cells) in unknown {
        let Some((first, _)) = cells.first() else {
            continue;
        };
        let names = case
            .inventory
            .servers
            .iter()
            .map(|server| server.fqdn.as_str());
        let nearest = suggest::nearest(fqdn.as_str(), names).and_then(|near| {
            case.inventory
                .servers
                .iter()
                .find(|server| server.fqdn.as_str() == near)
        });
        let more = match cells.len() {
            1 => String::new(),
            n => format!(
                " ({})",
                words::count(n - 1, "more cell names it", "more cells name it")
            ),
        };
        let mut finding = Finding::new(
            Code::UnknownServer,
            format!("no server row is named `{}`{more}", first.text),
        )
        .at(&first.place)
        .help(match nearest {
            Some(server) => format!("did you mean `{}` ({})?", server.fqdn, server.name.place),
            None => "add a row for it to the `servers` worksheet".to_owned(),
        });
        for (_, pool) in &cells {
            finding = finding.about(pool_subject(pool));
        }
        findings.push(finding);
    }
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
            .filter(|fqdn| inventory.pool(fqdn).is_none())
        {
            unknown.entry(fqdn).or_default().push(field);
        }
    }
    for (fqdn, cells) in unknown {
        let Some(first) = cells.first() else { continue };
        let names = inventory.pools.iter().map(|pool| pool.fqdn.as_str());
        let more = match cells.len() {
            1 => String::new(),
            n => format!(
                " ({})",
                words::count(n - 1, "more cell names it", "more cells name it")
            ),
        };
        findings.push(
            Finding::new(
                Code::UnknownPool,
                format!("no pool row is named `{}`{more}", first.text),
            )
            .at(&first.place)
            .help(
                suggest::did_you_mean(fqdn.as_str(), names)
                    .unwrap_or_else(|| "add a row for it to the `pools` worksheet".to_owned()),
            ),
        );
    }
}

/// A pool no server is a member of.
pub(super) fn pool_without_members(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        if case.inventory.members(pool).next().is_none() {
            findings.push(
                Finding::new(
                    Code::PoolWithoutMembers,
                    format!(
                        "no server with a Lync Server role is a member of the pool `{}`",
                        pool.fqdn
                    ),
                )
                .at(&pool.name.place)
                .help("name the pool in `Pool FQDN` of its servers (`servers` worksheet)")
                .about(pool_subject(pool)),
            );
        }
    }
}

/// Two pools that name different partners.
pub(super) fn unpaired_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let Some(partner) = pool
            .backup_pool
            .value
            .as_ref()
            .and_then(|it| case.inventory.pool(it))
        else {
            continue;
        };
        let back = &partner.backup_pool;
        let message = match &back.value {
            _ if partner.fqdn == pool.fqdn => "a pool cannot be its own backup pool".to_owned(),
            Some(other) if *other != pool.fqdn => {
                format!(
                    "`{}` names another backup pool, `{other}` ({})",
                    partner.fqdn, back.place
                )
            }
            _ => continue,
        };
        findings.push(
            Finding::new(Code::UnpairedPool, message)
                .at(&pool.backup_pool.place)
                .help("pairing is mutual: let both rows name each other")
                .about(pool_subject(partner)),
        );
    }
}

/// A short host name in a file store path that two servers have.
pub(super) fn ambiguous_host(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let Some(host) = pool.file_store.value.as_ref().and_then(FilePath::host) else {
            continue;
        };
        let short = host.to_lowercase();
        let servers = case.inventory.servers.iter();
        let named: Vec<&str> = servers
            .filter(|server| server.fqdn.computer_name() == short && !host.contains('.'))
            .map(|server| server.fqdn.as_str())
            .collect();
        if named.len() > 1 {
            findings.push(
                Finding::new(
                    Code::AmbiguousHost,
                    format!(
                        "the host `{host}` can be {}",
                        words::quoted(named).replace(" and ", " or ")
                    ),
                )
                .at(&pool.file_store.place)
                .help("write the host's full name in the path"),
            );
        }
    }
}

/// A role that says something else than the pools worksheet.
pub(super) fn role_mismatch(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for server in case
        .inventory
        .servers
        .iter()
        .filter(|server| server.roles.value.is_some())
    {
        let holdings = case.inventory.holdings(&server.fqdn);
        let user_store = holdings.iter().find(|it| it.kind == StoreKind::User);
        let database = server.has_role("back-end") || server.has_role("sql");
        let message = match (
            user_store.or(holdings.first()),
            case.inventory.is_standard_edition(server),
        ) {
            (Some(holding), false) if !database => format!(
                "the role `{}` does not fit: the pools worksheet names this server for the {} of `{}` ({})",
                server.roles.text,
                holding.kind.as_str(),
                holding.pool.fqdn,
                holding.cell().place
            ),
            (Some(holding), _) if server.has_role("back-end") && user_store.is_none() => format!(
                "the role says Back End, but the pools worksheet names this server only for the {} of `{}`",
                holding.kind.as_str(),
                holding.pool.fqdn
            ),
            _ => continue,
        };
        findings.push(
            Finding::new(Code::RoleMismatch, message)
                .at(&server.roles.place)
                .help("correct the role or the pools worksheet; the pools worksheet decides"),
        );
    }
}

/// A Back End that no pool names.
pub(super) fn back_end_without_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for server in case
        .inventory
        .servers
        .iter()
        .filter(|server| server.has_role("back-end"))
    {
        if case.inventory.holdings(&server.fqdn).is_empty() {
            findings.push(
                Finding::new(
                    Code::BackEndWithoutPool,
                    format!("no pool names the Back End Server `{}`, so nothing says what it holds", server.fqdn),
                )
                .at(&server.roles.place)
                .help("name it in `SQL Server FQDN` or `Mirror SQL Server FQDN` of its pool (`pools` worksheet)")
                .about(server_subject(server)),
            );
        }
    }
}

/// A certificate or backup row whose name is neither a server nor a pool.
pub(super) fn unused_row(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    let certificates = inventory
        .certificates
        .iter()
        .map(|row| ("certificate", &row.name));
    let databases = inventory
        .databases
        .iter()
        .map(|row| ("backup", &row.server));
    let stores = inventory
        .file_stores
        .iter()
        .map(|row| ("backup", &row.server));
    for (what, field) in certificates.chain(databases).chain(stores) {
        let Some(fqdn) = &field.value else { continue };
        if inventory.server(fqdn).is_some() || inventory.pool(fqdn).is_some() {
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
                suggest::did_you_mean(fqdn.as_str(), names)
                    .unwrap_or_else(|| "add the server, or delete the row".to_owned()),
            ),
        );
    }
}
