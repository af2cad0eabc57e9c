//! What cannot be taken back is not done while it is not certain what a server is.

use crate::finding::{Finding, Gap, Severity};

use super::model::Packet;

/// Withholds the commands after which there is no way back, if an error says that the worksheets contradict each other about
/// what the subject is: one of the procedures would delete what it finds on the wrong computer.
pub(super) fn withhold(packet: &mut Packet) {
    let is_doubt = |it: &&Finding| it.severity == Severity::Error && it.code.doubts_identity();
    let Some(finding) = packet.findings.iter().find(is_doubt) else {
        return;
    };
    let gap = Gap::new(
        "certainty about what this is",
        format!("settle this first: {}", finding.message),
    );
    let gap = match &finding.place {
        Some(place) => gap.at(place),
        None => gap,
    };
    let sections = packet
        .procedures
        .iter_mut()
        .flat_map(|part| &mut part.sections);
    let steps = sections.flat_map(|section| &mut section.steps);
    for step in steps.filter(|it| it.point_of_no_return && it.command.is_some()) {
        step.command = None;
        step.gaps.push(gap.clone());
    }
}
