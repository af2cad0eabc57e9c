//! The index as data: one entry per packet, for every format that lists them.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::contract::{
    self, CardData, EntryData, EstateData, IndexData, ReadinessData, ReasonData, ScenarioData,
    ValidData,
};
use crate::decisions::About;
use crate::finding::{Place, Subject, SubjectKind};
use crate::packets::{Concerning, Estate, Issue, Reason, Status, ValidUntil};
use crate::plan::card::Card;

/// One line of the index: a packet, and what leads to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IndexEntry {
    /// A server's packet or a pool's.
    pub kind: SubjectKind,
    /// The canonical FQDN.
    pub fqdn: String,
    /// The FQDN as the worksheet has it.
    pub name: String,
    /// The site, where the worksheet gives one.
    pub site: Option<String>,
    /// Roles or pool types, as one phrase.
    pub role: String,
    /// For example "Restore packet for Front End Server fe01.contoso.com".
    pub title: String,
    /// Pools: the servers in restore order.
    pub members: Vec<String>,
    /// Until when the packet may be trusted, where a worksheet says so.
    pub valid_until: Option<ValidUntil>,
    /// Ready, gaps or blocked, as printed; [`IndexEntry::on`] says what it is on a day.
    pub status: Status,
    /// Why it is not ready.
    pub reasons: Vec<Reason>,
    /// The edition as printed.
    pub edition: u32,
    /// The day this edition was first issued.
    pub issued: Date,
    /// The fingerprint as printed.
    pub fingerprint: String,
    /// The day it was last exercised; `None` if it never was.
    pub exercised: Option<Date>,
    /// The day it was refreshed last, where a worksheet it was made from could not be had since.
    pub not_refreshed_since: Option<String>,
    /// The decision rows that apply, in decision-table order.
    pub scenarios: Vec<IndexScenario>,
    /// The rows of everything the packet relies on.
    pub rows: Vec<Place>,
    /// The packet's path below the output folder without extension, for example `servers/fe01.contoso.com`.
    pub stem: String,
}

/// One decision row of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IndexScenario {
    /// The row's id, for example `back-end-server`.
    pub id: String,
    /// The situation in words.
    pub situation: String,
    /// What is lost.
    pub about: About,
}

impl IndexEntry {
    /// The entry of an issued packet, whose files stand at `stem`.
    pub fn new(issue: &Issue, stem: impl Into<String>) -> Self {
        let packet = &issue.packet;
        let scenarios = packet.chooser.iter().map(|choice| IndexScenario {
            id: choice.id.clone(),
            situation: choice.situation.clone(),
            about: choice.marks.about,
        });
        Self {
            kind: packet.subject.kind,
            fqdn: packet.subject.fqdn.clone(),
            name: packet.name.clone(),
            site: packet.site.clone(),
            role: packet.role.clone(),
            title: packet.title.clone(),
            members: packet.members.iter().map(|it| it.fqdn.clone()).collect(),
            valid_until: packet.valid_until.clone(),
            status: packet.status,
            reasons: packet.reasons.clone(),
            edition: issue.edition,
            issued: issue.issued,
            fingerprint: issue.fingerprint.clone(),
            exercised: issue.exercise.as_ref().map(|it| it.date),
            not_refreshed_since: None,
            scenarios: scenarios.collect(),
            rows: packet.rows().into_iter().collect(),
            stem: stem.into(),
        }
    }

    /// The entry as it is on the day: what hangs on the day may end what the packet promises.
    #[must_use]
    pub fn on(&self, day: &Concerning<'_>) -> Self {
        let mut entry = self.clone();
        for lapse in day.lapses(&self.subject(), &self.rows) {
            let reason = Reason {
                text: lapse.message.clone(),
                place: lapse.place.clone(),
            };
            if !entry.reasons.contains(&reason) {
                entry.reasons.push(reason);
            }
            entry.status = entry.status.min(Status::Gaps);
        }
        entry
    }

    /// What the packet is about.
    pub fn subject(&self) -> Subject {
        Subject {
            kind: self.kind,
            fqdn: self.fqdn.clone(),
        }
    }
}

/// The entries, the weakest first: blocked before gaps before ready, and the more reasons the sooner.
pub(super) fn weakest_first(entries: &[IndexEntry]) -> Vec<&IndexEntry> {
    let mut sorted: Vec<&IndexEntry> = entries.iter().collect();
    sorted.sort_by_key(|entry| (entry.status, Reverse(entry.reasons.len()), *entry));
    sorted
}

/// How many packets of each status there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// Packets without a blank.
    pub ready: usize,
    /// Packets with a blank.
    pub gaps: usize,
    /// Packets with a step that cannot be carried out.
    pub blocked: usize,
}

impl Readiness {
    /// Counts the entries.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a IndexEntry>) -> Self {
        let mut counts = Self::default();
        for entry in entries {
            match entry.status {
                Status::Ready => counts.ready += 1,
                Status::Gaps => counts.gaps += 1,
                Status::Blocked => counts.blocked += 1,
            }
        }
        counts
    }

    /// All packets.
    pub fn total(self) -> usize {
        self.ready + self.gaps + self.blocked
    }
}

/// The index as scripts and layouts see it.
pub(super) fn data(entries: &[IndexEntry], cards: &[Card], estate: &Estate) -> IndexData {
    let counts = Readiness::of(entries);
    IndexData {
        schema: contract::INDEX_SCHEMA,
        tool: contract::TOOL,
        estate: EstateData::from(estate),
        readiness: ReadinessData::from(&counts),
        cards: cards.iter().map(CardData::from).collect(),
        packets: entries.iter().map(EntryData::from).collect(),
    }
}

impl From<&Readiness> for ReadinessData {
    fn from(counts: &Readiness) -> Self {
        Self {
            ready: counts.ready,
            gaps: counts.gaps,
            blocked: counts.blocked,
        }
    }
}

impl From<&IndexEntry> for EntryData {
    fn from(entry: &IndexEntry) -> Self {
        Self {
            kind: entry.kind.as_str(),
            fqdn: entry.fqdn.clone(),
            name: entry.name.clone(),
            title: entry.title.clone(),
            site: entry.site.clone(),
            role: entry.role.clone(),
            status: entry.status.as_str(),
            reasons: entry.reasons.iter().map(ReasonData::from).collect(),
            edition: entry.edition,
            issued: entry.issued.to_string(),
            fingerprint: entry.fingerprint.clone(),
            valid_until: entry.valid_until.as_ref().map(ValidData::from),
            exercised: entry.exercised.map(|day| day.to_string()),
            not_refreshed_since: entry.not_refreshed_since.clone(),
            scenarios: entry.scenarios.iter().map(ScenarioData::from).collect(),
            members: entry.members.clone(),
            path: entry.stem.clone(),
        }
    }
}

impl From<&IndexScenario> for ScenarioData {
    fn from(scenario: &IndexScenario) -> Self {
        Self {
            id: scenario.id.clone(),
            situation: scenario.situation.clone(),
        }
    }
}
