//! The roles of servers: `roles.toml`.

use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) role: Vec<Role>,
}

/// What a server does.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own in the product's file"
)]
pub struct Role {
    /// For example `front-end`.
    pub id: String,
    /// What people write for it; the first is the one printed.
    pub names: Vec<String>,
    /// The same in the middle of a sentence, where that is no other.
    pub short: Option<String>,
    /// Whether it runs services of the product, so that it is a member of a pool.
    #[serde(default)]
    pub services: bool,
    /// Whether its server is a pool of one computer.
    #[serde(default)]
    pub one_computer: bool,
    /// Whether its services stop and start together with those of its pool's other members.
    #[serde(default)]
    pub together: bool,
    /// Whether its server stands outside the domain, where the store of the configuration cannot be reached.
    #[serde(default)]
    pub outside: bool,
    /// Whether its server holds databases.
    #[serde(default)]
    pub databases: bool,
    /// Whether its server watches over mirrors.
    #[serde(default)]
    pub witness: bool,
    /// Whether its server hosts shares.
    #[serde(default)]
    pub shares: bool,
    /// The ids of the certificate uses it needs.
    #[serde(default)]
    pub certificates: Vec<String>,
}

impl Role {
    /// How it is printed.
    pub fn printed(&self) -> &str {
        self.names.first().unwrap_or(&self.id)
    }

    /// The same in the middle of a sentence.
    pub fn short(&self) -> &str {
        self.short.as_deref().unwrap_or(self.printed())
    }
}
