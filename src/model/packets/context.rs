//! What a procedure template sees: the contract with everybody who edits a product's `procedures/`.
//!
//! Each value from a worksheet is a [`Slot`]: either known or a gap. A slot prints only through a filter
//! (`| ps` in commands, `| md` in prose) and can be asked with `is known`; there is no raw way in. Flags are
//! plain booleans, lists are lists. Templates choose and lay out; joins and rules live in Rust.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::template::Slot;

/// Cells by the names that `columns.toml` gives them (`as`).
pub type Recorded = BTreeMap<&'static str, RecordedContext>;

/// A cell that a procedure names and the program itself knows nothing of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum RecordedContext {
    /// Nothing stands in it: `{% if this.recorded.… %}` is false.
    Blank,
    /// A value, or the gap of a cell that cannot be read.
    One(Slot),
    /// Several values; none where the cell is blank.
    Many(Vec<Slot>),
    /// `yes`, `no` or `unknown`.
    Answer(&'static str),
    /// Routes; none where the cell is blank.
    Routes(Vec<RouteContext>),
}

/// A route of an adapter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RouteContext {
    /// The network: `10.0.0.0`.
    pub network: Slot,
    /// Its mask.
    pub mask: Slot,
    /// The gateway it is reached by.
    pub gateway: Slot,
}

/// Everything a procedure can name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Context {
    /// The failed server; `None` in a pool's packet.
    pub this: Option<ServerContext>,
    /// The pool of the packet, or the pool the failed server is a member of.
    pub pool: Option<PoolContext>,
    /// The pools whose user store (or whole service, on a Standard Edition server) the failed server
    /// holds, whichever partner it is. For a pool's packet: that pool.
    pub pools: Vec<PoolContext>,
    /// The Central Management store of the deployment.
    pub central: CentralContext,
    /// Archiving, Monitoring and Persistent Chat databases the failed server holds. For a pool's packet:
    /// those that share a SQL Server with the pool's user store, and so are lost with it.
    pub databases: Vec<DatabaseContext>,
    /// For a pool's packet: its databases on SQL Servers of their own, which outlive the pool, may serve
    /// other pools and have packets of their own.
    pub databases_elsewhere: Vec<DatabaseContext>,
    /// File stores the failed server hosts. For a pool's packet: its own, where a server of the worksheets
    /// hosts it; a DFS or cluster path names none.
    pub file_stores: Vec<FileStoreContext>,
    /// The shares by which databases are copied to their mirrors: those the failed server hosts; that of the pool.
    pub mirror_shares: Vec<MirrorShareContext>,
    /// The local folder exports are copied to, for example `C:\LyncRestore`.
    pub local_work: Slot,
    /// The organization's name.
    pub organization: Slot,
    /// The settings of the deployment that procedures name.
    pub deployment: Recorded,
    /// Where the tools run while no server of the pool does: the administration computer, else the first server with services
    /// of another pool; a gap where there is none.
    pub administration: Slot,
    /// The media rows: where installation media are kept.
    pub media: Vec<MediaContext>,
    /// Whether Topology Builder is run by another procedure of this packet.
    pub topology_published: bool,
}

