//! Execution records: written once beside the packets, named by manifest and ledger, and never replaced.
//!
//! Entry point: [`OutputFolder::record`].

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Edition, Event, FileEntry, Files, IssuedBefore, Kind, LEDGER, Ledger, LedgerEntry, Manifest,
    OutputFolder, PublishError, RecordEntry, Report,
};
use crate::packets::Exercise;

/// The folder of the records.
pub const RECORDS: &str = "records";

impl Ledger {
    /// The records that were not withdrawn, each with its line, oldest first.
    pub fn recorded(&self) -> impl Iterator<Item = (&LedgerEntry, &RecordEntry)> {
        let lines = self.entries().iter();
        let lines = lines.filter(|it| self.withdrawal(it.seq).is_none());
        lines.filter_map(|it| Some((it, it.record.as_ref()?)))
    }

    /// The last exercise of each packet, whatever edition it was of.
    pub fn exercises(&self) -> BTreeMap<(Kind, String), Exercise> {
        let mut last: BTreeMap<_, Exercise> = BTreeMap::new();
        let drilled = self.recorded().filter(|it| it.0.event == Event::Drilled);
        for (entry, record) in drilled {
            let Some(date) = record.day.parse().ok() else {
                continue;
            };
            let key = (entry.edition.kind, entry.edition.fqdn.clone());
            // An exercise may be recorded after a later one.
            if last.get(&key).is_none_or(|known| known.date <= date) {
                last.insert(key, Exercise::new(date, &record.by));
            }
        }
        last
    }

    /// The record of a checklist, whatever kind of run it was recorded as.
    pub fn record_of(&self, checklist: &str) -> Option<(&LedgerEntry, &RecordEntry)> {
        self.recorded().find(|it| it.1.checklist == checklist)
    }
}

impl Manifest {
    /// Names the records of a ledger, and those that a lost ledger no longer knows; none that was withdrawn.
    pub fn name_records(&mut self, previous: Option<&Self>, ledger: &Ledger) {
        let lines = ledger.entries().iter();
        let withdrawn = lines.filter(|it| ledger.withdrawal(it.seq).is_some());
        let withdrawn = withdrawn.filter_map(|it| it.record.as_ref());
        let withdrawn: BTreeSet<&str> = withdrawn
            .flat_map(|it| &it.files)
            .map(|file| file.path.as_str())
            .collect();
        let known = previous.into_iter().flat_map(|it| &it.records);
        let known = known.filter(|file| !withdrawn.contains(file.path.as_str()));
        let recorded = ledger.recorded().flat_map(|it| &it.1.files);
        let by_path: BTreeMap<&str, &FileEntry> = known
            .chain(recorded)
            .map(|file| (file.path.as_str(), file))
            .collect();
        self.records = by_path.into_values().cloned().collect();
    }
}

impl OutputFolder {
    /// Writes a record and its line in the ledger. Nothing else is touched but the manifest.
    ///
    /// # Errors
    /// When the disk refuses; then nothing was written.
    pub fn record(
        &self,
        standing: &IssuedBefore,
        (event, edition): (Event, &Edition),
        record: RecordEntry,
        files: Files,
    ) -> Result<Report, PublishError> {
        let previous = standing.manifest.as_ref();
        let mut ledger = standing.ledger.clone();
        ledger.append_record(event, edition.clone(), record)?;
        let mut manifest = previous
            .cloned()
            .ok_or_else(|| PublishError::Lost(LEDGER.into()))?;
        manifest.name_records(previous, &ledger);
        self.amend(standing, &ledger, manifest, files)
    }

    /// Takes a record back: the ledger says so, and its files are kept aside.
    ///
    /// # Errors
    /// When the disk refuses; then nothing was written.
    pub fn withdraw(
        &self,
        standing: &IssuedBefore,
        record: u64,
        day: &str,
    ) -> Result<Report, PublishError> {
        let previous = standing.manifest.as_ref();
        let mut ledger = standing.ledger.clone();
        ledger.append_withdrawal(record, day.to_owned())?;
        let mut manifest = previous
            .cloned()
            .ok_or_else(|| PublishError::Lost(LEDGER.into()))?;
        manifest.name_records(previous, &ledger);
        self.amend(standing, &ledger, manifest, Files::new())
    }

    /// Publishes a ledger that grew, with what its new lines name.
    ///
    /// # Errors
    /// When the disk refuses; then nothing was written.
    pub(super) fn amend(
        &self,
        standing: &IssuedBefore,
        ledger: &Ledger,
        mut manifest: Manifest,
        mut files: Files,
    ) -> Result<Report, PublishError> {
        files.insert(LEDGER, ledger.to_bytes())?;
        manifest.ledger = Some(ledger.head());
        self.publish(&files, &manifest, standing.manifest.as_ref())
    }
}
