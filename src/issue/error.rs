//! Why the engine cannot go on: wrong configuration, an output folder that is not as it was issued, or a system that refuses.
//! The path or the name is always in the message. What is wrong with a worksheet is a finding and no error.

use std::fmt;

use crate::finding::{Finding, Place};
use crate::publish::PublishError;
use crate::render;

/// What an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What was asked for: configuration, templates, names.
    Request,
    /// What stands in the output folder.
    Output,
    /// The system, or the program itself.
    System,
}

/// Why the engine cannot go on.
#[derive(Clone, Debug)]
pub struct Error {
    /// What it is about.
    pub cause: Cause,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// What the engine returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// About what was asked for.
    pub fn request(message: impl Into<String>) -> Self {
        Self::new(Cause::Request, message)
    }

    /// About what stands in the output folder.
    pub fn output(message: impl Into<String>) -> Self {
        Self::new(Cause::Output, message)
    }

    /// About the system, or the program itself.
    pub fn system(message: impl Into<String>) -> Self {
        Self::new(Cause::System, message)
    }

    fn new(cause: Cause, message: impl Into<String>) -> Self {
        Self {
            cause,
            message: message.into(),
            help: None,
        }
    }

    /// Adds a help line.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a help line, if there is one.
    #[must_use]
    pub fn help_if(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// A template that cannot be used; `shown` gives a place the path the user knows.
    pub fn template(finding: &Finding, shown: impl Fn(&Place) -> Place) -> Self {
        let place = finding.place.as_ref();
        let place = place.map(|place| format!("{}: ", shown(place).short()));
        let message = format!("{}{}", place.unwrap_or_default(), finding.message);
        Self::request(message).help_if(finding.help.clone())
    }

    /// What a writer said; `shown` gives a place the path the user knows.
    pub fn render(error: &render::Error, shown: impl Fn(&Place) -> Place) -> Self {
        match error {
            render::Error::Template(finding) => Self::template(finding, shown),
            render::Error::Internal(message) => Self::system(message.clone()),
        }
    }
}

/// Layouts are known by their names alone: they were kept, or nobody told where they stand.
impl From<render::Error> for Error {
    fn from(error: render::Error) -> Self {
        Self::render(&error, Place::clone)
    }
}

impl From<PublishError> for Error {
    fn from(error: PublishError) -> Self {
        let help = error.cure().map(str::to_owned);
        Self {
            help,
            ..Self::system(error.to_string())
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
