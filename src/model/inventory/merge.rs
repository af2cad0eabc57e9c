//! Repeated names: the first row counts, except that two pool rows of different types are one pool.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, Place};

use super::Inventory;
use super::pool::{Pool, Store};
use crate::rows::field::Field;
use crate::rows::fqdn::Fqdn;

/// Merges pools and drops repeated servers, each with its finding.
pub(super) fn names(inventory: &mut Inventory, findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<Fqdn, Place> = BTreeMap::new();
    inventory.servers.retain(|server| {
        let known = first.get(&server.fqdn);
        findings.extend(known.map(|place| duplicate("server", &server.name, place)));
        let new = known.is_none();
        first
            .entry(server.fqdn.clone())
            .or_insert_with(|| server.name.place.clone());
        new
    });
    let mut pools: Vec<Pool> = Vec::new();
    let mut positions: BTreeMap<Fqdn, usize> = BTreeMap::new();
    for pool in std::mem::take(&mut inventory.pools) {
        let known = positions.get(&pool.fqdn).copied();
        match known.and_then(|position| pools.get_mut(position)) {
            None => {
                positions.insert(pool.fqdn.clone(), pools.len());
                pools.push(pool);
            }
            Some(known) if known.types.value == pool.types.value => {
                findings.push(duplicate("pool", &pool.name, &known.name.place));
            }
            Some(known) => join(known, pool),
        }
    }
    inventory.pools = pools;
}

fn duplicate(what: &str, name: &Field<Fqdn>, first: &Place) -> Finding {
    Finding::new(
        Code::Duplicate,
        format!(
            "the {what} `{}` has a row already; this one does not count",
            name.text
        ),
    )
    .at(&name.place)
    .help(format!(
        "delete one of the two rows; the first stands in {first}"
    ))
}

/// A Standard Edition server may be a Persistent Chat pool of the same name: each row fills what the
/// other leaves blank.
fn join(first: &mut Pool, second: Pool) {
    let mut types = first.types.value.clone().unwrap_or_default();
    for kind in second.types.value.iter().flatten() {
        if !types.contains(kind) {
            types.push(*kind);
        }
    }
    first.types.value = (!types.is_empty()).then_some(types);
    first.joined.push(second.types.place.clone());
    if !second.types.text.is_empty() {
        first.types.text = format!("{}; {}", first.types.text, second.types.text);
    }
    fill(&mut first.site, second.site);
    fill(&mut first.witness, second.witness);
    fill(&mut first.file_store, second.file_store);
    fill(&mut first.mirror_share, second.mirror_share);
    for (first, second) in first.stores.iter_mut().zip(second.stores) {
        fill_store(first, second);
    }
    fill(&mut first.central, second.central);
    fill(&mut first.central_instance, second.central_instance);
    fill(
        &mut first.central_mirror_instance,
        second.central_mirror_instance,
    );
    fill(&mut first.response_group, second.response_group);
    fill(&mut first.backup_pool, second.backup_pool);
    fill(&mut first.next_hop, second.next_hop);
    first.recorded.fill(second.recorded);
    fill(&mut first.notes, second.notes);
    first.extras.extend(second.extras);
}

fn fill_store(first: &mut Store, second: Store) {
    if first.server.is_blank() && first.instance.is_blank() {
        *first = second;
    }
}

fn fill<T>(first: &mut Field<T>, second: Field<T>) {
    if first.is_blank() && !second.is_blank() {
        *first = second;
    }
}
