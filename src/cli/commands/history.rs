//! `history`: the editions of a packet, with their dates and what changed between them.

use std::path::PathBuf;

use serde::Serialize;

use crate::editions::Difference;
use crate::finding::suggest;
use crate::issue::{answer, kept};
use crate::publish::{Edition, Event, IssuedBefore, Kind, LedgerEntry, RecordEntry};
use crate::rows::Fqdn;

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::Shared;
use crate::cli::settings;
use crate::cli::shell::Shell;
use crate::cli::wording::{difference_line, on_day};

/// One line of a history, for programs.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    entry: &'a LedgerEntry,
    differences: Option<Vec<Difference>>,
}

/// The arguments of `history`.
#[derive(Debug, clap::Args)]
pub struct HistoryArgs {
    /// The server or pool; server:FQDN or pool:FQDN where a name is both
    #[arg(value_name = "FQDN")]
    pub fqdn: String,
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Which edition was valid on this day
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// Runs the command.
pub fn run(history: &HistoryArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(history.output.as_ref(), shared)?;
    let on = history.on.as_deref().map(settings::date).transpose()?;
    let standing = kept::standing(&published.output)?;
    let (kind, name) = match history.fqdn.split_once(':') {
        Some(("server", name)) => (Some(Kind::Server), name),
        Some(("pool", name)) => (Some(Kind::Pool), name),
        _ => (None, history.fqdn.as_str()),
    };
    let fqdn = Fqdn::parse(name).map_or_else(|_| name.to_owned(), |fqdn| fqdn.to_string());
    let entries = answer::of_name(&standing, kind, &fqdn);
    if entries.is_empty() {
        return Err(unknown(&standing, name));
    }
    let mut before: Option<&Edition> = None;
    for entry in entries {
        let edition = &entry.edition;
        let same = before.filter(|it| it.kind == edition.kind);
        if same.is_none() {
            shell.say(&format!("{} {}", edition.kind.as_str(), edition.fqdn));
            if let Some(day) = on {
                let day = day.to_string();
                let valid = answer::valid_on(&standing, edition.kind, &edition.fqdn, &day);
                shell.say(&on_day(&day, valid));
            }
        }
        say_entry(&standing, entry, same, shell);
        before = Some(edition);
    }
    Ok(Exit::Done)
}

fn say_entry(
    standing: &IssuedBefore,
    entry: &LedgerEntry,
    before: Option<&Edition>,
    shell: &Shell,
) {
    let edition = &entry.edition;
    let happened = match entry.event {
        Event::Issued => "issued",
        Event::Retired => "retired",
        Event::Adopted => "adopted",
        Event::Recorded => "worked through",
        Event::Drilled => "exercised",
    };
    if let Some(record) = &entry.record {
        let line = format!("edition {}  {happened}", edition.edition);
        return shell.answer(
            &Line {
                entry,
                differences: None,
            },
            &[run_line(&line, record)],
        );
    }
    let day = match entry.event {
        Event::Retired => &edition.as_of,
        _ => &edition.issued,
    };
    let mut lines = vec![format!(
        "edition {}  {happened} {day}  {}  {}  {}",
        edition.edition,
        edition.fingerprint,
        edition.status.as_str(),
        edition.what
    )];
    let changed = before.filter(|it| it.fingerprint != edition.fingerprint);
    let differences = changed.and_then(|it| answer::between(standing, it, edition));
    lines.extend(differences.iter().flatten().map(difference_line));
    shell.answer(&Line { entry, differences }, &lines);
}

/// "edition 3  exercised 2014-06-10  by AB and CD  RTO met  records/…json"
fn run_line(line: &str, record: &RecordEntry) -> String {
    let by = match record.by.as_str() {
        "" => "unsigned".to_owned(),
        by => format!("by {by}"),
    };
    let end = if record.finished {
        "finished"
    } else {
        "unfinished"
    };
    let file = record.files.first().map_or("", |file| file.path.as_str());
    format!(
        "{line} {}  {by}  {end}, RTO {}  {file}",
        record.day,
        record.rto.replace('-', " ")
    )
}

fn unknown(standing: &IssuedBefore, name: &str) -> Failure {
    let entries = standing.ledger.entries().iter();
    let names = entries.map(|entry| entry.edition.fqdn.as_str());
    Failure::usage(format!("no packet was ever issued for `{name}`"))
        .help_if(suggest::did_you_mean(name, names))
}