/// A server.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "templates ask these flags one by one"
)]
pub struct ServerContext {
    /// Canonical FQDN.
    pub fqdn: Slot,
    /// The first label of the FQDN.
    pub computer_name: Slot,
    /// The rest of the FQDN.
    pub dns_suffix: Slot,
    /// The roles, as one phrase.
    pub roles: Slot,
    /// The ids of its roles in `roles.toml`.
    pub role_ids: Vec<&'static str>,
    /// `Operating system`.
    pub operating_system: Slot,
    /// Its id in `meanings.toml`; empty where nothing is known of it.
    pub system: &'static str,
    /// The version of the product.
    pub version: Slot,
    /// `SQL Server version`.
    pub sql_version: Slot,
    /// `SQL Server edition`.
    pub sql_edition: Slot,
    /// `SQL data path`.
    pub sql_data_path: Slot,
    /// `SQL log path`.
    pub sql_log_path: Slot,
    /// `IP address`.
    pub ip_address: Slot,
    /// `System image`.
    pub system_image: Slot,
    /// `Notes`; `None` where there are none.
    pub notes: Option<Slot>,
    /// The other cells of its row that procedures name.
    pub recorded: Recorded,
    /// A pool of its own: a Standard Edition server.
    pub is_one_computer: bool,
    /// An Edge Server (usually in no domain).
    pub is_edge: bool,
    /// Runs services of the product, so it has certificates, a replica and services to check.
    pub has_services: bool,
    /// Hosts databases named in the pools worksheet, so SQL Server must be installed on it first. False
    /// for a Standard Edition server, which receives SQL Server Express from the Deployment Wizard.
    pub hosts_databases: bool,
    /// A mirroring witness.
    pub is_witness: bool,
    /// It holds a half of a mirrored store.
    pub is_mirrored: bool,
    /// The pools whose mirroring witness it is.
    pub witness_of: Vec<PoolContext>,
    /// The SQL instances it hosts, without repetitions.
    pub instances: Vec<InstanceContext>,
    /// Its certificates and those of its pool.
    pub certificates: Vec<CertificateContext>,
    /// Where Management Shell commands about it are typed.
    pub shell: ShellContext,
    /// Another server that works and whose roles need the same certificates; `None` where there is none.
    pub alike: Option<Slot>,
}

/// Where Management Shell commands are typed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShellContext {
    /// The computer: the first Front End of the pool, in worksheet order, that has not failed; a Standard
    /// Edition server is its own; a gap where there is none.
    pub fqdn: Slot,
    /// Whether that is the restored server itself.
    pub is_this: bool,
}

/// A SQL Server instance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InstanceContext {
    /// The instance's name; for the default instance the known text `MSSQLSERVER`, which commands must
    /// leave out (ask `is_default` first).
    pub name: Slot,
    /// The default instance: `-SqlInstanceName` is left out.
    pub is_default: bool,
    /// What it holds: "user store of pool01.contoso.com".
    pub holds: String,
    /// The port it listens on; `None` where none is recorded.
    pub port: Option<Slot>,
}

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

/// A pool.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "templates ask these flags one by one"
)]
pub struct PoolContext {
    /// Canonical FQDN.
    pub fqdn: Slot,
    /// The pool's types as one phrase.
    pub types: Slot,
    /// `Site`.
    pub site: Slot,
    /// One server of the same name: a Standard Edition pool.
    pub is_one_computer: bool,
    /// Users sign in at it; also at a pool of unknown type with a user store or Front End Servers, so that none
    /// of its steps is missing.
    pub serves_users: bool,
    /// An Edge pool.
    pub is_edge: bool,
    /// All servers with Lync roles that are members, in worksheet order.
    pub members: Vec<MemberContext>,
    /// The members whose services stop and start together, or the only computer.
    pub quorum_members: Vec<MemberContext>,
    /// How many of them must start for the pool to start.
    pub quorum: usize,
    /// How many of them must run for the pool to go on; 0 where nobody says.
    pub keep: usize,
    /// A server of another pool whose roles need the same certificates as its members'; `None` where there is none.
    pub alike: Option<Slot>,
    /// Where Management Shell commands about the pool are typed.
    pub shell: ShellContext,
    /// The user store's SQL Server (for a mirrored pair, the primary).
    pub sql: StoreContext,
    /// In which way several servers hold the user store, by the id in `stores.toml`; empty where one does, or a mirrored
    /// pair. `sql` is then the name by which they are reached.
    pub availability: &'static str,
    /// These servers.
    pub copies: Vec<MemberContext>,
    /// The mirror, where the user store is mirrored.
    pub mirror: Option<StoreContext>,
    /// The witness, where one is recorded.
    pub witness: Option<Slot>,
    /// `Mirroring file share`.
    pub mirror_share: Slot,
    /// Every mirrored database type with both its partners, in the order User, Application, CentralMgmt,
    /// Archiving, Monitoring, PersistentChat.
    pub mirrored: Vec<MirroredContext>,
    /// Hosts the active Central Management store.
    pub has_central: bool,
    /// The standby store of a pair, where it may be mirrored with the users' store.
    pub standby: Option<MirroredContext>,
    /// Response Group: `yes`, `no` or `unknown`.
    pub response_group: &'static str,
    /// The cell that says so; a gap where it says nothing.
    pub response_group_cell: Slot,
    /// The Response Group export (RgsConfig).
    pub response_group_file: Slot,
    /// The user data export (Rtc).
    pub user_data_file: Slot,
    /// The file store; `None` where the pool's row has no use for one (Edge, Director, Mediation).
    pub file_store: Option<FileStoreContext>,
    /// The partner of a pool pair.
    pub backup_pool: Option<BackupPoolContext>,
    /// `Next hop pool FQDN`; `None` where the cell is blank.
    pub next_hop: Option<Slot>,
    /// Edge pools whose next hop is this pool.
    pub outer_pools: Vec<EdgeContext>,
    /// The other pools whose next hop it is.
    pub next_hops: Vec<NextHopContext>,
    /// The other cells of its row that procedures name.
    pub recorded: Recorded,
    /// The pools whose cells name this one, by the names of those cells.
    pub named_by: BTreeMap<&'static str, Vec<Slot>>,
    /// The other pools of its types outside the domain, which can stand in for it.
    pub alternatives: Vec<Slot>,
}

