//! Worksheets that cannot be had retire nothing: what was read from them last time goes on standing.
//!
//! Entry point: [`Hold::of`], which compares what is read with what the manifest says was read last time. The missing
//! sheets are replaced by those that were kept, so that index, cards, restore order and cycle sheet stay whole; the
//! packets made from them are neither made again nor retired, and bear the day they were refreshed last. What is said of
//! each is in `told.rs`.

mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use crate::finding::{Code, Finding, Place};
use crate::packets::{Packet, SourceDigest};
use crate::publish::{
    self, IssuedBefore, Kind, Lack, Lost, Manifest, Now, PacketEntry, ReadEntry, SourceEntry,
};
use crate::rows::Fqdn;

use crate::topology::Topology;

use super::Options;
use super::choose::{self, Chosen};
use super::read::{self, Reading, Sheets};
use super::{Error, Result};

/// From how many packets on a loss may be a mistake.
const MANY: usize = 3;

/// Which part of all that stands a loss may be without being asked about: one fifth.
const PART: usize = 5;

/// What a run leaves as it is.
#[derive(Default)]
pub struct Hold {
    lost: Vec<Lost>,
    packets: BTreeMap<(Kind, String), PacketEntry>,
}

impl Hold {
    /// What of the last run's worksheets is missing, and the packets made from it. `is_meant` says that what is merely
    /// not there is meant to be gone.
    ///
    /// # Errors
    /// None that is known.
    pub fn of(standing: &IssuedBefore, reading: &Reading, is_meant: bool) -> Result<Self> {
        let Some(before) = &standing.manifest else {
            return Ok(Self::default());
        };
        let sources = read::sources(reading);
        let now = Now {
            sources: &sources,
            findings: &reading.findings,
        };
        let mut lost = publish::lost(before, now);
        if is_meant {
            lost.retain(|lost| lost.why == Lack::Unreadable);
        } else {
            lost = with(lost, publish::thinned(before, now));
            lost = with(lost, publish::emptied(before, now));
        }
        let mut hold = Self::from(before, lost);
        if !is_meant {
            let gone = hold.gone(before, reading)?;
            let unclear = unclear(before, now, reading, &gone)?;
            let known = mem::take(&mut hold.lost);
            hold = Self::from(before, with(known, unclear));
            let gone = hold.gone(before, reading)?;
            if is_sudden(before, &sources, &gone) {
                let more = publish::sudden(before, now, &gone);
                let known = mem::take(&mut hold.lost);
                hold = Self::from(before, with(known, more));
            }
        }
        Ok(hold)
    }

    fn from(before: &Manifest, lost: Vec<Lost>) -> Self {
        let mut packets = BTreeMap::new();
        for packet in &before.packets {
            if let Some(since) = since(packet, &lost) {
                let since = packet.not_refreshed_since.clone().unwrap_or(since);
                let entry = PacketEntry {
                    not_refreshed_since: Some(since),
                    ..packet.clone()
                };
                packets.insert((packet.kind, packet.fqdn.clone()), entry);
            }
        }
        Self { lost, packets }
    }

