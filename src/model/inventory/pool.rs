//! Rows of the `pools` worksheet. What a row says of SQL Servers is read in `store.rs`, of several behind one name in
//! `copies.rs`.

mod copies;
mod store;

use crate::finding::words::excerpt;
use crate::finding::{Code, Finding, Place};
use crate::product::{Database, List, Name, PoolType, Product, StoreKind};
use crate::rows::field::{Extra, Field};
use crate::rows::fqdn::Fqdn;
use crate::rows::instance::Instance;
use crate::rows::path::FilePath;
use crate::rows::problem::Problem;
use crate::rows::row::Row;
use crate::rows::{Recorded, Table};

pub use copies::Copies;
pub use store::Store;

use store::{instance, store};

/// A pool.
#[derive(Clone, Debug)]
pub struct Pool {
    /// What its types and stores are of.
    product: &'static Product,
    /// `Pool FQDN`, canonical.
    pub fqdn: Fqdn,
    /// The same cell.
    pub name: Field<Fqdn>,
    /// The type cells of further rows of the same name, which count with this one.
    pub joined: Vec<Place>,
    /// `Pool type`; two rows of one name with different types are one pool with both.
    pub types: Field<Vec<Name>>,
    /// `Site`.
    pub site: Field<String>,
    /// What it keeps on SQL Servers: one for each kind of the product, in its order.
    pub stores: Vec<Store>,
    /// The servers that hold the store of its users together, where there are several.
    pub copies: Option<Copies>,
    /// `Witness FQDN`.
    pub witness: Field<Fqdn>,
    /// `File store`: a share.
    pub file_store: Field<FilePath>,
    /// `Mirroring file share`.
    pub mirror_share: Field<FilePath>,
    /// Whether it hosts the store of the configuration.
    pub central: Field<CentralStore>,
    /// The instance of that; blank means the one of the users' store.
    pub central_instance: Field<Instance>,
    /// The same on the mirror; blank means that of the users' store.
    pub central_mirror_instance: Field<Instance>,
    /// `Response Group`.
    pub response_group: Field<bool>,
    /// `Backup pool FQDN`.
    pub backup_pool: Field<Fqdn>,
    /// `Next hop pool FQDN`.
    pub next_hop: Field<Fqdn>,
    /// What procedures call by a name of their own.
    pub recorded: Recorded,
    /// `Notes`.
    pub notes: Field<String>,
    /// Columns the tool does not know.
    pub extras: Vec<Extra>,
    /// The row.
    pub row: Place,
}

/// What the column of the store of the configuration says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CentralStore {
    /// The pool hosts the active store.
    Active,
    /// The pool holds the standby of a pool pair.
    Standby,
    /// Neither.
    No,
}

impl Pool {
    /// Whether the pool is of this type.
    pub fn is(&self, id: &str) -> bool {
        self.types.value.iter().flatten().any(|kind| kind.id == id)
    }

