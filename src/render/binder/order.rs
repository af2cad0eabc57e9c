//! The order of a binder: by site, then by pool, each pool's packet before those of its servers.

use std::collections::BTreeMap;

use super::Tab;
use crate::finding::SubjectKind;
use crate::render::index::IndexEntry;

/// Sorts the packets and numbers their tabs.
pub(super) fn tabs(entries: Vec<IndexEntry>) -> Vec<Tab> {
    let pools = pools(&entries);
    let mut placed: Vec<(Rank, Tab)> = entries.into_iter().map(|it| place(it, &pools)).collect();
    placed.sort_by(|(a, _), (b, _)| a.cmp(b));
    let tabs = (1..).zip(placed);
    tabs.map(|(number, (_, tab))| Tab { number, ..tab })
        .collect()
}

/// What the order is by. What has no site or no pool comes after what has one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    no_site: bool,
    site: String,
    no_pool: bool,
    pool: String,
    /// 0 for the pool itself, then its servers in restore order.
    order: usize,
    fqdn: String,
}

/// What a server is to its pool.
struct Membership {
    pool: String,
    site: Option<String>,
    order: usize,
}

/// The pool each server is bound with: the first that names it, in order of name.
fn pools(entries: &[IndexEntry]) -> BTreeMap<String, Membership> {
    let mut pools: Vec<&IndexEntry> = entries
        .iter()
        .filter(|entry| entry.kind == SubjectKind::Pool)
        .collect();
    pools.sort_by(|a, b| a.fqdn.cmp(&b.fqdn));
    let mut found = BTreeMap::new();
    for pool in pools {
        for (order, member) in (1..).zip(&pool.members) {
            found.entry(member.clone()).or_insert_with(|| Membership {
                pool: pool.fqdn.clone(),
                site: pool.site.clone(),
                order,
            });
        }
    }
    found
}

fn place(entry: IndexEntry, pools: &BTreeMap<String, Membership>) -> (Rank, Tab) {
    let (pool, order, pools_site) = match (entry.kind, pools.get(&entry.fqdn)) {
        (SubjectKind::Pool, _) => (Some(entry.fqdn.clone()), 0, None),
        (SubjectKind::Server, Some(it)) => (Some(it.pool.clone()), it.order, it.site.clone()),
        (SubjectKind::Server, None) => (None, 0, None),
    };
    // A server without a site stands where its pool does.
    let site = entry.site.clone().or(pools_site);
    let rank = Rank {
        no_site: site.is_none(),
        // As the card and the plan have it: a site is a name, however it is typed.
        site: site.as_deref().unwrap_or_default().trim().to_lowercase(),
        no_pool: pool.is_none(),
        pool: pool.clone().unwrap_or_default(),
        order,
        fqdn: entry.fqdn.clone(),
    };
    let tab = Tab {
        number: 0,
        volume: 1,
        site,
        pool,
        entry,
    };
    (rank, tab)
}
