//! Ready, gaps or blocked, and why.

use crate::finding::{Severity, words};

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
    let mut blanks = blank_facts(packet);
    blanks.extend(blank_steps(packet));
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

/// Required facts that are blank: one line each with its cell; those of a group no worksheet has a row for
/// in one line.
fn blank_facts(packet: &Packet) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for group in &packet.facts {
        let blank = group
            .facts
            .iter()
            .filter(|fact| fact.required && fact.value.is_none());
        let (placed, absent): (Vec<_>, Vec<_>) = blank.partition(|fact| fact.place.is_some());
        reasons.extend(placed.into_iter().map(|fact| Reason {
            text: format!("`{}` is blank ({})", fact.name, group.title),
            place: fact.place.clone(),
        }));
        if !absent.is_empty() {
            let verb = if absent.len() == 1 { "is" } else { "are" };
            let names = words::quoted(absent.iter().map(|fact| fact.name.as_str()));
            reasons.push(Reason {
                text: format!("{names} {verb} blank ({})", group.title),
                place: None,
            });
        }
    }
    reasons
}

/// Something that is missing from steps.
struct Missing<'a> {
    cure: &'a str,
    steps: Vec<&'a str>,
}

impl<'a> Missing<'a> {
    /// Adds a step to what it misses.
    fn add(all: &mut Vec<Self>, cure: &'a str, step: &'a str) {
        match all.iter_mut().find(|missing| missing.cure == cure) {
            Some(known) if known.steps.contains(&step) => {}
            Some(known) => known.steps.push(step),
            None => all.push(Self {
                cure,
                steps: vec![step],
            }),
        }
    }

    fn reason(&self, one: &str, several: &str) -> Reason {
        let steps = words::list(&self.steps);
        let pattern = if self.steps.len() == 1 { one } else { several };
        Reason {
            text: format!("{}: {}", pattern.replace("{}", &steps), self.cure),
            place: None,
        }
    }
}

/// What steps miss, one line for each cure: first what withholds commands, then other blanks of the
/// procedures and checks, such as an unknown computer to type a command on. Blanks of the general parts are
/// facts, and only required facts count.
fn blank_steps(packet: &Packet) -> Vec<Reason> {
    let mut withheld: Vec<Missing<'_>> = Vec::new();
    for step in procedures(packet).flat_map(Procedure::steps) {
        for gap in &step.gaps {
            Missing::add(&mut withheld, &gap.cure, &step.number);
        }
    }
    let mut blank: Vec<Missing<'_>> = Vec::new();
    let own = packet.procedures.iter().chain([&packet.checks]);
    for step in own.flat_map(Procedure::steps) {
        for gap in &step.blanks {
            if !withheld.iter().any(|known| known.cure == gap.cure) {
                Missing::add(&mut blank, &gap.cure, &step.number);
            }
        }
    }
    let withheld = withheld.iter().map(|missing| {
        missing.reason(
            "The command of step {} is withheld",
            "The commands of steps {} are withheld",
        )
    });
    let blank = blank
        .iter()
        .map(|missing| missing.reason("Step {} has a blank", "Steps {} have a blank"));
    withheld.chain(blank).collect()
}

/// All parts with steps, in the packet's order.
pub fn procedures(packet: &Packet) -> impl Iterator<Item = &Procedure> {
    let common = [&packet.gather, &packet.prepare];
    common
        .into_iter()
        .chain(&packet.procedures)
        .chain([&packet.checks])
}
