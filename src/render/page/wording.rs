//! Sentences and symbols that every format has: written once, for the layouts and for the workbook.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::Severity;
use crate::packets::Status;
use crate::render::wording::{NO_PROCEDURE, PRACTICE, TRIAGE, TRIAGE_RULE, meaning, symbol};

/// Sentences and symbols that every format has.
#[derive(Clone, Debug, Serialize)]
pub struct Wording {
    /// The first question of every packet.
    pub triage: &'static str,
    /// What the question is about.
    pub triage_rule: &'static str,
    /// What stands in the place of the chooser where no row of the decision table applies.
    pub no_procedure: &'static str,
    /// The same where what brings it back is practice.
    pub practice: &'static str,
    /// A symbol that prints in black and white for each status, severity and result of a step.
    pub symbols: BTreeMap<&'static str, &'static str>,
    /// What each status means for the reader.
    pub meanings: BTreeMap<&'static str, &'static str>,
}

/// The statuses, the best first.
const STATUSES: [Status; 3] = [Status::Ready, Status::Gaps, Status::Blocked];

/// The signs of findings and of what became of a step.
const SIGNS: [(&str, &str); 6] = [
    (Severity::Error.as_str(), "✕"),
    (Severity::Warning.as_str(), "△"),
    (Severity::Info.as_str(), "i"),
    ("done", "✓"),
    ("skipped", "–"),
    ("failed", "✗"),
];

impl Wording {
    pub(super) fn new() -> Self {
        let statuses = STATUSES.map(|status| (status.as_str(), symbol(status)));
        Self {
            triage: TRIAGE,
            triage_rule: TRIAGE_RULE,
            no_procedure: NO_PROCEDURE,
            practice: PRACTICE,
            symbols: statuses.into_iter().chain(SIGNS).collect(),
            meanings: STATUSES.map(|it| (it.as_str(), meaning(it))).into(),
        }
    }
}
