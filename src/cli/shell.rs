//! The terminal: what goes to standard output and standard error, and in which form.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use crate::finding::{Finding, Severity};
use crate::text::visible::visible;

use super::failure::{Exit, Failure};
use super::messages::{self, Excerpts, MessageFormat, Options};
use super::options::{Color, Shared};

/// How to speak to the user.
#[derive(Clone, Debug)]
pub struct Shell {
    quiet: bool,
    verbose: bool,
    color: Option<Color>,
    format: Option<MessageFormat>,
}

/// Where findings for people go; those for programs (JSON) always go to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// They are the command's result: standard output.
    Result,
    /// They accompany a result: standard error.
    Aside,
}

/// What the project file says about messages, where the arguments say nothing.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// The project file itself, where there is one.
    pub file: Option<PathBuf>,
    /// `message-format`.
    pub format: Option<MessageFormat>,
    /// `color`.
    pub color: Option<Color>,
}

impl Shell {
    /// From the arguments.
    pub fn new(shared: &Shared) -> Self {
        Self {
            quiet: shared.quiet,
            verbose: shared.verbose,
            color: shared.color,
            format: shared.message_format,
        }
    }

    /// The same, completed by what the project file says.
    pub fn completed(&self, manner: &Manner) -> Self {
        if let Some(file) = manner.file.as_ref().filter(|_| self.verbose) {
            // Beside the result, which may be a document.
            let _ = writeln!(io::stderr().lock(), "settings: {}", file.display());
        }
        Self {
            color: self.color.or(manner.color),
            format: self.format.or(manner.format),
            ..self.clone()
        }
    }

    /// Whether standard error is a terminal somebody looks at.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// The same without a word on standard output, which a document needs for itself.
    pub fn silenced(&self) -> Self {
        Self {
            quiet: true,
            ..self.clone()
        }
    }

    /// Whether more was asked for.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Whether messages are written for people to read, rather than for `grep` and programs.
    pub fn is_for_people(&self) -> bool {
        self.format.unwrap_or_default() == MessageFormat::Human
    }

    /// Writes findings; with `-q` only the errors.
    ///
    /// # Errors
    /// Findings that are the result and cannot be written. A closed pipe ends the messages, not the run.
    pub fn findings(
        &self,
        findings: &[Finding],
        excerpts: &dyn Excerpts,
        stream: Stream,
    ) -> Result<(), Failure> {
        let format = self.format.unwrap_or_default();
        let errors = || {
            let errors = findings.iter().filter(|it| it.severity == Severity::Error);
            errors.cloned().collect::<Vec<_>>()
        };
        let shown = if self.quiet {
            Cow::Owned(errors())
        } else {
            Cow::Borrowed(findings)
        };
        if self.quiet && shown.is_empty() {
            return Ok(());
        }
        let to_stdout = stream == Stream::Result || format == MessageFormat::Json;
        let options = Options {
            format,
            colour: self.colour(to_stdout),
            verbose: self.verbose,
        };
        if to_stdout {
            let written = write_all(io::stdout().lock(), &shown, options, excerpts);
            return unless_closed(written);
        }
        // Nobody is left to be told that standard error cannot be written to.
        let _ = write_all(io::stderr().lock(), &shown, options, excerpts);
        Ok(())
    }

    /// Says a line on standard output.
    pub fn say(&self, text: &str) {
        if !self.quiet && self.format != Some(MessageFormat::Json) {
            let _ = writeln!(io::stdout().lock(), "{text}");
        }
    }

    /// Answers a question: in lines, or as one JSON object. Also with `-q`, since the answer was asked for.
    pub fn answer(&self, answer: &impl serde::Serialize, lines: &[String]) {
        let mut out = io::stdout().lock();
        if self.format == Some(MessageFormat::Json) {
            if let Ok(json) = serde_json::to_string(answer) {
                let _ = writeln!(out, "{json}");
            }
            return;
        }
        for line in lines {
            let _ = writeln!(out, "{line}");
        }
    }

    /// Says a line only with `-v`.
    pub fn detail(&self, text: &str) {
        if self.verbose {
            self.say(text);
        }
    }

    /// Says why the run ends, or what it could not do; quiet or not.
    pub fn fail(failure: &Failure) {
        let mut err = io::stderr().lock();
        let _ = writeln!(err, "error: {}", visible(&failure.message));
        if let Some(help) = &failure.help {
            let _ = writeln!(err, "  help: {}", visible(help));
        }
    }

    fn colour(&self, to_stdout: bool) -> bool {
        match self.color.unwrap_or(Color::Auto) {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let wanted = if to_stdout {
                    anstream::AutoStream::choice(&io::stdout())
                } else {
                    anstream::AutoStream::choice(&io::stderr())
                };
                !matches!(wanted, anstream::ColorChoice::Never)
            }
        }
    }
}

/// Writes findings in few pieces, since there can be many.
fn write_all(
    stream: impl Write,
    findings: &[Finding],
    options: Options,
    excerpts: &dyn Excerpts,
) -> io::Result<()> {
    let mut out = BufWriter::new(stream);
    messages::write(&mut out, findings, options, excerpts)?;
    out.flush()
}

/// Writes what was asked for, quiet or not.
pub fn print(bytes: &[u8]) -> Result<Exit, Failure> {
    unless_closed(io::stdout().lock().write_all(bytes))?;
    Ok(Exit::Done)
}

/// Whoever closes a pipe has read enough; every other error is one.
fn unless_closed(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::nothing(format!(
            "cannot write to standard output: {error}"
        ))),
        _ => Ok(()),
    }
}
