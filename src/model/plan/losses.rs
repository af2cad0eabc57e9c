//! What is lost: named servers and pools, a site, or everything.

use std::collections::BTreeSet;

use crate::finding::{SubjectKind, words};
use crate::inventory::{Inventory, Pool};
use crate::packets::members;
use crate::rows::Fqdn;
use crate::topology::Topology;

/// The servers that are lost together.
#[derive(Clone, Debug, Default)]
pub struct Losses {
    /// For example "site Seattle".
    pub title: String,
    /// The servers; some may have no row of their own.
    pub servers: BTreeSet<Fqdn>,
    /// Servers without a site, where a site is lost.
    pub unplaced: Vec<Fqdn>,
}

impl Losses {
    /// Everything the worksheets name.
    pub fn all(topology: &Topology<'_>) -> Self {
        let pools = topology
            .inventory
            .pools
            .iter()
            .flat_map(|pool| servers_of(topology, pool));
        let servers = topology
            .inventory
            .servers
            .iter()
            .map(|server| server.fqdn.clone());
        Self {
            title: "the whole deployment".to_owned(),
            servers: servers.chain(pools).collect(),
            unplaced: Vec::new(),
        }
    }

    /// A site: the servers whose row names it, and the members of its pools that name none.
    pub fn site(topology: &Topology<'_>, name: &str) -> Option<Self> {
        let wanted = name.trim().to_lowercase();
        let is = |site: &Option<String>| {
            site.as_ref()
                .is_some_and(|site| site.trim().to_lowercase() == wanted)
        };
        let (mut servers, mut unplaced) = (BTreeSet::new(), Vec::new());
        for server in &topology.inventory.servers {
            let pool = topology.pool_of(server);
            match (&server.site.value, pool) {
                (None, Some(pool)) if is(&pool.site.value) => {
                    servers.insert(server.fqdn.clone());
                }
                (None, _) => unplaced.push(server.fqdn.clone()),
                (site, _) if is(site) => {
                    servers.insert(server.fqdn.clone());
                }
                _ => {}
            }
        }
        let printed = sites(topology.inventory)
            .into_iter()
            .find(|site| is(&Some(site.clone())))?;
        Some(Self {
            title: format!("site {printed}"),
            servers,
            unplaced,
        })
    }

    /// These servers, and these pools with all that their packets restore.
    pub fn named(topology: &Topology<'_>, names: &[(SubjectKind, Fqdn)]) -> Self {
        let mut servers = BTreeSet::new();
        for (kind, fqdn) in names {
            match (kind, topology.pool(fqdn)) {
                (SubjectKind::Pool, Some(pool)) => servers.extend(servers_of(topology, pool)),
                _ => {
                    servers.insert(fqdn.clone());
                }
            }
        }
        let distinct: BTreeSet<&str> = names.iter().map(|(_, fqdn)| fqdn.as_str()).collect();
        Self {
            title: words::list(distinct),
            servers,
            unplaced: Vec::new(),
        }
    }
}

/// The sites the worksheets name, in order.
pub fn sites(inventory: &Inventory) -> BTreeSet<String> {
    let servers = inventory.servers.iter().map(|server| &server.site.value);
    let pools = inventory.pools.iter().map(|pool| &pool.site.value);
    servers.chain(pools).flatten().cloned().collect()
}

fn servers_of(topology: &Topology<'_>, pool: &Pool) -> Vec<Fqdn> {
    let members = members::of_pool(topology, pool);
    members
        .iter()
        .filter_map(|member| Fqdn::parse(&member.fqdn).ok())
        .collect()
}
