//! What the program shows: one set of types for scripts and for the layouts of pages.
//!
//! Every document names its schema, of which this program writes version 1; fields may be added, none is renamed or
//! removed without a new version. [`SCHEMAS`] are generated from the types and stand, committed, in `schemas/`.
//!
//! - `packet`, `step`, `fact`: a packet, with its procedures and facts ([`PacketData`])
//! - `plan`: the restore order for several losses ([`PlanData`])
//! - `index`: every packet and what leads to it ([`IndexData`])
//! - `changes`: what a run changed ([`ChangesData`])
//! - `execution`: what was done by a filled-in checklist ([`ExecutionData`])
//! - `finding`: what `check` has to say ([`CheckData`])
//! - `estate`, `place`: what they share
//!
//! Texts are plain: escaping is for whoever prints them. What only a page needs stands in `render::page`.

mod changes;
mod estate;
mod execution;
mod fact;
mod finding;
mod from_packet;
mod from_plan;
mod index;
mod packet;
mod place;
mod plan;
mod step;

use schemars::generate::SchemaSettings;
use serde::Serialize;

pub use changes::{ChangesData, DifferenceData, PacketChangeData, ReprintData, RoutineData};
pub use estate::EstateData;
pub use execution::{ChecklistData, ExecutionData, HandData, RtoData, StepRunData};
pub use fact::{FactData, PersonData};
pub use finding::{CheckData, FindingData, ReasonData};
pub use index::{
    CardData, EntryData, INDEX_SCHEMA, IndexData, QuestionData, ReadinessData, ScenarioData,
    SubjectData, SymptomData,
};
pub use packet::{
    ChoiceData, ControlData, ExerciseData, IdentityData, MemberData, PacketData, ValidData,
};
pub use place::{BecauseData, SourceCell, SourceFile};
pub use plan::{
    FailoverData, OnceData, OtherData, OutsideData, PlanData, PlannedData, StepOfData, TaskData,
    TimeData, WaitData, WaveData,
};
pub use step::{BlankData, ProcedureData, SectionData, StepData};

/// The program and its version, as documents name it.
pub const TOOL: &str = concat!("restore-packets ", env!("CARGO_PKG_VERSION"));

/// Writes a schema.
pub type WriteSchema = fn() -> String;

/// The published schemas: the file in `schemas/`, and what it holds.
pub const SCHEMAS: [(&str, WriteSchema); 6] = [
    ("changes", schema::<ChangesData>),
    ("check", schema::<CheckData>),
    ("execution", schema::<ExecutionData>),
    ("index", schema::<IndexData>),
    ("packet", schema::<PacketData>),
    ("plan", schema::<PlanData>),
];

/// A document, pretty-printed.
///
/// # Errors
///
/// Where a value cannot be written as JSON, which would be a bug.
pub fn text(document: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(document)?;
    text.push('\n');
    Ok(text)
}

/// The JSON Schema of a document, pretty-printed.
fn schema<T: schemars::JsonSchema>() -> String {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let schema = generator.into_root_schema_for::<T>();
    format!("{:#}\n", schema.as_value())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a schema is committed.
    fn path(name: &str) -> String {
        let root = env!("CARGO_MANIFEST_DIR");
        format!("{root}/src/contract/schemas/{name}.schema.json")
    }

    #[test]
    fn the_committed_schemas_are_current() {
        for (name, schema) in SCHEMAS {
            let committed = std::fs::read_to_string(path(name)).unwrap_or_default();
            assert!(
                schema() == committed,
                "{name}: run `cargo test -- --ignored write_the_schemas` and review the difference"
            );
        }
    }

    #[test]
    #[ignore = "writes the committed schemas"]
    fn write_the_schemas() {
        for (name, schema) in SCHEMAS {
            std::fs::write(path(name), schema()).expect("the schema can be written");
        }
    }
}
