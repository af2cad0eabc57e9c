//! Data files embedded in the program or given by the organization: the only place that names `toml`.

mod merge;

use std::fmt;

use serde::de::DeserializeOwned;

/// A TOML text that does not say what was expected.
#[derive(Clone, Debug)]
pub struct Error {
    error: toml::de::Error,
    line: usize,
}

impl Error {
    /// What is wrong, in one line.
    pub fn message(&self) -> &str {
        self.error.message().lines().next().unwrap_or_default()
    }

    /// The line, from zero.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Error {}

pub use merge::merged;

/// A TOML value of any type.
pub type Value = toml::Value;

/// Reads a TOML text.
///
/// # Errors
///
/// Where the text is no TOML or does not fit the type; the message points at line and column.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map_or(0, |before| before.matches('\n').count());
        Error { error, line }
    })
}
