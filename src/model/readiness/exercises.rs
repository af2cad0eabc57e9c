//! Rules about exercises: packets that nobody has worked through for practice, or not for a long time.
//!
//! The worksheets say nothing of exercises; whoever has an output folder's ledger tells when the last ones were.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Limits, pool_subject, server_subject};
use crate::finding::{Code, Finding, Place, Subject};
use crate::inventory::Inventory;

/// Judges every server and pool by its last exercise; says nothing where the project file sets no limit.
pub fn unexercised(
    inventory: &Inventory,
    as_of: Date,
    limits: Limits,
    last: impl Fn(&Subject) -> Option<Date>,
) -> Vec<Finding> {
    let Some(days) = limits.drill_days else {
        return Vec::new();
    };
    let since = as_of.saturating_sub(i64::from(days).days());
    let servers = inventory.servers.iter();
    let servers = servers.map(|server| (server_subject(server), &server.name.place));
    let pools = inventory.pools.iter();
    let pools = pools.map(|pool| (pool_subject(pool), &pool.name.place));
    let judged = servers
        .chain(pools)
        .filter_map(|(subject, place)| match last(&subject) {
            None => Some(never(subject, place)),
            Some(day) if day < since => Some(overdue(subject, place, day, days)),
            Some(_) => None,
        });
    judged.collect()
}

fn never(subject: Subject, place: &Place) -> Finding {
    let message = format!(
        "no exercise of the packet of {} `{}` is recorded",
        subject.kind.as_str(),
        subject.fqdn
    );
    Finding::new(Code::NeverExercised, message)
        .at(place)
        .help("work through it once on spare computers, and read the checklist back with `record --drill`")
        .about(subject)
}

fn overdue(subject: Subject, place: &Place, day: Date, days: u16) -> Finding {
    let message = format!(
        "the packet of {} `{}` was last exercised on {day}, more than {days} days ago",
        subject.kind.as_str(),
        subject.fqdn
    );
    Finding::new(Code::DrillOverdue, message)
        .at(place)
        .help("exercise it again, and read the checklist back with `record --drill`")
        .about(subject)
}
