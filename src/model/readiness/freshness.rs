//! Rules about dates of backups and restore tests.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::finding::{Code, Finding, Place, words};
use crate::inventory::Inventory;
use crate::product::Name;
use crate::rows::Field;
use crate::rows::cell_words;

use super::{Case, Day};

/// What the date rules ask of a backup row, whichever worksheet it stands in.
struct Backup<'a> {
    what: &'a str,
    row: &'a Place,
    schedule: &'a Field<String>,
    last: &'a Field<Date>,
    last_test: &'a Field<Date>,
}

fn backups(inventory: &Inventory) -> Vec<Backup<'_>> {
    let printed = |name: &Field<Name>| name.value.map_or("database", |name| name.printed);
    let databases = inventory.databases.iter().map(|row| Backup {
        what: printed(&row.database),
        row: &row.row,
        schedule: &row.schedule,
        last: &row.last_backup,
        last_test: &row.last_test,
    });
    let stores = inventory.file_stores.iter().map(|row| Backup {
        what: "file store",
        row: &row.row,
        schedule: &row.schedule,
        last: &row.last_backup,
        last_test: &row.last_test,
    });
    databases.chain(stores).collect()
}

/// A backup set that will be gone before the next one is made.
pub(super) fn set_expires_early(day: &Day<'_>, findings: &mut Vec<Finding>) {
    let Some(next) = day.inventory.deployment.date("Next backup") else {
        return;
    };
    for row in &day.inventory.databases {
        let expires = row.set.value.as_ref().and_then(|set| set.expires);
        if let Some(expires) = expires.filter(|expires| (day.as_of..next).contains(expires)) {
            findings.push(
                Finding::new(
                    Code::BackupExpiresEarly,
                    format!(
                        "this backup set expires on {expires}, before the next backup on {next}"
                    ),
                )
                .at(&row.set.place)
                .help("keep sets until the next backup is complete"),
            );
        }
    }
}

/// A last backup older than the row's own schedule allows.
pub(super) fn overdue(day: &Day<'_>, findings: &mut Vec<Finding>) {
    for backup in backups(day.inventory) {
        let Some(last) = backup.last.value else {
            continue;
        };
        let Some(days) = backup
            .schedule
            .value
            .as_deref()
            .and_then(|text| day.inventory.product.schedule_days(text))
        else {
            continue;
        };
        let due = last.saturating_add(days.days());
        if due < day.as_of {
            findings.push(
                Finding::new(
                    Code::BackupOverdue,
                    format!(
                        "the last backup of `{}` is of {last}, but the schedule says `{}`",
                        backup.what, backup.schedule.text
                    ),
                )
                .at(&backup.last.place)
                .help(format!(
                    "find out why nothing was backed up by {due}, and record the newest backup"
                )),
            );
        }
    }
}

/// A backup that is older than the cycle the packets are built with.
pub(super) fn missed_cycle(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let deployment = &case.inventory.deployment;
    let (Some(completed), Some(next)) = (
        deployment.date("Backup completed"),
        deployment.date("Next backup"),
    ) else {
        return;
    };
    // Of two days in the wrong order nothing follows; they have a finding of their own.
    if next <= completed {
        return;
    }
    // A cycle is as long as the way to the next one; it began one length before it was complete.
    let Ok(length) = completed.until(next) else {
        return;
    };
    let Ok(began) = completed.checked_sub(length) else {
        return;
    };
    for backup in backups(case.inventory) {
        let missed = backup.last.value.filter(|last| *last < began);
        if let Some(last) = missed.filter(|last| !is_outdated(case, &backup, *last, completed)) {
            findings.push(
                Finding::new(
                    Code::BackupMissedCycle,
                    format!("`{}` has no backup in the cycle completed on {completed}; its last one is of {last}", backup.what),
                )
                .at(&backup.last.place)
                .help("what lies under `$Backup` for it is not of this cycle: back it up, or say where its backup is"),
            );
        }
    }
}

