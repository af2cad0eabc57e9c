//! Where something is done or kept: a shell, an instance of SQL Server, a member of a pool.

use serde::Serialize;

use crate::template::Slot;

/// Where Management Shell commands are typed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShellContext {
    /// The computer: the first Front End of the pool, in worksheet order, that has not failed; a Standard
    /// Edition server is its own; a gap where there is none.
    pub fqdn: Slot,
    /// Whether that is the restored server itself.
    pub is_this: bool,
}

/// A SQL Server instance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InstanceContext {
    /// The instance's name; for the default instance the known text `MSSQLSERVER`, which commands must
    /// leave out (ask `is_default` first).
    pub name: Slot,
    /// The default instance: `-SqlInstanceName` is left out.
    pub is_default: bool,
    /// What it holds: "user store of pool01.contoso.com".
    pub holds: String,
    /// The port it listens on; `None` where none is recorded.
    pub port: Option<Slot>,
}

/// A member of a pool.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberContext {
    /// Canonical FQDN.
    pub fqdn: Slot,
    /// Its roles, as one phrase.
    pub roles: Slot,
    /// Whether it is the failed server.
    pub is_this: bool,
}
