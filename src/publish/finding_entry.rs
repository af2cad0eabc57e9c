//! A finding as programs see it: in the manifest and in `--message-format json`.

use std::io;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingEntry {
    /// The kebab-case code, which `explain` explains.
    pub code: String,
    /// How much it weighs.
    pub severity: SeverityEntry,
    /// What stands there and what was expected.
    pub message: String,
    /// The file, relative to the worksheets folder, with `/`.
    pub path: Option<String>,
    /// The sheet; null for CSV, which has none.
    pub sheet: Option<String>,
    /// The cell as spreadsheets name it: `D3`, or `3:3` for a whole row.
    pub cell: Option<String>,
    /// How to clear it.
    pub help: Option<String>,
    /// The day it was judged by, where it hangs on the day; null where it holds on any.
    #[serde(default)]
    pub as_of: Option<String>,
}

/// The weights of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SeverityEntry {
    /// Something recorded is wrong or cannot be used.
    Error,
    /// Something should be mended before an outage.
    Warning,
    /// Something worth knowing.
    Info,
}

impl FindingEntry {
    /// The view of a finding.
    pub fn of(finding: &Finding) -> Self {
        let place = finding.place.as_ref();
        Self {
            code: finding.code.as_str().to_owned(),
            severity: finding.severity.into(),
            message: finding.message.clone(),
            path: place.map(|place| place.path.to_string()),
            sheet: place.and_then(|place| place.in_sheet().map(str::to_owned)),
            cell: place.and_then(|place| match (place.at_row(), place.at_column()) {
                (Some(row), None) => {
                    let number = u64::from(row) + 1;
                    Some(format!("{number}:{number}"))
                }
                _ => place.address(),
            }),
            help: finding.help.clone(),
            as_of: finding.as_of.map(|day| day.to_string()),
        }
    }

    /// The finding as one line of JSON.
    ///
    /// # Errors
    ///
    /// None that is known: every value of these types has a form in JSON.
    pub fn to_json(&self) -> io::Result<String> {
        Ok(serde_json::to_string(self)?)
    }
}

impl From<Severity> for SeverityEntry {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }
}
