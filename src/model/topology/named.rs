//! Cells of pools that name other pools and of which the program knows nothing but their names.

use std::collections::{BTreeMap, BTreeSet};

use crate::inventory::{Inventory, Pool};
use crate::rows::{Fqdn, Value};

use super::Topology;

/// The pools named in recorded cells.
#[derive(Debug)]
pub(super) struct Named<'a> {
    /// The names of all recorded cells.
    cells: BTreeSet<&'static str>,
    /// By what a cell says: its name and the pool in whose row it stands, in the order of the rows.
    by_text: BTreeMap<&'a str, Vec<(&'static str, &'a Fqdn)>>,
}

impl<'a> Named<'a> {
    pub(super) fn of(inventory: &'a Inventory) -> Self {
        let mut named = Self {
            cells: BTreeSet::new(),
            by_text: BTreeMap::new(),
        };
        for pool in &inventory.pools {
            for (name, cell) in pool.recorded.cells() {
                named.cells.insert(name);
                if let Some(Value::Text(text)) = &cell.field.value {
                    let of_text = named.by_text.entry(text.as_str()).or_default();
                    of_text.push((name, &pool.fqdn));
                }
            }
        }
        named
    }
}

impl<'a> Topology<'a> {
    /// The pools whose recorded cells name a pool, by the names of those cells; a cell that no pool fills in so has none.
    pub fn named_by(&self, pool: &Pool) -> BTreeMap<&'static str, Vec<&'a Fqdn>> {
        let cells = self.named.cells.iter().map(|name| (*name, Vec::new()));
        let mut by: BTreeMap<&'static str, Vec<&'a Fqdn>> = cells.collect();
        let naming = self.named.by_text.get(pool.fqdn.as_str());
        for (name, other) in naming.into_iter().flatten() {
            by.entry(name).or_default().push(*other);
        }
        by
    }
}
