//! A server as a procedure sees it: the computer, what it holds, its certificates.

use serde::Serialize;

use super::place::{InstanceContext, ShellContext};
use super::pool::PoolContext;
use super::recorded::Recorded;
use crate::template::Slot;

/// A server.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "templates ask these flags one by one"
)]
pub struct ServerContext {
    /// Canonical FQDN.
    pub fqdn: Slot,
    /// The first label of the FQDN.
    pub computer_name: Slot,
    /// The rest of the FQDN.
    pub dns_suffix: Slot,
    /// The roles, as one phrase.
    pub roles: Slot,
    /// The ids of its roles in `roles.toml`.
    pub role_ids: Vec<&'static str>,
    /// `Operating system`.
    pub operating_system: Slot,
    /// Its id in `meanings.toml`; empty where nothing is known of it.
    pub system: &'static str,
    /// The version of the product.
    pub version: Slot,
    /// `SQL Server version`.
    pub sql_version: Slot,
    /// What that is called in `sql.toml`; empty where it is no version of it.
    pub sql_release: &'static str,
    /// `SQL Server edition`.
    pub sql_edition: Slot,
    /// `SQL data path`.
    pub sql_data_path: Slot,
    /// `SQL log path`.
    pub sql_log_path: Slot,
    /// `IP address`.
    pub ip_address: Slot,
    /// `System image`.
    pub system_image: Slot,
    /// `Notes`; `None` where there are none.
    pub notes: Option<Slot>,
    /// The other cells of its row that procedures name.
    pub recorded: Recorded,
    /// A pool of its own: a Standard Edition server.
    pub is_one_computer: bool,
    /// An Edge Server (usually in no domain).
    pub is_edge: bool,
    /// Runs services of the product, so it has certificates, a replica and services to check.
    pub has_services: bool,
    /// Hosts databases named in the pools worksheet, so SQL Server must be installed on it first. False
    /// for a Standard Edition server, which receives SQL Server Express from the Deployment Wizard.
    pub hosts_databases: bool,
    /// A mirroring witness.
    pub is_witness: bool,
    /// It holds a half of a mirrored store.
    pub is_mirrored: bool,
    /// The pools whose mirroring witness it is.
    pub witness_of: Vec<PoolContext>,
    /// The SQL instances it hosts, without repetitions.
    pub instances: Vec<InstanceContext>,
    /// Its certificates and those of its pool.
    pub certificates: Vec<CertificateContext>,
    /// Where Management Shell commands about it are typed.
    pub shell: ShellContext,
    /// Another server that works and whose roles need the same certificates; `None` where there is none.
    pub alike: Option<Slot>,
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CertificateContext {
    /// `Certificate use`, as recorded.
    pub uses: Slot,
    /// `Subject`.
    pub subject: Slot,
    /// `Subject alternative names`; `None` where there are none.
    pub names: Option<Slot>,
    /// `Issuer`.
    pub issuer: Slot,
    /// `Thumbprint`.
    pub thumbprint: Slot,
    /// `Expires`.
    pub expires: Slot,
    /// `Backup location`.
    pub backup: Slot,
    /// Whether that names a file which a command can import.
    pub is_file: bool,
    /// Replication brings it: a deployment has one OAuthTokenIssuer certificate.
    pub replicated: bool,
    /// `Vault entry`: the name under which the password is kept, never the password.
    pub vault: Slot,
    /// How it comes back: `restore` (exportable key, backed up), `re-enrol`, `lost` (neither) or
    /// `undecided` (the worksheet does not say).
    pub way: &'static str,
}
