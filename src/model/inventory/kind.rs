//! Names of the right form and the wrong kind: an Edge pool as the backup of another, a Front End as the witness.
//!
//! That some row bears the name is not enough, for commands fail over to that pool and let that server decide. Where both
//! rows say what they are and one cannot be that to the other, the name is not used. Rows that do not say what they are
//! get the benefit.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, Place, words};
use crate::product::{PoolType, Product, Role};

use super::Inventory;
use super::pool::Pool;
use super::server::Server;
use crate::rows::field::Field;
use crate::rows::fqdn::Fqdn;
use crate::rows::path::FilePath;

/// Takes out the names that cannot be what their columns say.
pub(super) fn withdraw(inventory: &mut Inventory, findings: &mut Vec<Finding>) {
    let kinds = Kinds::of(inventory);
    for pool in &mut inventory.pools {
        apart(pool, findings);
        let own: Vec<&PoolType> = pool.kinds().collect();
        if !own.is_empty() {
            kinds.backup_pool(pool, &own, findings);
            kinds.next_hop(pool, &own, findings);
            outside(pool, &own, findings);
        }
        kinds.witness(pool, findings);
        kinds.hosts(pool, findings);
    }
}

/// What the rows say that they are.
struct Kinds {
    pools: BTreeMap<Fqdn, Named<Vec<&'static PoolType>>>,
    servers: BTreeMap<Fqdn, Named<Vec<&'static Role>>>,
    /// Servers that have SQL Server for all that their rows say.
    with_sql: Vec<Fqdn>,
}

/// What a row is, and the cell that says so.
struct Named<T> {
    is: T,
    said: String,
}

impl Kinds {
    fn of(inventory: &Inventory) -> Self {
        let product = inventory.product;
        let pools = inventory.pools.iter().map(|pool| {
            let is = pool.kinds().collect();
            (pool.fqdn.clone(), named(is, &pool.types))
        });
        let servers = inventory.servers.iter().map(|server| {
            let is = roles(product, server);
            (server.fqdn.clone(), named(is, &server.roles))
        });
        let has_sql =
            |server: &&Server| !server.instances.is_blank() || !server.sql_version.is_blank();
        let with_sql = inventory.servers.iter().filter(has_sql);
        Self {
            pools: pools.collect(),
            servers: servers.collect(),
            with_sql: with_sql.map(|it| it.fqdn.clone()).collect(),
        }
    }

    /// Users are taken over by pools that have users.
    fn backup_pool(&self, pool: &mut Pool, own: &[&PoolType], findings: &mut Vec<Finding>) {
        let serves = |kinds: &[&PoolType]| kinds.iter().any(|it| it.users);
        let cell = &mut pool.backup_pool;
        if cell.value.is_some() && !serves(own) {
            let why = format!(
                "users sign in at no {}, so it has no backup pool ({})",
                pool.types.text, pool.types.place
            );
            take_out(cell, &why, findings);
        }
        let other = cell.value.as_ref().and_then(|it| self.pools.get(it));
        if let Some(other) = other.filter(|it| !it.is.is_empty() && !serves(&it.is)) {
            let why = format!("it is {}, which can take over no users", other.said);
            take_out(cell, &why, findings);
        }
    }

    /// Traffic is handed on to pools that can take it.
    fn next_hop(&self, pool: &mut Pool, own: &[&PoolType], findings: &mut Vec<Finding>) {
        let cell = &mut pool.next_hop;
        let other = cell.value.as_ref().and_then(|it| self.pools.get(it));
        let Some(other) = other.filter(|it| !it.is.is_empty()) else {
            return;
        };
        // A type that does not say which is not held to any.
        let takes = |kind: &&PoolType| {
            let mut hops = kind.next_hops.iter();
            kind.next_hops.is_empty() || hops.any(|id| other.is.iter().any(|it| it.id == *id))
        };
        if !own.iter().any(takes) {
            let why = format!("it is {}, which is no next hop of such a pool", other.said);
            take_out(cell, &why, findings);
        }
    }

