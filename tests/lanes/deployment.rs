//! What an estate's servers and pools are to each other, by the names that `deployment.toml` asks for it.

use std::collections::{BTreeMap, BTreeSet};

use restore_packets::inventory::pool::CentralStore;
use restore_packets::inventory::{Inventory, Pool, Server};
use restore_packets::rows::Fqdn;
use restore_packets::topology::Topology;

/// Who is what to whom: relation, name, names.
pub struct Deployment {
    relations: BTreeMap<&'static str, BTreeMap<String, Vec<String>>>,
    /// Servers, pools, SQL Servers with stores: whatever facts can be about.
    pub kinds: BTreeMap<&'static str, Vec<String>>,
    /// What is true while nothing is lost.
    pub sound: BTreeSet<String>,
    /// What is true of a server or a pool.
    marks: BTreeMap<String, BTreeSet<String>>,
}

impl Deployment {
    pub fn of(inventory: &Inventory) -> Self {
        let topology = Topology::of(inventory);
        let mut deployment = Self {
            relations: BTreeMap::new(),
            kinds: BTreeMap::new(),
            sound: BTreeSet::new(),
            marks: BTreeMap::new(),
        };
        for pool in &inventory.pools {
            deployment.pool(&topology, pool);
        }
        for server in &inventory.servers {
            deployment.server(&topology, server);
        }
        let cms = topology.central_host().map(Fqdn::to_string);
        deployment.relate("cms", "", cms);
        let pool = topology.central_pool().map(|it| it.fqdn.to_string());
        deployment.relate("cms-pool", "", pool);
        deployment.backups(inventory);
        deployment
    }

    fn relate(&mut self, relation: &'static str, of: &str, to: impl IntoIterator<Item = String>) {
        let known = self.relations.entry(relation).or_default();
        let known = known.entry(of.to_lowercase()).or_default();
        for name in to {
            let name = name.to_lowercase();
            if !known.contains(&name) {
                known.push(name);
            }
        }
    }

    fn is_a(&mut self, kind: &'static str, name: &str) {
        let known = self.kinds.entry(kind).or_default();
        let name = name.to_lowercase();
        if !known.contains(&name) {
            known.push(name);
        }
    }

    fn mark(&mut self, kind: &str, name: &str, marks: impl IntoIterator<Item = String>) {
        self.marks
            .entry(format!("{kind}:{}", name.to_lowercase()))
            .or_default()
            .extend(marks);
    }

    fn pool(&mut self, topology: &Topology<'_>, pool: &Pool) {
        let name = pool.fqdn.to_string();
        let named = |it: Option<&Fqdn>| it.map(Fqdn::to_string);
        self.is_a("pool", &name);
        let members: Vec<&Server> = topology.members(pool).collect();
        let of = |servers: &[&Server]| {
            servers
                .iter()
                .map(|it| it.fqdn.to_string())
                .collect::<Vec<_>>()
        };
        let front_ends: Vec<&Server> = topology.quorum_members(pool).collect();
        self.relate("members", &name, of(&members));
        self.relate("front-ends", &name, of(&front_ends));
        let store = pool.user_store();
        let sql = named(store.server.value.as_ref()).filter(|_| !pool.is_one_computer());
        let mirror = named(store.mirror.value.as_ref());
        let own = pool.is_one_computer().then(|| name.clone());
        self.relate("sql", &name, sql.clone().or(own));
        self.relate("mirror", &name, mirror.clone());
        for store in &pool.stores {
            let server = named(store.server.value.as_ref());
            let partner = named(store.mirror.value.as_ref());
            for holder in server.iter().chain(&partner) {
                self.is_a("sql", holder);
            }
            if let (Some(server), Some(partner)) = (server, partner) {
                self.is_a("mirrored", &server);
                self.is_a("mirrored", &partner);
                self.relate("partner", &server, [partner.clone()]);
                self.relate("partner", &partner, [server.clone()]);
                self.relate("served", &server, [name.clone()]);
                self.relate("served", &partner, [name.clone()]);
            }
        }
        self.relate(
            "backup",
            &name,
            topology.partner(pool).map(|it| it.fqdn.to_string()),
        );
        let relying: Vec<&Pool> = topology.relying_on(pool).collect();
        let others = relying
            .iter()
            .filter(|it| !it.is("edge") && !it.is("director"));
        self.relate("hops", &name, others.map(|it| it.fqdn.to_string()));
        let edges = relying.iter().filter(|it| it.is("edge"));
        let next = topology.next_hop(pool).map(|it| it.fqdn.to_string());
        self.relate("next-hop", &name, next);
        self.relate("edges", &name, edges.map(|it| it.fqdn.to_string()));
        if let Some(host) = topology.file_store_host(pool) {
            self.relate("host", &name, [host.fqdn.to_string()]);
            let share = share(&pool.file_store.text);
            self.relate("share", &name, share.clone());
            self.relate("shares", &host.fqdn.to_string(), share);
            // Pools on one share have one copy.
            let same = |it: &&Pool| {
                topology.file_store_host(it).is_some()
                    && it.file_store.value == pool.file_store.value
            };
            let first = topology.inventory.pools.iter().find(same);
            let first = first.map(|it| it.fqdn.to_string());
            self.relate("stored", &host.fqdn.to_string(), first);
        }
        let marks = pool.kinds().map(|it| format!("{}-pool", it.id));
        self.mark("pool", &name, marks.chain(["pool".to_owned()]));
        self.mark(
            "pool",
            &name,
            pool.serves_users().then(|| "holds-users".to_owned()),
        );
        self.mark(
            "pool",
            &name,
            pool.is_one_computer().then(|| "one-computer".to_owned()),
        );
        self.mark("pool", &name, mirror.map(|_| "mirrored".to_owned()));
        let standby = pool.central.value == Some(CentralStore::Standby);
        self.mark(
            "pool",
            &name,
            standby.then(|| "configuration-standby".to_owned()),
        );
        self.mark(
            "pool",
            &name,
            pool.holds_central()
                .then(|| "configuration-store".to_owned()),
        );
        self.mark(
            "pool",
            &name,
            topology
                .file_store_host(pool)
                .map(|_| "hosted-files".to_owned()),
        );
        let no = pool.response_group.value == Some(false);
        self.mark(
            "pool",
            &name,
            (!no && pool.serves_users()).then(|| "hotlines".to_owned()),
        );
    }

