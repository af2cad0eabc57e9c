//! The types of pools: `pools.toml`.

use serde::Deserialize;

use super::Sentence;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) pool: Vec<PoolType>,
}

/// A type of pool.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own in the product's file"
)]
pub struct PoolType {
    /// For example `front-end`.
    pub id: String,
    /// What people write for it; the first is the one printed.
    pub names: Vec<String>,
    /// The ids of the roles its members may have.
    pub roles: Vec<String>,
    /// The edition of the product on its servers, for example `Enterprise Edition`.
    pub edition: Option<String>,
    /// Whether it is one computer of the pool's own name.
    #[serde(default)]
    pub one_computer: bool,
    /// Whether users sign in at it.
    #[serde(default)]
    pub users: bool,
    /// The instance of its databases, where they lie on its one computer.
    pub instance: Option<String>,
    /// Whether its members stand outside the domain.
    #[serde(default)]
    pub outside: bool,
    /// Whether it cannot do without a file store.
    #[serde(default)]
    pub file_store: bool,
    /// What the decision table calls its one computer.
    pub part: Option<String>,
    /// The types of pools it can hand its traffic on to; where none is named, nobody says.
    #[serde(default)]
    pub next_hops: Vec<String>,
    /// What its loss means beside what `effects.toml` says.
    pub down: Option<Sentence>,
    /// What the loss of its next hop means to one of it; `None` where it goes on.
    pub cut_off: Option<Sentence>,
    /// How many members it can have; `None` where nobody says.
    pub most_members: Option<usize>,
    /// How many members it cannot have, though it can have more.
    #[serde(default)]
    pub refused_members: Vec<usize>,
    /// What a pool with too many members is called.
    pub most_of: Option<String>,
}
