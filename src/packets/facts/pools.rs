//! The facts of a pool.

use crate::inventory::Pool;
use crate::topology::{StoreKind, Topology, has_file_store, has_user_store};

use super::super::model::{Fact, FactGroup};
use super::{absent, backups, certificates, extras, fact, filled, required, servers};

/// Everything the worksheets say about a pool, its stores, its certificates and its backups.
pub fn of_pool(topology: &Topology<'_>, pool: &Pool) -> Vec<FactGroup> {
    let mut facts = membership(pool);
    if topology.members(pool).next().is_none() {
        facts.push(absent("Members", true));
    }
    facts.extend(extras(&pool.extras));
    let mut groups = vec![FactGroup {
        title: "Pool".to_owned(),
        facts,
    }];
    for kind in StoreKind::ALL {
        let named = kind.of(pool).server.value.is_some() || !kind.of(pool).server.is_blank();
        let expected = match kind {
            StoreKind::User => has_user_store(pool),
            StoreKind::PersistentChat => pool.is("persistent-chat"),
            _ => false,
        };
        if named || expected {
            groups.push(FactGroup {
                title: format!("SQL Server: {}", kind.as_str()),
                facts: servers::store(pool, kind),
            });
        }
    }
    once(&mut groups);
    groups.extend(certificates::of_pool(topology, pool));
    groups.extend(backups::of_pool(topology, pool));
    groups
}

/// Leaves out of the later groups what the first shows already.
fn once(groups: &mut [FactGroup]) {
    if let Some((first, rest)) = groups.split_first_mut() {
        let shown = |fact: &Fact| first.facts.iter().any(|known| known.place == fact.place);
        for group in rest {
            group.facts.retain(|fact| !shown(fact));
        }
    }
}

/// What a member needs to know of its pool.
pub(super) fn membership(pool: &Pool) -> Vec<Fact> {
    let serves_users = pool.is("front-end") || pool.is("standard-edition");
    let needed = |needed: bool, fact: Fact| Fact {
        required: needed,
        ..fact
    };
    let mut facts = filled(vec![
        required(&pool.name),
        required(&pool.types),
        fact(&pool.site),
        needed(has_file_store(pool), fact(&pool.file_store)),
        needed(serves_users, fact(&pool.cms)),
        needed(serves_users, fact(&pool.response_group)),
        fact(&pool.backup_pool),
        fact(&pool.next_hop),
    ]);
    if !pool.notes.is_blank() {
        facts.push(fact(&pool.notes));
    }
    facts
}
