//! The record of an execution: what was done, by whom, when, and whether it was in time.

use serde::Serialize;

use super::heads::Heads;
use super::links;
use super::wording::Wording;
use crate::contract::{EstateData, ExecutionData, StepRunData};
use crate::packets::Estate;
use crate::record::{self, Execution, Outcome, PartRun, StepRun};
use crate::render::{Format, css};

/// What `record.html` and `record.md` see.
#[derive(Clone, Debug, Serialize)]
pub struct RecordContext {
    pub record: ExecutionData,
    /// What is true of the packets.
    pub estate: EstateData,
    /// Sentences that every format has.
    pub wording: Wording,
    /// What only the page needs.
    pub page: RecordPage,
}

/// What only the page needs.
#[derive(Clone, Debug, Serialize)]
pub struct RecordPage {
    /// The running heads and feet.
    #[serde(flatten)]
    pub heads: Heads,
    /// What the record is of, in a few words.
    pub heading: String,
    /// The packet's page, from the record's own folder.
    pub packet: String,
    /// The outcome in one sentence.
    pub outcome: String,
    /// The recovery time in one sentence.
    pub rto: String,
    /// The steps of what was worked through.
    pub parts: Vec<RecordPart>,
    /// Titles of procedures that nobody entered anything for.
    pub not_worked: Vec<String>,
    /// Titles of parts that are not in the lane that was chosen.
    pub other_lanes: Vec<String>,
    /// Steps that were done otherwise.
    pub deviations: Vec<StepRunData>,
    /// Steps that did not work.
    pub failed: Vec<StepRunData>,
    /// Steps that were left out.
    pub skipped: Vec<StepRunData>,
    /// Steps without a result.
    pub unfinished: Vec<StepRunData>,
}

/// A part that was worked through.
#[derive(Clone, Debug, Serialize)]
pub struct RecordPart {
    pub number: usize,
    pub title: String,
    pub steps: Vec<StepRunData>,
}

impl RecordContext {
    pub(in crate::render) fn new(run: &Execution, estate: &Estate, format: Format) -> Self {
        let parts = run.parts.iter();
        let (worked, others): (Vec<&PartRun>, Vec<&PartRun>) = parts.partition(|part| part.worked);
        let (not_worked, other_lanes): (Vec<&PartRun>, Vec<&PartRun>) =
            others.into_iter().partition(|part| part.in_lane);
        let titles = |parts: Vec<&PartRun>| -> Vec<String> {
            let parts = parts.into_iter();
            parts
                .map(|part| format!("{} {}", part.number, part.title))
                .collect()
        };
        Self {
            record: ExecutionData::new(run, estate),
            estate: EstateData::from(estate),
            wording: Wording::new(),
            page: RecordPage {
                heads: heads(run, estate),
                heading: heading(run),
                packet: format!("../{}", links::file(&run.subject, format)),
                outcome: record::outcome(run),
                rto: record::rto(run),
                parts: worked.into_iter().map(RecordPart::from).collect(),
                not_worked: titles(not_worked),
                other_lanes: titles(other_lanes),
                deviations: steps(run.deviations()),
                failed: steps(run.of(Outcome::Failed)),
                skipped: steps(run.of(Outcome::Skipped)),
                unfinished: steps(run.unfinished()),
            },
        }
    }
}

fn heads(run: &Execution, estate: &Estate) -> Heads {
    Heads {
        title: css::string(&heading(run)),
        fqdn: css::string(&run.subject.fqdn),
        edition: css::string(&format!("Record of edition {}", run.edition)),
        fingerprint: css::string(&run.fingerprint),
        ..Heads::of_estate(estate)
    }
}

fn heading(run: &Execution) -> String {
    let what = if run.drill { "Exercise" } else { "Execution" };
    format!(
        "{what} of {} {}",
        run.subject.kind.as_str(),
        run.subject.fqdn
    )
}

impl From<&PartRun> for RecordPart {
    fn from(part: &PartRun) -> Self {
        Self {
            number: part.number,
            title: part.title.clone(),
            steps: steps(&part.steps),
        }
    }
}

fn steps<'a>(steps: impl IntoIterator<Item = &'a StepRun>) -> Vec<StepRunData> {
    let steps = steps.into_iter();
    steps
        .map(|step| StepRunData::new(step, true, true))
        .collect()
}
