//! Holds what a packet marks as missing against what is said of it: every gap has a finding where it would be filled.

use restore_packets::finding::{Finding, Gap, Place, Severity};
use restore_packets::packets::{Packet, Procedure};

/// What a packet lacks without a finding, given those of reading, of the rules and of assembling it.
pub fn unsaid(packet: &Packet, findings: &[Finding], raised: &[Finding]) -> Vec<String> {
    let raised = findings.iter().chain(raised);
    let all: Vec<&Finding> = raised.filter(|it| it.severity != Severity::Info).collect();
    let is_about = || all.iter().any(|it| it.about.contains(&packet.subject));
    let is_said = |place: Option<&Place>, heading: Option<&str>| match (place, heading) {
        (Some(place), Some(heading)) => all.iter().any(|it| fills(it, place, heading)),
        (Some(place), None) => all.iter().any(|it| it.place.as_ref() == Some(place)) || is_about(),
        (None, _) => is_about(),
    };
    let facts = packet.facts.iter().flat_map(|group| &group.facts);
    let facts = facts.filter(|fact| fact.required && fact.value.is_none());
    let facts = facts.map(|fact| match &fact.place {
        Some(place) => (Some(place.clone()), Some(fact.name.clone())),
        None => (fact.asked_by.clone(), None),
    });
    let general = |id: &str| ["gather", "prepare"].contains(&id);
    let own = packet.procedures.iter().chain([&packet.checks]);
    let own = own.filter(|part| !general(&part.whole));
    let common = [&packet.gather, &packet.prepare];
    let blanks = own.clone().flat_map(Procedure::steps);
    let blanks = blanks.flat_map(|step| &step.blanks);
    let withheld = own.chain(common).flat_map(Procedure::steps);
    let withheld = withheld.flat_map(|step| &step.gaps);
    let gaps = withheld.chain(blanks);
    let gaps = gaps.map(|gap: &Gap| (gap.place.clone(), gap.column.clone()));
    let lacks = facts.chain(gaps);
    lacks
        .filter(|(place, heading)| !is_said(place.as_ref(), heading.as_deref()))
        .map(|(place, heading)| {
            let place = place.map(|place| place.short());
            format!("{}: {heading:?} at {place:?}", packet.title)
        })
        .collect()
}

/// Whether a finding stands at a cell or its row, or names a heading that the sheet lacks.
fn fills(finding: &Finding, place: &Place, heading: &str) -> bool {
    let Some(at) = &finding.place else {
        return false;
    };
    if place.at_column().is_some() {
        return at == place || *at == place.whole_row();
    }
    *at == *place
        || at.whole_sheet() == place.whole_sheet()
            && finding.message.contains(&format!("`{heading}`"))
}
