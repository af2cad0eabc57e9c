//! What the elements of a topology document mean: `topology.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::read::Reader;

/// The file.
pub(super) const FILE: &str = "topology.toml";

/// What elements' attributes say, by `Element@Attribute`.
type Says = BTreeMap<String, String>;

/// What topology documents say, and in which words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Network {
    /// What a cluster is; every entry that fits counts.
    #[serde(rename = "cluster")]
    pub clusters: Vec<ClusterIs>,
    /// Which store of a pool a dependency is.
    #[serde(rename = "store")]
    pub stores: Vec<StoreIs>,
    /// The share of a pool.
    pub share: ShareIs,
    /// To which pool another hands its traffic on.
    #[serde(rename = "next-hop")]
    pub hops: Vec<HopIs>,
    /// Which pool hosts the store of the configuration.
    pub central: CentralIs,
    /// What says nothing of what a cluster is.
    pub passing: Passing,
}

/// What a cluster is, and by which services.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ClusterIs {
    /// Services that are on it, all of them.
    pub on: Vec<String>,
    /// Services that are not, none of them.
    pub not_on: Vec<String>,
    /// What elements of these services say.
    pub says: Says,
    /// Whether the product is set up on it.
    pub setup: Option<bool>,
    /// Whether it has a database instance in which something is kept.
    pub instance: bool,
    /// The role of its computers.
    pub role: Option<String>,
    /// The type of pool it is.
    pub pool: Option<String>,
    /// What it is, where no worksheet has a word for it.
    pub uncovered: Option<String>,
}

/// A dependency that is a store of a pool.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoreIs {
    /// The store.
    pub id: String,
    /// The service of the pool.
    pub of: String,
    /// What it depends on.
    pub needs: String,
}

/// What is a share.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareIs {
    /// The service.
    pub service: String,
    /// The attribute that names it.
    pub says: String,
}

/// A dependency that is a next hop.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HopIs {
    /// The service of the pool.
    pub of: String,
    /// What it depends on, on another.
    pub needs: String,
    /// What elements of the first say.
    #[serde(default)]
    pub says: Says,
}

/// What hosts the store of the configuration.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CentralIs {
    /// The service.
    pub service: String,
    /// The attribute that tells the active one from the standby.
    pub says: String,
    /// What it says of the active one.
    pub yes: String,
    /// What it says of the standby.
    pub no: String,
}

/// Services that are known and tell nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passing {
    /// Their names.
    pub services: Vec<String>,
}

impl Network {
    /// Whether any entry has a word for a service.
    pub fn knows(&self, service: &str) -> bool {
        let named = self.clusters.iter().flat_map(|it| &it.on);
        let mut all = named.chain(&self.passing.services);
        all.any(|it| it == service)
    }

    /// Holds the ids it names against those there are.
    pub(super) fn check(
        &self,
        roles: &[&str],
        pools: &[&str],
        stores: &[&str],
        reader: &mut Reader<'_>,
    ) {
        let entries = || self.clusters.iter();
        reader.known(
            FILE,
            entries().filter_map(|it| it.role.as_ref()),
            "role",
            roles,
        );
        let types = entries().filter_map(|it| it.pool.as_ref());
        reader.known(FILE, types, "type of pool", pools);
        let named = self.stores.iter().map(|it| &it.id);
        reader.known(FILE, named, "store", stores);
    }
}
