//! A record in a ticket system, and the files it holds or is to hold.

use std::fmt;
use std::path::Path;

use super::Address;
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
    pub(super) kind: Kind,
    pub(super) address: Address,
    pub(super) id: String,
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
