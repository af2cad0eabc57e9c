//! Which certificate uses a server lacks.

use crate::inventory::{Certificate, Server};
use crate::topology::Topology;

/// The ids of the certificate uses a server's roles need and that no certificate of the server or its pool covers. One
/// that is replicated is covered by any certificate of the deployment.
pub fn missing_uses(topology: &Topology<'_>, server: &Server) -> Vec<&'static str> {
    let product = topology.inventory.product;
    let is_for = |row: &Certificate, id: &str| {
        let mut uses = row.uses.value.iter().flatten();
        uses.any(|it| it.id == id)
    };
    let known = |id: &str| product.uses.iter().find(|it| it.id == id);
    let has = |id: &str| match known(id) {
        Some(one) if one.replicated => {
            let mut all = topology.inventory.certificates.iter();
            all.any(|row| is_for(row, id))
        }
        _ => {
            let mut own = topology.certificates_of(server).into_iter();
            own.any(|row| is_for(row, id))
        }
    };
    let is_covered = |id: &str| {
        let covering = known(id).and_then(|it| it.covered_by.as_deref());
        has(id) || covering.is_some_and(has)
    };
    let roles = product.roles.iter();
    let is_one = topology.is_one_computer(server);
    let own = roles.filter(|role| server.has_role(&role.id) || role.one_computer && is_one);
    let mut missing: Vec<&'static str> = Vec::new();
    for id in own.flat_map(|role| &role.certificates) {
        if !is_covered(id) && !missing.contains(&id.as_str()) {
            missing.push(id);
        }
    }
    missing
}
