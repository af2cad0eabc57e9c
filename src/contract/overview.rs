//! How an output folder stands: against its worksheets, its paper and the day.

use serde::Serialize;

use super::changes::PacketChangeData;
use super::estate::EstateData;

/// The schema that overviews name.
pub const OVERVIEW_SCHEMA: &str = "restore-packets/status/1";

/// What is out of date, what must be printed, what expires next.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "Status of restore packets")
)]
pub struct OverviewData {
    /// The version of this shape: `restore-packets/status/1`.
    pub schema: &'static str,
    /// The program and its version.
    pub tool: &'static str,
    /// What was true of the last run; null where another version of the program kept it.
    pub estate: Option<EstateData>,
    /// The day everything here is judged by, ISO 8601.
    pub as_of: String,
    /// The project file that sets that day for every run; null where it is today's, or was typed.
    pub frozen_by: Option<String>,
    /// The last run.
    pub last_run: LastRunData,
    /// How many packets of each status there were then.
    pub packets: PacketCountData,
    /// The packets against the worksheets as they are now.
    pub worksheets: ComparedData,
    /// What to print since it was last printed, and what to take out of the binder.
    pub print: Vec<PageDueData>,
    /// What may be trusted until a day, the earliest first.
    pub expires: Vec<ExpiryData>,
    /// Files that are not as they were issued.
    pub altered: Vec<AlteredData>,
    /// Packets whose worksheets could not be had for a while.
    pub not_refreshed: Vec<NotRefreshedData>,
    /// Whether anything is due: then the exit code is 1.
    pub due: bool,
}

/// The last run that wrote anything.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LastRunData {
    /// The day it judged by, ISO 8601.
    pub as_of: String,
    /// The program and its version.
    pub tool: String,
    /// When it wrote its manifest, ISO 8601 in UTC; null where the system does not say it.
    pub written: Option<String>,
    /// The day of the last run that changed a packet or the backup cycle, ISO 8601.
    pub changed: Option<String>,
}

/// How many packets there are of each status.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PacketCountData {
    /// All of them.
    pub all: usize,
    /// Without a blank.
    pub ready: usize,
    /// With one.
    pub gaps: usize,
    /// With a step that cannot be carried out as recorded.
    pub blocked: usize,
}

/// The packets against the worksheets as they are now.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ComparedData {
    /// Why they could not be compared; null where they were.
    pub why_not: Option<String>,
    /// The files that are new, changed or gone since the last run.
    pub files: Vec<FileChangeData>,
    /// The packets that a build would change.
    pub packets: Vec<PacketChangeData>,
    /// How many values of the backup cycle a build would renew.
    pub cycle_values: usize,
    /// How many errors the worksheets hold.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
}

/// A worksheet that is not as it was.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FileChangeData {
    /// Its path below the worksheets folder.
    pub path: String,
    /// `new`, `changed` or `gone`.
    pub change: &'static str,
}

/// A page to print or to take out.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PageDueData {
    /// "server fe01.contoso.com", "cycle sheet".
    pub what: String,
    /// `print` or `take-out`.
    pub todo: &'static str,
    /// The file to print, below the output folder.
    pub path: Option<String>,
    /// The edition that stands; null for the cycle sheet.
    pub edition: Option<u32>,
    /// What was printed last; null where nothing was.
    pub printed: Option<PrintedData>,
}

/// What was printed last of a page.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PrintedData {
    /// The edition; null for the cycle sheet.
    pub edition: Option<u32>,
    /// The day somebody ticked it, ISO 8601.
    pub day: String,
}

/// What may be trusted until a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExpiryData {
    /// The last day, ISO 8601.
    pub until: String,
    /// "server fe01.contoso.com", "cycle sheet".
    pub what: String,
    /// What ends it.
    pub why: String,
    /// Whether that day is past.
    pub over: bool,
}

/// A file that is not as it was issued.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AlteredData {
    /// Its path below the output folder.
    pub path: String,
    /// What is wrong with it.
    pub why: String,
}

/// A packet whose worksheets could not be had for a while.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NotRefreshedData {
    /// "server fe01.contoso.com".
    pub what: String,
    /// The day it was refreshed last, ISO 8601.
    pub since: String,
}
