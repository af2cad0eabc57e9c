//! The published schemas: made from the types, and held to what is committed in `schemas/`.
//!
//! Only tests make them, so that the program carries no maker of schemas.

use schemars::generate::SchemaSettings;

use super::{
    ChangesData, CheckData, DriftData, ExecutionData, IndexData, OverviewData, PacketData, PlanData,
};

/// Makes the text of a schema.
type Make = fn() -> String;

/// The file in `schemas/`, and what it is to hold.
const SCHEMAS: [(&str, Make); 8] = [
    ("changes", schema::<ChangesData>),
    ("check", schema::<CheckData>),
    ("drift", schema::<DriftData>),
    ("execution", schema::<ExecutionData>),
    ("index", schema::<IndexData>),
    ("packet", schema::<PacketData>),
    ("plan", schema::<PlanData>),
    ("status", schema::<OverviewData>),
];

/// The JSON Schema of a document, pretty-printed.
fn schema<T: schemars::JsonSchema>() -> String {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let schema = generator.into_root_schema_for::<T>();
    format!("{:#}\n", schema.as_value())
}

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
