//! Which lost pools fail over to their backup pool before anything is restored.

use crate::decisions::Because;
use crate::inventory::{Field, Fqdn, Inventory, Pool};

use super::losses::Losses;
use super::model::Failover;

/// The lost pools that have a backup pool, in worksheet order.
pub(super) fn first(inventory: &Inventory, losses: &Losses) -> Vec<Failover> {
    let lost = inventory
        .pools
        .iter()
        .filter(|pool| is_down(inventory, losses, pool));
    lost.filter_map(|pool| {
        let partner = inventory.partner(pool)?;
        let impossible = is_down(inventory, losses, partner);
        let (owner, cell) = pairing(pool, partner)?;
        Some(Failover {
            pool: pool.fqdn.to_string(),
            partner: partner.fqdn.to_string(),
            cms: pool.hosts_cms() && !impossible,
            impossible,
            because: Because {
                text: format!("`{}` of `{}` is `{}`", cell.column, owner.fqdn, cell.text),
                place: cell.place.clone(),
            },
        })
    })
    .collect()
}

/// The cell that pairs two pools: that of either of them.
fn pairing<'a>(pool: &'a Pool, partner: &'a Pool) -> Option<(&'a Pool, &'a Field<Fqdn>)> {
    let halves = [pool, partner].into_iter();
    halves
        .map(|half| (half, &half.backup_pool))
        .find(|(_, cell)| cell.value.is_some())
}

/// Whether users of the pool have no service: its Standard Edition server, its Back End without a usable
/// partner, or all its members are lost.
fn is_down(inventory: &Inventory, losses: &Losses, pool: &Pool) -> bool {
    let lost = |fqdn: &Fqdn| losses.servers.contains(fqdn);
    if pool.is("standard-edition") {
        return lost(&pool.fqdn);
    }
    if !pool.is("front-end") {
        return false;
    }
    let store = &pool.user_store;
    let back_end = store.server.value.as_ref().is_some_and(lost)
        && store.mirror.value.as_ref().is_none_or(lost);
    let mut members = inventory.members(pool).peekable();
    back_end || (members.peek().is_some() && members.all(|member| lost(&member.fqdn)))
}
