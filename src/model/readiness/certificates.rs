//! Rules about certificates.

use jiff::ToSpan;

use crate::finding::{Code, Finding, Severity, words};
use crate::inventory::certificate::Way;
use crate::inventory::{Certificate, Pool};
use crate::product::List;

use super::uses::missing_uses;
use super::{Case, Day, pool_subject, server_subject};

/// A certificate that is no longer valid.
pub(super) fn expired(day: &Day<'_>, findings: &mut Vec<Finding>) {
    for row in &day.inventory.certificates {
        if let Some(expires) = row.expires.value.filter(|expires| *expires < day.as_of) {
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

/// A certificate that is not valid yet: services do not start with it.
pub(super) fn not_yet_valid(day: &Day<'_>, findings: &mut Vec<Finding>) {
    if day.is_far_too_early() {
        return;
    }
    for row in &day.inventory.certificates {
        let Some(from) = row.valid_from.value.filter(|from| *from > day.as_of) else {
            continue;
        };
        findings.push(
            Finding::new(
                Code::CertificateNotYetValid,
                format!("this certificate is not valid before {from}"),
            )
            .at(&row.valid_from.place)
            .help("record the one that is in use, or correct the date"),
        );
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
        let missing = missing_uses(case.topology, server);
        // The certificates of a misspelt pool are not known to be missing.
        let pool = server.pool.value.as_ref();
        let strays = pool.is_some_and(|pool| case.topology.pool(pool).is_none());
        if missing.is_empty() || strays {
            continue;
        }
        let printed = missing
            .iter()
            .map(|id| case.inventory.product.printed_as(List::Use, id));
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

/// A certificate that will soon be no longer valid, or not at the next backup. The first threshold makes it
/// worth knowing, the second, and the next backup, worth acting on.
pub(super) fn expiring(day: &Day<'_>, findings: &mut Vec<Finding>) {
    let next = day.inventory.deployment.date("Next backup");
    let [early, late] = day.limits.certificate_days;
    for row in &day.inventory.certificates {
        let Some(expires) = row.expires.value.filter(|expires| *expires >= day.as_of) else {
            continue;
        };
        let within = |days: u16| expires.saturating_sub(i64::from(days).days()) <= day.as_of;
        let before_next = next.is_some_and(|next| expires < next);
        if !before_next && !within(early) {
            continue;
        }
        let message = match next.filter(|_| before_next) {
            Some(next) => {
                format!("this certificate expires on {expires}, before the next backup on {next}")
            }
            None => format!("this certificate expires on {expires}"),
        };
        let mut finding = Finding::new(Code::CertificateExpiring, message)
            .at(&row.expires.place)
            .help("renew it in time, and record the new one");
        if !before_next && !within(late) {
            finding.severity = Severity::Info;
        }
        findings.push(finding);
    }
}

/// Members of one pool with different certificates for a use that needs the same on each.
pub(super) fn edge_differs(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let product = case.inventory.product;
    for pool in &case.inventory.pools {
        let roles = pool.kinds().flat_map(|kind| &kind.roles);
        let needed: Vec<&String> = roles
            .filter_map(|role| product.role(role))
            .flat_map(|role| &role.certificates)
            .collect();
        let same = product.uses.iter().filter(|one| one.same_on_all);
        for one in same.filter(|one| needed.contains(&&one.id)) {
            findings.extend(differing(case, pool, &one.id));
        }
    }
}

fn differing(case: &Case<'_>, pool: &Pool, id: &str) -> Option<Finding> {
    let of_use = |row: &&Certificate| row.uses.value.iter().flatten().any(|it| it.id == id);
    let rows = case.topology.members(pool).filter_map(|server| {
        let mut own = case
            .inventory
            .certificates
            .iter()
            .filter(|row| row.fqdn == server.fqdn);
        own.find(of_use)
    });
    let rows: Vec<&Certificate> = rows.filter(|row| row.thumbprint.value.is_some()).collect();
    let plain = |row: &Certificate| row.thumbprint.text.replace([' ', ':'], "").to_lowercase();
    let first = rows.first()?;
    let other = rows.iter().find(|row| plain(row) != plain(first))?;
    let printed = case.inventory.product.printed_as(List::Use, id);
    Some(
        Finding::new(
            Code::EdgeCertificatesDiffer,
            format!("`{printed}` of `{}` is another certificate than that of `{}` ({})", other.fqdn, first.fqdn, first.thumbprint.place),
        )
        .at(&other.thumbprint.place)
        .help("the servers of this pool share one certificate, with its key: record the same one for each, or for the pool")
        .about(pool_subject(pool)),
    )
}
