//! Numbering: a packet whose content is unchanged keeps its number and its day; another gets the next. What the
//! ledger knows of exercises comes along with them, and raises none.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::editions::Content;
use crate::finding::{Finding, Subject};
use crate::inventory::Inventory;
use crate::packets::{Exercise, Issue, Packet};
use crate::publish::{Kind, Ledger};
use crate::readiness::{self, Limits};

/// What was issued before, by packet.
pub struct Numbering {
    before: BTreeMap<(Kind, String), Before>,
    exercises: BTreeMap<(Kind, String), Exercise>,
    as_of: Date,
}

struct Before {
    edition: u32,
    fingerprint: String,
    issued: Option<Date>,
}

impl Numbering {
    /// From the ledger: the last edition of each packet, retired ones included, so that no number is given twice.
    pub fn new(ledger: &Ledger, as_of: Date) -> Self {
        let editions = ledger.entries().iter().map(|entry| &entry.edition);
        let before = editions.map(|edition| {
            let key = (edition.kind, edition.fqdn.clone());
            let before = Before {
                edition: edition.edition,
                fingerprint: edition.fingerprint.clone(),
                issued: edition.issued.parse().ok(),
            };
            (key, before)
        });
        Self {
            before: before.collect(),
            exercises: ledger.exercises(),
            as_of,
        }
    }

    /// The packet as the edition it is issued as, for what it says.
    pub fn issue(&self, packet: Packet, content: &Content) -> Issue {
        let fingerprint = content.fingerprint().to_string();
        let (edition, issued) = match self.of(&packet.subject) {
            Some(before) if before.fingerprint == fingerprint => {
                (before.edition, before.issued.unwrap_or(self.as_of))
            }
            Some(before) => (before.edition + 1, self.as_of),
            None => (1, self.as_of),
        };
        Issue {
            exercise: self.exercise(&packet.subject).cloned(),
            packet,
            edition,
            issued,
            fingerprint,
        }
    }

    /// The packet under the edition it was last issued as; `None` if it never was.
    pub fn standing(&self, packet: Packet) -> Option<Issue> {
        let before = self.of(&packet.subject)?;
        Some(Issue {
            edition: before.edition,
            issued: before.issued.unwrap_or(self.as_of),
            fingerprint: before.fingerprint.clone(),
            exercise: self.exercise(&packet.subject).cloned(),
            packet,
        })
    }

    /// The last exercise of each packet.
    pub fn exercises(&self) -> &BTreeMap<(Kind, String), Exercise> {
        &self.exercises
    }

    /// What was not exercised in the days the project file gives it. These findings are the run's and no
    /// packet's, or an exercise would raise its edition.
    pub fn unexercised(&self, inventory: &Inventory, limits: Limits) -> Vec<Finding> {
        let last = |subject: &Subject| self.exercise(subject).map(|it| it.date);
        readiness::unexercised(inventory, self.as_of, limits, last)
    }

    fn exercise(&self, subject: &Subject) -> Option<&Exercise> {
        self.exercise_of(subject.kind.into(), &subject.fqdn)
    }

    /// The last exercise of a packet.
    pub fn exercise_of(&self, kind: Kind, fqdn: &str) -> Option<&Exercise> {
        self.exercises.get(&(kind, fqdn.to_owned()))
    }

    fn of(&self, subject: &Subject) -> Option<&Before> {
        self.before
            .get(&(subject.kind.into(), subject.fqdn.clone()))
    }
}
