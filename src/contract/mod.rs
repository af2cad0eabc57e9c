//! What the program shows: one set of types for scripts and for the layouts of pages.
//!
//! Every document names its schema, of which this program writes version 1; fields may be added, none is renamed or
//! removed without a new version. Their schemas are generated from the types and stand, committed, in `schemas/`; a
//! test holds them to each other.
//!
//! - `packet`, `step`, `fact`: a packet, with its procedures and facts ([`PacketData`])
//! - `plan`: the restore order for several losses ([`PlanData`])
//! - `index`: every packet and what leads to it ([`IndexData`])
//! - `changes`: what a run changed ([`ChangesData`])
//! - `drift`: where a topology and the worksheets differ ([`DriftData`])
//! - `execution`: what was done by a filled-in checklist ([`ExecutionData`])
//! - `finding`: what `check` has to say ([`CheckData`])
//! - `overview`: how an output folder stands ([`OverviewData`])
//! - `estate`, `place`: what they share
//!
//! Texts are plain: escaping is for whoever prints them. What only a page needs stands in `render::page`.

mod changes;
mod drift;
mod estate;
mod execution;
mod fact;
mod finding;
mod from_packet;
mod from_plan;
mod index;
mod overview;
mod packet;
mod place;
mod plan;
#[cfg(test)]
mod schemas;
mod step;

use serde::Serialize;

pub use changes::{ChangesData, DifferenceData, PacketChangeData, ReprintData, RoutineData};
pub use drift::{DriftData, DriftedData, OlderData, SaidData};
pub use estate::EstateData;
pub use execution::{ChecklistData, ExecutionData, HandData, RECORDS_SCHEMA, RtoData, StepRunData};
pub use fact::{FactData, PersonData};
pub use finding::{CheckData, FindingData, ReasonData, StatusData};
pub use index::{
    CardData, EntryData, INDEX_SCHEMA, IndexData, QuestionData, ReadinessData, ScenarioData,
    SubjectData, SymptomData,
};
pub use overview::{
    AlteredData, ComparedData, ExpiryData, FileChangeData, LastRunData, NotRefreshedData,
    OVERVIEW_SCHEMA, OverviewData, PacketCountData, PageDueData, PrintedData,
};
pub use packet::{
    ChoiceData, ControlData, ExerciseData, IdentityData, LaneAnswerData, LaneData, MemberData,
    PacketData, StateAnswerData, StateQuestionData, ValidData,
};
pub use place::{BecauseData, SourceCell, SourceFile};
pub use plan::{
    FailoverData, OnceData, OtherData, OutsideData, PlanData, PlannedData, StepOfData, TaskData,
    TimeData, WaitData, WaveData,
};
pub use step::{BlankData, ProcedureData, SectionData, StepData};

/// The program and its version, as documents name it.
pub const TOOL: &str = concat!("restore-packets ", env!("CARGO_PKG_VERSION"));

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
