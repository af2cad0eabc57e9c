//! What can go wrong with a ticket system, as values, and each in words with what to do about it.

use super::{Fault, Record};
use crate::finding::words;

/// One thing that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What.
    pub what: What,
    /// The file it happened to, where it is about one.
    pub file: Option<String>,
    /// What the server says, without secrets and cut to a line.
    pub said: Option<String>,
}

/// The kinds of trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// 401.
    Credentials,
    /// 403.
    Permission,
    /// The record is unknown, or the account may not see it.
    UnknownRecord,
    /// The file is too large; the limit where it is known.
    TooLarge(Option<u64>),
    /// The system does not take files of this type.
    RefusedType,
    /// Another refusal, with its status.
    Refused(u16),
    /// The server failed or is overloaded, with its status.
    Failing(u16),
    /// The server sends elsewhere, where credentials are not sent.
    Elsewhere(String),
    /// The answer is not what the system's documents say.
    NotUnderstood,
    /// There is no answer at all.
    Fault(Fault),
}

impl From<What> for Trouble {
    fn from(what: What) -> Self {
        Self {
            what,
            file: None,
            said: None,
        }
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        What::Fault(fault).into()
    }
}

impl Trouble {
    /// The same, about a file.
    #[must_use]
    pub fn about(mut self, file: &str) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// In a sentence.
    pub fn message(&self, record: &Record) -> String {
        let (system, id) = (record.system(), record.id());
        let file = self.file.as_deref().unwrap_or("a file");
        let sentence = match &self.what {
            What::Credentials => format!("{system} does not accept the credentials"),
            What::Permission => format!("{system} does not permit this account to work on `{id}`"),
            What::UnknownRecord => {
                format!("{system} has no record `{id}`, or does not show it to this account")
            }
            What::TooLarge(None) => format!("`{file}` is too large for {system}"),
            What::TooLarge(Some(limit)) => {
                let limit = words::count(
                    usize::try_from(*limit).unwrap_or(usize::MAX),
                    "byte",
                    "bytes",
                );
                format!("`{file}` is too large for {system}, which takes {limit}")
            }
            What::RefusedType => format!("{system} refuses files of the type of `{file}`"),
            What::Refused(status) => format!("{system} refuses this (status {status})"),
            What::Failing(status) => format!("{system} is failing (status {status})"),
            What::Elsewhere(place) => format!("{system} sends elsewhere: {place}"),
            What::NotUnderstood => format!("{system} answers what cannot be understood"),
            What::Fault(Fault::Unreachable(why)) => format!("{system} cannot be reached: {why}"),
            What::Fault(Fault::Proxy(why)) => {
                format!("the proxy that the environment names does not lead to {system}: {why}")
            }
            What::Fault(Fault::Unsecured(why)) => {
                format!("no encrypted connection to {system} comes about: {why}")
            }
            What::Fault(Fault::Untrusted(why)) => {
                format!("the certificate of {system} is not trusted: {why}")
            }
            What::Fault(Fault::Silent) => format!("{system} did not answer in time"),
            What::Fault(Fault::Broken(why)) => {
                format!("the connection to {system} broke: {why}")
            }
        };
        match &self.said {
            Some(said) => format!("{sentence}; it says: {said}"),
            None => sentence,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match &self.what {
            What::Credentials => {
                "they come from RESTORE_PACKETS_TOKEN, from RESTORE_PACKETS_USER and RESTORE_PACKETS_PASSWORD, or from --credentials; a token may have expired"
            }
            What::Permission => {
                "ask the administrator for the right to see the record, to comment on it and to attach files"
            }
            What::UnknownRecord => {
                "compare the number with the change record, and the address with the system's"
            }
            What::TooLarge(_) => {
                "attach fewer formats with --format, or a bundle, which can be split"
            }
            What::RefusedType => {
                "attach a bundle (.zip), or ask the administrator to allow this type"
            }
            What::Elsewhere(_) => {
                "credentials are sent to the named address only; name the right one with --url"
            }
            What::NotUnderstood => {
                "is the address that of the system itself, and the system of the kind named?"
            }
            What::Refused(_) => "nothing more is known than what the server says",
            What::Failing(_) | What::Fault(Fault::Unreachable(_)) => {
                "try again later; what is attached already is not sent again"
            }
            What::Fault(Fault::Proxy(_)) => {
                "HTTPS_PROXY names the proxy, as http://user:password@host:port, and NO_PROXY the hosts that need none; ask whoever runs it"
            }
            What::Fault(Fault::Untrusted(why)) => why.help(),
            What::Fault(Fault::Unsecured(_)) => {
                "compare the address and its port with the ticket system's, and ask whoever runs it for TLS 1.2 or 1.3"
            }
            What::Fault(Fault::Silent | Fault::Broken(_)) => {
                "run the same command again: it compares what arrived, and sends what is missing"
            }
        }
    }
}
