//! Rules about servers and the pools they are members of.

use crate::finding::{Code, Finding, words};
use crate::inventory::{Pool, Server};
use crate::product::{List, PoolType};
use crate::topology::What;

use super::issued::holds;
use super::{Case, pool_subject, server_subject};
use crate::text::plain::plain;

/// A server with a Lync Server role that names no pool.
pub(super) fn server_without_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for server in &case.inventory.servers {
        let needs = case.topology.services_of(server).next().is_some()
            && !case.topology.is_one_computer(server);
        if needs && server.pool.is_blank() && case.topology.pool_of(server).is_none() {
            findings.push(
                Finding::new(
                    Code::ServerWithoutPool,
                    format!(
                        "`{}` names no pool, so nothing says what it belongs to",
                        server.fqdn
                    ),
                )
                .at(&server.pool.place)
                .help("fill in `Pool FQDN`; a server alone in its pool has a pool of its own name"),
            );
        }
    }
}

/// A server whose cell for its pool cannot be read: each pool that it may be a member of lacks it.
pub(super) fn unclear_member(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        for server in case.topology.possible_members(pool) {
            findings.push(
                Finding::new(
                    Code::UnclearMember,
                    format!(
                        "`{}` may be a member of `{}`, but `{}` cannot be read; the pool's steps leave it out",
                        server.fqdn, pool.fqdn, server.pool.column
                    ),
                )
                .at(&server.pool.place)
                .help("write the full name of its pool")
                .about(pool_subject(pool)),
            );
        }
    }
}

/// A role that a pool of that type has no place for.
pub(super) fn role_of_other_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for server in &case.inventory.servers {
        let Some(pool) = server
            .pool
            .value
            .as_ref()
            .and_then(|name| case.topology.pool(name))
        else {
            continue;
        };
        let product = case.inventory.product;
        let runs_services = |id| product.role(id).is_some_and(|role| role.services);
        let types: Vec<&PoolType> = pool.kinds().collect();
        let fits = |role: &str| {
            types
                .iter()
                .any(|it| it.roles.iter().any(|known| known == role))
        };
        let roles = server.roles.value.iter().flatten();
        let strangers: Vec<&str> = roles
            .filter(|role| runs_services(role.id))
            .filter(|role| !types.is_empty() && !fits(role.id))
            .map(|role| role.printed)
            .collect();
        if !strangers.is_empty() {
            findings.push(
                Finding::new(
                    Code::RoleOfOtherPool,
                    format!(
                        "{} has no place in `{}`, which is a {}",
                        crate::finding::words::quoted(strangers),
                        pool.fqdn,
                        pool.types.text
                    ),
                )
                .at(&server.roles.place)
                .help("correct the role, the `Pool FQDN`, or the pool's type"),
            );
        }
    }
}

/// A server whose certificate names another pool than the row does, and not that one: its `Pool FQDN` or the certificate is
/// a slip, and the pool's commands would be given the wrong members.
pub(super) fn certificate_of_other_pool(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let topology = case.topology;
    for row in &case.inventory.certificates {
        let Some(server) = topology.server(&row.fqdn) else {
            continue;
        };
        let Some(pool) = server.pool.value.as_ref().and_then(|it| topology.pool(it)) else {
            continue;
        };
        let cells = [&row.subject, &row.alternative_names];
        let text = cells.map(|it| it.value.as_deref().unwrap_or_default());
        let text = plain(&text.join(" "));
        if pool.fqdn == server.fqdn || holds(&text, &pool.fqdn) {
            continue;
        }
        let mut pools = case.inventory.pools.iter();
        let Some(other) = pools.find(|it| it.fqdn != server.fqdn && holds(&text, &it.fqdn)) else {
            continue;
        };
        let message = format!(
            "the row names `{}`, but the certificate of `{}` names `{}` ({}) and not that pool",
            pool.fqdn, server.fqdn, other.fqdn, row.row
        );
        findings.push(
            Finding::new(Code::ContradictingCells, message)
                .at(&server.pool.place)
                .help("look into the topology of which pool the server is, and correct the cell that is wrong")
                .about(server_subject(server))
                .about(pool_subject(pool))
                .about(pool_subject(other)),
        );
    }
}

/// A SQL Server or a file server that names a pool other than those it holds something for.
pub(super) fn pool_of_nothing_held(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let topology = case.topology;
    for server in &case.inventory.servers {
        let named = server.pool.value.as_ref();
        let Some(named) = named.filter(|_| !topology.runs_services(server)) else {
            continue;
        };
        let held = topology.holdings(&server.fqdn).into_iter();
        let held = held.map(|it| it.pool);
        let shares = topology.file_stores_on(server).into_iter();
        let mirrors = topology.mirror_shares_on(server).into_iter();
        let watched = topology.witness_of(&server.fqdn).into_iter();
        let all: Vec<&Pool> = held.chain(shares).chain(mirrors).chain(watched).collect();
        if all.is_empty() || all.iter().any(|pool| pool.fqdn == *named) {
            continue;
        }
        let mut pools: Vec<&str> = all.iter().map(|pool| pool.fqdn.as_str()).collect();
        pools.sort_unstable();
        pools.dedup();
        let message = format!(
            "`{}` names `{named}`, but what it holds is of {} (`pools` worksheet)",
            server.fqdn,
            words::quoted(pools)
        );
        findings.push(
            Finding::new(Code::OddValue, message)
                .at(&server.pool.place)
                .help("correct this cell, or the cells of the pool that this server holds something for"),
        );
    }
}

