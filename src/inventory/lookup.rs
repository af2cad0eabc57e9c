//! What the records mean together: who is a member of what, what a SQL Server holds, which backup is whose.
//!
//! Pure look-ups over the [`Inventory`]; nothing here has an opinion about what it finds.

use std::collections::BTreeSet;

use crate::finding::Gap;

use super::backup::{DatabaseBackup, FileStoreBackup};
use super::field::Field;
use super::fqdn::Fqdn;
use super::index::{Index, ShareKey};
use super::instance::Instance;
use super::path::FilePath;
use super::pool::{Pool, Store};
use super::server::Server;
use super::{Certificate, Inventory};

/// Roles that run Lync Server services.
pub const LYNC_ROLES: &[&str] = &[
    "standard-edition",
    "front-end",
    "edge",
    "director",
    "mediation",
    "persistent-chat",
];

/// The kinds of store a pool names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StoreKind {
    /// The user store of a Front End pool.
    User,
    /// Archiving (LcsLog).
    Archiving,
    /// Monitoring (LcsCDR, QoEMetrics).
    Monitoring,
    /// Persistent Chat (mgc).
    PersistentChat,
}

impl StoreKind {
    /// All kinds, the user store first.
    pub const ALL: [Self; 4] = [
        Self::User,
        Self::Archiving,
        Self::Monitoring,
        Self::PersistentChat,
    ];

    /// As in "user store of pool01.contoso.com".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user store",
            Self::Archiving => "Archiving database",
            Self::Monitoring => "Monitoring databases",
            Self::PersistentChat => "Persistent Chat database",
        }
    }

    /// What the product calls it.
    pub fn id(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Archiving => "archiving",
            Self::Monitoring => "monitoring",
            Self::PersistentChat => "persistent-chat",
        }
    }

    /// The store of this kind in a pool's row.
    pub fn of(self, pool: &Pool) -> &Store {
        match self {
            Self::User => &pool.user_store,
            Self::Archiving => &pool.archiving,
            Self::Monitoring => &pool.monitoring,
            Self::PersistentChat => &pool.persistent_chat,
        }
    }
}

/// Which half of a store a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The SQL Server itself; of a mirrored pair, the primary.
    Primary,
    /// The mirror.
    Mirror,
}

/// A store a server holds.
#[derive(Clone, Copy, Debug)]
pub struct Holding<'a> {
    /// The pool that names the server.
    pub pool: &'a Pool,
    /// What it holds for the pool.
    pub kind: StoreKind,
    /// Which half it is.
    pub part: Part,
}

impl<'a> Holding<'a> {
    /// The cell that names the server.
    pub fn cell(&self) -> &'a Field<Fqdn> {
        let store = self.kind.of(self.pool);
        match self.part {
            Part::Primary => &store.server,
            Part::Mirror => &store.mirror,
        }
    }

    /// The cell that names the instance.
    pub fn instance(&self) -> &'a Field<Instance> {
        let store = self.kind.of(self.pool);
        match self.part {
            Part::Primary => &store.instance,
            Part::Mirror => &store.mirror_instance,
        }
    }
}

/// Why there is not exactly one backup row.
#[derive(Clone, Debug)]
pub enum NoBackup<'a> {
    /// No row fits.
    None,
    /// Several do.
    Several(Vec<&'a DatabaseBackup>),
}

impl Inventory {
    /// The server with this name.
    pub fn server(&self, fqdn: &Fqdn) -> Option<&Server> {
        self.servers.get(*self.index.servers.get(fqdn)?)
    }

    /// The pool with this name.
    pub fn pool(&self, fqdn: &Fqdn) -> Option<&Pool> {
        self.pools.get(*self.index.pools.get(fqdn)?)
    }

    /// Whether a server is a Standard Edition server: by its role, or as the namesake of such a pool.
    pub fn is_standard_edition(&self, server: &Server) -> bool {
        let pool = self.pool(&server.fqdn);
        server.has_role("standard-edition") || pool.is_some_and(|pool| pool.is("standard-edition"))
    }

    /// Whether a server runs Lync Server services.
    pub fn is_lync(&self, server: &Server) -> bool {
        LYNC_ROLES.iter().any(|role| server.has_role(role)) || self.is_standard_edition(server)
    }

    /// The pool a server is a member of: the one its row names, else the pool of its own name.
    pub fn pool_of(&self, server: &Server) -> Option<&Pool> {
        let named = server.pool.value.as_ref().and_then(|pool| self.pool(pool));
        named.or_else(|| self.pool(&server.fqdn))
    }

    /// The members of a pool that run Lync Server services, by name.
    pub fn members<'a>(&'a self, pool: &'a Pool) -> impl Iterator<Item = &'a Server> {
        let named = records(&self.servers, self.index.members.get(&pool.fqdn));
        named.filter(|server| self.is_lync(server))
    }

