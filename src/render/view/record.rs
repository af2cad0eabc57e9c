//! The record of an execution: what was done, by whom, when, and whether it was in time.

use serde::Serialize;

use super::identity::{EstateView, PageView};
use super::linked_format;
use super::spans::spans;
use crate::finding::words;
use crate::packets::Estate;
use crate::packets::plan::hours;
use crate::record::{Execution, Hand, Outcome, PartRun, StepRun, Verdict};
use crate::render::css;
use crate::render::format::packet_stem;
use crate::render::pen::Pen;

/// The page of a record, in `output/records/`.
#[derive(Clone, Debug, Serialize)]
pub struct RecordPage {
    /// What is true of the packets.
    pub estate: EstateView,
    /// Texts for the running heads and feet, made safe for a CSS string.
    pub page: PageView,
    /// What the record is of, in a few words.
    pub heading: String,
    /// The packet's title; `title` is the page's own.
    pub subject: String,
    /// `server` or `pool`.
    pub kind: &'static str,
    /// The canonical FQDN.
    pub fqdn: String,
    /// The edition that was worked from.
    pub edition: u32,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The change record; `None` where none was named.
    pub change: Option<String>,
    /// Whether it was an exercise.
    pub drill: bool,
    /// The packet's page, from the record's own folder.
    pub packet: String,
    /// The checklist's file name.
    pub source: String,
    /// SHA-256 of the checklist, in hex.
    pub sha256: String,
    /// The outcome in one sentence.
    pub outcome: String,
    /// The recovery time in one sentence.
    pub rto: String,
    /// `met`, `missed`, `open`, `no-objective` or `unknown`.
    pub verdict: &'static str,
    /// The first start; `None` where no time is known.
    pub started: Option<String>,
    /// The last end.
    pub ended: Option<String>,
    /// The declared recovery.
    pub recovered: Option<String>,
    /// The steps of what was worked through.
    pub parts: Vec<PartRunView>,
    /// Titles of procedures that nobody entered anything for.
    pub not_worked: Vec<String>,
    /// Steps that were done otherwise.
    pub deviations: Vec<StepRunView>,
    /// Steps without a result.
    pub unfinished: Vec<StepRunView>,
    /// The order in which steps were begun, in one line; empty where it was the packet's.
    pub order: String,
    /// Steps that were begun before one that stands above them.
    pub out_of_order: String,
    /// Who did what.
    pub people: Vec<HandView>,
    /// Rows that somebody added.
    pub added: Vec<String>,
    /// What could not be read or is missing.
    pub remarks: Vec<String>,
}

/// A part that was worked through.
#[derive(Clone, Debug, Serialize)]
pub struct PartRunView {
    /// Its number.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// Its steps.
    pub steps: Vec<StepRunView>,
}

/// A step as it was carried out.
#[derive(Clone, Debug, Serialize)]
pub struct StepRunView {
    /// For example "4.2".
    pub number: String,
    /// What was to be done.
    pub title: String,
    /// `done`, `skipped`, `failed`, or `not entered`.
    pub result: &'static str,
    /// A symbol that prints in black and white.
    pub symbol: &'static str,
    /// When it began; empty where that is unknown.
    pub start: String,
    /// When it ended.
    pub end: String,
    /// How long it took, as "1 h 05 min".
    pub took: String,
    /// Who did it.
    pub initials: String,
    /// What was done otherwise.
    pub deviation: String,
}

/// Somebody who signed steps.
#[derive(Clone, Debug, Serialize)]
pub struct HandView {
    /// The initials.
    pub initials: String,
    /// The numbers of the steps.
    pub steps: String,
}

