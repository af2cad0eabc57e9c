//! A pool as a procedure sees it, and the pools that it has to do with.

use std::collections::BTreeMap;

use serde::Serialize;

use super::place::{MemberContext, ShellContext};
use super::recorded::Recorded;
use super::store::{FileStoreContext, MirroredContext, StoreContext};
use crate::template::Slot;

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
