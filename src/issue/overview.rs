//! How an output folder stands: against its worksheets as they are now, against paper, against the day.
//!
//! Entry point: [`overview`]. Nothing is written, and no lock is taken.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use crate::contract::{
    AlteredData, ComparedData, EstateData, ExpiryData, FileChangeData, LastRunData,
    NotRefreshedData, OVERVIEW_SCHEMA, OverviewData, PacketChangeData, PacketCountData,
    PageDueData, PrintedData, TOOL,
};
use crate::finding::{Finding, Place, Severity};
use crate::packets::SourceDigest;
use crate::publish::{Handled, IssuedBefore, Manifest, PacketEntry, StatusEntry, Tick};

use super::paper::{self, PageDue};
use super::{Error, Inputs, Options, Paths, Result, Unwatched, kept};

/// How an output folder stands on the day of the options.
///
/// # Errors
/// A folder nothing was issued to, or whose records do not belong together.
pub fn overview(paths: &Paths, options: &Options, written: Option<String>) -> Result<OverviewData> {
    let standing = kept::standing(&paths.output)?;
    let manifest = standing.manifest.clone().ok_or_else(|| {
        Error::output(format!("`{}` has no manifest", paths.output.display())).help("build again")
    })?;
    let worksheets = compared(paths, options, &standing);
    let day = options.as_of.to_string();
    let kept = standing.state.estate().ok();
    let mut overview = OverviewData {
        schema: OVERVIEW_SCHEMA,
        tool: TOOL,
        estate: kept.map(|kept| EstateData::from(&kept.estate)),
        frozen_by: None,
        last_run: LastRunData {
            as_of: manifest.as_of.clone(),
            tool: manifest.tool.clone(),
            written,
            changed: manifest.changes.as_ref().map(|it| it.as_of.clone()),
        },
        packets: counts(&manifest.packets),
        worksheets,
        print: paper::due(&standing)
            .iter()
            .map(PageDueData::from)
            .collect(),
        expires: expiries(&manifest, &day),
        altered: altered(&paths.output, options.as_of),
        not_refreshed: not_refreshed(&manifest.packets),
        as_of: day,
        due: false,
    };
    overview.due = is_due(&overview);
    Ok(overview)
}

/// Whether somebody has to do something.
fn is_due(overview: &OverviewData) -> bool {
    let worksheets = &overview.worksheets;
    worksheets.why_not.is_some()
        || !worksheets.packets.is_empty()
        || worksheets.cycle_values > 0
        || !overview.print.is_empty()
        || overview.expires.iter().any(|it| it.over)
        || !overview.altered.is_empty()
        || !overview.not_refreshed.is_empty()
}

/// What a build would change. Why it cannot be told is part of the answer: the rest of it does not hang on worksheets.
fn compared(paths: &Paths, options: &Options, standing: &IssuedBefore) -> ComparedData {
    compare(paths, options, standing).unwrap_or_else(|error| ComparedData {
        why_not: Some(error.message),
        files: Vec::new(),
        packets: Vec::new(),
        cycle_values: 0,
        errors: 0,
        warnings: 0,
    })
}

fn compare(paths: &Paths, options: &Options, standing: &IssuedBefore) -> Result<ComparedData> {
    let mut reading = super::read(Inputs::of(paths)?, options)?;
    let files = files(standing, &reading.estate.sources);
    let issued = super::issue(&mut reading, standing, options, &Unwatched)?;
    let issued = issued.ok_or_else(|| Error::request("no row of a server or pool was read"))?;
    let count = |severity| {
        let all = issued.findings.iter();
        all.filter(|it| it.severity == severity).count()
    };
    Ok(ComparedData {
        why_not: None,
        files,
        packets: issued
            .changes
            .packets
            .iter()
            .map(PacketChangeData::from)
            .collect(),
        cycle_values: issued.changes.routine.values,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
    })
}

/// Worksheets that are not as the last run read them.
fn files(standing: &IssuedBefore, now: &[SourceDigest]) -> Vec<FileChangeData> {
    let before = standing.manifest.iter().flat_map(|it| &it.sources);
    let before: BTreeMap<&str, &str> = before
        .map(|source| (source.path.as_str(), source.sha256.as_str()))
        .collect();
    let changed = now.iter().filter_map(|source| {
        let change = match before.get(source.path.as_str()) {
            None => "new",
            Some(sha256) if *sha256 != source.sha256 => "changed",
            Some(_) => return None,
        };
        Some((source.path.clone(), change))
    });
    let is_there = |path: &str| now.iter().any(|source| source.path == path);
    let gone = before.keys().filter(|path| !is_there(path));
    let gone = gone.map(|path| ((*path).to_owned(), "gone"));
    let mut all: Vec<_> = changed.chain(gone).collect();
    all.sort();
    all.into_iter()
        .map(|(path, change)| FileChangeData { path, change })
        .collect()
}

fn counts(packets: &[PacketEntry]) -> PacketCountData {
    let of = |status| packets.iter().filter(|it| it.status == status).count();
    PacketCountData {
        all: packets.len(),
        ready: of(StatusEntry::Ready),
        gaps: of(StatusEntry::Gaps),
        blocked: of(StatusEntry::Blocked),
    }
}

fn expiries(manifest: &Manifest, day: &str) -> Vec<ExpiryData> {
    let cycle = manifest.cycle.valid_until.iter();
    let cycle = cycle.map(|until| ("cycle sheet".to_owned(), until));
    let packets = manifest.packets.iter();
    let packets = packets.filter_map(|it| Some((name(it), it.valid_until.as_ref()?)));
    let mut all: Vec<ExpiryData> = cycle
        .chain(packets)
        .map(|(what, until)| ExpiryData {
            until: until.date.clone(),
            what,
            why: until.why.clone(),
            over: until.date.as_str() < day,
        })
        .collect();
    all.sort();
    all
}

fn altered(output: &Path, day: Date) -> Vec<AlteredData> {
    let findings = kept::verify(output, day).findings;
    let wrong = findings
        .into_iter()
        .filter(|it| it.severity == Severity::Error);
    let entry = |finding: Finding| AlteredData {
        path: finding.place.as_ref().map(Place::short).unwrap_or_default(),
        why: finding.message,
    };
    wrong.map(entry).collect()
}

fn not_refreshed(packets: &[PacketEntry]) -> Vec<NotRefreshedData> {
    let entries = packets.iter().filter_map(|packet| {
        Some(NotRefreshedData {
            what: name(packet),
            since: packet.not_refreshed_since.clone()?,
        })
    });
    entries.collect()
}

fn name(packet: &PacketEntry) -> String {
    format!("{} {}", packet.kind.as_str(), packet.fqdn)
}

impl From<&PageDue> for PageDueData {
    fn from(due: &PageDue) -> Self {
        Self {
            what: due.page.name(),
            todo: match due.todo {
                Handled::Printed => "print",
                Handled::TakenOut => "take-out",
            },
            path: due.path.clone(),
            edition: due.page.edition(),
            printed: due.before.as_ref().and_then(printed),
        }
    }
}

/// What stands on paper; nothing where it was taken out.
fn printed(tick: &Tick) -> Option<PrintedData> {
    (tick.event == Handled::Printed).then(|| PrintedData {
        edition: tick.page.edition(),
        day: tick.day.clone(),
    })
}
