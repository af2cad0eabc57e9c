//! Rules about SQL Server stores.

use crate::finding::{Code, Finding};
use crate::inventory::lookup::StoreKind;
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

/// A mirror of which only half is recorded.
pub(super) fn half_mirror(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        for kind in StoreKind::ALL {
            let store = kind.of(pool);
            let (message, place) =
                if store.mirror.is_blank() && store.mirror_instance.value.is_some() {
                    (
                        format!(
                            "`{}` is filled in, but `{}` is not",
                            store.mirror_instance.column, store.mirror.column
                        ),
                        &store.mirror_instance.place,
                    )
                } else if store.mirror.value.is_some() && store.server.is_blank() {
                    (
                        format!(
                            "`{}` is filled in, but `{}` is not",
                            store.mirror.column, store.server.column
                        ),
                        &store.mirror.place,
                    )
                } else {
                    continue;
                };
            findings.push(
                Finding::new(Code::HalfMirror, message)
                    .at(place)
                    .help("record both partners and both instances, or neither")
                    .about(pool_subject(pool)),
            );
        }
    }
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
