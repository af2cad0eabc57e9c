//! From entries to an execution: moments, order, people, and whether the objective was met.
//!
//! Entry point: [`evaluate`]. Steps come in the packet's order, whatever the order of the checklist.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::calendar::{Calendar, Lost, Moment};
use super::execution::{Execution, Hand, PartRun, Rto, StepRun, Verdict};
use super::filled::{Filled, FilledStep, Outcome};
use super::remark::Remarks;
use super::time::Reading;
use crate::editions::{EditionPart, EditionStep};
use crate::finding::{Code, Place, words};

/// What is known from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The zone the times were written in.
    pub zone: Option<TimeZone>,
    /// The day the work began.
    pub day: Option<Date>,
    /// When the service was declared to be back.
    pub recovered: Option<Reading>,
    /// The objective, in hours.
    pub rto: Option<f64>,
}

/// Evaluates a checklist against the parts of its edition. The head of the execution is the caller's.
pub fn evaluate(
    head: Execution,
    filled: &Filled,
    parts: &[EditionPart],
    given: &Given,
    remarks: &mut Remarks,
) -> Execution {
    let mut calendar = Calendar::new(given.zone.clone(), given.day.or(filled.day));
    let mut clocks = Clocks {
        calendar: &mut calendar,
        told: false,
    };
    let is_expected = expected(parts, filled.lane.as_ref());
    let parts = parts.iter().zip(is_expected).map(|(part, is_expected)| {
        let mut run = part_run(part, filled, &mut clocks, remarks);
        run.worked |= is_expected;
        run
    });
    let mut execution = Execution {
        lane: filled.lane.clone(),
        parts: parts.collect(),
        ..head
    };
    let starts = execution.worked().filter_map(|step| step.start);
    let ends = execution.worked().filter_map(|step| step.end);
    let (started, ended) = (starts.min(), ends.max());
    let recovered = given.recovered.or(filled.recovered);
    let recovered = recovered.and_then(|reading| calendar.start(reading).ok());
    execution.recovered = recovered.filter(|it| started.is_none_or(|start| start.until(*it) >= 0));
    let first = started.or(ended).or(execution.recovered);
    execution.day = first.map(Moment::day).or(given.day).or(filled.day);
    execution.started = started;
    execution.ended = ended;
    execution.rto = rto(&execution, given.rto);
    (execution.order, execution.out_of_order) = order(&execution);
    execution.people = people(&execution);
    added(&mut execution, filled, remarks);
    execution
}

/// Which parts are worked through, whatever was entered: those of the lane that was chosen. Where none was, those of all
/// lanes; and in a packet without lanes what stands before and after its procedures.
fn expected(parts: &[EditionPart], lane: Option<&String>) -> Vec<bool> {
    let all: BTreeSet<&String> = parts.iter().flat_map(|part| &part.lanes).collect();
    let is_frame = |index: usize| index < 2 || index + 1 == parts.len();
    let parts = parts.iter().enumerate().map(|(index, part)| match lane {
        _ if all.is_empty() => is_frame(index),
        Some(lane) => part.lanes.contains(lane),
        None => part.lanes.len() == all.len(),
    });
    parts.collect()
}

/// Turns clocks into moments, and says once that no day is known.
struct Clocks<'c> {
    calendar: &'c mut Calendar,
    told: bool,
}

impl Clocks<'_> {
    fn start(&mut self, step: &FilledStep, remarks: &mut Remarks) -> Option<Moment> {
        let moment = self.calendar.start(step.start?);
        self.or_say(moment, step, step.places.start.as_ref(), remarks)
    }

    fn end(
        &mut self,
        step: &FilledStep,
        start: Option<Moment>,
        remarks: &mut Remarks,
    ) -> Option<Moment> {
        let moment = self.calendar.end(step.end?, start);
        self.or_say(moment, step, step.places.end.as_ref(), remarks)
    }

    fn or_say(
        &mut self,
        moment: Result<Moment, Lost>,
        step: &FilledStep,
        place: Option<&Place>,
        remarks: &mut Remarks,
    ) -> Option<Moment> {
        let lost = match moment {
            Ok(moment) => return Some(moment),
            Err(lost) => lost,
        };
        let number = &step.number;
        let (message, help) = match lost {
            Lost::NoDay if self.told => return None,
            Lost::NoDay => (
                "no day is written down, so the times cannot be counted".to_owned(),
                "fill in `Date started`, or give the day with --day",
            ),
            Lost::EndFirst => (
                format!("step {number} ends before it starts, or takes more than half a day"),
                "correct the time, or write the day in front of it",
            ),
            Lost::Impossible => (
                format!("step {number}: no calendar has this time"),
                "correct the cell and record again",
            ),
        };
        self.told |= lost == Lost::NoDay;
        remarks.say(Code::BadTime, place, message, help);
        None
    }
}

fn part_run(
    part: &EditionPart,
    filled: &Filled,
    clocks: &mut Clocks<'_>,
    remarks: &mut Remarks,
) -> PartRun {
    let entries = |said: &EditionStep| filled.steps.iter().find(|it| it.number == said.number);
    let worked = part.steps.iter().filter_map(entries).any(is_touched);
    let is_lane = |lane: &String| part.lanes.is_empty() || part.lanes.contains(lane);
    let in_lane = filled.lane.as_ref().is_none_or(is_lane);
    let steps = part.steps.iter().map(|said| {
        if let Some(step) = entries(said) {
            return step_run(said, step, clocks, remarks);
        }
        if in_lane {
            missing(said, remarks);
        }
        StepRun {
            number: said.number.clone(),
            title: said.title.clone(),
            ..StepRun::default()
        }
    });
    PartRun {
        number: part.number,
        title: part.title.clone(),
        in_lane,
        steps: steps.collect(),
        worked,
    }
}

