//! Sentences that every format has: written once, for the layouts and for the workbook.

use serde::Serialize;

use crate::render::wording::{NO_PROCEDURE, SIGN_OFF, TRIAGE, TRIAGE_RULE};

/// Sentences that every format has.
#[derive(Clone, Debug, Serialize)]
pub struct WordingView {
    /// The first question of every packet.
    pub triage: &'static str,
    /// What the question is about.
    pub triage_rule: &'static str,
    /// What stands in the place of the chooser where no row of the decision table applies.
    pub no_procedure: &'static str,
    /// The lines of the sign-off.
    pub sign_off: Vec<&'static str>,
}

impl WordingView {
    pub(super) fn new() -> Self {
        Self {
            triage: TRIAGE,
            triage_rule: TRIAGE_RULE,
            no_procedure: NO_PROCEDURE,
            sign_off: SIGN_OFF.into(),
        }
    }
}
