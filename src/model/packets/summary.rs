//! What keeps a packet from being ready, in ten words: what its first line says.

use std::collections::BTreeSet;

use crate::finding::{Finding, Severity, words};

use super::doubts::Doubts;
use super::model::{Packet, Procedure, procedures};

/// How many words there may be.
const WORDS: usize = 10;

/// Says what is missing, the worst first; empty where nothing is.
pub(super) fn of(packet: &Packet, doubts: &Doubts) -> String {
    let mut said = Vec::new();
    let mut count = 0;
    for part in parts(packet, doubts) {
        count += part.split_whitespace().count();
        if count > WORDS && !said.is_empty() {
            break;
        }
        said.push(part);
    }
    said.join("; ")
}

/// Everything that is missing, each thing in a few words, the worst first.
fn parts(packet: &Packet, doubts: &Doubts) -> Vec<String> {
    let errors = packet.findings.iter();
    let errors = errors.filter(|finding| finding.severity == Severity::Error);
    let errors = errors.filter(|finding| !doubts.choice.contains(finding));
    let (blockers, others): (Vec<_>, Vec<_>) = errors.partition(|finding| finding.code.blocks());
    let steps: Vec<_> = procedures(packet).flat_map(Procedure::steps).collect();
    let withheld = steps.iter().filter(|step| !step.gaps.is_empty()).count();
    let blanks = steps
        .iter()
        .filter(|step| !step.blanks.is_empty() && step.gaps.is_empty())
        .count();
    let facts = packet.facts.iter().flat_map(|group| &group.facts);
    let facts = facts
        .filter(|fact| fact.required && fact.value.is_none())
        .count();
    let counted = |count: usize, one: &str, several: &str| {
        (count > 0).then(|| words::count(count, one, several))
    };
    let parts = [
        packet.no_procedure(),
        packet.unpublished().map(str::to_owned),
        // Never cut off: nothing else of the packet shows it.
        doubts
            .share
            .is_some()
            .then(|| "`$Backup` is unknown".to_owned()),
        doubts
            .declaring
            .is_some()
            .then(|| "who may declare a restore is unknown".to_owned()),
        (!doubts.files.is_empty()).then(|| "a worksheet could not be read".to_owned()),
        codes(&blockers).map(|codes| format!("cannot be done as recorded ({codes})")),
        codes(&others).map(|codes| format!("an error in its rows ({codes})")),
        (!doubts.choice.is_empty()).then(|| "its procedure rests on a faulty row".to_owned()),
        counted(withheld, "command withheld", "commands withheld"),
        counted(facts, "fact blank", "facts blank"),
        counted(blanks, "step with a blank", "steps with blanks"),
    ];
    parts.into_iter().flatten().collect()
}

/// The code of the first, and how many others there are.
fn codes(findings: &[&Finding]) -> Option<String> {
    let codes: BTreeSet<&str> = findings.iter().map(|it| it.code.as_str()).collect();
    let first = codes.first()?;
    Some(match codes.len() {
        1 => (*first).to_owned(),
        count => format!("{first}, {} more", count - 1),
    })
}
