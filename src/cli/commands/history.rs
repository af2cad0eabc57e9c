//! `history`: the editions of a packet, with their dates and what changed between them.

use std::path::PathBuf;

use serde::Serialize;

use crate::editions::Difference;
use crate::issue::{answer, kept, names};
use crate::publish::{Edition, Event, IssuedBefore, Kind, LedgerEntry, Page, RecordEntry, Tick};

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
    /// The day a record was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<&'a str>,
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
    let known = standing.ledger.entries().iter();
    let known = known.map(|it| (it.edition.kind, it.edition.fqdn.as_str()));
    let mut meant = names::meant(&history.fqdn, known)?;
    meant.sort_unstable();
    meant.dedup();
    for (kind, fqdn) in meant {
        shell.say(&format!("{} {fqdn}", kind.as_str()));
        if let Some(day) = on {
            let day = day.to_string();
            let valid = answer::valid_on(&standing, kind, fqdn, &day);
            shell.say(&on_day(&day, valid));
        }
        say_packet(&standing, (kind, fqdn), shell);
    }
    Ok(Exit::Done)
}

/// Everything the ledger says of a packet, oldest first.
fn say_packet(standing: &IssuedBefore, (kind, fqdn): (Kind, &str), shell: &Shell) {
    let ledger = &standing.ledger;
    let is_its_own = |tick: &&Tick| matches!(&tick.page, Page::Packet { kind: of, fqdn: name, .. } if *of == kind && name == fqdn);
    let mut ticks = ledger.ticks().iter().filter(is_its_own).peekable();
    let mut before: Option<&Edition> = None;
    for entry in answer::of_packet(standing, kind, fqdn) {
        while let Some(tick) = ticks.next_if(|tick| tick.seq < entry.seq) {
            say_tick(tick, shell);
        }
        say_entry(standing, entry, before, shell);
        before = Some(&entry.edition);
    }
    ticks.for_each(|tick| say_tick(tick, shell));
}

/// "edition 3  printed 2014-06-11"
fn say_tick(tick: &Tick, shell: &Shell) {
    let edition = tick.page.edition().unwrap_or_default();
    let happened = tick.event.as_str().replace('-', " ");
    let line = format!("edition {edition}  {happened} {}", tick.day);
    shell.answer(tick, &[line]);
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
        let withdrawn = standing.ledger.withdrawal(entry.seq);
        let withdrawn = withdrawn.map(|it| it.day.as_str());
        let mut lines = vec![run_line(&line, record)];
        lines.extend(withdrawn.map(|day| format!("  withdrawn {day}")));
        let line = Line {
            entry,
            differences: None,
            withdrawn,
        };
        return shell.answer(&line, &lines);
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
    let line = Line {
        entry,
        differences,
        withdrawn: None,
    };
    shell.answer(&line, &lines);
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
