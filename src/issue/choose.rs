//! Which servers and pools are meant: all of them, some by name, or what stands in a site.

use std::collections::BTreeSet;

use crate::finding::{SubjectKind, suggest, words};
use crate::inventory::{Inventory, Pool, Server};
use crate::packets::{Assembled, Assembler, Draft};
use crate::plan::{self, Losses};
use crate::publish::Kind;
use crate::rows::Fqdn;
use crate::topology::Topology;

use super::names::meant;
use super::{Error, Result};

/// What a packet is made for.
#[derive(Clone, Copy)]
pub enum Chosen<'a> {
    /// A server.
    Server(&'a Server),
    /// A pool.
    Pool(&'a Pool),
}

impl Chosen<'_> {
    /// Kind and name, as the manifest has them.
    pub fn key(&self) -> (Kind, &str) {
        match self {
            Self::Server(server) => (Kind::Server, server.fqdn.as_str()),
            Self::Pool(pool) => (Kind::Pool, pool.fqdn.as_str()),
        }
    }

    /// Its packet, with what was found in making it.
    pub fn assembled(&self, assembler: &Assembler<'_>) -> Assembled {
        assembler.finish(self.draft(assembler))
    }

    /// What the worksheets say of it.
    pub fn draft<'a>(&self, assembler: &Assembler<'a>) -> Draft<'a> {
        match self {
            Self::Server(server) => assembler.draft_of_server(server),
            Self::Pool(pool) => assembler.draft_of_pool(pool),
        }
    }

    /// The same in another order of the rows.
    pub fn in_order<'b>(&self, topology: &Topology<'b>) -> Option<Chosen<'b>> {
        match self {
            Self::Server(server) => topology.server(&server.fqdn).map(Chosen::Server),
            Self::Pool(pool) => topology.pool(&pool.fqdn).map(Chosen::Pool),
        }
    }

    /// Kind and name, as the model has them.
    fn subject(&self) -> (SubjectKind, Fqdn) {
        match self {
            Self::Server(server) => (SubjectKind::Server, server.fqdn.clone()),
            Self::Pool(pool) => (SubjectKind::Pool, pool.fqdn.clone()),
        }
    }
}

impl PartialEq for Chosen<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

/// The servers and pools `--only` names, or all of them.
///
/// # Errors
/// A name that is neither, or may be several.
pub fn choose<'a>(inventory: &'a Inventory, only: &[String]) -> Result<Vec<Chosen<'a>>> {
    let servers = inventory.servers.iter();
    let servers = servers.map(|it| (Kind::Server, it.fqdn.as_str()));
    let pools = inventory.pools.iter();
    let known = servers.chain(pools.map(|it| (Kind::Pool, it.fqdn.as_str())));
    let mut wanted: BTreeSet<(Kind, &str)> = BTreeSet::new();
    for text in only {
        wanted.extend(meant(text, known.clone())?);
    }
    let is_wanted =
        |kind, fqdn: &'a Fqdn| only.is_empty() || wanted.contains(&(kind, fqdn.as_str()));
    let mut servers: Vec<&Server> = inventory
        .servers
        .iter()
        .filter(|it| is_wanted(Kind::Server, &it.fqdn))
        .collect();
    let mut pools: Vec<&Pool> = inventory
        .pools
        .iter()
        .filter(|it| is_wanted(Kind::Pool, &it.fqdn))
        .collect();
    servers.sort_by(|a, b| a.fqdn.cmp(&b.fqdn));
    pools.sort_by(|a, b| a.fqdn.cmp(&b.fqdn));
    let servers = servers.into_iter().map(Chosen::Server);
    Ok(servers.chain(pools.into_iter().map(Chosen::Pool)).collect())
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Everything.
    All,
    /// Servers and pools, as people name them.
    Named(Vec<String>),
    /// The same, with every server that is lost with them.
    LostTogether(Vec<String>),
    /// What stands in a site.
    Site(String),
}

impl Selection {
    /// These, or everything where none is named.
    pub fn of_names(names: &[String]) -> Self {
        match names {
            [] => Self::All,
            names => Self::Named(names.to_vec()),
        }
    }

    /// What is lost if all of it is.
    ///
    /// # Errors
    /// A server, pool or site that no worksheet names.
    pub fn losses(&self, topology: &Topology<'_>) -> Result<Losses> {
        let inventory = topology.inventory;
        match self {
            Self::All => Ok(Losses::all(topology)),
            Self::Site(site) => {
                Losses::site(topology, site).ok_or_else(|| unknown_site(site, inventory))
            }
            Self::Named(names) | Self::LostTogether(names) => {
                let chosen = choose(inventory, names)?;
                let subjects: Vec<_> = chosen.iter().map(Chosen::subject).collect();
                Ok(Losses::named(topology, &subjects))
            }
        }
    }
}

/// No row names this site.
fn unknown_site(site: &str, inventory: &Inventory) -> Error {
    let sites = plan::sites(inventory);
    let known = sites.iter().map(String::as_str);
    let error = Error::request(format!("no server or pool stands in a site `{site}`"));
    match suggest::did_you_mean(site, known.clone()) {
        Some(help) => error.help(help),
        None if sites.is_empty() => error.help("no row of the worksheets has a `Site`"),
        None => error.help(format!("the sites are {}", words::quoted(known))),
    }
}
