//! Findings, why a packet is not ready, and the document of `check`.

use serde::Serialize;

use super::estate::EstateData;
use super::place::SourceCell;
use crate::finding::{Finding, Severity};
use crate::packets::{Estate, Reason};

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
}

impl From<&Finding> for FindingData {
    fn from(finding: &Finding) -> Self {
        Self {
            code: finding.code.as_str(),
            severity: finding.severity.as_str(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            source: finding.place.as_ref().map(SourceCell::at),
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
    /// The findings, by file, sheet, row and column, then errors first.
    pub findings: Vec<FindingData>,
}

/// The schema that the findings of `check` name.
pub const CHECK_SCHEMA: &str = "restore-packets/check/1";

impl CheckData {
    /// Of the findings in their total order.
    pub fn new(findings: &[Finding], estate: &Estate) -> Self {
        let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
        Self {
            schema: CHECK_SCHEMA,
            tool: super::TOOL,
            estate: EstateData::from(estate),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            findings: findings.iter().map(FindingData::from).collect(),
        }
    }
}
