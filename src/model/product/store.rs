//! What pools keep on database servers, and the store of which a deployment has one: `stores.toml`.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::plain::plain;

use super::Sentence;
use super::read::Reader;
use super::schema::{POOLS, Schema};

/// The file.
pub(super) const FILE: &str = "stores.toml";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    pub(super) store: Vec<StoreKind>,
    pub(super) central: Central,
    #[serde(default)]
    pub(super) sql_names: SqlNames,
    #[serde(default)]
    pub(super) availability: Vec<Availability>,
}

/// Servers that hold the store of a pool's users together, so that others go on with it when one is lost.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Availability {
    /// For example `availability-group`.
    pub id: String,
    /// What the cells call it, as in "an availability group".
    pub label: String,
    /// What the pools worksheet calls the cell that says of which kind a store is (`as` in `columns.toml`).
    pub said: String,
    /// The same for the cell that names these servers.
    pub nodes: String,
    /// The same for the cell with the name they are reached by, which is no computer's; `None` where the store's own
    /// column holds that name, and else that column names one of the servers.
    pub address: Option<String>,
    /// What the decision table calls one of the servers.
    pub part: String,
    /// The edition of SQL Server it needs, where not every one that the product supports will do.
    pub edition: Option<String>,
    /// What the loss of one of them means to {pools}.
    pub one_lost: Sentence,
}

/// What the databases of each type are called on SQL Servers.
pub(super) type SqlNames = BTreeMap<String, Vec<String>>;

/// A kind of store. Two are the same if they have one id; they are in the order of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StoreKind {
    /// For example `user`.
    pub id: String,
    /// As in "user store of pool01".
    pub label: String,
    /// The same where there is little room.
    pub short: String,
    /// The role of the servers that hold it, where that is no other.
    pub role: Option<String>,
    /// Whether the users of a pool live in it.
    #[serde(default)]
    pub users: bool,
    /// The ids of the types of pools that have it; empty where every pool has it whose row names it.
    #[serde(default)]
    pub pools: Vec<String>,
    /// The ids of the types of pools that cannot do without it, whether or not their row names it.
    #[serde(default)]
    pub needed_by: Vec<String>,
    /// Whether the pool's witness decides between its partners.
    #[serde(default)]
    pub witnessed: bool,
    /// What the decision table calls its server.
    pub parts: Parts,
    /// The columns that name it.
    pub columns: Columns,
    /// What it is to `-DatabaseType`.
    pub types: Vec<String>,
    /// The service that uses it.
    pub service: String,
    /// Its databases.
    #[serde(rename = "database")]
    pub databases: Vec<Database>,
    /// Where it stands in the file.
    #[serde(skip)]
    order: usize,
}

/// What the decision table calls the server of a store, by the half that it holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// Either half.
    pub any: String,
    /// The primary alone.
    pub primary: Option<String>,
    /// The mirror alone.
    pub mirror: Option<String>,
}

/// The columns of the pools worksheet that name a store.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Columns {
    /// The SQL Server; of a mirrored pair, the primary.
    pub server: String,
    /// Its instance.
    pub instance: String,
    /// The mirror.
    pub mirror: String,
    /// The mirror's instance.
    pub mirror_instance: String,
}

/// A database.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Database {
    /// As the backup worksheets know it.
    pub id: String,
    /// As printed.
    pub name: String,
    /// The worksheet of its backup.
    pub sheet: String,
    /// Whether its backup is of one pool and not of a server.
    #[serde(default)]
    pub of_pool: bool,
    /// Whether a pool may do without it.
    #[serde(default)]
    pub optional: bool,
    /// Whether a deployment has one of it, in the store of the configuration.
    #[serde(skip)]
    pub of_deployment: bool,
    /// What its export holds, where templates ask for that.
    pub holds: Option<Export>,
}

/// What an export holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Export {
    /// The users of a pool.
    UserData,
    /// The queues and agents of a pool.
    ResponseGroup,
    /// The topology and all policies.
    Configuration,
    /// The places of callers.
    Location,
}

/// The store of the configuration, of which a deployment has one.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Central {
    /// What it is called.
    pub label: String,
    /// The column that says whether a pool hosts it.
    pub column: String,
    /// What that says for yes.
    pub active: Vec<String>,
    /// What that says of the pool that can take it over.
    pub standby: Vec<String>,
    /// The column that names its instance.
    pub instance_column: String,
    /// The column that names its instance on the mirror.
    pub mirror_instance_column: String,
    /// What it is to `-DatabaseType`.
    #[serde(rename = "type")]
    pub database_type: String,
    /// What the decision table calls its server.
    pub part: String,
    /// Its databases.
    #[serde(rename = "database")]
    pub databases: Vec<Database>,
}

impl Availability {
    /// Whether the cell for the kind of a store says this one.
    pub fn is_said(&self, text: &str) -> bool {
        plain(text) == plain(&self.label)
    }
}

impl StoreKind {
    /// Where it stands among the kinds of the product.
    pub fn order(&self) -> usize {
        self.order
    }
}

impl File {
    /// The same with kinds and databases that know their place.
    pub(super) fn numbered(mut self) -> Self {
        for (order, kind) in self.store.iter_mut().enumerate() {
            kind.order = order;
        }
        for database in &mut self.central.databases {
            database.of_deployment = true;
        }
        self
    }
}

/// Holds the kinds against each other, against the roles and against the types of pools.
pub(super) fn check(kinds: &[StoreKind], roles: &[&str], types: &[&str], reader: &mut Reader<'_>) {
    for kind in kinds {
        reader.known(FILE, &kind.role, "role", roles);
        reader.known(FILE, &kind.pools, "type of pool", types);
    }
    let users: Vec<usize> = kinds
        .iter()
        .filter(|it| it.users)
        .map(|it| it.order)
        .collect();
    if users != [0] {
        let message = "the first store, and no other, must be that of the users";
        reader.wrong(FILE, "users", message, None);
    }
}

/// Holds the cells that ways of being available name against the columns.
pub(super) fn check_availability(ways: &[Availability], schema: &Schema, reader: &mut Reader<'_>) {
    let columns = schema.kind(POOLS).map(|kind| &kind.columns);
    let named = columns.into_iter().flatten();
    let named: Vec<&str> = named.filter_map(|it| it.named.as_deref()).collect();
    for way in ways {
        let cells = [&way.said, &way.nodes].into_iter().chain(&way.address);
        reader.known(FILE, cells, "cell that a column of the pools names", &named);
        reader.places(FILE, &way.one_lost, &["pools"]);
    }
}

impl PartialEq for StoreKind {
    fn eq(&self, other: &Self) -> bool {
        self.order == other.order
    }
}

impl Eq for StoreKind {}

impl PartialOrd for StoreKind {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for StoreKind {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order.cmp(&other.order)
    }
}