    /// Servers that name a pool and whose role is not known, unless another cell says what they are to it.
    pub fn unclear_members<'a>(&'a self, pool: &'a Pool) -> impl Iterator<Item = &'a Server> {
        self.servers.iter().filter(move |server| {
            server.pool.value.as_ref() == Some(&pool.fqdn)
                && server.roles.value.is_none()
                && !self.is_standard_edition(server)
                && self.holdings(&server.fqdn).is_empty()
                && self.witness_of(&server.fqdn).is_empty()
                && self.file_stores_on(server).is_empty()
        })
    }

    /// Servers that may be members of a pool: their own cell for it holds something that cannot be read, and their role
    /// has a place in pools of this type.
    pub fn possible_members<'a>(&'a self, pool: &'a Pool) -> impl Iterator<Item = &'a Server> {
        self.servers.iter().filter(move |server| {
            // The types of pools bear the ids of the roles that have their place in them.
            let fits = LYNC_ROLES
                .iter()
                .any(|role| server.has_role(role) && pool.is(role));
            let is_unread = server.pool.value.is_none() && !server.pool.is_blank();
            fits && is_unread && self.pool_of(server).is_none()
        })
    }

    /// The members whose services stop and start together: Front End Servers, or the Standard Edition server.
    pub fn front_ends<'a>(&'a self, pool: &'a Pool) -> impl Iterator<Item = &'a Server> {
        self.members(pool)
            .filter(|server| server.has_role("front-end") || self.is_standard_edition(server))
    }

