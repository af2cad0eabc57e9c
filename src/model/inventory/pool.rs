//! Rows of the `pools` worksheet.

use std::collections::BTreeSet;

use crate::finding::words::excerpt;
use crate::finding::{Code, Finding, Place};
use crate::product::{Availability, Database, PoolType, Product, StoreKind};

use crate::product::{List, Name};
use crate::rows::field::{Extra, Field};
use crate::rows::fqdn::Fqdn;
use crate::rows::instance::Instance;
use crate::rows::path::FilePath;
use crate::rows::problem::Problem;
use crate::rows::row::Row;
use crate::rows::{Recorded, Table, Value};

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

/// A SQL Server store as a pool names it: server and instance, and its mirror.
#[derive(Clone, Debug)]
pub struct Store {
    /// What it holds.
    pub kind: &'static StoreKind,
    /// The SQL Server.
    pub server: Field<Fqdn>,
    /// Its instance; `host\instance` in the cell is split.
    pub instance: Field<Instance>,
    /// The mirror.
    pub mirror: Field<Fqdn>,
    /// The mirror's instance.
    pub mirror_instance: Field<Instance>,
}

/// The servers that hold the store of a pool's users together, behind one name.
#[derive(Clone, Debug)]
pub struct Copies {
    /// In which way.
    pub way: &'static Availability,
    /// The servers, those first that are the store's own; all from the cells that name them.
    pub servers: Vec<Field<Fqdn>>,
    /// The name they are reached by.
    pub address: Field<Fqdn>,
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
            pool.copies = Copies::of(&pool);
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

impl Copies {
    /// The way of being available that the pool's row records; `None` where it records none. Where cells of several ways
    /// are filled in, the first counts, and the others' cells are said to be those of another way.
    fn of(pool: &Pool) -> Option<Self> {
        let mut ways = pool.product.availability.iter();
        ways.find_map(|way| Self::in_way(pool, way))
    }

    fn in_way(pool: &Pool, way: &'static Availability) -> Option<Self> {
        let cell = |name: &str| pool.recorded.named(name);
        let nodes = cell(&way.nodes);
        let address = way.address.as_deref().and_then(cell);
        let is_said = cell(&way.said).is_some_and(|it| way.is_said(&it.text));
        let is_filled = [nodes, address]
            .into_iter()
            .flatten()
            .any(|it| !it.is_blank());
        if !is_said && !is_filled {
            return None;
        }
        let own = &pool.user_store().server;
        let address = match &way.address {
            Some(_) => fqdn(address?)?,
            None => own.clone(),
        };
        let own = Some(own.clone()).filter(|own| own.value.is_some() && own.value != address.value);
        let listed = nodes.into_iter().flat_map(fqdns);
        let mut servers: Vec<Field<Fqdn>> = own.into_iter().chain(listed).collect();
        let mut met = BTreeSet::new();
        servers.retain(|it| it.value.clone().is_some_and(|name| met.insert(name)));
        Some(Self {
            way,
            servers,
            address,
        })
    }
}

/// A cell with a name, as one.
fn fqdn(field: &Field<Value>) -> Option<Field<Fqdn>> {
    let value = match &field.value {
        Some(Value::Text(name)) => Some(Fqdn::parse(name).ok()?),
        _ => None,
    };
    Some(field.clone().with(value))
}

/// A cell with several names, as one for each.
fn fqdns(field: &Field<Value>) -> Vec<Field<Fqdn>> {
    let Some(Value::List(names)) = &field.value else {
        return Vec::new();
    };
    let names = names.iter().filter_map(|name| Fqdn::parse(name).ok());
    names
        .map(|name| Field {
            text: name.to_string(),
            ..field.clone().with(Some(name))
        })
        .collect()
}

fn store(row: &mut Row<'_>, kind: &'static StoreKind) -> Store {
    let columns = &kind.columns;
    let (server, named) = row.sql_server(&columns.server);
    let own = instance(row, &columns.instance, server.value.as_ref());
    let instance_field = settled(row, &server, named, own);
    let (mut mirror, named_mirror) = row.sql_server(&columns.mirror);
    if mirror.value.is_some() && mirror.value == server.value {
        // A server is no mirror of itself: commands that name the surviving partner would name the failed one.
        mirror.value = None;
        row.say(
            Finding::new(
                Code::HalfMirror,
                format!(
                    "`{}` and `{}` name the same server",
                    columns.server, columns.mirror
                ),
            )
            .at(&mirror.place)
            .help("record both partners and both instances, or neither"),
        );
    }
    let own = instance(row, &columns.mirror_instance, mirror.value.as_ref());
    let mirror_instance = settled(row, &mirror, named_mirror, own);
    Store {
        kind,
        server,
        instance: instance_field,
        mirror,
        mirror_instance,
    }
}

/// The instance that counts: its own cell's, or the one behind the server's name. Where both name one they must agree.
pub(super) fn settled(
    row: &mut Row<'_>,
    server: &Field<Fqdn>,
    named: Option<Instance>,
    mut own: Field<Instance>,
) -> Field<Instance> {
    let Some(named) = named else {
        return own;
    };
    let typed = excerpt(&server.text);
    let is_open = own.is_blank();
    match &own.value {
        Some(value) if *value != named => {
            let message = format!(
                "`{typed}` names the instance `{named}`, but `{}` is `{value}` ({})",
                own.column, own.place
            );
            row.say(
                Finding::new(Code::ConflictingInstance, message)
                    .at(&server.place)
                    .help("correct one of the two cells"),
            );
            own.value = None;
        }
        None if is_open => {
            let message = format!(
                "`{typed}` was taken apart: the server is `{}`, and `{named}` counts as `{}` ({})",
                server.value.as_ref().map_or("", Fqdn::as_str),
                own.column,
                own.place
            );
            row.say(
                Finding::new(Code::SplitName, message)
                    .at(&server.place)
                    .help("write the two into their own cells"),
            );
            own.text = named.to_string();
            own.place = server.place.clone();
            own.value = Some(named);
        }
        _ => {}
    }
    own
}

/// An instance cell; a host in front of the instance must be the server of its row.
fn instance(row: &mut Row<'_>, column: &'static str, server: Option<&Fqdn>) -> Field<Instance> {
    let field = row.read(column, |_, text| {
        let (host, instance) = Instance::parse(text)
            .map_err(|expected| super::server::bad_instance(text, &expected))?;
        match (host, server) {
            (Some(host), Some(server))
                if host != server.as_str() && host != server.computer_name() =>
            {
                Err(Problem::new(
                    Code::ConflictingInstance,
                    format!(
                        "`{text}` names the host `{host}`, but the row's SQL Server is `{server}`"
                    ),
                    "correct one of the two cells",
                ))
            }
            _ => Ok(Some(instance)),
        }
    });
    if let (Some(_), (_, Some(port))) = (
        &field.value,
        crate::rows::instance::without_port(&field.text),
    ) {
        row.port(&field.text, port, &field.place);
    }
    field
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
