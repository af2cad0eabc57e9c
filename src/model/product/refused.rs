//! What a product does not know any longer, or not yet: `refused.toml`.
//!
//! What others wrote for it stays known, so that it can be said why it does not count: a column, a role, a type of pool or
//! a database that is refused is a finding at its cell, and its value is withheld from everything.

use serde::Deserialize;

use super::read::Reader;
use super::{List, Product};

/// The file.
pub(super) const FILE: &str = "refused.toml";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) refused: Vec<Refused>,
}

/// Something that is refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// For example `mirroring`.
    pub id: String,
    /// Why, and since when; a whole sentence.
    pub says: String,
    /// What to do about a cell of it.
    pub help: String,
    /// The columns that record it.
    #[serde(default)]
    pub columns: Vec<String>,
    /// The texts of columns that choose it: each column with what its cell says.
    #[serde(default)]
    pub values: Vec<(String, String)>,
    /// The ids of its roles.
    #[serde(default)]
    pub roles: Vec<String>,
    /// The ids of its types of pools.
    #[serde(default)]
    pub pools: Vec<String>,
    /// The ids of its databases.
    #[serde(default)]
    pub databases: Vec<String>,
}

impl Product {
    /// Why a column is refused whatever stands in it, or for what its cell says.
    pub fn refuses(&self, column: &str, text: &str) -> Option<&Refused> {
        let is = |(of, said): &(String, String)| of == column && said.eq_ignore_ascii_case(text);
        let mut all = self.refused.iter();
        all.find(|it| it.columns.iter().any(|it| it == column) || it.values.iter().any(is))
    }

    /// Why a role, a type of pool or a database is refused.
    pub fn refuses_name(&self, list: List, id: &str) -> Option<&Refused> {
        let mut all = self.refused.iter();
        all.find(|it| it.of(list).iter().any(|it| it == id))
    }
}

impl Refused {
    fn of(&self, list: List) -> &[String] {
        match list {
            List::Role => &self.roles,
            List::Pool => &self.pools,
            List::Database => &self.databases,
            List::Use | List::Answer => &[],
        }
    }
}

/// Holds what is refused against what there is.
pub(super) fn check(product: &Product, reader: &mut Reader<'_>) {
    let kinds = product.schema.kinds.iter();
    let columns = kinds.flat_map(|kind| &kind.columns);
    let headings: Vec<&str> = columns.map(|it| it.heading.as_str()).collect();
    let ids = |list| -> Vec<&str> { product.printed(list).iter().map(|it| it.id).collect() };
    for refused in &product.refused {
        let chosen = refused.values.iter().map(|(column, _)| column);
        reader.known(
            FILE,
            refused.columns.iter().chain(chosen),
            "column",
            &headings,
        );
        reader.known(FILE, &refused.roles, "role", &ids(List::Role));
        reader.known(FILE, &refused.pools, "type of pool", &ids(List::Pool));
        reader.known(FILE, &refused.databases, "database", &ids(List::Database));
    }
}
