//! What the four systems have in common: a record that holds files, can be added to, and can be read back.

use std::fmt;
use std::path::Path;

use super::client::Client;
use super::{Address, Credentials, Trouble, Wire, jira, redmine, rt, servicenow};
use crate::text::digest;

/// The kinds of ticket systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Request Tracker 5.
    RequestTracker,
    /// Redmine.
    Redmine,
    /// ServiceNow.
    ServiceNow,
    /// Jira.
    Jira,
}

impl Kind {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::RequestTracker => "Request Tracker",
            Self::Redmine => "Redmine",
            Self::ServiceNow => "ServiceNow",
            Self::Jira => "Jira",
        }
    }
}

/// Which record, in which system.
#[derive(Clone, Debug)]
pub struct Record {
    kind: Kind,
    address: Address,
    id: String,
    table: Option<String>,
}

impl Record {
    /// A record by its number.
    ///
    /// # Errors
    /// A number or table that is none: it would become part of an address or a query.
    pub fn new(
        kind: Kind,
        address: Address,
        id: &str,
        table: Option<String>,
    ) -> Result<Self, &'static str> {
        let is_digits = |id: &str| id.bytes().all(|byte| byte.is_ascii_digit());
        let is_name = |id: &str| {
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            id.bytes().all(fits)
        };
        if id.is_empty() || id.len() > 64 || !is_name(id) {
            return Err("a record's number has letters, digits, `-` and `_`");
        }
        if matches!(kind, Kind::RequestTracker | Kind::Redmine) && !is_digits(id) {
            return Err("in this system a record's number has digits only");
        }
        if table
            .as_deref()
            .is_some_and(|table| table.is_empty() || !is_name(table))
        {
            return Err("a table's name has letters, digits and `_`");
        }
        let id = id.to_owned();
        Ok(Self {
            kind,
            address,
            id,
            table,
        })
    }

    /// The system, for messages.
    pub fn system(&self) -> String {
        format!("{} at {}", self.kind.name(), self.address)
    }

    /// The record's number.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The table a ServiceNow record is in, where somebody says so.
    pub(super) fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }
}

/// A file to be attached.
#[derive(Clone)]
pub struct Outgoing {
    /// Where it comes from, for messages.
    pub source: String,
    /// The name it is to have, unless that is taken.
    pub name: String,
    /// The edition of the packet it belongs to.
    pub edition: Option<u32>,
    /// Its fingerprint, as printed.
    pub fingerprint: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as {}", self.source, self.name)
    }
}

impl Outgoing {
    /// Its size.
    pub fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Its SHA-256.
    pub fn sha256(&self) -> String {
        digest::sha256_hex(&self.bytes)
    }

    /// Its type, for systems that keep bytes as they are.
    pub(super) fn media_type(&self) -> &'static str {
        let extension = Path::new(&self.name).extension();
        match extension.and_then(|it| it.to_str()).unwrap_or_default() {
            "html" => "text/html",
            "md" => "text/markdown",
            "json" => "application/json",
            "pdf" => "application/pdf",
            "zip" => "application/zip",
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _ => "application/octet-stream",
        }
    }
}

/// A file that a record holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// How the system knows it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size, as the system says.
    pub size: u64,
}

/// A record in a ticket system.
pub trait System {
    /// What the record holds, oldest first.
    ///
    /// # Errors
    /// The record is unknown or may not be seen, or the server does not answer.
    fn look(&self) -> Result<Vec<Attached>, Trouble>;

    /// The largest file the system takes, where it says so.
    ///
    /// # Errors
    /// The server does not answer.
    fn limit(&self) -> Result<Option<u64>, Trouble> {
        Ok(None)
    }

    /// The bytes of a file, or as many as are expected and one more.
    ///
    /// # Errors
    /// The file cannot be read.
    fn read(&self, attached: &Attached, expected: u64) -> Result<Vec<u8>, Trouble>;

    /// Adds files, and the note where the system takes both at once.
    ///
    /// # Errors
    /// A file could not be added; those before it may stand.
    fn add(&self, files: &[Outgoing], note: &str) -> Result<(), Trouble>;

    /// Whether files and note are one change; else the note is said once the files are read back.
    fn takes_both(&self) -> bool;

    /// Adds a note by itself.
    ///
    /// # Errors
    /// The note could not be added.
    fn say(&self, note: &str) -> Result<(), Trouble>;
}

/// Finds a record.
///
/// # Errors
/// The record is unknown or may not be seen, or the server does not answer.
pub fn open<'a>(
    wire: &'a dyn Wire,
    record: &'a Record,
    credentials: &Credentials,
) -> Result<Box<dyn System + 'a>, Trouble> {
    let client = |proof| Client::new(wire, &record.address, proof, credentials.secret().clone());
    let authorization = |scheme| ("Authorization", credentials.authorization(scheme));
    Ok(match record.kind {
        Kind::RequestTracker => {
            Box::new(rt::Ticket::new(client(authorization("token")), &record.id))
        }
        Kind::Redmine => {
            let proof = match credentials {
                Credentials::Token(key) => ("X-Redmine-API-Key", key.clone()),
                Credentials::Basic(..) => authorization("Basic"),
            };
            Box::new(redmine::Issue::new(client(proof), &record.id))
        }
        Kind::Jira => Box::new(jira::Issue::new(
            client(authorization("Bearer")),
            &record.id,
        )),
        Kind::ServiceNow => {
            let client = client(authorization("Bearer"));
            Box::new(servicenow::Task::find(client, record)?)
        }
    })
}

#[cfg(test)]
mod tests;
