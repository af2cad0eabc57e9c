//! The ticket system: one of the project file, or as typed.

use std::path::PathBuf;

use crate::attach::{Address, Kind, Record};
use crate::finding::suggest;

use super::arguments::{AttachArgs, TicketSystem};
use crate::cli::failure::Failure;
use crate::cli::options::Shared;
use crate::cli::project::{self, TicketSystemEntry};

/// Where a change record is kept.
#[derive(Clone, Debug)]
pub(super) struct Destination {
    kind: Kind,
    /// Its address.
    pub(super) address: Address,
    table: Option<String>,
    /// The authorities its certificate is judged by.
    #[cfg_attr(
        not(feature = "attach"),
        expect(dead_code, reason = "there is no connection to judge")
    )]
    pub(super) ca: Option<PathBuf>,
}

impl Destination {
    /// The system the arguments name.
    ///
    /// # Errors
    /// The project file knows no system of this name or kind, or the address cannot be used.
    pub(super) fn of(attach: &AttachArgs, shared: &Shared) -> Result<Self, Failure> {
        let (kind, entry) = match (&attach.to, attach.system, &attach.url) {
            (Some(name), ..) => named(name, shared)?,
            (None, Some(kind), Some(url)) => (kind, typed(url, attach)),
            _ => {
                let message = "name the ticket system with --to, or --system and --url";
                return Err(Failure::usage(message));
            }
        };
        // The address is not quoted: somebody may have written a password into it.
        let address = Address::parse(&entry.url, entry.allow_http || attach.allow_http);
        let unusable =
            |why| Failure::usage(format!("the ticket system's address cannot be used: {why}"));
        Ok(Self {
            kind: match kind {
                TicketSystem::Rt => Kind::RequestTracker,
                TicketSystem::Redmine => Kind::Redmine,
                TicketSystem::Servicenow => Kind::ServiceNow,
                TicketSystem::Jira => Kind::Jira,
            },
            address: address.map_err(unusable)?,
            table: entry.table,
            ca: attach.ca.clone().or(entry.ca),
        })
    }

    /// A record of this system.
    ///
    /// # Errors
    /// A number that is none.
    pub(super) fn record(&self, id: &str) -> Result<Record, Failure> {
        Record::new(self.kind, self.address.clone(), id, self.table.clone())
            .map_err(|why| Failure::usage(format!("`{id}` is no record: {why}")))
    }
}

fn typed(url: &str, attach: &AttachArgs) -> TicketSystemEntry {
    TicketSystemEntry {
        kind: String::new(),
        url: url.to_owned(),
        table: attach.table.clone(),
        ca: None,
        allow_http: false,
    }
}

/// A ticket system of the project file, with paths as they are from here.
fn named(name: &str, shared: &Shared) -> Result<(TicketSystem, TicketSystemEntry), Failure> {
    let (systems, found) = project::ticket_systems(shared)?;
    let Some(entry) = systems.get(name).cloned() else {
        let known = systems.keys().map(String::as_str);
        let failure = Failure::usage(format!("the project file names no ticket system `{name}`"));
        return Err(failure.help(suggest::did_you_mean(name, known).unwrap_or_else(|| {
            format!("write `kind` and `url` under [ticket-systems.{name}], or give --system and --url")
        })));
    };
    let kind = project::choice("kind", &entry.kind)?;
    let ca = entry.ca.clone().map(|path| found.beside(path));
    Ok((kind, TicketSystemEntry { ca, ..entry }))
}
