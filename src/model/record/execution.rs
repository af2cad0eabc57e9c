//! An execution as data: what a checklist says was done, by whom, when, and whether it was in time.

use jiff::civil::Date;

use super::calendar::Moment;
use super::filled::Outcome;
use crate::finding::Subject;

/// One execution of a packet, or one exercise of it.
#[derive(Clone, Debug)]
pub struct Execution {
    /// The server or pool.
    pub subject: Subject,
    /// The packet's title.
    pub title: String,
    /// The edition that was worked from.
    pub edition: u32,
    /// What that edition said, in short (`editions::Content`).
    pub fingerprint: String,
    /// The change record, if one was named.
    pub change: Option<String>,
    /// Whether it was an exercise.
    pub drill: bool,
    /// The checklist's file name.
    pub source: String,
    /// SHA-256 of the checklist, in hex.
    pub sha256: String,
    /// The letter of the lane that was worked through, where one was chosen.
    pub lane: Option<String>,
    /// The parts of the packet, with their steps.
    pub parts: Vec<PartRun>,
    /// The day it began; `None` where nothing says it.
    pub day: Option<Date>,
    /// The first start.
    pub started: Option<Moment>,
    /// The last end.
    pub ended: Option<Moment>,
    /// When the service was declared to be back.
    pub recovered: Option<Moment>,
    /// Whether it was in time.
    pub rto: Rto,
    /// The numbers of the steps in the order in which they were begun.
    pub order: Vec<String>,
    /// Steps that were begun before one that stands above them.
    pub out_of_order: Vec<String>,
    /// Who did what.
    pub people: Vec<Hand>,
    /// Rows that somebody added, each with its cell.
    pub added: Vec<String>,
    /// What could not be read or is missing, each with its cell.
    pub remarks: Vec<String>,
}

/// A part of the packet.
#[derive(Clone, Debug)]
pub struct PartRun {
    /// As the packet counts its parts, from 1.
    pub number: usize,
    /// The heading of the part.
    pub title: String,
    /// Whether it is in the lane that was chosen; a step of another lane is never unfinished.
    pub in_lane: bool,
    /// Whether anything was entered: of several procedures only one is worked through.
    pub worked: bool,
    /// In the order of the packet, those left out included.
    pub steps: Vec<StepRun>,
}

/// A step as it was carried out.
#[derive(Clone, Debug, Default)]
pub struct StepRun {
    /// For example "4.2".
    pub number: String,
    /// What was to be done.
    pub title: String,
    /// Whether the checklist still has the step.
    pub present: bool,
    /// What it came to; `None` where nothing was entered.
    pub outcome: Option<Outcome>,
    /// When it began.
    pub start: Option<Moment>,
    /// When it ended.
    pub end: Option<Moment>,
    /// Who did it.
    pub initials: String,
    /// What was done otherwise.
    pub deviation: String,
}

impl StepRun {
    /// How long it took, in seconds.
    pub fn seconds(&self) -> Option<i64> {
        Some(self.start?.until(self.end?))
    }
}

/// Somebody who signed steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// As they stand in the checklist.
    pub initials: String,
    /// The numbers of the steps.
    pub steps: Vec<String>,
}

/// The recovery time objective and what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rto {
    /// The objective, in hours.
    pub hours: Option<f64>,
    /// From the first start to the declared recovery, or to the last end, in seconds.
    pub took: Option<i64>,
    /// Whether it was met.
    pub verdict: Verdict,
}

/// Whether the objective was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// In time.
    Met,
    /// Too late.
    Missed,
    /// The work is not finished, and the time is not up yet.
    Open,
    /// The worksheets give no objective.
    NoObjective,
    /// The times do not say how long it took.
    Unknown,
}

impl Verdict {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Open => "open",
            Self::NoObjective => "no-objective",
            Self::Unknown => "unknown",
        }
    }
}

impl Execution {
    /// The steps of the parts that were worked through.
    pub fn worked(&self) -> impl Iterator<Item = &StepRun> {
        let parts = self.parts.iter().filter(|part| part.worked);
        parts.flat_map(|part| &part.steps)
    }

    /// How many steps came to this.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.of(outcome).count()
    }

    /// Steps nobody entered a result for.
    pub fn unfinished(&self) -> impl Iterator<Item = &StepRun> {
        let parts = self.parts.iter().filter(|part| part.worked && part.in_lane);
        let steps = parts.flat_map(|part| &part.steps);
        steps.filter(|step| step.outcome.is_none())
    }

    /// Whether every step of the parts that were worked through came to something, and one of them did.
    pub fn is_finished(&self) -> bool {
        self.worked().next().is_some() && self.unfinished().next().is_none()
    }

    /// Steps that were done otherwise than written, or at which something was written.
    pub fn deviations(&self) -> impl Iterator<Item = &StepRun> {
        let steps = self.parts.iter().flat_map(|part| &part.steps);
        steps.filter(|step| !step.deviation.is_empty())
    }

    /// Steps that came to this.
    pub fn of(&self, outcome: Outcome) -> impl Iterator<Item = &StepRun> {
        self.worked()
            .filter(move |step| step.outcome == Some(outcome))
    }

    /// The initials of all who signed, as one phrase; empty where nobody did.
    pub fn by(&self) -> String {
        let names = self.people.iter().map(|hand| hand.initials.as_str());
        crate::finding::words::list(names)
    }
}
