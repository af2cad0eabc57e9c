//! Rules about the instances of SQL Servers: what pools, servers and backups say of them must agree.

use crate::finding::{Code, Finding, Place};
use crate::inventory::pool::Store;
use crate::inventory::{DatabaseBackup, Pool};
use crate::rows::{Field, Fqdn, Instance};
use crate::topology::Holding;

use super::{Case, pool_subject, server_subject};

/// An instance that the pools worksheet and the server's own row spell differently.
pub(super) fn conflicting_instance(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        for store in &pool.stores {
            for (server, instance) in partners(store) {
                findings.extend(conflict(case, pool, server, instance));
            }
        }
        // The store of the configuration lies beside that of the users.
        let users = pool.user_store();
        for (server, instance) in [
            (&users.server, &pool.central_instance),
            (&users.mirror, &pool.central_mirror_instance),
        ] {
            findings.extend(conflict(case, pool, server, instance));
        }
    }
}

/// The instance of a backup row that its server does not have, or in which the database does not lie.
pub(super) fn instance_of_backup(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in &case.inventory.databases {
        let cell = &row.instance;
        let named = cell
            .value
            .as_deref()
            .and_then(|it| Instance::parse(it).ok());
        let (Some((_, named)), Some(name)) = (named, &row.server.value) else {
            continue;
        };
        let Some((expected, said, place)) = instances_expected(case, row, name) else {
            continue;
        };
        if expected.contains(&named) {
            continue;
        }
        let message = format!(
            "the instance of `{}` on `{name}` is `{}` here and `{said}` in {place}",
            row.database.text, cell.text
        );
        findings.push(
            Finding::new(Code::ConflictingInstance, message)
                .at(&cell.place)
                .help("find out which is right on the SQL Server itself, and correct the other"),
        );
    }
}

/// The instances in which the database of a backup row can lie, what the cell says that tells it, and its place: those for which pools name its
/// server, else those that its server has.
fn instances_expected<'a>(
    case: &Case<'a>,
    row: &DatabaseBackup,
    name: &Fqdn,
) -> Option<(Vec<Instance>, &'a str, &'a Place)> {
    let topology = case.topology;
    let kind = case.inventory.product.database(row.database.value?.id);
    let kind = kind.map(|(kind, _)| kind);
    let holdings = topology.holdings(name);
    let of_kind = holdings.iter().filter(|it| kind == Some(it.kind));
    let named: Vec<&Field<Instance>> = of_kind.map(Holding::instance).collect();
    let values = named.iter().filter_map(|it| it.value.clone());
    let values: Vec<Instance> = values.collect();
    // One that cannot be read may be this.
    if let Some(first) = named.first() {
        let all_known = values.len() == named.len();
        return all_known.then_some((values, &first.text, &first.place));
    }
    let server = topology.server(name)?;
    if let Some(listed) = &server.instances.value {
        let cell = &server.instances;
        return Some((listed.clone(), &cell.text, &cell.place));
    }
    let pool = topology.pool(name).filter(|it| it.is_one_computer())?;
    let own = pool.kinds().find_map(|it| it.instance.as_deref())?;
    let (_, instance) = Instance::parse(own).ok()?;
    Some((vec![instance], own, &pool.types.place))
}

/// Both halves of a store, each with its instance.
fn partners(store: &Store) -> [(&Field<Fqdn>, &Field<Instance>); 2] {
    [
        (&store.server, &store.instance),
        (&store.mirror, &store.mirror_instance),
    ]
}

fn conflict(
    case: &Case<'_>,
    pool: &Pool,
    server: &Field<Fqdn>,
    cell: &Field<Instance>,
) -> Option<Finding> {
    let row = case.topology.server(server.value.as_ref()?)?;
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

/// A store whose instance nobody wrote down.
pub(super) fn instance_missing(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        for store in &pool.stores {
            for (server, instance) in partners(store) {
                let own = server.value.as_ref() == Some(&pool.fqdn) && pool.is_one_computer();
                if server.value.is_some() && instance.is_blank() && !own {
                    findings.push(
                        Finding::new(
                            Code::InstanceMissing,
                            format!(
                                "`{}` is blank, so no command can name the {} of `{}`",
                                instance.column, store.kind.label, pool.fqdn
                            ),
                        )
                        .at(&instance.place)
                        .help(
                            "write the instance's name, or `MSSQLSERVER` for the default instance",
                        ),
                    );
                }
            }
        }
    }
}
