//! Tries the procedure templates on other worksheets than the organization's own, before the first packet is made.
//!
//! Entry point: [`try_procedures`]. What a template asks for that does not exist shows here, wherever it stands in it.

use std::collections::BTreeSet;

use crate::decisions::{self, Table};
use crate::finding::Finding;
use crate::inventory::Inventory;
use crate::product::Product;
use crate::template::Engine;
use crate::topology::Topology;

use super::assemble::{COMMON, UNLISTED};
use super::context::Context;
use super::{fill, steps};

/// What is wrong with a procedure of the table for sure: it asks for what no packet has, or it fails in every packet of
/// these organizations that would have it; where none would, with every server and pool.
pub fn try_procedures(engine: &Engine, table: &Table, on: &[Inventory]) -> Option<Finding> {
    // A row of a worksheet may name a file that is none: that is the cell's fault, and said there.
    let mut table = table.clone();
    table
        .rows
        .retain(|row| engine.has(&template(&row.procedure)));
    let rows = table.rows.iter().map(|row| row.procedure.as_str());
    let common = COMMON.into_iter().chain([UNLISTED]);
    let common = common.map(|(_, file)| file);
    let files: BTreeSet<String> = common.chain(rows).map(template).collect();
    let packets: Vec<_> = on.iter().flat_map(|it| packets(&table, it)).collect();
    let contexts: Vec<&Context> = packets.iter().map(|(context, _)| context).collect();
    let fails = |file: &String| {
        let has = |it: &&(Context, Vec<String>)| it.1.contains(file);
        let having: Vec<&Context> = packets.iter().filter(has).map(|it| &it.0).collect();
        let tried = if having.is_empty() {
            &contexts
        } else {
            &having
        };
        in_none(engine, table.product, file, tried)
    };
    let asks = |file: &String| engine.unknown(file, &contexts);
    let failing = files.iter().find_map(fails);
    failing.or_else(|| files.iter().find_map(asks))
}

/// What the templates of each packet see, and which they are.
fn packets(table: &Table, inventory: &Inventory) -> Vec<(Context, Vec<String>)> {
    let topology = &Topology::of(inventory);
    let named = |matches: Vec<decisions::Match<'_>>| -> Vec<String> {
        let unlisted = matches.is_empty().then_some(UNLISTED);
        let rows = matches.into_iter().map(|it| it.row.procedure.as_str());
        let common = COMMON.into_iter().chain(unlisted);
        let common = common.map(|(_, file)| file);
        common.chain(rows).map(template).collect()
    };
    let servers = topology.inventory.servers.iter().map(|server| {
        let matches = decisions::for_server(table, topology, server);
        (fill::for_server(topology, server, false), named(matches))
    });
    let pools = topology.inventory.pools.iter().map(|pool| {
        let matches = decisions::for_pool(table, pool);
        (fill::for_pool(topology, pool), named(matches))
    });
    servers.chain(pools).collect()
}

fn template(file: &str) -> String {
    format!("procedures/{file}")
}

/// What fails everywhere: a template that suits one server or pool may well fail on another.
fn in_none(
    engine: &Engine,
    product: &Product,
    file: &str,
    contexts: &[&Context],
) -> Option<Finding> {
    let mut first = None;
    for context in contexts {
        match steps::procedure(engine, file, context, &product.states, file) {
            Ok(_) => return None,
            Err(finding) => first = first.or(Some(finding)),
        }
    }
    first
}
