//! Ready, gaps or blocked, and why. `ready` is a promise: whatever a procedure rests on must be known and sound.

use crate::finding::{Finding, Severity, words};

use super::doubts::Doubts;
use super::model::{Packet, Procedure, Reason, Status, own_parts, procedures};
use super::summary;

/// Sets a packet's status, its reasons and what it says of them.
pub(super) fn settle(packet: &mut Packet, doubts: &Doubts) {
    let errors = packet.findings.iter();
    let errors = errors.filter(|finding| finding.severity == Severity::Error);
    let errors = errors.filter(|finding| !doubts.choice.contains(finding));
    let (blockers, others): (Vec<_>, Vec<_>) = errors.partition(|finding| finding.code.blocks());
    let mut reasons: Vec<Reason> = packet.no_procedure().map(said).into_iter().collect();
    reasons.extend(blockers.into_iter().map(of_finding));
    let is_blocked = !reasons.is_empty();
    reasons.extend(packet.unpublished().map(said));
    let errors = others.into_iter().map(of_finding);
    let blanks = blank_facts(packet).into_iter().chain(blank_steps(packet));
    let choice = doubts.choice.iter().map(decided_by);
    let doubtful = choice
        .chain(doubts.share.clone())
        .chain(doubts.declaring.clone())
        .chain(doubts.files.clone());
    for reason in errors.chain(doubtful).chain(blanks) {
        if !reasons.iter().any(|known| known.text == reason.text) {
            reasons.push(reason);
        }
    }
    packet.status = match (is_blocked, reasons.is_empty()) {
        (true, _) => Status::Blocked,
        (false, false) => Status::Gaps,
        (false, true) => Status::Ready,
    };
    packet.missing = summary::of(packet, doubts);
    packet.reasons = reasons;
}

fn decided_by(error: &Finding) -> Reason {
    Reason {
        text: format!(
            "a row that decides what this server or pool is holds an error: {}",
            error.message
        ),
        place: error.place.clone(),
    }
}

fn said(text: impl Into<String>) -> Reason {
    Reason {
        text: text.into(),
        place: None,
    }
}

fn of_finding(finding: &Finding) -> Reason {
    Reason {
        text: finding.message.clone(),
        place: finding.place.clone(),
    }
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
    for step in own_parts(packet).flat_map(Procedure::steps) {
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
