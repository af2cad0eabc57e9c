//! What changed since a day or an edition, over as many runs as there were since.
//!
//! Entry point: [`since`]. What each edition said is on file; what a backup cycle said is not, so that the cycle sheet is
//! printed again whenever the question reaches back before the last run.

use std::collections::BTreeSet;

use crate::editions::{ChangeKind, Changes, PacketChange, Reprint};
use crate::publish::{Edition, Event, IssuedBefore, Kind, Manifest, PacketEntry, Page};

use super::{answer, paper};

/// Since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// What was valid on this day, ISO 8601.
    Day(String),
    /// Each packet's edition of this number.
    Edition(u32),
}

/// Everything that stands, against what stood then.
pub fn since(standing: &IssuedBefore, since: &Since) -> Changes {
    let Some(manifest) = &standing.manifest else {
        return Changes::default();
    };
    let packets = manifest.packets.iter();
    let changed: Vec<PacketChange> = packets
        .filter_map(|packet| change(standing, packet, since))
        .collect();
    let mut changes = Changes {
        as_of: manifest.as_of.clone(),
        against: Some(match since {
            Since::Day(day) => day.clone(),
            Since::Edition(number) => format!("edition {number}"),
        }),
        unchanged: manifest.packets.len() - changed.len(),
        packets: changed,
        ..Changes::default()
    };
    changes.packets.extend(retired(standing, since));
    changes.sort();
    changes.reprint = reprint(manifest, &changes, since);
    changes
}

/// What became of a packet that stands; `None` where it is as it was.
fn change(standing: &IssuedBefore, packet: &PacketEntry, since: &Since) -> Option<PacketChange> {
    let now = &standing.ledger.last(packet.kind, &packet.fqdn)?.edition;
    let then = then(standing, (packet.kind, &packet.fqdn), since);
    let (change, differences) = match then {
        Some(then) if then.fingerprint == packet.fingerprint => return None,
        Some(then) => (ChangeKind::Changed, answer::between(standing, then, now)),
        None => (ChangeKind::New, Some(Vec::new())),
    };
    Some(PacketChange {
        kind: packet.kind.as_str().to_owned(),
        fqdn: packet.fqdn.clone(),
        change,
        edition: packet.edition,
        fingerprint: packet.fingerprint.clone(),
        differences,
    })
}

/// The edition that stood then.
fn then<'a>(
    standing: &'a IssuedBefore,
    (kind, fqdn): (Kind, &str),
    since: &Since,
) -> Option<&'a Edition> {
    match since {
        Since::Day(day) => answer::valid_on(standing, kind, fqdn, day),
        Since::Edition(number) => {
            let entries = standing.ledger.entries().iter().map(|it| &it.edition);
            let of_packet = entries.filter(|it| it.kind == kind && it.fqdn == fqdn);
            let until = of_packet.filter(|it| it.edition <= *number);
            until.max_by_key(|it| it.edition)
        }
    }
}

/// Packets that stood then and were retired since. An edition's number says nothing of when that was.
fn retired(standing: &IssuedBefore, since: &Since) -> Vec<PacketChange> {
    let Since::Day(day) = since else {
        return Vec::new();
    };
    let entries = standing.ledger.entries().iter();
    let names: BTreeSet<_> = entries
        .map(|it| (it.edition.kind, it.edition.fqdn.as_str()))
        .collect();
    let gone = names.into_iter().filter_map(|(kind, fqdn)| {
        let last = standing.ledger.last(kind, fqdn)?;
        let stood = answer::valid_on(standing, kind, fqdn, day).is_some();
        (last.event == Event::Retired && stood).then_some(&last.edition)
    });
    gone.map(super::refresh::retirement).collect()
}

/// What to print again.
fn reprint(manifest: &Manifest, changes: &Changes, since: &Since) -> Vec<Reprint> {
    let fresh = |kind: Kind, fqdn: &str| {
        let mut packets = changes.packets.iter();
        packets.any(|it| it.kind == kind.as_str() && it.fqdn == fqdn)
    };
    let is_before = match since {
        Since::Day(day) => *day < manifest.as_of,
        Since::Edition(_) => !changes.packets.is_empty(),
    };
    let again = paper::pages(manifest)
        .into_iter()
        .filter_map(|(page, path)| {
            let what = match &page {
                Page::Packet { kind, fqdn, .. } if fresh(*kind, fqdn) => page.name(),
                Page::Cycle { .. } if is_before => page.name(),
                _ => return None,
            };
            Some(Reprint {
                what,
                path,
                pages: None,
            })
        });
    again.collect()
}
