//! Which lost pools fail over to their backup pool before anything is restored.

use crate::inventory::Pool;
use crate::rows::Fqdn;
use crate::topology::Topology;

use super::losses::Losses;
use super::model::Failover;

/// The lost pools that have a backup pool, in worksheet order.
pub(super) fn first(topology: &Topology<'_>, losses: &Losses) -> Vec<Failover> {
    let central = &topology.inventory.product.central;
    let lost = topology
        .inventory
        .pools
        .iter()
        .filter(|pool| is_down(topology, losses, pool));
    lost.filter_map(|pool| {
        let (partner, tie) = topology.pairing(pool)?;
        let impossible = is_down(topology, losses, partner);
        Some(Failover {
            pool: pool.fqdn.to_string(),
            partner: partner.fqdn.to_string(),
            central: (pool.holds_central() && !impossible).then(|| central.label.clone()),
            impossible,
            because: tie.because(),
        })
    })
    .collect()
}

/// Whether users of the pool have no service: its only computer, its databases without a usable
/// partner, or all its members are lost.
fn is_down(topology: &Topology<'_>, losses: &Losses, pool: &Pool) -> bool {
    let lost = |fqdn: &Fqdn| losses.servers.contains(fqdn);
    match (pool.serves_users(), pool.is_one_computer()) {
        (false, _) => return false,
        (true, true) => return lost(&pool.fqdn),
        (true, false) => {}
    }
    let users = topology.inventory.product.user_store();
    let users_store = topology.is_lost_with(&losses.servers, pool, users);
    let mut members = topology.members(pool).peekable();
    users_store || (members.peek().is_some() && members.all(|member| lost(&member.fqdn)))
}
