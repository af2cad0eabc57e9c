//! The pool's part of the context: members, stores, file store, partner.

use std::collections::BTreeMap;

use crate::inventory::{Pool, Server};
use crate::product::Export;
use crate::rows::{Field, Fqdn};
use crate::template::Slot;

use super::super::context::{
    BackupPoolContext, EdgeContext, MemberContext, NextHopContext, PoolContext,
};
use super::recorded::recorded;
use super::{Fill, known, name, path, phrase, slot};

impl<'a> Fill<'a> {
    pub(super) fn pool(self, pool: &'a Pool) -> PoolContext {
        let topology = self.topology;
        let owner = format!("`{}`", pool.fqdn);
        let members = |servers: &mut dyn Iterator<Item = &'a Server>| -> Vec<MemberContext> {
            servers.map(|server| self.member(server)).collect()
        };
        let uncertain = self.uncertain_members(pool);
        let quorum_members = [
            members(&mut topology.quorum_members(pool)),
            uncertain.clone(),
        ]
        .concat();
        let types = pool
            .types
            .known(&owner)
            .map(|types| phrase(types.iter().map(|it| it.printed)));
        PoolContext {
            fqdn: Slot::Text(pool.fqdn.to_string()),
            types: known(types),
            site: slot(&pool.site, &owner),
            is_one_computer: pool.is_one_computer(),
            serves_users: self.serves_users(pool),
            // A blank type must not send Edge Servers commands that work inside the domain only.
            is_edge: self.stands_outside(pool),
            members: [members(&mut topology.members(pool)), uncertain].concat(),
            quorum: topology.inventory.product.quorum.of(quorum_members.len()),
            keep: topology
                .inventory
                .product
                .quorum
                .keeps(quorum_members.len())
                .unwrap_or_default(),
            alike: self.alike_elsewhere(pool),
            quorum_members,
            shell: self.shell(pool),
            sql: self.primary(pool, pool.user_store()),
            availability: pool.copies.as_ref().map_or("", |it| &it.way.id),
            copies: self.copies(pool),
            mirror: self.mirror(pool, pool.user_store()),
            witness: pool
                .witness
                .value
                .as_ref()
                .map(|_| name(&pool.witness, &owner)),
            mirror_share: mirror_share(pool),
            mirrored: self.mirrored(pool),
            has_central: pool.holds_central(),
            standby: self.standby(pool),
            response_group: match pool.response_group.value {
                Some(true) => "yes",
                Some(false) => "no",
                None => "unknown",
            },
            response_group_cell: known(
                pool.response_group
                    .known(&owner)
                    .map(|_| pool.response_group.text.clone()),
            ),
            response_group_file: self.pool_file(Export::ResponseGroup, pool),
            user_data_file: self.pool_file(Export::UserData, pool),
            file_store: pool.has_file_store().then(|| self.file_store(pool)),
            backup_pool: topology
                .partner(pool)
                .map(|partner| self.backup_pool(partner)),
            next_hop: (!pool.next_hop.is_blank()).then(|| name(&pool.next_hop, &owner)),
            outer_pools: self.outer_pools(pool),
            next_hops: self.next_hops(pool),
            recorded: recorded(&pool.recorded, &owner),
            named_by: self.named_by(pool),
            alternatives: self.alternatives(pool),
        }
    }

    /// The servers that hold the store of its users together.
    fn copies(self, pool: &Pool) -> Vec<MemberContext> {
        let owner = format!("`{}`", pool.fqdn);
        let servers = pool.copies.iter().flat_map(|it| &it.servers);
        let copy = |cell: &Field<Fqdn>| {
            let row = cell.value.as_ref().and_then(|it| self.topology.server(it));
            row.map_or_else(
                || MemberContext {
                    fqdn: Slot::Gap(cell.gap(&owner)),
                    roles: Slot::Gap(cell.gap(&owner)),
                    is_this: false,
                },
                |server| self.member(server),
            )
        };
        servers.map(copy).collect()
    }

    /// Servers that may be members of a pool of users, for all anybody can tell. Each is a blank in the lists: a command
    /// that must reach every member may not leave one out in silence.
    fn uncertain_members(self, pool: &Pool) -> Vec<MemberContext> {
        if pool.is_one_computer() || !self.serves_users(pool) {
            return Vec::new();
        }
        let gaps = self.topology.doubtful().filter_map(|server| {
            let owner = format!("`{}`", server.fqdn);
            let names_it = server.pool.value.as_ref() == Some(&pool.fqdn);
            if names_it && server.roles.value.is_none() {
                return Some(server.roles.gap(&owner));
            }
            let of_no_pool = self.topology.pool_of(server).is_none();
            (of_no_pool && self.topology.has(server, |role| role.together))
                .then(|| server.pool.gap(&owner))
        });
        gaps.map(|gap| MemberContext {
            fqdn: Slot::Gap(gap.clone()),
            roles: Slot::Gap(gap),
            is_this: false,
        })
        .collect()
    }

    /// The pools whose cells name a pool, by the names of those cells.
    fn named_by(self, pool: &Pool) -> BTreeMap<&'static str, Vec<Slot>> {
        let named = self.topology.named_by(pool).into_iter();
        let slots = |pools: Vec<&Fqdn>| {
            let slots = pools.into_iter();
            slots.map(|it| Slot::Text(it.to_string())).collect()
        };
        named.map(|(name, pools)| (name, slots(pools))).collect()
    }

    /// The pools that stand outside as this one does.
    fn alternatives(self, pool: &Pool) -> Vec<Slot> {
        if !self.stands_outside(pool) {
            return Vec::new();
        }
        let all = self.topology.inventory.pools.iter();
        all.filter(|it| it.fqdn != pool.fqdn && self.stands_outside(it))
            .map(|it| Slot::Text(it.fqdn.to_string()))
            .collect()
    }

    /// Whether a pool's servers stand outside the domain: by its type, or by the role of one of them.
    fn stands_outside(self, pool: &Pool) -> bool {
        let mut members = self.topology.members(pool);
        pool.kinds().any(|kind| kind.outside)
            || members.any(|it| self.topology.has(it, |role| role.outside))
    }

    /// Whether users sign in at a pool, or it is of unknown type and best taken for such a one.
    fn serves_users(self, pool: &Pool) -> bool {
        let named = || pool.user_store().server.value.is_some();
        let staffed = || self.topology.quorum_members(pool).next().is_some();
        pool.serves_users() || (pool.types.value.is_none() && (named() || staffed()))
    }

    fn backup_pool(self, partner: &'a Pool) -> BackupPoolContext {
        BackupPoolContext {
            fqdn: Slot::Text(partner.fqdn.to_string()),
            shell: self.shell(partner),
            sql: self.primary(partner, partner.user_store()),
            mirror: self.mirror(partner, partner.user_store()),
        }
    }

    /// The other pools whose next hop is this pool.
    fn next_hops(self, pool: &Pool) -> Vec<NextHopContext> {
        let inside = self
            .topology
            .relying_on(pool)
            .filter(|it| !it.kinds().any(|kind| kind.outside));
        let hops = inside.map(|hop| {
            let types = hop.types.known(&format!("`{}`", hop.fqdn));
            NextHopContext {
                fqdn: Slot::Text(hop.fqdn.to_string()),
                types: known(types.map(|types| phrase(types.iter().map(|it| it.printed)))),
                kind: hop.kinds().next().map_or("", |kind| kind.id.as_str()),
                members: self
                    .topology
                    .members(hop)
                    .map(|it| self.member(it))
                    .collect(),
            }
        });
        hops.collect()
    }

    /// Edge pools whose next hop is this pool: they are moved while the pool is down.
    fn outer_pools(self, pool: &Pool) -> Vec<EdgeContext> {
        let partner = self.topology.partner(pool);
        let edges = self
            .topology
            .relying_on(pool)
            .filter(|it| it.kinds().any(|kind| kind.outside));
        edges
            .map(|edge| EdgeContext {
                fqdn: Slot::Text(edge.fqdn.to_string()),
                same_site: partner.is_some_and(|partner| {
                    edge.site.value.is_some() && edge.site.value == partner.site.value
                }),
            })
            .collect()
    }
}

/// The share both partners of a mirror write to; anything but a share is none.
pub(super) fn mirror_share(pool: &Pool) -> Slot {
    match &pool.mirror_share.value {
        Some(share) if share.host().is_some() => path(share),
        _ => Slot::Gap(pool.mirror_share.gap(&format!("`{}`", pool.fqdn))),
    }
}
