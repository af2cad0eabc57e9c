//! Backups: which file or folder a command restores from.

use crate::finding::Gap;
use crate::inventory::backup::Tool;
use crate::inventory::lookup::{NoBackup, Part, StoreKind, has_user_store};
use crate::inventory::names::{self, List};
use crate::inventory::{DatabaseBackup, FilePath, FileStoreBackup, Pool, Server};
use crate::template::Slot;

use super::super::context::{DatabaseContext, FileStoreContext, StoreContext};
use super::pools::mirror_share;
use super::{Fill, path, phrase};

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
    /// The file of one of a pool's exports.
    pub(super) fn pool_file(self, database: &str, pool: &Pool) -> Slot {
        self.file(
            database,
            &format!("`{}`", pool.fqdn),
            self.inventory.backup(database, pool),
        )
    }

    /// The file of an export of which a deployment has one.
    pub(super) fn global_file(self, database: &str) -> Slot {
        self.file(
            database,
            "the deployment",
            self.inventory.global_backup(database),
        )
    }

    fn file(self, database: &str, owner: &str, row: Result<&DatabaseBackup, NoBackup<'_>>) -> Slot {
        let printed = names::by_id(List::Database, database).map_or(database, |name| name.printed);
        match row {
            Ok(row) => match row.location() {
                Some(found) => path(&found),
                None => Slot::Gap(Gap {
                    what: format!("backup file of {printed}"),
                    cure: row.file.gap(&format!("{owner}, {printed}")).cure,
                }),
            },
            Err(why) => Slot::Gap(no_row(printed, owner, &why)),
        }
    }

    /// The databases a server holds: several pools may share one, and an instance holds one of each name.
    pub(super) fn databases_of_server(self, server: &'a Server) -> Vec<DatabaseContext> {
        let mut databases: Vec<DatabaseContext> = Vec::new();
        let holdings = self.inventory.holdings(&server.fqdn);
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
        let served = self.served_by(pool, kind);
        let databases = DATABASES.iter().filter(|database| database.0 == kind);
        databases
            .map(|(_, database, service, database_type, id)| {
                let row = self.inventory.backup(id, pool);
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
                        .flat_map(|pool| self.inventory.front_ends(pool))
                        .map(|server| Slot::Text(server.fqdn.to_string()))
                        .collect(),
                    db_instance: db_instance(&primary),
                    primary: primary.clone(),
                    store: store.clone(),
                    partner: partner.clone(),
                    is_mirror: part == Part::Mirror,
                    mirror_share: mirror_share(pool),
                    method: method(row.as_ref().ok().copied()),
                    file: self.file(id, &format!("`{}`", pool.fqdn), row),
                    shell: self.shell(pool),
                }
            })
            .collect()
    }

    /// The pools that share a pool's store: the same SQL Server and the same instance.
    fn served_by(self, pool: &'a Pool, kind: StoreKind) -> Vec<&'a Pool> {
        let store = |pool: &'a Pool| (&kind.of(pool).server.value, &kind.of(pool).instance.value);
        let own = (&kind.of(pool).server.value, &kind.of(pool).instance.value);
        let pools = self.inventory.pools.iter();
        pools.filter(|other| store(other) == own).collect()
    }

    pub(super) fn file_stores_of_server(self, server: &'a Server) -> Vec<FileStoreContext> {
        let own = self
            .inventory
            .is_standard_edition(server)
            .then(|| self.inventory.pool_of(server));
        let pools = own
            .flatten()
            .into_iter()
            .chain(self.inventory.file_stores_on(server));
        pools.map(|pool| self.file_store(pool)).collect()
    }

    pub(super) fn file_store(self, pool: &'a Pool) -> FileStoreContext {
        let owner = format!("`{}`", pool.fqdn);
        let row = self.inventory.file_store_backup(pool);
        let share = share(pool, row.as_ref().ok().copied());
        let host = share.as_ref().ok().and_then(FilePath::host).map(|host| {
            let server = self.inventory.host(host);
            server.map_or_else(|| host.to_lowercase(), |server| server.fqdn.to_string())
        });
        let part = |text: Option<String>| match (text, &share) {
            (Some(text), _) => Slot::Text(text),
            (None, Err(gap)) => Slot::Gap(gap.clone()),
            (None, Ok(_)) => Slot::Gap(pool.file_store.gap(&owner)),
        };
        let name = share
            .as_ref()
            .ok()
            .and_then(FilePath::share_name)
            .map(str::to_owned);
        FileStoreContext {
            share_name: part(name),
            host: part(host),
            local_path: local_path(row.as_ref().ok().copied(), &owner),
            backup: backup_folder(&row, &owner),
            share: share
                .as_ref()
                .map_or_else(|gap| Slot::Gap(gap.clone()), path),
            pool: Slot::Text(pool.fqdn.to_string()),
            shell: self.shell(pool),
        }
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
        (Slot::Text(fqdn), Slot::Text(_)) => Slot::Gap(Gap {
            what: "-DBInstance".to_owned(),
            cure: format!(
                "`{fqdn}` uses the default instance, for which -DBInstance is not documented: find out what your deployment takes, and write it here"
            ),
        }),
        (Slot::Gap(gap), _) | (_, Slot::Gap(gap)) => Slot::Gap(gap.clone()),
        _ => store.fqdn.clone(),
    }
}

