//! The facts of backups: where a restore takes its data from. Set names and dates are routine and live on
//! the cycle sheet.

use crate::finding::Place;
use crate::inventory::{DatabaseBackup, Extra, Field, FileStoreBackup, Pool, Server};
use crate::topology::{NoBackup, StoreKind, Topology, has_file_store};

use super::super::model::{Fact, FactGroup};
use super::{absent, extras, fact, filled, path, required};

/// A database of `names.toml` that a pool has, and whether to expect a backup of it.
type Expected = (&'static str, &'static str);

/// The backups a server's procedures restore from.
pub(super) fn of_server(topology: &Topology<'_>, server: &Server) -> Vec<FactGroup> {
    let mut groups = Vec::new();
    let mut pools: Vec<(&Pool, Vec<Expected>)> = Vec::new();
    if topology.is_standard_edition(server)
        && let Some(pool) = topology.pool_of(server)
    {
        pools.push((pool, expected(pool, StoreKind::User)));
    }
    for holding in topology.holdings(&server.fqdn) {
        pools.push((holding.pool, expected(holding.pool, holding.kind)));
    }
    for (pool, databases) in pools {
        for (id, printed) in databases {
            push(&mut groups, database(topology, pool, id, printed));
        }
    }
    if topology.hosts_cms(server).is_some() {
        global(topology, &mut groups);
    }
    let own = topology
        .is_standard_edition(server)
        .then(|| topology.pool_of(server))
        .flatten();
    for pool in own.into_iter().chain(topology.file_stores_on(server)) {
        push(&mut groups, file_store(topology, pool));
    }
    groups
}

/// The backups a pool's procedure restores from.
pub(super) fn of_pool(topology: &Topology<'_>, pool: &Pool) -> Vec<FactGroup> {
    let mut groups = Vec::new();
    for kind in StoreKind::ALL {
        let own = kind == StoreKind::User && (pool.is("front-end") || pool.is("standard-edition"));
        if own || kind.of(pool).server.value.is_some() {
            for (id, printed) in expected(pool, kind) {
                push(&mut groups, database(topology, pool, id, printed));
            }
        }
    }
    if pool.hosts_cms() {
        global(topology, &mut groups);
    }
    if has_file_store(pool) {
        push(&mut groups, file_store(topology, pool));
    }
    groups
}

fn expected(pool: &Pool, kind: StoreKind) -> Vec<Expected> {
    match kind {
        StoreKind::User if pool.response_group.value == Some(false) => vec![("rtc", "Rtc")],
        StoreKind::User => vec![("rtc", "Rtc"), ("rgsconfig", "RgsConfig")],
        StoreKind::Archiving => vec![("lcslog", "LcsLog")],
        StoreKind::Monitoring => vec![("lcscdr", "LcsCDR"), ("qoemetrics", "QoEMetrics")],
        StoreKind::PersistentChat => vec![("mgc", "mgc")],
    }
}

fn global(topology: &Topology<'_>, groups: &mut Vec<FactGroup>) {
    for (id, printed) in [("xds", "Xds"), ("lis", "Lis")] {
        let title = format!("Backup: {printed}");
        push(groups, rows(title, topology.global_backup(id)));
    }
}

fn database(topology: &Topology<'_>, pool: &Pool, id: &str, printed: &str) -> FactGroup {
    rows(
        format!("Backup: {printed} of {}", pool.fqdn),
        topology.backup(id, pool),
    )
}

fn rows(title: String, row: Result<&DatabaseBackup, NoBackup<'_>>) -> FactGroup {
    match row {
        Ok(row) => FactGroup {
            title,
            facts: of_row(row),
        },
        Err(NoBackup::None) => FactGroup {
            title: format!("{title} (no row)"),
            facts: vec![
                absent("Backup destination", true),
                absent("Backup file", true),
            ],
        },
        Err(NoBackup::Several(rows)) => FactGroup {
            title: format!("{title} (several rows fit)"),
            facts: rows.iter().flat_map(|row| of_row(row)).collect(),
        },
    }
}

fn of_row(row: &DatabaseBackup) -> Vec<Fact> {
    let facts = vec![
        fact(&row.database),
        required(&row.server),
        fact(&row.pool),
        fact(&row.instance),
        required(&row.tool),
        Fact {
            required: true,
            ..path(&row.destination)
        },
        Fact {
            required: row.location().is_none(),
            ..path(&row.file)
        },
        required(&row.schedule),
        fact(&row.set),
        fact(&row.last_backup),
        fact(&row.last_test),
    ];
    closed(facts, &row.notes, &row.extras)
}

fn file_store(topology: &Topology<'_>, pool: &Pool) -> FactGroup {
    let title = format!("Backup: file store of {}", pool.fqdn);
    // A DFS or cluster path names no server, so nobody types the folder behind it.
    let hosted = topology.file_store_is_hosted(pool);
    match topology.file_store_backup(pool) {
        Ok(row) => FactGroup {
            title,
            facts: of_share(row, hosted),
        },
        Err(rows) if rows.is_empty() => FactGroup {
            title: format!("{title} (no row)"),
            facts: vec![
                absent("Backup destination", true),
                absent("Local path", hosted),
            ],
        },
        Err(rows) => FactGroup {
            title: format!("{title} (several rows fit)"),
            facts: rows.iter().flat_map(|row| of_share(row, hosted)).collect(),
        },
    }
}

fn of_share(row: &FileStoreBackup, hosted: bool) -> Vec<Fact> {
    let facts = vec![
        fact(&row.content),
        required(&row.server),
        fact(&row.pool),
        required(&row.share),
        Fact {
            required: hosted,
            ..fact(&row.local_path)
        },
        fact(&row.tool),
        Fact {
            required: true,
            ..path(&row.destination)
        },
        required(&row.schedule),
        fact(&row.last_backup),
        fact(&row.last_test),
    ];
    closed(facts, &row.notes, &row.extras)
}

/// One row may back several pools; its group stands in the packet once and names them all.
fn push(groups: &mut Vec<FactGroup>, group: FactGroup) {
    if groups.iter().any(|known| known.title == group.title) {
        return;
    }
    let rows = |group: &FactGroup| -> Option<Vec<Place>> {
        group.facts.iter().map(|fact| fact.place.clone()).collect()
    };
    let same_rows = |known: &&mut FactGroup| rows(known).is_some() && rows(known) == rows(&group);
    match (groups.iter_mut().find(same_rows), owner(&group.title)) {
        (Some(known), Some(owner)) => known.title = format!("{}, {owner}", known.title),
        _ => groups.push(group),
    }
}

/// Whose a group is: the end of "Backup: LcsLog of pool01.contoso.com".
fn owner(title: &str) -> Option<&str> {
    title.rsplit_once(" of ").map(|(_, owner)| owner)
}

/// The facts of a row without its blanks, and behind them its notes and what the tool does not know.
fn closed(mut facts: Vec<Fact>, notes: &Field<String>, extra: &[Extra]) -> Vec<Fact> {
    if !notes.is_blank() {
        facts.push(fact(notes));
    }
    let mut facts = filled(facts);
    facts.extend(extras(extra));
    facts
}
