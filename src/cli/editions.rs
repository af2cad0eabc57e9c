//! Editions: a packet whose content is unchanged keeps its number and its day; another gets the next.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::finding::Subject;
use crate::packets::{Content, Issue, Packet};
use crate::publish::{Kind, Ledger};

/// What was issued before, by packet.
pub struct Editions {
    before: BTreeMap<(Kind, String), Before>,
    as_of: Date,
}

struct Before {
    edition: u32,
    fingerprint: String,
    issued: Option<Date>,
}

impl Editions {
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
            packet,
        })
    }

    fn of(&self, subject: &Subject) -> Option<&Before> {
        self.before
            .get(&(subject.kind.into(), subject.fqdn.clone()))
    }
}
