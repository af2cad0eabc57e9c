//! A record as data. Fields may be added, none is renamed.

use serde::Serialize;

use crate::record::{Execution, Moment, StepRun};

/// The schema a record names; its version rises when a field is renamed or removed.
pub const RECORD_SCHEMA: &str = "restore-packets/execution/1";

#[derive(Serialize)]
struct RecordData<'a> {
    schema: &'static str,
    kind: &'static str,
    fqdn: &'a str,
    title: &'a str,
    edition: u32,
    fingerprint: &'a str,
    change: Option<&'a str>,
    drill: bool,
    checklist: ChecklistData<'a>,
    started: Option<String>,
    ended: Option<String>,
    recovered: Option<String>,
    finished: bool,
    rto: RtoData,
    order: &'a [String],
    out_of_order: &'a [String],
    people: Vec<HandData<'a>>,
    steps: Vec<StepData<'a>>,
    added: &'a [String],
    remarks: &'a [String],
}

#[derive(Serialize)]
struct ChecklistData<'a> {
    name: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct RtoData {
    hours: Option<f64>,
    seconds: Option<i64>,
    verdict: &'static str,
}

#[derive(Serialize)]
struct HandData<'a> {
    initials: &'a str,
    steps: &'a [String],
}

#[derive(Serialize)]
struct StepData<'a> {
    number: &'a str,
    title: &'a str,
    /// Whether its part was worked through.
    worked: bool,
    /// `done`, `skipped`, `failed` or null.
    result: Option<&'static str>,
    start: Option<String>,
    end: Option<String>,
    seconds: Option<i64>,
    initials: &'a str,
    deviation: &'a str,
    /// Whether the checklist still has the step.
    present: bool,
}

/// A record, pretty-printed.
///
/// # Errors
///
/// Where a value cannot be written as JSON, which would be a bug.
pub fn record(run: &Execution) -> Result<String, serde_json::Error> {
    let shown = |moment: Option<Moment>| moment.map(|it| it.to_string());
    let parts = run.parts.iter();
    let steps = parts.flat_map(|part| part.steps.iter().map(|step| step_data(step, part.worked)));
    let data = RecordData {
        schema: RECORD_SCHEMA,
        kind: run.subject.kind.as_str(),
        fqdn: &run.subject.fqdn,
        title: &run.title,
        edition: run.edition,
        fingerprint: &run.fingerprint,
        change: run.change.as_deref(),
        drill: run.drill,
        checklist: ChecklistData {
            name: &run.source,
            sha256: &run.sha256,
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
        order: &run.order,
        out_of_order: &run.out_of_order,
        people: run.people.iter().map(hand_data).collect(),
        steps: steps.collect(),
        added: &run.added,
        remarks: &run.remarks,
    };
    let mut text = serde_json::to_string_pretty(&data)?;
    text.push('\n');
    Ok(text)
}

fn hand_data(hand: &crate::record::Hand) -> HandData<'_> {
    HandData {
        initials: &hand.initials,
        steps: &hand.steps,
    }
}

fn step_data(step: &StepRun, worked: bool) -> StepData<'_> {
    StepData {
        number: &step.number,
        title: &step.title,
        worked,
        result: step.outcome.map(crate::record::Outcome::as_str),
        start: step.start.map(|it| it.to_string()),
        end: step.end.map(|it| it.to_string()),
        seconds: step.seconds(),
        initials: &step.initials,
        deviation: &step.deviation,
        present: step.present,
    }
}
