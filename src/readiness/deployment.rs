//! Rules about the deployment as a whole.

use crate::finding::{Code, Finding};

use super::{Case, pool_subject};

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
        findings.push(
            Finding::new(
                Code::TwoCms,
                format!("a deployment has one active Central Management store, and `{}` has it already ({})", first.fqdn, first.cms.place),
            )
            .at(&pool.cms.place)
            .help("write `standby` for the backup pool's, or `no`")
            .about(pool_subject(pool))
            .about(pool_subject(first)),
        );
    }
}

/// A day to judge by on which the recorded backup had not been made.
pub(super) fn as_of_too_early(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let deployment = &case.inventory.deployment;
    let completed = deployment.date("Backup completed");
    let setting = deployment.setting("Backup completed");
    if let (Some(completed), Some(setting)) = (completed, setting)
        && completed > case.as_of
    {
        findings.push(
            Finding::new(
                Code::AsOfTooEarly,
                format!(
                    "`{completed}` is later than {}, the day the worksheets are judged against",
                    case.as_of
                ),
            )
            .at(&setting.place)
            .help("leave `--as-of` out, or name the day of the worksheets"),
        );
    }
}
