//! Ready, gaps or blocked, and why.

use crate::finding::Severity;

use super::model::{Packet, Procedure, Reason, Status};

/// Sets a packet's status and its reasons.
pub(super) fn settle(packet: &mut Packet) {
    let blockers = packet
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error && finding.code.blocks())
        .map(|finding| Reason {
            text: finding.message.clone(),
            place: finding.place.clone(),
        });
    let mut reasons: Vec<Reason> = blockers.collect();
    packet.status = if reasons.is_empty() {
        Status::Ready
    } else {
        Status::Blocked
    };
    let blanks = blank_facts(packet)
        .chain(withheld(packet))
        .collect::<Vec<_>>();
    if packet.status == Status::Ready && !blanks.is_empty() {
        packet.status = Status::Gaps;
    }
    for reason in blanks {
        if !reasons.iter().any(|known| known.text == reason.text) {
            reasons.push(reason);
        }
    }
    packet.reasons = reasons;
}

fn blank_facts(packet: &Packet) -> impl Iterator<Item = Reason> {
    packet.facts.iter().flat_map(|group| {
        let blank = group
            .facts
            .iter()
            .filter(|fact| fact.required && fact.value.is_none());
        blank.map(|fact| Reason {
            text: format!("`{}` is blank ({})", fact.name, group.title),
            place: fact.place.clone(),
        })
    })
}

/// Commands that were withheld: one line for each thing that is missing, with the steps it is missing in.
fn withheld(packet: &Packet) -> impl Iterator<Item = Reason> {
    let mut missing: Vec<(String, Vec<String>)> = Vec::new();
    for step in procedures(packet).flat_map(Procedure::steps) {
        for gap in &step.gaps {
            match missing.iter_mut().find(|(cure, _)| *cure == gap.cure) {
                Some((_, steps)) => steps.push(step.number.clone()),
                None => missing.push((gap.cure.clone(), vec![step.number.clone()])),
            }
        }
    }
    missing.into_iter().map(|(cure, steps)| Reason {
        text: format!(
            "{} {} withheld: {cure}",
            if steps.len() == 1 {
                "the command of step"
            } else {
                "the commands of steps"
            },
            named(&steps)
        ),
        place: None,
    })
}

/// "3.1 is", "3.1 and 3.4 are".
fn named(steps: &[String]) -> String {
    let verb = if steps.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", crate::finding::words::list(steps))
}

/// All parts with steps, in the packet's order.
pub(super) fn procedures(packet: &Packet) -> impl Iterator<Item = &Procedure> {
    let common = [&packet.gather, &packet.prepare];
    common
        .into_iter()
        .chain(&packet.procedures)
        .chain([&packet.checks])
}
