//! Backups: which file or folder a command restores from, and file stores.

use crate::finding::Gap;
use crate::inventory::{DatabaseBackup, FileStoreBackup, Pool, Server};
use crate::product::{Database, Export, schema};
use crate::rows::{Field, FilePath};
use crate::template::Slot;
use crate::topology::NoBackup;

use super::super::context::FileStoreContext;
use super::recorded::{blanks, recorded};
use super::servers::system;
use super::{Fill, path, phrase};

impl<'a> Fill<'a> {
    /// The file of one of a pool's exports.
    pub(super) fn pool_file(self, export: Export, pool: &Pool) -> Slot {
        let owner = format!("`{}`", pool.fqdn);
        let mut kinds = self.topology.inventory.product.stores.iter();
        match kinds.find_map(|kind| holding(&kind.databases, export)) {
            Some(found) => {
                let row = self.topology.backup(found, pool);
                Self::file(found, &owner, row, Some(pool))
            }
            None => unknown(&owner),
        }
    }

    /// The file of an export of which a deployment has one.
    pub(super) fn global_file(self, export: Export) -> Slot {
        let owner = "the deployment";
        let asker = self.topology.central_pool();
        match holding(&self.topology.inventory.product.central.databases, export) {
            Some(found) => Self::file(found, owner, self.topology.global_backup(found), asker),
            None => unknown(owner),
        }
    }

    /// The file of a backup row. `asker`: the pool that needs the row where there is none.
    pub(super) fn file(
        database: &Database,
        owner: &str,
        row: Result<&DatabaseBackup, NoBackup<'_>>,
        asker: Option<&Pool>,
    ) -> Slot {
        let printed = &database.name;
        match row {
            Ok(row) => match row.location() {
                Some(found) => path(&found),
                None if row.is_nowhere => Slot::Gap(nowhere(&row.tool)),
                None => Slot::Gap(Gap {
                    what: format!("backup file of {printed}"),
                    ..row.unsettled().gap(&format!("{owner}, {printed}"))
                }),
            },
            Err(why) => Slot::Gap(no_row(database, owner, &why, asker)),
        }
    }

    pub(super) fn file_stores_of_server(self, server: &'a Server) -> Vec<FileStoreContext> {
        let own = self
            .topology
            .is_one_computer(server)
            .then(|| self.topology.pool_of(server));
        let pools = own
            .flatten()
            .into_iter()
            .chain(self.topology.file_stores_on(server));
        once(pools.map(|pool| self.file_store(pool)).collect())
    }

