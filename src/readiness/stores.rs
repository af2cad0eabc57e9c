//! Rules about SQL Server stores.

use crate::finding::{Code, Finding, Place};
use crate::inventory::lookup::StoreKind;
use crate::inventory::pool::Store;
use crate::inventory::{Field, Fqdn, Instance, Pool};

use super::{Case, pool_subject, product, server_subject};

/// An instance that the pools worksheet and the server's own row spell differently.
pub(super) fn conflicting_instance(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        for kind in StoreKind::ALL {
            let store = kind.of(pool);
            for (server, instance) in [
                (&store.server, &store.instance),
                (&store.mirror, &store.mirror_instance),
            ] {
                findings.extend(conflict(case, pool, server, instance));
            }
        }
    }
}

fn conflict(
    case: &Case<'_>,
    pool: &Pool,
    server: &Field<Fqdn>,
    cell: &Field<Instance>,
) -> Option<Finding> {
    let row = case.inventory.server(server.value.as_ref()?)?;
    let instance = cell.value.as_ref()?;
    let listed = row.instances.value.as_ref()?;
    if listed.contains(instance) {
        return None;
    }
    Some(
        Finding::new(
            Code::ConflictingInstance,
            format!(
                "the instance on `{}` is `{}` here and `{}` in {}",
                row.fqdn, cell.text, row.instances.text, row.instances.place
            ),
        )
        .at(&cell.place)
        .help("find out which is right on the SQL Server itself, and correct the other")
        .about(pool_subject(pool))
        .about(server_subject(row)),
    )
}

/// A mirrored pair of which only part is recorded.
pub(super) fn half_mirror(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let stores = StoreKind::ALL.map(|kind| kind.of(pool));
        let halves = stores.into_iter().filter_map(half);
        let witness = lone_witness(pool, &stores);
        for (message, place) in halves.chain(witness) {
            findings.push(
                Finding::new(Code::HalfMirror, message)
                    .at(place)
                    .help("record both partners with their instances, or clear the mirror's cells")
                    .about(pool_subject(pool)),
            );
        }
    }
}

/// What is wrong with the mirror of a store, and in which cell. Cells that cannot be read have their own finding.
fn half(store: &Store) -> Option<(String, &Place)> {
    let without =
        |filled: &str, blank: &str| format!("`{filled}` is filled in, but `{blank}` is blank");
    let (server, mirror) = (&store.server, &store.mirror);
    let instance = &store.mirror_instance;
    if mirror.is_blank() && instance.value.is_some() {
        return Some((without(instance.column, mirror.column), &instance.place));
    }
    mirror.value.as_ref()?;
    if server.is_blank() {
        return Some((without(mirror.column, server.column), &mirror.place));
    }
    let same = || {
        format!(
            "`{}` and `{}` name the same server",
            server.column, mirror.column
        )
    };
    (mirror.value == server.value).then(|| (same(), &mirror.place))
}

/// A witness decides between two partners; without a mirror there are none.
fn lone_witness<'a>(pool: &'a Pool, stores: &[&Store]) -> Option<(String, &'a Place)> {
    pool.witness.value.as_ref()?;
    let message = "a witness is recorded, but no mirror".to_owned();
    let alone = stores.iter().all(|store| store.mirror.is_blank());
    alone.then_some((message, &pool.witness.place))
}

/// A SQL Server version the product does not support for its databases.
pub(super) fn unsupported_sql(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for server in &case.inventory.servers {
        let version = server
            .sql_version
            .value
            .as_deref()
            .and_then(product::sql_version);
        let Some(version) = version.filter(|version| !version.supported) else {
            continue;
        };
        if case.inventory.holdings(&server.fqdn).is_empty() {
            continue;
        }
        findings.push(
            Finding::new(
                Code::UnsupportedSql,
                format!(
                    "`{}` ({}) is not supported by Lync Server 2013",
                    server.sql_version.text, version.name
                ),
            )
            .at(&server.sql_version.place)
            .help("correct the cell, or plan for SQL Server 2008 R2 or 2012"),
        );
    }
}