/// A member of a pool.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberContext {
    /// Canonical FQDN.
    pub fqdn: Slot,
    /// Its roles, as one phrase.
    pub roles: Slot,
    /// Whether it is the failed server.
    pub is_this: bool,
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

/// The partner of a pool pair: where failover commands are typed, and to what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BackupPoolContext {
    /// Canonical FQDN.
    pub fqdn: Slot,
    /// A Front End of the backup pool.
    pub shell: ShellContext,
    /// Its SQL Server, for the Central Management store's failover.
    pub sql: StoreContext,
    /// Its mirror, where mirrored.
    pub mirror: Option<StoreContext>,
}

/// An Edge pool whose next hop is the failed pool.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EdgeContext {
    /// Canonical FQDN.
    pub fqdn: Slot,
    /// In the same site as the backup pool: moved in Topology Builder, not by command.
    pub same_site: bool,
}

/// Another pool whose next hop is the failed pool.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NextHopContext {
    /// Canonical FQDN.
    pub fqdn: Slot,
    /// Its types, as one phrase.
    pub types: Slot,
    /// The id of its type in `pools.toml`; empty where that is not known.
    pub kind: &'static str,
    /// Its servers.
    pub members: Vec<MemberContext>,
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
    /// The first Front End of that pool: where `Enable-CsTopology` runs.
    pub shell: ShellContext,
    /// The other cells of its backup's row that procedures name.
    pub recorded: Recorded,
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CertificateContext {
    /// `Certificate use`, as recorded.
    pub uses: Slot,
    /// `Subject`.
    pub subject: Slot,
    /// `Issuer`.
    pub issuer: Slot,
    /// `Thumbprint`.
    pub thumbprint: Slot,
    /// `Expires`.
    pub expires: Slot,
    /// `Backup location`.
    pub backup: Slot,
    /// Whether that names a file which a command can import.
    pub is_file: bool,
    /// Replication brings it: a deployment has one OAuthTokenIssuer certificate.
    pub replicated: bool,
    /// `Vault entry`: the name under which the password is kept, never the password.
    pub vault: Slot,
    /// How it comes back: `restore` (exportable key, backed up), `re-enrol`, `lost` (neither) or
    /// `undecided` (the worksheet does not say).
    pub way: &'static str,
}

/// A row of the `media` worksheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MediaContext {
    /// What it holds, as in `meanings.toml`; empty where nobody can tell.
    pub kind: &'static str,
    /// The id of the operating system it installs, as in `meanings.toml`; empty where it installs none.
    pub system: &'static str,
    /// `Item`.
    pub item: Slot,
    /// `Location`.
    pub location: Slot,
    /// `Version`.
    pub version: Slot,
}
