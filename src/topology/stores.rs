//! What SQL Servers hold for pools.

use crate::finding::Gap;
use crate::inventory::{Field, Fqdn, Instance, Pool};

use super::{Tie, Topology, What};

pub use crate::inventory::lookup::{Part, StoreKind};

/// A store a server holds.
#[derive(Clone, Copy, Debug)]
pub struct Holding<'a> {
    /// The pool that names the server.
    pub pool: &'a Pool,
    /// What it holds for the pool.
    pub kind: StoreKind,
    /// Which half it is.
    pub part: Part,
    /// The tie that says so.
    pub tie: Tie<'a>,
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

    /// Whether the store has a mirror.
    pub fn is_mirrored(&self) -> bool {
        self.kind.of(self.pool).mirror.value.is_some()
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
    pub fn holdings_of(&self, fqdn: &Fqdn, kind: StoreKind) -> Vec<Holding<'a>> {
        let mut holdings = self.holdings(fqdn);
        holdings.retain(|it| it.kind == kind);
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

    /// The pools whose store of a kind is the same as this pool's: on the same SQL Server, in the same instance.
    pub fn sharing(&self, pool: &'a Pool, kind: StoreKind) -> Vec<&'a Pool> {
        let own = kind.of(pool);
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
}
