//! The arguments of `attach`.

use std::path::PathBuf;

use clap::ValueEnum;

/// The arguments of `attach`.
///
/// Credentials come from RESTORE_PACKETS_TOKEN, from RESTORE_PACKETS_USER and RESTORE_PACKETS_PASSWORD, or from a file.
#[derive(Debug, clap::Args)]
pub struct AttachArgs {
    /// What to attach: a bundle or any other files; without any, the packets that --only names
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The packets of these servers and pools; server:FQDN or pool:FQDN where a name is both
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FQDN", conflicts_with = "files")]
    pub only: Vec<String>,
    /// Which files of a packet [default: html,xlsx]
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FORMAT", conflicts_with = "files")]
    pub format: Vec<String>,
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The number of the change record
    #[arg(long, value_name = "ID")]
    pub record: String,
    /// A ticket system of the project file
    #[arg(long, value_name = "NAME", conflicts_with_all = ["system", "url", "table"])]
    pub to: Option<String>,
    /// The kind of ticket system
    #[arg(
        long,
        value_name = "KIND",
        requires = "url",
        required_unless_present = "to"
    )]
    pub system: Option<TicketSystem>,
    /// Address of the ticket system; it begins with https:
    #[arg(long, value_name = "URL", requires = "system")]
    pub url: Option<String>,
    /// ServiceNow: the record's table [default: by the letters of its number]
    #[arg(long, value_name = "NAME")]
    pub table: Option<String>,
    /// Your own words, put before the note that goes with the files
    #[arg(long, value_name = "TEXT")]
    pub comment: Option<String>,
    /// A file with `token = "…"`, or `user = "…"` and `password = "…"`, that only you can read
    #[arg(long, value_name = "FILE")]
    pub credentials: Option<PathBuf>,
    /// Trust the authorities in this PEM file, or the server's own certificate in it, and no others
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Send credentials unencrypted, if the address begins with http://
    #[arg(long)]
    pub allow_http: bool,
    /// How long to wait for the server, with all that is tried again [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: Option<u64>,
    /// Say what would be attached, and send nothing but questions
    #[arg(long)]
    pub dry_run: bool,
}

/// The kinds of ticket systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TicketSystem {
    /// Request Tracker 5
    Rt,
    /// Redmine
    Redmine,
    /// ServiceNow
    Servicenow,
    /// Jira
    Jira,
}
