//! The rows of servers and pools by their names, and what a host name in a path means.

use std::collections::BTreeMap;

use crate::inventory::{Inventory, Pool, Server};
use crate::rows::{FilePath, Fqdn};

/// A share as shares are compared: its host in full, if it has one, and the rest in lower case.
pub(super) type ShareKey = (Option<String>, Option<String>);

/// The rows by name.
#[derive(Debug)]
pub(super) struct Names<'a> {
    servers: BTreeMap<&'a Fqdn, &'a Server>,
    /// With their positions, so that several can be told in the order of their rows.
    pools: BTreeMap<&'a Fqdn, (usize, &'a Pool)>,
    /// Servers by computer name; `None` where several share one.
    computers: BTreeMap<&'a str, Option<&'a Server>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(inventory: &'a Inventory) -> Self {
        let mut computers = BTreeMap::new();
        for server in &inventory.servers {
            computers
                .entry(server.fqdn.computer_name())
                .and_modify(|known| *known = None)
                .or_insert(Some(server));
        }
        Self {
            servers: inventory.servers.iter().map(|it| (&it.fqdn, it)).collect(),
            pools: inventory
                .pools
                .iter()
                .enumerate()
                .map(|(at, it)| (&it.fqdn, (at, it)))
                .collect(),
            computers,
        }
    }

    pub(super) fn server(&self, fqdn: &Fqdn) -> Option<&'a Server> {
        self.servers.get(fqdn).copied()
    }

    pub(super) fn pool(&self, fqdn: &Fqdn) -> Option<&'a Pool> {
        self.pools.get(fqdn).map(|(_, pool)| *pool)
    }

    /// These pools, each once, in the order of their rows.
    pub(super) fn in_order(&self, pools: impl IntoIterator<Item = &'a Pool>) -> Vec<&'a Pool> {
        let named = pools.into_iter();
        let named = named.filter_map(|pool| self.pools.get(&pool.fqdn));
        let ordered: BTreeMap<usize, &Pool> = named.copied().collect();
        ordered.into_values().collect()
    }

    pub(super) fn host(&self, host: &str) -> Option<&'a Server> {
        let host = host.trim_end_matches('.').to_lowercase();
        if host.contains('.') {
            return self.server(&Fqdn::parse(&host).ok()?);
        }
        self.computers.get(host.as_str()).copied().flatten()
    }

    /// A share in the form shares are compared in.
    pub(super) fn share_key(&self, path: &FilePath) -> ShareKey {
        let host = path.host().map(|host| {
            self.host(host)
                .map_or_else(|| host.to_lowercase(), |server| server.fqdn.to_string())
        });
        let rest = path.inner().trim_start_matches('\\').to_lowercase();
        (host, rest.split_once('\\').map(|(_, rest)| rest.to_owned()))
    }
}