/// A server in another site than its pool, which is of one site alone.
pub(super) fn site_of_other(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for server in &case.inventory.servers {
        let Some(pool) = case.topology.pool_of(server) else {
            continue;
        };
        let (Some(own), Some(site)) = (&server.site.value, &pool.site.value) else {
            continue;
        };
        let (one, other) = (plain(own), plain(site));
        // The hall within the site, or the site with its region, says the same more closely.
        if one.contains(&other) || other.contains(&one) {
            continue;
        }
        let message = format!(
            "`{}` is in `{}`, but its pool `{}` is in `{}` ({})",
            server.fqdn,
            words::excerpt(own),
            pool.fqdn,
            words::excerpt(site),
            pool.site.place
        );
        findings.push(
            Finding::new(Code::OddValue, message)
                .at(&server.site.place)
                .help("a pool is in one site: correct the site, or the `Pool FQDN` of the server"),
        );
    }
}

/// A pool of several types, of one of which no member is.
pub(super) fn type_without_member(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let types: Vec<&PoolType> = pool.kinds().collect();
        let members: Vec<&Server> = case.topology.members(pool).collect();
        if types.len() < 2 || members.is_empty() {
            continue;
        }
        for kind in types {
            let has_role = |server: &&Server| kind.roles.iter().any(|role| server.has_role(role));
            if members.iter().any(has_role) {
                continue;
            }
            let printed = case.inventory.product.printed_as(List::Pool, &kind.id);
            let message = format!(
                "`{}` is a {printed} too ({}), but none of its members has such a role",
                pool.fqdn, pool.types.place
            );
            findings.push(
                Finding::new(Code::PoolWithoutMembers, message)
                    .at(pool.joined.last().unwrap_or(&pool.types.place))
                    .help("correct the pool's type, or the roles of its servers")
                    .about(pool_subject(pool)),
            );
        }
    }
}

/// More servers than a pool of that type can have.
pub(super) fn pool_too_large(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let rows: Vec<&Server> = case.topology.members(pool).collect();
        let members = rows.len();
        let kind = pool.kinds().next();
        let Some((most, kind)) = kind.and_then(|it| it.most_members.zip(it.most_of.as_ref()))
        else {
            continue;
        };
        if members > most {
            findings.push(
                Finding::new(
                    Code::PoolTooLarge,
                    format!(
                        "`{}` has {members} members; a {kind} pool has at most {most}",
                        pool.fqdn
                    ),
                )
                .at(&pool.name.place)
                .help(format!(
                    "correct `Pool FQDN` of the servers that belong elsewhere: {}",
                    words::list(rows.iter().map(|it| it.pool.place.to_string()))
                ))
                .about(pool_subject(pool)),
            );
        }
    }
}

/// A number of members that no pool of that type can have, though others have more.
pub(super) fn pool_size_refused(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let members = case.topology.members(pool).count();
        let refuses = |kind: &&PoolType| kind.refused_members.contains(&members);
        let Some(kind) = pool.kinds().find(refuses) else {
            continue;
        };
        let product = case.inventory.product;
        let message = format!(
            "`{}` has {members} members; {} publishes no {} of that size",
            pool.fqdn,
            product.names.name,
            product.printed_as(List::Pool, &kind.id)
        );
        findings.push(
            Finding::new(Code::PoolSizeRefused, message)
                .at(&pool.name.place)
                .help("record the members that are missing, or correct `Pool FQDN` of those that belong elsewhere")
                .about(pool_subject(pool)),
        );
    }
}

/// Two halves of a pool pair with different kinds of high availability.
pub(super) fn pair_differs(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        // Said once, at the row that names its partner; where both do, at the first.
        let Some(partner) = pool
            .backup_pool
            .value
            .as_ref()
            .and_then(|name| case.topology.pool(name))
        else {
            continue;
        };
        let named = case.topology.named(partner, What::PairedWith);
        let both = named == Some(&pool.fqdn);
        if both && pool.name.place > partner.name.place {
            continue;
        }
        if availability(pool) != availability(partner) {
            let (own, other) = (kept(pool), kept(partner));
            findings.push(
                Finding::new(
                    Code::PairDiffers,
                    format!("`{}` is {own}, but its backup pool `{}` is {other}", pool.fqdn, partner.fqdn),
                )
                .at(&pool.backup_pool.place)
                .help("the pools of a pair use the same edition and the same kind of high availability")
                .about(pool_subject(partner)),
            );
        }
    }
}

/// Whether a pool is one computer, and if not, how its store outlives the loss of a server.
fn availability(pool: &Pool) -> (bool, &str) {
    let is_mirrored = pool.user_store().mirror.value.is_some();
    let is_one = pool.is_one_computer();
    let way = match &pool.copies {
        _ if is_one => "",
        Some(copies) => &copies.way.label,
        None if is_mirrored => MIRRORED,
        None => "",
    };
    (is_one, way)
}

/// What a pool with a mirrored store is.
const MIRRORED: &str = "mirrored";

/// The same in words.
fn kept(pool: &Pool) -> String {
    let edition = pool.edition();
    match availability(pool) {
        (true, _) => format!("{} pool", words::with_article(edition)),
        (false, MIRRORED) => format!("a mirrored {edition} pool"),
        (false, "") => format!("{} pool without mirroring", words::with_article(edition)),
        (false, way) => format!(
            "{} pool with {}",
            words::with_article(edition),
            words::with_article(way)
        ),
    }
}
