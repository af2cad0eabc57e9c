//! `status`: one screen that says what is out of date, what to print, what expires and what was changed by hand.
//!
//! The exit code says whether anything is due, so that a scheduler can mail the screen.

mod lines;

use std::path::PathBuf;

use clap::ValueEnum;

use crate::issue::overview::overview;
use crate::publish;
use crate::render;

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::{InputArgs, Shared};
use crate::cli::settings;
use crate::cli::shell::{self, Shell};

/// The arguments of `status`.
#[derive(Debug, clap::Args)]
pub struct StatusArgs {
    /// Worksheet files and folders [default: worksheets]; `*` and `?` stand for parts of names
    #[arg(value_name = "WORKSHEETS")]
    pub paths: Vec<PathBuf>,
    /// The same, as an option
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub worksheets: Vec<PathBuf>,
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The day everything is judged by, as 2014-05-31 [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// A folder of templates that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// As lines to read, or as a document for scripts
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: StatusFormat,
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    /// Lines to read
    Text,
    /// One document, with a published schema
    Json,
}

/// Runs the command.
pub fn run(args: &StatusArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let input = InputArgs {
        paths: args.paths.clone(),
        worksheets: args.worksheets.clone(),
        as_of: args.as_of.clone(),
        templates: args.templates.clone(),
        ..InputArgs::default()
    };
    let settings = settings::resolve(&input, args.output.as_ref(), shared)?;
    let shell = &shell.completed(&settings.manner);
    let written = publish::written(&settings.paths.output);
    let written = written.and_then(settings::moment);
    let mut overview = overview(&settings.paths, &settings.options, written)?;
    overview.frozen_by = settings
        .frozen_by
        .as_deref()
        .map(|file| file.display().to_string());
    match args.format {
        StatusFormat::Json => shell::print(&render::json::overview(&overview)?)?,
        StatusFormat::Text => {
            shell.answer(&overview, &lines::lines(&overview, shell.is_verbose()));
            Exit::Done
        }
    };
    Ok(if overview.due {
        Exit::Errors
    } else {
        Exit::Done
    })
}