    /// Everything the pools worksheet says this server holds. A Standard Edition pool's own databases are
    /// part of its server and no holding.
    pub fn holdings(&self, fqdn: &Fqdn) -> Vec<Holding<'_>> {
        let held = self.index.holdings.get(fqdn).into_iter().flatten();
        let held = held.filter_map(|(position, kind, part)| {
            Some(Holding {
                pool: self.pools.get(*position)?,
                kind: *kind,
                part: *part,
            })
        });
        held.collect()
    }

    /// The pools that name this server as their witness.
    pub fn witness_of(&self, fqdn: &Fqdn) -> Vec<&Pool> {
        records(&self.pools, self.index.witnessed.get(fqdn)).collect()
    }

    /// The first pool that hosts the active Central Management store.
    pub fn cms_pool(&self) -> Option<&Pool> {
        self.pools.get(self.index.cms?)
    }

    /// Whether this server hosts the Central Management store, as either partner.
    pub fn hosts_cms(&self, server: &Server) -> Option<&Pool> {
        let pool = self.cms_pool()?;
        let itself = pool.is("standard-edition") && server.fqdn == pool.fqdn;
        let holds = self
            .holdings(&server.fqdn)
            .iter()
            .any(|holding| holding.kind == StoreKind::User && holding.pool.fqdn == pool.fqdn);
        (itself || holds).then_some(pool)
    }

    /// The other half of a pool pair: the pool its row names, else the one whose row names it.
    pub fn partner(&self, pool: &Pool) -> Option<&Pool> {
        let named = pool
            .backup_pool
            .value
            .as_ref()
            .and_then(|name| self.pool(name));
        named.or_else(|| {
            let position = self.index.paired.get(&pool.fqdn)?;
            self.pools.get(*position)
        })
    }

    /// The server a host name in a path means: by FQDN, or by a short name that only one server has.
    pub fn host(&self, host: &str) -> Option<&Server> {
        self.servers.get(self.index.host(host)?)
    }

    /// Enterprise Edition pools whose file store this server hosts, or may, where their own cell names no share.
    pub fn file_stores_on(&self, server: &Server) -> Vec<&Pool> {
        records(&self.pools, self.index.shares_on.get(&server.fqdn)).collect()
    }

    /// The server that hosts a pool's file store; none for a DFS or cluster path. Where the pool's cell names no
    /// share, the only server that can be meant.
    pub fn file_store_host(&self, pool: &Pool) -> Option<&Server> {
        let Some(share) = &pool.file_store.value else {
            let position = self.index.pools.get(&pool.fqdn)?;
            let hosts = self.index.possible_hosts.get(position)?;
            let [host] = hosts.iter().collect::<Vec<_>>()[..] else {
                return None;
            };
            return self.servers.get(*host);
        };
        self.host(share.host()?)
    }

    /// Whether a pool's file store is on a server's share, for all anybody can tell: a DFS or cluster path is not.
    pub fn file_store_is_hosted(&self, pool: &Pool) -> bool {
        pool.file_store.value.is_none() || self.file_store_host(pool).is_some()
    }

    /// The pools whose mirroring file share this server hosts.
    pub fn mirror_shares_on(&self, server: &Server) -> Vec<&Pool> {
        let pools = self.pools.iter();
        pools
            .filter(|pool| {
                let host = pool.mirror_share.value.as_ref().and_then(FilePath::host);
                host.and_then(|host| self.host(host))
                    .is_some_and(|host| host.fqdn == server.fqdn)
            })
            .collect()
    }

    /// The certificates of a server and of the pool it is a member of.
    pub fn certificates_of(&self, server: &Server) -> impl Iterator<Item = &Certificate> {
        let pool = self.pool_of(server).map(|pool| &pool.fqdn);
        let names = BTreeSet::from([Some(&server.fqdn), pool]);
        let found = names
            .into_iter()
            .flatten()
            .filter_map(|name| self.index.certificates.get(name));
        let positions: BTreeSet<usize> = found.flatten().copied().collect();
        let certificates = positions.into_iter();
        certificates.filter_map(|position| self.certificates.get(position))
    }

    /// The backup row of one of a pool's databases: the row whose `Pool FQDN` is the pool, else the one
    /// whose server is the pool, its SQL Server, its mirror or a member.
    ///
    /// # Errors
    /// No such row, or several.
    pub fn backup(&self, database: &str, pool: &Pool) -> Result<&DatabaseBackup, NoBackup<'_>> {
        let rows = &self.index.databases;
        let decided = rows.by_pool.get(&(database, pool.fqdn.clone()));
        if decided.is_some() {
            return only(records(&self.databases, decided).collect());
        }
        let names = self.names_near(database, pool).into_iter();
        let found = names.filter_map(|name| rows.by_server.get(&(database, name.clone())));
        let positions: BTreeSet<usize> = found.flatten().copied().collect();
        let near: Vec<_> = positions
            .into_iter()
            .filter_map(|position| self.databases.get(position))
            .collect();
        // An export is of one pool; a SQL Server that holds two pools' stores does not say of which.
        let of_one_pool = matches!(database, "rtc" | "rgsconfig");
        if of_one_pool && near.iter().any(|row| self.serves_several(row)) {
            return Err(NoBackup::Several(near));
        }
        only(near)
    }

    /// The backup row of a database of which a deployment has one (Xds, Lis).
    ///
    /// # Errors
    /// No such row, or several.
    pub fn global_backup(&self, database: &str) -> Result<&DatabaseBackup, NoBackup<'_>> {
        let rows = self.index.databases.all.get(database);
        only(records(&self.databases, rows).collect())
    }

    /// The backup row of a pool's file store: by the share itself, else by `Pool FQDN`, else by the server.
    ///
    /// # Errors
    /// How many rows fit, if not one.
    pub fn file_store_backup(
        &self,
        pool: &Pool,
    ) -> Result<&FileStoreBackup, Vec<&FileStoreBackup>> {
        let share = pool.file_store.value.as_ref();
        let of_share = share.and_then(|share| {
            let key = self.share_key(share, &self.index);
            self.index.stores_by_share.get(&key)
        });
        let is_of_share = |position: &usize| of_share.is_none_or(|it| it.contains(position));
        if let Some([one]) = of_share.map(Vec::as_slice) {
            return self.file_stores.get(*one).ok_or_else(Vec::new);
        }
        let of_pool = self.index.stores_by_pool.get(&pool.fqdn);
        let of_pool: Vec<_> = of_pool
            .into_iter()
            .flatten()
            .filter(|it| is_of_share(it))
            .collect();
        if !of_pool.is_empty() {
            return only_store(self.stores(of_pool));
        }
        let host = share
            .and_then(FilePath::host)
            .and_then(|host| self.host(host));
        let names: BTreeSet<&Fqdn> = host
            .map(|host| &host.fqdn)
            .into_iter()
            .chain([&pool.fqdn])
            .collect();
        let near = names
            .into_iter()
            .filter_map(|name| self.index.stores_by_server.get(name));
        let near: BTreeSet<&usize> = near.flatten().filter(|it| is_of_share(it)).collect();
        // A row that names another share of the server is not this one.
        let is_open = |row: &&FileStoreBackup| row.share.value.is_none() || share.is_none();
        let rows: Vec<_> = self.stores(near).into_iter().filter(is_open).collect();
        match of_share {
            // Several rows name the share, and nothing says which of them counts.
            Some(several) if rows.is_empty() => Err(self.stores(several)),
            _ => only_store(rows),
        }
    }

    /// File store backups at these positions.
    fn stores<'a>(
        &'a self,
        positions: impl IntoIterator<Item = &'a usize>,
    ) -> Vec<&'a FileStoreBackup> {
        let rows = positions.into_iter();
        rows.filter_map(|position| self.file_stores.get(*position))
            .collect()
    }

    /// Whether two shares are one: alike but for case, and for a host written short or in full.
    pub fn same_share(&self, one: &FilePath, other: &FilePath) -> bool {
        self.share_key(one, &self.index) == self.share_key(other, &self.index)
    }

    /// A share in the form shares are compared in.
    pub(super) fn share_key(&self, path: &FilePath, index: &Index) -> ShareKey {
        let host = path.host().map(|host| {
            let server = index
                .host(host)
                .and_then(|position| self.servers.get(position));
            server.map_or_else(|| host.to_lowercase(), |server| server.fqdn.to_string())
        });
        let rest = path.inner().trim_start_matches('\\').to_lowercase();
        (host, rest.split_once('\\').map(|(_, rest)| rest.to_owned()))
    }

    /// The instance a pool's store uses, checked against the server's own row.
    ///
    /// # Errors
    /// A gap where it is blank or where two worksheets disagree.
    pub fn instance(
        &self,
        server: &Field<Fqdn>,
        cell: &Field<Instance>,
        pool: &Pool,
    ) -> Result<Instance, Gap> {
        let owner = format!("`{}`", pool.fqdn);
        if cell.is_blank()
            && pool.is("standard-edition")
            && server.value.as_ref().is_none_or(|it| *it == pool.fqdn)
        {
            // Product fact: a Standard Edition server's databases live in the local instance RTC.
            return Ok(Instance::Named("rtc".to_owned()));
        }
        let instance = cell.known(&owner)?;
        match self.contradiction(server.value.as_ref(), instance) {
            Some(gap) => Err(gap),
            None => Ok(instance.clone()),
        }
    }

    /// Where the server's own row disagrees with an instance a pool names.
    fn contradiction(&self, server: Option<&Fqdn>, instance: &Instance) -> Option<Gap> {
        let server = self.server(server?)?;
        let listed = server.instances.value.as_ref()?;
        (!listed.contains(instance)).then(|| {
            let cure = format!(
                "two worksheets disagree about the instance on `{}`: `{}` in the pools worksheet, `{}` in {}; correct one of them",
                server.fqdn, instance, server.instances.text, server.instances.place
            );
            Gap::new("SQL instance", cure).at(&server.instances.place)
        })
    }

    /// The names under which a backup row may have to do with a pool's database.
    fn names_near<'a>(&'a self, database: &str, pool: &'a Pool) -> BTreeSet<&'a Fqdn> {
        let store = match database {
            "lcslog" => &pool.archiving,
            "lcscdr" | "qoemetrics" => &pool.monitoring,
            "mgc" => &pool.persistent_chat,
            _ => &pool.user_store,
        };
        let stores = [&store.server.value, &store.mirror.value]
            .into_iter()
            .flatten();
        let members = self.members(pool).map(|member| &member.fqdn);
        stores.chain(members).chain([&pool.fqdn]).collect()
    }

    fn serves_several(&self, row: &DatabaseBackup) -> bool {
        let Some(server) = &row.server.value else {
            return false;
        };
        let holdings = self.holdings(server);
        let mut pools: Vec<&Fqdn> = holdings
            .iter()
            .filter(|holding| holding.kind == StoreKind::User)
            .map(|holding| &holding.pool.fqdn)
            .collect();
        pools.dedup();
        pools.len() > 1
    }
}

