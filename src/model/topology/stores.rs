//! What SQL Servers hold for pools.

use std::collections::BTreeSet;

use crate::finding::Gap;
use crate::inventory::Pool;
use crate::inventory::pool::Store;
use crate::product::StoreKind;
use crate::rows::{Field, Fqdn, Instance};

use super::tie::Part;
use super::{End, Tie, Topology, What};

/// A store a server holds.
#[derive(Clone, Copy, Debug)]
pub struct Holding<'a> {
    /// The pool that names the server.
    pub pool: &'a Pool,
    /// What it holds for the pool.
    pub kind: &'static StoreKind,
    /// Which half it is.
    pub part: Part,
    /// The tie that says so.
    pub tie: Tie<'a>,
}

impl<'a> Holding<'a> {
    /// The store, as the pool's row has it.
    pub fn store(&self) -> &'a Store {
        self.pool.store(self.kind)
    }

    /// The cell that names the server.
    pub fn cell(&self) -> &'a Field<Fqdn> {
        let store = self.store();
        match self.part {
            Part::Primary => &store.server,
            Part::Mirror => &store.mirror,
            Part::Copy => {
                let copies = self.pool.copies.iter().flat_map(|it| &it.servers);
                let mut own =
                    copies.filter(|it| it.value.as_ref().map(End::Server) == Some(self.tie.from));
                own.next().unwrap_or(&store.server)
            }
        }
    }

    /// The cell that names the instance.
    pub fn instance(&self) -> &'a Field<Instance> {
        let store = self.store();
        match self.part {
            // All of them have one instance name.
            Part::Primary | Part::Copy => &store.instance,
            Part::Mirror => &store.mirror_instance,
        }
    }

    /// The server that holds the other half.
    pub fn partner(&self) -> Option<&'a Fqdn> {
        let store = self.store();
        match self.part {
            Part::Primary => store.mirror.value.as_ref(),
            Part::Mirror => store.server.value.as_ref(),
            Part::Copy => None,
        }
    }

    /// The other servers that hold it together with this one.
    pub fn others(&self) -> impl Iterator<Item = &'a Fqdn> {
        let is_copy = self.part == Part::Copy;
        let own = self.cell().value.as_ref();
        let copies = self.pool.copies.iter().filter(move |_| is_copy);
        let names = copies
            .flat_map(|it| &it.servers)
            .filter_map(|it| it.value.as_ref());
        names.filter(move |it| Some(*it) != own)
    }

    /// Whether the store has a mirror.
    pub fn is_mirrored(&self) -> bool {
        self.store().mirror.value.is_some()
    }
}

