//! `completions`: what a shell needs to complete our commands.

use crate::cli::failure::{Exit, Failure};
use crate::cli::{reference, shell};

/// The arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Runs the command.
pub fn run(args: &CompletionsArgs) -> Result<Exit, Failure> {
    let mut buffer = Vec::new();
    let mut command = reference::command();
    clap_complete::generate(args.shell, &mut command, "restore-packets", &mut buffer);
    shell::print(&buffer)
}