/// Whether a pool has a user store on a SQL Server of its own: a Front End pool has; a Standard Edition
/// pool has it on its one server; the others have none. A pool of unknown type is given the benefit.
pub fn has_user_store(pool: &Pool) -> bool {
    !pool.is("standard-edition") && (pool.is("front-end") || pool.types.value.is_none())
}

/// Whether a pool has a file store: Front End, Standard Edition and Persistent Chat pools have; others where one is
/// named.
pub fn has_file_store(pool: &Pool) -> bool {
    let kinds = ["front-end", "standard-edition", "persistent-chat"];
    kinds.iter().any(|kind| pool.is(kind)) || !pool.file_store.is_blank()
}

fn only(rows: Vec<&DatabaseBackup>) -> Result<&DatabaseBackup, NoBackup<'_>> {
    match rows.as_slice() {
        [one] => Ok(one),
        [] => Err(NoBackup::None),
        _ => Err(NoBackup::Several(rows)),
    }
}

fn only_store(rows: Vec<&FileStoreBackup>) -> Result<&FileStoreBackup, Vec<&FileStoreBackup>> {
    match rows.as_slice() {
        [one] => Ok(one),
        _ => Err(rows),
    }
}

/// The records at these positions.
fn records<'a, 'p, T>(
    all: &'a [T],
    positions: Option<&'p Vec<usize>>,
) -> impl Iterator<Item = &'a T> + use<'a, 'p, T> {
    let positions = positions.into_iter().flatten();
    positions.filter_map(|position| all.get(*position))
}
