//! What a packet rests on, cell by cell, so that messages can say what mending a cell gains.

use std::collections::BTreeMap;

use crate::finding::{Concern, Place, Severity};

use super::model::{Packet, Procedure, procedures};

/// The cells a packet waits for, with the commands each withholds, and those its warnings and errors stand at.
pub fn concerns(packet: &Packet) -> Vec<Concern> {
    let mut commands: BTreeMap<&Place, usize> = BTreeMap::new();
    for step in procedures(packet).flat_map(Procedure::steps) {
        for place in step.gaps.iter().filter_map(|gap| gap.place.as_ref()) {
            *commands.entry(place).or_default() += 1;
        }
    }
    let troubles = packet.findings.iter();
    let troubles = troubles.filter(|finding| finding.severity != Severity::Info);
    for place in troubles.filter_map(|finding| finding.place.as_ref()) {
        commands.entry(place).or_default();
    }
    let concern = |(place, commands): (&Place, usize)| Concern {
        place: place.clone(),
        packet: packet.subject.clone(),
        commands,
    };
    commands.into_iter().map(concern).collect()
}
