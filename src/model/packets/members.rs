//! The members of a pool in restore order: file store, the SQL Servers it cannot start without, the servers in
//! worksheet order, and last the stores without which the service runs.

use crate::finding::words;
use crate::inventory::Pool;
use crate::product::StoreKind;
use crate::rows::Fqdn;
use crate::topology::Topology;

use super::model::Member;

/// The members and the servers a pool depends on.
pub fn of_pool(topology: &Topology<'_>, pool: &Pool) -> Vec<Member> {
    let product = topology.inventory.product;
    let mut order = Order {
        topology,
        members: Vec::new(),
        waited_for: true,
    };
    if !pool.is_one_computer()
        && let Some(server) = topology.file_store_host(pool)
    {
        order.add(&server.fqdn, "file store");
    }
    order.stores(pool, |kind| kind.witnessed);
    if let Some(witness) = topology.witness(pool) {
        order.waited_for = false;
        order.add(witness, "witness");
        order.waited_for = true;
    }
    order.stores(pool, |kind| !kind.witnessed && !product.comes_last(kind));
    for server in topology.members(pool) {
        let roles = server.roles.value.iter().flatten().map(|role| role.printed);
        order.add(&server.fqdn, &words::list(roles));
    }
    for server in topology.unclear_members(pool) {
        order.add(&server.fqdn, "role not recorded");
    }
    for server in topology.possible_members(pool) {
        order.add(&server.fqdn, "may be a member: its pool cannot be read");
    }
    order.waited_for = false;
    order.stores(pool, |kind| product.comes_last(kind));
    order.members
}

struct Order<'a> {
    topology: &'a Topology<'a>,
    members: Vec<Member>,
    /// Whether the pool waits for those that are added.
    waited_for: bool,
}

impl Order<'_> {
    fn stores(&mut self, pool: &Pool, are: impl Fn(&StoreKind) -> bool) {
        for store in pool.stores.iter().filter(|store| are(store.kind)) {
            if let Some(server) = &store.server.value {
                self.add(server, &format!("SQL Server: {}", store.kind.label));
            }
            if let Some(mirror) = &store.mirror.value {
                self.add(mirror, &format!("mirror: {}", store.kind.label));
            }
        }
    }

    fn add(&mut self, fqdn: &Fqdn, role: &str) {
        if let Some(known) = self
            .members
            .iter_mut()
            .find(|member| member.fqdn == fqdn.as_str())
        {
            known.role = format!("{}; {role}", known.role);
            return;
        }
        let server = self.topology.server(fqdn);
        self.members.push(Member {
            order: self.members.len() + 1,
            fqdn: fqdn.to_string(),
            role: role.to_owned(),
            address: server.and_then(|it| it.ip_address.value.clone()),
            rto: server.and_then(|it| it.rto.value.filter(|_| self.waited_for)),
            packet: server.is_some(),
        });
    }
}
