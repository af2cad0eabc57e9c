//! What the worksheets hold that a profile leaves out, whichever packets a bundle has: contacts, and columns nobody reads.

use std::collections::{BTreeMap, BTreeSet};

use crate::bundle::{Beyond, Profile, view};
use crate::rows::{Table, parse};

use super::super::kept::KeptPackets;

/// The headings of all worksheets, which a profile may name.
pub fn headings(kept: &KeptPackets) -> BTreeSet<String> {
    let inventory = &kept.inventory;
    let servers = inventory.servers.iter().flat_map(|it| &it.extras);
    let pools = inventory.pools.iter().flat_map(|it| &it.extras);
    let extras = servers.chain(pools).map(|it| it.heading.clone());
    let others = kept.others.iter();
    let others = others.flat_map(|it| it.extras.values().cloned());
    extras.chain(others).collect()
}

/// What is known beyond the packets of a bundle.
pub fn beyond(profile: &Profile, kept: &KeptPackets) -> Beyond {
    let inventory = &kept.inventory;
    let servers = inventory.servers.iter().map(|it| it.fqdn.as_str());
    let names = servers.chain(inventory.pools.iter().map(|it| it.fqdn.as_str()));
    let is_hidden = |table: &&Table| profile.sheets.contains(&table.kind.id);
    let tables: Vec<&Table> = kept.others.iter().filter(is_hidden).collect();
    let offered = tables.iter().flat_map(|it| offered(it)).collect();
    Beyond {
        names: names.flat_map(both).collect(),
        values: tables.iter().flat_map(|it| texts(it, profile)).collect(),
        offered,
    }
}

/// What the columns of a table offer.
fn offered(table: &Table) -> Vec<(String, String)> {
    let columns = table.kind.columns.iter();
    let offered = columns.flat_map(|column| {
        let values = column.values.iter().map(|it| view::plain(it));
        values.map(|it| (column.heading.clone(), it))
    });
    offered.collect()
}

/// A name with and without its domain.
fn both(name: &str) -> [String; 2] {
    let short = name.split('.').next().unwrap_or(name);
    [view::plain(name), view::plain(short)]
}

/// Every value of a table, and every line of it, but for the columns a profile shows and what a column offers.
fn texts(table: &Table, profile: &Profile) -> Vec<String> {
    let offered: BTreeSet<(String, String)> = offered(table).into_iter().collect();
    let known = table.columns.iter().map(|(heading, at)| (*at, *heading));
    let extras = table.extras.iter().map(|(at, it)| (*at, it.as_str()));
    let headings: BTreeMap<u32, &str> = known.chain(extras).collect();
    let mut texts = Vec::new();
    for (column, value) in table.rows.values().flatten() {
        let heading = headings.get(column).copied().unwrap_or_default();
        if profile.shown.contains(heading) {
            continue;
        }
        let text = parse::text_of(value);
        let views = text.lines().chain([text.as_str()]);
        let views = views.map(|it| view::plain(it).trim().to_owned());
        texts.extend(views.filter(|it| !offered.contains(&(heading.to_owned(), it.clone()))));
    }
    texts
}