    fn server(&mut self, topology: &Topology<'_>, server: &Server) {
        let name = server.fqdn.to_string();
        self.is_a("server", &name);
        let own = topology.pool_of(server);
        self.relate("pool", &name, own.map(|it| it.fqdn.to_string()));
        let users = own.filter(|it| it.serves_users());
        self.relate("users-of", &name, users.map(|it| it.fqdn.to_string()));
        let alone = users.filter(|_| topology.is_one_computer(server));
        let held = topology.users_on(&server.fqdn);
        let pools = alone.into_iter().chain(held.iter().copied());
        let pools: Vec<&Pool> = pools.collect();
        self.relate("pools", &name, pools.iter().map(|it| it.fqdn.to_string()));
        let paired = pools.iter().filter(|it| topology.partner(it).is_some());
        self.relate("paired", &name, paired.map(|it| it.fqdn.to_string()));
        let mirrored = |it: &&&Pool| it.user_store().mirror.value.is_some();
        let (with, without): (Vec<&&Pool>, Vec<&&Pool>) = held.iter().partition(|it| mirrored(&it));
        self.relate(
            "mirrored-users",
            &name,
            with.iter().map(|it| it.fqdn.to_string()),
        );
        self.relate(
            "other-users",
            &name,
            without.iter().map(|it| it.fqdn.to_string()),
        );
        let answering = pools
            .iter()
            .filter(|it| it.response_group.value != Some(false));
        self.relate("answering", &name, answering.map(|it| it.fqdn.to_string()));
        let roles = server
            .roles
            .value
            .iter()
            .flatten()
            .map(|it| it.id.to_owned());
        self.mark("server", &name, roles.chain(["server".to_owned()]));
        self.mark(
            "server",
            &name,
            topology
                .is_one_computer(server)
                .then(|| "one-computer".to_owned()),
        );
        self.mark(
            "server",
            &name,
            topology
                .runs_services(server)
                .then(|| "services".to_owned()),
        );
        self.mark(
            "server",
            &name,
            (!pools.is_empty()).then(|| "holds-users".to_owned()),
        );
        let holdings = topology.holdings(&server.fqdn);
        self.mark(
            "server",
            &name,
            (!holdings.is_empty()).then(|| "holds-databases".to_owned()),
        );
        let users_mirrored = holdings.iter().any(|it| it.kind.users && it.is_mirrored());
        let mirrored =
            holdings.iter().any(|it| it.is_mirrored()) && (users_mirrored || pools.is_empty());
        self.mark("server", &name, mirrored.then(|| "mirrored".to_owned()));
        self.mark(
            "server",
            &name,
            topology
                .holds_central(server)
                .map(|_| "configuration-store".to_owned()),
        );
        let standby = pools
            .iter()
            .any(|it| it.central.value == Some(CentralStore::Standby));
        self.mark(
            "server",
            &name,
            standby.then(|| "configuration-standby".to_owned()),
        );
        let hosts = !topology.file_stores_on(server).is_empty();
        self.mark("server", &name, hosts.then(|| "hosts-files".to_owned()));
        let hotlines = pools
            .iter()
            .any(|it| it.response_group.value != Some(false));
        self.mark("server", &name, hotlines.then(|| "hotlines".to_owned()));
    }

    /// The databases that a SQL Server's own backups bring back.
    fn backups(&mut self, inventory: &Inventory) {
        for backup in &inventory.databases {
            let (Some(server), Some(database)) = (&backup.server.value, &backup.database.value)
            else {
                continue;
            };
            let server = server.to_string();
            let restored = ["lcslog", "lcscdr", "qoemetrics"].contains(&database.id);
            let own = restored || database.id == "mgc";
            self.relate("backed-up", &server, own.then(|| database.id.to_owned()));
            self.relate(
                "restored-here",
                &server,
                restored.then(|| database.id.to_owned()),
            );
            let monitoring = (database.id == "lcscdr").then(|| "monitoring".to_owned());
            self.mark("server", &server, monitoring);
        }
    }

    /// What a name is related to.
    pub fn related(&self, relation: &str, of: &str) -> Vec<String> {
        let found = self.relations.get(relation).and_then(|it| it.get(of));
        found.cloned().unwrap_or_default()
    }

    /// Whether something is true of a server or pool.
    pub fn is(&self, kind: &str, name: &str, mark: &str) -> bool {
        self.marks
            .get(&format!("{kind}:{name}"))
            .is_some_and(|marks| marks.contains(mark))
    }
}

/// The name of the share in a path: `LyncShare` of `\\fs01\LyncShare\pool01`.
fn share(path: &str) -> Option<String> {
    path.trim_start_matches('\\')
        .split('\\')
        .nth(1)
        .map(str::to_owned)
}
