//! Claims: what a server or a pool is to the deployment, each with the cell that says so.

use crate::inventory::field::Field;
use crate::inventory::hosts::HostSource;
use crate::inventory::lookup::{Holding, LYNC_ROLES, Part, StoreKind};
use crate::inventory::{FileStoreBackup, Fqdn, Inventory, Pool, Server};

use super::Because;

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
pub(super) fn of_server(inventory: &Inventory, server: &Server) -> Vec<Claim> {
    let mut claims = Vec::new();
    let holdings = inventory.holdings(&server.fqdn);
    if inventory.is_standard_edition(server) {
        claims.push(standard_edition(inventory, server));
    }
    claims.extend(central_management_store(inventory, server, &holdings));
    for holding in &holdings {
        claims.extend(of_holding(holding));
    }
    // A Back End that no pool names still gets its procedure; the error finding is raised elsewhere.
    if holdings.is_empty() && server.has_role("back-end") {
        claims.push(claim(Trait::BackEnd, None, role(server)));
    }
    if LYNC_ROLES.iter().any(|id| server.has_role(id)) {
        let pool = inventory.pool_of(server).map(|pool| pool.fqdn.clone());
        claims.push(claim(Trait::Member, pool, role(server)));
    }
    for pool in inventory.file_stores_on(server) {
        let because = match inventory.host_source(server, pool) {
            HostSource::Pool => cell(&pool.file_store, &pool.fqdn),
            HostSource::Backup(row) => backup(row, &pool.fqdn),
            HostSource::Role => role(server),
        };
        claims.push(claim(Trait::FileStore, Some(pool.fqdn.clone()), because));
    }
    claims
}

/// What a pool is.
pub(super) fn of_pool(pool: &Pool) -> Claim {
    let because = Because {
        text: format!("`{}` has a row in the pools worksheet", pool.name.text),
        place: pool.name.place.clone(),
    };
    claim(Trait::Pool, Some(pool.fqdn.clone()), because)
}

fn standard_edition(inventory: &Inventory, server: &Server) -> Claim {
    let pool = inventory.pool(&server.fqdn);
    let because = if server.has_role("standard-edition") {
        role(server)
    } else {
        // Recognised as the namesake of a Standard Edition pool.
        pool.map_or_else(|| role(server), |pool| cell(&pool.types, &pool.fqdn))
    };
    let pool = pool.or_else(|| inventory.pool_of(server));
    claim(
        Trait::StandardEditionServer,
        pool.map(|pool| pool.fqdn.clone()),
        because,
    )
}

fn central_management_store(
    inventory: &Inventory,
    server: &Server,
    holdings: &[Holding<'_>],
) -> Vec<Claim> {
    let Some(pool) = inventory.hosts_cms(server) else {
        return Vec::new();
    };
    let mirrored = pool.user_store.mirror.value.is_some();
    let of = |because| Claim {
        mirrored,
        ..claim(
            Trait::CentralManagementStore,
            Some(pool.fqdn.clone()),
            because,
        )
    };
    let mut claims = vec![of(cell(&pool.cms, &pool.fqdn))];
    let holds = holdings
        .iter()
        .filter(|holding| holding.kind == StoreKind::User && holding.pool.fqdn == pool.fqdn);
    claims.extend(holds.map(|holding| Claim {
        part: Some(holding.part),
        ..of(cell(holding.cell(), &pool.fqdn))
    }));
    claims
}

fn of_holding(holding: &Holding<'_>) -> Vec<Claim> {
    let whats: &[Trait] = match (holding.kind, holding.part) {
        (StoreKind::User, Part::Primary) => &[Trait::BackEnd, Trait::BackEndPrimary],
        (StoreKind::User, Part::Mirror) => &[Trait::BackEnd, Trait::BackEndMirror],
        (StoreKind::Archiving, _) => &[Trait::ArchivingDatabase],
        (StoreKind::Monitoring, _) => &[Trait::MonitoringDatabase],
        (StoreKind::PersistentChat, _) => &[Trait::PersistentChatDatabase],
    };
    let mirrored = holding.kind.of(holding.pool).mirror.value.is_some();
    let because = cell(holding.cell(), &holding.pool.fqdn);
    let pool = Some(holding.pool.fqdn.clone());
    let of = |what: &Trait| Claim {
        mirrored,
        part: Some(holding.part),
        ..claim(*what, pool.clone(), because.clone())
    };
    whats.iter().map(of).collect()
}

fn claim(what: Trait, pool: Option<Fqdn>, because: Because) -> Claim {
    Claim {
        what,
        pool,
        mirrored: false,
        part: None,
        because,
    }
}

fn role(server: &Server) -> Because {
    cell(&server.roles, &server.fqdn)
}

/// The backup row of a file store whose pool does not say where it is.
fn backup(row: &FileStoreBackup, pool: &Fqdn) -> Because {
    let whose = match &row.pool.value {
        Some(_) => format!("the file store backup of `{pool}`"),
        None => "a file store backup that names no pool".to_owned(),
    };
    Because {
        text: format!(
            "`{}` of {whose} is `{}`",
            row.server.column, row.server.text
        ),
        place: row.server.place.clone(),
    }
}

fn cell<T>(field: &Field<T>, owner: &Fqdn) -> Because {
    let lines: Vec<&str> = field.text.lines().map(str::trim).collect();
    let text = lines.join(" / ");
    Because {
        text: format!("`{}` of `{owner}` is `{text}`", field.column),
        place: field.place.clone(),
    }
}
