//! The JSON writer: the documents of [`crate::contract`], for scripts and other tools.
//!
//! Unlike the pages a packet's document holds the routine facts too, marked.

use super::Error;
use super::index::IndexEntry;
use crate::contract::{
    self, ChangesData, CheckData, DriftData, ExecutionData, OverviewData, PacketData, PlanData,
};
use crate::editions::Changes;
use crate::packets::{Estate, Issue};
use crate::plan::Plan;
use crate::plan::card::Card;
use crate::record::Execution;

/// A packet.
///
/// # Errors
/// A value without a form in JSON, which would be a bug.
pub fn packet(issue: &Issue, estate: &Estate) -> Result<Vec<u8>, Error> {
    bytes(&PacketData::new(issue, estate))
}

/// The index.
///
/// # Errors
/// A value without a form in JSON, which would be a bug.
pub fn index(entries: &[IndexEntry], cards: &[Card], estate: &Estate) -> Result<Vec<u8>, Error> {
    bytes(&super::index::data(entries, cards, estate))
}

/// The change report.
///
/// # Errors
/// A value without a form in JSON, which would be a bug.
pub fn changes(changes: &Changes, estate: &Estate) -> Result<Vec<u8>, Error> {
    bytes(&ChangesData::new(changes, estate))
}

/// A restore plan.
///
/// # Errors
/// A value without a form in JSON, which would be a bug.
pub fn plan(plan: &Plan, estate: &Estate) -> Result<Vec<u8>, Error> {
    bytes(&PlanData::new(plan, estate))
}

/// The findings of a check.
///
/// # Errors
/// A value without a form in JSON, which would be a bug.
pub fn check(findings: &CheckData) -> Result<Vec<u8>, Error> {
    bytes(findings)
}

/// Where a topology and the worksheets differ.
///
/// # Errors
/// A value without a form in JSON, which would be a bug.
pub fn drift(drift: &DriftData) -> Result<Vec<u8>, Error> {
    bytes(drift)
}

/// How an output folder stands.
///
/// # Errors
/// A value without a form in JSON, which would be a bug.
pub fn overview(overview: &OverviewData) -> Result<Vec<u8>, Error> {
    bytes(overview)
}

/// The record of an execution.
///
/// # Errors
/// A value without a form in JSON, which would be a bug.
pub fn record(run: &Execution, estate: &Estate) -> Result<Vec<u8>, Error> {
    bytes(&ExecutionData::new(run, estate))
}

fn bytes(document: &impl serde::Serialize) -> Result<Vec<u8>, Error> {
    let text = contract::text(document).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(text.into_bytes())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::render::fixture;

    fn rich() -> Value {
        let bytes = packet(&fixture::with_gaps(), &fixture::estate()).expect("a packet is JSON");
        serde_json::from_slice(&bytes).expect("what was written can be read")
    }

    #[test]
    fn the_fields_scripts_rely_on_are_there() {
        let packet = rich();
        assert_eq!(packet["schema"], "restore-packets/packet/1");
        for field in [
            "kind",
            "fqdn",
            "title",
            "edition",
            "issued",
            "fingerprint",
            "status",
            "site",
            "role",
        ] {
            assert!(!packet["identity"][field].is_null(), "identity.{field}");
        }
        let fact = &packet["facts"][0];
        for field in [
            "group", "name", "value", "text", "missing", "routine", "source",
        ] {
            assert!(fact.get(field).is_some(), "facts[].{field}");
        }
        for field in ["path", "sheet", "cell"] {
            assert!(
                fact["source"].get(field).is_some(),
                "facts[].source.{field}"
            );
        }
        let step = &packet["procedures"][0]["steps"][0];
        for field in [
            "number", "text", "command", "gap", "run_on", "account", "expect",
        ] {
            assert!(step.get(field).is_some(), "steps[].{field}");
        }
    }

    #[test]
    fn a_step_with_a_gap_has_no_command() {
        let packet = rich();
        let procedures = packet["procedures"].as_array().expect("a list");
        let steps = procedures
            .iter()
            .flat_map(|procedure| procedure["steps"].as_array().expect("a list"));
        let gaps: Vec<&Value> = steps.filter(|step| !step["gap"].is_null()).collect();
        assert_eq!(gaps.len(), 2, "to copy the export, and to import it");
        assert!(gaps.iter().all(|step| step["command"].is_null()));
    }

    #[test]
    fn routine_facts_are_there_and_marked() {
        let packet = rich();
        let facts = packet["facts"].as_array().expect("a list");
        let routine = facts.iter().filter(|fact| fact["routine"] == true);
        let names: Vec<&Value> = routine.map(|fact| &fact["name"]).collect();
        // Two for each of the four backups that the packet restores from.
        assert_eq!(names, ["Backup set", "Last backup"].repeat(4));
    }
}
