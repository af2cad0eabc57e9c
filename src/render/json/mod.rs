//! The JSON writer: the packet as data, for scripts and other tools.
//!
//! The shape is [`PacketData`], whose JSON Schema is [`schema`]; the committed copy is
//! `packet.schema.json` beside this folder. Unlike the pages it holds the routine facts too, marked.

mod data;
mod from_packet;
mod record;
mod steps;

use schemars::generate::SchemaSettings;

use crate::packets::{Estate, Issue};

pub use data::{
    BecauseData, ChoiceData, ControlData, FactData, FindingData, IdentityData, MemberData,
    PacketData, PersonData, SourceCell, SourceFile,
};
pub use record::{RECORD_SCHEMA, record};
pub use steps::{BlankData, ProcedureData, SectionData, StepData};

/// The id of the schema, which every packet names; its version rises when a field is renamed or removed.
pub const SCHEMA_ID: &str = "restore-packets/packet/1";

/// A packet, pretty-printed.
///
/// # Errors
///
/// Where a value cannot be written as JSON, which would be a bug.
pub fn packet(issue: &Issue, estate: &Estate) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&PacketData::new(issue, estate))?;
    text.push('\n');
    Ok(text)
}

/// The JSON Schema of a packet, pretty-printed.
pub fn schema() -> String {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let schema = generator.into_root_schema_for::<PacketData>();
    format!("{:#}\n", schema.as_value())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::render::fixture;

    fn rich() -> Value {
        let text = packet(&fixture::issue(), &fixture::estate()).expect("a packet is JSON");
        serde_json::from_str(&text).expect("what was written can be read")
    }

    #[test]
    fn the_committed_schema_is_current() {
        let committed = include_str!("../packet.schema.json");
        assert!(
            schema() == committed,
            "run `cargo test -- --ignored write_the_schema` and review the difference"
        );
    }

    #[test]
    #[ignore = "writes the committed schema"]
    fn write_the_schema() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/render/packet.schema.json");
        std::fs::write(path, schema()).expect("the schema can be written");
    }

    #[test]
    fn the_fields_scripts_rely_on_are_there() {
        let packet = rich();
        assert_eq!(packet["schema"], SCHEMA_ID);
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
        assert_eq!(gaps.len(), 2, "one in each procedure of the fixture");
        assert!(gaps.iter().all(|step| step["command"].is_null()));
    }

    #[test]
    fn routine_facts_are_there_and_marked() {
        let packet = rich();
        let facts = packet["facts"].as_array().expect("a list");
        let routine: Vec<&Value> = facts
            .iter()
            .filter(|fact| fact["routine"] == Value::Bool(true))
            .collect();
        assert_eq!(routine.len(), 1);
        assert_eq!(routine[0]["name"], "Last backup");
    }
}
