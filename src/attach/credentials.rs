//! Credentials: from the environment or from a file that only its owner can read, never from arguments.

use std::fmt;
use std::fs::File;
use std::path::Path;

use serde::Deserialize;

use super::Secret;
use crate::text::base64::encode;
use crate::{data, named_file};

/// The variables credentials are taken from.
const TOKEN: &str = "RESTORE_PACKETS_TOKEN";
const USER: &str = "RESTORE_PACKETS_USER";
const PASSWORD: &str = "RESTORE_PACKETS_PASSWORD";

/// How to prove who asks.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// A token or API key.
    Token(Secret),
    /// A user's name and password.
    Basic(String, Secret),
}

impl Credentials {
    /// From the environment.
    ///
    /// # Errors
    /// None of the variables is set, or only half of a pair, or one cannot be used.
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, NoCredentials> {
        let given = Given {
            token: variable(TOKEN),
            user: variable(USER),
            password: variable(PASSWORD),
        };
        given.credentials()
    }

    /// From a file with `token = "…"`, or `user = "…"` and `password = "…"`.
    ///
    /// # Errors
    /// The file cannot be read, others can read it, or it does not hold credentials.
    pub fn from_file(path: &Path) -> Result<Self, NoCredentials> {
        let unreadable = |error: std::io::Error| NoCredentials::Unreadable(error.to_string());
        only_its_owner_reads(&named_file::open(path).map_err(unreadable)?)?;
        let text = named_file::text(path).map_err(unreadable)?;
        // The parser's own words quote the line, and with it the secret.
        let given: Given =
            data::parse(&text).map_err(|error| NoCredentials::NotUnderstood(error.line() + 1))?;
        given.credentials()
    }

    /// The value of an `Authorization` header in which a token is announced by a word.
    pub(super) fn authorization(&self, scheme: &str) -> Secret {
        let value = match self {
            Self::Token(token) => format!("{scheme} {}", token.reveal()),
            Self::Basic(user, password) => {
                let pair = format!("{user}:{}", password.reveal());
                format!("Basic {}", encode(pair.as_bytes()))
            }
        };
        Secret::new(&value).unwrap_or_else(|| self.secret().clone())
    }

    /// What must never be shown.
    pub(super) fn secret(&self) -> &Secret {
        match self {
            Self::Token(secret) | Self::Basic(_, secret) => secret,
        }
    }
}

/// As found, before it is judged. Not printable: it holds bare secrets.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    token: Option<String>,
    user: Option<String>,
    password: Option<String>,
}

impl Given {
    fn credentials(self) -> Result<Credentials, NoCredentials> {
        let secret = |text: &str| Secret::new(text).ok_or(NoCredentials::Unusable);
        match (self.token, self.user, self.password) {
            (Some(token), None, None) => Ok(Credentials::Token(secret(&token)?)),
            (None, Some(user), Some(password)) if is_user(&user) => {
                Ok(Credentials::Basic(user, secret(&password)?))
            }
            (None, None, None) => Err(NoCredentials::None),
            (None, Some(_), Some(_)) => Err(NoCredentials::Unusable),
            (Some(_), _, _) => Err(NoCredentials::Both),
            (None, _, _) => Err(NoCredentials::Half),
        }
    }
}

/// A colon would end the name early.
fn is_user(user: &str) -> bool {
    !user.is_empty() && !user.contains(|c: char| c == ':' || c.is_control())
}

#[cfg(unix)]
fn only_its_owner_reads(file: &File) -> Result<(), NoCredentials> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = file
        .metadata()
        .map_err(|error| NoCredentials::Unreadable(error.to_string()))?;
    let mode = metadata.permissions().mode() & 0o777;
    let of_others = mode & 0o077;
    if of_others == 0 {
        Ok(())
    } else {
        Err(NoCredentials::Open(mode))
    }
}

/// Elsewhere access lists decide, which the file's mode does not tell.
#[cfg(not(unix))]
fn only_its_owner_reads(_: &File) -> Result<(), NoCredentials> {
    Ok(())
}

/// Why there are no credentials. No message holds any part of them.
#[derive(Debug, PartialEq, Eq)]
pub enum NoCredentials {
    /// Nothing is set.
    None,
    /// A token and a user or password.
    Both,
    /// A user without password, or the reverse.
    Half,
    /// Empty, of several lines, or with a colon in the user's name.
    Unusable,
    /// The file cannot be read.
    Unreadable(String),
    /// Others can read the file; its mode.
    Open(u32),
    /// This line of the file is not understood.
    NotUnderstood(usize),
}

impl fmt::Display for NoCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("there are no credentials"),
            Self::Both => f.write_str("there is a token, and a user or password beside it"),
            Self::Half => f.write_str("there is a user or a password, but not both"),
            Self::Unusable => f.write_str(
                "the credentials cannot be used: one is empty, has several lines, or the user's name a colon",
            ),
            Self::Unreadable(why) => write!(f, "the file cannot be read: {why}"),
            Self::Open(mode) => write!(
                f,
                "others can read the file (mode {mode:03o}); allow its owner alone, as with `chmod 600`"
            ),
            Self::NotUnderstood(line) => write!(
                f,
                "line {line} of the file is not understood; it holds `token = \"…\"`, or `user = \"…\"` and `password = \"…\"`"
            ),
        }
    }
}

impl std::error::Error for NoCredentials {}

#[cfg(test)]
mod tests;
