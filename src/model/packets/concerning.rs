//! Findings by what they concern: the rows they point into, and the servers and pools they name.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Place, Subject};

use super::estate::ValidUntil;
use super::facts;
use super::model::{Packet, Status};

/// Findings, to be asked for those that concern a packet.
#[derive(Debug, Default)]
pub struct Concerning<'a> {
    by_row: BTreeMap<Place, Vec<&'a Finding>>,
    by_subject: BTreeMap<&'a Subject, Vec<&'a Finding>>,
}

impl<'a> Concerning<'a> {
    /// Those that hold on any day: what packets may say.
    pub fn always(findings: &'a [Finding]) -> Self {
        Self::of(findings.iter().filter(|it| it.as_of.is_none()))
    }

    /// Those that hang on the day: what is said beside the packets.
    pub fn on_the_day(findings: &'a [Finding]) -> Self {
        Self::of(findings.iter().filter(|it| it.as_of.is_some()))
    }

    fn of(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut all = Self::default();
        for finding in findings {
            let place = finding.place.as_ref();
            if let Some(place) = place.filter(|place| place.at_row().is_some()) {
                all.by_row
                    .entry(place.whole_row())
                    .or_default()
                    .push(finding);
            }
            for subject in &finding.about {
                all.by_subject.entry(subject).or_default().push(finding);
            }
        }
        all
    }

    /// Those that point into one of the rows, each once.
    pub fn at<'b>(
        &'b self,
        rows: impl IntoIterator<Item = &'b Place>,
    ) -> impl Iterator<Item = &'a Finding> {
        let by_row = rows.into_iter().filter_map(|row| self.by_row.get(row));
        by_row.flatten().copied()
    }

    /// Those that say that something the packet relies on is over.
    pub fn lapses<'b>(
        &'b self,
        subject: &Subject,
        rows: impl IntoIterator<Item = &'b Place>,
    ) -> impl Iterator<Item = &'a Finding> {
        self.of_packet(subject, rows)
            .filter(|it| it.code.is_lapse())
    }

    /// Those that point into one of the rows, or name the subject; one that does both comes twice.
    pub fn of_packet<'b>(
        &'b self,
        subject: &Subject,
        rows: impl IntoIterator<Item = &'b Place>,
    ) -> impl Iterator<Item = &'a Finding> {
        let by_subject = self.by_subject.get(subject).into_iter();
        self.at(rows).chain(by_subject.flatten().copied())
    }
}

impl Packet {
    /// The rows of everything the packet relies on: its facts, what its procedures were chosen by, and what expires.
    pub fn rows(&self) -> BTreeSet<Place> {
        let facts = self.facts.iter().flat_map(|group| &group.facts);
        let mut rows = facts::rows(facts.chain(&self.control));
        let because = self.chooser.iter().flat_map(|choice| &choice.because);
        rows.extend(because.map(|it| it.place.whole_row()));
        rows.extend(self.expiries.iter().map(|it| it.place.whole_row()));
        rows
    }

    /// What it is on a day: printed as ready, it has gaps once something it relies on is over.
    pub fn status_on(&self, day: &Concerning<'_>) -> Status {
        let rows = self.rows();
        match day.lapses(&self.subject, &rows).next() {
            Some(_) => self.status.min(Status::Gaps),
            None => self.status,
        }
    }

    /// What ends that it is ready; `None` where nothing does, or it is not ready.
    pub fn ready_until(&self) -> Option<&ValidUntil> {
        let ends = self.ends.as_ref();
        ends.filter(|_| self.status == Status::Ready)
    }
}