/// A backup so much older than the cycle that to restore it would bring back the past.
pub(super) fn outdated(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let Some(completed) = case.inventory.deployment.date("Backup completed") else {
        return;
    };
    for backup in backups(case.inventory) {
        let last = backup.last.value;
        let Some(last) = last.filter(|last| is_outdated(case, &backup, *last, completed)) else {
            continue;
        };
        let message = format!(
            "the last backup of `{}` is of {last}, but the last cycle was complete on {completed}: to restore it would bring back what was then",
            backup.what
        );
        findings.push(
            Finding::new(Code::BackupOutdated, message)
                .at(&backup.last.place)
                .help("back it up again, or record the day of its newest backup"),
        );
    }
}

/// Whether a backup missed more of its own intervals before the cycle was complete than `shared/schedules.toml` allows.
fn is_outdated(case: &Case<'_>, backup: &Backup<'_>, last: Date, completed: Date) -> bool {
    let schedule = backup.schedule.value.as_deref().unwrap_or_default();
    let days = case.inventory.product.days_until_outdated(schedule);
    last.saturating_add(days.days()) < completed
}

/// A backup of which nothing says that it was ever made: its day is not known, or blank beside others that are filled.
/// Where a sheet records no days at all, as the published one does, the cycle has to speak for its backups.
pub(super) fn never_made(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let all = backups(case.inventory);
    for backup in &all {
        let last = backup.last;
        let is_beside = |other: &&Backup<'_>| other.row.whole_sheet() == backup.row.whole_sheet();
        let others = all.iter().filter(is_beside);
        let dated = others.filter(|other| other.last.value.is_some()).count();
        let what = backup.what;
        let why = match last.value {
            Some(_) => continue,
            // A day that cannot be read and one that is said not to be there have findings of their own.
            None if case.inventory.never_made.contains(&last.place) => continue,
            None if !last.is_blank() && cell_words::of(&last.text).is_none() => continue,
            None if !last.is_blank() => format!("`{}` as the day", words::excerpt(&last.text)),
            None if dated == 0 => continue,
            None => "no day is recorded here, as there is for other rows".to_owned(),
        };
        let message = format!("nothing says that `{what}` was ever backed up: {why}");
        let place = match last.place.at_column() {
            Some(_) => &last.place,
            None => backup.row,
        };
        findings.push(Finding::new(Code::NeverBackedUp, message).at(place).help(
            "make a backup, look whether it is there, and write its day under `Last backup`",
        ));
    }
}

/// A backup nobody has tried to restore.
pub(super) fn never_tested(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for backup in backups(case.inventory) {
        let tested = backup.last_test;
        if tested.value.is_some() {
            continue;
        }
        let place = match tested.place.at_column() {
            Some(_) => &tested.place,
            None => backup.row,
        };
        let message = format!("no restore test of `{}` is recorded", backup.what);
        findings.push(
            Finding::new(Code::RestoreUntested, message)
                .at(place)
                .help("restore it once on a spare computer and fill in `Last restore test`"),
        );
    }
}

/// A backup nobody has tried to restore for a long time.
pub(super) fn untested(day: &Day<'_>, findings: &mut Vec<Finding>) {
    let days = day.limits.restore_test_days;
    let since = day.as_of.saturating_sub(i64::from(days).days());
    for backup in backups(day.inventory) {
        let Some(tested) = backup.last_test.value.filter(|tested| *tested < since) else {
            continue;
        };
        let message = format!("the last restore test of `{}` was on {tested}", backup.what);
        findings.push(
            Finding::new(Code::RestoreUntested, message)
                .at(&backup.last_test.place)
                .help(format!("restore it once more and fill in `Last restore test`; tests older than {days} days count as none")),
        );
    }
}

/// A date that has not come yet, where only the past makes sense; or worksheets younger than the day they
/// are judged against.
pub(super) fn future(day: &Day<'_>, findings: &mut Vec<Finding>) {
    // Then it is the day that is wrong, and not each of the dates.
    if day.is_far_too_early() {
        return;
    }
    let rows = backups(day.inventory);
    let dates = rows
        .iter()
        .flat_map(|backup| [backup.last, backup.last_test]);
    for field in dates {
        if let Some(date) = field.value.filter(|date| *date > day.as_of) {
            findings.push(
                Finding::new(
                    Code::DateInFuture,
                    format!("`{}` is {date}, which has not come yet", field.column),
                )
                .at(&field.place)
                .help("correct the date, or give the day with --as-of"),
            );
        }
    }
}