    /// Its types, as the product knows them.
    pub fn kinds(&self) -> impl Iterator<Item = &'static PoolType> {
        self.product.pools.iter().filter(|kind| self.is(&kind.id))
    }

    /// Whether it is one computer of its own name.
    pub fn is_one_computer(&self) -> bool {
        self.kinds().any(|kind| kind.one_computer)
    }

    /// The edition on its servers. Where its type says none, it is taken for a pool of several.
    pub fn edition(&self) -> &'static str {
        let own = self.kinds().find_map(|kind| kind.edition.as_deref());
        own.or_else(|| self.product.edition_of_several())
            .unwrap_or(&self.product.names.short)
    }

    /// Whether users sign in at it.
    pub fn serves_users(&self) -> bool {
        self.kinds().any(|kind| kind.users)
    }

    /// Whether it has a file store: its type cannot do without one, or its row names one.
    pub fn has_file_store(&self) -> bool {
        self.kinds().any(|kind| kind.file_store) || !self.file_store.is_blank()
    }

    /// Whether the pool hosts the active Central Management store.
    pub fn holds_central(&self) -> bool {
        self.central.value == Some(CentralStore::Active)
    }

    /// Whether its row does not say if it has this database, which not every pool has.
    pub fn may_lack(&self, database: &Database) -> bool {
        database.optional && self.response_group.value.is_none()
    }

    /// Its store of a kind, as its row says.
    pub fn store(&self, kind: &StoreKind) -> &Store {
        &self.stores[kind.order()]
    }

    /// The store its users live in, as its row says.
    pub fn user_store(&self) -> &Store {
        // A product without one is refused when it is read.
        &self.stores[0]
    }

    /// Whether it keeps stores of a kind on SQL Servers: a pool of one computer keeps those of its type on that. A pool of
    /// unknown type is given the benefit.
    pub fn keeps(&self, kind: &StoreKind) -> bool {
        let is_of_type = || kind.pools.iter().any(|id| self.is(id));
        let may_be = || self.types.value.is_none() || is_of_type();
        kind.pools.is_empty() || !self.is_one_computer() && may_be()
    }

    /// Reads a table of the kind.
    pub fn read(
        product: &'static Product,
        table: &Table,
        findings: &mut Vec<Finding>,
    ) -> Vec<Self> {
        let central = &product.central;
        Row::each(table, findings, |row| {
            let name = row.fqdn("Pool FQDN");
            row.key(&name)?;
            let mut pool = Self {
                copies: None,
                product,
                fqdn: name.value.clone()?,
                name,
                joined: Vec::new(),
                types: row.names("Pool type", List::Pool, Code::UnknownPoolType, "pool type"),
                site: row.text("Site"),
                stores: product.stores.iter().map(|kind| store(row, kind)).collect(),
                witness: row.sql_server("Witness FQDN").0,
                file_store: row.share("File store"),
                mirror_share: row.share("Mirroring file share"),
                central: row.read(&central.column, |_, text| central_store(product, text)),
                central_instance: instance(row, &central.instance_column, None),
                central_mirror_instance: instance(row, &central.mirror_instance_column, None),
                response_group: row.yes_no("Response Group"),
                backup_pool: row.fqdn("Backup pool FQDN"),
                next_hop: row.fqdn("Next hop pool FQDN"),
                recorded: row.recorded(),
                notes: row.text("Notes"),
                extras: row.extras(),
                row: row.place(),
            };
            pool.copies = Copies::of(product, &pool.recorded, &pool.user_store().server);
            pool.say_none(row);
            Some(pool)
        })
    }

    /// Says what it means that there is none of what a pool of its type cannot do without.
    fn say_none(&self, row: &mut Row<'_>) {
        let means = |what: &str| {
            format!("the pool has no {what}, and a pool of its type cannot do without one")
        };
        if self.kinds().any(|kind| kind.file_store) {
            row.means(&self.file_store, "File store", Some(&means("file store")));
        }
        for store in &self.stores {
            let kind = store.kind;
            let of_users = kind.users && self.serves_users() && !self.is_one_computer();
            if of_users || kind.needed_by.iter().any(|id| self.is(id)) {
                let server = &store.server;
                row.means(server, server.column, Some(&means(&kind.label)));
            }
        }
    }
}

fn central_store(product: &Product, text: &str) -> crate::rows::problem::Parsed<CentralStore> {
    let central = &product.central;
    let is_one_of = |words: &[String]| words.contains(&text.to_lowercase());
    if is_one_of(&central.standby) {
        return Ok(Some(CentralStore::Standby));
    }
    if is_one_of(&central.active) {
        return Ok(Some(CentralStore::Active));
    }
    let answer = crate::rows::parse::yes_no(product, text).map_err(|_| {
        Problem::new(
            Code::BadChoice,
            format!("`{}` is neither yes, no nor standby", excerpt(text)),
            "write `yes`, `no` or `standby`",
        )
    })?;
    Ok(answer.map(|yes| {
        if yes {
            CentralStore::Active
        } else {
            CentralStore::No
        }
    }))
}
