//! Findings, why a packet is not ready, and the document of `check`.

use serde::Serialize;

use super::estate::EstateData;
use super::place::SourceCell;
use crate::finding::{Finding, Severity};
use crate::packets::{Concerning, Estate, Packet, Reason};

/// A finding.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// The day it was judged by, ISO 8601, where it hangs on the day; null where it holds on any, as all do that stand
    /// in a packet.
    pub as_of: Option<String>,
}

impl From<&Finding> for FindingData {
    fn from(finding: &Finding) -> Self {
        Self {
            code: finding.code.as_str(),
            severity: finding.severity.as_str(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            source: finding.place.as_ref().map(SourceCell::at),
            as_of: finding.as_of.map(|day| day.to_string()),
        }
    }
}

/// Why a packet is not ready.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReasonData {
    /// What is wrong or missing.
    pub text: String,
    /// The cell, where there is one.
    pub source: Option<SourceCell>,
}

impl From<&Reason> for ReasonData {
    fn from(reason: &Reason) -> Self {
        Self {
            text: reason.text.clone(),
            source: reason.place.as_ref().map(SourceCell::at),
        }
    }
}

/// Everything `check` has to say of the worksheets.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "Findings"))]
pub struct CheckData {
    /// The version of this shape: `restore-packets/check/1`.
    pub schema: &'static str,
    /// The program and its version.
    pub tool: &'static str,
    /// What is true of the whole run.
    pub estate: EstateData,
    /// How many findings are errors: any makes the exit code 1.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are worth knowing and no more.
    pub infos: usize,
    /// What each packet would be issued as, on that day.
    pub packets: Vec<StatusData>,
    /// The findings, by file, sheet, row and column, then errors first.
    pub findings: Vec<FindingData>,
}

/// How ready a packet is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StatusData {
    /// `server` or `pool`.
    pub kind: &'static str,
    /// The canonical FQDN.
    pub fqdn: String,
    /// `blocked`, `gaps` or `ready` as of the day: what is expired then makes it `gaps`.
    pub status: &'static str,
    /// What keeps it from being ready on any day, in ten words; null where nothing does.
    pub missing: Option<String>,
}

impl StatusData {
    /// Of a packet, on a day.
    pub fn new(packet: &Packet, day: &Concerning<'_>) -> Self {
        Self {
            kind: packet.subject.kind.as_str(),
            fqdn: packet.subject.fqdn.clone(),
            status: packet.status_on(day).as_str(),
            missing: (!packet.missing.is_empty()).then(|| packet.missing.clone()),
        }
    }
}

/// The schema that the findings of `check` name.
pub const CHECK_SCHEMA: &str = "restore-packets/check/1";

impl CheckData {
    /// Of the findings in their total order.
    pub fn new(findings: &[Finding], packets: Vec<StatusData>, estate: &Estate) -> Self {
        let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
        Self {
            schema: CHECK_SCHEMA,
            tool: super::TOOL,
            estate: EstateData::from(estate),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            packets,
            findings: findings.iter().map(FindingData::from).collect(),
        }
    }
}
