//! The facts of a pool.

use crate::inventory::Pool;
use crate::inventory::pool::Store;
use crate::topology::Topology;

use super::super::fact::{Fact, FactGroup};
use super::{backups, certificates, extras, fact, filled, lacking, recorded, required};

/// Everything the worksheets say about a pool, its stores, its certificates and its backups.
pub fn of_pool(topology: &Topology<'_>, pool: &Pool) -> Vec<FactGroup> {
    let mut facts = membership(pool);
    if topology.members(pool).next().is_none() {
        facts.push(lacking("Members", &pool.name.place));
    }
    facts.extend(extras(&pool.extras));
    let mut groups = vec![FactGroup {
        title: "Pool".to_owned(),
        facts,
    }];
    for store in &pool.stores {
        let kind = store.kind;
        let named = store.server.value.is_some() || !store.server.is_blank();
        let needed = kind.needed_by.iter().any(|id| pool.is(id));
        if named || needed || kind.users && pool.keeps(kind) {
            groups.push(FactGroup {
                title: format!("SQL Server: {}", kind.label),
                facts: of_store(pool, store),
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
    let serves_users = pool.serves_users();
    let needed = |needed: bool, fact: Fact| Fact {
        required: needed,
        ..fact
    };
    let mut facts = filled(vec![
        required(&pool.name),
        required(&pool.types),
        fact(&pool.site),
        needed(pool.has_file_store(), fact(&pool.file_store)),
        needed(serves_users, fact(&pool.central)),
        needed(serves_users, fact(&pool.response_group)),
        fact(&pool.backup_pool),
        fact(&pool.next_hop),
    ]);
    facts.extend(filled(recorded(&pool.recorded)));
    if !pool.notes.is_blank() {
        facts.push(fact(&pool.notes));
    }
    facts
}

/// The columns of one store, and for the user store what mirroring and the CMS need.
pub(super) fn of_store(pool: &Pool, store: &Store) -> Vec<Fact> {
    let mirrored = store.mirror.value.is_some() || !store.mirror_instance.is_blank();
    let needed = |needed: bool, fact: Fact| Fact {
        required: needed,
        ..fact
    };
    let mut facts = vec![
        required(&store.server),
        required(&store.instance),
        needed(mirrored, fact(&store.mirror)),
        needed(mirrored, fact(&store.mirror_instance)),
    ];
    if store.kind.users {
        facts.push(fact(&pool.witness));
        facts.push(needed(mirrored, fact(&pool.mirror_share)));
        facts.push(required(&pool.central));
        facts.push(fact(&pool.central_instance));
        facts.push(fact(&pool.central_mirror_instance));
    }
    filled(facts)
}
