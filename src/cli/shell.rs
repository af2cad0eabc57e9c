//! The terminal: what goes to standard output and standard error, and in which form.

use std::io::{self, IsTerminal, Write};

use clap::CommandFactory;

use crate::finding::Finding;

use super::args::{Args, Color, Messages, Shared};
use super::failure::{Exit, Failure};
use super::messages::{self, Excerpts, MessageFormat, Options};

/// How to speak to the user.
#[derive(Debug)]
pub struct Shell {
    quiet: bool,
    verbose: bool,
    color: Option<Color>,
    format: Option<Messages>,
}

/// What the project file says about messages, where the arguments say nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// `message-format`.
    pub format: Option<Messages>,
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

    /// Whether standard error is a terminal somebody looks at.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Writes findings to standard error, or, as JSON, to standard output.
    pub fn findings(&self, findings: &[Finding], manner: Manner, excerpts: &dyn Excerpts) {
        let format = match self.format.or(manner.format).unwrap_or(Messages::Human) {
            Messages::Human => MessageFormat::Human,
            Messages::Short => MessageFormat::Short,
            Messages::Json => MessageFormat::Json,
        };
        let quiet = |finding: &&Finding| finding.severity == crate::finding::Severity::Error;
        let shown: Vec<Finding> = if self.quiet {
            findings.iter().filter(quiet).cloned().collect()
        } else {
            findings.to_vec()
        };
        if self.quiet && shown.is_empty() {
            return;
        }
        let options = Options {
            format,
            colour: self.colour(manner.color),
            verbose: self.verbose,
        };
        // A closed pipe ends the messages, not the run.
        let _ = match format {
            MessageFormat::Json => {
                messages::write(&mut io::stdout().lock(), &shown, options, excerpts)
            }
            _ => messages::write(&mut io::stderr().lock(), &shown, options, excerpts),
        };
    }

    /// Says a line on standard output.
    pub fn say(&self, text: &str) {
        if !self.quiet && self.format != Some(Messages::Json) {
            let _ = writeln!(io::stdout().lock(), "{text}");
        }
    }

    /// Answers a question: in lines, or as one JSON object. Also with `-q`, since the answer was asked for.
    pub fn answer(&self, answer: &impl serde::Serialize, lines: &[String]) {
        let mut out = io::stdout().lock();
        if self.format == Some(Messages::Json) {
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
        let _ = writeln!(err, "error: {}", failure.message);
        if let Some(help) = &failure.help {
            let _ = writeln!(err, "  help: {help}");
        }
    }

    fn colour(&self, color: Option<Color>) -> bool {
        match self.color.or(color).unwrap_or(Color::Auto) {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let wanted = anstream::AutoStream::choice(&io::stderr());
                !matches!(wanted, anstream::ColorChoice::Never)
            }
        }
    }
}

/// Prints the completions of a shell.
pub fn completions(shell: clap_complete::Shell) -> Result<Exit, Failure> {
    let mut buffer = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "restore-packets", &mut buffer);
    print(&buffer)
}

/// Prints the manual page.
pub fn man() -> Result<Exit, Failure> {
    let mut buffer = Vec::new();
    clap_mangen::Man::new(Args::command())
        .render(&mut buffer)
        .map_err(|error| Failure::nothing(format!("cannot write the manual page: {error}")))?;
    print(&buffer)
}

/// Writes what was asked for, quiet or not.
fn print(bytes: &[u8]) -> Result<Exit, Failure> {
    match io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::nothing(format!(
            "cannot write to standard output: {error}"
        ))),
        _ => Ok(Exit::Done),
    }
}
