//! Rows of an organization's own decision table that never apply.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::topology::Topology;

use super::{Table, for_pool, for_server};

/// One finding for each row that applies to no server and no pool.
pub fn idle_rows(table: &Table, topology: &Topology<'_>) -> Vec<Finding> {
    let inventory = topology.inventory;
    let servers = inventory
        .servers
        .iter()
        .flat_map(|server| for_server(table, topology, server));
    let pools = inventory
        .pools
        .iter()
        .flat_map(|pool| for_pool(table, pool));
    let used: BTreeSet<String> = servers
        .chain(pools)
        .map(|found| found.row.id.clone())
        .collect();
    let idle = table.rows.iter().filter(|row| !used.contains(&row.id));
    idle.map(|row| {
        let record = inventory
            .decisions
            .iter()
            .find(|it| it.if_this_failed.text == row.if_this_failed);
        let finding = Finding::new(
            Code::IdleRow,
            format!("the row `{}` applies to no server and no pool", row.id),
        )
        .help("correct `Applies to` or `Condition`, or delete the row");
        match record {
            Some(record) => finding.at(&record.row),
            None => finding,
        }
    })
    .collect()
}
