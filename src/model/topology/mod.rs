//! The topology: who holds what for whom, as one list of ties, each with the cell that says so.
//!
//! Entry point: [`Topology::of`], made once from the records of an inventory. A tie leads from what is something to
//! what it is something for: "`sql01` holds the user store of `pool01` as its primary, because of cell D3". Whatever
//! asks who depends on whom asks here; queries are look-ups, however large the estate. They stand in files of their
//! own: of a server (`servers.rs`), of a pool (`pools.rs`), of shares (`shares.rs`), of backup rows (`backups.rs`).
//! Nothing here has an opinion about what it finds.
//!
//! Worksheets are the one source of ties today. Another would add ties of its own [`Source`] in `gather.rs`.

mod backups;
mod gather;
mod hosts;
mod named;
mod names;
mod pools;
mod servers;
mod shares;
mod stores;
mod tie;

use std::collections::BTreeMap;

use crate::inventory::{Inventory, Pool, Server};
use crate::rows::Fqdn;

pub use backups::NoBackup;
pub use stores::Holding;
pub use tie::{Because, Cell, End, Part, Share, Source, Tie, What};

use backups::Backups;
use named::Named;
use names::Names;

/// The ties of an inventory.
#[derive(Debug)]
pub struct Topology<'a> {
    /// The records.
    pub inventory: &'a Inventory,
    /// In the order of the worksheets: of servers, of pools, and last what only other rows give away.
    ties: Vec<Tie<'a>>,
    from: Ends<'a>,
    to: Ends<'a>,
    names: Names<'a>,
    backups: Backups<'a>,
    /// Servers whose rows leave open what they are or where they belong, so that every pool has to ask for them.
    doubtful: Vec<&'a Server>,
    named: Named<'a>,
}

/// Positions of ties by what stands at one of their ends.
#[derive(Debug, Default)]
struct Ends<'a> {
    servers: BTreeMap<&'a Fqdn, Vec<usize>>,
    pools: BTreeMap<&'a Fqdn, Vec<usize>>,
    deployment: Vec<usize>,
}

impl<'a> Ends<'a> {
    fn add(&mut self, end: End<'a>, position: usize) {
        let positions = match end {
            End::Server(fqdn) => self.servers.entry(fqdn).or_default(),
            End::Pool(fqdn) => self.pools.entry(fqdn).or_default(),
            End::Deployment => &mut self.deployment,
        };
        positions.push(position);
    }
}

impl<'a> Topology<'a> {
    /// The ties that these records make.
    pub fn of(inventory: &'a Inventory) -> Self {
        let names = Names::of(inventory);
        let backups = Backups::of(inventory, &names);
        let mut topology = Self {
            inventory,
            ties: Vec::new(),
            from: Ends::default(),
            to: Ends::default(),
            names,
            backups,
            doubtful: Vec::new(),
            named: Named::of(inventory),
        };
        let ties = gather::stated(inventory, &topology.names);
        topology.extend(ties);
        // Who may host a share that no cell names depends on who hosts those that are named.
        let ties = hosts::surmised(&topology);
        topology.extend(ties);
        topology.doubtful = topology.of_no_role_or_pool();
        topology
    }

    fn extend(&mut self, ties: Vec<Tie<'a>>) {
        for tie in ties {
            let position = self.ties.len();
            self.from.add(tie.from, position);
            self.to.add(tie.to, position);
            self.ties.push(tie);
        }
    }

    /// A server whose role has no place in pools leaves nothing open, though its row names none.
    fn of_no_role_or_pool(&self) -> Vec<&'a Server> {
        let servers = self.inventory.servers.iter();
        let is_homeless = |server: &Server| {
            self.pool_of(server).is_none()
                && self.has(server, |role| role.services || role.together)
        };
        servers
            .filter(|server| server.roles.value.is_none() || is_homeless(server))
            .collect()
    }

    /// All ties.
    pub fn ties(&self) -> &[Tie<'a>] {
        &self.ties
    }

    /// The ties that begin at a server.
    pub fn of_server<'t>(&'t self, fqdn: &Fqdn) -> impl Iterator<Item = &'t Tie<'a>> + use<'t, 'a> {
        self.at(self.from.servers.get(fqdn).into_iter().flatten())
    }

    /// The ties that begin at a pool.
    pub fn of_pool<'t>(&'t self, fqdn: &Fqdn) -> impl Iterator<Item = &'t Tie<'a>> + use<'t, 'a> {
        self.at(self.from.pools.get(fqdn).into_iter().flatten())
    }

    /// The ties that end at a pool.
    pub fn to_pool<'t>(&'t self, fqdn: &Fqdn) -> impl Iterator<Item = &'t Tie<'a>> + use<'t, 'a> {
        self.at(self.to.pools.get(fqdn).into_iter().flatten())
    }

    /// The ties that end at the deployment as a whole.
    pub fn to_deployment(&self) -> impl Iterator<Item = &Tie<'a>> {
        self.at(self.to.deployment.iter())
    }

    fn at<'t>(
        &'t self,
        positions: impl Iterator<Item = &'t usize>,
    ) -> impl Iterator<Item = &'t Tie<'a>> {
        positions.filter_map(|position| self.ties.get(*position))
    }

    /// The server with this name.
    pub fn server(&self, fqdn: &Fqdn) -> Option<&'a Server> {
        self.names.server(fqdn)
    }

    /// The pool with this name.
    pub fn pool(&self, fqdn: &Fqdn) -> Option<&'a Pool> {
        self.names.pool(fqdn)
    }

    /// The server a host name in a path means: by FQDN, or by a short name that only one server has.
    pub fn host(&self, host: &str) -> Option<&'a Server> {
        self.names.host(host)
    }
}

impl<'a> End<'a> {
    /// The row of a server that stands here.
    fn server(self, topology: &Topology<'a>) -> Option<&'a Server> {
        match self {
            Self::Server(fqdn) => topology.server(fqdn),
            Self::Pool(_) | Self::Deployment => None,
        }
    }

    /// The row of a pool that stands here.
    fn pool(self, topology: &Topology<'a>) -> Option<&'a Pool> {
        match self {
            Self::Pool(fqdn) => topology.pool(fqdn),
            Self::Server(_) | Self::Deployment => None,
        }
    }
}

#[cfg(test)]
mod tests;
