//! What a procedure template sees: the contract with everybody who edits a product's `procedures/`.
//!
//! Each value from a worksheet is a [`Slot`]: either known or a gap. A slot prints only through a filter
//! (`| ps` in commands, `| md` in prose) and can be asked with `is known`; there is no raw way in. Flags are
//! plain booleans, lists are lists. Templates choose and lay out; joins and rules live in Rust.

mod place;
mod pool;
mod recorded;
mod server;
mod store;

use serde::Serialize;

use crate::template::Slot;

pub use place::{InstanceContext, MemberContext, ShellContext};
pub use pool::{BackupPoolContext, EdgeContext, NextHopContext, PoolContext};
pub use recorded::{Recorded, RecordedContext, RouteContext};
pub use server::{CertificateContext, ServerContext};
pub use store::{
    CentralContext, DatabaseContext, FileStoreContext, MirrorShareContext, MirroredContext,
    StoreContext,
};

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

/// A row of the `media` worksheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MediaContext {
    /// What it holds, as in `meanings.toml`; empty where nobody can tell.
    pub kind: &'static str,
    /// The id of the operating system it installs, as in `meanings.toml`; empty where it installs none.
    pub system: &'static str,
    /// The version of SQL Server it installs, as `sql.toml` calls it; empty where it installs none.
    pub sql_release: &'static str,
    /// `Item`.
    pub item: Slot,
    /// `Location`.
    pub location: Slot,
    /// `Version`.
    pub version: Slot,
}
