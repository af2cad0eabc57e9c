//! Nothing changed: the worksheets say what they said when the last run read them, so no packet is made again.
//!
//! Entry point: [`MadeFrom::of`], everything packets are made from. A run whose inputs are those of the last one takes
//! over what that one made ([`MadeFrom::last`]), and costs little more than reading. The day of the run is no input,
//! nor is what was found that hangs on it.

use std::mem;

use crate::publish::{LastRun, State};
use crate::text::digest;

use super::rendered::Rendered;
use super::reuse::Reuse;
use super::run::Run;

/// The digest of everything the packets of a run are made from; `None` for a run that makes some of them only.
pub struct MadeFrom(Option<String>);

impl MadeFrom {
    /// Of this run.
    pub fn of(run: &Run<'_>) -> Self {
        let (reading, options) = (run.reading, run.options);
        let findings = reading.findings.iter().filter(|it| it.as_of.is_none());
        let sources = reading.estate.sources.iter().map(|source| &source.path);
        let inputs = (
            &reading.inventory,
            &reading.table,
            findings.collect::<Vec<_>>(),
            sources.collect::<Vec<_>>(),
            &reading.templates,
            &options.routine,
            run.editions.exercises(),
            // Formats, organization, paper, the cycle's strip, the program.
            run.reuse.common(),
        );
        let is_whole = options.only.is_empty() && run.hold.is_empty();
        Self(is_whole.then(|| digest::of_value(&inputs)))
    }

    /// What the last run made, if it made it from these inputs and everything it issued still stands.
    pub fn last(&self, state: &State, reuse: &Reuse<'_>) -> Option<LastRun> {
        let last = state.last_run()?;
        let is_same = self.0.is_some() && self.0 == last.inputs;
        (is_same && reuse.stands()).then_some(last)
    }

    /// What the next run has to know of this one.
    pub fn record(self, rendered: &mut Rendered) -> LastRun {
        LastRun {
            inputs: self.0,
            index: mem::take(&mut rendered.index),
            findings: mem::take(&mut rendered.findings),
            costs: mem::take(&mut rendered.costs),
        }
    }
}
