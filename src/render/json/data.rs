//! The shape of a packet as data: everything but the steps.

use schemars::JsonSchema;
use serde::Serialize;

use super::steps::ProcedureData;

/// A restore packet as data.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "Restore packet")]
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
    /// The procedures.
    pub procedures: Vec<ProcedureData>,
    /// The checks afterwards.
    pub checks: ProcedureData,
    /// Whom to call.
    pub people: Vec<PersonData>,
    /// The worksheets behind the packet.
    pub sources: Vec<SourceFile>,
}

/// What a packet is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
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
    /// `blocked`, `gaps` or `ready`.
    pub status: &'static str,
    /// The site.
    pub site: Option<String>,
    /// Roles or pool types, as one phrase.
    pub role: String,
}

/// An exercise.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExerciseData {
    /// The day it began, ISO 8601.
    pub date: String,
    /// The initials of all who signed; null where nobody did.
    pub by: Option<String>,
}

/// The last day a packet may be trusted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ValidData {
    /// The day, ISO 8601.
    pub date: String,
    /// What ends it.
    pub why: String,
    /// The cell that says so.
    pub source: SourceCell,
}

/// Document control.
#[derive(Clone, Debug, Serialize, JsonSchema)]
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
#[derive(Clone, Debug, Serialize, JsonSchema)]
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

/// A reason with its cell.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BecauseData {
    /// The reason.
    pub text: String,
    /// The cell.
    pub source: SourceCell,
}

/// A finding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindingData {
    /// The kebab-case code.
    pub code: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// What stands there and what was expected.
    pub message: String,
    /// How to clear it.
    pub help: Option<String>,
    /// The cell, where there is one.
    pub source: Option<SourceCell>,
}

/// One fact.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FactData {
    /// The heading it stands under.
    pub group: String,
    /// The column's English heading, or the organization's own.
    pub name: String,
    /// The value; null where no worksheet gives it.
    pub value: Option<String>,
    /// The cell's own text, trimmed; dates ISO 8601.
    pub text: String,
    /// Whether the value is missing.
    pub missing: bool,
    /// Whether it changes with every backup cycle and is no part of the edition.
    pub routine: bool,
    /// Where it stands, or would stand; null where no worksheet has such a row.
    pub source: Option<SourceCell>,
}

/// A place in the worksheets.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceCell {
    /// The file, relative to the worksheets folder, with `/`.
    pub path: String,
    /// The sheet; null for CSV.
    pub sheet: Option<String>,
    /// The cell in A1 notation, or `row 3`; null for a whole sheet.
    pub cell: Option<String>,
}

/// A member of a pool.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MemberData {
    /// 1 for what is restored first.
    pub order: usize,
    /// The canonical FQDN.
    pub fqdn: String,
    /// What it is to the pool.
    pub role: String,
    /// Whether it has a packet of its own.
    pub packet: bool,
}

/// Somebody to call.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PersonData {
    /// What for.
    pub responsibility: Option<String>,
    /// Who.
    pub name: Option<String>,
    /// How to reach them.
    pub phone: Option<String>,
    /// How to write to them.
    pub email: Option<String>,
    /// Who stands in.
    pub alternate: Option<String>,
    /// How to reach the one who stands in.
    pub alternate_phone: Option<String>,
}

/// A worksheet file and its digest.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceFile {
    /// Path relative to the worksheets folder.
    pub path: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
}
