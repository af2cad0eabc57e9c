//! `attach`: packets or a bundle onto a change record.
//!
//! What is attached is chosen in `files`, what became of it is told in `told`; the work is `crate::attach`'s.

mod files;
mod told;

use crate::attach::{self, Address, Credentials, Kind, NoCredentials, Record, Wire};

use super::args::{Args, Attach, TicketSystem};
use super::failure::{Exit, Failure};
use super::settings::{self, Desk};
use super::shell::Shell;

/// Runs the command.
pub fn run(attach: &Attach, args: &Args, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(attach.output.as_ref(), &args.shared)?;
    let shell = &shell.completed(published.manner);
    let desk = desk(attach, args)?;
    let record = record(attach, &desk)?;
    let files = files::choose(attach, &published.output)?;
    let wire = wire(attach, &desk)?;
    let credentials = credentials(attach)?;
    let comment = attach.comment.as_deref().map(str::trim);
    let comment = comment.filter(|it| !it.is_empty());
    let system = attach::open(&*wire, &record, &credentials);
    let report =
        system.and_then(|system| attach::attach(&*system, &files, comment, attach.dry_run));
    match report {
        Ok(report) => Ok(told::tell(&report, &record, attach.dry_run, shell)),
        Err(trouble) => Err(told::failure(&trouble, &record)),
    }
}

/// The ticket system: of the project file, or as typed.
fn desk(attach: &Attach, args: &Args) -> Result<Desk, Failure> {
    let mut desk = match (&attach.to, attach.system, &attach.url) {
        (Some(name), ..) => settings::desk(name, &args.shared)?,
        (None, Some(kind), Some(url)) => Desk {
            kind,
            url: url.clone(),
            table: attach.table.clone(),
            ca: None,
            allow_http: false,
        },
        _ => {
            return Err(Failure::usage(
                "name the ticket system with --to, or --system and --url",
            ));
        }
    };
    desk.ca = attach.ca.clone().or(desk.ca);
    desk.allow_http |= attach.allow_http;
    Ok(desk)
}

fn record(attach: &Attach, desk: &Desk) -> Result<Record, Failure> {
    let kind = match desk.kind {
        TicketSystem::Rt => Kind::RequestTracker,
        TicketSystem::Redmine => Kind::Redmine,
        TicketSystem::Servicenow => Kind::ServiceNow,
        TicketSystem::Jira => Kind::Jira,
    };
    // The address is not quoted: somebody may have written a password into it.
    let address = address(desk)?;
    Record::new(kind, address, &attach.record, desk.table.clone())
        .map_err(|why| Failure::usage(format!("`{}` is no record: {why}", attach.record)))
}

fn address(desk: &Desk) -> Result<Address, Failure> {
    Address::parse(&desk.url, desk.allow_http)
        .map_err(|why| Failure::usage(format!("the ticket system's address cannot be used: {why}")))
}

fn credentials(attach: &Attach) -> Result<Credentials, Failure> {
    let from = attach.credentials.as_deref();
    let found = match from {
        Some(path) => Credentials::from_file(path),
        None => Credentials::from_environment(|name| std::env::var(name).ok()),
    };
    found.map_err(|why| {
        let place = match from {
            Some(path) => format!("`{}`: ", path.display()),
            None => String::new(),
        };
        let failure = Failure::usage(format!("{place}{why}"));
        if why == NoCredentials::None && from.is_none() {
            failure.help("set RESTORE_PACKETS_TOKEN, or RESTORE_PACKETS_USER and RESTORE_PACKETS_PASSWORD, or name a file with --credentials")
        } else {
            failure
        }
    })
}

/// The wire to the server.
#[cfg(feature = "attach")]
fn wire(attach: &Attach, desk: &Desk) -> Result<Box<dyn Wire>, Failure> {
    use crate::attach::{Again, Http, Trust};
    use std::time::Duration;

    /// How long to wait for a server unless something else is said.
    const PATIENCE: u64 = 60;
    /// How long to wait before something is tried again.
    const PAUSE: Duration = Duration::from_millis(500);

    let unusable = |why: String| match &desk.ca {
        Some(path) => Failure::usage(format!("`{}` cannot be used: {why}", path.display())),
        None => Failure::usage(why),
    };
    let trust = match &desk.ca {
        None => Trust::System,
        Some(path) => {
            let pem = std::fs::read(path);
            Trust::Authorities(pem.map_err(|error| unusable(error.to_string()))?)
        }
    };
    let patience = Duration::from_secs(attach.timeout.unwrap_or(PATIENCE));
    let http = Http::new(&address(desk)?, &trust, patience).map_err(unusable)?;
    Ok(Box::new(Again::over(http, PAUSE)))
}

/// This build cannot reach anything.
#[cfg(not(feature = "attach"))]
fn wire(_: &Attach, _: &Desk) -> Result<Box<dyn Wire>, Failure> {
    Err(Failure::usage(
        "this build reaches no network; `cargo install --path . --features attach` makes one that does",
    ))
}
