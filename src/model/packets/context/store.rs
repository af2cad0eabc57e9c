//! What holds data, as a procedure sees it: SQL Servers and their mirrors, databases, file stores, the store of the
//! configuration.

use serde::Serialize;

use super::place::{InstanceContext, ShellContext};
use super::recorded::Recorded;
use crate::template::Slot;

/// A SQL Server and its instance, as a pool names them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoreContext {
    /// Canonical FQDN of the SQL Server.
    pub fqdn: Slot,
    /// Its instance.
    pub instance: InstanceContext,
    /// Whether it is the failed server.
    pub is_this: bool,
    /// Whether the pools name another instance on the same server too.
    pub is_one_of_several: bool,
    /// Where its databases and logs lie; `None` where the row does not name one folder each.
    pub data_path: Option<Slot>,
    /// See `data_path`.
    pub log_path: Option<Slot>,
    /// The account its SQL Server runs under: the recorded one, else that of the computer.
    pub account: Slot,
}

/// A mirrored database type and its partners.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MirroredContext {
    /// For `-DatabaseType`: `User`, `Application`, `CentralMgmt`, `Archiving`, `Monitoring` or
    /// `PersistentChat`. A literal of this program, not worksheet text.
    pub database_type: &'static str,
    /// What its databases are called on SQL Server; literals of this program.
    pub databases: &'static [String],
    /// The primary.
    pub primary: StoreContext,
    /// The mirror.
    pub mirror: StoreContext,
}

/// The Central Management store.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CentralContext {
    /// Whether a pool is recorded as hosting it.
    pub is_known: bool,
    /// The pool that hosts it.
    pub pool: Slot,
    /// On the one computer of its pool.
    pub on_one_computer: bool,
    /// In another instance than the store of its pool's users.
    pub is_apart: bool,
    /// Its SQL Server, with the CMS's own instance.
    pub sql: StoreContext,
    /// Its mirror.
    pub mirror: Option<StoreContext>,
    /// The topology export (Xds).
    pub configuration_file: Slot,
    /// The location export (Lis).
    pub location_file: Slot,
}

/// An Archiving, Monitoring or Persistent Chat database.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DatabaseContext {
    /// `LcsLog`, `LcsCDR`, `QoEMetrics` or `mgc`; a literal of this program.
    pub name: &'static str,
    /// `Archiving`, `Monitoring` or `Persistent Chat`.
    pub service: &'static str,
    /// For `-DatabaseType`: `Archiving`, `Monitoring` or `PersistentChat`.
    pub database_type: &'static str,
    /// The pools it serves, as one phrase.
    pub pools: Slot,
    /// The FQDNs of the pools it serves, one by one, for `-PoolFqdn`.
    pub served: Vec<Slot>,
    /// The servers of those pools that use it: the Front End Servers, where a pool has some, else all.
    pub servers: Vec<Slot>,
    /// Its SQL Server and instance, as seen from the failed server (its own, where it is the mirror).
    pub store: StoreContext,
    /// Where its data is restored: its SQL Server; of a mirrored pair, the primary.
    pub primary: StoreContext,
    /// Its partner, where the database is mirrored.
    pub partner: Option<StoreContext>,
    /// The failed server is the mirror of this database, not its primary.
    pub is_mirror: bool,
    /// `Mirroring file share` of the pool.
    pub mirror_share: Slot,
    /// `fqdn\instance` for `-DBInstance`; a gap for a default instance, for which it is undocumented.
    pub db_instance: Slot,
    /// How it was backed up: `sql`, `export` (Persistent Chat only) or `undecided`.
    pub method: &'static str,
    /// What to print in place of the way where it is `undecided`: a gap at the cell that should name the tool.
    pub undecided: Slot,
    /// The backup file.
    pub file: Slot,
    /// Where Management Shell commands about it are typed.
    pub shell: ShellContext,
}

/// A share by which databases are copied to their mirror.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MirrorShareContext {
    /// The share, for example `\\fs01.contoso.com\MirrorSetup`.
    pub share: Slot,
    /// Its name, for example `MirrorSetup`.
    pub share_name: Slot,
    /// The server that hosts it.
    pub host: Slot,
    /// The id of that server's operating system in `meanings.toml`; empty where nothing is known of it.
    pub system: &'static str,
    /// The accounts of the SQL Servers that write to it.
    pub accounts: Vec<Slot>,
}

/// A file store.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "templates ask these flags one by one"
)]
pub struct FileStoreContext {
    /// The share as the topology has it, for example `\\fs01.contoso.com\LyncShare`.
    pub share: Slot,
    /// The share's name, for example `LyncShare`.
    pub share_name: Slot,
    /// The folder behind the share on the server itself (`Local path`).
    pub local_path: Slot,
    /// The folder that is shared: `Local path`, without what the path of the share has below it.
    pub root: Slot,
    /// The server that hosts it.
    pub host: Slot,
    /// The id of that server's operating system in `meanings.toml`; empty where nothing is known of it.
    pub system: &'static str,
    /// An earlier file store of the list has the same folder from the same backup: it is copied already.
    pub is_copied: bool,
    /// An earlier file store of the list lies on the same share: it is made already.
    pub is_shared: bool,
    /// The backup of its content: a folder, under `$Backup` where the worksheet says so.
    pub backup: Slot,
    /// The pool it belongs to.
    pub pool: Slot,
    /// Users sign in at that pool, so that it has an address book.
    pub serves_users: bool,
    /// That pool hosts the active store of the configuration, which replicates by way of these files.
    pub of_central: bool,
    /// The first Front End of that pool: where `Enable-CsTopology` runs.
    pub shell: ShellContext,
    /// The other cells of its backup's row that procedures name.
    pub recorded: Recorded,
}