    /// A mirror is watched by a SQL Server, and not by one of those that depend on it.
    fn witness(&self, pool: &mut Pool, findings: &mut Vec<Finding>) {
        let cell = &mut pool.witness;
        let Some(name) = &cell.value else { return };
        let Some(server) = self.servers.get(name).filter(|it| !it.is.is_empty()) else {
            return;
        };
        let roles = &server.is;
        let can_watch = roles.iter().any(|it| it.databases || it.witness)
            || self.with_sql.contains(name) && !roles.iter().any(|it| it.services);
        if !can_watch {
            let why = format!("it is {}, which watches no mirror", server.said);
            take_out(cell, &why, findings);
        }
    }

    /// No share of a pool lies outside the domain, where its servers have no rights.
    fn hosts(&self, pool: &mut Pool, findings: &mut Vec<Finding>) {
        for cell in [&mut pool.file_store, &mut pool.mirror_share] {
            let host = cell.value.as_ref().and_then(FilePath::host);
            let Some(server) = host.and_then(|it| self.host(it)) else {
                continue;
            };
            if server.is.iter().any(|it| it.outside) {
                let why = format!("its host is {}, outside the domain", server.said);
                take_out(cell, &why, findings);
            }
        }
    }

    /// The server a host in a path means: by its whole name, or by a first part that only one has.
    fn host(&self, host: &str) -> Option<&Named<Vec<&'static Role>>> {
        let host = host.trim_end_matches('.').to_lowercase();
        let is_meant = |name: &&Fqdn| name.as_str() == host || name.computer_name() == host;
        let mut meant = self.servers.keys().filter(is_meant);
        let first = meant.next().filter(|_| meant.next().is_none())?;
        self.servers.get(first)
    }
}

fn named<T, C>(is: T, cell: &Field<C>) -> Named<T> {
    Named {
        is,
        said: format!("{} ({})", words::with_article(&cell.text), cell.place),
    }
}

fn roles(product: &'static Product, server: &Server) -> Vec<&'static Role> {
    let roles = product.roles.iter();
    roles.filter(|role| server.has_role(&role.id)).collect()
}

/// No pool is on both sides of the perimeter: one of two rows, or of two types in one cell, is another pool's.
fn apart(pool: &mut Pool, findings: &mut Vec<Finding>) {
    let is_outside = |kind: &PoolType| kind.outside;
    if pool.kinds().all(is_outside) || !pool.kinds().any(is_outside) {
        return;
    }
    let places: Vec<Place> = [&pool.types.place]
        .into_iter()
        .chain(&pool.joined)
        .cloned()
        .collect();
    for place in &places {
        let others = places
            .iter()
            .filter(|it| *it != place)
            .map(Place::to_string);
        let others: Vec<String> = others.collect();
        let where_else = match others.as_slice() {
            [] => String::new(),
            others => format!(" ({})", words::list(others.iter().cloned())),
        };
        let message = format!(
            "`{}` has a type of pool within the domain and one of pools outside it{where_else}, so neither is used",
            pool.fqdn
        );
        let finding = Finding::new(Code::WrongKind, message).at(place);
        findings
            .push(finding.help("delete the row that is wrong, or correct its name or its type"));
    }
    pool.types.value = None;
}

/// A pool outside the domain keeps nothing on the servers within it.
fn outside(pool: &mut Pool, own: &[&PoolType], findings: &mut Vec<Finding>) {
    if !own.iter().all(|kind| kind.outside) {
        return;
    }
    let why = format!(
        "{} stands outside the domain and has no such thing ({})",
        words::with_article(&pool.types.text),
        pool.types.place
    );
    for cell in [&mut pool.file_store, &mut pool.mirror_share] {
        take_out(cell, &why, findings);
    }
    take_out(&mut pool.witness, &why, findings);
    for store in &mut pool.stores {
        take_out(&mut store.server, &why, findings);
        take_out(&mut store.mirror, &why, findings);
    }
}

fn take_out<T>(cell: &mut Field<T>, why: &str, findings: &mut Vec<Finding>) {
    if cell.value.take().is_none() {
        return;
    }
    let message = format!(
        "`{}` cannot be the `{}`: {why}",
        words::excerpt(&cell.text),
        cell.column
    );
    let finding = Finding::new(Code::WrongKind, message).at(&cell.place);
    findings.push(finding.help("look into the topology, and correct this cell or the other"));
}
