//! Execution records: written once beside the packets, named by manifest and ledger, and never replaced.
//!
//! Entry point: [`OutputFolder::record`].

use std::collections::BTreeMap;

use super::{
    Edition, Event, FileEntry, Files, IssuedBefore, Kind, LEDGER, Ledger, Manifest, OutputFolder,
    PublishError, RecordEntry, Report,
};
use crate::packets::Exercise;

/// The folder of the records.
pub const RECORDS: &str = "records";

impl Ledger {
    /// The files of all records, oldest first.
    pub fn records(&self) -> Vec<FileEntry> {
        let records = self.entries().iter().filter_map(|it| it.record.as_ref());
        records.flat_map(|it| it.files.clone()).collect()
    }

    /// The last exercise of each packet, whatever edition it was of.
    pub fn exercises(&self) -> BTreeMap<(Kind, String), Exercise> {
        let mut last: BTreeMap<_, Exercise> = BTreeMap::new();
        for entry in self
            .entries()
            .iter()
            .filter(|it| it.event == Event::Drilled)
        {
            let record = entry.record.as_ref();
            let Some((record, date)) = record.and_then(|it| Some((it, it.day.parse().ok()?)))
            else {
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

    /// Whether a checklist was recorded already, as the same kind of run.
    pub fn has_record(&self, event: Event, checklist: &str) -> Option<&RecordEntry> {
        let of_kind = self.entries().iter().filter(|it| it.event == event);
        let mut records = of_kind.filter_map(|it| it.record.as_ref());
        records.find(|it| it.checklist == checklist)
    }
}

impl Manifest {
    /// Names the records of a ledger, and those that a lost ledger no longer knows.
    pub fn name_records(&mut self, previous: Option<&Self>, ledger: &Ledger) {
        let known = previous.into_iter().flat_map(|it| it.records.clone());
        let all = known.chain(ledger.records());
        let by_path: BTreeMap<String, FileEntry> =
            all.map(|file| (file.path.clone(), file)).collect();
        self.records = by_path.into_values().collect();
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