/// Whether anybody wrote anything beside a step.
fn is_touched(step: &FilledStep) -> bool {
    let written = [&step.initials, &step.deviation];
    step.result.is_some()
        || step.start.is_some()
        || step.end.is_some()
        || written.iter().any(|text| !text.is_empty())
}

fn step_run(
    said: &EditionStep,
    step: &FilledStep,
    clocks: &mut Clocks<'_>,
    remarks: &mut Remarks,
) -> StepRun {
    let start = clocks.start(step, remarks);
    let end = clocks.end(step, start, remarks);
    lacking(step, remarks);
    StepRun {
        number: said.number.clone(),
        title: said.title.clone(),
        present: true,
        outcome: step.result,
        start,
        end,
        initials: step.initials.clone(),
        deviation: step.said(),
    }
}

/// Says what a step that was begun lacks: a result, or who did it.
fn lacking(step: &FilledStep, remarks: &mut Remarks) {
    if !is_touched(step) {
        return;
    }
    let number = &step.number;
    if step.result.is_none() {
        let message = format!("step {number} was begun and has no result");
        let help = "write done, skipped or failed; until then it counts as unfinished";
        remarks.say(
            Code::MissingEntry,
            step.places.result.as_ref(),
            message,
            help,
        );
    }
    if step.initials.is_empty() {
        let message = format!("step {number} has no initials");
        let help = "ask who carried it out, and fill them in";
        remarks.say(
            Code::MissingEntry,
            step.places.initials.as_ref(),
            message,
            help,
        );
    }
    if step.said().is_empty() && matches!(step.result, Some(Outcome::Skipped | Outcome::Failed)) {
        let message = format!("step {number} was not done, and no deviation says why");
        let help = "write the reason into `Deviation`";
        remarks.say(Code::MissingEntry, step.places.row.as_ref(), message, help);
    }
}

fn missing(said: &EditionStep, remarks: &mut Remarks) {
    let message = format!(
        "step {} ({}) is not on this checklist; it counts as unfinished",
        said.number,
        words::excerpt(&said.title)
    );
    let help =
        "restore the row from the packet, or say in another step's deviation what became of it";
    remarks.say(Code::MissingStep, None, message, help);
}

/// What took how long, against the objective.
fn rto(execution: &Execution, hours: Option<f64>) -> Rto {
    let end = execution.recovered.or(execution.ended);
    let took = execution
        .started
        .zip(end)
        .map(|(start, end)| start.until(end));
    let settled = execution.recovered.is_some() || execution.is_finished();
    let verdict = match (hours, took) {
        (None, _) => Verdict::NoObjective,
        (_, None) => Verdict::Unknown,
        (Some(hours), Some(took)) if is_over(took, hours) => Verdict::Missed,
        _ if !settled => Verdict::Open,
        _ => Verdict::Met,
    };
    Rto {
        hours,
        took,
        verdict,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the seconds of a restore are far from the limit of f64"
)]
fn is_over(seconds: i64, hours: f64) -> bool {
    seconds as f64 > hours * 3_600.0
}

/// The steps by when they were begun, and those that were begun before one above them.
fn order(execution: &Execution) -> (Vec<String>, Vec<String>) {
    let mut begun: Vec<(Moment, &str)> = execution
        .worked()
        .filter_map(|step| Some((step.start.or(step.end)?, step.number.as_str())))
        .collect();
    let mut latest: Option<Moment> = None;
    let mut out_of_order = Vec::new();
    for (moment, number) in &begun {
        match latest {
            Some(latest) if *moment < latest => out_of_order.push((*number).to_owned()),
            _ => latest = Some(*moment),
        }
    }
    // Stable, so that what began together stays in the packet's order.
    begun.sort_by_key(|(moment, _)| *moment);
    let order = begun.into_iter().map(|(_, number)| number.to_owned());
    (order.collect(), out_of_order)
}

/// Who signed which steps; several may sign one.
fn people(execution: &Execution) -> Vec<Hand> {
    let mut hands: Vec<Hand> = Vec::new();
    for step in execution.worked() {
        let names = step.initials.split(['/', ',', ';', '&', '+']);
        for name in names.map(str::trim).filter(|name| !name.is_empty()) {
            let number = step.number.clone();
            match hands.iter_mut().find(|hand| hand.initials == name) {
                Some(hand) => hand.steps.push(number),
                None => hands.push(Hand {
                    initials: name.to_owned(),
                    steps: vec![number],
                }),
            }
        }
    }
    hands
}

fn added(execution: &mut Execution, filled: &Filled, remarks: &mut Remarks) {
    for row in &filled.added {
        let text = words::excerpt(&row.text);
        let message = if row.place.at_column().is_some() {
            format!("this was written beside the checklist: `{text}`")
        } else {
            format!("this row was added to the checklist: `{text}`")
        };
        let help =
            "it is in the record as it stands; deviations belong into the column of that name";
        remarks.say(Code::AddedRow, Some(&row.place), message, help);
        let address = row.place.address().unwrap_or_default();
        execution.added.push(format!("{} ({address})", row.text));
    }
}
