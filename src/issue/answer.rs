//! Answers about editions, from the ledger and the contents on file: which was valid when, and what changed.

use serde::Serialize;

use crate::editions::{Difference, compare};
use crate::publish::{Edition, Event, IssuedBefore, Kind, LedgerEntry};

/// What became of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EditionState {
    /// It is the one to work from.
    Current,
    /// A later edition took its place.
    Superseded,
    /// Its packet was retired.
    Retired,
}

/// An edition with its fate.
#[derive(Clone, Debug, Serialize)]
pub struct Answer<'a> {
    /// What became of it.
    pub state: EditionState,
    /// The edition that was asked for.
    pub edition: &'a Edition,
    /// The edition that took its place.
    pub by: Option<&'a Edition>,
    /// What changed in between; null where a content is no longer on file.
    pub differences: Option<Vec<Difference>>,
    /// With a date: the edition that was valid on it.
    pub valid: Option<&'a Edition>,
}

/// What the ledger says of a fingerprint; `None` where it was never issued here.
pub fn answer<'a>(
    standing: &'a IssuedBefore,
    fingerprint: &str,
    on: Option<&str>,
) -> Option<Answer<'a>> {
    let mut newest = standing.ledger.entries().iter().rev();
    let found = newest.find(|it| it.edition.fingerprint == fingerprint)?;
    let edition = &found.edition;
    let last = standing
        .ledger
        .last(edition.kind, &edition.fqdn)
        .unwrap_or(found);
    let state = if last.edition.fingerprint != fingerprint {
        EditionState::Superseded
    } else if last.event == Event::Retired {
        EditionState::Retired
    } else {
        EditionState::Current
    };
    let by = (state == EditionState::Superseded).then_some(&last.edition);
    Some(Answer {
        state,
        edition,
        by,
        differences: by.and_then(|by| between(standing, edition, by)),
        valid: on.and_then(|day| valid_on(standing, edition.kind, &edition.fqdn, day)),
    })
}

/// What the ledger says of a packet, oldest first.
pub fn of_packet<'a>(standing: &'a IssuedBefore, kind: Kind, fqdn: &str) -> Vec<&'a LedgerEntry> {
    let entries = standing.ledger.entries().iter();
    let mut entries: Vec<_> = entries
        .filter(|it| it.edition.fqdn == fqdn && it.edition.kind == kind)
        .collect();
    entries.sort_by_key(|it| it.seq);
    entries
}

/// What changed from one edition to another; `None` where one is no longer on file.
pub fn between(standing: &IssuedBefore, from: &Edition, to: &Edition) -> Option<Vec<Difference>> {
    let before = standing.state.edition(&from.fingerprint)?;
    let after = standing.state.edition(&to.fingerprint)?;
    Some(compare(&before, &after))
}

/// The edition of a packet that was valid on a day.
pub fn valid_on<'a>(
    standing: &'a IssuedBefore,
    kind: Kind,
    fqdn: &str,
    day: &str,
) -> Option<&'a Edition> {
    let entries = standing.ledger.entries().iter();
    let mut newest = entries.rev();
    let last = newest
        .find(|it| it.edition.kind == kind && it.edition.fqdn == fqdn && happened(it) <= day)?;
    (last.event != Event::Retired).then_some(&last.edition)
}

/// The day of an entry.
fn happened(entry: &LedgerEntry) -> &str {
    match entry.event {
        Event::Adopted => &entry.edition.issued,
        // A record changes nothing about its edition, and repeats what was said of it.
        Event::Issued | Event::Retired | Event::Recorded | Event::Drilled => &entry.edition.as_of,
    }
}
