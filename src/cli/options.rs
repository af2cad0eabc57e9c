//! Options that several commands share. The doc comments are the help.

use std::path::PathBuf;

use clap::ValueEnum;

use super::messages::MessageFormat;
use crate::render::Format;

/// Options every command takes.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Shared options")]
pub struct Shared {
    /// The project file; by default restore-packets.toml in the first worksheets folder, or above the current one
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How findings are written
    #[arg(long, global = true, value_name = "FORMAT")]
    pub message_format: Option<MessageFormat>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<Color>,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: every finding, and how much of each sheet was used
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// What is read, and how it is judged.
#[derive(Debug, Default, clap::Args)]
pub struct InputArgs {
    /// Worksheet files and folders [default: worksheets]; `*` and `?` stand for parts of names
    #[arg(value_name = "WORKSHEETS")]
    pub paths: Vec<PathBuf>,
    /// The same, as an option
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub worksheets: Vec<PathBuf>,
    /// Only these servers and pools; server:FQDN or pool:FQDN where a name is both
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FQDN")]
    pub only: Vec<String>,
    /// The day the worksheets are judged against, as 2014-05-31 [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// A folder of templates that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// A topology document: it fills blank cells, and what contradicts it is not used [default: one among the worksheets]
    #[arg(long, value_name = "FILE")]
    pub topology: Option<PathBuf>,
    /// Issue nothing if a finding is an error
    #[arg(long)]
    pub strict: bool,
    /// How many threads work at once [default: one per processor]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// The formats to render [default: md,html,xlsx,json]
    #[arg(long, value_delimiter = ',', value_name = "FORMAT")]
    pub format: Vec<String>,
}

impl InputArgs {
    /// The worksheets that were named, as arguments or with the option.
    pub fn named(&self) -> Vec<PathBuf> {
        self.paths.iter().chain(&self.worksheets).cloned().collect()
    }
}

/// How a command's answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// Markdown, as in the output folder
    Md,
    /// One document, with a published schema
    Json,
}

impl From<DocumentFormat> for Format {
    fn from(format: DocumentFormat) -> Self {
        match format {
            DocumentFormat::Md => Self::Md,
            DocumentFormat::Json => Self::Json,
        }
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
