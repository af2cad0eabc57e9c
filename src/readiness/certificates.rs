//! Rules about certificates.

use crate::finding::{Code, Finding, words};
use crate::inventory::certificate::Way;
use crate::inventory::names::{self, List};

use super::{Case, product, server_subject};

/// A certificate that is no longer valid.
pub(super) fn expired(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in &case.inventory.certificates {
        if let Some(expires) = row.expires.value.filter(|expires| *expires < case.as_of) {
            findings.push(
                Finding::new(
                    Code::CertificateExpired,
                    format!("this certificate expired on {expires}"),
                )
                .at(&row.expires.place)
                .help("renew it, and record the new one"),
            );
        }
    }
}

/// A certificate that cannot come back: a restore blocker.
pub(super) fn lost(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in case
        .inventory
        .certificates
        .iter()
        .filter(|row| row.way() == Way::Lost)
    {
        let place = if row.exportable.value == Some(false) {
            &row.exportable.place
        } else {
            &row.backup.place
        };
        findings.push(
            Finding::new(
                Code::CertificateLost,
                format!(
                    "the certificate of `{}` can be neither restored nor re-enrolled: its key is {}",
                    row.fqdn,
                    if row.exportable.value == Some(false) { "not exportable" } else { "not backed up" }
                ),
            )
            .at(place)
            .help("back up certificate and key, or obtain one that can be issued again, before the outage"),
        );
    }
}

/// A use that a role needs and that no certificate covers.
pub(super) fn missing(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for server in &case.inventory.servers {
        let missing = product::missing_uses(case.inventory, server);
        // The certificates of a misspelt pool are not known to be missing.
        let pool = server.pool.value.as_ref();
        let strays = pool.is_some_and(|pool| case.inventory.pool(pool).is_none());
        if missing.is_empty() || strays {
            continue;
        }
        let printed = missing
            .iter()
            .map(|id| names::by_id(List::Use, id).map_or(*id, |name| name.printed));
        findings.push(
            Finding::new(
                Code::MissingCertificate,
                format!("no certificate row covers {} for `{}`", words::quoted(printed), server.fqdn),
            )
            .at(&server.roles.place)
            .help("add the certificate, of the server or of its pool, to the `certificates` worksheet")
            .about(server_subject(server)),
        );
    }
}