    /// The packets that stand, are not left as they are, and have no row any longer.
    fn gone<'a>(&self, before: &'a Manifest, reading: &Reading) -> Result<Vec<&'a PacketEntry>> {
        let rows = choose::choose(&reading.inventory, &[])?;
        let rows: BTreeSet<_> = rows.iter().map(Chosen::key).collect();
        let packets = before.packets.iter();
        let gone = packets.filter(|it| {
            !rows.contains(&(it.kind, it.fqdn.as_str())) && !self.holds(it.kind, &it.fqdn)
        });
        Ok(gone.collect())
    }

    /// Whether nothing is missing.
    pub fn is_empty(&self) -> bool {
        self.lost.is_empty()
    }

    /// Whether a packet is left as it is.
    pub fn holds(&self, kind: Kind, fqdn: &str) -> bool {
        self.packets.contains_key(&(kind, fqdn.to_owned()))
    }

    /// The packets that are left as they are, as they stand in the manifest.
    pub fn packets(&self) -> impl Iterator<Item = &PacketEntry> {
        self.packets.values()
    }

    /// The day a packet was refreshed last, where it was made from what was kept; `None` where all was read.
    pub fn since(&self, packet: &PacketEntry) -> Option<String> {
        since(packet, &self.lost)
    }

    /// Joins again, with the sheets that were kept in place of those that are missing.
    ///
    /// # Errors
    /// What was kept cannot be used; then nothing is issued at all.
    pub fn rejoin(
        &self,
        reading: &mut Reading,
        standing: &IssuedBefore,
        options: &Options,
    ) -> Result<()> {
        let kept = standing.state.estate().map_err(|error| {
            let first = self.findings().into_iter().next();
            let why = first.map(|it| it.message).unwrap_or_default();
            Error::system(format!(
                "nothing was issued: {why}; and what was kept of it cannot be used, for {error}"
            ))
            .help("mend the worksheet and build again; every packet stands as it was")
        })?;
        let mut sheets = mem::take(&mut reading.sheets);
        let troubles = reading.findings.iter().filter(|it| self.is_about(it));
        sheets.findings.extend(troubles.cloned());
        let secrets = kept.secrets.into_iter();
        sheets
            .findings
            .extend(secrets.filter(|it| self.is_in_lost(it)));
        for kept in kept.sheets.into_iter().chain(kept.others) {
            let (path, name) = kept.names();
            if !self.lost.iter().any(|lost| lost.covers(path, name)) {
                continue;
            }
            let Some(sheet) = kept.sheet() else { continue };
            match sheets.all.iter_mut().find(|it| it.place == sheet.place) {
                Some(there) => *there = sheet,
                None => sheets.all.push(sheet),
            }
        }
        sheets.all.sort_by(|a, b| a.place.path.cmp(&b.place.path));
        self.name_sources(&mut sheets, standing.manifest.as_ref());
        *reading = sheets.join(options)?;
        // What they held is known from the last run.
        let is_lost = |place: &Place| self.lost.iter().any(|lost| *lost.path == *place.path);
        reading.inventory.unread.retain(|place| !is_lost(place));
        reading.findings.extend(self.findings());
        options.weigh(&mut reading.findings);
        Ok(())
    }

    /// Whether a finding says why something is missing. In the sheets that were kept it is not found again.
    fn is_about(&self, finding: &Finding) -> bool {
        let place = finding.place.as_ref();
        let is_lost = |place: &Place| self.lost.iter().any(|lost| *lost.path == *place.path);
        let is_unusable = |place: &Place| {
            let mut lost = self.lost.iter();
            let is_it = |it: &Lost| matches!(it.why, Lack::Unusable | Lack::Renamed);
            lost.any(|it| is_it(it) && it.covers(&place.path, place.in_sheet()))
        };
        publish::is_trouble(finding) && place.is_some_and(is_lost)
            || publish::is_nameless(finding) && place.is_some_and(is_unusable)
    }

    /// Whether a finding points into a sheet that is missing. What was kept of it holds no secrets any longer.
    fn is_in_lost(&self, finding: &Finding) -> bool {
        let is_in = |place: &Place| {
            let mut lost = self.lost.iter();
            lost.any(|lost| lost.covers(&place.path, place.in_sheet()))
        };
        finding.place.as_ref().is_some_and(is_in)
    }

    /// Files that are missing as a whole are named as they were read last.
    fn name_sources(&self, sheets: &mut Sheets, before: Option<&Manifest>) {
        let is_lost = |source: &&SourceEntry| {
            let mut sheets = source.sheets.iter();
            let is_missing = |sheet: Option<&str>| {
                self.lost
                    .iter()
                    .any(|lost| lost.covers(&source.path, sheet))
            };
            is_missing(None) && source.sheets.is_empty()
                || !source.sheets.is_empty()
                    && sheets.all(|it| it.rows == 0 || is_missing(it.sheet.as_deref()))
        };
        for source in before
            .into_iter()
            .flat_map(|it| &it.sources)
            .filter(is_lost)
        {
            sheets.sources.retain(|it| it.path != source.path);
            sheets.sources.push(SourceDigest {
                path: source.path.clone(),
                sha256: source.sha256.clone(),
            });
        }
        sheets.sources.sort();
    }

    /// Marks the sources of which something is missing.
    pub fn mark(&self, sources: &mut [SourceEntry]) {
        for source in sources {
            let mut lost = self.lost.iter().filter(|it| it.path == source.path);
            source.not_refreshed_since = lost.next().map(|it| it.since.clone());
        }
    }
}

