//! What an estate's servers and pools are to each other, by the names that `deployment.toml` asks for it.

use std::collections::{BTreeMap, BTreeSet};

use restore_packets::inventory::pool::CentralStore;
use restore_packets::inventory::{Inventory, Pool, Server};
use restore_packets::rows::Fqdn;
use restore_packets::topology::{Holding, Topology};

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

    /// Whether there is a server or a pool of this name.
    pub fn has(&self, name: &str) -> bool {
        let mut all = self.kinds.values().flatten();
        all.any(|it| it == name)
    }

    /// What a server or pool has to do with: whatever a tie names beside it, what those pools name, and what the pools that
    /// these name name; and the servers of the configuration's store.
    pub fn near(&self, this: &str) -> BTreeSet<String> {
        let all = || self.relations.values().flatten();
        let is_pool = |name: &String| self.kinds.get("pool").is_some_and(|it| it.contains(name));
        let mut near: BTreeSet<String> = [this.to_owned()].into();
        for (of, to) in all() {
            if of == this || of.is_empty() {
                near.extend(to.iter().cloned());
            }
            if to.iter().any(|it| it == this) {
                near.insert(of.clone());
            }
        }
        for _ in 0..2 {
            let pools: Vec<String> = near.iter().filter(|it| is_pool(it)).cloned().collect();
            for (_, to) in all().filter(|(of, _)| pools.contains(of)) {
                near.extend(to.iter().cloned());
            }
        }
        near
    }

    fn is_a(&mut self, kind: &'static str, name: &str) {
        let known = self.kinds.entry(kind).or_default();
        let name = name.to_lowercase();
        if !known.contains(&name) {
            known.push(name);
        }
    }

    /// Says what is true of a server or a pool.
    fn mark<const N: usize>(&mut self, kind: &str, name: &str, marks: [(&str, bool); N]) {
        let known = self.marks.entry(format!("{kind}:{}", name.to_lowercase()));
        let holding = marks.into_iter().filter(|(_, holds)| *holds);
        known
            .or_default()
            .extend(holding.map(|(mark, _)| mark.to_owned()));
    }

    fn pool(&mut self, topology: &Topology<'_>, pool: &Pool) {
        let name = pool.fqdn.as_str();
        self.is_a("pool", name);
        self.relate("members", name, names(topology.members(pool)));
        self.relate("front-ends", name, names(topology.quorum_members(pool)));
        self.pool_stores(pool);
        self.pool_neighbours(topology, pool);
        self.pool_files(topology, pool);
        if let Some(host) = topology.mirror_share_host(pool) {
            self.relate("mirror-host", name, [host.fqdn.to_string()]);
            self.relate("mirror-share", name, share(&pool.mirror_share.text));
        }
        for kind in pool.kinds() {
            self.mark("pool", name, [(&format!("{}-pool", kind.id), true)]);
        }
        let central = pool.central.value;
        // Where two pools say so, none is known to.
        let holds_central = topology
            .central_pool()
            .is_some_and(|it| it.fqdn == pool.fqdn);
        self.mark(
            "pool",
            name,
            [
                ("pool", true),
                ("holds-users", pool.serves_users()),
                ("one-computer", pool.is_one_computer()),
                ("mirrored", pool.user_store().mirror.value.is_some()),
                ("configuration-store", holds_central),
                (
                    "configuration-standby",
                    central == Some(CentralStore::Standby),
                ),
                ("hosted-files", topology.file_store_host(pool).is_some()),
                ("hotlines", pool.serves_users() && answers(pool)),
                (
                    "kerberos-account",
                    is_filled(topology.inventory, "Kerberos account"),
                ),
                (
                    "others-alike",
                    has_web(topology)
                        .any(|it| topology.pool_of(it).is_none_or(|own| own.fqdn != pool.fqdn)),
                ),
            ],
        );
    }

    /// Where its stores are, and their mirrors.
    fn pool_stores(&mut self, pool: &Pool) {
        let name = pool.fqdn.as_str();
        let users = pool.user_store();
        let own = pool.is_one_computer().then_some(&pool.fqdn);
        self.relate(
            "sql",
            name,
            own.or(users.server.value.as_ref()).map(Fqdn::to_string),
        );
        self.relate(
            "mirror",
            name,
            users.mirror.value.as_ref().map(Fqdn::to_string),
        );
        for store in &pool.stores {
            let halves = [&store.server, &store.mirror].map(|it| it.value.as_ref());
            for half in halves.into_iter().flatten() {
                self.is_a("sql", half.as_str());
                self.relate("stores", name, [half.to_string()]);
            }
            let [Some(server), Some(partner)] = halves else {
                continue;
            };
            for (one, other) in [(server, partner), (partner, server)] {
                self.is_a("mirrored", one.as_str());
                self.relate("partner", one.as_str(), [other.to_string()]);
            }
        }
    }

    /// The pools it fails over to, and those that go through it.
    fn pool_neighbours(&mut self, topology: &Topology<'_>, pool: &Pool) {
        let name = pool.fqdn.as_str();
        self.relate("backup", name, topology.partner(pool).map(fqdn));
        self.relate("next-hop", name, topology.next_hop(pool).map(fqdn));
        let relying: Vec<&Pool> = topology.relying_on(pool).collect();
        let edges = relying.iter().filter(|it| it.is("edge"));
        self.relate("edges", name, edges.map(|it| fqdn(it)));
        let others = relying
            .iter()
            .filter(|it| !it.is("edge") && !it.is("director"));
        self.relate("hops", name, others.map(|it| fqdn(it)));
        let witness = topology.witness(pool).map(Fqdn::to_string);
        self.relate("witness", name, witness);
        let naming = topology.named_by(pool).into_values().flatten();
        self.relate("naming", name, naming.map(Fqdn::to_string));
    }

    fn pool_files(&mut self, topology: &Topology<'_>, pool: &Pool) {
        let Some(host) = topology.file_store_host(pool) else {
            return;
        };
        let (name, host) = (pool.fqdn.as_str(), host.fqdn.as_str());
        let share = share(&pool.file_store.text);
        self.relate("host", name, [host.to_owned()]);
        self.relate("share", name, share.clone());
        self.relate("shares", host, share);
        // Pools on one share have one copy.
        let same = |it: &&Pool| {
            topology.file_store_host(it).is_some() && it.file_store.value == pool.file_store.value
        };
        let first = topology.inventory.pools.iter().find(same);
        self.relate("stored", host, first.map(fqdn));
    }

    fn server(&mut self, topology: &Topology<'_>, server: &Server) {
        let name = server.fqdn.as_str();
        self.is_a("server", name);
        let own = topology.pool_of(server);
        self.relate("pool", name, own.map(fqdn));
        let users = own.filter(|it| it.serves_users());
        let others = own.into_iter().flat_map(|it| topology.quorum_members(it));
        self.relate(
            "others",
            name,
            names(others.filter(|it| it.fqdn != server.fqdn)),
        );
        let shares = topology.mirror_shares_on(server).into_iter();
        self.relate(
            "mirror-shares",
            name,
            shares.filter_map(|it| share(&it.mirror_share.text)),
        );
        self.relate("users-of", name, users.map(fqdn));
        let is_one_computer = topology.is_one_computer(server);
        let held = topology.users_on(&server.fqdn);
        let alone = users.filter(|_| is_one_computer);
        let pools: Vec<&Pool> = alone.into_iter().chain(held.iter().copied()).collect();
        self.server_pools(topology, name, &pools);
        let mirrored = |it: &&Pool| it.user_store().mirror.value.is_some();
        let (with, without): (Vec<&Pool>, Vec<&Pool>) = held.into_iter().partition(mirrored);
        self.relate("mirrored-users", name, with.into_iter().map(fqdn));
        self.relate("other-users", name, without.into_iter().map(fqdn));
        for role in server.roles.value.iter().flatten() {
            self.mark("server", name, [(role.id, true)]);
        }
        let holdings = topology.holdings(&server.fqdn);
        let of_users = holdings.iter().any(|it| it.kind.users && it.is_mirrored());
        let any = holdings.iter().any(Holding::is_mirrored);
        self.mark(
            "server",
            name,
            [
                ("server", true),
                ("one-computer", is_one_computer),
                ("services", topology.runs_services(server)),
                ("holds-databases", !holdings.is_empty()),
                ("mirrored", of_users || any && pools.is_empty()),
                (
                    "configuration-store",
                    topology.holds_central(server).is_some(),
                ),
                ("hosts-files", !topology.file_stores_on(server).is_empty()),
                (
                    "others-alike",
                    has_web(topology).any(|it| it.fqdn != server.fqdn),
                ),
                (
                    "barely-running",
                    own.is_some_and(|it| is_barely_running(topology, it)),
                ),
            ],
        );
    }

    /// What is true of a server for the pools whose users it holds.
    fn server_pools(&mut self, topology: &Topology<'_>, name: &str, pools: &[&Pool]) {
        let those = |is: &dyn Fn(&Pool) -> bool| -> Vec<String> {
            let pools = pools.iter().filter(|it| is(it));
            pools.map(|it| fqdn(it)).collect()
        };
        self.relate("pools", name, those(&|_| true));
        self.relate("paired", name, those(&|it| topology.partner(it).is_some()));
        self.relate("answering", name, those(&answers));
        let is_standby = |it: &&Pool| it.central.value == Some(CentralStore::Standby);
        self.mark(
            "server",
            name,
            [
                ("holds-users", !pools.is_empty()),
                ("hotlines", pools.iter().any(|it| answers(it))),
                ("configuration-standby", pools.iter().any(is_standby)),
            ],
        );
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
            self.mark(
                "server",
                &server,
                [
                    ("monitoring", database.id == "lcscdr"),
                    ("rooms", database.id == "mgc"),
                ],
            );
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

/// The servers whose web services sign in with one account.
fn has_web<'a>(topology: &Topology<'a>) -> impl Iterator<Item = &'a Server> {
    let servers = topology.inventory.servers.iter();
    servers.filter(|it| {
        ["front-end", "standard-edition", "director"]
            .iter()
            .any(|id| it.has_role(id))
    })
}

/// Whether a pool stops if two of its members do not run.
fn is_barely_running(topology: &Topology<'_>, pool: &Pool) -> bool {
    let members = topology.quorum_members(pool).count();
    let keep = topology.inventory.product.quorum.keeps(members);
    keep.is_some_and(|keep| members < keep + 2)
}

fn is_filled(inventory: &Inventory, setting: &str) -> bool {
    let cell = inventory.deployment.setting(setting);
    cell.is_some_and(|it| !it.is_blank())
}

/// Whether callers of its hotlines are answered, as far as is known.
fn answers(pool: &Pool) -> bool {
    pool.response_group.value != Some(false)
}

fn fqdn(pool: &Pool) -> String {
    pool.fqdn.to_string()
}

fn names<'a>(servers: impl Iterator<Item = &'a Server>) -> Vec<String> {
    servers.map(|it| it.fqdn.to_string()).collect()
}

/// The name of the share in a path: `LyncShare` of `\\fs01\LyncShare\pool01`.
fn share(path: &str) -> Option<String> {
    path.trim_start_matches('\\')
        .split('\\')
        .nth(1)
        .map(str::to_owned)
}
