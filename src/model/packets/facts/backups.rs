//! The facts of backups: where a restore takes its data from. Set names and dates are routine and live on
//! the cycle sheet.

use crate::finding::Place;
use crate::inventory::{DatabaseBackup, FileStoreBackup, Pool, Server};
use crate::product::{Database, StoreKind};
use crate::rows::{Extra, Field};
use crate::topology::{NoBackup, Topology};

use super::super::fact::{Fact, FactGroup};
use super::{extras, fact, filled, lacking, path, required};

/// The backups a server's procedures restore from.
pub(super) fn of_server(topology: &Topology<'_>, server: &Server) -> Vec<FactGroup> {
    let mut groups = Vec::new();
    let mut pools: Vec<(&Pool, &'static StoreKind)> = Vec::new();
    if topology.is_one_computer(server)
        && let Some(pool) = topology.pool_of(server)
    {
        pools.push((pool, topology.inventory.product.user_store()));
    }
    for holding in topology.holdings(&server.fqdn) {
        pools.push((holding.pool, holding.kind));
    }
    for (pool, kind) in pools {
        for expected in expected(pool, kind) {
            push(&mut groups, database(topology, pool, expected));
        }
    }
    if topology.holds_central(server).is_some() {
        global(topology, &mut groups);
    }
    let own = topology
        .is_one_computer(server)
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
    for store in &pool.stores {
        if store.kind.users && pool.serves_users() || store.server.value.is_some() {
            for expected in expected(pool, store.kind) {
                push(&mut groups, database(topology, pool, expected));
            }
        }
    }
    if pool.holds_central() {
        global(topology, &mut groups);
    }
    if pool.has_file_store() {
        push(&mut groups, file_store(topology, pool));
    }
    groups
}

/// The databases of a store to expect a backup of.
fn expected(pool: &Pool, kind: &'static StoreKind) -> impl Iterator<Item = &'static Database> {
    let without_optional = pool.response_group.value == Some(false);
    let databases = kind.databases.iter();
    databases.filter(move |it| !(it.optional && without_optional))
}

fn global(topology: &Topology<'_>, groups: &mut Vec<FactGroup>) {
    for database in &topology.inventory.product.central.databases {
        let title = format!("Backup: {}", database.name);
        let row = topology.global_backup(database);
        push(groups, rows(title, row, topology.central_pool()));
    }
}

fn database(topology: &Topology<'_>, pool: &Pool, database: &Database) -> FactGroup {
    rows(
        format!("Backup: {} of {}", database.name, pool.fqdn),
        topology.backup(database, pool),
        Some(pool).filter(|pool| !pool.may_lack(database)),
    )
}

/// `asker`: the pool that surely needs the row.
fn rows(
    title: String,
    row: Result<&DatabaseBackup, NoBackup<'_>>,
    asker: Option<&Pool>,
) -> FactGroup {
    match row {
        Ok(row) => FactGroup {
            title,
            facts: of_row(row),
        },
        Err(NoBackup::None) => FactGroup {
            title: format!("{title} (no row)"),
            facts: ["Backup destination", "Backup file"]
                .map(|column| match asker {
                    Some(pool) => lacking(column, &pool.name.place),
                    None => Fact::absent(column),
                })
                .to_vec(),
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
            required: row.location().is_none() && row.unsettled().column == row.file.column,
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
                lacking("Backup destination", &pool.name.place),
                Fact {
                    required: hosted,
                    ..lacking("Local path", &pool.name.place)
                },
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