    pub(super) fn file_store(self, pool: &'a Pool) -> FileStoreContext {
        let owner = format!("`{}`", pool.fqdn);
        let row = self.topology.file_store_backup(pool);
        let share = share(pool, row.as_ref().ok().copied());
        let hosting = self.topology.file_store_host(pool);
        let product = self.topology.inventory.product;
        let host = hosting.map(|server| server.fqdn.to_string()).or_else(|| {
            let host = share.as_ref().ok().and_then(FilePath::host)?;
            Some(host.to_lowercase())
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
            root: root(row.as_ref().ok().copied(), share.as_ref().ok(), pool),
            system: hosting.map_or("", |server| system(product, server)),
            is_copied: false,
            is_shared: false,
            local_path: local_path(row.as_ref().ok().copied(), pool),
            backup: backup_folder(&row, pool),
            share: share
                .as_ref()
                .map_or_else(|gap| Slot::Gap(gap.clone()), path),
            pool: Slot::Text(pool.fqdn.to_string()),
            serves_users: pool.serves_users(),
            of_central: (self.topology.central_pool()).is_some_and(|it| it.fqdn == pool.fqdn),
            shell: self.shell(pool),
            recorded: match &row {
                Ok(row) => recorded(&row.recorded, &owner),
                Err(_) => blanks(product, schema::FILE_STORE_BACKUPS),
            },
        }
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
fn local_path(row: Option<&FileStoreBackup>, pool: &Pool) -> Slot {
    let Some(row) = row else {
        return Slot::Gap(no_file_store_row(pool, "Local path"));
    };
    match &row.local_path.value {
        Some(FilePath::Absolute(path)) if !path.starts_with(r"\\") => Slot::Text(path.clone()),
        _ => Slot::Gap(row.local_path.gap(&format!("`{}`", pool.fqdn))),
    }
}

/// The folder that is shared. What the path of the share has below its name must be the end of the local path, or
/// another folder would be shared.
fn root(row: Option<&FileStoreBackup>, share: Option<&FilePath>, pool: &Pool) -> Slot {
    let below = share.and_then(FilePath::below_share).unwrap_or_default();
    let Slot::Text(local) = local_path(row, pool) else {
        return local_path(row, pool);
    };
    if let Some(root) = without_tail(&local, below) {
        return Slot::text(root);
    }
    let gap = Gap::new(
        "the folder that is shared",
        format!(
            "`Local path` of the file store of `{}` must end with `{below}`, as the share does: correct one of the two",
            pool.fqdn
        ),
    );
    Slot::Gap(match row {
        Some(row) => gap.at(&row.local_path.place),
        None => gap,
    })
}

/// The folder in which a folder lies, which is the path's own end.
fn without_tail<'a>(path: &'a str, tail: &str) -> Option<&'a str> {
    let path = path.trim_end_matches('\\');
    if tail.is_empty() {
        return Some(path);
    }
    let at = path.len().checked_sub(tail.len())?;
    let (root, end) = (path.get(..at)?, path.get(at..)?);
    let root = root.strip_suffix('\\').filter(|root| root.len() > 2)?;
    end.eq_ignore_ascii_case(tail).then_some(root)
}

/// Marks what an earlier file store of the list has done already: several pools may keep theirs on one share, or in
/// one folder.
fn once(mut stores: Vec<FileStoreContext>) -> Vec<FileStoreContext> {
    for index in 1..stores.len() {
        let (before, rest) = stores.split_at_mut(index);
        let Some(store) = rest.first_mut() else {
            continue;
        };
        let same = |one: &Slot, other: &Slot| match (one.shown(), other.shown()) {
            (Some(one), Some(other)) => one.eq_ignore_ascii_case(&other),
            _ => false,
        };
        store.is_shared = before
            .iter()
            .any(|it| same(&it.share_name, &store.share_name));
        store.is_copied = before
            .iter()
            .any(|it| same(&it.local_path, &store.local_path) && same(&it.backup, &store.backup));
    }
    stores
}

fn backup_folder(row: &Result<&FileStoreBackup, Vec<&FileStoreBackup>>, pool: &Pool) -> Slot {
    let owner = format!("`{}`", pool.fqdn);
    match row {
        Ok(row) => match &row.destination.value {
            Some(folder) => path(folder),
            None if row.is_nowhere => Slot::Gap(nowhere(&row.tool)),
            None => Slot::Gap(row.destination.gap(&owner)),
        },
        Err(rows) if rows.is_empty() => Slot::Gap(no_file_store_row(pool, "Backup destination")),
        Err(rows) => {
            let places = rows.iter().map(|row| row.row.to_string());
            let cure = format!(
                "several rows fit {owner} ({}): fill in their `Pool FQDN`",
                phrase(places.collect::<Vec<_>>().iter().map(String::as_str))
            );
            let last = rows.last().map(|row| row.content.place.clone());
            Slot::Gap(Gap {
                place: last,
                ..Gap::new("backup of the file store", cure)
            })
        }
    }
}

fn no_file_store_row(pool: &Pool, column: &str) -> Gap {
    Gap::new(
        column,
        format!(
            "add a row for the file store of `{}` to the `file-store-backups` worksheet, with `{column}`",
            pool.fqdn
        ),
    )
    .at(&pool.name.place)
}

/// The gap of a backup that its tool leaves nowhere.
fn nowhere<T>(tool: &Field<T>) -> Gap {
    let cure = format!(
        "see what is said of `{}`: with this tool nothing lies where the row says",
        tool.column
    );
    Gap::new("what to restore from", cure)
        .at(&tool.place)
        .of(tool.column)
}

/// The database whose export holds this.
fn holding(databases: &[Database], export: Export) -> Option<&Database> {
    databases.iter().find(|it| it.holds == Some(export))
}

/// The product has no such export.
fn unknown(owner: &str) -> Slot {
    let cure = format!("find out what {owner} is restored from");
    Slot::Gap(Gap::new("backup file", cure))
}

fn no_row(database: &Database, owner: &str, why: &NoBackup<'_>, asker: Option<&Pool>) -> Gap {
    let name = &database.name;
    let cure = match why {
        NoBackup::None => format!(
            "add a row `{name}` for {owner} to the `{}` worksheet, with its file",
            database.sheet
        ),
        NoBackup::Several(rows) => {
            let places: Vec<String> = rows.iter().map(|row| row.row.to_string()).collect();
            format!(
                "it cannot be told which row is of {owner} ({}): {}",
                phrase(places.iter().map(String::as_str)),
                if database.of_deployment {
                    "delete what is no longer true"
                } else {
                    "fill in `Pool FQDN`"
                }
            )
        }
    };
    let gap = Gap::new(format!("backup file of {name}"), cure);
    match (why, asker) {
        (NoBackup::Several(rows), _) => Gap {
            place: rows.last().map(|row| row.database.place.clone()),
            ..gap
        },
        // Whether there has to be such a row is said in another cell first.
        (NoBackup::None, Some(pool)) if pool.may_lack(database) => {
            let cell = &pool.response_group;
            gap.at(&cell.place).of(cell.column)
        }
        (NoBackup::None, Some(pool)) => gap.at(&pool.name.place),
        (NoBackup::None, None) => gap,
    }
}
