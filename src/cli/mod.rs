//! The command line: arguments in, exit code out. Thin: every command is a file, and does its work through
//! the library's stages.
//!
//! As typed ([`args`]) becomes as meant (`settings`) once; the project file and the clock are read there
//! and nowhere else.

mod annotate;
pub mod args;
mod attach;
mod binder;
mod build;
mod bundle;
mod check;
mod excerpts;
mod explain;
mod failure;
mod history;
mod messages;
mod new;
mod plan;
mod progress;
mod record;
mod settings;
mod shell;
mod signed;
mod size;
mod templates;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use failure::{Exit, Failure};
use shell::Shell;

/// Runs the program with the process's own arguments.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let shell = Shell::new(&args.shared);
    let exit = run(&args, &shell).unwrap_or_else(|failure| {
        Shell::fail(&failure);
        failure.exit
    });
    ExitCode::from(exit.code())
}

fn run(args: &Args, shell: &Shell) -> Result<Exit, Failure> {
    match &args.command {
        Command::Build(build) => build::run(build, args, shell),
        Command::Check(check) => check::run(check, args, shell),
        Command::Bundle(bundle) => bundle::run(bundle, args, shell),
        Command::Plan(plan) => plan::run(plan, args, shell),
        Command::Binder(bind) => binder::run(bind, args, shell),
        Command::Verify(verify) => verify::run(verify, args, shell),
        Command::History(history) => history::run(history, args, shell),
        Command::Attach(attach) => attach::run(attach, args, shell),
        Command::Record(record) => record::run(record, args, shell),
        Command::New(new) => new::run(new, shell),
        Command::Templates(templates) => templates::run(templates, shell),
        Command::Explain(explain) => explain::run(explain, shell),
        Command::Completions(completions) => shell::completions(completions.shell),
        Command::Man => shell::man(),
    }
}
