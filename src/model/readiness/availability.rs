//! Rules about stores that several servers hold together, behind one name.

use crate::finding::{Code, Finding, words};
use crate::inventory::pool::Copies;
use crate::inventory::{Pool, Server};

use super::{Case, pool_subject, server_subject};

/// Without the name they are reached by, no command can name the databases.
pub(super) fn listener_missing(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for (pool, copies) in with_copies(case) {
        let address = &copies.address;
        let message = if address.is_blank() {
            format!(
                "`{}` has {}, but `{}` is blank: no command can name its databases",
                pool.fqdn,
                words::with_article(&copies.way.label),
                address.column
            )
        } else if copies.servers.is_empty() {
            format!(
                "`{}` has {}, but none of its servers is recorded",
                pool.fqdn,
                words::with_article(&copies.way.label)
            )
        } else {
            continue;
        };
        findings.push(
            Finding::new(Code::ListenerMissing, message)
                .at(&address.place)
                .help("fill in the name and the servers as the topology and the cluster have them")
                .about(pool_subject(pool)),
        );
    }
}

/// A pool whose row does not say how its databases outlive the loss of a server, where several ways are known: one of
/// them would change every step.
pub(super) fn not_said(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let Some(way) = case.inventory.product.availability.first() else {
        return;
    };
    for pool in &case.inventory.pools {
        let store = pool.user_store();
        let Some(said) = pool.recorded.named(&way.said) else {
            continue;
        };
        let is_several = pool.serves_users() && !pool.is_one_computer();
        let is_known = pool.copies.is_some() || !store.mirror.is_blank();
        if !is_several || is_known || !said.is_blank() || store.server.value.is_none() {
            continue;
        }
        let message = format!(
            "`{}` is blank for `{}`; its packets are those of a single SQL Server",
            said.column, pool.fqdn
        );
        findings.push(
            Finding::new(Code::AvailabilityNotSaid, message)
                .at(&said.place)
                .help("write `none`, or what there is")
                .about(pool_subject(pool)),
        );
    }
}

/// An edition of SQL Server that cannot do it.
pub(super) fn edition_for_group(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for (pool, copies) in with_copies(case) {
        let Some(needed) = &copies.way.edition else {
            continue;
        };
        for server in servers(case, copies) {
            let edition = &server.sql_edition;
            let typed = edition.value.as_deref().unwrap_or_default();
            if typed.is_empty() || typed.to_lowercase().contains(needed) {
                continue;
            }
            let message = format!(
                "`{}` cannot hold {} ({}): it needs {}",
                words::excerpt(typed),
                words::with_article(&copies.way.label),
                pool.fqdn,
                words::capital(needed)
            );
            findings.push(
                Finding::new(Code::EditionForGroup, message)
                    .at(&edition.place)
                    .help("correct the cell, or what the pools worksheet says of the pool")
                    .about(server_subject(server))
                    .about(pool_subject(pool)),
            );
        }
    }
}

/// Servers that hold one store together and differ where they must not.
pub(super) fn replicas_differ(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for (pool, copies) in with_copies(case) {
        let servers: Vec<&Server> = servers(case, copies).collect();
        let Some((first, others)) = servers.split_first() else {
            continue;
        };
        for server in others {
            let cells = [
                (&server.sql_version, &first.sql_version),
                (&server.sql_edition, &first.sql_edition),
            ];
            let differing = cells.into_iter().filter(|(own, other)| {
                let both = own.value.as_deref().zip(other.value.as_deref());
                both.is_some_and(|(own, other)| !own.eq_ignore_ascii_case(other))
            });
            let said = differing.map(|(own, other)| {
                let message = format!(
                    "`{}` here, but `{}` on `{}` ({}), which holds the same databases of `{}`",
                    words::excerpt(&own.text),
                    words::excerpt(&other.text),
                    first.fqdn,
                    other.place,
                    pool.fqdn
                );
                Finding::new(Code::ReplicasDiffer, message)
                    .at(&own.place)
                    .help("look at the servers, and correct the cell that is wrong: all of them have one version and edition")
                    .about(server_subject(server))
                    .about(pool_subject(pool))
            });
            findings.extend(said);
        }
    }
}

fn with_copies<'a>(case: &Case<'a>) -> impl Iterator<Item = (&'a Pool, &'a Copies)> {
    let pools = case.inventory.pools.iter();
    pools.filter_map(|pool| Some((pool, pool.copies.as_ref()?)))
}

fn servers<'a>(case: &Case<'a>, copies: &'a Copies) -> impl Iterator<Item = &'a Server> {
    let names = copies.servers.iter().filter_map(|it| it.value.as_ref());
    names.filter_map(|name| case.topology.server(name))
}
