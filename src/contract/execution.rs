//! The record of an execution: what was done, when and by whom.

use serde::Serialize;

use super::estate::EstateData;
use crate::packets::Estate;
use crate::record::{Execution, Hand, Moment, Outcome, StepRun};

/// The schema that records name.
pub const EXECUTION_SCHEMA: &str = "restore-packets/execution/1";

/// The schema of several records in one document: an object with `schema`, `tool` and the `records`.
pub const RECORDS_SCHEMA: &str = "restore-packets/executions/1";

/// One execution of a packet, or one exercise of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "Execution record")
)]
pub struct ExecutionData {
    /// The version of this shape: `restore-packets/execution/1`.
    pub schema: &'static str,
    /// The program and its version.
    pub tool: &'static str,
    /// What was true of the packets.
    pub estate: EstateData,
    /// `server` or `pool`.
    pub kind: &'static str,
    /// The canonical FQDN.
    pub fqdn: String,
    /// The packet's title.
    pub title: String,
    /// The edition that was worked from.
    pub edition: u32,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The change record; null where none was named.
    pub change: Option<String>,
    /// Whether it was an exercise.
    pub drill: bool,
    /// The letter of the lane that was worked through; null where none was chosen.
    pub lane: Option<String>,
    /// The checklist it was read from.
    pub checklist: ChecklistData,
    /// The first start; null where no time is known.
    pub started: Option<String>,
    /// The last end.
    pub ended: Option<String>,
    /// When the service was declared to be back.
    pub recovered: Option<String>,
    /// Whether every step that was worked through has a result.
    pub finished: bool,
    /// The recovery time objective, and what came of it.
    pub rto: RtoData,
    /// The numbers of the steps in the order in which they were begun.
    pub order: Vec<String>,
    /// Steps that were begun before one that stands above them.
    pub out_of_order: Vec<String>,
    /// Who signed which steps.
    pub people: Vec<HandData>,
    /// The steps, whether or not their part was worked through.
    pub steps: Vec<StepRunData>,
    /// Rows that somebody added, each with its cell.
    pub added: Vec<String>,
    /// What could not be read or is missing, each with its cell.
    pub remarks: Vec<String>,
}

/// A filled-in checklist.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChecklistData {
    /// Its file name.
    pub name: String,
    /// Its SHA-256, in hex.
    pub sha256: String,
}

/// The recovery time objective, and what came of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RtoData {
    /// The objective, in hours; null where none is recorded.
    pub hours: Option<f64>,
    /// From the first start to the declared recovery, or to the last end, in seconds.
    pub seconds: Option<i64>,
    /// `met`, `missed`, `open`, `no-objective` or `unknown`.
    pub verdict: &'static str,
}

/// Somebody who signed steps.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HandData {
    /// The initials.
    pub initials: String,
    /// The numbers of the steps.
    pub steps: Vec<String>,
}

/// A step as it was carried out.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepRunData {
    /// For example "4.2".
    pub number: String,
    /// What was to be done.
    pub title: String,
    /// Whether its part was worked through.
    pub worked: bool,
    /// Whether it is in that lane; a step of another is not unfinished.
    pub in_lane: bool,
    /// `done`, `skipped`, `failed`, or null where nothing was entered.
    pub result: Option<&'static str>,
    /// When it began.
    pub start: Option<String>,
    /// When it ended.
    pub end: Option<String>,
    /// How long it took, in seconds.
    pub seconds: Option<i64>,
    /// Who did it.
    pub initials: String,
    /// What was done otherwise.
    pub deviation: String,
    /// Whether the checklist still has the step.
    pub present: bool,
}

impl ExecutionData {
    /// The record of an execution.
    pub fn new(run: &Execution, estate: &Estate) -> Self {
        let shown = |moment: Option<Moment>| moment.map(|it| it.to_string());
        let parts = run.parts.iter();
        let steps = parts.flat_map(|part| {
            part.steps
                .iter()
                .map(|it| StepRunData::new(it, part.worked, part.in_lane))
        });
        Self {
            schema: EXECUTION_SCHEMA,
            tool: super::TOOL,
            estate: EstateData::from(estate),
            kind: run.subject.kind.as_str(),
            fqdn: run.subject.fqdn.clone(),
            title: run.title.clone(),
            edition: run.edition,
            fingerprint: run.fingerprint.clone(),
            change: run.change.clone(),
            drill: run.drill,
            lane: run.lane.clone(),
            checklist: ChecklistData {
                name: run.source.clone(),
                sha256: run.sha256.clone(),
            },
            started: shown(run.started),
            ended: shown(run.ended),
            recovered: shown(run.recovered),
            finished: run.is_finished(),
            rto: RtoData {
                hours: run.rto.hours,
                seconds: run.rto.took,
                verdict: run.rto.verdict.as_str(),
            },
            order: run.order.clone(),
            out_of_order: run.out_of_order.clone(),
            people: run.people.iter().map(HandData::from).collect(),
            steps: steps.collect(),
            added: run.added.clone(),
            remarks: run.remarks.clone(),
        }
    }
}

impl From<&Hand> for HandData {
    fn from(hand: &Hand) -> Self {
        Self {
            initials: hand.initials.clone(),
            steps: hand.steps.clone(),
        }
    }
}

impl StepRunData {
    /// A step of a part that was worked through or was not.
    pub fn new(step: &StepRun, worked: bool, in_lane: bool) -> Self {
        Self {
            number: step.number.clone(),
            title: step.title.clone(),
            worked,
            in_lane,
            result: step.outcome.map(Outcome::as_str),
            start: step.start.map(|it| it.to_string()),
            end: step.end.map(|it| it.to_string()),
            seconds: step.seconds(),
            initials: step.initials.clone(),
            deviation: step.deviation.clone(),
            present: step.present,
        }
    }
}
