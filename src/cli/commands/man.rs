//! `man`: the manual page.

use clap::CommandFactory;

use crate::cli::Args;
use crate::cli::failure::{Exit, Failure};
use crate::cli::shell;

/// Runs the command.
pub fn run() -> Result<Exit, Failure> {
    let mut buffer = Vec::new();
    clap_mangen::Man::new(Args::command())
        .render(&mut buffer)
        .map_err(|error| Failure::nothing(format!("cannot write the manual page: {error}")))?;
    shell::print(&buffer)
}