impl RecordPage {
    pub(in crate::render) fn new(run: &Execution, estate: &Estate, pen: Pen) -> Self {
        let not_worked = run.parts.iter().filter(|part| !part.worked);
        let texts = |list: &[String]| list.iter().map(|text| pen.text(text)).collect();
        let worked = run.parts.iter().filter(|part| part.worked);
        let steps = |steps: Vec<&StepRun>| -> Vec<StepRunView> {
            steps.into_iter().map(|step| step_view(step, pen)).collect()
        };
        Self {
            estate: EstateView::new(estate, pen),
            page: page(run, estate),
            heading: pen.text(&heading(run)),
            subject: pen.text(&run.title),
            kind: run.subject.kind.as_str(),
            fqdn: pen.text(&run.subject.fqdn),
            edition: run.edition,
            fingerprint: run.fingerprint.clone(),
            change: run.change.as_deref().map(|text| pen.text(text)),
            drill: run.drill,
            packet: format!(
                "../{}.{}",
                packet_stem(&run.subject),
                linked_format(pen).extension()
            ),
            source: pen.text(&run.source),
            sha256: run.sha256.clone(),
            outcome: outcome(run),
            rto: rto(run),
            verdict: run.rto.verdict.as_str(),
            started: run.started.map(|it| it.to_string()),
            ended: run.ended.map(|it| it.to_string()),
            recovered: run.recovered.map(|it| it.to_string()),
            parts: worked.map(|part| part_view(part, pen)).collect(),
            not_worked: not_worked
                .map(|part| pen.text(&format!("{} {}", part.number, part.title)))
                .collect(),
            deviations: steps(run.deviations().collect()),
            unfinished: steps(run.unfinished().collect()),
            order: if run.out_of_order.is_empty() {
                String::new()
            } else {
                spans(&run.order)
            },
            out_of_order: words::list(&run.out_of_order),
            people: run.people.iter().map(|hand| hand_view(hand, pen)).collect(),
            added: texts(&run.added),
            remarks: run.remarks.iter().map(|it| pen.message(it)).collect(),
        }
    }
}

fn page(run: &Execution, estate: &Estate) -> PageView {
    PageView {
        title: css::string(&heading(run)),
        fqdn: css::string(&run.subject.fqdn),
        edition: css::string(&format!("Record of edition {}", run.edition)),
        fingerprint: css::string(&run.fingerprint),
        ..PageView::of_estate(estate)
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

fn part_view(part: &PartRun, pen: Pen) -> PartRunView {
    PartRunView {
        number: part.number,
        title: pen.text(&part.title),
        steps: part.steps.iter().map(|step| step_view(step, pen)).collect(),
    }
}

fn step_view(step: &StepRun, pen: Pen) -> StepRunView {
    let (result, symbol) = match step.outcome {
        Some(Outcome::Done) => ("done", "✓"),
        Some(Outcome::Skipped) => ("skipped", "–"),
        Some(Outcome::Failed) => ("failed", "✗"),
        None if step.present => ("not entered", "○"),
        None => ("row missing", "○"),
    };
    let shown = |moment: Option<crate::record::Moment>| {
        moment.map_or_else(String::new, |it| it.to_string())
    };
    StepRunView {
        number: step.number.clone(),
        title: pen.message(&step.title),
        result,
        symbol,
        start: shown(step.start),
        end: shown(step.end),
        took: step.seconds().map_or_else(String::new, took),
        initials: pen.text(&step.initials),
        deviation: pen.text(&step.deviation),
    }
}

fn hand_view(hand: &Hand, pen: Pen) -> HandView {
    HandView {
        initials: pen.text(&hand.initials),
        steps: spans(&hand.steps),
    }
}

/// In one sentence, on the terminal too: "41 steps done, 2 skipped, 1 failed, 3 unfinished."
pub fn outcome(run: &Execution) -> String {
    let done = words::count(run.count(Outcome::Done), "step done", "steps done");
    let others = [
        (run.count(Outcome::Skipped), "skipped"),
        (run.count(Outcome::Failed), "failed"),
        (run.unfinished().count(), "unfinished"),
    ];
    let others = others.into_iter().filter(|(count, _)| *count > 0);
    let all = others.map(|(count, word)| format!("{count} {word}"));
    format!("{}.", words::list(std::iter::once(done).chain(all)))
}

/// What is said of the recovery time, in one sentence; on the terminal too.
pub fn rto(run: &Execution) -> String {
    let rto = run.rto;
    let objective = rto.hours.map_or_else(String::new, hours);
    let end = if run.recovered.is_some() {
        "from the first start to the declared recovery"
    } else {
        "from the first start to the last end"
    };
    let took = rto.took.map_or_else(String::new, took);
    match rto.verdict {
        Verdict::Met => format!("RTO met: {took} of {objective}, {end}."),
        Verdict::Missed => format!("RTO missed: {took}, and {objective} were allowed, {end}."),
        Verdict::Open => {
            format!("RTO open: {took} of {objective} are used, and the work is not finished.")
        }
        Verdict::NoObjective => match rto.took {
            Some(_) => format!("No RTO is recorded; it took {took}, {end}."),
            None => "No RTO is recorded, and no times are known.".to_owned(),
        },
        Verdict::Unknown => {
            format!("Whether the RTO of {objective} was met cannot be said: no times are known.")
        }
    }
}

/// "1 h 05 min", "20 min"; seconds only where it took less than a minute.
fn took(seconds: i64) -> String {
    match (seconds / 3_600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}
