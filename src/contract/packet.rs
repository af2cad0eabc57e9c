//! The shape of a packet as data: everything but the steps.

use serde::Serialize;

use super::fact::{FactData, PersonData};
use super::finding::FindingData;
use super::place::{BecauseData, SourceCell, SourceFile};
use super::step::ProcedureData;

/// The schema that packets name; its version rises when a field is renamed or removed.
pub const PACKET_SCHEMA: &str = "restore-packets/packet/1";

/// A restore packet as data.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "Restore packet"))]
pub struct PacketData {
    /// The version of this shape: `restore-packets/packet/1`.
    pub schema: &'static str,
    /// What the packet is.
    pub identity: IdentityData,
    /// Document control, and the classification.
    pub control: ControlData,
    /// What stops and what goes on while the server or pool is down.
    pub effect: Vec<String>,
    /// Which situation leads to which procedure.
    pub chooser: Vec<ChoiceData>,
    /// What must be known of the outage before the work begins; empty where there is one lane.
    pub questions: Vec<StateQuestionData>,
    /// The lanes: for each combination of answers the steps it asks for, whole and in order. One at least.
    pub lanes: Vec<LaneData>,
    /// The findings that concern this packet.
    pub findings: Vec<FindingData>,
    /// The facts, in the order in which they are printed.
    pub facts: Vec<FactData>,
    /// Pools: the members in restore order.
    pub members: Vec<MemberData>,
    /// What to have at hand.
    pub gather: ProcedureData,
    /// The steps before any procedure.
    pub prepare: ProcedureData,
    /// The procedures, and what else is for some lanes alone. The numbers say the order of all parts.
    pub procedures: Vec<ProcedureData>,
    /// The checks afterwards.
    pub checks: ProcedureData,
    /// Whom to call.
    pub people: Vec<PersonData>,
    /// The worksheets behind the packet.
    pub sources: Vec<SourceFile>,
}

/// What a packet is.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IdentityData {
    /// `server` or `pool`.
    pub kind: &'static str,
    /// The canonical FQDN: lower case, no trailing dot.
    pub fqdn: String,
    /// The packet's title.
    pub title: String,
    /// The edition, from 1; rises only when the content changes.
    pub edition: u32,
    /// The day this edition was first issued, ISO 8601.
    pub issued: String,
    /// The fingerprint of the content.
    pub fingerprint: String,
    /// The last exercise of the packet; null if it never was exercised. No part of the edition.
    pub exercise: Option<ExerciseData>,
    /// The change record this copy belongs to; null for a copy of none.
    pub change: Option<String>,
    /// Until when the packet may be trusted; null where no worksheet gives a date.
    pub valid_until: Option<ValidData>,
    /// `blocked`, `gaps` or `ready`, as printed: on any day.
    pub status: &'static str,
    /// What keeps it from being ready, in ten words; null where nothing does.
    pub missing: Option<String>,
    /// What ends that it is ready; null where nothing does or it is not ready.
    pub ready_until: Option<ValidData>,
    /// The site.
    pub site: Option<String>,
    /// Roles or pool types, as one phrase.
    pub role: String,
}

/// An exercise.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExerciseData {
    /// The day it began, ISO 8601.
    pub date: String,
    /// The initials of all who signed; null where nobody did.
    pub by: Option<String>,
}

/// The last day a packet may be trusted.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ValidData {
    /// The day, ISO 8601.
    pub date: String,
    /// What ends it.
    pub why: String,
    /// The cell that says so.
    pub source: SourceCell,
}

/// Document control.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ControlData {
    /// The organization's name.
    pub organization: Option<String>,
    /// The product.
    pub product: String,
    /// The classification printed on every page.
    pub classification: Option<String>,
    /// Who owns, approved and reviews the document.
    pub facts: Vec<FactData>,
}

/// One line of the chooser.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChoiceData {
    /// The decision row's id.
    pub id: String,
    /// The situation in words.
    pub situation: String,
    /// The number and title of the procedure.
    pub procedure: String,
    /// The worksheet cells that made the row apply.
    pub because: Vec<BecauseData>,
}

/// What must be known of the outage before the work begins.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StateQuestionData {
    /// The question's id, for example `failover`.
    pub id: String,
    /// The question.
    pub text: String,
    /// The FQDNs it is about: that of the packet, or those of the pools whose users are cut off.
    pub about: Vec<String>,
    /// The answers that are possible here.
    pub answers: Vec<StateAnswerData>,
}

/// A possible answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StateAnswerData {
    /// The id of the state, as `plan --state` takes it.
    pub id: String,
    /// The answer in words.
    pub text: String,
}

/// A way through the packet.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LaneData {
    /// Its letter.
    pub id: String,
    /// What must be true, as clauses; empty where nothing is asked.
    pub only_if: String,
    /// The answers that lead to it, by question.
    pub answers: Vec<LaneAnswerData>,
    /// The numbers of its parts, in order.
    pub parts: Vec<usize>,
    /// The numbers of its steps, whole and in order: the first is its step 1.
    pub steps: Vec<String>,
}

/// An answer to a question.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LaneAnswerData {
    /// The question's id.
    pub question: String,
    /// The answer's id.
    pub answer: String,
}

/// A member of a pool.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MemberData {
    /// 1 for what is restored first.
    pub order: usize,
    /// The canonical FQDN.
    pub fqdn: String,
    /// What it is to the pool.
    pub role: String,
    /// Its addresses, as recorded; null where none is.
    pub address: Option<String>,
    /// Its recovery time objective in hours; null where none is recorded, or where the pool does not wait for it.
    pub rto: Option<f64>,
    /// Whether it has a packet of its own.
    pub packet: bool,
}
