//! Archiving, Monitoring and Persistent Chat databases: where they live, whom they serve, how they come back.

use crate::finding::{Gap, Place};
use crate::inventory::backup::Tool;
use crate::inventory::{DatabaseBackup, Pool, Server};
use crate::product::{Database, StoreKind};
use crate::template::Slot;
use crate::topology::Part;

use super::super::context::{DatabaseContext, StoreContext};
use super::pools::mirror_share;
use super::{Fill, phrase};

impl<'a> Fill<'a> {
    /// The databases a server holds: several pools may share one, and an instance holds one of each name.
    pub(super) fn databases_of_server(self, server: &'a Server) -> Vec<DatabaseContext> {
        let mut databases: Vec<DatabaseContext> = Vec::new();
        let holdings = self.topology.holdings(&server.fqdn);
        for kind in self.kinds() {
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
        let users = pool.user_store();
        let collocated = |kind: &StoreKind| {
            let server = &pool.store(kind).server.value;
            let itself = pool.is_one_computer() && server.as_ref() == Some(&pool.fqdn);
            let with_users = pool.keeps(users.kind)
                && (*server == users.server.value || *server == users.mirror.value);
            itself || with_users
        };
        let named = |kind: &&StoreKind| pool.store(kind).server.value.is_some();
        let (with, without): (Vec<_>, Vec<_>) = self
            .kinds()
            .filter(named)
            .partition(|kind| collocated(kind));
        let all = |kinds: Vec<&'static StoreKind>| {
            let databases = kinds
                .into_iter()
                .flat_map(|kind| self.databases(pool, kind, Part::Primary));
            databases.collect()
        };
        (all(with), all(without))
    }

    /// The stores beside that of the users.
    fn kinds(self) -> impl Iterator<Item = &'static StoreKind> {
        let kinds = self.topology.inventory.product.stores.iter();
        kinds.filter(|kind| !kind.users)
    }

    /// The servers of a pool that use its databases.
    fn using(self, pool: &'a Pool) -> Vec<Slot> {
        let named = |server: &Server| Slot::Text(server.fqdn.to_string());
        let quorum_members: Vec<Slot> = self.topology.quorum_members(pool).map(named).collect();
        if quorum_members.is_empty() {
            return self.topology.members(pool).map(named).collect();
        }
        quorum_members
    }

    fn databases(
        self,
        pool: &'a Pool,
        kind: &'static StoreKind,
        part: Part,
    ) -> Vec<DatabaseContext> {
        let own = pool.store(kind);
        let primary = self.primary(pool, own);
        let (store, partner) = match (part, self.mirror(pool, own)) {
            (Part::Mirror, Some(mirror)) => (mirror, Some(primary.clone())),
            (_, mirror) => (primary.clone(), mirror),
        };
        let served = self.topology.sharing(pool, kind);
        let database_type = kind.types.first().map_or("", String::as_str);
        let databases = kind.databases.iter();
        databases
            .map(|database| {
                let row = self.topology.backup(database, pool);
                DatabaseContext {
                    name: &database.name,
                    service: &kind.service,
                    database_type,
                    pools: Slot::Text(phrase(served.iter().map(|pool| pool.fqdn.as_str()))),
                    served: served
                        .iter()
                        .map(|pool| Slot::Text(pool.fqdn.to_string()))
                        .collect(),
                    servers: served.iter().flat_map(|pool| self.using(pool)).collect(),
                    db_instance: db_instance(&primary, &own.instance.place),
                    primary: primary.clone(),
                    store: store.clone(),
                    partner: partner.clone(),
                    is_mirror: part == Part::Mirror,
                    mirror_share: mirror_share(pool),
                    method: method(row.as_ref().ok().copied()),
                    undecided: undecided(database, row.as_ref().ok().copied(), pool),
                    file: Self::file(database, &format!("`{}`", pool.fqdn), row, Some(pool)),
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

/// The gap in place of a way to restore, at the cell that should name the tool.
fn undecided(database: &Database, row: Option<&DatabaseBackup>, pool: &Pool) -> Slot {
    let gap = Gap::new(
        format!("how {} was backed up", database.name),
        format!(
            "name one tool in `Database backup tool` of the row of {} in the `database-backups` worksheet: SQL Server's, or the export cmdlet",
            database.name
        ),
    );
    Slot::Gap(match row {
        Some(row) => gap.at(&row.tool.place).of(row.tool.column),
        None => gap.at(&pool.name.place),
    })
}

/// `fqdn\instance`. What a default instance takes is not documented, so it stays a gap.
fn db_instance(store: &StoreContext, cell: &Place) -> Slot {
    match (&store.fqdn, &store.instance.name) {
        (Slot::Text(fqdn), Slot::Text(instance)) if !store.instance.is_default => {
            Slot::Text(format!("{fqdn}\\{instance}"))
        }
        (Slot::Text(fqdn), Slot::Text(_)) => Slot::Gap(Gap::new(
            "-DBInstance",
            format!(
                "`{fqdn}` uses the default instance, for which -DBInstance is not documented: find out what your deployment takes, and write it here"
            ),
        )
        .at(cell)),
        (Slot::Gap(gap), _) | (_, Slot::Gap(gap)) => Slot::Gap(gap.clone()),
        _ => store.fqdn.clone(),
    }
}