impl<'a> Topology<'a> {
    /// Everything the pools worksheet says this server holds. The databases of a pool of one computer are part of its
    /// server and no holding.
    pub fn holdings(&self, fqdn: &Fqdn) -> Vec<Holding<'a>> {
        let ties = self.of_server(fqdn);
        ties.filter_map(|tie| self.holding(tie)).collect()
    }

    /// What this server holds of one kind of store.
    pub fn holdings_of(&self, fqdn: &Fqdn, kind: &StoreKind) -> Vec<Holding<'a>> {
        let mut holdings = self.holdings(fqdn);
        holdings.retain(|it| *it.kind == *kind);
        holdings
    }

    fn holding(&self, tie: &Tie<'a>) -> Option<Holding<'a>> {
        let What::Holds(kind, part) = tie.what else {
            return None;
        };
        Some(Holding {
            pool: tie.to.pool(self)?,
            kind,
            part,
            tie: *tie,
        })
    }

    /// The server that holds this half of a pool's store, with or without a row of its own.
    pub fn holder(&self, pool: &Pool, kind: &StoreKind, part: Part) -> Option<&'a Fqdn> {
        let mut ties = self.to_pool(&pool.fqdn);
        ties.find_map(|tie| match (tie.what, tie.from) {
            (What::Holds(held, half), End::Server(fqdn)) if *held == *kind && half == part => {
                Some(fqdn)
            }
            _ => None,
        })
    }

    /// The cells that should name who holds a store, and cannot be read: any server that holds databases may be meant.
    pub fn unread_holders(&self) -> impl Iterator<Item = &'a Field<Fqdn>> {
        let pools = self.inventory.pools.iter();
        let stores = pools.flat_map(|pool| &pool.stores);
        let cells = stores.flat_map(|store| [&store.server, &store.mirror]);
        cells.filter(|cell| cell.value.is_none() && !cell.is_blank())
    }

    /// The names by which several servers are reached together: no computers, and no rows of the servers.
    pub fn addresses(&self) -> BTreeSet<&'a Fqdn> {
        let copies = self
            .inventory
            .pools
            .iter()
            .filter_map(|it| it.copies.as_ref());
        copies.filter_map(|it| it.address.value.as_ref()).collect()
    }

    /// Whether all servers are among these that hold a pool's store: no partner and no copy is left.
    pub fn is_lost_with(&self, lost: &BTreeSet<Fqdn>, pool: &Pool, kind: &StoreKind) -> bool {
        let ties = self.to_pool(&pool.fqdn);
        let mut holders = ties
            .filter_map(|tie| match (tie.what, tie.from) {
                (What::Holds(held, _), End::Server(fqdn)) if *held == *kind => Some(fqdn),
                _ => None,
            })
            .peekable();
        holders.peek().is_some() && holders.all(|it| lost.contains(it))
    }

    /// The server that decides between the partners of a pool's mirror, with or without a row of its own.
    pub fn witness(&self, pool: &Pool) -> Option<&'a Fqdn> {
        let mut ties = self.to_pool(&pool.fqdn);
        ties.find_map(|tie| match (tie.what, tie.from) {
            (What::Witnesses, End::Server(fqdn)) => Some(fqdn),
            _ => None,
        })
    }

    /// The pools whose users live on this server, each once.
    pub fn users_on(&self, fqdn: &Fqdn) -> Vec<&'a Pool> {
        let holdings = self.holdings(fqdn).into_iter();
        let pools = holdings.filter(|it| it.kind.users).map(|it| it.pool);
        self.names.in_order(pools)
    }

    /// The pools whose store of a kind is the same as this pool's: on the same SQL Server, in the same instance.
    pub fn sharing(&self, pool: &'a Pool, kind: &StoreKind) -> Vec<&'a Pool> {
        let own = pool.store(kind);
        let Some(server) = &own.server.value else {
            return vec![pool];
        };
        let holdings = self.holdings_of(server, kind).into_iter();
        holdings
            .filter(|it| it.part == Part::Primary)
            .filter(|it| it.instance().value == own.instance.value)
            .map(|it| it.pool)
            .collect()
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
        let own = pool.kinds().find_map(|kind| kind.instance.as_ref());
        let is_itself = server.value.as_ref().is_none_or(|it| *it == pool.fqdn);
        if let Some(own) = own.filter(|_| cell.is_blank() && is_itself) {
            return Ok(Instance::Named(own.clone()));
        }
        let instance = cell.known(&owner)?;
        match self.contradiction(server.value.as_ref(), cell, instance) {
            Some(gap) => Err(gap),
            None => Ok(instance.clone()),
        }
    }

    /// Where the server's own row disagrees with an instance a pool names.
    fn contradiction(
        &self,
        server: Option<&Fqdn>,
        cell: &Field<Instance>,
        instance: &Instance,
    ) -> Option<Gap> {
        let server = self.server(server?)?;
        let listed = server.instances.value.as_ref()?;
        (!listed.contains(instance)).then(|| {
            let cure = format!(
                "two worksheets disagree about the instance on `{}`: `{}` in the pools worksheet, `{}` in {}; correct one of them",
                server.fqdn, instance, server.instances.text, server.instances.place
            );
            Gap::new("SQL instance", cure)
                .at(&cell.place)
                .of(cell.column)
        })
    }
}
