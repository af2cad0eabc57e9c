//! As it was: a packet whose draft is that of the last run is not made again.
//!
//! Entry points: [`LastLines::of`], what the last run said of each packet, then [`LastLines::packet`]. A draft is what the
//! worksheets say of a packet; its digest stands among the keys of the run that made it. What follows from it (procedures,
//! findings, status, edition, files) is then the same, and is taken from manifest, ledger and state.

use std::collections::BTreeMap;

use crate::editions::Content;
use crate::finding::{Code, Concern, Finding, Subject};
use crate::packets::FactGroup;
use crate::publish::{Event, Kind, LastRun};
use crate::render::IndexEntry;

use super::choose::Chosen;
use super::made::{Made, Outcome, RenderedPacket};
use super::refresh::IssuedPacket;
use super::run::Run;

/// What the last run said of each packet.
#[derive(Default)]
pub struct LastLines(BTreeMap<(Kind, String), Lines>);

/// What it said of one.
#[derive(Clone, Default)]
struct Lines {
    index: Option<IndexEntry>,
    raised: Vec<Finding>,
    concerns: Vec<Concern>,
}

impl LastLines {
    /// Of the run before this one; nothing where either made some of the packets only.
    pub fn of(run: &Run<'_>) -> Self {
        let is_whole = run.options.only.is_empty() && run.hold.is_empty();
        let last = is_whole.then(|| run.standing.state.last_run()).flatten();
        let Some(LastRun {
            inputs: Some(_),
            index,
            findings,
            costs,
        }) = last
        else {
            return Self::default();
        };
        let mut lines = Self::default();
        for entry in index {
            let subject = entry.subject();
            lines.at(&subject).index = Some(entry);
        }
        for concern in costs {
            let of = lines.at(&concern.packet.clone());
            of.concerns.push(concern);
        }
        let mut unclear = Vec::new();
        for finding in findings {
            match finding.about.as_slice() {
                [subject] if finding.code != Code::UnrenderedPacket => {
                    lines.at(&subject.clone()).raised.push(finding);
                }
                // Nobody could tell in whose making it was raised.
                [] => return Self::default(),
                subjects => unclear.extend(subjects.to_vec()),
            }
        }
        for subject in unclear {
            lines.at(&subject).index = None;
        }
        lines
    }

    fn at(&mut self, subject: &Subject) -> &mut Lines {
        let key = (subject.kind.into(), subject.fqdn.clone());
        self.0.entry(key).or_default()
    }

    /// A packet that is as it was, if its draft has this digest. `facts` are those of its draft.
    pub fn packet(
        &self,
        run: &Run<'_>,
        chosen: &Chosen<'_>,
        digest: &str,
        facts: impl FnOnce() -> Vec<FactGroup>,
    ) -> Option<Made> {
        let (kind, fqdn) = chosen.key();
        let lines = self.0.get(&(kind, fqdn.to_owned()))?;
        let index = lines.index.clone()?;
        let exercise = run.editions.exercise_of(kind, fqdn);
        let mut key = run.reuse.of_draft(kind, fqdn, digest, exercise)?;
        let (files, data) = run.reuse.files(kind, fqdn, &key).ok()?;
        key.data = Some(data);
        let mut entry = run.reuse.packet(kind, fqdn)?.clone();
        entry.files = files;
        let last = run.standing.ledger.last(kind, fqdn)?;
        let edition = &last.edition;
        let stands = last.event != Event::Retired
            && (edition.edition, &edition.fingerprint) == (entry.edition, &entry.fingerprint)
            && run.standing.state.has_edition(&entry.fingerprint);
        let packet = RenderedPacket {
            files: Vec::new(),
            index,
            routine: (entry.title.clone(), Content::routine(&facts())),
            issued: IssuedPacket {
                kind,
                fqdn: fqdn.to_owned(),
                edition: edition.clone(),
                change: None,
            },
            key,
            entry,
            why: None,
            finding: None,
        };
        stands.then(|| Made {
            outcome: Outcome::Rendered(Box::new(packet)),
            findings: lines.raised.clone(),
            concerns: lines.concerns.clone(),
            was: true,
        })
    }
}
