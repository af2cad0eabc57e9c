//! Rules about the deployment as a whole.

use crate::finding::{Code, Finding};

use crate::inventory::Pool;

use super::{Case, pool_subject};

/// No pool hosts the Central Management store.
pub(super) fn no_cms(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let pools = &case.inventory.pools;
    let candidates: Vec<_> = pools
        .iter()
        .filter(|pool| pool.is("front-end") || pool.is("standard-edition"))
        .collect();
    let Some(first) = candidates.first() else {
        return;
    };
    // A cell that cannot be read may be the one that says yes; it has a finding of its own.
    let unread = |pool: &&&Pool| !pool.cms.is_blank() && pool.cms.value.is_none();
    if case.inventory.cms_pool().is_some() || candidates.iter().any(|pool| unread(&pool)) {
        return;
    }
    let mut finding = Finding::new(
        Code::NoCms,
        "no pool is recorded as hosting the Central Management store",
    )
    .at(&first.name.place.whole_sheet())
    .help("write `yes` under `Central Management store` in the row of the pool that hosts it");
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
        findings.push(
            Finding::new(
                Code::TwoCms,
                format!(
                    "`{}` hosts the Central Management store, and so does `{}` ({})",
                    pool.fqdn, first.fqdn, first.cms.place
                ),
            )
            .at(&pool.cms.place)
            .help("leave `yes` at the active one, and write `standby` at its backup pool and `no` elsewhere")
            .about(pool_subject(pool))
            .about(pool_subject(first)),
        );
    }
}
