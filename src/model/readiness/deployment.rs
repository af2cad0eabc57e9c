//! Rules about the deployment as a whole.

use crate::finding::{Code, Finding, Severity, words};
use crate::inventory::pool::CentralStore;
use crate::inventory::{DatabaseBackup, Pool};

use super::{Case, Day, pool_subject, server_subject};

/// No pool hosts the Central Management store.
pub(super) fn no_cms(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let pools = &case.inventory.pools;
    let candidates: Vec<_> = pools.iter().filter(|pool| pool.serves_users()).collect();
    let Some(first) = candidates.first() else {
        return;
    };
    // A cell that cannot be read may be the one that says yes; it has a finding of its own.
    let unread = |pool: &&&Pool| !pool.central.is_blank() && pool.central.value.is_none();
    if case.topology.central_pool().is_some() || candidates.iter().any(|pool| unread(&pool)) {
        return;
    }
    let central = &case.inventory.product.central;
    let mut finding = Finding::new(
        Code::NoCms,
        format!("no pool is recorded as hosting the {}", central.label),
    )
    .at(&first.name.place.whole_sheet())
    .help(format!(
        "write `yes` under `{}` in the row of the pool that hosts it",
        central.column
    ));
    if let Some((pool, row)) = backed_up(case, &candidates) {
        finding = finding.help(format!(
            "if it is `{}`, from where its databases are backed up ({}), write `yes` in {}",
            pool.fqdn, row.server.place, pool.central.place
        ));
    }
    for pool in &candidates {
        finding = finding.about(pool_subject(pool));
    }
    // Any of the servers that hold their users may hold that store, too.
    let servers = case.inventory.servers.iter();
    for server in servers.filter(|it| !case.topology.users_on(&it.fqdn).is_empty()) {
        finding = finding.about(server_subject(server));
    }
    findings.push(finding);
}

/// The pool from whose servers the databases of the central store are backed up, with the row that says so.
fn backed_up<'a>(case: &Case<'a>, pools: &[&'a Pool]) -> Option<(&'a Pool, &'a DatabaseBackup)> {
    let central = &case.inventory.product.central.databases;
    let rows = case.inventory.databases.iter().filter(|row| {
        let database = row.database.value;
        database.is_some_and(|it| central.iter().any(|one| one.id == it.id))
    });
    let mut found = rows.filter_map(|row| {
        let host = row.server.value.as_ref()?;
        let pool = pools.iter().find(|pool| {
            let store = pool.user_store().server.value.as_ref();
            pool.fqdn == *host || store == Some(host)
        })?;
        Some((*pool, row))
    });
    found.find(|(pool, _)| pool.central.place.at_column().is_some())
}

/// Two pools claim the active Central Management store; a standby is no second one.
pub(super) fn two_cms(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut active = case.topology.managing();
    let Some(first) = active.next() else { return };
    for pool in active {
        let mut finding = Finding::new(
            Code::TwoCms,
            format!(
                "`{}` hosts the {}, and so does `{}` ({})",
                pool.fqdn, case.inventory.product.central.label, first.fqdn, first.central.place
            ),
        )
        .at(&pool.central.place)
        .help("leave `yes` at the active one, and write `standby` at its backup pool and `no` elsewhere")
        .about(pool_subject(pool))
        .about(pool_subject(first));
        // The servers that would hold it must not be restored by a guess either.
        let hosts = case
            .inventory
            .servers
            .iter()
            .filter(|server| case.topology.holds_central(server).is_some());
        for server in hosts {
            finding = finding.about(server_subject(server));
        }
        findings.push(finding);
    }
}

/// A standby in a pool without a partner: only the backup pool of another has one.
pub(super) fn lone_standby(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let pools = case.inventory.pools.iter();
    let standbys = pools.filter(|it| it.central.value == Some(CentralStore::Standby));
    // A name that cannot be used has a finding of its own.
    let lone =
        standbys.filter(|it| it.backup_pool.is_blank() && case.topology.partner(it).is_none());
    for pool in lone {
        let message = format!(
            "`{}` says that this pool is the backup pool of another, but `{}` names none and no other pool names it",
            words::excerpt(&pool.central.text),
            pool.backup_pool.column
        );
        findings.push(
            Finding::new(Code::ContradictingCells, message)
                .at(&pool.central.place)
                .help("name the other pool of the pair, or write `no` here")
                .about(pool_subject(pool)),
        );
    }
}

/// Nothing says where the backups of the cycle are: no path under the share can be followed, and no packet is ready.
pub(super) fn no_share(case: &Case<'_>, findings: &mut Vec<Finding>) {
    const SHARE: &str = "Backup location";
    let inventory = case.inventory;
    let cell = inventory.deployment.setting(SHARE);
    let is_unread = cell.is_some_and(|cell| !cell.is_blank() && cell.value.is_none());
    let is_none = inventory.servers.is_empty() && inventory.pools.is_empty();
    if is_unread || is_none || inventory.deployment.backup_share().is_some() {
        return;
    }
    let message = format!("`{SHARE}` is missing, so `$Backup` is not known and no packet is ready");
    let finding = Finding::new(Code::MissingValue, message);
    let place = cell.map(|cell| &cell.place);
    let finding = match place.or(inventory.deployment.sheet.as_ref()) {
        Some(place) => finding.at(place),
        None => finding,
    };
    findings.push(finding.help(format!(
        "write the share of the current cycle beside `{SHARE}` in the `deployment` worksheet"
    )));
}

/// A review date that has passed.
pub(super) fn review_overdue(day: &Day<'_>, findings: &mut Vec<Finding>) {
    let deployment = &day.inventory.deployment;
    let (Some(due), Some(cell)) = (
        deployment.date("Review due"),
        deployment.setting("Review due"),
    ) else {
        return;
    };
    if due < day.as_of {
        findings.push(
            Finding::new(
                Code::ReviewOverdue,
                format!("the documents were to be reviewed by {due}"),
            )
            .at(&cell.place)
            .help("review the worksheets, and set the next date"),
        );
    }
}

/// A day to judge by on which the recorded backup had not been made. One so early that no slip of a cycle explains it is
/// the wrong day: by it nothing has expired, and no packet can be called ready.
pub(super) fn as_of_too_early(day: &Day<'_>, findings: &mut Vec<Finding>) {
    let deployment = &day.inventory.deployment;
    let Some(setting) = deployment.setting("Backup completed") else {
        return;
    };
    let Some(completed) = deployment.date("Backup completed") else {
        return;
    };
    if completed <= day.as_of {
        return;
    }
    let mut finding = Finding::new(
        Code::AsOfTooEarly,
        format!("`{completed}` is later than the day the worksheets are judged by"),
    )
    .at(&setting.place)
    .help("leave `--as-of` out, or name the day of the worksheets");
    if day.is_far_too_early() {
        finding.severity = Severity::Error;
        let servers = day.inventory.servers.iter().map(server_subject);
        let pools = day.inventory.pools.iter().map(pool_subject);
        finding.about.extend(servers.chain(pools));
    }
    findings.push(finding);
}
