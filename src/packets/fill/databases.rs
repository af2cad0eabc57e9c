//! Archiving, Monitoring and Persistent Chat databases: where they live, whom they serve, how they come back.

use crate::finding::Gap;
use crate::inventory::backup::Tool;
use crate::inventory::{DatabaseBackup, Pool, Server};
use crate::template::Slot;
use crate::topology::{Part, StoreKind, has_user_store};

use super::super::context::{DatabaseContext, StoreContext};
use super::pools::mirror_share;
use super::{Fill, phrase};

/// The databases behind a store: name, service, `-DatabaseType`, id of `names.toml`.
const DATABASES: [(StoreKind, &str, &str, &str, &str); 4] = [
    (
        StoreKind::Archiving,
        "LcsLog",
        "Archiving",
        "Archiving",
        "lcslog",
    ),
    (
        StoreKind::Monitoring,
        "LcsCDR",
        "Monitoring",
        "Monitoring",
        "lcscdr",
    ),
    (
        StoreKind::Monitoring,
        "QoEMetrics",
        "Monitoring",
        "Monitoring",
        "qoemetrics",
    ),
    (
        StoreKind::PersistentChat,
        "mgc",
        "Persistent Chat",
        "PersistentChat",
        "mgc",
    ),
];

/// The stores that hold them, in the order of the packets.
const KINDS: [StoreKind; 3] = [
    StoreKind::Archiving,
    StoreKind::Monitoring,
    StoreKind::PersistentChat,
];

impl<'a> Fill<'a> {
    /// The databases a server holds: several pools may share one, and an instance holds one of each name.
    pub(super) fn databases_of_server(self, server: &'a Server) -> Vec<DatabaseContext> {
        let mut databases: Vec<DatabaseContext> = Vec::new();
        let holdings = self.topology.holdings(&server.fqdn);
        for kind in KINDS {
            for holding in holdings.iter().filter(|holding| holding.kind == kind) {
                for found in self.databases(holding.pool, kind, holding.part) {
                    if !databases.iter().any(|known| is_same(known, &found)) {
                        databases.push(found);
                    }
                }
            }
        }
        databases
    }

    /// A pool's databases: those that are lost with its user store, and those on SQL Servers of their own.
    pub(super) fn databases_of_pool(
        self,
        pool: &'a Pool,
    ) -> (Vec<DatabaseContext>, Vec<DatabaseContext>) {
        let collocated = |kind: StoreKind| {
            let server = &kind.of(pool).server.value;
            let itself = pool.is("standard-edition") && server.as_ref() == Some(&pool.fqdn);
            let with_users = has_user_store(pool)
                && (*server == pool.user_store.server.value
                    || *server == pool.user_store.mirror.value);
            itself || with_users
        };
        let named = |kind: &StoreKind| kind.of(pool).server.value.is_some();
        let (with, without): (Vec<StoreKind>, Vec<StoreKind>) = KINDS
            .into_iter()
            .filter(named)
            .partition(|kind| collocated(*kind));
        let all = |kinds: Vec<StoreKind>| {
            let databases = kinds
                .into_iter()
                .flat_map(|kind| self.databases(pool, kind, Part::Primary));
            databases.collect()
        };
        (all(with), all(without))
    }

    fn databases(self, pool: &'a Pool, kind: StoreKind, part: Part) -> Vec<DatabaseContext> {
        let primary = self.primary(pool, kind);
        let (store, partner) = match (part, self.mirror(pool, kind)) {
            (Part::Mirror, Some(mirror)) => (mirror, Some(primary.clone())),
            (_, mirror) => (primary.clone(), mirror),
        };
        let served = self.topology.sharing(pool, kind);
        let databases = DATABASES.iter().filter(|database| database.0 == kind);
        databases
            .map(|(_, database, service, database_type, id)| {
                let row = self.topology.backup(id, pool);
                DatabaseContext {
                    name: database,
                    service,
                    database_type,
                    pools: Slot::Text(phrase(served.iter().map(|pool| pool.fqdn.as_str()))),
                    served: served
                        .iter()
                        .map(|pool| Slot::Text(pool.fqdn.to_string()))
                        .collect(),
                    front_ends: served
                        .iter()
                        .flat_map(|pool| self.topology.front_ends(pool))
                        .map(|server| Slot::Text(server.fqdn.to_string()))
                        .collect(),
                    db_instance: db_instance(&primary),
                    primary: primary.clone(),
                    store: store.clone(),
                    partner: partner.clone(),
                    is_mirror: part == Part::Mirror,
                    mirror_share: mirror_share(pool),
                    method: method(row.as_ref().ok().copied()),
                    file: Self::file(id, &format!("`{}`", pool.fqdn), row),
                    shell: self.shell(pool),
                }
            })
            .collect()
    }
}

/// Two pools that name one instance share its database.
fn is_same(one: &DatabaseContext, other: &DatabaseContext) -> bool {
    one.name == other.name && one.store.instance.name == other.store.instance.name
}

fn method(row: Option<&DatabaseBackup>) -> &'static str {
    match row.and_then(|row| row.tool.value) {
        Some(Tool::Sql) => "sql",
        Some(Tool::Export) => "export",
        Some(Tool::Other) | None => "undecided",
    }
}

/// `fqdn\instance`. What a default instance takes is not documented, so it stays a gap.
fn db_instance(store: &StoreContext) -> Slot {
    match (&store.fqdn, &store.instance.name) {
        (Slot::Text(fqdn), Slot::Text(instance)) if !store.instance.is_default => {
            Slot::Text(format!("{fqdn}\\{instance}"))
        }
        (Slot::Text(fqdn), Slot::Text(_)) => Slot::Gap(Gap::new(
            "-DBInstance",
            format!(
                "`{fqdn}` uses the default instance, for which -DBInstance is not documented: find out what your deployment takes, and write it here"
            ),
        )),
        (Slot::Gap(gap), _) | (_, Slot::Gap(gap)) => Slot::Gap(gap.clone()),
        _ => store.fqdn.clone(),
    }
}
