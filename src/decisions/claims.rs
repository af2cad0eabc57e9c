//! Claims: what a server or a pool is to the deployment, each with the cell that says so.

use crate::inventory::{Fqdn, Pool, Server};
use crate::topology::{Because, Cell, Holding, LYNC_ROLES, Part, StoreKind, Topology};

/// What a row of the decision table can apply to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trait {
    /// A Standard Edition server.
    StandardEditionServer,
    /// The host of the active Central Management store.
    CentralManagementStore,
    /// The SQL Server of a user store, either partner.
    BackEnd,
    /// The same, named as SQL Server.
    BackEndPrimary,
    /// The same, named as mirror.
    BackEndMirror,
    /// A server with a Lync Server role.
    Member,
    /// The host of a pool's file store.
    FileStore,
    /// Holds LcsLog.
    ArchivingDatabase,
    /// Holds LcsCDR and QoEMetrics.
    MonitoringDatabase,
    /// Holds mgc.
    PersistentChatDatabase,
    /// A pool.
    Pool,
}

impl Trait {
    /// Every trait with its name in the decision table.
    pub const NAMES: [(Self, &'static str); 11] = [
        (Self::StandardEditionServer, "standard-edition-server"),
        (Self::CentralManagementStore, "central-management-store"),
        (Self::BackEnd, "back-end"),
        (Self::BackEndPrimary, "back-end-primary"),
        (Self::BackEndMirror, "back-end-mirror"),
        (Self::Member, "member"),
        (Self::FileStore, "file-store"),
        (Self::ArchivingDatabase, "archiving-database"),
        (Self::MonitoringDatabase, "monitoring-database"),
        (Self::PersistentChatDatabase, "persistent-chat-database"),
        (Self::Pool, "pool"),
    ];

    /// The trait of this name.
    pub fn parse(text: &str) -> Option<Self> {
        let named = Self::NAMES.iter().find(|(_, name)| *name == text);
        named.map(|(what, _)| *what)
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

/// Everything a server is.
pub(super) fn of_server(topology: &Topology<'_>, server: &Server) -> Vec<Claim> {
    let mut claims = Vec::new();
    let holdings = topology.holdings(&server.fqdn);
    if topology.is_standard_edition(server) {
        claims.push(standard_edition(topology, server));
    }
    claims.extend(central_management_store(topology, server, &holdings));
    for holding in &holdings {
        claims.extend(of_holding(holding));
    }
    // A Back End that no pool names still gets its procedure; the error finding is raised elsewhere.
    if holdings.is_empty() && server.has_role("back-end") {
        claims.push(claim(Trait::BackEnd, None, role(server)));
    }
    if LYNC_ROLES.iter().any(|id| server.has_role(id)) {
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

fn standard_edition(topology: &Topology<'_>, server: &Server) -> Claim {
    let namesake = topology.pool(&server.fqdn);
    let because = match namesake {
        Some(pool) if !server.has_role("standard-edition") => {
            Cell::of(&pool.types, &pool.fqdn).because()
        }
        _ => role(server),
    };
    let pool = namesake.or_else(|| topology.pool_of(server));
    claim(Trait::StandardEditionServer, pool, because)
}

fn central_management_store(
    topology: &Topology<'_>,
    server: &Server,
    holdings: &[Holding<'_>],
) -> Vec<Claim> {
    let Some(pool) = topology.hosts_cms(server) else {
        return Vec::new();
    };
    let of = |because| Claim {
        mirrored: pool.user_store.mirror.value.is_some(),
        ..claim(Trait::CentralManagementStore, Some(pool), because)
    };
    let manages = topology.to_deployment().next();
    let manages = manages.map(|tie| of(tie.because()));
    let holds = holdings
        .iter()
        .filter(|holding| holding.kind == StoreKind::User && holding.pool.fqdn == pool.fqdn);
    let holds = holds.map(|holding| Claim {
        part: Some(holding.part),
        ..of(holding.tie.because())
    });
    manages.into_iter().chain(holds).collect()
}

fn of_holding(holding: &Holding<'_>) -> Vec<Claim> {
    let whats: &[Trait] = match (holding.kind, holding.part) {
        (StoreKind::User, Part::Primary) => &[Trait::BackEnd, Trait::BackEndPrimary],
        (StoreKind::User, Part::Mirror) => &[Trait::BackEnd, Trait::BackEndMirror],
        (StoreKind::Archiving, _) => &[Trait::ArchivingDatabase],
        (StoreKind::Monitoring, _) => &[Trait::MonitoringDatabase],
        (StoreKind::PersistentChat, _) => &[Trait::PersistentChatDatabase],
    };
    let of = |what: &Trait| Claim {
        mirrored: holding.is_mirrored(),
        part: Some(holding.part),
        ..claim(*what, Some(holding.pool), holding.tie.because())
    };
    whats.iter().map(of).collect()
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
