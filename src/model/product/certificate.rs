//! Certificate uses: `certificates.toml`.

use serde::Deserialize;

/// The file.
pub(super) const FILE: &str = "certificates.toml";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) r#use: Vec<CertificateUse>,
}

/// What a certificate is for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CertificateUse {
    /// For example `web-services-internal`.
    pub id: String,
    /// What people write for it; the first is the one printed.
    pub names: Vec<String>,
    /// The use whose certificate serves this one too.
    pub covered_by: Option<String>,
    /// Whether there is one per deployment.
    #[serde(default)]
    pub replicated: bool,
    /// Whether it has to hold the name of its computer or of its pool.
    #[serde(default)]
    pub names_host: bool,
    /// Whether all members of a pool need the same.
    #[serde(default)]
    pub same_on_all: bool,
}
