//! Rules about the deployment as a whole.

use crate::finding::{Code, Finding};

use super::{Case, pool_subject, server_subject};

/// No pool hosts the Central Management store.
pub(super) fn no_cms(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let pools = &case.inventory.pools;
    let candidates: Vec<_> = pools
        .iter()
        .filter(|pool| pool.is("front-end") || pool.is("standard-edition"))
        .collect();
    let Some(first) = candidates
        .first()
        .filter(|_| case.inventory.cms_pool().is_none())
    else {
        return;
    };
    let mut finding = Finding::new(
        Code::NoCms,
        "no pool is recorded as hosting the Central Management store",
    )
    .at(&first.cms.place)
    .help("write `yes` in `Central Management store` of the pool that hosts it");
    for pool in &candidates {
        finding = finding.about(pool_subject(pool));
    }
    findings.push(finding);
}

/// Two pools claim the active Central Management store; a standby is no second one.
pub(super) fn two_cms(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut active = case.inventory.pools.iter().filter(|pool| pool.hosts_cms());
    let Some(first) = active.next() else { return };
    for pool in active {
        let mut finding = Finding::new(
            Code::TwoCms,
            format!("a deployment has one active Central Management store, and `{}` has it already ({})", first.fqdn, first.cms.place),
        )
        .at(&pool.cms.place)
        .help("write `standby` for the backup pool's, or `no`")
        .about(pool_subject(pool))
        .about(pool_subject(first));
        // The servers that would hold it must not be restored by a guess either.
        let hosts = case
            .inventory
            .servers
            .iter()
            .filter(|server| case.inventory.hosts_cms(server).is_some());
        for server in hosts {
            finding = finding.about(server_subject(server));
        }
        findings.push(finding);
    }
}
