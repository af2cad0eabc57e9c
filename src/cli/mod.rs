//! The command line: arguments in, exit code out.
//!
//! Every command is a file in `commands`, with its arguments. As typed becomes as meant (`settings`) once; the project
//! file and the clock are read there and nowhere else.

mod commands;
mod environment;
mod excerpts;
mod failure;
mod globs;
mod messages;
mod open;
mod options;
mod outgoing;
mod progress;
mod project;
mod reference;
mod settings;
mod shell;
mod wording;

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::{FromArgMatches, Parser};

use crate::bundle::Profile;

use commands::Command;
use options::Shared;
use shell::Shell;

/// Backup worksheets in, one restore packet per server and pool out.
///
/// Print the packets before an outage, refresh them after every backup cycle, attach them to change records.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    propagate_version = true,
    disable_help_subcommand = true
)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options every command takes.
    #[command(flatten)]
    pub shared: Shared,
}

/// Runs the program with the process's own arguments.
pub fn main() -> ExitCode {
    let typed = Args::from_arg_matches(&reference::command().get_matches());
    let Args { command, shared } = typed.unwrap_or_else(|error| error.exit());
    let exit = environment::shared(shared).and_then(|shared| {
        let shell = Shell::new(&shared);
        command.run(&shared, &shell)
    });
    let exit = exit.unwrap_or_else(|failure| {
        Shell::fail(&failure);
        failure.exit
    });
    ExitCode::from(exit.code())
}

/// Reads the text of a project file as every command does, with what it says of severities and profiles; for the fuzzer.
pub fn is_project_file(text: &str) -> bool {
    let Ok(project) = project::parse(text, "restore-packets.toml") else {
        return false;
    };
    let severities = project.severity.clone().unwrap_or_default();
    let profiles = project.profiles.clone().unwrap_or_default();
    let mut named = profiles.keys();
    project.manner(None).is_ok()
        && project::severities(&severities).is_ok()
        && named.all(|name| Profile::named(name, &profiles, &BTreeSet::new()).is_ok())
}
