//! Data files embedded in the program or given by the organization: the only place that names `toml`.

use std::fmt;

use serde::de::DeserializeOwned;

/// A TOML text that does not say what was expected.
#[derive(Clone, Debug)]
pub struct Error(toml::de::Error);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

/// Reads a TOML text.
///
/// # Errors
///
/// Where the text is no TOML or does not fit the type; the message points at line and column.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(Error)
}
