//! Rules about SQL Server stores.

use crate::finding::{Code, Finding, Place, words};
use crate::inventory::pool::Store;
use crate::inventory::{Pool, Server};
use crate::product::Product;
use crate::rows::{Field, Fqdn};

use super::{Case, pool_subject, server_subject};

/// A mirrored pair of which only part is recorded.
pub(super) fn half_mirror(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let halves = pool.stores.iter().filter_map(half);
        let witness = lone_witness(pool);
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
fn lone_witness(pool: &Pool) -> Option<(String, &Place)> {
    pool.witness.value.as_ref()?;
    let message = "a witness is recorded, but no mirror".to_owned();
    let alone = pool.stores.iter().all(|store| store.mirror.is_blank());
    alone.then_some((message, &pool.witness.place))
}

/// A SQL Server version the product does not support for its databases.
pub(super) fn unsupported_sql(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for server in &case.inventory.servers {
        let version = server
            .sql_version
            .value
            .as_deref()
            .and_then(|text| case.inventory.product.sql.version(text));
        let Some(version) = version.filter(|version| !version.supported) else {
            continue;
        };
        if case.topology.holdings(&server.fqdn).is_empty() {
            continue;
        }
        findings.push(
            Finding::new(
                Code::UnsupportedSql,
                format!(
                    "`{}` ({}) is not supported by {}",
                    server.sql_version.text, version.name, case.inventory.product.names.name
                ),
            )
            .at(&server.sql_version.place)
            .help(format!(
                "correct the cell, or plan for {}",
                case.inventory.product.sql.plan_for_version
            )),
        );
    }
}

/// An edition the product does not support for its databases.
pub(super) fn unsupported_edition(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for server in &case.inventory.servers {
        let Some(edition) = server.sql_edition.value.as_deref() else {
            continue;
        };
        if !case.topology.holdings(&server.fqdn).is_empty()
            && !case.inventory.product.sql.supports_edition(edition)
        {
            findings.push(
                Finding::new(
                    Code::UnsupportedEdition,
                    format!(
                        "`{edition}` is no edition {} keeps its databases in",
                        case.inventory.product.names.name
                    ),
                )
                .at(&server.sql_edition.place)
                .help(format!(
                    "correct the cell, or plan for {}; a witness may have any edition",
                    case.inventory.product.sql.plan_for_edition
                )),
            );
        }
    }
}

/// One of the two folders of a server's databases, and not the other: the command would make them in the default folders,
/// which is neither what stood there nor what anybody wrote.
pub(super) fn half_of_folders(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for server in &case.inventory.servers {
        let cells = [&server.sql_data_path, &server.sql_log_path];
        let holds = !case.topology.holdings(&server.fqdn).is_empty();
        let (empty, filled) = match cells.map(|it| it.value.is_some()) {
            [true, false] if cells[1].is_blank() => (cells[1], cells[0]),
            [false, true] if cells[0].is_blank() => (cells[0], cells[1]),
            _ => continue,
        };
        if holds {
            let message = format!(
                "`{}` says nothing, but `{}` is filled in ({}), so no command names either",
                empty.column, filled.column, filled.place
            );
            findings.push(
                Finding::new(Code::MissingValue, message)
                    .at(&empty.place)
                    .help("write both folders, or neither")
                    .about(server_subject(server)),
            );
        }
    }
}

/// Partners of a mirrored pair, or their witness, with different versions; partners with different editions.
pub(super) fn versions_differ(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        for store in &pool.stores {
            let row = |field: &Field<Fqdn>| {
                field
                    .value
                    .as_ref()
                    .and_then(|fqdn| case.topology.server(fqdn))
            };
            let (Some(primary), Some(mirror)) = (row(&store.server), row(&store.mirror)) else {
                continue;
            };
            findings.extend(differ(
                primary,
                mirror,
                |it| &it.sql_version,
                |text| version(text, case.inventory.product),
                "versions",
            ));
            findings.extend(differ(
                primary,
                mirror,
                |it| &it.sql_edition,
                str::to_lowercase,
                "editions",
            ));
            if store.kind.witnessed
                && let Some(witness) = row(&pool.witness)
            {
                findings.extend(differ(
                    primary,
                    witness,
                    |it| &it.sql_version,
                    |text| version(text, case.inventory.product),
                    "versions",
                ));
            }
        }
    }
}

fn version(text: &str, product: &Product) -> String {
    let known = product.sql.version(text);
    known.map_or_else(|| text.to_lowercase(), |version| version.name.clone())
}

fn differ(
    one: &Server,
    other: &Server,
    cell: fn(&Server) -> &Field<String>,
    meaning: impl Fn(&str) -> String,
    what: &str,
) -> Option<Finding> {
    let (own, its) = (cell(one), cell(other));
    let (text, other_text) = (own.value.as_deref()?, its.value.as_deref()?);
    if meaning(text) == meaning(other_text) {
        return None;
    }
    Some(
        Finding::new(
            Code::SqlDiffers,
            format!(
                "`{}` has `{other_text}`, but its partner `{}` has `{text}` ({})",
                other.fqdn, one.fqdn, own.place
            ),
        )
        .at(&its.place)
        .help(format!(
            "mirroring needs equal {what}: correct the cell, or rebuild one of the two"
        ))
        .about(server_subject(one)),
    )
}

/// A mirroring share on one of the partners, which is lost with it.
pub(super) fn share_on_partner(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let Some(server) = case.topology.mirror_share_host(pool) else {
            continue;
        };
        let store = pool.user_store();
        if [&store.server, &store.mirror]
            .iter()
            .any(|field| field.value.as_ref() == Some(&server.fqdn))
        {
            findings.push(
                Finding::new(
                    Code::ShareOnPartner,
                    format!(
                        "the mirroring share lies on `{}`, one of the two partners",
                        server.fqdn
                    ),
                )
                .at(&pool.mirror_share.place)
                .help("name a share on a third computer that both SQL Servers can write to"),
            );
        }
    }
}

/// The file store of a pool of several servers on one of them.
pub(super) fn file_store_on_front_end(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in case
        .inventory
        .pools
        .iter()
        .filter(|pool| pool.serves_users() && !pool.is_one_computer())
    {
        let host = case.topology.file_store_host(pool);
        let server = host.filter(|_| pool.file_store.value.is_some());
        if let Some(server) =
            server.filter(|server| case.topology.has(server, |role| role.together))
        {
            findings.push(
                Finding::new(
                    Code::FileStoreOnFrontEnd,
                    format!(
                        "the file store lies on the {} `{}`",
                        case.inventory.product.members_together(),
                        server.fqdn
                    ),
                )
                .at(&pool.file_store.place)
                .help(format!(
                    "{} pool keeps its file store on a server of its own",
                    words::with_article(pool.edition())
                )),
            );
        }
    }
}

/// A file store path that names another host than its backup row.
pub(super) fn file_store_host_differs(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in &case.inventory.file_stores {
        let (Some(share), Some(server)) = (&row.share.value, &row.server.value) else {
            continue;
        };
        let host = share.host().and_then(|host| case.topology.host(host));
        let stranger =
            host.filter(|host| host.fqdn != *server && case.topology.server(server).is_some());
        if let Some(host) = stranger {
            findings.push(
                Finding::new(
                    Code::FileStoreHostDiffers,
                    format!(
                        "the share lies on `{}`, but the row is of `{}`",
                        host.fqdn, row.server.text
                    ),
                )
                .at(&row.share.place)
                .help("correct the share or `Server name (FQDN)`"),
            );
        }
    }
}
