//! What a day makes of packets that stand: their entries in the manifest say it, their files do not.

use std::collections::BTreeMap;

use crate::packets::Concerning;
use crate::publish::{FindingEntry, PacketEntry};
use crate::render::IndexEntry;

/// Sets status and findings of each entry to what they are on the day. `index` holds the packets as printed; an entry
/// without a line there stays as it was.
pub fn judge(packets: &mut [PacketEntry], index: &[IndexEntry], day: &Concerning<'_>) {
    let lines = index
        .iter()
        .map(|it| ((it.kind.into(), it.fqdn.as_str()), it));
    let lines: BTreeMap<_, _> = lines.collect();
    for entry in packets {
        let Some(line) = lines.get(&(entry.kind, entry.fqdn.as_str())) else {
            continue;
        };
        entry.status = line.on(day).status.into();
        entry.findings.retain(|it| it.as_of.is_none());
        for finding in day.of_packet(&line.subject(), &line.rows) {
            let finding = FindingEntry::of(finding);
            if !entry.findings.contains(&finding) {
                entry.findings.push(finding);
            }
        }
    }
}
