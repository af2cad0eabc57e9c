//! Judges what a run said against the truth.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use restore_packets::finding::{Finding, Place};

use crate::run::{Outcome, Printed, Said};
use crate::slip::{Made, Slip};

/// What is wrong with a run, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A command that the truth does not have, and no finding at the slip.
    WrongCommand,
    /// A READY packet with other procedures than the truth, whatever is found.
    WrongProcedure,
    /// A READY packet that lacks a command, and no finding at the slip.
    LackingCommand,
    /// A fact that the truth does not have, and no finding at the slip.
    WrongFact,
    /// A packet for nothing, and no finding at the slip; or a READY one, whatever is found.
    PhantomPacket,
    /// A packet is gone, and no finding at the slip.
    LostPacket,
    /// The meaning is the same and yet something changed.
    Harm,
    /// The meaning is the same and yet something was found.
    FalseAlarm,
}

/// A fault, and what shows it.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub fault: Fault,
    pub example: String,
}

/// The worst fault of a run, if it has one.
pub fn judge(slip: &Slip, made: &Made, clean: &Outcome, found: &Outcome) -> Option<Verdict> {
    let told = told(made, &found.findings);
    let mut verdicts = Vec::new();
    let mut fault = |fault, example: String| verdicts.push(Verdict { fault, example });
    if made.harmless {
        if let Some(example) = harm(slip, made, clean, found) {
            fault(Fault::Harm, example);
        } else if let Some(alarm) = found.findings.first() {
            fault(Fault::FalseAlarm, shown(alarm));
        }
        verdicts.sort_by_key(|verdict| verdict.fault);
        return verdicts.into_iter().next();
    }
    for (name, said) in &found.packets {
        let Some(truth) = clean.packets.get(name) else {
            if said.ready || !told {
                fault(Fault::PhantomPacket, name.clone());
            }
            continue;
        };
        if said.ready && said.procedures != truth.procedures {
            let example = format!("{name}: {:?}", said.procedures);
            fault(Fault::WrongProcedure, example);
        }
        if told {
            continue;
        }
        if let Some(line) = said.commands.difference(&truth.commands).next() {
            fault(Fault::WrongCommand, format!("{name}: {line}"));
        }
        if let Some(line) = truth.commands.difference(&said.commands).next()
            && said.ready
        {
            fault(Fault::LackingCommand, format!("{name} lacks {line}"));
        }
        if let Some(example) = wrong_fact(said, truth) {
            fault(Fault::WrongFact, format!("{name}: {example}"));
        }
    }
    if let Some(name) = clean
        .packets
        .keys()
        .find(|name| !found.packets.contains_key(*name))
        && !told
    {
        fault(Fault::LostPacket, name.clone());
    }
    verdicts.sort_by_key(|verdict| verdict.fault);
    let mut worst = verdicts.into_iter().next()?;
    if !told && let Some(elsewhere) = found.findings.first() {
        let _ = write!(worst.example, " [told elsewhere: {}]", shown(elsewhere));
    }
    Some(worst)
}

/// Whether a finding stands at the slip: at its cell or row, or at another cell and names one of the row.
fn told(made: &Made, findings: &[Finding]) -> bool {
    let original = made.file.name.replace(" - Copy", "");
    findings.iter().any(|finding| match &made.rows {
        None => finding
            .place
            .as_ref()
            .is_some_and(|place| *place.path == *made.file.name || *place.path == *original),
        Some(rows) => rows.iter().any(|row| {
            stands_at(finding, &made.file.name, *row) || names(finding, &made.file.name, *row)
        }),
    })
}

fn stands_at(finding: &Finding, file: &str, row: usize) -> bool {
    let Some(place) = &finding.place else {
        return false;
    };
    *place.path == *file && place.at_row() == Some(at(row))
}

/// Where two cells contradict each other, one has the finding and its message names the other: `(a.csv, cell B3)`.
fn names(finding: &Finding, file: &str, row: usize) -> bool {
    let help = finding.help.as_deref().unwrap_or_default();
    [finding.message.as_str(), help].iter().any(|text| {
        text.split(file).skip(1).any(|after| {
            let cell = after.split("cell ").nth(1).unwrap_or_default();
            let number = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
            let digits = number.split(|c: char| !c.is_ascii_digit()).next();
            digits == Some((row + 1).to_string().as_str())
        })
    })
}

/// A fact whose value the truth does not have under its name.
fn wrong_fact(said: &Said, truth: &Said) -> Option<String> {
    said.facts.iter().find_map(|(key, values)| {
        let known = truth.facts.get(key);
        let is_true = |printed: &Printed| {
            known.is_some_and(|known| known.iter().any(|it| it.value == printed.value))
        };
        let wrong = values.iter().find(|printed| !is_true(printed))?;
        Some(format!("{} / {} = {:?}", key.0, key.1, wrong.value))
    })
}

/// What changed although the meaning is the same.
fn harm(slip: &Slip, made: &Made, clean: &Outcome, found: &Outcome) -> Option<String> {
    let names = |outcome: &Outcome| outcome.packets.keys().cloned().collect::<BTreeSet<_>>();
    if names(clean) != names(found) {
        let differing = names(clean);
        let differing = differing
            .symmetric_difference(&names(found))
            .next()
            .cloned();
        return Some(format!("packets differ: {differing:?}"));
    }
    let lower = |lines: &BTreeSet<String>| -> BTreeSet<String> {
        lines.iter().map(|line| line.to_lowercase()).collect()
    };
    clean.packets.iter().find_map(|(name, truth)| {
        let said = &found.packets[name];
        let (had, has) = (lower(&truth.commands), lower(&said.commands));
        if had != has {
            let line = had.symmetric_difference(&has).next().cloned();
            return Some(format!("{name}: commands differ: {line:?}"));
        }
        if truth.ready != said.ready || truth.procedures != said.procedures {
            return Some(format!("{name}: status or procedures differ"));
        }
        let here = (made.file.name.clone(), at(slip.row), at(slip.column));
        let (had, has) = (elsewhere(truth, &here), elsewhere(said, &here));
        let fact = had.symmetric_difference(&has).next()?;
        Some(format!("{name}: facts differ: {fact}"))
    })
}

fn at(index: usize) -> u32 {
    u32::try_from(index).expect("small sheets")
}

/// The facts of all other cells, without regard to case.
fn elsewhere(said: &Said, here: &(String, u32, u32)) -> BTreeSet<String> {
    let facts = said.facts.iter().flat_map(|(key, values)| {
        let others = values.iter().filter(|it| it.place.as_ref() != Some(here));
        others.map(move |it| format!("{} / {} = {:?}", key.0, key.1, it.value).to_lowercase())
    });
    facts.collect()
}

/// A finding in one line.
pub fn shown(finding: &Finding) -> String {
    let place = finding.place.as_ref().map(Place::short);
    format!(
        "{}: {}[{}]: {}",
        place.unwrap_or_default(),
        finding.severity,
        finding.code.as_str(),
        finding.message
    )
}
