//! Claims: what a server or a pool is to the deployment, each with the cell that says so.

use crate::inventory::{Pool, Server};
use crate::product::{Product, StoreKind};
use crate::rows::Fqdn;
use crate::topology::{Because, Cell, Holding, Part, Topology};

/// What a row of the decision table can apply to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trait {
    /// The server of a pool of one computer.
    OneComputer,
    /// The host of the store of the configuration.
    Central,
    /// Holds a store of a pool: either half, or this half alone.
    Holds(&'static StoreKind, Option<Part>),
    /// Holds it together with others in this way, by its place among the product's.
    Shares(usize),
    /// A server with a role that runs services.
    Member,
    /// The host of a pool's file store.
    FileStore,
    /// A pool.
    Pool,
}

impl Trait {
    /// Every trait with its name in the decision table.
    pub fn named(product: &'static Product) -> Vec<(Self, &'static str)> {
        let (users, others) = product.stores.split_at(1);
        let mut named = vec![(Self::Central, product.central.part.as_str())];
        let computers = product.pools.iter().filter_map(|kind| kind.part.as_deref());
        named.splice(0..0, computers.map(|part| (Self::OneComputer, part)));
        named.extend(users.iter().flat_map(Self::of_store));
        named.extend([(Self::Member, "member"), (Self::FileStore, "file-store")]);
        named.extend(others.iter().flat_map(Self::of_store));
        let ways = product.availability.iter().enumerate();
        named.extend(ways.map(|(at, way)| (Self::Shares(at), way.part.as_str())));
        named.push((Self::Pool, "pool"));
        named
    }

    fn of_store(kind: &'static StoreKind) -> impl Iterator<Item = (Self, &'static str)> {
        let parts = &kind.parts;
        let halves = [
            (Part::Primary, &parts.primary),
            (Part::Mirror, &parts.mirror),
        ];
        let halves = halves.into_iter().filter_map(move |(part, name)| {
            let name = name.as_deref()?;
            Some((Self::Holds(kind, Some(part)), name))
        });
        [(Self::Holds(kind, None), parts.any.as_str())]
            .into_iter()
            .chain(halves)
    }
}

/// One thing a server is, and why.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What it is.
    pub what: Trait,
    /// For which pool.
    pub pool: Option<Fqdn>,
    /// Whether the store concerned is mirrored.
    pub mirrored: bool,
    /// Which half of the store the server is, where it holds one.
    pub part: Option<Part>,
    /// The cell that says so.
    pub because: Because,
}

impl Claim {
    /// Whether it is about a store of users that several servers hold together.
    pub(super) fn is_shared(&self) -> bool {
        matches!(self.what, Trait::Shares(_))
    }
}

/// Everything a server is.
pub(super) fn of_server(topology: &Topology<'_>, server: &Server) -> Vec<Claim> {
    let mut claims = Vec::new();
    let holdings = topology.holdings(&server.fqdn);
    if topology.is_one_computer(server) {
        claims.push(one_computer(topology, server));
    }
    let (copies, alone): (Vec<_>, Vec<_>) = holdings
        .iter()
        .copied()
        .partition(|it| it.part == Part::Copy);
    // What several hold together is restored by rows of its own, the store of the configuration in it included.
    if copies.is_empty() {
        claims.extend(central(topology, server, &holdings));
    }
    claims.extend(copies.iter().filter_map(|it| shared(topology, it)));
    for holding in &alone {
        claims.extend(of_holding(holding));
    }
    // A Back End that no pool names still gets its procedure; the error finding is raised elsewhere.
    if holdings.is_empty() && topology.is_for_users(server) {
        let users = topology.inventory.product.user_store();
        claims.push(claim(Trait::Holds(users, None), None, role(server)));
    }
    if topology.services_of(server).next().is_some() {
        let pool = topology.pool_of(server);
        claims.push(claim(Trait::Member, pool, role(server)));
    }
    let shares = topology.file_store_ties(server);
    claims.extend(shares.map(|(pool, tie)| claim(Trait::FileStore, Some(pool), tie.because())));
    claims
}

/// What a pool is.
pub(super) fn of_pool(pool: &Pool) -> Claim {
    let because = Because {
        text: format!("`{}` has a row in the pools worksheet", pool.name.text),
        place: pool.name.place.clone(),
    };
    claim(Trait::Pool, Some(pool), because)
}

fn one_computer(topology: &Topology<'_>, server: &Server) -> Claim {
    let namesake = topology.pool(&server.fqdn);
    let because = match namesake {
        Some(pool) if !topology.has(server, |role| role.one_computer) => {
            Cell::of(&pool.types, &pool.fqdn).because()
        }
        _ => role(server),
    };
    let pool = namesake.or_else(|| topology.pool_of(server));
    claim(Trait::OneComputer, pool, because)
}

fn central(topology: &Topology<'_>, server: &Server, holdings: &[Holding<'_>]) -> Vec<Claim> {
    let Some(pool) = topology.holds_central(server) else {
        return Vec::new();
    };
    let of = |because| Claim {
        mirrored: pool.user_store().mirror.value.is_some(),
        ..claim(Trait::Central, Some(pool), because)
    };
    let manages = topology.to_deployment().next();
    let manages = manages.map(|tie| of(tie.because()));
    let holds = holdings
        .iter()
        .filter(|holding| holding.kind.users && holding.pool.fqdn == pool.fqdn);
    let holds = holds.map(|holding| Claim {
        part: Some(holding.part),
        ..of(holding.tie.because())
    });
    manages.into_iter().chain(holds).collect()
}

/// One of several servers that hold a store together.
fn shared(topology: &Topology<'_>, holding: &Holding<'_>) -> Option<Claim> {
    let way = holding.pool.copies.as_ref()?.way;
    let mut ways = topology.inventory.product.availability.iter();
    let at = ways.position(|it| it.id == way.id)?;
    let because = holding.tie.because();
    Some(Claim {
        part: Some(holding.part),
        ..claim(Trait::Shares(at), Some(holding.pool), because)
    })
}

fn of_holding(holding: &Holding<'_>) -> impl Iterator<Item = Claim> {
    let of = |part| Claim {
        mirrored: holding.is_mirrored(),
        part: Some(holding.part),
        ..claim(
            Trait::Holds(holding.kind, part),
            Some(holding.pool),
            holding.tie.because(),
        )
    };
    [None, Some(holding.part)].map(of).into_iter()
}

fn claim(what: Trait, pool: Option<&Pool>, because: Because) -> Claim {
    Claim {
        what,
        pool: pool.map(|pool| pool.fqdn.clone()),
        mirrored: false,
        part: None,
        because,
    }
}

fn role(server: &Server) -> Because {
    Cell::of(&server.roles, &server.fqdn).because()
}
