//! What came of an execution, in two sentences: for pages, and for the terminal.

use super::execution::{Execution, Verdict};
use super::filled::Outcome;
use crate::finding::words;
use crate::text::duration::{hours, took};

/// "41 steps done, 2 skipped, 1 failed, 3 unfinished."
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
