//! How a run ends: exit codes, and failures that end it early.

use std::fmt;

use crate::finding::{Finding, Severity};
use crate::issue::{Cause, Error};
use crate::publish::PublishError;
use crate::render;

/// The exit codes, as promised to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done; there may be warnings.
    Done,
    /// The command's own result holds an error.
    Errors,
    /// Wrong usage or configuration, an unknown FQDN or code.
    Usage,
    /// Nothing issued: no worksheets, none readable, output not writable.
    Nothing,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Errors => 1,
            Self::Usage => 2,
            Self::Nothing => 3,
        }
    }

    /// What the findings lead to.
    pub fn of(findings: &[Finding]) -> Self {
        let mut errors = findings.iter();
        if errors.any(|finding| finding.severity == Severity::Error) {
            Self::Errors
        } else {
            Self::Done
        }
    }
}

/// Why a command could not go on. The message names the path or the argument.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What went wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Failure {
    /// Wrong usage or configuration.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
            help: None,
        }
    }

    /// Nothing could be issued.
    pub fn nothing(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Nothing,
            ..Self::usage(message)
        }
    }

    /// The command's own result is an error.
    pub fn refused(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Errors,
            ..Self::usage(message)
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
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            exit: match error.cause {
                Cause::Output => Exit::Errors,
                Cause::Request => Exit::Usage,
                Cause::System => Exit::Nothing,
            },
            message: error.message,
            help: error.help,
        }
    }
}

impl From<render::Error> for Failure {
    fn from(error: render::Error) -> Self {
        Error::from(error).into()
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        Error::from(error).into()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