/// The share as the topology has it: the pool's cell, else the file store worksheet's.
fn share(pool: &Pool, row: Option<&FileStoreBackup>) -> Result<FilePath, Gap> {
    let unc = |path: &&FilePath| path.host().is_some();
    let own = pool.file_store.value.as_ref().filter(unc);
    let recorded = row.and_then(|row| row.share.value.as_ref()).filter(unc);
    own.or(recorded.filter(|_| pool.file_store.is_blank()))
        .cloned()
        .ok_or_else(|| pool.file_store.gap(&format!("`{}`", pool.fqdn)))
}

/// The folder behind the share must be a drive path: a share or a bare name would share the wrong folder.
fn local_path(row: Option<&FileStoreBackup>, owner: &str) -> Slot {
    let Some(row) = row else {
        return Slot::Gap(no_file_store_row(owner, "Local path"));
    };
    match &row.local_path.value {
        Some(FilePath::Absolute(path)) if !path.starts_with(r"\\") => Slot::Text(path.clone()),
        _ => Slot::Gap(row.local_path.gap(owner)),
    }
}

fn backup_folder(row: &Result<&FileStoreBackup, Vec<&FileStoreBackup>>, owner: &str) -> Slot {
    match row {
        Ok(row) => match &row.destination.value {
            Some(folder) => path(folder),
            None => Slot::Gap(row.destination.gap(owner)),
        },
        Err(rows) if rows.is_empty() => Slot::Gap(no_file_store_row(owner, "Backup destination")),
        Err(rows) => {
            let places = rows.iter().map(|row| row.row.to_string());
            Slot::Gap(Gap {
                what: "backup of the file store".to_owned(),
                cure: format!(
                    "several rows fit {owner} ({}): fill in their `Pool FQDN`",
                    phrase(places.collect::<Vec<_>>().iter().map(String::as_str))
                ),
            })
        }
    }
}

fn no_file_store_row(owner: &str, column: &str) -> Gap {
    Gap {
        what: column.to_owned(),
        cure: format!(
            "add a row for the file store of {owner} to the `file-store-backups` worksheet, with `{column}`"
        ),
    }
}

fn no_row(database: &str, owner: &str, why: &NoBackup<'_>) -> Gap {
    let cure = match why {
        NoBackup::None => format!(
            "add a row `{database}` for {owner} to the {} worksheet, with its file",
            worksheet_of(database)
        ),
        NoBackup::Several(rows) => {
            let places: Vec<String> = rows.iter().map(|row| row.row.to_string()).collect();
            format!(
                "it cannot be told which row is of {owner} ({}): {}",
                phrase(places.iter().map(String::as_str)),
                match database {
                    "Xds" | "Lis" => "delete what is no longer true",
                    _ => "fill in `Pool FQDN`",
                }
            )
        }
    };
    Gap {
        what: format!("backup file of {database}"),
        cure,
    }
}

fn worksheet_of(database: &str) -> &'static str {
    match database {
        "Xds" | "Lis" | "RgsConfig" => "`settings-backups`",
        _ => "`database-backups`",
    }
}