/// The sheets whose packets have no row, while rows stand there that may be theirs: their names cannot be used, or are those
/// of the packets but for their domain.
fn unclear(
    before: &Manifest,
    now: Now<'_>,
    reading: &Reading,
    gone: &[&PacketEntry],
) -> Result<Vec<Lost>> {
    let is_spoilt = |path: &str, sheet: Option<&str>| {
        let is_there = |place: &Place| *place.path == *path && place.in_sheet() == sheet;
        let mut tables = reading.worksheets.tables().iter();
        let mut findings = now.findings.iter();
        tables.any(|it| is_there(&it.place) && it.unusable() > 0)
            || findings
                .any(|it| it.code == Code::Duplicate && it.place.as_ref().is_some_and(is_there))
    };
    let spoilt = publish::of_gone(before, now, gone, Lack::Unusable, is_spoilt);
    let rows = choose::choose(&reading.inventory, &[])?;
    let stands = |key: &(Kind, &str)| {
        let mut packets = before.packets.iter();
        packets.any(|it| (it.kind, it.fqdn.as_str()) == *key)
    };
    let short = |fqdn: &str| fqdn.split('.').next().unwrap_or_default().to_owned();
    let new = rows.iter().map(Chosen::key).filter(|key| !stands(key));
    let new: BTreeSet<(Kind, String)> = new.map(|(kind, fqdn)| (kind, short(fqdn))).collect();
    let renamed = gone.iter().copied();
    let renamed = renamed.filter(|it| new.contains(&(it.kind, short(&it.fqdn))));
    let renamed: Vec<&PacketEntry> = renamed.collect();
    let renamed = publish::of_gone(before, now, &renamed, Lack::Renamed, |_, _| true);
    Ok(with(spoilt, renamed))
}

/// The day a packet was refreshed last, if a sheet it was made from is missing. Of a packet of an older manifest
/// nobody knows what it was made from.
fn since(packet: &PacketEntry, lost: &[Lost]) -> Option<String> {
    let is_read = |lost: &&Lost| {
        let mut read = packet.read.iter();
        packet.read.is_empty() || read.any(|it| lost.covers(&it.path, it.sheet.as_deref()))
    };
    let days = lost.iter().filter(is_read).map(|it| it.since.clone());
    days.min()
}

/// Whether so much is gone at once that it may be a mistake: of all rows, or of the servers or the pools alone, since
/// a short sheet can lose half of its rows and the whole hardly any.
fn is_sudden(before: &Manifest, now: &[SourceEntry], gone: &[&PacketEntry]) -> bool {
    let (had, has) = (publish::rows(&before.sources), publish::rows(now));
    let is_large = |lost: usize, all: usize| lost * PART > all;
    let of_kind = |kind: Kind| {
        let is_of_kind = |packet: &&PacketEntry| packet.kind == kind;
        let lost = gone.iter().copied().filter(is_of_kind).count();
        is_large(lost, before.packets.iter().filter(is_of_kind).count())
    };
    gone.len() >= MANY
        && (of_kind(Kind::Server) || of_kind(Kind::Pool) || is_large(had.saturating_sub(has), had))
}

/// Both lists, without sheets that stand in the first.
fn with(mut known: Vec<Lost>, more: Vec<Lost>) -> Vec<Lost> {
    for lost in more {
        let is_same = |it: &Lost| it.path == lost.path && it.sheet == lost.sheet;
        if !known.iter().any(is_same) {
            known.push(lost);
        }
    }
    known.sort_by(|a, b| {
        let key = |it: &Lost| {
            let sheet = it.sheet.as_ref();
            let names = sheet.map(|it| (it.sheet.clone(), it.kind.clone()));
            (it.path.clone(), names)
        };
        key(a).cmp(&key(b))
    });
    known
}

/// The sheets a packet was made from: those its facts, its people and its members stand in.
pub fn read(packet: &Packet, topology: &Topology<'_>) -> Vec<ReadEntry> {
    let members = packet.members.iter().filter_map(|member| {
        let server = topology.server(&Fqdn::parse(&member.fqdn).ok()?)?;
        Some(&server.name.place)
    });
    let facts = packet.facts.iter().flat_map(|group| &group.facts);
    let people = packet.people.iter();
    let people = people.flat_map(|it| [&it.responsibility, &it.name]);
    let facts = facts.chain(&packet.control).chain(people);
    let places = facts.filter_map(|fact| fact.place.as_ref()).chain(members);
    let sheets = places.map(|place| ReadEntry {
        path: place.path.to_string(),
        sheet: place.in_sheet().map(str::to_owned),
    });
    sheets.collect::<BTreeSet<_>>().into_iter().collect()
}
