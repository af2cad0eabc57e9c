//! Rules about roles: what a server is called, and what the pools worksheet makes of it.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::inventory::Pool;
use crate::product::Role;
use crate::rows::Fqdn;

use super::joins::{nearest_server, unknown_servers};
use super::{Case, server_subject};

/// A role that says something else than the pools worksheet.
pub(super) fn role_mismatch(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let role = case.inventory.product.role_for_users();
    for server in case
        .inventory
        .servers
        .iter()
        .filter(|server| server.roles.value.is_some())
    {
        let holdings = case.topology.holdings(&server.fqdn);
        let user_store = holdings.iter().find(|it| it.kind.users);
        let database = case.topology.has(server, |role| role.databases);
        let message = match (
            user_store.or(holdings.first()),
            case.topology.is_one_computer(server),
        ) {
            (Some(holding), false) if !database => format!(
                "the role `{}` does not fit: the pools worksheet names this server for the {} of `{}` ({})",
                server.roles.text,
                holding.kind.label,
                holding.pool.fqdn,
                holding.cell().place
            ),
            (Some(holding), _) if case.topology.is_for_users(server) && user_store.is_none() => {
                format!(
                    "the role says {}, but the pools worksheet names this server only for the {} of `{}`",
                    role.map_or("", Role::short),
                    holding.kind.label,
                    holding.pool.fqdn
                )
            }
            _ => continue,
        };
        findings.push(
            Finding::new(Code::RoleMismatch, message)
                .at(&server.roles.place)
                .help("correct the role or the pools worksheet; the pools worksheet decides"),
        );
    }
}

/// A Back End that no pool names. Where a pool's row misspells it, that has been said.
pub(super) fn back_end_without_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let Some(role) = case.inventory.product.role_for_users() else {
        return;
    };
    let misspelt: BTreeSet<&Fqdn> = unknown_servers(case)
        .keys()
        .filter_map(|fqdn| Some(&nearest_server(case, fqdn)?.fqdn))
        .collect();
    for server in case
        .inventory
        .servers
        .iter()
        .filter(|server| case.topology.is_for_users(server))
    {
        let said = misspelt.contains(&server.fqdn);
        if !said && case.topology.holdings(&server.fqdn).is_empty() {
            findings.push(
                Finding::new(
                    Code::BackEndWithoutPool,
                    format!("no pool names the {} `{}`, so nothing says what it holds", role.printed(), server.fqdn),
                )
                .at(&server.roles.place)
                .help("name it in `SQL Server FQDN` or `Mirror SQL Server FQDN` of its pool (`pools` worksheet)")
                .about(server_subject(server)),
            );
        }
    }
}

/// A witness that no pool names, so that nothing says which mirror it watches. Where a pool's row misspells it, or names
/// something in its place that is no witness, that has been said.
pub(super) fn witness_without_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut pools = case.inventory.pools.iter();
    let is_unclear = |pool: &Pool| {
        let witness = &pool.witness;
        let known = witness
            .value
            .as_ref()
            .and_then(|it| case.topology.server(it));
        !witness.is_blank() && known.is_none()
    };
    if pools.any(is_unclear) {
        return;
    }
    for server in &case.inventory.servers {
        let is_used = !case.topology.witness_of(&server.fqdn).is_empty()
            || !case.topology.holdings(&server.fqdn).is_empty();
        if is_used || !case.topology.has(server, |role| role.witness) {
            continue;
        }
        let message = format!(
            "no pool names `{}`, so nothing says which mirror it watches",
            server.fqdn
        );
        findings.push(
            Finding::new(Code::WitnessWithoutPool, message)
                .at(&server.roles.place)
                .help("name it in `Witness FQDN` of its pools (`pools` worksheet), or correct its role")
                .about(server_subject(server)),
        );
    }
}
