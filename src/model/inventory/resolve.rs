//! Short names made full, where only one row can be meant: in the cells that name a SQL Server, a witness, a pool or
//! the server of a backup.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Place, words};

use super::Inventory;
use super::pool::Store;
use crate::rows::{Field, Fqdn};

/// The names of rows by their first part, with the cells they stand in.
type Names = BTreeMap<String, BTreeMap<Fqdn, Place>>;

/// Resolves short names, and says which row each is taken for, or which ones it could be.
pub(super) fn names(inventory: &mut Inventory, findings: &mut Vec<Finding>) {
    let servers = names_of(inventory.servers.iter().map(|it| &it.name));
    let pools = names_of(inventory.pools.iter().map(|it| &it.name));
    let mut resolver = Resolver {
        said: Vec::new(),
        settled: BTreeSet::new(),
    };
    for server in &mut inventory.servers {
        resolver.settle(&mut server.pool, &[&pools]);
    }
    for pool in &mut inventory.pools {
        for store in &mut pool.stores {
            resolver.store(store, &servers);
        }
        resolver.settle(&mut pool.witness, &[&servers]);
        resolver.settle(&mut pool.backup_pool, &[&pools]);
        resolver.settle(&mut pool.next_hop, &[&pools]);
    }
    for row in &mut inventory.databases {
        resolver.settle(&mut row.server, &[&servers, &pools]);
        resolver.settle(&mut row.pool, &[&pools]);
    }
    for row in &mut inventory.file_stores {
        resolver.settle(&mut row.server, &[&servers, &pools]);
        resolver.settle(&mut row.pool, &[&pools]);
    }
    for row in &mut inventory.certificates {
        resolver.settle(&mut row.name, &[&servers, &pools]);
        if let Some(fqdn) = &row.name.value {
            row.fqdn = fqdn.clone();
        }
    }
    let is_settled = |it: &Finding| {
        it.place
            .as_ref()
            .is_some_and(|it| resolver.settled.contains(it))
    };
    findings.retain(|it| it.code != Code::UnusualFqdn || !is_settled(it));
    findings.extend(resolver.said);
}

fn names_of<'a>(cells: impl Iterator<Item = &'a Field<Fqdn>>) -> Names {
    let mut names = Names::new();
    for cell in cells {
        if let Some(fqdn) = &cell.value {
            let of_short = names.entry(fqdn.computer_name().to_owned()).or_default();
            of_short.insert(fqdn.clone(), cell.place.clone());
        }
    }
    names
}

struct Resolver {
    said: Vec<Finding>,
    /// Cells whose short names are no longer unusual.
    settled: BTreeSet<Place>,
}

impl Resolver {
    fn settle(&mut self, field: &mut Field<Fqdn>, among: &[&Names]) {
        let Some(short) = field.value.as_ref().filter(|it| it.is_short()) else {
            return;
        };
        let found = among.iter().filter_map(|names| names.get(short.as_str()));
        let found: BTreeMap<Fqdn, Place> = found
            .flatten()
            .map(|(fqdn, place)| (fqdn.clone(), place.clone()))
            .collect();
        if found.is_empty() || found.contains_key(short) {
            return;
        }
        self.settled.insert(field.place.clone());
        let finding = match found.iter().next() {
            Some((fqdn, place)) if found.len() == 1 => {
                let message = format!(
                    "`{short}` is taken for `{fqdn}` ({place}), the only name that begins so"
                );
                field.value = Some(fqdn.clone());
                Finding::new(Code::ShortName, message).help("write the full name")
            }
            _ => {
                let can_be = words::quoted(found.keys()).replace(" and ", " or ");
                let message = format!("`{short}` can be {can_be}");
                field.value = None;
                Finding::new(Code::AmbiguousName, message).help("write the full name")
            }
        };
        self.said.push(finding.at(&field.place));
    }

    fn store(&mut self, store: &mut Store, servers: &Names) {
        self.settle(&mut store.server, &[servers]);
        self.settle(&mut store.mirror, &[servers]);
        // Once more, now that both are full names.
        if store.mirror.value.is_some() && store.mirror.value == store.server.value {
            store.mirror.value = None;
            let message = format!(
                "`{}` and `{}` name the same server",
                store.server.column, store.mirror.column
            );
            let finding = Finding::new(Code::HalfMirror, message).at(&store.mirror.place);
            self.said
                .push(finding.help("record both partners and both instances, or neither"));
        }
    }
}
